"""Kills a process that takes sources in, at random moments, many times: `python -m bench.intake [--kills 200]`.

The sources are a JSON Lines file and feeds with pages over real HTTP; coding is played by synthetic events, linking is
the real one. After each kill what the store holds must be whole reports; at the end every report must be there once,
every event of it, and the next visit must find nothing new.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from itertools import chain
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from bench.synthetic import make_report
from casus import Store
from casus.ingest.addresses import address_id
from casus.ingest.fetch import Fetcher, Manners
from casus.ingest.pacing import Pacer
from casus.ingest.sources import Source
from casus.intake import Intake, Tally, Works
from casus.link.across import link_across
from casus.records import Report

LINES = 5  # lines a kill
FEEDS, ENTRIES = 20, 10
EVENTS = 4  # of a report
LONGEST = 1.0
"""Seconds until a process is killed at the latest, counted from its first report that is coded."""


class Site(BaseHTTPRequestHandler):
    """Feeds at /feed/N, pages at /page/N; each with an ETag."""

    def do_GET(self) -> None:
        """Answer a request."""
        kind, _, number = self.path.strip("/").partition("/")
        body = {"feed": self._feed, "page": self._page}.get(kind, lambda _number: "")(number)
        same = self.headers.get("If-None-Match") == f'"{number}"'
        self.send_response(404 if not body else 304 if same else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("ETag", f'"{number}"')
        self.send_header("Content-Length", str(0 if same else len(body.encode())))
        self.end_headers()
        self.wfile.write(b"" if same else body.encode())

    def _feed(self, number: str) -> str:
        first = int(number) * ENTRIES
        links = (f"http://{self.headers['Host']}/page/{entry}" for entry in range(first, first + ENTRIES))
        items = "".join(f"<item><link>{link}</link></item>" for link in links)
        return f"<rss version='2.0'><channel><title>Wire {number}</title>{items}</channel></rss>"

    def _page(self, number: str) -> str:
        return f"<html><body><article><h1>News {number}</h1><p>{make_report(int(number), EVENTS).text}</p></article>"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the overridden method
        """Say nothing."""


@contextmanager
def open_site() -> Iterator[str]:
    """Give the address of a running site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def play_coding(reports: Iterator[Report]) -> Iterator[Report]:
    """Give each report events that its text does not mind, a batch at a time as the real coder does."""
    batch: list[Report] = []
    for report in reports:
        batch.append(report)
        if len(batch) == 5:
            yield from map(_give_events, batch)
            batch.clear()
    yield from map(_give_events, batch)


def _give_events(report: Report) -> Report:
    made = make_report(int(report.id, 16) if len(report.id) == 16 else int(report.id[1:]), EVENTS)
    sleep(0.001)
    return Report.from_json({**made.to_json(), "id": report.id, "url": report.url, "title": report.title})


def take(url: str, sources: Sequence[Source], begun: int | None = None) -> Tally:
    """Take the sources in, as `casus ingest` does; say through the pipe `begun` when coding begins."""

    def code(reports: Iterator[Report]) -> Iterator[Report]:
        first = next(reports, None)
        if begun is not None:
            os.write(begun, b".")
        if first is not None:
            yield from play_coding(chain([first], reports))

    manners = Manners(allow_private=True, pause=0.0)
    with closing(Store(url)) as store, Fetcher(manners, pacer=Pacer(sleep=lambda _seconds: None)) as getter:
        works = Works(
            store=store,
            getter=getter,
            code=code,
            on_error=lambda error: sys.exit(str(error)),
            after=lambda report: link_across(report, store),
            run=store.begin_run("bench"),
        )
        intake = Intake(works)
        for _ in intake.take(sources):
            pass
        return intake.tally


def start(url: str, sources: Sequence[Source]) -> int:
    """Start a process that takes in, wait until it codes, and return its number.

    A fork, since fresh interpreters would take longer than all they write; the store is closed before it.
    """
    waiting, begun = os.pipe()
    process = os.fork()
    if not process:
        status = 1
        try:
            take(url, sources, begun)
            status = 0
        except Exception:  # noqa: BLE001  the process ends here
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(begun)
    if not os.read(waiting, 1):
        sys.exit("a process ended before it coded anything")
    os.close(waiting)
    return process


def count_faults(url: str) -> int:
    """Return how many reports in the store lack events or have too many."""
    with closing(Store(url)) as store:
        ids = store.report_ids()
        wrong = sum(len(store.report(name).events) != EVENTS or len(store.events_in(name)) != EVENTS for name in ids)
        return wrong + (store.count_events() != EVENTS * len(ids))


def kill_often(url: str, sources: Sequence[Source], kills: int) -> int:
    """Kill so many processes; return the number of faults found after them."""
    chance, faults = Random(0), 0
    for _ in range(kills):
        process = start(url, sources)
        sleep(chance.uniform(0, LONGEST))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        faults += count_faults(url) if chance.random() < 0.2 else 0
    return faults


def write_lines(path: Path, count: int) -> None:
    """Write reports without events as JSON Lines."""
    rows = (make_report(number, EVENTS) for number in range(count))
    path.write_text("".join(json.dumps({"id": row.id, "title": row.title, "text": row.text}) + "\n" for row in rows))


def measure(url: str, folder: Path, kills: int) -> tuple[str, int]:
    """Return what was found, in words, and the number of faults."""
    for late in ("feedparser", "httpx", "trafilatura"):  # imported when needed, which each process would do anew
        import_module(late)
    write_lines(folder / "reports.jsonl", LINES * kills)
    with open_site() as site:
        feeds = [Source(name=f"feed {number}", url=f"{site}/feed/{number}") for number in range(FEEDS)]
        sources = [Source(name="lines", path=folder / "reports.jsonl"), *feeds]
        Store(url).close()
        faults = kill_often(url, sources, kills)
        with closing(Store(url)) as store:
            survived = len(store.report_ids())
        begun = perf_counter()
        last, again = take(url, sources), take(url, sources)
        seconds = perf_counter() - begun
        pages = {address_id(f"{site}/page/{number}") for number in range(FEEDS * ENTRIES)}
    with closing(Store(url)) as store:
        expected = pages | {f"s{number}" for number in range(LINES * kills)}
        faults += count_faults(url) + len(expected ^ set(store.report_ids())) + again.taken + again.skipped.total()
        faults += again.passed["unchanged"] != FEEDS
    told = f"{kills} kills: {survived} reports survived them; {last}; again: {again}; {seconds:.0f} s; {faults} faults"
    return told, faults


def main() -> None:
    """Read the arguments, and print what was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--url", help="a store with nothing in it; by default an SQLite file in a temporary folder")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told, faults = measure(args.url or str(Path(folder) / "kills.db"), Path(folder), args.kills)
    print(told)
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
