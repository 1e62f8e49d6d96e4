"""Parties, days and places as tables of one actor and one target a row have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from casus.export.countries import codes_of
from casus.export.forms import word_set
from casus.export.losses import Losses
from casus.export.sources import Happening, Statement
from casus.ontology import CAMEO, NON_STATE, SECTORS
from casus.records import Party, Place, Quad
from casus.words import plain

CAMEO_ROOTS = {
    "AGREE": "030", "CONSULT": "040", "SUPPORT": "050", "CONCEDE": "080", "COOPERATE": "060", "AID": "070",
    "RETREAT": "080", "REQUEST": "100", "ACCUSE": "110", "REJECT": "120", "THREATEN": "130", "PROTEST": "140",
    "SANCTION": "160", "MOBILIZE": "150", "COERCE": "170", "ASSAULT": "190",
}  # fmt: skip
"""The CAMEO code of a PLOVER type where the event has none of its own: the root with a zero, "not specified below"."""
CAMEO_GUESSED = "without a CAMEO code, given that of their type"
QUAD_NUMBERS: dict[Quad, int] = {
    "verbal-cooperation": 1, "material-cooperation": 2, "verbal-conflict": 3, "material-conflict": 4,
}  # fmt: skip
"""As in GDELT and in PLOVER's JSON."""
CAMEO_SECTORS = {"JRN": "MED", "MED": "HLH", "SOC": "NGO", "PRM": "UAF", "PRE": "OPP"}
"""PLOVER's sectors that CAMEO spells otherwise or has only a wider role for; the others are spelt alike."""
CAMEO_ROLES = word_set("AGR BUS COP CRM CVL EDU ELI GOV HLH JUD LAB LEG MED MIL NGO OPP PTY REB REF REL SPY UAF")
CAMEO_GROUPS = {"UNO": "UNO", "EUR": "EEC", "IGO": "IGO", "NGO": "NGO", "ISM": "NGM", "IMG": "IMG", "MNC": "MNC"}
"""PLOVER's non-state codes as CAMEO's codes of known groups."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One actor and one recipient of an event or incident; `nth` of its pairs, counted from one; its CAMEO code."""

    told: Any
    actor: Party | None
    recipient: Party | None
    nth: int
    cameo: str = ""

    @property
    def whole(self) -> Any:
        """The event, or the incident."""
        return self.told.event if isinstance(self.told, Statement) else self.told.incident

    def name(self, id_: str) -> str:
        """Return an id for the row: the event's own for the first pair, else with its number."""
        return id_ if self.nth == 1 else f"{id_}/{self.nth}"


def make_pairs(told: Statement | Happening, losses: Losses, *, cameo: str = "") -> Iterator[Pair]:
    """Yield every actor with every recipient, as dyadic systems do; a side that is open stays open."""
    whole = told.event if isinstance(told, Statement) else told.incident
    pairs = [(actor, other) for actor in _open(whole.actors) for other in _open(whole.recipients)]
    if len(pairs) > 1:
        losses.change("rows more, as every actor is paired with every recipient", len(pairs) - 1)
    for nth, (actor, other) in enumerate(pairs, 1):
        yield Pair(told, actor, other, nth, cameo)


def _open(parties: Sequence[Party]) -> Sequence[Party | None]:
    return parties or (None,)


def first_sides(told: Happening) -> tuple[Party | None, Party | None]:
    """Return the first actor and the first recipient of an incident."""
    incident = told.incident
    return next(iter(incident.actors), None), next(iter(incident.recipients), None)


def count_dates(told: Statement, losses: Losses) -> None:
    """Count an event whose day is only that of its report, or not known at all."""
    if told.stored.day_from is None:
        losses.change("events without a day, as neither text nor report gives one")
    elif told.event.when is None:
        losses.change("events dated by the publication of their report, as the text gives no day")


def name_of(party: Party | None) -> str | None:
    """Return the name of a party, else its words."""
    return (party.name or plain(party.text)) if party else None


def sector_names(party: Party | None) -> str | None:
    """Return the sectors of a party in words, joined by commas."""
    return ",".join(SECTORS[code] for code in party.sectors) or None if party else None


def cameo_roles(party: Party | None) -> list[str]:
    """Return the sectors of a party as CAMEO's roles, each once; those that CAMEO lacks are left out."""
    roles = (CAMEO_SECTORS.get(code, code) for code in (party.sectors if party else ()))
    return list(dict.fromkeys(role for role in roles if role in CAMEO_ROLES))


def choose_cameo(codes: Iterable[str | None], kind: str) -> tuple[str, bool]:
    """Return the CAMEO code that most events have, else that of the PLOVER type, and whether it is only that."""
    counted = Counter(code for code in codes if code in CAMEO)
    if not counted:
        return CAMEO_ROOTS[kind], True
    return min(counted, key=lambda code: (-counted[code], code or "")) or "", False


def number_of(id_: str) -> int:
    """Return a number for an id, the same for ever: 52 bits, so that any spreadsheet holds it to the last digit.

    Two of 100,000 ids have the same with a probability of about one in a million.

    >>> number_of("goma:e1") == number_of("goma:e1") != number_of("goma:e2")
    True
    """
    return int.from_bytes(sha256(id_.encode()).digest()[:8], "big") >> 12


def place_name(pair: Pair) -> str | None:
    """Return the name of the place, else its words."""
    place: Place | None = pair.whole.where
    return (place.name or plain(place.text)) if place else None


def of_place(field: str) -> Callable[[Pair], Any]:
    """Return what gives a field of the place, None where there is no place."""
    return lambda pair: getattr(pair.whole.where, field, None)


def country_name(code: str | None) -> str | None:
    """Return the name of a country, else of PLOVER's non-state code."""
    codes = codes_of(code)
    return codes.name if codes else NON_STATE.get(code or "")


def spell_all(values: Iterable[str | None], mark: str = ";") -> str | None:
    """Return what there is of values, each once, joined by a mark; a mark within one becomes a comma."""
    kept = dict.fromkeys(value.replace(mark, ",") for value in values if value)
    return mark.join(kept) or None


def first_day(told: Happening) -> date | None:
    """Return the first day of an incident; None where it has none, or one that no calendar of today holds."""
    return _read_day(told.incident.when.start) if told.incident.when else None


def last_day(told: Happening) -> date | None:
    """Return the last day of an incident, as `first_day`."""
    return _read_day(told.incident.when.end) if told.incident.when else None


def _read_day(told: str) -> date | None:
    try:
        return date.fromisoformat(told[:10])
    except ValueError:
        return None
