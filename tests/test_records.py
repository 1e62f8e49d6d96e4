"""Records go to JSON and back unchanged, and refuse what record.md does not name."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casus import records
from casus.errors import RecordError
from casus.records import Answer, Attribution, Event, Extent, Link, Party, Record, Report, Span

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | NUMBERS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2).map(tuple) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(),
    bool: st.booleans(),
    float: NUMBERS,
    Any: JSON,
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for values annotated with `hint`."""
    arguments = get_args(hint)
    if get_origin(hint) is Literal:
        return st.sampled_from(arguments)
    if get_origin(hint) is tuple:
        return st.lists(values(arguments[0]), max_size=2).map(tuple)
    if get_origin(hint) is Mapping:
        return st.dictionaries(st.text(max_size=5), values(arguments[1]), max_size=2)
    if get_origin(hint) is UnionType:
        return st.none() | values(arguments[0])
    return whole(hint) if is_dataclass(hint) else PLAIN[hint]


def whole(kind: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for records of `kind` with every field filled."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{item.name: values(hints[item.name]) for item in fields(kind)})


def kinds() -> list[type[Record]]:
    """Return every record that has a form in JSON."""
    named = [getattr(records, name) for name in records.__all__]
    return [kind for kind in named if is_dataclass(kind) and hasattr(kind, "from_json")]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_record_survives_json(kind: type[Record]) -> None:
    """Written, printed, parsed and read again, a record equals itself."""

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(whole(kind))
    def round_trip(record: Record) -> None:
        assert kind.from_json(json.loads(json.dumps(record.to_json()))) == record

    round_trip()


def event(**changes: object) -> dict[str, Any]:
    """Return a small event as JSON, with changes."""
    small = Event(
        id="e1",
        trigger=Span(0, 4, "fled"),
        sentence=Extent(0, 5),
        type="RETREAT",
        score=6.5,
        quad="material-cooperation",
    )
    return small.to_json() | changes


@pytest.mark.parametrize(
    ("changes", "field", "found", "allowed"),
    [
        ({"actor": []}, "Event", "actor", "actors"),
        ({"modality": "maybe"}, "Event.modality", "maybe", "actual future hypothetical negated"),
        ({"hedged": "no"}, "Event.hedged", "no", "bool"),
        ({"score": True}, "Event.score", True, "float"),
        ({"contexts": "military"}, "Event.contexts", "military", "a list"),
        ({"trigger": {"start": 0, "end": 4}}, "Event.trigger.text", None, "missing"),
        ({"trigger": {"start": "0", "end": 4, "text": "fled"}}, "Event.trigger.start", "0", "int"),
        ({"responds_to": [{"id": "e2"}, {"id": 3}]}, "Event.responds_to[1].id", 3, "str"),
        ({"evidence": []}, "Event.evidence", [], "an object"),
        ({"sentence": None}, "Event.sentence", None, "Extent"),
    ],
)
def test_reading_is_strict(changes: dict[str, Any], field: str, found: object, allowed: str) -> None:
    """What does not follow record.md is named with its path, what was found and what is allowed."""
    with pytest.raises(RecordError) as caught:
        Event.from_json(event(**changes))
    assert (caught.value.field, caught.value.found) == (field, found)
    assert allowed in caught.value.allowed


def test_link_names_its_ends_as_record_md_does() -> None:
    """A link's source and target are `from` and `to` in JSON."""
    assert list(Link("i2", "i1", "responds_to").to_json()) == ["from", "to", "kind", "explicit", "cue", "confidence"]


def test_attribution_is_a_party_with_a_stance() -> None:
    """An attribution is a party and keeps the party's fields first."""
    source = Attribution(0, 4, "Iran", country="IRN", stance="claims", cue=Span(5, 9, "said"))
    assert isinstance(source, Party)
    assert list(source.to_json())[-3:] == ["stance", "named", "cue"]


def test_a_report_may_come_without_what_coding_adds() -> None:
    """Text and id make a report; events, incidents and links are empty until coded."""
    assert Report.from_json({"id": "r1", "text": "Rain."}) == Report(id="r1", text="Rain.")


def test_records_can_be_members_of_sets() -> None:
    """Records are hashable, those with mappings too."""
    told = Event.from_json(event(evidence={"entry": "flee"}, responds_to=[{"id": "e2"}]))
    assert len({told, told}) == 1
    assert told.responds_to == (Answer("e2"),)
