"""What pages count in bulk: places, partners, publishers, plans, verdicts; on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from casus import Filters, Store
from casus.ontology import quad_of
from casus.records import Event, Party, Place, Report, When
from casus.store.query.alarms import count_deliveries, read_records
from casus.store.query.partners import Pair, read_busiest, read_doings, read_pairs, read_partners
from casus.store.query.plans import count_planned, newest_day, read_planned, read_threats, read_undated
from casus.store.query.publishers import read_publishers
from casus.store.query.spots import read_spots
from casus.store.query.verdicts import Judged, count_older, newest_coding, read_judged
from tests.cli.builders import answer, report, shelling

REBELS, ARMY = Party(0, 6, "rebels", country="COD", sectors=("REB",)), Party(7, 14, "the army", country="RWA")


def act(type_: str, day: str | None, **changes: object) -> Event:
    """Return an act of the rebels upon the army."""
    when = When(day, day, "day", day) if day else None
    plain = replace(
        shelling(), type=type_, quad=quad_of(type_), mode=None, when=when, where=None, quantities=(), attribution=None
    )
    return replace(plain, actors=(REBELS,), recipients=(ARMY,), **changes)


def told(id_: str, *events: Event, published: str = "2031-05-06", publisher: str | None = "Example Wire") -> Report:
    """Return a report of these events, each an incident of its own."""
    named = tuple(replace(event, id=f"e{nth}", incident=None) for nth, event in enumerate(events, 1))
    return report(id=id_, events=named, incidents=(), links=(), published=published, publisher=publisher)


def test_places_have_their_days_and_where_they_are(store: Store) -> None:
    """The busiest first; what has no place is counted apart."""
    goma = shelling().where
    assert goma is not None
    bukavu = Place(0, 6, "Bukavu", "Bukavu", None, "COD", precision="city")
    store.add(told("a", act("ASSAULT", "2031-05-05", where=goma), act("AID", "2031-05-05", where=goma)))
    store.add(told("b", act("ASSAULT", "2031-05-04", where=goma), act("AID", None), act("AID", None, where=bukavu)))
    found = read_spots(store, Filters())
    assert [(spot.place, spot.lat, spot.incidents, spot.newest) for spot in found.spots] == [
        ("Goma", -1.68, 3, "a:i-e2"),
        ("Bukavu", None, 1, "b:i-e3"),
    ]
    assert dict(found.spots[0].days) == {
        ("2031-05-04", "material-conflict"): 1,
        ("2031-05-05", "material-conflict"): 1,
        ("2031-05-05", "material-cooperation"): 1,
    }
    assert (found.counted, found.unplaced, found.more_places, found.cut) == (5, 1, 0, False)


def test_places_are_of_the_newest_incidents(store: Store) -> None:
    """Where there are more than are looked at, the page is told so; filters hold."""
    goma = shelling().where
    store.add(told("a", act("ASSAULT", "2031-05-05", where=goma), act("AID", "2031-05-04", where=goma)))
    found = read_spots(store, Filters(), incident_limit=1)
    assert (found.spots[0].incidents, found.cut) == (1, True)
    assert read_spots(store, Filters(type="AID")).counted == 1


def test_what_a_party_did_and_suffered(store: Store) -> None:
    """By type and modality, in incidents; a rejected event does not count."""
    store.add(told("a", act("ASSAULT", None), act("ASSAULT", None), act("AID", None, modality="future")))
    store.reject("a:e2", by="ann")
    did = read_doings(store, "COD/REB", "actor")
    assert [(d.type, d.quad, d.modality, d.incidents) for d in did] == [
        ("AID", "material-cooperation", "future", 1),
        ("ASSAULT", "material-conflict", "actual", 1),
    ]
    assert read_doings(store, "COD", "recipient") == ()
    assert [d.incidents for d in read_doings(store, "RWA", "recipient")] == [1, 1]


def test_with_whom_a_party_deals(store: Store) -> None:
    """The other side, by the key that finds it again."""
    friend = Party(0, 3, "aid", "Relief", "org-relief", "NGO", ("SOC",))
    store.add(told("a", act("ASSAULT", None), act("AID", None), replace(act("AID", None), recipients=(friend,))))
    partners = read_partners(store, "COD/REB", "actor")
    assert [(p.key, p.name, p.incidents) for p in partners] == [("RWA", "the army", 2), ("org-relief", "Relief", 1)]
    assert [(p.key, p.incidents) for p in read_partners(store, "RWA", "recipient")] == [("COD/REB", 2)]


def test_who_acts_most_and_upon_whom(store: Store) -> None:
    """Over the newest events; what a country does to itself is no pair."""
    own = replace(act("COERCE", None), recipients=(replace(REBELS, sectors=()),))
    store.add(told("a", act("ASSAULT", None), act("AID", None), own))
    assert [(p.key, p.incidents) for p in read_busiest(store)] == [("COD/REB", 3)]
    assert read_pairs(store) == (Pair("COD", "RWA", 2),)


def test_publishers_with_copies_and_delays(store: Store) -> None:
    """A copy is a report whose origin is another; delays are of what the text dates and was done."""
    past = act("ASSAULT", "2031-05-02")
    guessed = act("AID", "2031-05-06")
    assert guessed.when is not None
    guessed = replace(guessed, when=replace(guessed.when, basis="published"))
    store.add(told("a", past, act("AID", "2031-05-20", modality="future"), guessed))
    store.add(told("b", act("ASSAULT", "2031-05-05"), published="2031-05-07"))
    store.add(told("c", publisher=None))
    store.set_origin("b", "a")
    wire, nobody = read_publishers(store)
    assert (wire.name, wire.reports, wire.origins, wire.copies) == ("Example Wire", 2, 1, 1)
    assert (wire.first, wire.last, wire.delay, wire.timed) == ("2031-05-06", "2031-05-07", 3.0, 2)
    assert (nobody.name, nobody.reports, nobody.delay) == (None, 1, None)


def test_plans_and_threats_of_a_month(store: Store) -> None:
    """What a report dates; threats apart; what nobody dates comes last."""
    week = When("2031-04-28", "2031-05-03", "week", "this week")
    store.add(told(
        "a",
        act("PROTEST", "2031-05-20", modality="future"),
        act("PROTEST", "2031-06-20", modality="future"),
        replace(act("MOBILIZE", None, modality="future"), when=week),
        act("THREATEN", "2031-05-06"),
        act("THREATEN", "2031-05-07", modality="negated"),
        act("AID", None, modality="future"),
    ))  # fmt: skip
    assert [stored.id for stored in read_planned(store, "2031-05-01", "2031-05-31")] == ["a:e3", "a:e1"]
    assert [stored.id for stored in read_threats(store, "2031-05-01", "2031-05-31")] == ["a:e4"]
    assert [stored.id for stored in read_undated(store)] == ["a:e6"]
    counts = {"2031-05-01": 1, "2031-05-06": 1, "2031-05-20": 1}
    assert count_planned(store, "2031-05-01", "2031-05-31") == counts
    store.reject("a:e6", by="ann")
    assert read_undated(store) == ()


def test_a_corrected_time_dates_an_event(store: Store) -> None:
    """As the text would have."""
    store.add(told("a", act("PROTEST", None, modality="future")))
    store.correct("a:e1", "when", {"start": "2031-05-20", "end": "2031-05-20", "precision": "day"}, by="ann")
    assert [stored.id for stored in read_planned(store, "2031-05-01", "2031-05-31")] == ["a:e1"]


def test_the_news_reaches_the_newest_report(store: Store) -> None:
    """Nothing before there is one."""
    assert newest_day(store) is None
    store.add_all([told("a"), told("b", published="2031-06-01"), told("c")])
    assert newest_day(store) == "2031-06-01"


def test_verdicts_of_people(store: Store) -> None:
    """By type, verdict and tenth of confidence."""
    store.add(report(events=(shelling(), replace(answer(), confidence=1.0))))
    store.confirm("goma:e1", by="ann")
    store.reject("goma:e2", by="ann")
    assert read_judged(store) == (Judged("ASSAULT", "confirmed", 9, 1), Judged("ASSAULT", "rejected", 9, 1))


def test_versions_of_the_last_coding(store: Store) -> None:
    """A run that tells none is passed over; reports of other versions are counted."""
    old = store.begin_run("ingest", {"casus": "0.1"})
    store.add(told("a"), old)
    new = store.begin_run("ingest", {"casus": "0.2"})
    store.add(told("b"), new)
    store.begin_run("watch")
    run = newest_coding(store)
    assert run is not None
    assert run.versions == {"casus": "0.2"}
    assert count_older(store, store.coder_of_run(run.id)) == 1


def test_without_alerts_there_are_no_records(store: Store) -> None:
    """Of watches and deliveries."""
    assert (read_records(store), count_deliveries(store, ["x"])) == ((), {})


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """Give an empty store in a file."""
    opened = Store(tmp_path / "casus.db")
    yield opened
    opened.close()


def test_an_empty_store_has_nothing(empty: Store) -> None:
    """And says so without an error."""
    assert read_spots(empty, Filters()).spots == ()
    assert (read_publishers(empty), read_pairs(empty), read_busiest(empty), read_judged(empty)) == ((), (), (), ())
    assert (read_planned(empty, "2031-05-01", "2031-05-31"), newest_coding(empty)) == ((), None)
