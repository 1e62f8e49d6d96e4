"""`casus serve` and `casus token`, as processes of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from casus import Store
from casus.cli import app
from casus.cli.serve import ORDERS, Orders, make_served
from tests.cli.builders import report

Start = Callable[..., tuple[httpx.Client, "subprocess.Popen[bytes]"]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Make a store of one report."""
    path = tmp_path / "casus.db"
    store = Store(path)
    store.add(report())
    store.close()
    return path


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def start(file: Path, tmp_path: Path) -> Iterator[Start]:
    """Give what starts a server as a process, and returns a client of it."""
    started: list[tuple[httpx.Client, subprocess.Popen[bytes]]] = []

    def begin(*options: str) -> tuple[httpx.Client, "subprocess.Popen[bytes]"]:
        port = free_port()
        command = (sys.executable, "-m", "casus", "serve", "--store", str(file), "--port", str(port), *options)
        with (tmp_path / "log").open("wb") as log:
            process = subprocess.Popen(command, stderr=log)
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        started.append((client, process))
        wait_for(client, process)
        return client, process

    yield begin
    for client, process in started:
        client.close()
        if process.poll() is None:
            process.kill()
        process.wait(60)


def wait_for(client: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers."""
    for _ in range(600):
        assert process.poll() is None, "the server ended"
        try:
            client.get("/health")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


def run(*arguments: str) -> tuple[int, str, str]:
    """Return exit status, output and errors of a command."""
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_a_store_is_served_until_it_is_stopped(start: Start, tmp_path: Path) -> None:
    """In one process; posted reports are coded, and its log is JSON but for its first line."""
    client, process = start()
    assert client.get("/api/v1/incidents/goma:i1").json()["incident"]["type"] == "ASSAULT"
    posted = client.post("/api/v1/reports", json={"id": "new", "text": "Police arrested three people in Lyon."})
    assert (posted.status_code, posted.json()["report"]["events"][0]["type"]) == (201, "COERCE")
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    first, *lines = (tmp_path / "log").read_text().splitlines()
    assert first.startswith("casus: ")
    assert any(json.loads(line).get("route") == "/api/v1/reports" for line in lines)


def test_several_workers_serve_together(start: Start, file: Path) -> None:
    """And count together; a token lets in."""
    client, process = start("--workers", "2", "--tokens")
    assert client.get("/api/v1/events").status_code == 401
    status, secret, told = run("token", "create", "ann", "--store", str(file))
    assert (status, told.startswith("casus: token 1  ann: read; made ")) == (0, True)
    headers = {"authorization": f"Bearer {secret.strip()}"}
    for _ in range(20):
        with httpx.Client(base_url=client.base_url, headers=headers) as fresh:
            assert fresh.get("/api/v1/events/goma:e1").status_code == 200
    counts = client.get("/metrics", headers=headers).text
    assert 'casus_requests_total{method="GET",route="/api/v1/events/{id}",status="200"} 20.0' in counts
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


def test_tokens_are_made_listed_and_revoked(file: Path) -> None:
    """Each is printed once, alone on standard output."""
    store = ("--store", str(file))
    status, secret, _ = run("token", "create", "ann", "--scope", "read", "--scope", "review", "--days", "30", *store)
    assert (status, secret.startswith("casus_"), len(secret.split())) == (0, True, 1)
    assert run("token", "create", "ben", "--scope", "write", *store)[::2] == (
        2, "casus: field scope: found 'write', allowed read review ingest\n",
    )  # fmt: skip
    listed = json.loads(run("token", "list", "--format", "json", *store)[1])
    assert (listed["name"], listed["scopes"], secret.strip() in str(listed)) == ("ann", ["read", "review"], False)
    assert run("token", "revoke", "1", *store)[0] == 0
    assert ", revoked " in run("token", "list", *store)[1]
    assert run("token", "revoke", "1", *store)[::2] == (2, "casus: token 1 is revoked already\n")
    assert run("token", "revoke", "7", *store)[::2] == (2, "casus: found no token 7 in the store\n")


def test_what_cannot_be_served_is_told_in_a_line(file: Path, tmp_path: Path) -> None:
    """No such store, a port that is taken, a rate that is none, wrong rules."""
    status, _, told = run("serve", "--store", str(tmp_path / "none.db"))
    assert (status, "there is no store" in told) == (2, True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        status, _, told = run("serve", "--store", str(file), "--port", str(taken.getsockname()[1]))
    assert (status, "Address already in use" in told, told.count("\n")) == (2, True, 1)
    status, _, told = run("serve", "--store", str(file), "--rate", "often", "--port", str(free_port()))
    assert (status, told) == (2, "casus: rate: found 'often', allowed a number and a time: 600/minute, 20/second\n")
    (tmp_path / "watch.toml").write_text("[[rule]]\n")
    told = run("serve", "--store", str(file), "--rules", str(tmp_path / "watch.toml"), "--port", str(free_port()))[2]
    assert (told.startswith("casus: "), "watch.toml:1: " in told, told.count("\n")) == (True, True, 1)
    assert run("serve", "--store", str(file), "--key", str(file))[0] == 2


@pytest.mark.parametrize(
    ("host", "tokens", "is_open"), [("127.0.0.1", False, True), ("0.0.0.0", False, False), ("::1", True, False)]
)
def test_beyond_this_machine_everybody_needs_a_token(
    host: str, tokens: bool, is_open: bool, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing can turn that off."""
    monkeypatch.setitem(os.environ, ORDERS, json.dumps(Orders(store=str(file), host=host, tokens=tokens).to_json()))
    monkeypatch.setattr("casus.web.logs.set_up_logs", lambda _: None)
    served = make_served()
    served.state.store.close()
    assert served.state.settings.is_open == is_open
