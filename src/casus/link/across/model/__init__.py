"""The scored pair model: are two tellings of different reports one happening, and why."""
