"""A table in the shape of ACLED's: their thirty-one columns; our coding, not theirs, and violence or protest only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from casus.export.countries import codes_of
from casus.export.forms import Column, Format, word_set
from casus.export.sides import country_name, first_day, first_sides, name_of, spell_all
from casus.export.sources import Happening, Source
from casus.export.tables import write_csv
from casus.records import Party, Place
from casus.words import plain, toll_words, what_words

ABSENT = "empty: Casus does not code it"
BATTLES, REMOTE, CIVILIANS = "Battles", "Explosions/Remote violence", "Violence against civilians"
PROTESTS, RIOTS, STRATEGIC = "Protests", "Riots", "Strategic developments"
SUBTYPES: dict[tuple[str, str | None], tuple[str, str]] = {
    ("ASSAULT", "aerial"): (REMOTE, "Air/drone strike"),
    ("ASSAULT", "drone"): (REMOTE, "Air/drone strike"),
    ("ASSAULT", "heavy-weapons"): (REMOTE, "Shelling/artillery/missile attack"),
    ("ASSAULT", "explosives"): (REMOTE, "Remote explosive/landmine/IED"),
    ("ASSAULT", "suicide-attack"): (REMOTE, "Suicide bomb"),
    ("ASSAULT", "unconventional"): (REMOTE, "Chemical weapon"),
    ("ASSAULT", "abduct"): (CIVILIANS, "Abduction/forced disappearance"),
    ("ASSAULT", "sexual"): (CIVILIANS, "Sexual violence"),
    ("ASSAULT", "destroy"): (STRATEGIC, "Looting/property destruction"),
    ("ASSAULT", "crowd-control"): (PROTESTS, "Excessive force against protesters"),
    ("PROTEST", "riot"): (RIOTS, "Violent demonstration"),
    ("PROTEST", "vandalize"): (RIOTS, "Violent demonstration"),
    ("COERCE", "arrest"): (STRATEGIC, "Arrests"),
    ("COERCE", "seize"): (STRATEGIC, "Looting/property destruction"),
    ("RETREAT", "ceasefire"): (STRATEGIC, "Agreement"),
    ("RETREAT", "withdraw"): (STRATEGIC, "Change to group/activity"),
    ("RETREAT", "disarm"): (STRATEGIC, "Change to group/activity"),
    ("MOBILIZE", "troops"): (STRATEGIC, "Change to group/activity"),
    ("MOBILIZE", "militia"): (STRATEGIC, "Change to group/activity"),
}
"""ACLED's event and sub-event type of a PLOVER type and mode, after the definitions of ACLED's codebook (2024)."""
PEACEFUL = (PROTESTS, "Peaceful protest")
CLASH, ATTACK = (BATTLES, "Armed clash"), (CIVILIANS, "Attack")
ARMED = word_set("MIL COP REB PRM UAF SPY GOV")
DISORDER = {STRATEGIC: "Strategic developments", PROTESTS: "Demonstrations"}
INTER = {
    "State forces": "MIL COP SPY GOV JUD LEG",
    "Rebel group": "REB",
    "Political militia": "PRM UAF CRM PTY OPP PRE",
    "Civilians": "CVL AGR BUS EDU ELI JRN LAB MED REF REL SOC",
}
EXTERNAL = "External/Other forces"
TIMES = {"day": 1, "week": 2}
PLACES = {"point": 1, "city": 1, "near": 2}
NO_TYPE = "incidents of types that ACLED does not code: talk, aid, sanctions and the like"
NOBODY = "assaults on nobody that is named, taken for attacks on civilians"
NO_DAY = "incidents without a day, which event_date must have"


def find_type(told: Happening) -> tuple[str, str] | None:
    """Return ACLED's event type and sub-event type; None for what ACLED does not code."""
    incident = told.incident
    if found := SUBTYPES.get((incident.type, incident.mode)):
        return found
    if incident.type == "PROTEST":
        return PEACEFUL
    if incident.type != "ASSAULT":
        return None
    both = bool(incident.actors) and bool(incident.recipients)
    return CLASH if both and _is_armed(incident.actors[0]) and _is_armed(incident.recipients[0]) else ATTACK


def _is_armed(party: Party) -> bool:
    return not ARMED.isdisjoint(party.sectors) or (party.country is not None and not party.sectors)


def _inter(party: Party | None, kind: str, place: str | None) -> str | None:
    """Return ACLED's type of a party; forces of a state or of many states are external away from their own country."""
    if party is None:
        return None
    first = next(iter(party.sectors), "")
    name = next((name for name, codes in INTER.items() if first in codes.split()), None)
    if name == "Civilians":
        return {PROTESTS: "Protesters", RIOTS: "Rioters"}.get(kind, name)
    abroad = party.country is not None and (not codes_of(party.country) or (place and place != party.country))
    return EXTERNAL if abroad and name in ("State forces", None) else name


def _inters(told: Happening) -> tuple[str | None, str | None]:
    kind = (find_type(told) or PEACEFUL)[0]
    one, other = first_sides(told)
    return _inter(one, kind, _code(told)), _inter(other, kind, _code(told))


def _allies(parties: tuple[Party, ...]) -> str | None:
    return spell_all(name_of(party) for party in parties[1:])


def _interaction(told: Happening) -> str | None:
    one, other = _inters(told)
    return f"{one}-{other}" if one and other else f"{one} only" if one else None


def _disorder(told: Happening) -> str:
    kind, subtype = find_type(told) or PEACEFUL
    if kind == RIOTS:
        return "Demonstrations" if subtype == "Violent demonstration" else "Political violence"
    if subtype == "Excessive force against protesters":
        return "Political violence; Demonstrations"
    return DISORDER.get(kind, "Political violence")


