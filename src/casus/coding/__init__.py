"""From a read Doc and its facts to events: who did what to whom, in which mood, and who says so."""
