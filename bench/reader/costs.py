"""What a reader costs: words a second from raw text to a finished Doc, memory, seconds of a cold start.

The fastest of several rounds counts: what else the machine does can only slow one down. Each memory and each start is
measured in a process of its own (`python -m bench.reader.costs NAME`), because memory is never wholly given back.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # spaCy's own share of the memory is measured
    from spacy.language import Language


ROUNDS = 3
TEXT = (
    "Rebels attacked a convoy near the border on Monday, killing three soldiers, the army said. Two villagers were "
    "hurt when troops returned fire. The government, which has fought the group since May, blamed its neighbour.\n\n"
) * 40
STATUS = Path("/proc/self/status")


def measure_speed(nlp: Language, texts: Sequence[str], *, rounds: int = ROUNDS) -> float:
    """Words a second on one thread; words are the Doc's tokens."""
    list(nlp.pipe(texts[:2]))
    return max(_time_round(nlp, texts) for _ in range(rounds))


def _time_round(nlp: Language, texts: Sequence[str]) -> float:
    begun = perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return words / (perf_counter() - begun)


def measure_processes(name: str, texts: Sequence[str], count: int = 2) -> float:
    """Words a second of so many processes of one thread each, all together."""
    with ProcessPoolExecutor(count) as pool:
        list(pool.map(partial(_count_words, name), [list(texts[:2])] * count))  # loads in each
        begun = perf_counter()
        words = sum(pool.map(partial(_count_words, name), [list(texts)] * count))
        return words / (perf_counter() - begun)


def _count_words(name: str, texts: Sequence[str]) -> int:
    return sum(len(doc) for doc in open_reader(name).pipe(texts))


def open_reader(name: str) -> Language:
    """The reader of that name, loaded once a process; a folder may hold the peer."""
    if name not in _OPEN:
        _OPEN[name] = _open_peer(name) if (Path(name) / "config.cfg").is_file() else _open_own(name)
    return _OPEN[name]


def _open_own(name: str) -> Language:
    from casus.read.reader import load_reader

    return load_reader(name)


def _open_peer(folder: str) -> Language:
    import spacy

    import bench.reader.peer  # noqa: F401  registers the peer's component

    return spacy.load(folder)


_OPEN: dict[str, Language] = {}


def measure_start(name: str) -> dict[str, float]:
    """Seconds from a fresh process to the first read sentence and to its end, and megabytes at most, by stage."""
    begun = perf_counter()
    told = subprocess.run(
        [sys.executable, "-m", "bench.reader.costs", name], check=True, capture_output=True, text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"}, cwd=Path(__file__).parents[2],
    ).stdout  # fmt: skip
    stages: dict[str, float] = json.loads(told)
    return {**stages, "cold start s": round(perf_counter() - begun, 2)}


def held_megabytes() -> dict[str, float]:
    """Megabytes that this process holds now and held at most; empty where the system does not tell."""
    if not STATUS.is_file():
        return {}
    lines = dict(line.split(":", 1) for line in STATUS.read_text("ascii").splitlines())
    return {key: int(lines[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM")}


def tell_stages(name: str) -> dict[str, float]:
    """Load and read, and say after each step what the process holds."""
    import spacy  # noqa: F401  its own share

    stages = {"spacy MB": held_megabytes().get("VmRSS", 0.0)}
    begun = perf_counter()
    nlp = open_reader(name)
    stages["load s"] = perf_counter() - begun
    stages["loaded MB"] = held_megabytes().get("VmRSS", 0.0)
    begun = perf_counter()
    nlp(TEXT[:90])
    stages["first sentence s"] = perf_counter() - begun
    list(nlp.pipe([TEXT] * 32))
    held = held_megabytes()
    stages |= {"reading MB": held.get("VmRSS", 0.0), "at most MB": held.get("VmHWM", 0.0)}
    return {stage: round(value, 2 if stage.endswith(" s") else 0) for stage, value in stages.items()}


if __name__ == "__main__":
    sys.modules["torch"] = None  # type: ignore[assignment]  # spaCy takes it in where training put it, 150 MB of it
    print(json.dumps(tell_stages(sys.argv[1])))
