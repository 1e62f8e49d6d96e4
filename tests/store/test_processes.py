"""Several processes use a store at once, and one may be killed at any moment."""

import random
import subprocess
import sys
from pathlib import Path
from time import sleep

from casus import Store
from tests.store.workers import numbered

ROOT = Path(__file__).parents[2]


def start(*words: object) -> subprocess.Popen[str]:
    """Start a worker and wait until it begins."""
    command = [sys.executable, "-m", "tests.store.workers", *map(str, words)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(*processes: subprocess.Popen[str]) -> list[int]:
    """Wait for workers and return their exit statuses."""
    for process in processes:
        process.communicate(timeout=60)
    return [process.returncode for process in processes]


def test_two_processes_write_while_one_reads(url: str, store: Store) -> None:
    """Each waits for the other, none loses a write, and the reader sees whole transactions alone."""
    store.add(numbered(0))
    writers = [start("join", url, 1, 9), start("join", url, 9, 17)]
    seen = []
    while any(writer.poll() is None for writer in writers):
        seen.append((store.count_events(), len(store.events_of(["r0:i1"])["r0:i1"])))
        sleep(0.02)
    assert finish(*writers) == [0, 0]
    assert len(store.events_of(["r0:i1"])["r0:i1"]) == 17
    assert [version.version for version in store.history("r0:i1")] == list(range(1, 18))
    assert [events for events, _ in seen if events % 2] == []


def test_two_processes_create_one_store(tmp_path: Path) -> None:
    """Both find the tables that one of them made."""
    file = tmp_path / "new.db"
    writers = [start("add", file, 0, 2, 1), start("add", file, 0, 2, 1)]
    assert finish(*writers) == [0, 0]
    assert Store(file).count_events() == 4


def test_nothing_is_lost_or_doubled_when_killed(url: str, store: Store) -> None:
    """A writer is killed in the midst of its work, and the next goes on where the last transaction ended."""
    chance = random.Random(1)
    for _ in range(2):
        process = start("add", url, 0, 40, 4)
        sleep(chance.uniform(0, 0.3))
        process.kill()
        process.communicate()
        assert len(store.report_ids()) == (store.get_state("done") or 0)
    assert finish(start("add", url, 0, 40, 4)) == [0]
    assert store.report_ids() == tuple(f"r{number}" for number in range(40))
    assert (store.count_events(), store.count_incidents()) == (80, 80)
    assert [store.report(f"r{number}") == numbered(number) for number in (0, 39)] == [True, True]
