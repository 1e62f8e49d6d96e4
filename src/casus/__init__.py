"""Casus: who did what to whom, when, where, with what toll, who says so, and in answer to what."""

__version__ = "0.1.0"
