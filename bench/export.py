"""How much exports take of processor and memory: `python -m bench.export [--reports 10000] [--store FILE] [FORMAT…]`.

The store is invented (bench/desk.py), ten events a report; each format is written by a process of its own, whose
seconds of processor and memory at most are told, so that it does not count what else the machine does. `--store` names
a file that is kept, and filled where it is not there.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import process_time

from bench.desk import open_desk
from casus import Store
from casus.export import FORMATS, write

KILOBYTES = 1024


def measure(file: Path, name: str) -> tuple[float, float, int, float]:
    """Return seconds of processor, megabytes of memory, rows and megabytes of the file of one export."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"out{FORMATS[name].suffix}"
        store, begun = Store(file), process_time()
        written = write(store, name, out).written
        seconds = process_time() - begun
        store.close()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES
        return seconds, peak, written, out.stat().st_size / 1e6


def measure_all(file: Path, names: Sequence[str]) -> None:
    """Print a line a format."""
    print(f"{'format':12}{'seconds':>9}{'MB memory':>11}{'rows':>9}{'MB file':>9}", flush=True)
    context = multiprocessing.get_context("spawn")
    for name in names:
        with context.Pool(1) as pool:
            seconds, peak, rows, size = pool.apply(measure, (file, name))
        print(f"{name:12}{seconds:9.1f}{peak:11.0f}{rows:9}{size:9.1f}", flush=True)


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.export", description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {' '.join(FORMATS)}; by default all")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--store", type=Path, help="an SQLite file; by default one in a temporary folder")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = args.store or Path(folder) / "desk.db"
        open_desk(file, args.reports).close()
        measure_all(file, args.formats or tuple(FORMATS))


if __name__ == "__main__":
    main()
