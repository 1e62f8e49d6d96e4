"""A briefing in one HTML file: what was done, planned, threatened and denied in a time, every figure with its sentence.

The file needs nothing else: its charts are drawn within it, it runs no script and asks for nothing, and it prints.
Needs `casus[web]`.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casus import __version__
from casus.charts.needs import import_extra
from casus.export.brief_facts import BriefFacts, read_facts
from casus.ontology import quad_of
from casus.store.query import Filters, Query
from casus.words import (
    VERBS,
    count_words,
    mood_words,
    party_words,
    place_words,
    plain,
    toll_words,
    what_words,
    when_words,
)

if TYPE_CHECKING:
    from casus.records import Incident

TEMPLATES = Path(__file__).parent / "templates"
MOST = 40
"""Incidents told in full."""


def write_brief(  # noqa: PLR0913  two that say when, three that say what
    store: Query,
    since: str,
    until: str,
    *,
    filters: Filters | None = None,
    most: int = MOST,
    made: datetime | None = None,
) -> str:
    """Return a briefing of a time as one HTML page.

    Args:
        store: What is asked.
        since: First day, ISO.
        until: Last day, included; what is planned for later days is told as well.
        filters: What incidents must have besides.
        most: Incidents told in full, the gravest; the others are counted.
        made: When it was made, for the page; left out, it does not say so.

    Raises:
        CasusError: The extra is missing.
        FieldError: The time ends before it begins, or a filter has a value that it cannot have.
    """
    return render_brief(read_facts(store, since, until, filters=filters, most=most), made)


def render_brief(facts: BriefFacts, made: datetime | None = None) -> str:
    """Return the page that tells these facts."""
    from casus.export.brief_charts import draw_charts, draw_tolls

    tolls = {entry.incident.id: draw_tolls(nth, entry) for nth, entry in enumerate(facts.entries)}
    page: str = _template().render(
        facts=facts,
        charts={figure.name: figure for figure in draw_charts(facts)},
        tolls=tolls,
        filters=_tell_filters(facts.filters),
        made=made.isoformat(timespec="minutes") if made else None,
        version=__version__,
    )
    return page


@cache
def _template() -> Any:
    jinja = import_extra("jinja2")
    loader = jinja.FileSystemLoader(TEMPLATES)
    look = jinja.Environment(
        loader=loader, autoescape=True, undefined=jinja.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    look.filters |= {
        "plain": plain, "parties": party_words, "place": place_words, "when": when_words, "quad": quad_of,
        "mood": mood_words, "toll": _tell_toll, "incident": tell_incident, "anchor": _anchor,
    }  # fmt: skip
    look.globals |= {"VERBS": VERBS, "count_words": count_words}
    return look.get_template("brief.html")


def tell_incident(incident: Incident) -> str:
    """Return an incident in one line: what, who, to whom, when, where."""
    who, whom = party_words(incident.actors) or "nobody named", party_words(incident.recipients)
    sides = f"{who} → {whom}" if whom else who
    told = (sides, when_words(incident.when), place_words(incident.where))
    return f"{what_words(incident.type, incident.mode)} · " + " · ".join(filter(None, told))


def _tell_toll(incident: Incident) -> str:
    return ", ".join(toll_words(kind, toll) for kind, toll in incident.toll.items())


def _anchor(id_: str) -> str:
    """Return an id as the name of a place in the page: without spaces, told apart from every other."""
    return "i-" + "".join(character if character.isalnum() else f"-{ord(character):x}-" for character in id_)


def _tell_filters(filters: Filters) -> str:
    told = {name: getattr(filters, name) for name in Filters.__dataclass_fields__ if name not in ("since", "until")}
    words = (
        f"{name} {' or '.join(value) if isinstance(value, tuple) else value}" for name, value in told.items() if value
    )
    return ", ".join(words)
