"""The steps, oldest first; `schema.HEAD` names the last."""
