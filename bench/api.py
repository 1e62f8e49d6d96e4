"""How many requests the API answers a second: `python -m bench.api [--store FILE] [--reports 10000] [--workers 2]`.

A real server, `casus serve`, is asked over HTTP by processes that keep their connections open. Where other work runs on
the machine the seconds of a clock say little; so the processor time that the server took for a request is told too, and
what that comes to on one core.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from typing import Any

from sqlalchemy import select, text

from bench.desk import open_desk
from casus import Store
from casus.store.schema import incidents

ROOT = "/api/v1"
TICKS = os.sysconf("SC_CLK_TCK")
OK = 200
IDS = 500
"""Different incidents that are asked for."""
UNLIMITED = "1000000000/minute"
PATHS: Mapping[str, tuple[str, ...]] = {
    "50 events of a party": (f"{ROOT}/events?party=IRN",),
    "50 incidents by four filters": (f"{ROOT}/incidents?party=USA&type=ASSAULT&country=IRN&since=2032",),
    "50 events of a dyad": (f"{ROOT}/dyad?one=USA&other=IRN",),
    "20 reports by words": (f"{ROOT}/search?q=bridge+ministry",),
}
"""What is asked besides for single incidents, with ten times fewer requests."""


@contextmanager
def serving(store: str, workers: int) -> Iterator[tuple[int, int]]:
    """Give the port and the process id of a server over a store."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = (sys.executable, "-m", "casus", "serve", "--store", store, "--port", str(port), "--rate", UNLIMITED)
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen((*command, "--workers", str(workers)), stderr=log)
        try:
            _wait(port, process)
            yield port, process.pid
        finally:
            process.terminate()
            process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError("the server ended")
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                _ask(connection, "/health")
            return
        except OSError:
            sleep(0.1)
    raise RuntimeError("the server does not answer")


def _ask(connection: HTTPConnection, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    connection.request("GET", path, headers=dict(headers or {}))
    answer = connection.getresponse()
    return answer.status, answer.read()


def ask_often(port: int, paths: tuple[str, ...], count: int, seed: int) -> list[float]:
    """Return the seconds that each of `count` requests took, one after the other on one connection.

    Raises:
        RuntimeError: An answer is none.
    """
    chance, took = Random(seed), []
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for _ in range(count):
            begun = perf_counter()
            status, body = _ask(connection, chance.choice(paths))
            took.append(perf_counter() - begun)
            if status != OK or not body:
                raise RuntimeError(f"found status {status}: {body[:200]!r}")
    return took


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and of those it started, in seconds."""
    whole, family = 0, {pid}
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(folder.name) in family or int(fields[1]) in family:
            family.add(int(folder.name))
            whole += int(fields[11]) + int(fields[12])
    return whole / TICKS


def measure(port: int, pid: int, paths: tuple[str, ...], count: int, clients: int) -> dict[str, float]:
    """Return requests a second of several clients at once, milliseconds of answers, and of the processor for each."""
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        pool.starmap(ask_often, [(port, paths, 20, seed) for seed in range(clients)])  # all are warm now
        spent, begun = processor_seconds(pid), perf_counter()
        parts = pool.starmap(ask_often, [(port, paths, count // clients, seed) for seed in range(clients)])
        seconds, spent = perf_counter() - begun, processor_seconds(pid) - spent
    took = [moment * 1000 for part in parts for moment in part]
    return {
        "requests a second": len(took) / seconds,
        "median ms": statistics.median(took),
        "95 % within ms": sorted(took)[int(len(took) * 0.95)],
        "processor ms": max(spent, 1 / TICKS) / len(took) * 1000,
    }


def find_ids(store: Store) -> list[str]:
    """Return ids of incidents from all over a store, always the same."""
    with store.reading() as connection:
        every = list(connection.execute(select(incidents.c.id).where(incidents.c.live.is_(True))).scalars())
    return Random(0).sample(sorted(every), min(IDS, len(every)))


def explain_incident(store: Store) -> str:
    """Return how the database finds an incident."""
    query = select(incidents.c.live, incidents.c.version).where(incidents.c.id == "x")
    words = str(query.compile(compile_kwargs={"literal_binds": True}))
    with store.reading() as connection:
        rows = connection.execute(text(("EXPLAIN QUERY PLAN " if store.is_sqlite else "EXPLAIN ") + words))
        return "; ".join(str(row[-1]) for row in rows)


def measure_api(store: Store, address: str, told: Any) -> Iterator[tuple[str, str]]:
    """Yield the figures as they become known; `told` has requests, clients and workers."""
    yield "events", f"{store.count_events():,}"
    yield "plan of an incident", explain_incident(store)
    single = tuple(f"{ROOT}/incidents/{id_}" for id_ in find_ids(store))
    store.close()
    with serving(address, told.workers) as (port, pid):
        for name, paths in {"an incident": single, **PATHS}.items():
            count = told.requests if paths is single else max(told.requests // 10, told.clients)
            found = measure(port, pid, paths, count, told.clients)
            yield name, json.dumps({key: round(value, 2) for key, value in found.items()})
            if paths is single:
                yield "an incident, requests a second and core", f"{1000 / found['processor ms']:.0f}"


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.api", description=__doc__)
    parser.add_argument("--store", help="made by bench.desk; by default one is made")
    parser.add_argument("--reports", type=int, default=10_000, help="of a store that is made, ten events each")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--requests", type=int, default=4000)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = told.store or str(Path(folder) / "desk.db")
        store = Store(address) if told.store else open_desk(Path(address), told.reports)
        for name, value in measure_api(store, address, told):
            print(f"{name:44}{value}", flush=True)


if __name__ == "__main__":
    main()
