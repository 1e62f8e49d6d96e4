"""Takes the pictures of the page in docs/screenshots: `python -m docs.screenshots`; needs Chromium.

The reports are invented (docs/screenshots/reports.jsonl) and dated to the weeks before today; all else is as a user has
it: `casus ingest` codes them, `casus watch run` looks at them, `casus serve` shows them.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent / "screenshots"
REPORTS, RULES = HERE / "reports.jsonl", HERE / "watch.toml"
CASUS = (sys.executable, "-m", "casus")
LARGEST = 150_000
"""Bytes of a picture."""
WAIT = 60
DESK, PHONE = (1120, 740), (390, 740)
DRAWN = "() => [...document.querySelectorAll('[data-chart]')].every((chart) => chart.dataset.drawn)"


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: of which address, in which colours and size, and the key that is pressed before."""

    address: str
    dark: bool = False
    phone: bool = False
    press: str = ""


SHOTS: Mapping[str, Shot] = {
    "board": Shot("/"),
    "board-phone": Shot("/", phone=True, dark=True),
    "search": Shot("/search?party=TCD"),
    "incident": Shot("/incident/{incident}"),
    "chain": Shot("/chain/{incident}", dark=True),
    "report": Shot("/report/{report}"),
    "review": Shot("/review?item={event}", press="e"),
    "timeline": Shot("/timeline"),
    "map": Shot("/map", dark=True),
    "dyad": Shot("/dyad?a=TCD&b=SDN"),
    "party": Shot("/party/TCD"),
    "calendar": Shot("/calendar"),
}


def main() -> None:
    """Make the store, serve it, and take all pictures."""
    with tempfile.TemporaryDirectory() as folder:
        store = fill(Path(folder))
        with serving(store, Path(folder) / RULES.name) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            names = find_names(address)
            for name, shot in SHOTS.items():
                size = take(browser, address, shot, names, HERE / f"{name}.png")
                sys.stdout.write(f"{name}.png  {size:,} bytes{'  TOO LARGE' if size > LARGEST else ''}\n")
            browser.close()


def fill(folder: Path) -> Path:
    """Return a store with the reports, coded, linked and watched."""
    store, dated = folder / "casus.db", folder / "reports.jsonl"
    dated.write_text("".join(date_reports(last_sunday())), "utf-8")
    rules = shutil.copy(RULES, folder)
    subprocess.run([*CASUS, "ingest", str(dated), "--store", str(store)], check=True)
    subprocess.run([*CASUS, "watch", "run", "--rules", str(rules), "--store", str(store)], check=True)
    return store


def last_sunday() -> date:
    """Return the last Sunday, today if it is one: what the days of the reports are counted from."""
    today = datetime.now(UTC).date()
    return today - timedelta(days=today.isoweekday() % 7)


def date_reports(base: date) -> Iterator[str]:
    """Yield the reports as JSON Lines with days in the place of distances from a Sunday."""
    for line in REPORTS.read_text("utf-8").splitlines():
        told = json.loads(line)
        told["published"] = (base + timedelta(days=told.pop("day"))).isoformat()
        yield json.dumps(told, ensure_ascii=False) + "\n"


@contextmanager
def serving(store: Path, rules: Path) -> Iterator[str]:
    """Serve the store, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ("--store", str(store), "--rules", str(rules), "--port", str(port))
    server = subprocess.Popen([*CASUS, "serve", *options], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(f"{address}/health")
        yield address
    finally:
        server.terminate()
        server.wait(WAIT)


def _await(address: str) -> None:
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            with urlopen(address):
                return
        except URLError:
            time.sleep(0.2)
    raise RuntimeError(f"{address} does not answer")


def find_names(address: str) -> Mapping[str, str]:
    """Return the incident that most reports tell of, one of its reports, and one of its events."""
    with urlopen(f"{address}/api/v1/incidents?limit=100") as answer:
        incidents = [item.get("incident", item) for item in json.load(answer)["items"]]
    told = max(incidents, key=lambda incident: len({event.rpartition(":")[0] for event in incident["events"]}))
    event = told["events"][-1]
    names = {"incident": told["id"], "event": event, "report": event.rpartition(":")[0]}
    return {name: quote(id_) for name, id_ in names.items()}


def take(browser: Browser, address: str, shot: Shot, names: Mapping[str, str], file: Path) -> int:
    """Take a picture, and return its size in bytes."""
    width, height = PHONE if shot.phone else DESK
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if shot.dark else "light",
    )  # fmt: skip
    _go(page, address + shot.address.format_map(names), shot)
    page.screenshot(path=file)
    page.close()
    return file.stat().st_size


def _go(page: Page, address: str, shot: Shot) -> None:
    page.goto(address)
    page.wait_for_function(DRAWN)
    if shot.press:
        page.keyboard.press(shot.press)
        page.wait_for_timeout(200)


if __name__ == "__main__":
    main()
