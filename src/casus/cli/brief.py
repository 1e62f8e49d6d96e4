"""`casus brief --since 7d --out brief.html`: what a store knows of a time, as one page to read, print and send."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casus.cli.stores import Url, filtered, make_filters, opened

if TYPE_CHECKING:
    from casus.export.brief_facts import BriefFacts

WEEK = "7d"
Out = Annotated[
    Path, typer.Option("--out", "-o", metavar="PATH", allow_dash=True, help="The page; - for standard output.")
]
Most = Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="Deeds told in full, the gravest.")]


@filtered
def brief(filters: Mapping[str, Any], store: Url = "casus.db", out: Out = Path("brief.html"), limit: Most = 40) -> None:
    """Write a briefing: what was done, planned, threatened and denied, with every figure's sentence and source.

    One HTML file with its charts in it; it asks for nothing, runs nothing and prints. What reports agree on, dispute
    and leave open stands apart. --since takes a time to look back as well, 7d or 2w, by default 7d; it ends with
    --until, else with the day of the newest report.

    Exit status: 0 all well, 2 wrong usage, no such store or nothing written.
    """
    from casus.export.brief import render_brief
    from casus.export.brief_days import choose_days
    from casus.export.brief_facts import read_facts
    from casus.store.query.plans import newest_day

    now = datetime.now(UTC)
    chosen = make_filters({name: value for name, value in filters.items() if name not in ("since", "until")})
    with opened(store) as known:
        newest = newest_day(known) or now.date().isoformat()
        days = choose_days(filters.get("since", WEEK), filters.get("until"), newest)
        facts = read_facts(known, *days, filters=chosen, most=limit)
        _put(out, render_brief(facts, now))
    typer.echo(f"casus: {_sum_up(facts, out)}", err=True)


def _put(out: Path, page: str) -> None:
    from casus.errors import CasusError

    if str(out) == "-":
        sys.stdout.write(page)
        return
    try:
        out.write_text(page, "utf-8")
    except OSError as error:
        raise CasusError(f"{out}: {error.strerror or error}") from error


def _sum_up(facts: BriefFacts, out: Path) -> str:
    told = ", ".join(f"{count} {standing}" for standing, count in facts.counts.items() if count) or "nothing found"
    return f"{'' if str(out) == '-' else f'{out}: '}{facts.window[0]} to {facts.window[1]}: {told}"
