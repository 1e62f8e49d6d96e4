"""What people decide counts from then on, outlives recodings, and only a later word takes it back."""

from dataclasses import replace
from typing import Any

import pytest

from casus import Store
from casus.errors import StoreError
from casus.link.across import link_across
from casus.records import Event, Report
from casus.store.gold import make_gold
from casus.store.query import Filters
from casus.stored import Constraint
from tests.cli.builders import answer, report, shelling


def twice(store: Store) -> Store:
    """Return the store with the report as two papers print it."""
    store.add_all([report(), replace(report(), id="twin")])
    return store


def ids(store: Store, **filters: Any) -> list[str]:
    """Return the ids of the events found, oldest first."""
    return [event.id for event in store.events(Filters(**filters), oldest=True)]


def test_rejected_events_are_hidden(store: Store) -> None:
    """With the incidents that have no others, unless they are asked for."""
    twice(store).reject("goma:i2", by="ann")
    assert ids(store) == ["goma:e1", "twin:e1", "twin:e2"]
    assert ids(store, judged="rejected") == ["goma:e2"]
    assert "goma:i2" not in {version.incident.id for version in store.incidents()}


def test_confirmed_events_are_found_as_such(store: Store) -> None:
    """And stay as they were coded."""
    twice(store).confirm("goma:e1", by="ann")
    assert ids(store, judged="confirmed") == ["goma:e1"]
    assert ids(store, judged="none") == ["twin:e1", "goma:e2", "twin:e2"]
    assert store.event("goma:e1").event == shelling()


@pytest.mark.parametrize(
    ("slot", "value", "filters"),
    [
        ("type", "PROTEST", {"type": "PROTEST"}),
        ("mode", "firearms", {"mode": "firearms"}),
        ("modality", "negated", {"modality": "negated"}),
        ("actors", "the army [COD/MIL]", {"actor": "COD/MIL"}),
        ("recipients", "people [COD/CVL]; police", {"recipient": "COD/CVL"}),
        ("attribution", "Rebels [COD/REB denies]", {"source": "COD/REB"}),
        ("where", "Goma [RWA near]", {"country": "RWA"}),
        ("when", "2030", {"until": "2030"}),
    ],
)
def test_corrected_events_are_found_by_what_is_right(
    store: Store, slot: str, value: str, filters: dict[str, Any]
) -> None:
    """The columns by which they are found follow the correction."""
    store.add(report())
    assert "goma:e1" not in ids(store, **filters)
    store.correct("goma:e1", slot, value, by="ann")
    assert "goma:e1" in ids(store, **filters)
    assert store.report("goma") == report()


def test_a_corrected_type_brings_its_score(store: Store) -> None:
    """A mode that the new type has not is dropped."""
    store.add(report())
    store.correct("goma:e1", "type", "AID", by="ann")
    event = store.event("goma:e1").event
    assert (event.mode, event.quad, event.score > 0) == (None, "material-cooperation", True)


def test_incidents_are_summed_up_as_judged(store: Store) -> None:
    """Without what was rejected, with what was corrected; what linking says later does not change that."""
    twice(store).merge("goma:i1", ["twin:i1"], by="ann")
    store.correct("goma:e1", "quantities", "at least 12 people [killed 5]", by="ann")
    assert store.incident("goma:i1").incident.toll["killed"].low == 5
    store.reject("twin:e1", by="ann")
    told = store.incident("goma:i1").incident
    assert (told.events, told.toll["killed"].high) == (("goma:e1",), 5)
    store.put_incident(replace(told, events=("goma:e1", "twin:e1"), toll={}), reason="updated")
    assert store.incident("goma:i1").incident == told
    store.undo(3, by="ann")
    assert store.incident("goma:i1").incident.events == ("goma:e1", "twin:e1")


def test_the_last_word_counts(store: Store) -> None:
    """All words stay on record."""
    store.add(report())
    store.reject("goma:e1", by="ann")
    store.correct("goma:e1", "mode", "firearms", by="ben")
    store.correct("goma:e1", "mode", "drone", by="ann")
    assert store.event("goma:e1").event.mode == "drone"
    store.undo(3, by="ben")
    assert (store.event("goma:e1").event.mode, store.event("goma:e1").judged) == ("firearms", "corrected")
    store.undo(4, by="ann")
    assert store.event("goma:e1").event.mode == "drone"
    assert [(item.id, item.kind, item.by) for item in store.judgements("goma:e1")] == [
        (1, "reject", "ann"), (2, "correct", "ben"), (3, "correct", "ann"), (4, "undo", "ben"),
    ]  # fmt: skip


