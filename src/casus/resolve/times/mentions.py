"""The times of a report as records: finds them in a Doc and anchors them to its publication date.

Durations, habits and vague words give no mention; a time that the text leaves open gives one without `when`, with the
reason.
"""

from __future__ import annotations

from datetime import date, datetime

from spacy.tokens import Doc

from casus.records import Span, TimeMention, When
from casus.resolve.times.frames import Found, Tense
from casus.resolve.times.lexing import Words
from casus.resolve.times.rules import scan_times
from casus.resolve.times.tense import read_tense

LEADING = frozenset(["in", "on", "at", "during", "over", "within", "for", "of", "the", "throughout", "about", "around"])


def find_times(doc: Doc, published: date | datetime | None) -> tuple[TimeMention, ...]:
    """Find the times that a report names.

    Args:
        doc: the report; its tree, where it has one, tells the tense around a weekday or a date without a year.
        published: when the report was published; None leaves all but full dates open.

    Returns:
        The mentions in text order, without overlap.
    """
    words, found = scan_times(doc.text, _as_date(published), read_tense(doc))
    return tuple(_as_mention(words, item) for item in found if item.kind == "date")


def parse_time(text: str, published: date | datetime | None, tense: Tense = "past") -> When | None:
    """Read one expression by itself: "last week", "Dec. 28, 2019".

    Args:
        text: the expression, a leading preposition included or not.
        published: the day it is read against.
        tense: `past` or `future`: where a weekday or a date without a year lies.

    Returns:
        The time, or None where the text is no time or leaves it open.

    >>> parse_time("late Tuesday", date(2020, 1, 3)).start
    '2019-12-31'
    """

    def given(_start: int, _end: int) -> Tense:
        return tense

    words, found = scan_times(text, _as_date(published), given)
    dates = [item for item in found if item.kind == "date"]
    if len(dates) != 1:
        return None
    rest = text[: words.starts[dates[0].first]] + " " + text[words.ends[dates[0].last - 1] :]
    return _as_mention(words, dates[0]).when if set(rest.lower().split()) <= LEADING else None


def _as_date(published: date | datetime | None) -> date | None:
    return published.date() if isinstance(published, datetime) else published


def _as_mention(words: Words, found: Found) -> TimeMention:
    start, end = words.starts[found.first], words.ends[found.last - 1]
    span = Span(start, end, words.text[start:end])
    outcome = found.outcome
    if outcome.interval is None:
        return TimeMention(span, None, outcome.reason or "open", found.rule)
    first, last = outcome.interval.start.isoformat(), outcome.interval.end.isoformat()
    return TimeMention(
        span, When(first, last, outcome.interval.precision, span.text, span, outcome.basis), None, found.rule
    )
