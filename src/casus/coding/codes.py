"""Mode and CAMEO code of a candidate: the entry's where it has them, else the network's mode and the usual code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from casus.coding.candidates import Candidate
from casus.coding.sight import Sight

# share among the type's modes at which the network's is taken, beside an entry without a mode and without an entry;
# best F1 on reports that the network has not seen
SURE = 0.75
LIKELY = 0.6


@cache
def usual_codes() -> Mapping[str, str]:
    """`TYPE` or `TYPE:mode` → CAMEO code: `data/cameo.toml`."""
    table: dict[str, str] = tomllib.loads(files("casus.coding").joinpath("data/cameo.toml").read_text("utf-8"))
    return table


def choose_mode(sight: Sight, candidate: Candidate) -> tuple[str | None, str]:
    """The mode and what gave it."""
    learned, share = sight.best_mode(candidate.trigger, candidate.type)
    entry = candidate.match.entry if candidate.match else None
    if entry and entry.mode:
        return entry.mode, "entry"
    if learned and share >= (SURE if entry else LIKELY):
        return learned, "network"
    return (entry.mode, "entry") if entry else (None, "network")


def cameo_code(candidate: Candidate, mode: str | None) -> str | None:
    """The entry's code, unless the mode decided on is another than the entry's."""
    entry = candidate.match.entry if candidate.match else None
    if entry and entry.mode == mode:
        return entry.cameo
    codes = usual_codes()
    return codes.get(f"{candidate.type}:{mode}") or codes.get(candidate.type)
