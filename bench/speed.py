"""Speed and memory of the whole way: `python -m bench.speed [--reports FOLDER] [--seconds N]`.

Words a second on one thread, all stages and each alone, on reports repeated for a while, in seconds of the processor:
what else the machine does counts little. And what one `casus code` on one report costs from a cold start, by the clock:
seconds to import, to load and to code, and the most memory it ever holds.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter, process_time

from casus.config import Settings, read_settings
from casus.ingest import Terms, read_inputs
from casus.pipeline import Coder
from casus.records import Report

EXAMPLES = Path(__file__).parents[1] / "examples"
STAGES = ("read", "resolve", "code", "link")
TIMING = re.compile(r"^casus: (\w[\w ]*?) +(\d+\.\d+) s$", re.MULTILINE)
STARTS = 3
"""Cold starts, of which the fastest counts: what else the machine does can only slow one down."""

Figure = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Start:
    """One run of `casus code` as a process of its own: seconds, and bytes held at most."""

    seconds: float
    timings: Mapping[str, float]
    memory: int

    @property
    def loading(self) -> float:
        """Seconds for models and tables."""
        return sum(seconds for name, seconds in self.timings.items() if name.startswith("load "))

    @property
    def coding(self) -> float:
        """Seconds for the report itself."""
        return sum(self.timings.get(name, 0.0) for name in STAGES)

    @property
    def importing(self) -> float:
        """All the rest: Python, its modules, reading the file, printing."""
        return self.seconds - self.loading - self.coding


def read_reports(path: Path, settings: Settings) -> list[Report]:
    """Read the reports of a file or folder; what is none is passed over."""
    found = read_inputs([str(path)], Terms(max_bytes=settings.max_bytes, languages=settings.languages))
    return [report for report in found if isinstance(report, Report)]


def measure_words(coder: Coder, reports: Sequence[Report], seconds: float) -> tuple[int, Counter[str]]:
    """Code the reports again and again for that long.

    Args:
        coder: What codes; it is loaded before the clock starts.
        reports: At least one.
        seconds: How long at least.

    Returns:
        words, parted by white space, and seconds of the processor by stage: the stages' shares of the clock's.
    """
    coder.code_report(reports[0])
    coder.timings.clear()
    words, begun, worked = 0, perf_counter(), process_time()
    while perf_counter() - begun < seconds:
        words += sum(len(report.text.split()) for report in coder.code_reports(reports))
    share = (process_time() - worked) / sum(coder.timings[stage] for stage in STAGES)
    return words, Counter({stage: coder.timings[stage] * share for stage in STAGES})


def start_cold(report: Path, settings: Settings) -> Start:
    """Run `casus code` on one report as a process of its own.

    Raises:
        CalledProcessError: It failed.
    """
    command = [sys.executable, "-m", "casus", "code", str(report), "--timings", "--format", "json"]
    environ = os.environ | {"CASUS_THREADS": "1", "CASUS_CACHE": str(settings.cache)}
    begun = perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environ
    ) as process:
        told = process.stderr.read() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = perf_counter() - begun
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=told)
    return Start(seconds, read_timings(told), usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def read_timings(told: str) -> dict[str, float]:
    """Return the seconds that `--timings` tells, without their sum.

    >>> read_timings("casus: load reader         0.52 s")
    {'load reader': 0.52}
    """
    return {name: float(seconds) for name, seconds in TIMING.findall(told) if name != "together"}


def measure_speed(reports: Path = EXAMPLES, seconds: float = 5.0) -> Iterator[Figure]:
    """Yield all figures, the repeated reports first."""
    settings = replace(read_settings(), threads=1)
    found = read_reports(reports, settings)
    words, spent = measure_words(Coder(settings), found, seconds)
    yield "words/s, whole way, one thread", f"{words / sum(spent.values()):,.0f}"
    for stage in STAGES:
        yield f"words/s, {stage} alone", f"{words / spent[stage]:,.0f}"
    report = reports if reports.is_file() else min(reports.glob("*.txt"))
    best = min((start_cold(report, settings) for _ in range(STARTS)), key=lambda start: start.seconds)
    yield "cold start, s", f"{best.seconds:.2f}"
    yield "of it import, s", f"{best.importing:.2f}"
    yield "of it load, s", f"{best.loading:.2f}"
    yield "of it code one report, s", f"{best.coding:.2f}"
    yield "memory at most, MB", f"{best.memory / 1e6:,.0f}"


def main() -> None:
    """Read the arguments and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=Path, default=EXAMPLES)
    parser.add_argument("--seconds", type=float, default=5.0)
    args = parser.parse_args()
    for name, value in measure_speed(args.reports, args.seconds):
        print(f"{name:34}{value:>10}")


if __name__ == "__main__":
    main()
