"""What two sides did to each other, from a store."""

import json
from datetime import date, timedelta
from itertools import count

import pytest

from bench.dyads import simulate_hawkes
from casus import Store
from casus.errors import FieldError
from casus.records import Link
from casus.watch.dyads import Window, choose_window, dyad_figures, split_sides, weekly
from casus.watch.ladder import RUNGS
from tests.watch.histories import FIRST, Told, day, make_reports

YEAR = Window(FIRST, FIRST + timedelta(days=363))
QUARREL = (
    Told("hit", 350, "USA", "IRN", "ASSAULT", "firearms", killed=4),
    Told("threat", 352, "USA", "IRN", "THREATEN", "violence"),
    Told("plan", 353, "USA", "IRN", "ASSAULT", "aerial", modality="future"),
    Told("denied", 354, "USA", "IRN", "ASSAULT", modality="negated"),
    Told("maybe", 355, "USA", "IRN", "SANCTION", modality="hypothetical"),
    Told("back", 353, "IRN", "USA", "ASSAULT", "firearms", killed=30),
    Told("talks", 360, "USA IRN", "", "CONSULT", "visit"),
    Told("vague", 320, "IRN", "USA", "ACCUSE", until=350),
)


@pytest.fixture
def quarrel(store: Store) -> Store:
    """Give a store with a quarrel of two sides, of which one act answers another; it knows the year before."""
    store.add_all(make_reports((Told("old", -60, "KEN", "UGA", "AID"), *QUARREL)))
    store.put_links([Link("back:i1", "hit:i1", "responds_to", explicit=True, confidence=0.9)])
    return store


def test_incidents_are_counted_by_standing(quarrel: Store) -> None:
    """What was not done stands apart, by type."""
    found = dyad_figures(quarrel, "USA", "IRN", YEAR)
    assert found.a_to_b.standings == {"done": 1, "threatened": 1, "planned": 1, "possible": 1, "denied": 1}
    assert found.a_to_b.counts_by_type == {"ASSAULT": 1, "THREATEN": 1}
    assert found.a_to_b.apart == {"planned": {"ASSAULT": 1}, "possible": {"SANCTION": 1}, "denied": {"ASSAULT": 1}}
    assert (found.a_to_b.incidents, found.b_to_a.incidents, found.both.incidents) == (5, 2, 8)


def test_figures_are_of_what_took_place(quarrel: Store) -> None:
    """Score, quads, rung and toll, each way and both."""
    found = dyad_figures(quarrel, "USA", "IRN", YEAR)
    assert found.both.counts_by_quad == {"material-conflict": 2, "verbal-conflict": 2, "verbal-cooperation": 1}
    assert (found.a_to_b.score_sum, found.a_to_b.score_mean) == (-12.5, -6.25)
    assert found.both.score_sum == pytest.approx(-9 - 3.5 - 9 + 4 - 3)
    rungs = [RUNGS[way.rung or 0] for way in (found.a_to_b, found.b_to_a)]
    assert rungs == ["limited violence", "heavy or mass violence"]
    assert (RUNGS[found.a_to_b.rung_apart or 0], found.b_to_a.rung_apart) == ("threat", None)
    toll = found.both.toll["killed"]
    assert (toll.low, toll.best, toll.high, toll.incidents) == (34, 34, 34, 2)


def test_answers_are_told_by_link_and_by_time(quarrel: Store) -> None:
    """Of two acts the link answers one; both were followed or are too young to tell."""
    found = dyad_figures(quarrel, "USA", "IRN", YEAR).a_to_b.reciprocity
    assert found is not None
    assert (found.acts, found.answered, found.answered_share) == (2, 1, 0.5)
    assert found.answer_times is not None
    assert found.answer_times.median == 3
    assert (found.followed, found.followed_of) == (0, 0)
    assert found.effect.why == "too few acts of conflict: 2 and 1 back, at least 25 of each side"


def test_acts_of_a_vague_time_are_counted_but_in_no_week(quarrel: Store) -> None:
    """And told of."""
    found = dyad_figures(quarrel, "USA", "IRN", YEAR)
    assert (found.b_to_a.undated, found.a_to_b.undated) == (1, 0)
    weeks = weekly(quarrel, "USA", "IRN", YEAR)
    assert sum(week.b_to_a.done for week in weeks) == 1
    assert len(weeks) == 52


def test_sides_exchanged_exchange_the_figures(quarrel: Store) -> None:
    """Nothing else."""
    one, other = dyad_figures(quarrel, "USA", "IRN", YEAR), dyad_figures(quarrel, "IRN", "USA", YEAR)
    assert (one.a_to_b, one.b_to_a, one.both) == (other.b_to_a, other.a_to_b, other.both)


