"""How long each page takes: `python -m bench.web [--store FILE] [--reports 10000] [--plans]`.

A real server, `casus serve`, over an invented desk's store (bench/desk.py, ten events a report) with watches that found
something. Told are the median milliseconds of the clock, the processor's share of them, and how far that is of what is
allowed; the first view of the board, and of the pages with charts, in Chromium with nothing in its cache; and whether
any page goes through a table without an index. `--plans` prints how the database answers each page.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter

from bench.api import processor_seconds, serving
from bench.desk import open_desk
from bench.plans import Plan, explain_pages
from casus import Store
from casus.watch.alerts_round import Watch
from casus.watch.rules_file import read_rules
from casus.web.pages import NAVIGATION

OK = 200
BOARD, PAGE, VIEW = 150, 300, 1500
"""Milliseconds allowed: of the server for the board and for any other page, of the browser for a first view."""
NEWS = datetime(2034, 12, 31, tzinfo=UTC)
"""When the invented news ends."""
RULES = """
[[rule]]
name = "air-strikes"
type = "ASSAULT"
mode = "aerial"
toll = { killed = 20 }
within = "1500d"

[[rule]]
name = "arrests"
type = "COERCE"
mode = "arrest"
country = "SDN"
within = "1500d"
"""
OF_ONE: Mapping[str, str] = {
    "timeline of a party": "/timeline?party=USA",
    "map of four years": "/map?since=2031&until=2034",
    "map of a party": "/map?party=IRN",
    "dyad of countries": "/dyad?a=USA&b=IRN",
    "dyad of four years": "/dyad?a=USA&b=IRN&since=2031&until=2034",
    "dyad with sectors": "/dyad?a=USA/MIL&b=IRN/REB",
    "party, a country": "/party/USA",
    "party with a sector": "/party/IRN/MIL",
    "party by its name": "/party/IRN%20MIL",
    "calendar of a month": "/calendar?month=2033-05",
    "claims, unconfirmed": "/claims?kind=unconfirmed",
    "search by words": "/search?kind=reports&text=bridge+ministry",
    "search by party": "/search?kind=events&party=IRN/MIL",
    "incident": "/incident/s41:i2",
    "incident of 40 reports": "/incident/s0:i1",
    "chain": "/chain/s41:i2",
    "report": "/report/s41",
}
DRAWN = """() => [...document.querySelectorAll('[data-chart]')].every((chart) => chart.dataset.drawn)"""
PAINTED = """() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"""
VIEWED = ("/", "/timeline", "/map", "/dyad?a=USA&b=IRN")


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds that something took, of the processor alone, how many are allowed, and bytes of the answer."""

    name: str
    median: float
    processor: float | None
    allowed: int | None
    size: int | None = None

    def __str__(self) -> str:
        told = (self.processor, self.allowed, self.size and self.size / 1000)
        cells = "".join(f"{'' if value is None else f'{value:.0f}':>8}" for value in told)
        if self.allowed is None:
            return f"{self.name:28}{self.median:8.0f}{cells}"
        verdict = "" if self.median <= self.allowed else "  too slow"
        return f"{self.name:28}{self.median:8.0f}{cells}  {draw_bar(self.median / self.allowed)}{verdict}"


def draw_bar(share: float, width: int = 24) -> str:
    """Return a bar of that share of the width, which it never passes by more than a mark.

    >>> draw_bar(0.5, 4), draw_bar(0.3, 4), draw_bar(7, 4)
    ('██··', '█···', '████+')
    """
    full = min(width, round(share * width))
    return "█" * full + "·" * (width - full) + ("+" if share > 1 else "")


def list_pages() -> dict[str, str]:
    """Return name → address of every page of the navigation, and of what they lead to."""
    return {words.lower(): address for address, words in NAVIGATION} | dict(OF_ONE)


def watch_store(store: Store, folder: Path) -> Path:
    """Let two watches look at a store, and return the file of their rules."""
    file = folder / "watch.toml"
    file.write_text(RULES, "utf-8")
    for rule in read_rules(file).rules:
        Watch(store, rule, NEWS).look()
    return file


