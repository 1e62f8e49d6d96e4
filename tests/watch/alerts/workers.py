"""What another process does in the tests: `python -m tests.watch.alerts.workers STORE RULES`; it says `ready` first."""

from __future__ import annotations

import sys
from pathlib import Path

from casus.cli.alarms import Alarms, tell_counts
from casus.watch.rules_file import read_rules
from tests.watch.alerts.builders import make_store


def main() -> None:
    """Look once and deliver what is due."""
    url, rules = sys.argv[1:]
    store, book = make_store(url), read_rules(Path(rules))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    counts = Alarms(store=store, book=book, say=lambda _line: None).look()
    sys.stdout.write(f"{tell_counts(counts)}\n")


if __name__ == "__main__":
    main()
