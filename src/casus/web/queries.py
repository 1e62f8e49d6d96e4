"""What a search asks for, as its address says; asks nothing itself.

Every filter may be there several times; one of several values is enough. In the fields of the form several values stand
between semicolons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal, cast, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from casus.errors import FieldError
from casus.store.query.filters import Filters

Kind = Literal["incidents", "events", "reports"]
KINDS = get_args(Kind)
MANY = tuple(field.name for field in fields(Filters) if field.type == "Words")
ONE = ("since", "until", "text")
TYPED = ("text", "party", "source", "country", "place", "since", "until")
"""Filters with a field of their own in the form; the others are chosen among what was found."""
LONGEST = 500
"""Characters of a value."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: incidents, events or reports, with which values of which filters, and behind which one."""

    kind: Kind
    values: Mapping[str, tuple[str, ...]]
    after: str | None = None

    def filters(self) -> Filters:
        """Return it as filters.

        Raises:
            FieldError: A filter has a value that it cannot have.
            OntologyError: There is no such type or sector.
        """
        told = {name: values if name in MANY else values[0] for name, values in self.values.items()}
        return Filters(**told)  # type: ignore[arg-type]

    def address(self, *, base: str = "/search", kind: Kind | None = None, after: str | None = None) -> str:
        """Return where this search is, or the same of another kind, or its next page."""
        pairs = [("kind", kind or self.kind), *((name, v) for name, values in self.values.items() for v in values)]
        return f"{base}?{urlencode([*pairs, *([('after', after)] if after else [])])}"

    def with_value(self, name: str, value: str) -> Search:
        """Return the search with one more value of a filter, in place of the old one where only one can be."""
        old = self.values.get(name, ()) if name in MANY else ()
        return Search(self.kind, {**self.values, name: (*old, value)})

    def without_value(self, name: str, value: str) -> Search:
        """Return the search without a value."""
        left = {key: tuple(v for v in old if (key, v) != (name, value)) for key, old in self.values.items()}
        return Search(self.kind, {key: kept for key, kept in left.items() if kept})

    def has(self, name: str, value: str) -> bool:
        """Tell whether a filter wants a value."""
        return value in self.values.get(name, ())

    def chosen(self) -> Sequence[tuple[str, str]]:
        """Return every filter with each of its values."""
        return [(name, value) for name, values in self.values.items() for value in values]


def read_search(params: QueryParams) -> Search:
    """Return what an address asks for.

    >>> search = read_search(QueryParams("party=USA;IRN&type=ASSAULT&kind=events"))
    >>> search.kind, search.values
    ('events', {'party': ('USA', 'IRN'), 'type': ('ASSAULT',)})

    Raises:
        FieldError: There is no such kind, or a value is too long.
    """
    kind = params.get("kind") or KINDS[0]
    if kind not in KINDS:
        raise FieldError("kind", kind, " ".join(KINDS))
    told = {name: _values(name, params.getlist(name)) for name in (*ONE, *MANY)}
    values = {name: given for name, given in told.items() if given}
    return Search(cast(Kind, kind), values, params.get("after") or None)


def _values(name: str, told: Iterable[str]) -> tuple[str, ...]:
    parts = [part.strip() for value in told for part in (value.split(";") if name in MANY else [value])]
    for part in parts:
        if len(part) > LONGEST:
            raise FieldError(name, f"{len(part)} characters", f"up to {LONGEST}")
    kept = tuple(dict.fromkeys(filter(None, parts)))
    return kept if name in MANY else kept[:1]