def test_a_group_is_one_side(quarrel: Store) -> None:
    """With a party that did nothing nothing changes; with all parties on other sides there is nothing."""
    alone, group = dyad_figures(quarrel, "USA", "IRN", YEAR), dyad_figures(quarrel, "USA, FRA", ["IRN"], YEAR)
    assert (group.a, group.a_to_b) == (("USA", "FRA"), alone.a_to_b)
    assert dyad_figures(quarrel, "KEN", "USA,IRN", YEAR).both.incidents == 0


def test_a_burst_is_above_what_was_before(quarrel: Store) -> None:
    """A week of six blows after a quiet year."""
    burst = [Told(f"burst{nth}", 358 + nth, "USA", "IRN", "ASSAULT") for nth in range(6)]
    quarrel.add_all(make_reports(burst))
    found = dyad_figures(quarrel, "USA", "IRN", YEAR).a_to_b
    assert (found.change_4w.label, found.change_52w.label) == ("above", "far above")
    assert (found.change_4w.count, found.change_52w.count) == (6, 6)


def test_no_change_is_told_before_the_store_knows_anything(store: Store) -> None:
    """A year of no reports is no year of peace."""
    store.add_all(make_reports(Told(f"r{nth}", 300 + nth, "USA", "IRN", "ASSAULT") for nth in range(60)))
    found = dyad_figures(store, "USA", "IRN", YEAR).a_to_b
    assert found.change_52w.label == "too short a history"
    assert found.change_4w.label == "as before"
    assert found.ruptures == ()


def test_a_planted_rupture_is_found(store: Store) -> None:
    """From one blow in two weeks to three a week, in the thirtieth week."""
    numbers = count()
    days = [*range(0, 210, 14), *(210 + week * 7 + nth for week in range(22) for nth in (0, 2, 4))]
    store.add_all(make_reports(Told(f"r{next(numbers)}", number, "IRN", "USA", "ASSAULT") for number in days))
    found = dyad_figures(store, "USA", "IRN", YEAR)
    (rupture,) = found.b_to_a.ruptures
    assert abs((date.fromisoformat(rupture.week) - FIRST).days - 210) <= 14
    assert (round(rupture.before, 1), round(rupture.after, 1)) == (0.5, 3.0)
    assert found.a_to_b.ruptures == ()


def test_tit_for_tat_is_recovered_from_a_store(store: Store) -> None:
    """Reports of a simulated history, read back: within two standard errors of the truth."""
    ours, theirs = simulate_hawkes(2, (0.12, 0.05), ((0.1, 0.1), (0.6, 0.1)), 2.0, 728)
    told = [Told(f"a{nth}", number, "USA", "IRN", "ASSAULT") for nth, number in enumerate(ours)]
    told += [Told(f"b{nth}", number, "IRN", "USA", "ACCUSE") for nth, number in enumerate(theirs)]
    store.add_all(make_reports(told))
    found = dyad_figures(store, "USA", "IRN", Window(FIRST, FIRST + timedelta(days=727)))
    for way, truth in ((found.a_to_b, 0.6), (found.b_to_a, 0.1)):
        assert way.reciprocity is not None
        effect = way.reciprocity.effect
        assert effect.value is not None
        assert abs(effect.value - truth) <= 2 * (effect.error or 0.1)


def test_figures_are_json(quarrel: Store) -> None:
    """All the way down."""
    found = dyad_figures(quarrel, "USA", "IRN", YEAR)
    assert json.loads(json.dumps(found.to_json()))["a_to_b"]["change_4w"]["weeks"] == 4


def test_an_empty_store_has_nothing(store: Store) -> None:
    """No figure is made up."""
    found = dyad_figures(store, "USA", "IRN", YEAR)
    assert (found.both.incidents, found.both.rung, found.both.score_mean) == (0, None, None)
    assert found.both.change_4w.label == "too short a history"


@pytest.mark.parametrize(("one", "other"), [("", "IRN"), ("USA", " , "), ("USA", "USA"), ("USA,IRN", "IRN,FRA")])
def test_sides_must_be_two(one: str, other: str) -> None:
    """With somebody on each and nobody on both."""
    with pytest.raises(FieldError, match="field side"):
        split_sides(one, other)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, (day(364 - 363 - 1), day(363))),
        ("2031-02", "2031-03", ("2031-02-01", "2031-03-31")),
        (None, "2031", ("2031-01-02", "2031-12-31")),
    ],
)
def test_windows_end_with_the_newest_report(
    quarrel: Store, since: str | None, until: str | None, expected: tuple[str, str]
) -> None:
    """And last a year, unless told otherwise."""
    quarrel.add_all(make_reports([Told("newest", 363, "KEN", "UGA", "AID")]))
    found = choose_window(quarrel, since, until)
    assert (found.start.isoformat(), found.end.isoformat()) == expected


@pytest.mark.parametrize(
    ("since", "until"), [("soon", None), ("2031-02-30", None), (None, "20310101"), ("2032", "2031")]
)
def test_wrong_days_are_refused(quarrel: Store, since: str | None, until: str | None) -> None:
    """With what is allowed."""
    with pytest.raises(FieldError, match="allowed"):
        choose_window(quarrel, since, until)
