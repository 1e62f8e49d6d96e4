"""Each format under a validator that is not ours."""

import csv
import json
from pathlib import Path
from typing import Any

import hxl
import pytest
from frictionless import Package, validate
from geojson_pydantic import FeatureCollection
from jsonschema import Draft202012Validator
from stix2 import v21
from stix2validator import ValidationOptions, validate_file

from casus import CasusError, Store, export
from tests.export.builders import TEXT

# The Web Annotation Data Model (W3C, 2017) as far as exports use it: what it says MUST be, as a JSON schema.
URI = {"type": "string", "pattern": r"^(urn:[a-z0-9][a-z0-9-]*:|https?://)\S+$"}
POSITION = {
    "properties": {"type": {"const": "TextPositionSelector"}, "start": {"type": "integer", "minimum": 0},
                   "end": {"type": "integer", "minimum": 1}},
    "required": ["type", "start", "end"], "additionalProperties": False,
}  # fmt: skip
QUOTE = {
    "properties": {"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string", "minLength": 1},
                   "prefix": {"type": "string"}, "suffix": {"type": "string"}},
    "required": ["type", "exact"], "additionalProperties": False,
}  # fmt: skip
MOTIVATIONS = ("classifying", "identifying", "tagging", "describing", "linking")
TEXT_BODY = {
    "properties": {"type": {"const": "TextualBody"}, "purpose": {"enum": MOTIVATIONS}, "value": {"type": "string"}},
    "required": ["type", "value"], "additionalProperties": False,
}  # fmt: skip
RESOURCE_BODY = {
    "properties": {"type": {"const": "SpecificResource"}, "purpose": {"enum": MOTIVATIONS}, "source": URI},
    "required": ["source"], "additionalProperties": False,
}  # fmt: skip
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": URI,
        "type": {"const": "Annotation"},
        "motivation": {"enum": MOTIVATIONS},
        "generator": {"required": ["type", "name"]},
        "body": {"type": "array", "items": {"oneOf": [TEXT_BODY, RESOURCE_BODY]}},
        "target": {
            "required": ["source", "selector"],
            "properties": {
                "type": {"const": "SpecificResource"},
                "source": {"required": ["id", "format"], "properties": {"id": URI, "derivedFrom": URI}},
                "selector": {"type": "array", "prefixItems": [POSITION, QUOTE], "minItems": 2, "maxItems": 2},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
COLLECTION = {
    "type": "object",
    "required": ["@context", "id", "type", "first", "total"],
    "properties": {
        "@context": {"prefixItems": [{"const": "http://www.w3.org/ns/anno.jsonld"}]},
        "id": URI,
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer"},
        "first": {
            "required": ["id", "type", "items", "startIndex"],
            "properties": {"type": {"const": "AnnotationPage"}, "items": {"type": "array", "items": ANNOTATION}},
        },
    },
}


def load(store: Store, name: str, folder: Path) -> Any:
    """Return an export as JSON."""
    export.write(store, name, folder / "out.json")
    return json.loads((folder / "out.json").read_text("utf-8"))


def test_csv_is_a_valid_data_package(store: Store, tmp_path: Path) -> None:
    """Every cell is of the type and within the bounds that the descriptor gives."""
    export.write(store, "csv", tmp_path / "Events of May.csv")
    report = validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["fieldName", "type", "note"]) == []
    (resource,) = Package(str(tmp_path / "datapackage.json")).resources
    rows = resource.read_rows()
    assert [row["id"] for row in rows] == [event.id for event in store.events(oldest=True)]
    assert next(row for row in rows if row["id"] == "kassala:e1")["actor_ids"] == ["org-northern-front", None]


def test_the_data_package_would_find_a_wrong_cell(store: Store, tmp_path: Path) -> None:
    """So that a valid one means something."""
    export.write(store, "csv", tmp_path / "events.csv")
    text = (tmp_path / "events.csv").read_text("utf-8").replace(",-9.5,", ",-95,", 1)
    (tmp_path / "events.csv").write_text(text, "utf-8")
    found = validate(str(tmp_path / "datapackage.json")).flatten(["fieldName", "type"])
    assert found == [["score", "constraint-error"]]


def test_a_descriptor_of_other_files_is_kept(store: Store, tmp_path: Path) -> None:
    """It would be lost; the same file's own is renewed."""
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": "other.csv"}]}', "utf-8")
    with pytest.raises(CasusError, match=r"datapackage\.json: found the descriptor of other files"):
        export.write(store, "csv", tmp_path / "events.csv")
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": "events.csv"}]}', "utf-8")
    assert export.write(store, "csv", tmp_path / "events.csv").written == 9


def test_geojson_is_valid(store: Store, tmp_path: Path) -> None:
    """Points are longitude first, on the earth; incidents without coordinates have no geometry."""
    found = FeatureCollection.model_validate(load(store, "geojson", tmp_path))
    points = {feature.id: feature.geometry and tuple(feature.geometry.coordinates) for feature in found.features}
    assert points["kassala:i1"] == (36.39998, 15.45099)
    assert points["kassala:i2"] is None
    properties = next(feature.properties for feature in found.features if feature.id == "kassala:i1")
    assert properties is not None
    assert (properties["killed_high"], properties["reports"], properties["hedged"]) == (6, ["copy", "kassala"], 2)


def test_geojson_tells_how_many_features_have_no_point(store: Store, tmp_path: Path) -> None:
    """Eight incidents, one of them with coordinates."""
    told = export.write(store, "geojson", tmp_path / "out.geojson")
    assert (told.written, [loss.count for loss in told.changed]) == (8, [7])


def test_stix_is_valid(store: Store, tmp_path: Path) -> None:
    """By OASIS's validator, and by the library that reads it."""
    export.write(store, "stix", tmp_path / "out.json", include=["future", "negated"])
    result = validate_file(str(tmp_path / "out.json"), ValidationOptions(version="2.1", silent=True))
    assert [str(error) for part in result.object_results for error in part.errors] == []
    assert result.is_valid
    kinds = [one["type"] for one in json.loads((tmp_path / "out.json").read_text("utf-8"))["objects"]]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "identity": 8, "extension-definition": 1, "location": 3, "incident": 8, "relationship": 20,
    }  # fmt: skip


