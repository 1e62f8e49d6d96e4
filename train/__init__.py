"""The recipes that made the shipped models: data, model, fit, export, measure."""
