"""A report goes into the store and comes out as it was; twice is once; updates and recodings keep what was joined."""

from dataclasses import replace

import pytest

from casus import Store
from casus.errors import StoreError
from casus.records import Report
from casus.store.query import Filters
from tests.cli.builders import answer, report, shelling


def recoded(told: Report) -> Report:
    """Return the report as a coder tells it that finds the shelling alone."""
    return replace(told, events=(shelling(),), incidents=(told.incidents[1],), links=())


def test_a_report_comes_out_as_it_went_in(store: Store) -> None:
    """With all its events, incidents and links."""
    store.add(report())
    assert store.report("goma") == report()


def test_the_same_report_twice_is_one(store: Store) -> None:
    """The second time nothing is written."""
    assert [store.add(report()), store.add(report())] == ["added", "known"]
    assert (store.count_events(), store.count_incidents()) == (2, 2)


def test_another_coding_takes_the_place_of_the_first(store: Store) -> None:
    """Events that are no longer found are gone, and incidents without events are retired."""
    store.add(report())
    assert store.add(recoded(report())) == "recoded"
    assert store.report("goma") == recoded(report())
    assert [version.reason for version in store.history("goma:i2")] == ["created", "retired"]


def test_an_updated_text_keeps_the_old_one(store: Store) -> None:
    """The report as it was is still there."""
    store.add(report())
    assert store.add(replace(report(), text=f"{report().text} More soon.")) == "updated"
    assert store.past("goma") == (report(),)
    assert store.report("goma").text.endswith("More soon.")


def test_events_are_found_again_where_text_was_put_before_them(store: Store) -> None:
    """Their incident goes on, though all offsets moved."""
    store.add(report())
    moved = _moved(report(), "Update. ")
    store.add(moved)
    assert [version.reason for version in store.history("goma:i1")] == ["created", "updated"]
    assert store.events_in("goma")[0].incident == "goma:i1"


def _moved(told: Report, words: str) -> Report:
    """Return the report with words before its text."""

    def shift(value: object) -> object:
        if isinstance(value, dict):
            return {
                key: item + len(words) if key in ("start", "end") and isinstance(item, int) else shift(item)
                for key, item in value.items()
            }
        return [shift(item) for item in value] if isinstance(value, list) else value

    data = shift(told.to_json())
    assert isinstance(data, dict)
    return Report.from_json(data | {"text": words + told.text})


def test_what_was_joined_stays_joined_when_recoded(store: Store) -> None:
    """An incident of two reports goes on after one of them is coded anew."""
    store.add(report())
    store.add(replace(report(), id="twin"))
    store.merge("goma:i1", ["twin:i1"], by="ann")
    store.add(replace(report(), id="twin", events=(replace(shelling(), mode="firearms"), answer())))
    assert [event.id for event in store.events_of(["goma:i1"])["goma:i1"]] == ["goma:e1", "twin:e1"]


def test_an_event_without_incident_has_one_of_its_own(store: Store) -> None:
    """Reports that were coded but not linked can be stored too."""
    store.add(replace(report(), incidents=(), links=()))
    assert [event.incident for event in store.events(oldest=True)] == ["goma:i-e1", "goma:i-e2"]


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    """What fails at the end leaves nothing behind."""
    twice = replace(report(), id="odd", events=(shelling(), shelling()))
    with pytest.raises(StoreError, match="same id"):
        store.add_all([report(), twice])
    assert store.known(["goma", "odd"]) == {}


def test_what_intake_knows_is_kept(store: Store) -> None:
    """With the run that took the report in."""
    run = store.begin_run("ingest", {"code": "1"})
    store.add(report(), run, origin={"language": "en", "fetched": "2031-05-06T10:00:00Z", "source": "wire"})
    store.end_run(run, {"added": 1})
    told = store.provenance("goma")
    assert told.origin["source"] == "wire"
    assert told.run is not None
    assert (told.run.command, told.run.versions, told.run.counts) == ("ingest", {"code": "1"}, {"added": 1})


def test_reports_of_an_older_coder_are_known(store: Store) -> None:
    """Until they are added again by a newer one, even with the same result."""
    first, second = store.begin_run("ingest", {"code": "1"}), store.begin_run("recode", {"code": "2"})
    newer = store.coder_of_run(second)
    store.add(report(), first)
    assert store.report_ids(without_coder=newer) == ("goma",)
    assert store.add(report(), second) == "known"
    assert store.report_ids(without_coder=newer) == ()


def test_states_are_kept_by_key(store: Store) -> None:
    """Put, changed, listed and removed."""
    store.put_state("feed:a", {"etag": '"1"'})
    store.put_state("feed:a", {"etag": '"2"'})
    store.put_state("feed:b", 1)
    store.put_state("feed:b", None)
    assert (store.get_state("feed:a"), store.states("feed:")) == ({"etag": '"2"'}, {"feed:a": {"etag": '"2"'}})


def test_sketches_come_by_day(store: Store) -> None:
    """With the family of near-copies that the report belongs to."""
    store.add_all([report(), replace(report(), id="later", published="2031-06-01")])
    for id_ in ("goma", "later"):
        store.put_sketch(id_, b"\x00\x01")
    store.set_origin("goma", "wire")
    assert list(store.sketches(until="2031-05-31")) == [("goma", "wire", b"\x00\x01")]
    assert [event.origin for event in store.events(Filters(report="goma"))] == ["wire", "wire"]


def test_issues_are_kept_by_run(store: Store) -> None:
    """What was skipped, and why."""
    run = store.begin_run("ingest")
    store.add_issue(run, {"kind": "InputError", "message": "no text"})
    assert store.issues(run) == ({"kind": "InputError", "message": "no text"},)