def test_stix_would_be_found_wrong(store: Store, tmp_path: Path) -> None:
    """So that a valid one means something."""
    bundle = load(store, "stix", tmp_path)
    next(one for one in bundle["objects"] if one["type"] == "incident").pop("name")
    (tmp_path / "bad.json").write_text(json.dumps(bundle), "utf-8")
    assert not validate_file(str(tmp_path / "bad.json"), ValidationOptions(version="2.1", silent=True)).is_valid


def test_stix_refers_to_nothing_that_is_not_there(store: Store, tmp_path: Path) -> None:
    """Every id is there once; every reference leads to one."""
    objects = load(store, "stix", tmp_path)["objects"]
    ids = [one["id"] for one in objects]
    assert len(ids) == len(set(ids))
    ends = {one[end] for one in objects for end in ("source_ref", "target_ref", "created_by_ref") if end in one}
    assert ends <= set(ids)


def test_stix_ids_are_those_of_every_export(store: Store, tmp_path: Path) -> None:
    """An incident and its parties have the same ids however few are asked for."""
    from casus import Filters

    whole = {one["id"] for one in load(store, "stix", tmp_path)["objects"]}
    export.write(store, "stix", tmp_path / "few.json", filters=Filters(mode="drone"))
    few = json.loads((tmp_path / "few.json").read_text("utf-8"))
    assert {one["id"] for one in few["objects"]} < whole
    assert few["id"] != json.loads((tmp_path / "out.json").read_text("utf-8"))["id"]


def test_stix_holds_the_incident_in_an_extension(store: Store, tmp_path: Path) -> None:
    """With toll and events; when it was first told is when it was created."""
    export.write(store, "stix", tmp_path / "out.json")
    bundle = v21.Bundle(**json.loads((tmp_path / "out.json").read_text("utf-8")), allow_custom=True)
    strike = next(one for one in bundle.objects if one["type"] == "incident" and "Kassala" in one["name"])
    (told,) = strike["extensions"].values()
    assert told["toll"] == {"killed": {"low": 4, "best": 4, "high": 6}}
    assert sorted(told["events"]) == ["copy:e1", "kassala:e1"]
    assert strike["created"] < strike["modified"]


def test_hxl_is_valid(store: Store, tmp_path: Path) -> None:
    """By libhxl, with its default schema; a filter on hashtags finds the strike."""
    export.write(store, "hxl", tmp_path / "out.csv")
    allowed = hxl.InputOptions(allow_local=True)
    with hxl.data(str(tmp_path / "out.csv"), allowed) as data:
        assert hxl.validate(data)["is_valid"]
    with hxl.data(str(tmp_path / "out.csv"), allowed) as data:
        found = list(data.with_rows("#affected+killed+max > 5"))
    assert [row.get("#event+id") for row in found] == ["kassala:i1"]
    assert found[0].get("#country+code") == "SDN"


