"""Each condition finds what it means and nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casus.records import Report
from casus.store.house import Store
from casus.watch.rules_change import binomial_tail, find_surge
from casus.watch.rules_match import Scope, match_rule
from tests.watch.alerts.builders import ALDMOOR, KESTREL, POLICE, later, look, messages, rule, told

TODAY = "2031-05-06"
IRAN, USA = ("Tehran", "IRN", ("GOV",)), ("Washington", "USA", ("GOV",))


def found(store: Store, folder: Path, conditions: str) -> set[str]:
    """Return the reports whose incident a rule finds."""
    return {id_.partition(":")[0] for id_ in match_rule(store, rule(folder, conditions), Scope(TODAY))}


def fill(store: Store, **reports: dict[str, Any]) -> None:
    """Add reports, by their ids."""
    store.add_all([told(id_, **given) for id_, given in reports.items()])


FAR = {**ALDMOOR, "lat": 10.0}
CASES: list[tuple[str, dict[str, dict[str, Any]], set[str]]] = [
    ("party = 'GBR'", {"a": {}, "b": {"recipient": KESTREL, "actor": POLICE}, "c": {"actor": POLICE}}, {"a", "b"}),
    ("actor = 'GBR/REB'", {"a": {}, "b": {"recipient": KESTREL, "actor": POLICE}}, {"a"}),
    ("recipient = ['FRA/COP', 'USA']", {"a": {}, "b": {"recipient": KESTREL, "actor": POLICE}}, {"a"}),
    ("actor = 'The Kestrel Front'", {"a": {}, "b": {"actor": USA}}, {"a"}),
    ("sector = 'GOV'", {"a": {}, "b": {"actor": USA}}, {"b"}),
    (
        "between = ['USA', 'IRN']",
        {"a": {"actor": USA, "recipient": IRAN}, "b": {"actor": IRAN, "recipient": USA}, "c": {"actor": USA}},
        {"a", "b"},
    ),
    ("type = 'PROTEST'", {"a": {}, "b": {"type": "PROTEST"}}, {"b"}),
    ("mode = ['drone', 'aerial']", {"a": {"mode": "drone"}, "b": {"mode": "firearms"}}, {"a"}),
    ("country = 'GBR'", {"a": {}, "b": {"place": {**ALDMOOR, "country": "FRA"}}}, {"a"}),
    ("place = 'Aldmoor'", {"a": {}, "b": {"place": None}}, {"a"}),
    ("publisher = 'A Wire'", {"a": {}, "b": {}}, {"a"}),
    ("least = 0.5", {"a": {"confidence": 0.4}, "b": {"confidence": 0.6}}, {"b"}),
    ("near = { lat = 54.5, lon = -2, km = 60 }", {"a": {}, "b": {"place": FAR}, "c": {"place": None}}, {"a"}),
    ("near = { lat = 54.5, lon = -2, km = 50 }", {"a": {}}, set()),
    ("near = { lat = 54, lon = -2, km = 60 }", {"a": {"place": {**ALDMOOR, "precision": "country"}}}, set()),
    ("toll = { killed = 3, injured = 1 }", {"a": {"killed": 2}, "b": {"killed": 3}, "c": {}}, {"b"}),
    ("type = 'ASSAULT'", {"a": {"modality": "future"}, "b": {"modality": "negated"}, "c": {}}, {"c"}),
    ("type = 'ASSAULT'\nmodality = ['negated', 'future']", {"a": {"modality": "future"}, "b": {}}, {"a"}),
    ("status = 'denied'", {"a": {"modality": "negated"}, "b": {}}, {"a"}),
    ("rung = 'limited violence'", {"a": {}, "b": {"type": "PROTEST"}, "c": {"type": "THREATEN"}}, {"a"}),
    ("rung = 'threat'", {"a": {}, "b": {"type": "PROTEST"}, "c": {"type": "THREATEN"}}, {"a", "c"}),
    ("rung = 'heavy or mass violence'", {"a": {"killed": 30}, "b": {"mode": "aerial"}, "c": {}}, {"a", "b"}),
    (
        "claims = { by = 'IRN', stance = ['denies'] }",
        {"a": {"source": ("Tehran", "IRN", "denies")}, "b": {"source": ("Tehran", "IRN", "claims")},
         "c": {"source": ("Paris", "FRA", "denies")}, "d": {}},
        {"a"},
    ),
    ("claims = { by = 'IRN' }", {"a": {"source": ("Tehran", "IRN", "denies"), "modality": "negated"}}, {"a"}),
    (
        "words = ['put on notice', 'deadline']",
        {"a": {"text": "Forces were put on  Notice and struck."}, "b": {"text": "Deadlines struck."}},
        {"a"},
    ),
    (
        "ahead = { within = '7d' }",
        {"a": {"modality": "future", "day": "2031-05-10"}, "b": {"day": "2031-05-06"},
         "c": {"modality": "future", "day": "2031-05-14"}, "d": {"modality": "future", "day": "2031-05-05"},
         "e": {"type": "REQUEST", "day": "2031-05-08"}, "f": {"modality": "future", "day": None},
         "g": {"modality": "negated", "day": "2031-05-10"}},
        {"a", "e"},
    ),
    (
        "ahead = { within = '7d', undated = true }",
        {"a": {"modality": "future", "day": None}, "b": {"day": None}, "c": {"type": "THREATEN", "day": None}},
        {"a", "c"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("conditions", "reports", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_condition_finds_what_it_means(
    desk: Store, tmp_path: Path, conditions: str, reports: dict[str, dict[str, Any]], expected: set[str]
) -> None:
    """Of a few invented reports."""
    fill(desk, **reports)
    assert found(desk, tmp_path, conditions) == expected


def test_one_event_must_have_all_that_is_asked_of_events(desk: Store, tmp_path: Path) -> None:
    """Two halves in two reports of one incident do not make one."""
    fill(desk, a={"actor": USA, "modality": "future"}, b={"actor": KESTREL})
    desk.merge("a:i1", ["b:i1"], by="ann")
    assert found(desk, tmp_path, "actor = 'USA'\nmodality = 'actual'") == set()
    assert found(desk, tmp_path, "actor = 'GBR'\nmodality = 'actual'") == {"a"}


def test_all_conditions_must_hold(desk: Store, tmp_path: Path) -> None:
    """Of several values of one, any."""
    fill(desk, a={"killed": 5}, b={"killed": 5, "type": "PROTEST"}, c={})
    assert found(desk, tmp_path, "type = ['ASSAULT', 'COERCE']\ntoll = { killed = 5 }") == {"a"}


def joined(store: Store, *reports: Report) -> None:
    """Add reports that tell of one incident."""
    store.add_all(reports)
    first, *others = (f"{report.id}:i1" for report in reports)
    store.merge(first, others, by="ann")


def test_origins_are_counted_not_reports(desk: Store, tmp_path: Path) -> None:
    """One publisher is one origin, and so is a text with its copies."""
    joined(desk, told("a"), told("b", publisher="A Wire"), told("c"))
    desk.set_origin("c", "a")
    assert found(desk, tmp_path, "origins = 2") == set()
    desk.set_origin("c", "c")
    assert found(desk, tmp_path, "origins = 2") == {"a"}
    assert found(desk, tmp_path, "origins = 3") == set()


def test_who_denies_it_is_no_origin(desk: Store, tmp_path: Path) -> None:
    """Only those that tell of it as done count."""
    joined(desk, told("a"), told("b", modality="negated"))
    assert found(desk, tmp_path, "origins = 2") == set()


def quiet_then_many(store: Store, recent: int) -> None:
    """Add one incident a week for ten weeks, and so many in the last one."""
    from datetime import date, timedelta

    last = date.fromisoformat(TODAY)
    weekly = [told(f"w{nth}", day=(last - timedelta(days=7 * nth + 8)).isoformat()) for nth in range(10)]
    store.add_all([*weekly, *(told(f"n{nth}", day=TODAY) for nth in range(recent))])


CHANGE = "type = 'ASSAULT'\nchange = { weeks = 4, factor = 2, least = 5 }"


@pytest.mark.parametrize(("recent", "level"), [(0, None), (4, None), (5, 1), (9, 1), (10, 3)])
def test_a_change_is_many_times_the_usual(desk: Store, tmp_path: Path, recent: int, level: int | None) -> None:
    """And its step more still."""
    quiet_then_many(desk, recent)
    step = "\n[[rule.raise]]\nlevel = 'alert'\nchange = { weeks = 4, factor = 10, least = 5 }"
    surge = find_surge(desk, rule(tmp_path, CHANGE + step), TODAY)
    assert (surge.level if surge else None) == level


def test_a_change_is_silent_where_the_store_does_not_reach_back(desk: Store, tmp_path: Path) -> None:
    """Nobody knows there what is usual."""
    quiet_then_many(desk, 9)
    assert find_surge(desk, rule(tmp_path, CHANGE.replace("weeks = 4", "weeks = 52")), TODAY) is None


def test_an_alert_about_numbers_is_opened_once(desk: Store, tmp_path: Path) -> None:
    """It is cancelled where its incidents turn out to be fewer."""
    quiet_then_many(desk, 5)
    watching = rule(tmp_path, CHANGE)
    assert look(desk, watching) == {"opened": 1, "messages": 1}
    assert messages(desk)[0].why == (
        "5 in 7 days; usual 1.0 (4 in the 4 weeks before); chance of so many by accident 0.02",
    )
    assert look(desk, watching, later(hours=1)) == {}
    desk.merge("n0:i1", ["n1:i1"], by="ann")
    assert look(desk, watching, later(hours=2)) == {"cancelled": 1, "messages": 1}


def test_the_tail_of_a_binomial_distribution() -> None:
    """Against the sum of all, and exact values."""
    assert binomial_tail(0, 10, 0.2) == 1.0
    assert binomial_tail(10, 10, 0.5) == pytest.approx(0.5**10)
    assert binomial_tail(2, 3, 0.25) == pytest.approx(3 * 0.25**2 * 0.75 + 0.25**3)


def test_a_rule_is_known_by_what_it_says(tmp_path: Path) -> None:
    """Not by whom it tells, nor by how long it waits."""
    one = rule(tmp_path, "type = 'ASSAULT'")
    assert one.digest == replace(one, cooldown=60, channels=("x",)).digest
    assert one.digest != rule(tmp_path, "type = 'COERCE'").digest
