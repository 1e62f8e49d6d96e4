"""The ladder of escalation: nine rungs from cooperation to heavy or mass violence, and the rung that an act reaches.

The order follows the levels of hostility of the Militarized Interstate Disputes (threat, display, use of force, war:
Jones, Bremer and Singer 1996, Conflict Management and Peace Science 15) with the steps below force of COPDAB (Azar
1980, Journal of Conflict Resolution 24); the types of act are PLOVER's. Knows nothing of parties or of time.
"""

from __future__ import annotations

from collections.abc import Mapping

from casus.records import Modality, Quad, Toll

RUNGS: tuple[str, ...] = (
    "cooperation", "talks", "demand or blame", "rejection or sanction", "threat", "mobilisation", "coercion",
    "limited violence", "heavy or mass violence",
)  # fmt: skip
NO_RUNG = -1
"""Of what was denied or is only thought possible: it is no step on the ladder."""
THREAT = RUNGS.index("threat")
COERCION = RUNGS.index("coercion")
LIMITED = RUNGS.index("limited violence")
HEAVY = RUNGS.index("heavy or mass violence")
MASS = 25
"""Dead of one happening from which on violence is on the top rung: what UCDP asks of a year to call it a conflict."""
HEAVY_MODES = frozenset({"aerial", "heavy-weapons", "unconventional"})
"""Modes of ASSAULT that need an army's arms; drones are not among them, they kill single men as well."""
BY_TYPE: Mapping[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 0, "AID": 0, "RETREAT": 0, "REQUEST": 2,
    "ACCUSE": 2, "REJECT": 3, "SANCTION": 3, "PROTEST": 3, "THREATEN": THREAT, "MOBILIZE": 5, "COERCE": COERCION,
    "ASSAULT": LIMITED,
}  # fmt: skip
BY_MODE: Mapping[tuple[str, str], int] = {
    ("PROTEST", "obstruct"): COERCION,
    ("PROTEST", "riot"): COERCION,
    ("PROTEST", "vandalize"): COERCION,
}
"""Modes that stand on another rung than their type: protest that lays hands on things constrains others."""


def rung_of(
    type_: str,
    mode: str | None,
    quad: Quad,
    modality: Modality = "actual",
    toll: Mapping[str, Toll] | None = None,
) -> int:
    """Return the rung that an act reaches, as an index into `RUNGS`.

    Material conflict that kills is at least limited violence, whatever its type; from `MASS` dead on, or with heavy
    arms, it is on the top rung. What is only planned reaches no higher than a threat, what is denied or only possible
    no rung at all (`NO_RUNG`).

    Args:
        type_: PLOVER type.
        mode: Mode of the type.
        quad: Quadrant of the type.
        modality: Whether it was done.
        toll: Kind → figures; of the dead the likeliest figure counts, else the lowest.

    >>> RUNGS[rung_of("ASSAULT", "firearms", "material-conflict")]
    'limited violence'
    >>> RUNGS[rung_of("ASSAULT", "firearms", "material-conflict", "future")]
    'threat'
    >>> RUNGS[rung_of("PROTEST", "riot", "material-conflict", toll={"killed": Toll(2, 3, 4)})]
    'limited violence'
    """
    if modality in ("negated", "hypothetical"):
        return NO_RUNG
    rung = BY_MODE.get((type_, mode or ""), BY_TYPE[type_])
    if modality == "future":
        return min(rung, THREAT)
    return max(rung, _violence(type_, mode, count_dead(toll))) if quad == "material-conflict" else rung


def count_dead(toll: Mapping[str, Toll] | None) -> int:
    """Return the likeliest number of dead of a toll, else the lowest, else none."""
    killed = (toll or {}).get("killed", Toll())
    return killed.best or killed.low or 0


def _violence(type_: str, mode: str | None, dead: int) -> int:
    """Return the rung that arms and dead alone would give."""
    if dead >= MASS or (type_ == "ASSAULT" and mode in HEAVY_MODES):
        return HEAVY
    return LIMITED if dead else 0
