"""Kills a process that writes, at random moments, many times: `python -m bench.kills [--kills 200] [--url URL]`.

After each kill the reports in the store must be those of the transactions that ended, and at the end all reports must
be there once and as they went in.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from time import sleep

from bench.synthetic import make_report
from casus import Store

ROOT = Path(__file__).parents[1]
BATCH = 3
LONGEST = 0.25
"""Seconds until a writer is killed at the latest, counted from its first transaction: a few transactions."""


def write(url: str, last: int) -> None:
    """Add reports up to `last` from where the writer before was killed."""
    store = Store(url)
    print("ready", flush=True)
    for first in range(store.get_state("done") or 0, last, BATCH):
        with store.transaction():
            store.add_all(make_report(number) for number in range(first, min(last, first + BATCH)))
            store.put_state("done", min(last, first + BATCH))


def start(url: str, last: int) -> subprocess.Popen[str]:
    """Start a process that writes, and wait until it does."""
    command = [sys.executable, "-m", "bench.kills", "--url", url, "--write", str(last)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def kill_often(url: str, kills: int, seed: int = 0) -> tuple[int, int]:
    """Kill so many writers; return the number of reports written and of faults found."""
    chance, store, faults, last = Random(seed), Store(url), 0, 10 * kills * BATCH
    for _ in range(kills):
        process = start(url, last)
        sleep(chance.uniform(0, LONGEST))
        process.kill()
        process.communicate()
        faults += len(store.report_ids()) != (store.get_state("done") or 0)
    last = (store.get_state("done") or 0) + BATCH
    start(url, last).communicate()
    faults += store.report_ids() != tuple(f"s{number}" for number in range(last))
    faults += sum(store.report(f"s{number}") != make_report(number) for number in range(last))
    faults += (store.count_events(), store.count_incidents()) != (10 * last, 5 * last)
    return last, faults


def main() -> None:
    """Read the arguments, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--url", help="a store with nothing in it; by default an SQLite file in a temporary folder")
    parser.add_argument("--write", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.write is not None:
        write(args.url, args.write)
        return
    with tempfile.TemporaryDirectory() as folder:
        written, faults = kill_often(args.url or str(Path(folder) / "kills.db"), args.kills)
    print(f"{args.kills} kills, {written} reports, {faults} faults")
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
