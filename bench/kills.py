"""Kills a process that writes, at random moments, many times: `python -m bench.kills [--kills 200] [--url URL]`.

After each kill the reports in the store must be those of the transactions that ended, and at the end all reports must
be there once and as they went in.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import warnings
from contextlib import closing
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from bench.synthetic import make_report
from casus import Store

BATCH = 3
LONGEST = 4
"""Transactions after which a writer is killed at the latest; the first tells how long one takes."""


def write(url: str, last: int, begun: int) -> None:
    """Add reports up to `last` from where the writer before was killed; say through the pipe `begun` when it begins."""
    store = Store(url)
    os.write(begun, b".")
    for first in range(store.get_state("done") or 0, last, BATCH):
        with store.transaction():
            store.add_all(make_report(number) for number in range(first, min(last, first + BATCH)))
            store.put_state("done", min(last, first + BATCH))


def start(url: str, last: int) -> int:
    """Start a process that writes, wait until it does, and return its number.

    A fork: hundreds of fresh interpreters would take longer than all they write. The store is closed before it.
    """
    waiting, begun = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of other threads, which the fork does not use
        process = os.fork()
    if not process:
        status = 1
        try:
            write(url, last, begun)
            status = 0
        finally:
            os._exit(status)
    os.read(waiting, 1)
    os.close(waiting)
    os.close(begun)
    return process


def kill_often(url: str, kills: int, seed: int = 0) -> tuple[int, int]:
    """Kill so many writers; return the number of reports written and of faults found."""
    chance, faults, last = Random(seed), 0, 10 * kills * BATCH
    Store(url).close()
    begun = perf_counter()
    os.waitpid(start(url, BATCH), 0)
    longest = LONGEST * (perf_counter() - begun)
    for _ in range(kills):
        process = start(url, last)
        sleep(chance.uniform(0, longest))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with closing(Store(url)) as store:
            done: int = store.get_state("done") or 0
            faults += store.report_ids() != tuple(f"s{number}" for number in range(done))
    _, status = os.waitpid(start(url, done + BATCH), 0)
    return done + BATCH, faults + (status != 0) + count_faults(url, done + BATCH)


def count_faults(url: str, last: int) -> int:
    """Return how many of `last` reports are not as they went in, and whether events or incidents are too many."""
    with closing(Store(url)) as store:
        faults = store.report_ids() != tuple(f"s{number}" for number in range(last))
        wrong = sum(store.report(f"s{number}") != make_report(number) for number in range(last))
        return faults + wrong + ((store.count_events(), store.count_incidents()) != (10 * last, 5 * last))


def main() -> None:
    """Read the arguments, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--url", help="a store with nothing in it; by default an SQLite file in a temporary folder")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        written, faults = kill_often(args.url or str(Path(folder) / "kills.db"), args.kills)
    print(f"{args.kills} kills, {written} reports, {faults} faults")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
