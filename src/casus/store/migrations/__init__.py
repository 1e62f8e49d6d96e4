"""How the tables came about, step by step: a step that has been released is never changed, another is added."""
