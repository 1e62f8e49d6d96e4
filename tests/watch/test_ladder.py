"""The ladder of escalation."""

import pytest

from casus.ontology import TYPES, quad_of
from casus.records import Modality, Toll
from casus.watch.ladder import BY_TYPE, HEAVY, MASS, NO_RUNG, RUNGS, THREAT, rung_of


def dead(number: int) -> dict[str, Toll]:
    """Return a toll of so many dead."""
    return {"killed": Toll(number, number, number)}


@pytest.mark.parametrize(
    ("type_", "mode", "killed", "expected"),
    [
        ("AID", None, 0, "cooperation"),
        ("RETREAT", "ceasefire", 0, "cooperation"),
        ("CONSULT", "visit", 0, "talks"),
        ("AGREE", None, 0, "talks"),
        ("REQUEST", "yield", 0, "demand or blame"),
        ("ACCUSE", "allege", 0, "demand or blame"),
        ("REJECT", "meet", 0, "rejection or sanction"),
        ("SANCTION", "expel", 0, "rejection or sanction"),
        ("PROTEST", "demo", 0, "rejection or sanction"),
        ("PROTEST", "obstruct", 0, "coercion"),
        ("PROTEST", "riot", 0, "coercion"),
        ("PROTEST", "riot", 3, "limited violence"),
        ("THREATEN", "violence", 0, "threat"),
        ("THREATEN", "violence", 40, "threat"),
        ("ACCUSE", "allege", 40, "demand or blame"),
        ("MOBILIZE", "troops", 0, "mobilisation"),
        ("COERCE", "arrest", 0, "coercion"),
        ("COERCE", "arrest", 1, "limited violence"),
        ("ASSAULT", "drone", 0, "limited violence"),
        ("ASSAULT", "firearms", MASS - 1, "limited violence"),
        ("ASSAULT", "firearms", MASS, "heavy or mass violence"),
        ("ASSAULT", "aerial", 0, "heavy or mass violence"),
        ("ASSAULT", "heavy-weapons", 0, "heavy or mass violence"),
    ],
)
def test_acts_stand_on_their_rung(type_: str, mode: str | None, killed: int, expected: str) -> None:
    """By type and mode; dead lift material conflict only."""
    assert RUNGS[rung_of(type_, mode, quad_of(type_), "actual", dead(killed))] == expected


@pytest.mark.parametrize(
    ("type_", "modality", "expected"),
    [
        ("ASSAULT", "future", THREAT),
        ("MOBILIZE", "future", THREAT),
        ("SANCTION", "future", RUNGS.index("rejection or sanction")),
        ("ASSAULT", "hypothetical", NO_RUNG),
        ("ASSAULT", "negated", NO_RUNG),
    ],
)
def test_what_was_not_done_does_not_climb(type_: str, modality: Modality, expected: int) -> None:
    """A plan is a threat at most, what is denied or possible no step."""
    assert rung_of(type_, None, quad_of(type_), modality, dead(99)) == expected


def test_every_type_and_mode_has_a_rung() -> None:
    """Cooperation stands below conflict, verbal below violent, and each rung is reached by something."""
    modes = [(name, mode) for name, kind in TYPES.items() for mode in (None, *kind.modes)]
    reached = {rung_of(name, mode, quad_of(name)) for name, mode in modes}
    assert reached == set(range(len(RUNGS)))
    assert set(BY_TYPE) == set(TYPES)
    assert max(BY_TYPE[name] for name in TYPES if "cooperation" in quad_of(name)) < min(
        BY_TYPE[name] for name in TYPES if "conflict" in quad_of(name)
    )


def test_no_mode_stands_below_its_type() -> None:
    """A mode can only be graver."""
    assert [
        (name, mode)
        for name, kind in TYPES.items()
        for mode in kind.modes
        if rung_of(name, mode, kind.quad) < BY_TYPE[name]
    ] == []


@pytest.mark.parametrize(
    ("toll", "expected"), [(Toll(30, None, None), HEAVY), (Toll(None, None, 90), HEAVY - 1), (Toll(1, 26, 90), HEAVY)]
)
def test_the_likeliest_figure_counts(toll: Toll, expected: int) -> None:
    """Else the lowest; an open "up to" lifts nothing."""
    assert rung_of("ASSAULT", None, "material-conflict", toll={"killed": toll}) == expected
