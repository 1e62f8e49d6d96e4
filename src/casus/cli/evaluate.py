"""`casus evaluate GOLD_DIR [PREDICTED]`: how well reports are coded, and what one run has that another has not."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from casus.cli.code import Folders, read_given

if TYPE_CHECKING:
    from casus.config import Settings
    from casus.evaluate import Told
    from casus.records import Report

ALL_WELL, SKIPPED, CANNOT_START = 0, 1, 2


def evaluate(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD_DIR", exists=True, file_okay=False, help="Folder of annotated reports, one JSON file each."
        ),
    ],
    predicted: Annotated[
        Path | None,
        typer.Argument(
            metavar="PREDICTED",
            exists=True,
            dir_okay=False,
            help="What `casus code --format json` printed for them; left out, they are coded now.",
        ),
    ] = None,
    format_: Annotated[
        Literal["table", "json"], typer.Option("--format", "-f", metavar="FORMAT", help="table to read, or json.")
    ] = "table",
    errors: Annotated[int, typer.Option(metavar="N", min=0, help="Show the first N differences.")] = 0,
    only: Annotated[
        str | None,
        typer.Option(metavar="SLOT", help="Show differences of this kind alone: missed, spurious, type, actors, …"),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="OTHER",
            exists=True,
            dir_okay=False,
            help="Coded reports of another run: list what was gained and lost.",
        ),
    ] = None,
    table: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the figures by slot, type and mode there, as Markdown.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Write the reports coded now there, for --compare."),
    ] = None,
    reader: Annotated[
        str | None, typer.Option(metavar="NAME", help="casus for our reader, else a spaCy pipeline.")
    ] = None,
    lexicon: Folders = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes, each of one thread.")] = 1,
) -> None:
    """Measure coded reports against annotated ones: precision, recall and F1 of every slot and type.

    Exit status: 0 all well, 1 a report was not coded and counts as empty, 2 wrong usage.
    """
    from casus.cli.figures import View
    from casus.evaluate import match_reports, read_gold, read_told

    _check_options(only, out, predicted)
    settings = read_given(reader=reader, lexicons=lexicon, jobs=jobs)
    with _stopping():
        told = read_gold(gold)
        coded = list(read_told(predicted)) if predicted else _code(told, settings, jobs, out)
        matches = match_reports(told, coded)
        others = match_reports(told, read_told(compare)) if compare else None
    view = View(matches, others, errors=errors, only=only)
    for line in [view.to_json()] if format_ == "json" else view.lines():
        typer.echo(line)
    if table:
        _write(table, view.page(), "--table")
    raise typer.Exit(_tell_missing(told, coded))


def _check_options(only: str | None, out: Path | None, predicted: Path | None) -> None:
    from casus.evaluate.differences import KINDS

    if only is not None and only not in KINDS:
        raise typer.BadParameter(f"found {only!r}, allowed {' '.join(KINDS)}", param_hint="--only")
    if out and predicted:
        raise typer.BadParameter("goes without PREDICTED: nothing is coded", param_hint="--out")


@contextmanager
def _stopping() -> Iterator[None]:
    """Say in one line what stops the run, and end it."""
    from casus.errors import CasusError

    try:
        yield
    except (CasusError, OSError, UnicodeDecodeError) as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(CANNOT_START) from error


def _code(gold: Mapping[str, Told], settings: Settings, jobs: int, out: Path | None) -> list[Told]:
    """Return the texts of the gold coded, in the order of the gold; write them if asked to."""
    from casus.cli.issues import Issues
    from casus.cli.progress import Progress
    from casus.cli.workers import code_all
    from casus.evaluate import told_of

    with Progress(Issues(), quiet=sys.stdout.isatty()) as progress:
        coded: list[dict[str, Any]] = []
        for report in code_all(_reports(gold), settings, jobs, progress.issues, Counter()):
            coded.append(report.to_json())
            progress.step()
    if out:
        _write(out, "".join(json.dumps(report, ensure_ascii=False) + "\n" for report in coded), "--out")
    return [told_of(report) for report in coded]


def _reports(gold: Mapping[str, Told]) -> Iterator[Report]:
    from casus.records import Report

    names = ("id", "url", "publisher", "title", "published", "text")
    for told in gold.values():
        yield Report(**{name: getattr(told, name) for name in names})


def _write(path: Path, text: str, option: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}", param_hint=option) from error


def _tell_missing(gold: Mapping[str, Told], coded: list[Told]) -> int:
    """Say how many reports of the gold were not coded, and return the exit status."""
    known = {report.id for report in coded} | {"".join(report.text.split()) for report in coded}
    missing = [key for key, told in gold.items() if not {key, "".join(told.text.split())} & known]
    if missing:
        typer.echo(f"casus: {len(missing)} of {len(gold)} reports are not coded: {', '.join(missing[:3])} …", err=True)
    return SKIPPED if missing else ALL_WELL
