"""Who, when, where and how many: from spans of the text to parties, dates, places and counts."""
