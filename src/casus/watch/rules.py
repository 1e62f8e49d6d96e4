"""Watch rules: what must be so for somebody to hear of it, how loudly, and by which ways; reads no file and no store.

Conditions are named as the filters of `casus incidents` are; of several values one is enough, all conditions must hold.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import partial
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_args

from pydantic import BeforeValidator, ConfigDict, Field

from casus.errors import CasusError
from casus.ontology import TYPES, sector_of, type_of
from casus.records import IncidentStatus, Modality, QuantityKind, Stance
from casus.watch.ladder import RUNGS

T = TypeVar("T")
Level = Literal["notice", "warning", "alert"]
LEVELS: tuple[str, ...] = get_args(Level)
QUIET = 0
"""The level of a watch that has nothing to tell; `notice` is 1, `warning` 2, `alert` 3."""
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
SPAN = re.compile(r"(\d+)\s*([smhdw])")
DAY = 86400
MODES = {mode for kind in TYPES.values() for mode in kind.modes}
NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
FORBID = ConfigDict(extra="forbid")


def level_number(name: str) -> int:
    """Return a level as a number, the louder the higher.

    >>> level_number("notice"), level_number("alert")
    (1, 3)
    """
    return LEVELS.index(name) + 1


def level_name(number: int) -> str:
    """Return the name of a level, `quiet` for none.

    >>> level_name(0), level_name(2)
    ('quiet', 'warning')
    """
    return LEVELS[number - 1] if number else "quiet"


def parse_span(told: object) -> int:
    """Return a length of time in seconds.

    >>> parse_span("90s"), parse_span("2h"), parse_span("14d"), parse_span("0s")
    (90, 7200, 1209600, 0)

    Raises:
        ValueError: It is none.
    """
    found = SPAN.fullmatch(told.strip()) if isinstance(told, str) else None
    if found is None:
        raise ValueError("a number with s, m, h, d or w (90s, 2h, 14d)")
    return int(found[1]) * UNITS[found[2]]


def _parse_days(told: object) -> int:
    seconds = parse_span(told)
    if seconds < DAY or seconds % DAY:
        raise ValueError("whole days or weeks, one day or more (14d, 2w)")
    return seconds // DAY


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _check(told: object, allowed: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Return a list of words, each one of those allowed."""
    words = [told] if isinstance(told, str) else told
    if not isinstance(words, list | tuple) or not words or not all(map(_is_word, words)):
        raise ValueError("a word or a list of words" + (f" among {', '.join(allowed)}" if allowed else ""))
    for word in words:
        if allowed and word not in allowed:
            raise ValueError(", ".join(allowed))
    return tuple(words)


def _check_by(told: object, look_up: Callable[[str], object]) -> tuple[str, ...]:
    words = _check(told)
    try:
        for word in words:
            look_up(word)
    except CasusError as error:
        raise ValueError(getattr(error, "allowed", str(error))) from error
    return words


def _check_party(told: object) -> tuple[str, ...]:
    words = _check(told)
    for word in words:
        country, slash, sector = word.partition("/")
        if slash and len(country) == len("IRN") and country.isupper():
            _check_by(sector, sector_of)
    return words


def _check_pair(told: object) -> tuple[str, ...]:
    words = _check_party(told)
    if len(words) != 2:
        raise ValueError('two parties (["USA", "IRN"])')
    return words


def _check_toll(told: object) -> object:
    kinds = get_args(QuantityKind)
    right = isinstance(told, dict) and told and all(kind in kinds for kind in told)
    if not right or not all(type(value) is int and value > 0 for value in told.values()):  # type: ignore[attr-defined]
        raise ValueError(f"whole numbers above 0 by kind ({{killed = 10}}) among {', '.join(kinds)}")
    return told


