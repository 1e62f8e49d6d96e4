"""Whose some people are in reports of two sides, where their word tells it and the ground on which they stand misleads.

Rows in `data/contested.toml`. What is settled here speaks for its country when the ground of other people is weighed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from casus.records import PartyMention, PlaceMention
from casus.resolve.ground import may_have

RULE = "contested word"


@dataclass(frozen=True, slots=True)
class Side:
    """Whose people a word means between two countries; `placed`: even where the phrase names a place of the other."""

    between: frozenset[str]
    country: str
    placed: bool = False


@cache
def contested() -> Mapping[str, tuple[Side, ...]]:
    """Word in the singular, or as written where it is a name (`the North`), → its rows, in the order of the file."""
    table = tomllib.loads(files("casus.resolve").joinpath("data/contested.toml").read_text("utf-8"))
    found: dict[str, tuple[Side, ...]] = {}
    for row in table["people"]:
        side = Side(frozenset(row["between"]), row["country"], row.get("placed", False))
        found[row["word"]] = (*found.get(row["word"], ()), side)
    return found


def settle_contested(
    found: Mapping[int, PartyMention], doc: Doc, places: Sequence[PlaceMention]
) -> dict[int, PartyMention]:
    """The parties, those of a contested word with its side where the report names both countries."""
    named = {p.place.country for p in places} | {m.party.country for m in found.values()}
    return {i: _settle(m, doc[m.head], named, places) for i, m in found.items()}


def grounds_told(
    found: Mapping[int, PartyMention], doc: Doc, places: Sequence[PlaceMention]
) -> tuple[dict[int, PartyMention], list[PlaceMention]]:
    """The parties and places that tell of the ground: all but the places by which contested people are called.

    `West Bank settlement` tells of no Palestinian ground.
    """
    phrases = [_bounds(doc[m.head]) for m in found.values() if m.rule.endswith(RULE)]
    if not phrases:
        return dict(found), list(places)
    calling = [p for p in places if any(start <= p.place.start < end for start, end in phrases)]
    taken = [(p.place.start, p.place.end) for p in calling]
    told = {i: m for i, m in found.items() if not any(start <= doc[i].idx < end for start, end in taken)}
    return told, [p for p in places if p not in calling]


def _settle(
    mention: PartyMention, head: Token, named: AbstractSet[str | None], places: Sequence[PlaceMention]
) -> PartyMention:
    rows = contested().get(head.text) or contested().get(head.lemma_.lower(), ())
    side = next((s for s in rows if s.between <= named), None)
    if side is None or not (head.text in contested() or may_have(mention, head)):
        return mention
    own = mention.party.country
    if own and not (side.placed and own in side.between and _is_of_place(head, own, places)):
        return mention
    party = replace(mention.party, country=side.country)
    return replace(mention, party=party, rule=f"{mention.rule}, {RULE}")


def _is_of_place(head: Token, country: str, places: Sequence[PlaceMention]) -> bool:
    """Whether a phrase has its country from a place that it names: `West Bank settlement`, no `Palestinian outpost`."""
    start, end = _bounds(head)
    return any(start <= p.place.start < end and p.place.country == country for p in places)


def _bounds(head: Token) -> tuple[int, int]:
    """Where the words under a head begin and end in the text."""
    return head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