def test_merged_incidents_are_one(store: Store) -> None:
    """With the history of both; the old id leads to the new."""
    twice(store).merge("goma:i1", ["twin:i1"], by="ann")
    assert store.incident("twin:i1").incident.events == ("goma:e1", "twin:e1")
    assert [version.reason for version in store.history("twin:i1")] == ["created", "merged"]
    assert store.history("goma:i1")[-1].detail == {"judgement": 1}
    assert store.constraints(["twin:e1"]) == (Constraint("together", ("goma:e1",), ("twin:e1",)),)


def test_split_incidents_are_two(store: Store) -> None:
    """And the merge no longer counts."""
    twice(store).merge("goma:i1", ["twin:i1"], by="ann")
    store.split("goma:i1", ["twin:e1"], by="ben")
    assert store.homes_of(["goma:e1", "twin:e1"]) == {"goma:e1": "goma:i1", "twin:e1": "goma:i1.2"}
    assert store.constraints(["goma:e1"]) == (Constraint("apart", ("goma:e1",), ("twin:e1",)),)
    with pytest.raises(StoreError, match="a split takes it back"):
        store.undo(1, by="ann")


def test_links_follow_merges(store: Store) -> None:
    """The answer answers the incident that its forerunner went into."""
    twice(store).merge("twin:i1", ["goma:i1"], by="ann")
    assert {(link.source, link.target) for link in store.links_of(["twin:i1"])} == {
        ("goma:i2", "twin:i1"),
        ("twin:i2", "twin:i1"),
    }


def recoded(told: Report, *events: Event) -> Report:
    """Return the report as another coder tells it: these events, each its own incident."""
    return replace(told, events=events, incidents=(), links=())


def test_judgements_outlive_a_recoding(store: Store) -> None:
    """They are found again by the words, whatever the events are called then."""
    store.add(report())
    store.correct("goma:e1", "mode", "firearms", by="ann")
    store.reject("goma:e2", by="ann")
    store.add(recoded(report(), replace(answer(), id="e1"), replace(shelling(), id="e2", mode="drone")))
    assert (store.event("goma:e2").event.mode, ids(store, judged="rejected")) == ("firearms", ["goma:e1"])


def test_a_lost_event_comes_back_with_its_judgement(store: Store) -> None:
    """When a coder finds it again."""
    store.add(report())
    store.reject("goma:e2", by="ann")
    store.add(recoded(report(), shelling()))
    store.add(report())
    assert ids(store) == ["goma:e1"]


def test_a_split_is_kept_by_linking(store: Store) -> None:
    """What was split by hand is not joined again."""
    for told in (report(), replace(report(), id="twin", published="2031-05-07")):
        store.add(told)
        link_across(told, store)
    store.split("goma:i1", ["twin:e1"], by="ann")
    link_across(store.report("twin"), store)
    assert store.homes_of(["twin:e1"]) == {"twin:e1": "goma:i1.2"}


def test_judged_events_are_gold(store: Store) -> None:
    """Corrected, without those rejected and what only a coder gives; also what a newer coder no longer finds."""
    twice(store)
    store.correct("goma:e1", "mode", "firearms", by="ann")
    store.confirm("twin:e1", by="ann")
    store.add(recoded(replace(report(), id="twin"), answer()))
    goma, twin = make_gold(store)
    assert [(event["id"], event["mode"], event["incident"]) for event in goma["events"]] == [("e1", "firearms", "i1")]
    assert [event["trigger"]["text"] for event in twin["events"]] == ["shelled"]
    assert {"score", "confidence", "evidence"} & set(goma["events"][0]) == set()


def test_only_whole_reports_are_fit_for_measuring(store: Store) -> None:
    """Of which every event was judged."""
    twice(store).confirm("goma:e1", by="ann")
    store.confirm("twin:i1", by="ann")
    store.reject("twin:i2", by="ann")
    assert [told["id"] for told in make_gold(store, whole=True)] == ["twin"]


def test_what_is_not_there_cannot_be_judged(store: Store) -> None:
    """Nor can an incident be corrected as a whole."""
    store.add(report())
    with pytest.raises(StoreError, match="found no event or incident 'x'"):
        store.confirm("x", by="ann")
    with pytest.raises(StoreError, match="not of an incident"):
        store.correct("goma:i1", "type", "AID", by="ann")
