"""How the figures come about and how often they are wrong: measured on annotated reports, and by people here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from casus import __version__
from casus.charts import reliability, to_spec
from casus.store.house import Store
from casus.store.query.verdicts import MOST_OLD, Judged, count_older, newest_coding, read_judged
from casus.stored import Run
from casus.web.accuracy import Figures, find_figures, read_accuracy
from casus.web.deps import StoreDep, render

router = APIRouter(include_in_schema=False)
FEWEST = 20
"""Judged events from which on a curve of them is drawn."""
PARTS: Mapping[str, str] = {
    "casus": "Casus",
    "code": "rules that code",
    "lexicon": "lexicon",
    "base": "knowledge base",
    "models": "models",
    "reader": "reader",
}


@router.get("/method")
def method(request: Request, store: StoreDep) -> HTMLResponse:
    """Show the error rates."""
    judged, run = read_judged(store), newest_coding(store)
    bins = bin_judged(judged)
    calibration = find_figures("Calibration")
    return render(
        request,
        "method.html",
        accuracy=[figures for figures in read_accuracy() if figures.title != "Calibration"],
        calibration=calibration,
        calibration_spec=to_spec(reliability(measured_bins(calibration))) if calibration else None,
        version=__version__,
        run=run,
        parts=PARTS,
        older=_count_older(store, run),
        most_old=MOST_OLD,
        verdicts=tabulate(judged),
        here_bins=bins,
        here_spec=to_spec(reliability(bins)) if sum(one["count"] for one in bins) >= FEWEST else None,
    )


def _count_older(store: Store, run: Run | None) -> int:
    return count_older(store, store.coder_of_run(run.id)) if run else 0


def measured_bins(table: Figures) -> list[dict[str, Any]]:
    """Return the bins of the table of docs/accuracy.md for the chart; its shares are per cent."""
    return [
        {"predicted": float(mean) / 100, "observed": float(share) / 100, "count": int(count)}
        for _, count, mean, _, share in table.rows
    ]


def bin_judged(judged: Iterable[Judged]) -> list[dict[str, Any]]:
    """Return of the events that people judged, by tenth of confidence, the share that they confirmed."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for one in judged:
        counts[one.tenth][one.verdict] += one.events
    return [
        {"predicted": (tenth + 0.5) / 10, "observed": told["confirmed"] / told.total(), "count": told.total()}
        for tenth, told in sorted(counts.items())
    ]


def tabulate(judged: Sequence[Judged]) -> list[tuple[str, Counter[str]]]:
    """Return type → verdict → events, by type."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for one in judged:
        rows[one.type][one.verdict] += one.events
    return sorted(rows.items())
