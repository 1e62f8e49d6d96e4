"""What other processes do in the tests: `python -m tests.store.workers ACTION URL …`; each says `ready` first."""

from __future__ import annotations

import sys
from dataclasses import replace

from casus import Store
from casus.records import Report
from tests.cli.builders import report


def numbered(number: int) -> Report:
    """Return one of many reports: the same text under different ids and dates."""
    return replace(report(), id=f"r{number}", published=f"2031-05-{number % 28 + 1:02}")


def add(store: Store, first: int, last: int, batch: int) -> None:
    """Add reports in transactions of `batch`, each with a state that tells how far the work is."""
    begin = int(store.get_state("done") or first)
    for start in range(begin, last, batch):
        with store.transaction():
            stop = min(start + batch, last)
            store.add_all(numbered(number) for number in range(start, stop))
            store.put_state("done", stop)


def join(store: Store, first: int, last: int) -> None:
    """Add reports one by one, each with its shelling joined to that of the first, by reading, then writing."""
    for number in range(first, last):
        with store.transaction():
            told = numbered(number)
            store.add(told)
            members = (*store.events_of(["r0:i1"])["r0:i1"], *store.events_of([f"r{number}:i1"])[f"r{number}:i1"])
            store.put_incident(store.sum_up("r0:i1", members), reason="updated")


def main() -> None:
    """Do what the command line says."""
    action, url, *numbers = sys.argv[1:]
    store = Store(url)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    first, last, *batch = map(int, numbers)
    if action == "add":
        add(store, first, last, *batch)
    else:
        join(store, first, last)


if __name__ == "__main__":
    main()
