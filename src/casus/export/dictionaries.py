"""Data dictionaries: what each column of a format is, as Markdown, for a file beside an export and for the docs."""

from __future__ import annotations

from collections.abc import Iterator

from casus.export.forms import Column, Format
from casus.export.slots import SLOTS, STORE_SLOTS

UNITS = {"reports": "a report", "events": "an event, as one report tells it", "incidents": "an incident"}


def write_dictionary(form: Format) -> str:
    """Return the data dictionary of a format as a page of Markdown."""
    return "\n".join([f"# {form.title}: data dictionary", "", *describe(form)]) + "\n"


def describe(form: Format) -> Iterator[str]:
    """Yield the lines of a data dictionary, without a heading."""
    yield form.about
    yield ""
    yield f"One row, line or object: {UNITS[form.unit]}. {_default(form)}"
    yield from form.notes
    yield ""
    yield "Text is UTF-8, days are ISO 8601, offsets count Unicode characters; what is open is left empty."
    yield ""
    yield from _table(form)
    yield ""
    yield f"Not held, and counted in the loss report of each export: {'; '.join(_lost(form))}."


def _default(form: Format) -> str:
    if form.done_only:
        return "Only what is said to have happened goes in, unless `--include` asks for more."
    marked = ", and is marked so" if form.keeps & {"modality", "status"} else ""
    return f"What is planned, possible or denied goes in as well{marked}."


def _table(form: Format) -> Iterator[str]:
    tagged = any(column.tag for column in form.columns)
    yield "| column | type | HXL | what is in it |" if tagged else "| column | type | what is in it |"
    yield "|---|---|---|---|" if tagged else "|---|---|---|"
    for column in form.columns:
        yield _row(column, tagged=tagged)


def _row(column: Column, *, tagged: bool) -> str:
    cells = [f"`{column.name}`", column.kind, *([f"`{column.tag}`"] if tagged else []), column.told]
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _lost(form: Format) -> Iterator[str]:
    """Yield what of our record the format does not hold, in words."""
    names = {name: slot.what for name, slot in SLOTS.items()} | dict(STORE_SLOTS)
    kept = form.keeps | (frozenset() if form.unit == "incidents" else INCIDENT_ONLY)
    yield from (words for name, words in names.items() if name not in kept)


INCIDENT_ONLY = frozenset(("status", "versions", "killed", "injured", "other_tolls", "toll_range", "toll_reports"))
"""Slots that are counted in formats of incidents only."""
