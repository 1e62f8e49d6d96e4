"""Writes an export: the file itself, its data dictionary and its loss report, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from casus import __version__
from casus.errors import CasusError, FieldError
from casus.export.dictionaries import write_dictionary
from casus.export.files import all_or_none
from casus.export.formats import format_of
from casus.export.forms import Format
from casus.export.losses import Losses, LossReport
from casus.export.sources import Source
from casus.records import Modality
from casus.store.query import Filters, Query

MODALITIES: tuple[str, ...] = get_args(Modality)
DICTIONARY, LOSSES = ".dictionary.md", ".losses.json"
"""What is put behind the name of an export for the names of the two files beside it."""


def write(  # noqa: PLR0913  two that say what, two that say where, two that say how
    store: Query,
    form: str,
    path: str | Path,
    *,
    filters: Filters | None = None,
    include: Collection[str] | None = None,
    step: Callable[[int], None] = lambda _: None,
) -> LossReport:
    """Write what a store knows to a file in a format of others or our own, and tell what the format could not hold.

    Beside `events.csv` come `events.csv.dictionary.md`, which says what each column is, and `events.csv.losses.json`,
    the loss report; for CSV also `datapackage.json`. Files that are there are replaced, all together and at the end:
    what is interrupted leaves them as they were. The same store gives the same bytes. Memory is bounded.

    Args:
        store: What is exported.
        form: Name of a format: one of `casus.export.FORMATS`.
        path: Of the file.
        filters: What events must have, as in `Store.events`; for formats of incidents as in `Store.incidents`.
        include: Modalities that go in beside what is said to have happened: `future`, `hypothetical`, `negated`. By
            default all for our own formats and for maps, none for the tables of other systems.
        step: Called with how many events, incidents or reports were read since the last call.

    Returns:
        What was read and written, left out, not held and changed.

    Raises:
        CasusError: The file cannot be written or is the store itself, or an extra is missing.
        FieldError: There is no such format or modality, or a filter has a value that it cannot have.
    """
    chosen, there = format_of(form), Path(path)
    _check_path(store, there)
    asked, losses = filters or Filters(), Losses(chosen.keeps)
    wanted = _choose_modalities(chosen, include)
    beside = chosen.beside(there, chosen) if chosen.beside else {}
    with all_or_none() as files:
        with files.open(there) as file:
            chosen.write(Source(store, asked, frozenset(wanted), losses, step), file)
        report = losses.report(format=form, casus=__version__, filters=_tell_filters(asked), modalities=wanted)
        files.put(there.with_name(there.name + DICTIONARY), write_dictionary(chosen).encode())
        files.put(there.with_name(there.name + LOSSES), report.dump())
        for name, content in beside.items():
            files.put(there.with_name(name), content)
    return report


def _check_path(store: Query, path: Path) -> None:
    """Refuse to write over a folder, or over the store itself.

    Raises:
        CasusError: It is one of them.
    """
    if path.is_dir():
        raise CasusError(f"{path}: found a folder, allowed the path of a file")
    if store.is_sqlite and path.exists() and path.resolve() == Path(store.url.removeprefix("sqlite:///")).resolve():
        raise CasusError(f"{path}: found the store itself, allowed the path of another file")


def _choose_modalities(form: Format, include: Collection[str] | None) -> tuple[str, ...]:
    if include is None:
        return ("actual",) if form.done_only else MODALITIES
    for name in include:
        if name not in MODALITIES:
            raise FieldError("include", name, " ".join(MODALITIES))
    return tuple(name for name in MODALITIES if name == "actual" or name in include)


def _tell_filters(filters: Filters) -> dict[str, Any]:
    """Return the filters that are set, as plain values."""
    told = ((field.name, getattr(filters, field.name)) for field in fields(filters))
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told if value not in ((), None)}
