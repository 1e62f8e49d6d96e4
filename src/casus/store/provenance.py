"""Which code, lexicon, knowledge base and models code reports here: digests, by which older codings are told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from casus import __version__
from casus.store.rows import digest

if TYPE_CHECKING:
    from casus.config import Settings

HOUSE = Path(__file__).parents[1]
SHELF = ("logistic.py", "ontology.py", "pipeline.py")
ROOMS = ("read", "resolve", "coding", "link")
LEXICON, BASE = Path("coding/data/lexicon"), Path("resolve/data")
LENGTH = 12  # hexadecimal digits: enough to tell versions apart


def read_versions(settings: Settings) -> dict[str, str]:
    """Return the version of Casus, the reader's name, and a digest of each part that decides how a report is coded."""
    data = {path for room in ROOMS for path in _files(HOUSE / room) if "data" in path.relative_to(HOUSE).parts}
    lexicon = {path for path in data if path.is_relative_to(HOUSE / LEXICON)}
    base = {path for path in data if path.is_relative_to(HOUSE / BASE)}
    code = {path for room in ROOMS for path in _files(HOUSE / room) if path.suffix == ".py"}
    return {
        "casus": __version__,
        "code": _digest(code | {HOUSE / name for name in SHELF}),
        "lexicon": _digest(lexicon, _own(settings.lexicons)),
        "base": _digest(base, _own(settings.bases)),
        "models": _digest(data - lexicon - base),
        "reader": settings.reader,
    }


def coder_of(versions: Mapping[str, str]) -> str:
    """Return one digest for all versions, as each report keeps it."""
    return digest(dict(versions))[:16]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _own(folders: Iterable[Path]) -> list[Path]:
    """Return the files of a user's folders; their order counts, so it is kept."""
    return [path for folder in folders for path in sorted(_files(folder))]


def _digest(files: Iterable[Path], more: Iterable[Path] = ()) -> str:
    whole = hashlib.sha256()
    for path in (*sorted(files), *more):
        whole.update(path.name.encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:LENGTH]
