"""The script that draws charts in a browser: one file, made once, and enough without a network or eval."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from casus import charts
from tests.charts.rows import CHARTS

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'"
PAGE = """<!doctype html><meta charset="utf-8"><title>charts</title><body>
<script src="vega.js"></script><script src="specs.js"></script><script src="draw.js"></script>"""
DRAW = """
const drawn = Object.entries(window.specs).map(async ([name, spec]) => {
  const place = document.body.appendChild(document.createElement("div"));
  place.id = name;
  await vegaEmbed(place, spec, {ast: true, actions: false, defaultStyle: false, renderer: "svg"});
});
const tell = (state) => document.body.dataset.state = state;
Promise.all(drawn).then(() => tell("drawn"), (fault) => tell(String(fault)));
"""


class Strict(SimpleHTTPRequestHandler):
    """Serves files under the policy of the page of Casus, and keeps quiet."""

    def end_headers(self) -> None:
        self.send_header("content-security-policy", POLICY)
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """Serve a page that draws every chart, by scripts of its own server alone."""
    specs = {name: charts.to_spec(make()) for name, make in CHARTS.items()}
    files = {
        "index.html": PAGE,
        "draw.js": DRAW,
        "vega.js": charts.vega_bundle(),
        "specs.js": f"window.specs = {json.dumps(specs)}",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(tmp_path)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.skipif(BROWSER is None, reason="there is no chromium")
def test_a_browser_draws_every_chart_without_eval(site: str, tmp_path: Path) -> None:
    """Under a policy that forbids eval, inline scripts and all that is from elsewhere."""
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--dump-dom",
        "--virtual-time-budget=20000", f"--user-data-dir={tmp_path / 'profile'}", site,
    ]  # fmt: skip
    page = subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stdout
    assert re.findall(r'data-state="([^"]*)"', page) == ["drawn"]
    assert len(re.findall(r'<svg[^>]*class="marks"', page)) == len(CHARTS)
    labels = set(re.findall(r'aria-label="([^"]*)"', page))
    assert {charts.to_spec(CHARTS[name]())["description"] for name in ("sparkline", "quads")} <= labels


def test_the_script_is_kept_once_it_is_made(tmp_path: Path) -> None:
    """In the folder that is given, under the versions that it holds."""
    made = charts.vega_bundle(tmp_path)
    (file,) = tmp_path.iterdir()
    assert file.suffix == ".js"
    assert made == file.read_text("utf-8") == charts.vega_bundle()
    assert all(f"window.{name}=" in made for name in ("vega", "vegaLite", "vegaEmbed"))
