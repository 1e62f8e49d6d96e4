"""Full-text search: one way to ask, `rockets "supreme leader" -film or missiles`, for SQLite and PostgreSQL.

All words must occur, in any form (strikes, striking); words in quotes side by side; a word after `-` must not; `or`
stands between two ways to be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, literal_column, select, table, text

from casus.errors import FieldError
from casus.store.schema import reports

POSSESSIVE = re.compile(r"['’]s\b")
PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
WORDS_AROUND = 24
HEADLINE = f"MaxWords={WORDS_AROUND}, MinWords={WORDS_AROUND // 2}, StartSel='', StopSel=''"
# What the migrations make and schema.py does not know: FTS5's table, PostgreSQL's generated column.
REPORTS_WORDS = table("reports_words", column("rowid"))
MATCH = text("reports_words MATCH :words")
WORDS: ColumnElement[Any] = literal_column("reports.words")


def fts_expression(words: str) -> str:
    """Return a question as FTS5 wants it.

    >>> fts_expression('rockets "supreme leader" -film or missiles')
    '("rockets" AND "supreme leader" NOT "film") OR ("missiles")'

    Raises:
        FieldError: It has no word that must occur.
    """
    return " OR ".join(f"({_join(group, words)})" for group in _groups(words))


def _groups(words: str) -> Iterator[list[tuple[bool, str]]]:
    """Yield the ways to be found, each as pairs of whether a word must not occur, and the word."""
    group: list[tuple[bool, str]] = []
    for minus, phrase, word in PART.findall(words):
        if word.lower() == "or" and not minus and group:
            yield group
            group = []
        elif re.search(r"\w", phrase or word):
            group.append((bool(minus), POSSESSIVE.sub("", phrase or word).replace('"', " ")))
    yield group


def _join(group: list[tuple[bool, str]], words: str) -> str:
    wanted = " AND ".join(f'"{word}"' for minus, word in group if not minus)
    if not wanted:
        raise FieldError("text", words, "at least one word that must occur")
    return wanted + "".join(f' NOT "{word}"' for minus, word in group if minus)


def match_reports(words: str, *, is_sqlite: bool) -> ColumnElement[bool]:
    """Return the condition that a report has these words.

    Raises:
        FieldError: There is no word that must occur.
    """
    expression = fts_expression(words)
    if is_sqlite:
        numbers = select(REPORTS_WORDS.c.rowid).where(MATCH.bindparams(words=expression))
        return reports.c.number.in_(numbers)
    condition: ColumnElement[bool] = WORDS.op("@@")(_question(words))
    return condition


def _question(words: str) -> Any:
    return func.websearch_to_tsquery("english", words)


def select_hits(words: str, *, is_sqlite: bool) -> Select[Any]:
    """Return the query for the reports with these words and what stands around the first, best first.

    Raises:
        FieldError: There is no word that must occur.
    """
    expression = fts_expression(words)
    told = (reports.c.id, reports.c.title, reports.c.published, reports.c.publisher)
    if is_sqlite:
        excerpt: Any = literal_column(f"snippet(reports_words, 0, '', '', '…', {WORDS_AROUND})").label("excerpt")
        both = REPORTS_WORDS.join(reports, REPORTS_WORDS.c.rowid == reports.c.number)
        query = select(*told, excerpt).select_from(both).where(MATCH.bindparams(words=expression))
        return query.order_by(literal_column("bm25(reports_words)"), reports.c.number)
    question = _question(words)
    headline = func.ts_headline("english", reports.c.text, question, HEADLINE).label("excerpt")
    rank = func.ts_rank(WORDS, question).desc()
    return select(*told, headline).where(WORDS.op("@@")(question)).order_by(rank, reports.c.number)