def _targets_civilians(told: Happening) -> str | None:
    kind = (find_type(told) or PEACEFUL)[0]
    hit = kind == CIVILIANS or (kind == REMOTE and _inters(told)[1] == "Civilians")
    return "Civilian targeting" if hit else None


def _place(told: Happening) -> Place | None:
    return told.incident.where


def _code(told: Happening) -> str | None:
    where = told.incident.where
    return where.country if where else None


def _scale(told: Happening, *, name: bool) -> str | None:
    codes = codes_of(_code(told))
    return (codes.name if name else codes.acled) if codes else None


def _note(told: Happening) -> str:
    toll = (toll_words(kind, count) for kind, count in told.incident.toll.items())
    sides = " on ".join(party for party in map(name_of, first_sides(told)) if party)
    parts = (what_words(told.incident.type, told.incident.mode), sides, *toll, told.incident.status)
    return "Casus: " + ", ".join(part for part in parts if part)


def _deaths(told: Happening) -> int:
    toll = told.incident.toll.get("killed")
    return (toll.best or 0) if toll else 0


def _stamp(told: Happening) -> int:
    moment = datetime.fromisoformat(told.version.valid_from)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


COLUMNS = (
    Column("event_id_cnty", "string", "id of the incident in the store", lambda h: h.incident.id),
    Column("event_date", "date", "first day", first_day),
    Column("year", "year", "its year", lambda h: h.incident.when.start[:4]),
    Column("time_precision", "integer", "1 day, 2 week, 3 month or wider",
           lambda h: TIMES.get(h.incident.when.precision, 3)),
    Column("disorder_type", "string", "ACLED's, from the event type", _disorder),
    Column("event_type", "string", "ACLED's, from PLOVER type and mode", lambda h: (find_type(h) or PEACEFUL)[0]),
    Column("sub_event_type", "string", "ACLED's, from PLOVER type and mode", lambda h: (find_type(h) or PEACEFUL)[1]),
    Column("actor1", "string", "name of the first actor, else its words", lambda h: name_of(first_sides(h)[0])),
    Column("assoc_actor_1", "string", "the other actors, parted by semicolons", lambda h: _allies(h.incident.actors)),
    Column("inter1", "string", "ACLED's type of actor1, from its PLOVER sector", lambda h: _inters(h)[0]),
    Column("actor2", "string", "name of the first recipient, else its words", lambda h: name_of(first_sides(h)[1])),
    Column("assoc_actor_2", "string", "the other recipients, alike", lambda h: _allies(h.incident.recipients)),
    Column("inter2", "string", "ACLED's type of actor2, from its PLOVER sector", lambda h: _inters(h)[1]),
    Column("interaction", "string", "inter1 and inter2 joined", _interaction),
    Column("civilian_targeting", "string", "Civilian targeting, where civilians were attacked", _targets_civilians),
    Column("iso", "integer", "ISO number of the country", lambda h: getattr(codes_of(_code(h)), "number", None)),
    Column("region", "string", "ACLED's region of the country", lambda h: _scale(h, name=False)),
    Column("country", "string", "name of the country of the place", lambda h: country_name(_code(h))),
    Column("admin1", "string", "first-level division", lambda h: getattr(_place(h), "admin1", None)),
    Column("admin2", "string", ABSENT),
    Column("admin3", "string", ABSENT),
    Column("location", "string", "name of the place, else its words",
           lambda h: h.incident.where and (h.incident.where.name or plain(h.incident.where.text))),
    Column("latitude", "number", "degrees, north positive", lambda h: getattr(_place(h), "lat", None)),
    Column("longitude", "number", "degrees, east positive", lambda h: getattr(_place(h), "lon", None)),
    Column("geo_precision", "integer", "1 place or city, 2 near it, 3 division or wider",
           lambda h: PLACES.get(h.incident.where.precision, 3) if h.incident.where else None),
    Column("source", "string", "publishers of its reports, parted by semicolons",
           lambda h: spell_all(head.publisher for head in h.heads.values())),
    Column("source_scale", "string", ABSENT),
    Column("notes", "string", "type, sides, tolls and status in our words", _note),
    Column("fatalities", "integer", "best number of killed, 0 where no report gives one, as ACLED has it", _deaths),
    Column("tags", "string", ABSENT),
    Column("timestamp", "integer", "when the incident came to be as it is now, in seconds since 1970", _stamp),
)  # fmt: skip


def _refuse(told: Happening) -> str | None:
    if find_type(told) is None:
        return NO_TYPE
    return None if first_day(told) else NO_DAY


def _rows(source: Source) -> Iterator[Happening]:
    for told in source.happenings(_refuse):
        if find_type(told) == ATTACK and not told.incident.recipients:
            source.losses.change(NOBODY)
        yield told


def _write(source: Source, file: BinaryIO) -> None:
    source.losses.written = write_csv(file, COLUMNS, _rows(source))


FORMAT = Format(
    name="acled",
    title="ACLED-shaped table",
    about="The columns of ACLED's data export, in their order; the coding is that of Casus, by machine, not ACLED's by "
    "hand. A row is an incident of violence, protest or a strategic development.",
    unit="incidents",
    suffix=".acled.csv",
    media="text/csv",
    columns=COLUMNS,
    keeps=word_set("incident stored_incidents party_names further_parties when where coordinates admin1 killed"),
    write=_write,
    notes=(
        "Casus does not know ACLED's actors, armed groups' histories or its rules for one event a day and place: "
        "compare counts with care.",
    ),
)
