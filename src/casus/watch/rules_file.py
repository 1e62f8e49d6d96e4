"""Reads a file of watch rules (TOML): every mistake in one line with file, line, field, what was found and allowed.

[[channel]]
name = "desk"
kind = "terminal"

[[rule]]
name = "strikes"
level = "warning"
between = ["USA", "IRN"]
type = "ASSAULT"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NoReturn, cast

from pydantic import TypeAdapter, ValidationError

from casus.errors import ConfigError, InputError
from casus.watch.channels import CHANNELS, Channel, Terminal
from casus.watch.rules import NAME, Ahead, Change, Claims, Conditions, Near, Rule, Step, level_number
from casus.watch.rules_lines import Path as Where
from casus.watch.rules_lines import find_line

OWN = ("name", "level", "channels", "cooldown", "within", "raise")
CONDITIONS = tuple(item.name for item in fields(Conditions))
COUNTABLE = frozenset(
    {"party", "actor", "recipient", "sector", "type", "mode", "country", "place", "publisher", "modality", "status",
     "least", "between", "change"}
)  # fmt: skip
"""What may stand beside `change`: what a store counts by itself."""
TABLES = ("channel", "rule")
NESTED: Mapping[str, Any] = {"near": Near, "claims": Claims, "ahead": Ahead, "change": Change}
ALL = Terminal(name="terminal")
"""The channel of a file that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """What a file of rules says.

    Attributes:
        path: The file.
        rules: Its rules, in its order.
        channels: Name → way to tell somebody.
    """

    path: Path
    rules: tuple[Rule, ...]
    channels: Mapping[str, Channel] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class _File:
    """The file that is read, to say where something stands in it."""

    path: Path
    text: str

    def refuse(self, where: Where, found: object, allowed: str) -> NoReturn:
        names = ".".join(part for part in where[2:] if isinstance(part, str)) or str(where[0])
        raise InputError(str(self.path), find_line(self.text, where), names, found, allowed)


def read_rules(path: Path) -> RuleBook:
    """Return the rules and channels of a file.

    Raises:
        ConfigError: The file cannot be read or is no TOML.
        InputError: Something in it is not allowed; says where, what was found and what is allowed.
    """
    try:
        text = path.read_text("utf-8")
        told = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    file = _File(path, text)
    for name, value in told.items():
        if name not in TABLES or not isinstance(value, list):
            file.refuse((name,), name, "tables that begin with [[channel]] or [[rule]]")
    channels = [_read_channel(file, entry, nth) for nth, entry in enumerate(told.get("channel", ()))] or [ALL]
    rules = [_read_rule(file, entry, nth, channels) for nth, entry in enumerate(told.get("rule", ()))]
    if not rules:
        file.refuse(("rule",), "none", "one [[rule]] or more")
    _refuse_twice(file, "channel", channels)
    _refuse_twice(file, "rule", rules)
    return RuleBook(path=path, rules=tuple(rules), channels={channel.name: channel for channel in channels})


def _refuse_twice(file: _File, table: str, items: Sequence[Rule | Channel]) -> None:
    seen: set[str] = set()
    for nth, item in enumerate(items):
        if item.name in seen:
            file.refuse((table, nth, "name"), item.name, "a name that no other one has")
        seen.add(item.name)


def _read_name(file: _File, where: Where, entry: Mapping[str, Any]) -> str:
    name = entry.get("name")
    if not isinstance(name, str) or not re.fullmatch(NAME, name):
        allowed = "a name of letters, digits, dots, hyphens and underscores, 64 at most"
        file.refuse((*where, "name"), name if "name" in entry else "nothing", allowed)
    return name


def _read_channel(file: _File, entry: object, nth: int) -> Channel:
    where: Where = ("channel", nth)
    if not isinstance(entry, dict):
        file.refuse(where, entry, "a table that begins with [[channel]]")
    _read_name(file, where, entry)
    kind = entry.get("kind")
    if not isinstance(kind, str) or kind not in CHANNELS:
        file.refuse((*where, "kind"), kind if "kind" in entry else "nothing", " ".join(CHANNELS))
    rest = {name: value for name, value in entry.items() if name != "kind"}
    return cast(Channel, _validate(file, where, CHANNELS[kind], rest))


