"""Incidents as acts of one side toward another, read from a store."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from casus import Store
from casus.records import Link, Toll
from casus.store.query import acts as reading
from casus.store.query.acts import Act, read_acts, read_answers, read_span
from tests.watch.histories import Told, day, make_reports

USA, IRN = ("USA",), ("IRN",)


def fill(store: Store, *told: Told) -> None:
    """Put a report of each into a store."""
    store.add_all(make_reports(told))


def ways(acts: tuple[Act, ...]) -> list[tuple[str, str]]:
    """Return report and way of each."""
    return [(act.incident.partition(":")[0], act.way) for act in acts]


def test_acts_go_from_actors_to_recipients(store: Store) -> None:
    """Both ways and together, oldest first; acts against others are none between these two."""
    fill(
        store,
        Told("later", 9, "USA", "IRN", "SANCTION"),
        Told("hit", 1, "USA", "IRN", "ASSAULT"),
        Told("back", 2, "IRN", "USA IRQ", "ASSAULT"),
        Told("talks", 3, "USA IRN", "", "CONSULT"),
        Told("allies", 4, "USA IRN", "IRQ", "ASSAULT"),
        Told("other", 5, "USA", "IRQ", "ASSAULT"),
        Told("nobody", 6, "USA", "", "ASSAULT"),
    )
    found = read_acts(store, USA, IRN)
    assert ways(found) == [("hit", "a_to_b"), ("back", "b_to_a"), ("talks", "together"), ("later", "a_to_b")]


def test_sides_may_have_several_parties(store: Store) -> None:
    """Any of them acts for the side."""
    fill(store, Told("one", 1, "USA", "IRN", "ACCUSE"), Told("two", 2, "IRN", "GBR/MIL", "ACCUSE"))
    assert ways(read_acts(store, ("USA", "GBR"), IRN)) == [("one", "a_to_b"), ("two", "b_to_a")]
    assert ways(read_acts(store, ("GBR/MIL",), IRN)) == [("two", "b_to_a")]
    assert read_acts(store, ("GBR/GOV",), IRN) == ()


def test_only_a_time_is_read(store: Store) -> None:
    """From the first day to the last on which an act begins."""
    fill(store, *(Told(f"r{nth}", nth, "USA", "IRN", "ACCUSE") for nth in range(5)))
    assert [act.day for act in read_acts(store, USA, IRN, since=day(1), until=day(3))] == [day(1), day(2), day(3)]


@pytest.mark.parametrize(
    ("modality", "expected"),
    [("actual", "actual"), ("future", "future"), ("hypothetical", "hypothetical"), ("negated", "negated")],
)
def test_acts_know_whether_they_were_done(store: Store, modality: Any, expected: str) -> None:
    """By what the incident's reports say together."""
    fill(store, Told("one", 1, "USA", "IRN", "SANCTION", modality=modality))
    assert [act.modality for act in read_acts(store, USA, IRN)] == [expected]


def test_many_reports_of_one_incident_are_one_act(store: Store) -> None:
    """Articles are not counted; one of them planned it, another saw it done."""
    fill(
        store,
        Told("plan", 1, "USA", "IRN", "ASSAULT", modality="future"),
        Told("one", 2, "USA", "IRN", "ASSAULT", killed=3),
        Told("two", 2, "USA", "IRN", "ASSAULT", killed=5),
    )
    store.merge("plan:i1", ["one:i1", "two:i1"], by="ann")
    (found,) = read_acts(store, USA, IRN)
    assert (found.incident, found.modality, found.toll["killed"].low, found.toll["killed"].high) == (
        "plan:i1", "actual", 3, 5,
    )  # fmt: skip


def test_what_people_rejected_is_no_act(store: Store) -> None:
    """And comes back when they take that back."""
    fill(store, Told("one", 1, "USA", "IRN", "ASSAULT"))
    judged = store.reject("one:e1", by="ann")
    assert read_acts(store, USA, IRN) == ()
    store.undo(judged.id, by="ann")
    assert ways(read_acts(store, USA, IRN)) == [("one", "a_to_b")]


def test_tolls_are_of_material_conflict_that_was_done(store: Store) -> None:
    """A condemnation of an attack has not killed anybody."""
    fill(
        store,
        Told("hit", 1, "USA", "IRN", "ASSAULT", killed=4),
        Told("word", 2, "USA", "IRN", "ACCUSE", killed=4),
        Told("plan", 3, "USA", "IRN", "ASSAULT", modality="future", killed=4),
    )
    assert [dict(act.toll) for act in read_acts(store, USA, IRN)] == [{"killed": Toll(4, 4, 4, ("hit",))}, {}, {}]


def test_answers_are_links_to_what_the_other_side_did(store: Store) -> None:
    """Given, not only announced; whomever they hit; by the side that is asked for."""
    fill(
        store,
        Told("hit", 1, "USA", "IRN", "ASSAULT"),
        Told("back", 4, "IRN", "", "ASSAULT"),
        Told("vow", 5, "IRN", "USA", "ASSAULT", modality="future"),
        Told("third", 6, "IRQ", "USA", "ACCUSE"),
        Told("same", 7, "IRN", "USA", "ACCUSE"),
    )
    store.put_links(Link(f"{id_}:i1", "hit:i1", "responds_to", confidence=0.9) for id_ in ("back", "vow", "third"))
    store.put_links([Link("same:i1", "hit:i1", "follows", confidence=0.9)])
    assert read_answers(store, ["hit:i1"], IRN) == (("hit:i1", "back:i1", day(4)),)
    assert read_answers(store, ["hit:i1"], ("IRQ",)) == (("hit:i1", "third:i1", day(6)),)
    assert read_answers(store, [], IRN) == ()


def test_the_span_is_that_of_the_reports(store: Store) -> None:
    """None where there are none."""
    assert read_span(store) is None
    fill(store, Told("one", 7, "USA", "IRN", "AID"), Told("two", 3, "USA", "IRN", "AID"))
    assert read_span(store) == (day(3), day(7))


@pytest.mark.parametrize("side", [USA, ("USA/MIL",), ("org-hezbollah",), ("the army",), ("USA", "the army")])
def test_acts_are_found_by_indexes(tmp_path_factory: pytest.TempPathFactory, side: tuple[str, ...]) -> None:
    """No question reads a whole table."""
    store = Store(tmp_path_factory.mktemp("plans") / "casus.db")
    acting = reading._of_role("actor", side)
    conditions = [
        reading._both(acting, reading._of_role("recipient", IRN)),
        reading._both(acting, reading._of_role("actor", IRN)) & ~reading._has_recipient(),
    ]
    for condition in conditions:
        query = reading.select(reading.events.c.incident).where(condition)
        sql = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
        with store.reading() as connection:
            plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
        assert [step for step in plan if step.startswith("SCAN")] == []
