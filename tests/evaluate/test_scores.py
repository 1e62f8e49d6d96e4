"""What each slot counts, and that all figures are those of the shared tool."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from casus.evaluate import Count, match_reports, read_gold, read_told, score_all
from tests.evaluate.builders import bombed, event, match, party, report, sent, shelled

SHARED = Path(__file__).parents[3] / "shared"
FOREIGN = [party("Rebels", "RWA", "REB")]
OTHER_TIME = {"start": "2031-05-01", "end": "2031-05-31"}


def count(slot: str, gold: dict[str, Any], own: dict[str, Any]) -> Count:
    """Return the figures of one slot."""
    return score_all([match(gold, own)]).slots[slot]


@pytest.mark.parametrize(
    ("slot", "own", "expected"),
    [
        ("found", [shelled(type="COERCE")], Count(1, 1, 1)),
        ("type", [shelled(type="COERCE")], Count(0, 1, 1)),
        ("report types", [shelled(), sent()], Count(1, 2, 1)),
        ("mode", [shelled(mode=None)], Count(0, 0, 1)),
        ("mode", [shelled(mode="aerial")], Count(0, 1, 1)),
        ("actor", [shelled(actors=FOREIGN)], Count(0, 1, 1)),
        ("recipient", [shelled(recipients=[])], Count(0, 0, 1)),
        ("sectors", [shelled(actors=[party("Rebels", "COD", "MIL")])], Count(1, 2, 2)),
        ("who-did-what-to-whom", [shelled(), sent()], Count(1, 2, 1)),
        ("who-did-what-to-whom", [shelled(actors=FOREIGN)], Count(0, 1, 1)),
        ("modality", [shelled(modality="future")], Count(0, 1, 1)),
        ("attribution", [shelled(attribution={"text": "the police chief"})], Count(1, 1, 1)),
        ("attribution", [shelled(attribution={"text": "an aide", "country": "RWA"})], Count(0, 1, 1)),
        ("when", [shelled(when=OTHER_TIME)], Count(0, 1, 1)),
        ("when", [shelled(when={"start": "soon", "end": "soon"})], Count(0, 1, 1)),
        ("where", [shelled(where={"name": "Gisenyi", "lat": -1.7, "lon": 29.26})], Count(1, 1, 1)),
        ("where", [shelled(where={"name": "GOMA", "country": "COD"})], Count(1, 1, 1)),
        ("where", [shelled(where={"name": "Goma", "country": "RWA"})], Count(0, 1, 1)),
        ("quantity", [shelled(quantities=[{"kind": "killed", "min": 12, "max": 12}])], Count(0, 1, 1)),
        ("actor", [], Count(0, 0, 1)),
        ("whole record", [shelled()], Count(9, 9, 9)),
        ("whole record", [shelled(), event("e9", "troops", "AID", actors=FOREIGN)], Count(9, 11, 9)),
    ],
)
def test_slots(slot: str, own: list[dict[str, Any]], expected: Count) -> None:
    """Against the shelling, with every slot."""
    assert count(slot, report(shelled()), report(*own)) == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([shelled(), bombed(responds_to=[{"id": "e1", "cue": None}])], Count(1, 1, 1)),
        ([shelled(), bombed(responds_to=[])], Count(0, 0, 1)),
        ([shelled(responds_to=["e2"]), bombed()], Count(1, 2, 1)),
        ([shelled(), bombed(responds_to=["e8"])], Count(0, 1, 1)),
    ],
)
def test_answers_are_between_incidents(own: list[dict[str, Any]], expected: Count) -> None:
    """One to a statement that the gold has not is wrong."""
    assert count("responds_to", report(shelled(), bombed()), report(*own)) == expected


def test_incidents_are_pairs_of_statements() -> None:
    """That share one."""
    gold = report(shelled(), bombed(incident="i1"), sent(incident="i1"))
    own = report(shelled(), bombed(incident="i1"), sent(incident="i9"))
    assert count("incident", gold, own) == Count(1, 1, 3)


def test_types_and_modes() -> None:
    """And what is taken for what."""
    scores = score_all([match(report(shelled(), sent()), report(shelled(mode="aerial"), sent(type="AID")))])
    assert scores.types == {"AID": Count(0, 1, 0), "ASSAULT": Count(1, 1, 1), "MOBILIZE": Count(0, 0, 1)}
    assert scores.kinds["ASSAULT", "heavy-weapons"] == Count(0, 0, 1)
    assert scores.kinds["ASSAULT", "aerial"] == Count(0, 1, 0)
    assert scores.taken == {("MOBILIZE", "AID"): 1}
    assert scores.macro_f1 == 50.0


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Write a gold folder from the shared gold and a coded file that differs from it in many ways."""
    if not (SHARED / "tools" / "score.py").is_file() or not list((SHARED / "gold" / "reference").glob("*.json")):
        pytest.skip("the shared tool and gold lie beside the project only where it is developed")
    gold = SHARED / "gold" / "reference"
    coded = tmp_path / "coded.jsonl"
    reports = [json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))]
    coded.write_text("".join(json.dumps(spoil(one)) + "\n" for one in reports), "utf-8")
    return gold, coded


def spoil(told: dict[str, Any]) -> dict[str, Any]:
    """Return a report with every third statement wrong in one way or another."""
    events = []
    for number, item in enumerate(told["events"][:-2]):
        faults: tuple[dict[str, Any], ...] = (
            {}, {"type": "AID"}, {"actors": []}, {"when": None}, {"mode": None}, {"incident": "i1"}, {"where": None},
            {"responds_to": ["e1"]}, {"recipients": item["actors"]}, {"trigger": item["sentence"] | {"text": ""}},
            {"quantities": []}, {"attribution": None}, {"modality": "negated"},
        )  # fmt: skip
        events.append(item | faults[number % len(faults)])
    return told | {"events": events}


def test_all_figures_are_those_of_the_shared_tool(files: tuple[Path, Path]) -> None:
    """On the reference report, spoilt in a dozen ways."""
    gold, coded = files
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    theirs = tool.load_gold(gold)
    predicted = tool.load_predicted(coded, theirs)
    told = read_gold(gold)
    ours = score_all(match_reports(told, read_told(coded))).to_json()
    assert ours.pop("types") == tool.by_type(theirs, predicted)
    ours.pop("taken")
    assert ours == tool.score(theirs, predicted)