Words = Annotated[tuple[str, ...], BeforeValidator(_check)]
Parties = Annotated[tuple[str, ...], BeforeValidator(_check_party)]
Span = Annotated[int, BeforeValidator(parse_span)]
Days = Annotated[int, BeforeValidator(_parse_days)]
STANCES = get_args(Stance)


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Within so many kilometres of a point in degrees; what is told only of a country or division is near nothing."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    km: Annotated[float, Field(gt=0, le=20040)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Who says so, and how: `by` are parties, `stance` is one of record.md's; `named` leaves out "an official"."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    by: Parties = ()
    stance: Annotated[tuple[str, ...], BeforeValidator(partial(_check, allowed=STANCES))] = ()
    named: Annotated[bool, Field(strict=True)] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What is to come: told for one of the next `within` days, or planned or threatened `undated` where that is set."""

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    within: Days
    undated: Annotated[bool, Field(strict=True)] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """More than usual: incidents of the last `window` days against the `weeks` before them.

    Attributes:
        weeks: Length of the time before that says what is usual.
        window: Days that are compared with it.
        factor: How many times the usual number there must be.
        least: How many there must be at the least.
        chance: How likely so many may be at the most if nothing had changed.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    weeks: Annotated[int, Field(ge=1, le=520, strict=True)] = 4
    window: Days = 7
    factor: Annotated[float, Field(ge=1)] = 2.0
    least: Annotated[int, Field(ge=1, strict=True)] = 5
    chance: Annotated[float, Field(gt=0, le=1)] = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What must be so. The first ones are those of `casus incidents`; the others say what no filter says.

    Attributes:
        between: Two parties, one of which did it to the other.
        near: Where it happened, by distance.
        toll: Kind of count → how many at the least; one kind is enough. The likeliest figure counts, else the lowest.
        rung: Rung on the ladder of escalation that is reached at the least.
        claims: Who says so.
        origins: Independent origins that tell of it as done, at the least.
        words: Words that stand in the sentence that tells of it.
        ahead: What is to come.
        change: More than usual of all this.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID

    party: Parties = ()
    actor: Parties = ()
    recipient: Parties = ()
    sector: Annotated[tuple[str, ...], BeforeValidator(partial(_check_by, look_up=sector_of))] = ()
    type: Annotated[tuple[str, ...], BeforeValidator(partial(_check_by, look_up=type_of))] = ()
    mode: Annotated[tuple[str, ...], BeforeValidator(partial(_check, allowed=tuple(sorted(MODES))))] = ()
    country: Words = ()
    place: Words = ()
    publisher: Words = ()
    modality: Annotated[tuple[str, ...], BeforeValidator(partial(_check, allowed=get_args(Modality)))] = ()
    status: Annotated[tuple[str, ...], BeforeValidator(partial(_check, allowed=get_args(IncidentStatus)))] = ()
    least: Annotated[float, Field(ge=0, le=1)] | None = None
    between: Annotated[tuple[str, ...], BeforeValidator(_check_pair)] = ()
    near: Near | None = None
    toll: Annotated[Mapping[str, int], BeforeValidator(_check_toll)] = field(default_factory=dict, hash=False)
    rung: Annotated[str, BeforeValidator(partial(lambda told: _check(told, RUNGS)[0]))] | None = None
    claims: Claims | None = None
    origins: Annotated[int, Field(ge=2, strict=True)] | None = None
    words: Words = ()
    ahead: Ahead | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A level that is reached where more is so."""

    level: Level
    when: Conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who should hear of what.

    Attributes:
        name: How it is called everywhere.
        level: Of what passes its conditions.
        when: Its conditions.
        steps: Levels for what passes more.
        channels: Names of the ways to tell it.
        cooldown: Seconds after somebody was told in which only a higher level is told, and the rest kept for then.
        within: Days that an incident may lie back when it is first heard of.
    """

    name: str
    level: Level = "notice"
    when: Conditions
    steps: tuple[Step, ...] = ()
    channels: tuple[str, ...] = ()
    cooldown: Span = 900
    within: Days = 30

    @property
    def digest(self) -> str:
        """What it says, in short: changes where its conditions or levels do."""
        told = {"level": self.level, "when": _plain(self.when), "within": self.within, "steps": _plain(self.steps)}
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
