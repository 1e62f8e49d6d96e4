"""What the resolvers found, each as one finding: for a table of few columns, or as JSON with all that is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text
from spacy.tokens import Doc

from casus.cli.outputs import Look
from casus.cli.tables import draw
from casus.records import Facts, PartyMention, Place, PlaceMention, QuantityMention, TimeMention
from casus.resolve.base import Entity, KnowledgeBase
from casus.words import count_words, plain, when_words


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found.

    Attributes:
        cells: Column → what stands in it, in words.
        record: The record, as JSON.
        rule: What found it.
        others: What it might have been, best first, as JSON.
    """

    cells: Mapping[str, str]
    record: Mapping[str, Any]
    rule: str
    others: tuple[Mapping[str, Any], ...] = field(default=())

    def to_json(self, *, explain: bool) -> dict[str, Any]:
        """Return the record, under `explain` with its rule and the runners-up."""
        more = {"rule": self.rule, "others": [dict(other) for other in self.others]} if explain else {}
        return {**self.record, **more}


def find_who(doc: Doc, facts: Facts, base: KnowledgeBase) -> list[Finding]:
    """Return the parties, with other entries of the knowledge base that have the same name."""
    named = {token: match.entities for match in base.find_names(doc) for token in range(match.start, match.end)}
    parties = sorted(facts.parties.values(), key=lambda mention: (mention.party.start, mention.head))
    return [_who(mention, named.get(mention.head, ())) for mention in parties]


def _who(mention: PartyMention, entities: Sequence[Entity]) -> Finding:
    party = mention.party
    cells = {
        "text": plain(party.text),
        "name": party.name or "",
        "id": party.id or "",
        "country": party.country or "",
        "sectors": " ".join(party.sectors),
    }
    others = {entity.id: _entity_json(entity) for entity in entities if entity.id != party.id}
    return Finding(cells, party.to_json(), mention.rule, tuple(others.values()))


def _entity_json(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "sectors": list(entity.sectors),
        "from": entity.start or None,
        "to": entity.end or None,
    }


def find_when(_doc: Doc, facts: Facts, _base: KnowledgeBase) -> list[Finding]:
    """Return the times, open ones with the reason."""
    return [_when(mention) for mention in facts.times]


def _when(mention: TimeMention) -> Finding:
    precision = mention.when.precision if mention.when else ""
    cells = {
        "text": plain(mention.span.text),
        "when": when_words(mention.when),
        "precision": precision,
        "why open": mention.reason or "",
    }
    record = mention.span.to_json() | {
        "when": mention.when.to_json() if mention.when else None,
        "reason": mention.reason,
    }
    return Finding(cells, record, mention.rule)


def find_where(_doc: Doc, facts: Facts, _base: KnowledgeBase) -> list[Finding]:
    """Return the places, with other places of the same name."""
    return [_where(mention) for mention in facts.places]


def _where(mention: PlaceMention) -> Finding:
    place = mention.place
    point = "" if place.lat is None or place.lon is None else f"{place.lat:.2f}, {place.lon:.2f}"
    cells = {
        "text": plain(mention.span.text),
        "name": place.name or "",
        "country": place.country or "",
        "division": place.admin1 or "",
        "precision": place.precision,
        "point": point,
        "geonameid": str(place.geonameid or ""),
    }
    return Finding(cells, place.to_json(), mention.rule, tuple(_place_json(other) for other in mention.candidates))


def _place_json(place: Place) -> dict[str, Any]:
    names = ("name", "geonameid", "country", "admin1", "lat", "lon", "precision")
    return {name: getattr(place, name) for name in names}


def find_counts(_doc: Doc, facts: Facts, _base: KnowledgeBase) -> list[Finding]:
    """Return the quantities."""
    return [_count(mention) for mention in facts.quantities]


def _count(mention: QuantityMention) -> Finding:
    number = mention.quantity
    counted = count_words(number.min, number.max, number.kind, approximate=number.approximate)
    cells = {"text": plain(number.text), "count": counted, "of": plain(number.of or "")}
    return Finding(cells, number.to_json(), mention.rule)


FINDERS: Mapping[str, Callable[[Doc, Facts, KnowledgeBase], list[Finding]]] = {
    "who": find_who,
    "when": find_when,
    "where": find_where,
    "count": find_counts,
}


def draw_findings(findings: Sequence[Finding], look: Look) -> str:
    """Return a table of findings of one kind; under `look.explain` with rules and runners-up."""
    others = any(finding.others for finding in findings)
    columns = [*findings[0].cells, *(("rule", "or")[: 1 + others] if look.explain else ())]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for finding in findings:
        cells = {**finding.cells, "rule": finding.rule, "or": "; ".join(map(_other_words, finding.others))}
        table.add_row(*(Text(cells[column]) for column in columns))
    return draw(table, look).rstrip("\n") + "\n"


def _other_words(other: Mapping[str, Any]) -> str:
    codes = " ".join(filter(None, _codes(other)))
    return f"{other['name']} [{codes}]" if codes else str(other["name"])


def _codes(other: Mapping[str, Any]) -> Iterator[str | None]:
    yield other["country"]
    yield other.get("admin1")
    yield from other.get("sectors", [])[:1]
