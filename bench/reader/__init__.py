"""The reader alone, and a spaCy CNN beside it, in one run: `python -m bench.reader --data FOLDER` (see `__main__`)."""
