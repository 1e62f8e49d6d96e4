"""The word lists of `quantities.toml` with their inflected forms, made once into immutable tables.

Knows words only: which form of which verb or noun speaks of which kind of count.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

from casus.records import QuantityKind

Role = Literal["ed", "ing", "base", "subject", "state", "noun", "struck"]
ACTED: tuple[QuantityKind, ...] = ("killed", "injured", "missing", "abducted", "arrested", "displaced", "participants")
THINGS: tuple[QuantityKind, ...] = ("vehicles", "munitions", "troops")
VOWELS = "aeiou"
NAMED = {
    "casualties": ("toll", "lives"),
    "stop": ("be", "skip", "objects"),
    "not_counts": ("after", "before", "years", "prepositions"),
    "money": ("middle", "ambiguous"),
    "persons": ("bodies", "staged", "gatherings"),
    "custody": ("custody",),
    "participants": ("bands",),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word lists: `forms` gives the kinds and roles of a word, the sets what their names say."""

    forms: Mapping[str, tuple[tuple[QuantityKind, Role], ...]]
    things: Mapping[str, QuantityKind]
    sent: frozenset[str]
    verbs: Mapping[QuantityKind, frozenset[str]]
    phrases: Mapping[tuple[str, ...], QuantityKind]
    sets: Mapping[str, frozenset[str]]

    def kind_of(self, word: str, roles: Iterable[str]) -> QuantityKind | None:
        """The first kind that the word stands for in one of the roles."""
        return next((kind for kind, role in self.forms.get(word, ()) if role in roles), None)


def inflect(verb: str, irregular: Mapping[str, str]) -> dict[str, Role]:
    """The forms of a verb: past and participle `ed`, `ing`, and `base` for the rest.

    >>> inflect("wound", {})["wounding"]
    'ing'
    """
    stem = verb.removesuffix("e")
    doubled = (
        verb + verb[-1]
        if len(verb) < 5 and verb[-1] in "bgmnpt" and verb[-2] in VOWELS and verb[-3] not in VOWELS
        else stem
    )
    plural = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    past = verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in VOWELS else doubled + "ed"
    third = verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in VOWELS else verb + plural
    forms: dict[str, Role] = {verb: "base", third: "base", past: "ed", doubled + "ing": "ing"}
    for form in irregular.get(verb, "").split():
        forms[form] = "ing" if form.endswith("ing") else "base" if form.endswith("es") else "ed"
    return forms


@cache
def load_table() -> dict[str, Any]:
    """Read `quantities.toml` once."""
    return tomllib.loads(resources.files("casus.resolve.data").joinpath("quantities.toml").read_text("utf-8"))


@cache
def load_lexicon() -> Lexicon:
    """Build the word tables once."""
    table = load_table()
    forms: dict[str, list[tuple[QuantityKind, Role]]] = {}
    for kind in ACTED:
        for word, role in _forms_of(table[kind], table["irregular"]):
            forms.setdefault(word, []).append((kind, role))
    for verb in table["struck"]["object"]:
        for word in inflect(verb, table["irregular"]):
            forms.setdefault(word, []).append(("injured", "struck"))
    things: dict[str, QuantityKind] = {}
    for kind in THINGS:
        things |= dict.fromkeys(table[kind]["noun"], kind)
    verbs = {
        kind: frozenset(form for verb in table[kind]["verbs"] for form in inflect(verb, table["irregular"]))
        for kind in THINGS
    }
    phrases = {tuple(phrase.split()): cast(QuantityKind, kind) for phrase, kind in table["phrases"].items()}
    frozen = {word: tuple(rows) for word, rows in forms.items()}
    return Lexicon(frozen, things, frozenset(table["troops"]["sent"]), verbs, phrases, _sets(table))


def _forms_of(rows: Mapping[str, list[str]], irregular: Mapping[str, str]) -> list[tuple[str, Role]]:
    found: list[tuple[str, Role]] = [(word, "state") for word in rows["state"]]
    for verb in rows["object"]:
        found += [(form, role) for form, role in inflect(verb, irregular).items()]
    for verb in rows["subject"]:
        found += [(form, "subject") for form in inflect(verb, irregular)]
    return found + [(word, "noun") for word in rows["noun"]]


def _sets(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    named = {
        "casualties": table["casualties"]["noun"],
        "crowd": table["participants"]["before"],
        "unkillable": table["not_counts"]["things"],
    }
    named |= {
        "unless": table["vehicles"]["unless"],
        "stop": table["stop"]["words"],
        "currencies": table["money"]["words"],
    }
    named |= {"persons": table["persons"]["noun"], "symbols": table["money"]["symbols"]}
    for section, names in NAMED.items():
        named |= {name: table[section][name] for name in names}
    sets = {name: frozenset(words) for name, words in named.items()}
    deadly = (form for verb in table["struck"]["deadly"] for form in inflect(verb, table["irregular"]))
    seized = (form for verb in table["persons"]["verbs"] for form in inflect(verb, table["irregular"]))
    holding = (form for verb in table["custody"]["verbs"] for form in inflect(verb, table["irregular"]))
    assailing = (form for verb in table["participants"]["assail"] for form in inflect(verb, table["irregular"]))
    named_forms = {"assailing": assailing, "deadly": deadly, "seized": seized, "holding": holding}
    return sets | {name: frozenset(forms) for name, forms in named_forms.items()}