def test_hxl_tags_every_column(store: Store, tmp_path: Path) -> None:
    """In the second row."""
    export.write(store, "hxl", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        header, tags, *_ = csv.reader(file)
    assert len(header) == len(tags) == len(set(tags))
    assert [tag for tag in tags if not tag.startswith("#")] == []


def test_annotations_follow_the_model(store: Store, tmp_path: Path) -> None:
    """W3C's data model, as far as it says what must be."""
    found = load(store, "annotations", tmp_path)
    assert [error.message for error in Draft202012Validator(COLLECTION).iter_errors(found)] == []
    items = found["first"]["items"]
    assert found["total"] == len(items) == len({item["id"] for item in items})


def test_annotations_point_at_their_words(store: Store, tmp_path: Path) -> None:
    """By place and by quotation alike, with a curly apostrophe before them."""
    for item in load(store, "annotations", tmp_path)["first"]["items"]:
        place, quotation = item["target"]["selector"]
        assert TEXT[place["start"] : place["end"]] == quotation["exact"]
        around = quotation["prefix"] + quotation["exact"] + quotation["suffix"]
        assert around in TEXT


def test_annotations_tell_every_slot_of_an_event(store: Store, tmp_path: Path) -> None:
    """Trigger first; the words of the time that a person gave are nobody's."""
    items = load(store, "annotations", tmp_path)["first"]["items"]
    slots: dict[str, list[str]] = {}
    for item in items:
        slots.setdefault(item["body"][-1]["source"], []).append(item["body"][0]["value"])
    assert slots["urn:casus:event:kassala:e1"] == [
        "trigger", "actor", "actor", "recipient", "source", "cue", "when", "where", "count",
    ]  # fmt: skip
    assert slots["urn:casus:event:copy:e2"] == ["trigger", "actor", "recipient", "where", "answer"]
    strike = next(item for item in items if item["body"][-1]["source"] == "urn:casus:event:kassala:e1")
    assert strike["body"][1]["value"] == "ASSAULT: drone (actual, hedged)"
    assert strike["target"]["source"]["derivedFrom"] == "https://wire.example/kassala?a=1&b=2"


def test_plover_records_have_the_manual_s_fields(store: Store, tmp_path: Path) -> None:
    """Those it asks for in all of them, and of actors, places and citations too."""
    export.write(store, "plover", tmp_path / "out.jsonl", include=["future", "negated"])
    records = {one["id"]: one for one in map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())}
    assert all({"id", "date", "source", "event"} <= set(record) for record in records.values())
    strike = records["kassala:e1"]
    assert [(actor["code"], actor["sector"], actor["identifier_text"]) for actor in strike["source"]] == [
        ("SDN", "REB", "Northern Front"), ("SDN", "REBUAF", "Reed Army"),
    ]  # fmt: skip
    assert (strike["event"], strike["mode"], strike["quad_code"]) == (["ASSAULT"], ["drone"], 4)
    assert (strike["event_loc"]["cc3"], strike["event_loc"]["country code"]) == ("SDN", "SD")
    assert strike["size"] == {"dead": 4}
    assert strike["comment"] == "hedged; the ministry claims"
    assert records["kassala:e3"]["comment"] == "future"
    assert records["kassala:e3"]["enddate"] == "2031-06-30"


def test_mermaid_draws_incidents_and_answers(store: Store, tmp_path: Path) -> None:
    """Nodes for all, arrows from cause to answer, quotes and tags of a text as text."""
    told = export.write(store, "mermaid", tmp_path / "out.mmd")
    lines = (tmp_path / "out.mmd").read_text("utf-8").splitlines()
    assert lines[0] == "flowchart LR"
    assert sum('["' in line for line in lines) == told.written == 8
    names = {line.rpartition("[")[2].split("]")[0]: line.split("[")[0].strip() for line in lines if '["' in line}
    assert f'  {names["kassala:i1"]} -->|"In return"| {names["kassala:i2"]}' in lines


def test_mermaid_is_cut_to_what_it_draws(long_store: Store, tmp_path: Path) -> None:
    """The newest are kept, the rest is counted."""
    told = export.write(long_store, "mermaid", tmp_path / "out.mmd")
    left = {loss.what: loss.count for loss in told.left_out}
    text = (tmp_path / "out.mmd").read_text("utf-8")
    assert told.written <= 200
    assert len(text) < 50_000
    assert left["incidents, as a flowchart has at most 200 of the newest"] == 1200 - told.written
    newest = [version.incident.id for version in long_store.incidents(limit=told.written)]
    assert [id_ for id_ in newest if f"[{id_}]" not in text] == []
