"""What is asked of a store: filters, pages, two sides, words, tables and SQL."""

from pathlib import Path
from typing import Any

import pytest

from casus import Store
from casus.errors import CasusError, FieldError, StoreError
from casus.store.query import Filters, run_sql, to_arrow, write_parquet


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"party": "COD"}, "goma:e1 goma:e2 later:e1 later:e2"),
        ({"party": "COD/REB", "actor": "COD"}, "goma:e1 later:e1"),
        ({"recipient": "the Rebels"}, "goma:e2 later:e2"),
        ({"actor": ("the army", "nobody")}, "goma:e2 later:e2"),
        ({"sector": "REB", "party": "FRA"}, ""),
        ({"source": "police"}, "goma:e1 later:e1"),
        ({"type": "ASSAULT", "mode": "heavy-weapons"}, "goma:e1 later:e1"),
        ({"type": ("AID", "PROTEST")}, ""),
        ({"place": "goma"}, "goma:e1 later:e1"),
        ({"place": "216281", "country": "COD"}, "goma:e1 later:e1"),
        ({"since": "2031-05-06", "until": "2031-05"}, "goma:e2"),
        ({"until": "2031-05-05"}, "goma:e1 later:e1"),
        ({"since": "2032"}, ""),
        ({"modality": "hypothetical"}, "goma:e2 later:e2"),
        ({"status": "announced"}, "goma:e2 later:e2"),
        ({"publisher": "Other Wire", "least": 0.9}, "later:e1"),
        ({"report": "goma", "incident": "goma:i1"}, "goma:e1"),
        ({"text": "shelled -mayor"}, "goma:e1 goma:e2 later:e1 later:e2"),
        ({"text": "mayor"}, ""),
    ],
)
def test_events_are_filtered(library: Store, filters: dict[str, Any], expected: str) -> None:
    """Every filter alone and with others."""
    found = {event.id for event in library.events(Filters(**filters))}
    assert found == set(expected.split())
    assert library.count_events(Filters(**filters)) == len(found)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "goma:i1 goma:i2 later:i1 later:i2"),
        ({"status": "announced", "recipient": "COD"}, "goma:i2 later:i2"),
        ({"country": "COD", "publisher": "Example Wire"}, "goma:i1"),
        ({"since": "2031-06", "text": "army"}, "later:i2"),
        ({"incident": "later:i1"}, "later:i1"),
    ],
)
def test_incidents_are_filtered(library: Store, filters: dict[str, Any], expected: str) -> None:
    """By what they are themselves and by their events."""
    found = {version.incident.id for version in library.incidents(Filters(**filters))}
    assert found == set(expected.split())
    assert library.count_incidents(Filters(**filters)) == len(found)


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        ({"type": "HUG"}, "field type: found 'HUG', allowed ACCUSE"),
        ({"sector": "XYZ"}, "found 'XYZ'"),
        ({"modality": "maybe"}, "allowed actual future hypothetical negated"),
        ({"since": "soon"}, "a day, month or year"),
        ({"text": "-war"}, "at least one word"),
    ],
)
def test_impossible_filters_are_told(library: Store, filters: dict[str, Any], told: str) -> None:
    """With what was found and what is allowed."""
    with pytest.raises(FieldError, match=told):
        library.events(Filters(**filters))


@pytest.mark.parametrize("oldest", [False, True])
def test_pages_follow_each_other(library: Store, oldest: bool) -> None:
    """Each begins behind the last of the one before; together they are all."""
    whole = [event.id for event in library.events(oldest=oldest)]
    first = [event.id for event in library.events(limit=3, oldest=oldest)]
    second = [event.id for event in library.events(limit=3, after=first[-1], oldest=oldest)]
    assert first + second == whole
    halves = [version.incident.id for version in library.incidents(limit=2, oldest=oldest)]
    rest = library.incidents(after=halves[-1], oldest=oldest)
    assert len({*halves, *(version.incident.id for version in rest)}) == 4


def test_a_page_behind_nothing_is_an_error(library: Store) -> None:
    """It would begin nowhere."""
    with pytest.raises(StoreError, match="found no 'x'"):
        library.events(after="x")


def test_two_sides_are_found_both_ways(library: Store) -> None:
    """Whoever acts."""
    assert [e.id for e in library.dyad("the army", "COD/REB", oldest=True)] == ["goma:e2", "later:e2"]
    assert library.dyad("COD/REB", "the army") == library.dyad("the army", "COD/REB")
    assert library.dyad("the army", "FRA") == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("soldier", "bare"),
        ('"killing at least"', "goma later"),
        ("hurt or army", "bare goma later"),
        ("army -kill", ""),
        ("Kisangani’s mayor", "bare"),
    ],
)
def test_texts_are_searched(library: Store, words: str, expected: str) -> None:
    """In any form of the words; with what stands around them."""
    hits = library.search(words)
    assert sorted(hit.report for hit in hits) == expected.split()


def test_a_search_tells_where_the_words_stand(library: Store) -> None:
    """The excerpt has them."""
    (hit,) = library.search("mayor")
    assert (hit.title, "mayor" in hit.excerpt) == ("Troops move", True)


def test_candidates_are_near_in_time_and_of_a_kind(library: Store) -> None:
    """Those that know no country are candidates everywhere."""
    window = ("2031-05-01", "2031-05-31")
    assert {e.id for e in library.candidates_for(*window, countries=["COD"])} == {"goma:e1", "later:e1", "goma:e2"}
    assert library.candidates_for(*window, types=["AID"]) == ()
    assert {e.report for e in library.candidates_for(*window, without=["goma"])} == {"later"}


def test_events_and_incidents_become_arrow_tables(library: Store) -> None:
    """One row each, with the same columns whether there are any or not."""
    events, incidents = to_arrow(library.events(oldest=True)), to_arrow(library.incidents())
    assert (events.num_rows, incidents.num_rows) == (4, 4)
    assert events.schema == to_arrow(()).schema
    assert events.to_pylist()[0]["actor_countries"] == ["COD"]
    assert {row["killed_low"] for row in incidents.to_pylist()} == {12, None}


def test_sql_is_run_over_parquet(library: Store, tmp_path: Path) -> None:
    """Every file is a table."""
    write_parquet(library, tmp_path)
    found = run_sql(
        "SELECT type, count(*) AS n FROM events JOIN reports ON report = reports.id GROUP BY type", tmp_path
    )
    assert found == (("type", "n"), [("ASSAULT", 4)])
    assert run_sql("SELECT source, target, kind FROM links ORDER BY source", tmp_path).rows == [
        ("goma:i2", "goma:i1", "responds_to"),
        ("later:i2", "later:i1", "responds_to"),
    ]


def test_wrong_sql_is_told_in_a_line(library: Store, tmp_path: Path) -> None:
    """As is a folder without files."""
    with pytest.raises(CasusError, match="found no Parquet file"):
        run_sql("SELECT 1", tmp_path)
    write_parquet(library, tmp_path)
    with pytest.raises(CasusError, match=r"SQL: .*nowhere"):
        run_sql("SELECT * FROM nowhere", tmp_path)