def measure_pages(port: int, pid: int, times: int) -> Iterator[Timing]:
    """Yield how long each page took the server, asked one after the other on one connection.

    Raises:
        RuntimeError: A page does not come.
    """
    with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
        for name, path in list_pages().items():
            _ask(connection, path)
            spent, took, size = processor_seconds(pid), list[float](), 0
            for _ in range(times):
                begun = perf_counter()
                size = _ask(connection, path)
                took.append((perf_counter() - begun) * 1000)
            spent = (processor_seconds(pid) - spent) * 1000 / times
            yield Timing(name, statistics.median(took), spent, BOARD if path == "/" else PAGE, size)


def _ask(connection: HTTPConnection, path: str) -> int:
    connection.request("GET", path, headers={"accept": "text/html"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != OK:
        raise RuntimeError(f"{path}: status {answer.status}")
    return len(body)


def measure_views(port: int, times: int) -> Iterator[Timing]:
    """Yield how long Chromium takes until it shows something, and until all charts are drawn; nothing is cached.

    Nothing is yielded where there is no Chromium, or no Playwright to drive it.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return
    found = shutil.which("chromium")
    if found is None:
        return
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=found, args=["--no-sandbox"]) as browser,
    ):
        for path in VIEWED:
            both = [_view(browser, f"http://127.0.0.1:{port}{path}") for _ in range(times)]
            painted, drawn = (statistics.median(column) for column in zip(*both, strict=True))
            yield Timing(f"first view of {path[:14]}", painted, None, VIEW)
            yield Timing("… with its charts", drawn, None, None)


def _view(browser: object, address: str) -> tuple[float, float]:
    """Return the milliseconds until something is painted and until all charts are drawn, in a fresh profile."""
    context = browser.new_context()  # type: ignore[attr-defined]
    page = context.new_page()
    begun = perf_counter()
    page.goto(address)
    page.wait_for_function(DRAWN)
    drawn = (perf_counter() - begun) * 1000
    painted = page.wait_for_function(PAINTED).json_value()
    context.close()
    return painted, drawn


def measure(address: str, told: argparse.Namespace) -> Iterator[str]:
    """Yield the lines of the table as they become known."""
    store = Store(address)
    with tempfile.TemporaryDirectory() as folder:
        rules = watch_store(store, Path(folder))
        yield f"{store.count_events():,} events, {store.count_incidents():,} incidents\n"
        plans = asyncio.run(explain_pages(address, rules, list_pages()))
        store.close()
        yield f"{'page':28}{'ms':>8}{'cpu ms':>8}{'allowed':>8}{'kB':>8}"
        with serving(address, 1) as (port, pid):
            yield from map(str, measure_pages(port, pid, told.times))
            yield from map(str, measure_views(port, max(1, told.times // 2)))
    yield from tell_plans(plans, whole=told.plans)


def tell_plans(plans: Mapping[str, Sequence[Plan]], *, whole: bool) -> Iterator[str]:
    """Yield how many plans a page rests on, by how many indexes, and what it goes through; if asked, each step."""
    yield f"\n{'page':28}{'plans':>8}{'indexes':>9}  tables gone through without one"
    for name, told in plans.items():
        steps = [step for plan in told for step in plan.steps]
        indexes = {step.rpartition("USING ")[2] for step in steps if "USING" in step}
        scans = sorted({table for plan in told for table in plan.scans})
        yield f"{name:28}{len(told):8}{len(indexes):9}  {', '.join(scans) or 'none'}"
        if whole:
            yield from (f"    {step}" for step in dict.fromkeys(steps))


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description=__doc__)
    parser.add_argument("--store", help="made by bench.desk; watches are put into it. By default one is made")
    parser.add_argument("--reports", type=int, default=10_000, help="of a store that is made, ten events each")
    parser.add_argument("--times", type=int, default=9, help="so often each page is asked for")
    parser.add_argument("--plans", action="store_true", help="print how the database answers each page")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = told.store or str(Path(folder) / "desk.db")
        if not told.store:
            open_desk(Path(address), told.reports).close()
        for line in measure(address, told):
            print(line, flush=True)


if __name__ == "__main__":
    main()
