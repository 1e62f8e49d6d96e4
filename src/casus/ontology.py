"""PLOVER's types, modes, contexts and sectors and CAMEO's codes, read once from the tables in `data/ontology`.

It looks names up and refuses unknown ones; which words mean which type is the lexicon's affair (`coding`), which
country a name belongs to the knowledge base's (`resolve`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar, cast

from casus.errors import OntologyError
from casus.records import Quad

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of a type, with its conflict-cooperation score (-10 to +10)."""

    type: str
    name: str
    score: float
    description: str


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the 16 PLOVER types; `modes` are its modes by name."""

    name: str
    quad: Quad
    score: float
    description: str
    modes: Mapping[str, Mode]


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code (manual 1.1b3); `goldstein` and `plover` are None where there is none."""

    code: str
    name: str
    goldstein: float | None
    plover: str | None


def _rows(table: str) -> Iterator[list[str]]:
    text = (files("casus") / "data" / "ontology" / f"{table}.tsv").read_text("utf-8")
    return (line.split("\t") for line in text.splitlines()[1:])


def _names(table: str) -> Mapping[str, str]:
    return MappingProxyType({row[0]: row[1] for row in _rows(table)})


def _read_types() -> Mapping[str, EventType]:
    modes = [Mode(type_, name, float(score), description) for type_, name, score, description in _rows("modes")]
    return MappingProxyType(
        {
            name: EventType(
                name=name,
                quad=cast(Quad, quad),
                score=float(score),
                description=description,
                modes=MappingProxyType({mode.name: mode for mode in modes if mode.type == name}),
            )
            for name, quad, score, description in _rows("types")
        }
    )


def _read_cameo() -> Mapping[str, CameoCode]:
    return MappingProxyType(
        {
            code: CameoCode(code, name, float(goldstein) if goldstein else None, plover or None)
            for code, name, goldstein, plover in _rows("cameo")
        }
    )


QUADS = _names("quads")
TYPES = _read_types()
CONTEXTS = _names("contexts")
SECTORS = _names("sectors")
NON_STATE = _names("countries")
CAMEO = _read_cameo()


def _look_up(table: Mapping[str, T], field: str, name: str) -> T:
    if name not in table:
        raise OntologyError(field, name, " ".join(table) or "none")
    return table[name]


def type_of(name: str) -> EventType:
    """Return the PLOVER type of that name.

    Raises:
        OntologyError: There is no such type; the error lists those there are.

    >>> type_of("ASSAULT").quad
    'material-conflict'
    """
    return _look_up(TYPES, "type", name)


def mode_of(type_name: str, mode: str) -> Mode:
    """Return a mode of a type.

    Raises:
        OntologyError: There is no such type, or it has no such mode.

    >>> mode_of("ASSAULT", "drone").score
    -9.5
    """
    return _look_up(type_of(type_name).modes, f"mode of {type_name}", mode)


def score_of(type_name: str, mode: str | None = None) -> float:
    """Return the PLOVER conflict-cooperation score of a type and mode, -10 to +10.

    Raises:
        OntologyError: There is no such type, or it has no such mode.

    >>> score_of("RETREAT"), score_of("RETREAT", "resign")
    (6.5, 4.5)
    """
    return type_of(type_name).score if mode is None else mode_of(type_name, mode).score


def quad_of(type_name: str) -> Quad:
    """Return the quadrant of a type.

    Raises:
        OntologyError: There is no such type.

    >>> quad_of("AID")
    'material-cooperation'
    """
    return type_of(type_name).quad


def context_of(name: str) -> str:
    """Return what a PLOVER context means.

    Raises:
        OntologyError: There is no such context.
    """
    return _look_up(CONTEXTS, "context", name)


def sector_of(code: str) -> str:
    """Return the name of a PLOVER sector.

    Raises:
        OntologyError: There is no such sector.

    >>> sector_of("MIL")
    'armed forces'
    """
    return _look_up(SECTORS, "sector", code)


def cameo_of(code: str) -> CameoCode:
    """Return the CAMEO code: two, three or four digits, with its leading zero.

    Raises:
        OntologyError: There is no such code.

    >>> cameo_of("195").name
    'Employ aerial weapons, not specified below'
    """
    return _look_up(CAMEO, "cameo", code)


def goldstein(code: str) -> float | None:
    """Return the Goldstein score of a CAMEO code, -10 to +10; None for 155 and 176, which came after the scale.

    Raises:
        OntologyError: There is no such code.

    >>> goldstein("0874")
    10.0
    """
    return cameo_of(code).goldstein


def plover_type(code: str) -> str | None:
    """Return the PLOVER type that a CAMEO code falls under; None for statements (01).

    Raises:
        OntologyError: There is no such code.

    >>> plover_type("0841")
    'RETREAT'
    """
    return cameo_of(code).plover
