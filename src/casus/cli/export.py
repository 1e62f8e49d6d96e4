"""`casus export FORMAT --out PATH`: what a store knows, in formats of others and our own, and what they cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from casus.cli.stores import Url, filtered, make_filters, opened

NAMES = "jsonl csv parquet geojson plover polecat icews gdelt acled ucdp hxl stix annotations mermaid"
"""The names of all formats; the room of exports is loaded when it is needed."""
TELLING = ("modality", "hedged", "attribution", "counts", "links", "judgements")
"""Losses that are said by name, as far as there are any; the others are in the report."""


@filtered
def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {NAMES.replace(' ', ', ')}.")],
    filters: Mapping[str, Any],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PATH", help="The file; two more come beside it.")],
    store: Url = "casus.db",
    include: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            help="future, hypothetical, negated, all or none: what goes in beside what happened. By default all in our "
            "own formats and on maps, none in tables of other systems.",
        ),
    ] = None,
) -> None:
    """Write events or incidents of a store to a file, with a data dictionary and a loss report beside it.

    PATH.dictionary.md says what each column is, PATH.losses.json what of the store the format could not hold, counted.
    Tables of other systems have their columns and our coding.

    Exit status: 0 all well, 2 wrong usage, no such store or nothing written.
    """
    from casus.cli.issues import Issues
    from casus.cli.progress import Progress
    from casus.export import format_of, write

    chosen, issues = make_filters(filters), Issues()
    with opened(store) as known, Progress(issues, what=format_of(form).unit) as progress:
        report = write(known, form, out, filters=chosen, include=_spell_out(include), step=progress.step)
    for line in _summary(report):
        issues.say(line)


def _spell_out(include: list[str] | None) -> list[str] | None:
    """Return the modalities that `all` and `none` stand for."""
    if include is None:
        return None
    every = ["future", "hypothetical", "negated"]
    return [word for name in include for word in ({"all": every, "none": []}.get(name) or [name] * (name != "none"))]


def _summary(report: Any) -> list[str]:
    read, *rest = report.lines()
    told = [loss for loss in report.not_held if loss.slot in TELLING]
    kinds = len(report.not_held) - len(told)
    named = [f"{loss.count} {loss.what}" for loss in told]
    named += [f"{kinds} {'more kinds' if told else 'kinds'} of slots"] if kinds else []
    lines = [line for line in rest if not line.startswith("not held")]
    return [read, *lines, *([f"not held: {'; '.join(named)}"] if named else [])]