def _read_rule(file: _File, entry: object, nth: int, channels: Sequence[Channel]) -> Rule:
    where: Where = ("rule", nth)
    if not isinstance(entry, dict):
        file.refuse(where, entry, "a table that begins with [[rule]]")
    _read_name(file, where, entry)
    when = _read_conditions(file, where, entry, OWN)
    known = [channel.name for channel in channels]
    wanted = entry.get("channels", known)
    if not isinstance(wanted, list) or not wanted or not all(name in known for name in wanted):
        file.refuse((*where, "channels"), wanted, f"a list of channels among {', '.join(known)}")
    told = {name: entry[name] for name in ("name", "level", "cooldown", "within") if name in entry}
    rule = cast(Rule, _validate(file, where, Rule, told | {"when": when, "channels": tuple(wanted)}))
    steps = entry.get("raise", [])
    if not isinstance(steps, list):
        file.refuse((*where, "raise"), steps, "tables that begin with [[rule.raise]]")
    found = tuple(_read_step(file, (*where, "raise", step), told, rule) for step, told in enumerate(steps))
    return replace(rule, steps=found)


def _read_step(file: _File, where: Where, entry: object, rule: Rule) -> Step:
    if not isinstance(entry, dict):
        file.refuse(where, entry, "a table that begins with [[rule.raise]]")
    when = _read_conditions(file, where, entry, ("level",))
    if (when.change is None) != (rule.when.change is None):
        file.refuse(
            (*where, "change"), "nothing" if when.change is None else "change", "change in rule and raise alike"
        )
    if when.change and (odd := next((name for name in entry if name not in ("level", "change")), None)):
        file.refuse((*where, odd), odd, "beside level only change: the rest is that of the rule")
    step = cast(Step, _validate(file, where, Step, {"level": entry.get("level"), "when": when}))
    if level_number(step.level) <= level_number(rule.level):
        file.refuse((*where, "level"), step.level, f"a level above the rule's own, {rule.level}")
    return step


def _read_conditions(file: _File, where: Where, entry: Mapping[str, Any], own: Sequence[str]) -> Conditions:
    for name in entry:
        if name not in own and name not in CONDITIONS:
            file.refuse((*where, name), name, f"the fields {' '.join((*own, *CONDITIONS))}")
    told = {name: value for name, value in entry.items() if name in CONDITIONS}
    if not told:
        file.refuse(where, "no condition", f"one or more of {' '.join(CONDITIONS)}")
    if "change" in told and (odd := next((name for name in told if name not in COUNTABLE), None)):
        file.refuse((*where, odd), odd, f"beside change only {' '.join(sorted(COUNTABLE - {'change'}))}")
    return cast(Conditions, _validate(file, where, Conditions, told))


def _validate(file: _File, where: Where, kind: Any, told: Mapping[str, Any]) -> object:
    try:
        made: object = TypeAdapter(kind).validate_python(told)
    except ValidationError as error:
        place, found, allowed = _explain(kind, error.errors()[0])
        file.refuse((*where, *place), found, allowed)
    return made


def _explain(kind: Any, problem: Mapping[str, Any]) -> tuple[Where, object, str]:
    """Return where in a table something is wrong, what was found and what is allowed."""
    place = tuple(part for part in problem["loc"] if not str(part).startswith("function-"))
    found, word = problem["input"], problem["type"]
    allowed = problem["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    if word == "unexpected_keyword_argument":
        of = NESTED.get(str(place[0]), kind) if len(place) > 1 else kind
        return place, place[-1], f"the fields {' '.join(item.name for item in fields(of))}"
    if word == "missing":
        return place, "nothing", "a value"
    if word.startswith("dataclass"):
        return place, found, "a table in braces ({…})"
    if word == "string_pattern_mismatch":
        return place, found, f"what fits {problem['ctx']['pattern']}"
    return place, found, allowed
