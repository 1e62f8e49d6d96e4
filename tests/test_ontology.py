"""The tables hold all of PLOVER and CAMEO, agree with each other, and refuse unknown names."""

from collections.abc import Callable
from importlib.resources import files

import pytest

from casus import ontology
from casus.errors import OntologyError
from casus.ontology import CAMEO, CONTEXTS, NON_STATE, QUADS, SECTORS, TYPES

TABLES = files("casus") / "data" / "ontology"


def test_plover_is_complete() -> None:
    """There are as many names of each sort as the manual has."""
    modes = [mode for event_type in TYPES.values() for mode in event_type.modes]
    assert (len(TYPES), len(modes), len(CONTEXTS), len(SECTORS), len(QUADS), len(NON_STATE)) == (16, 67, 37, 25, 4, 7)


def test_every_type_has_a_known_quad() -> None:
    """Each quadrant has its types and no type stands outside."""
    assert {event_type.quad for event_type in TYPES.values()} == set(QUADS)


def test_cameo_is_complete() -> None:
    """20 roots, 149 three-digit and 147 four-digit codes, each below its parent."""
    assert [sum(len(code) == digits for code in CAMEO) for digits in (2, 3, 4)] == [20, 149, 147]
    assert [code for code in CAMEO if len(code) > 2 and code[:-1] not in CAMEO] == []


@pytest.mark.parametrize("name", ["quads", "types", "modes", "contexts", "sectors", "countries", "cameo"])
def test_tables_are_sorted_and_regular(name: str) -> None:
    """Rows are sorted, unique and as wide as the header."""
    header, *rows = (line.split("\t") for line in (TABLES / f"{name}.tsv").read_text("utf-8").splitlines())
    assert rows == sorted(rows)
    assert {len(row) for row in rows} == {len(header)}
    assert len({tuple(row[: 2 if name == "modes" else 1]) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("type_name", "mode", "score"),
    [
        ("AGREE", None, 2.5),
        ("CONSULT", "phone", 1.5),
        ("RETREAT", "resign", 4.5),
        ("REQUEST", "meet", 0),
        ("ASSAULT", "unconventional", -10),
    ],
)
def test_scores(type_name: str, mode: str | None, score: float) -> None:
    """A mode's score stands before its type's."""
    assert ontology.score_of(type_name, mode) == score


@pytest.mark.parametrize(
    ("code", "score"),
    [
        ("019", 3.4),
        ("0334", 6),
        ("0331", 5.2),
        ("087", 9),
        ("0874", 10),
        ("1411", -6.5),
        ("1821", -9),
        ("1823", -10),
        ("19", -10),
        ("155", None),
    ],
)
def test_goldstein(code: str, score: float | None) -> None:
    """Four digits take their parent's score, but for the exceptions; what came after the scale has none."""
    assert ontology.goldstein(code) == score


def test_only_two_codes_have_no_goldstein_score() -> None:
    """The scale covers all codes but the two later ones."""
    assert [code for code, entry in CAMEO.items() if entry.goldstein is None] == ["155", "176"]


@pytest.mark.parametrize(
    ("code", "type_name"),
    [
        ("010", None),
        ("0841", "RETREAT"),
        ("0831", "CONCEDE"),
        ("08", "CONCEDE"),
        ("190", "ASSAULT"),
        ("112", "ACCUSE"),
        ("102", "REQUEST"),
    ],
)
def test_cameo_falls_under_plover(code: str, type_name: str | None) -> None:
    """The root decides, and the third digit for 08."""
    assert ontology.plover_type(code) == type_name


def test_statements_alone_have_no_plover_type() -> None:
    """Every code but the 01s falls under a known type."""
    assert {entry.plover for code, entry in CAMEO.items() if not code.startswith("01")} == set(TYPES)


@pytest.mark.parametrize(
    ("look_up", "name", "listed"),
    [
        (ontology.type_of, "HUG", "ASSAULT"),
        (ontology.quad_of, "assault", "ASSAULT"),
        (ontology.context_of, "war", "military"),
        (ontology.sector_of, "ARMY", "MIL"),
        (ontology.cameo_of, "1900", "190"),
        (lambda name: ontology.mode_of("PROTEST", name), "drone", "riot"),
        (lambda name: ontology.mode_of("AID", name), "food", "none"),
    ],
)
def test_unknown_names_are_refused(look_up: Callable[[str], object], name: str, listed: str) -> None:
    """The error lists the names there are."""
    with pytest.raises(OntologyError) as caught:
        look_up(name)
    assert listed in caught.value.allowed.split()
