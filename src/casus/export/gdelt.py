"""A table in the shape of GDELT 2.0 event files: their sixty-one columns, tab-separated; our coding, not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from casus.export.countries import codes_of
from casus.export.forms import Column, Format, Kind, word_set
from casus.export.sides import (
    CAMEO_GROUPS,
    CAMEO_GUESSED,
    QUAD_NUMBERS,
    Pair,
    cameo_roles,
    choose_cameo,
    first_day,
    make_pairs,
    name_of,
    number_of,
    of_place,
    place_name,
)
from casus.export.sources import Happening, Source
from casus.export.tables import write_tabs
from casus.ontology import goldstein, quad_of
from casus.records import Party

ABSENT = "empty: Casus does not code it"
GEO_TYPES = {"country": 1, "region": 1, "admin1": 5, "city": 4, "near": 4, "point": 4}
COUNTRY, PRECISION = of_place("country"), of_place("precision")
UNDATED = "incidents without a day, which SQLDATE must have"


def _refuse(told: Happening) -> str | None:
    return None if first_day(told) else UNDATED


def _day(pair: Pair) -> date:
    day = first_day(pair.told)
    if day is None:
        raise ValueError("only dated incidents have rows")
    return day


def _fraction(pair: Pair) -> float:
    """The year and the share of it that has passed, GDELT's way: (month * 30 + day) / 365, to four places."""
    day = _day(pair)
    return round(day.year + (day.month * 30 + day.day) / 365, 4)


def _actor(nth: int) -> tuple[Column, ...]:
    """Return the ten columns of an actor, 1 or 2."""
    head, who = f"Actor{nth}", "actor" if nth == 1 else "recipient"

    def of(pair: Pair) -> Party | None:
        return pair.actor if nth == 1 else pair.recipient

    def role(place: int) -> Any:
        return lambda pair: next(iter(cameo_roles(of(pair))[place : place + 1]), None)

    return (
        Column(
            f"{head}Code", "string", f"CAMEO code of the {who}: country or group, then roles", lambda p: _whole(of(p))
        ),
        Column(f"{head}Name", "string", f"name of the {who}, else its words", lambda p: name_of(of(p))),
        Column(f"{head}CountryCode", "string", "ISO 3166-1 alpha-3, empty for non-states", lambda p: _state(of(p))),
        Column(f"{head}KnownGroupCode", "string", "CAMEO's code for PLOVER's non-state codes", lambda p: _group(of(p))),
        Column(f"{head}EthnicCode", "string", ABSENT),
        Column(f"{head}Religion1Code", "string", ABSENT),
        Column(f"{head}Religion2Code", "string", ABSENT),
        Column(f"{head}Type1Code", "string", "first sector as a CAMEO role", role(0)),
        Column(f"{head}Type2Code", "string", "second sector as a CAMEO role", role(1)),
        Column(f"{head}Type3Code", "string", "third sector as a CAMEO role", role(2)),
    )


def _group(party: Party | None) -> str | None:
    return CAMEO_GROUPS.get(party.country or "") if party else None


def _state(party: Party | None) -> str | None:
    return party.country if party and party.country and not _group(party) else None


def _whole(party: Party | None) -> str | None:
    return "".join([_group(party) or _state(party) or "", *cameo_roles(party)[:3]]) or None


def _geography(head: str, told: str, *, given: bool) -> tuple[Column, ...]:
    """Return the eight columns of a place; those of actors are empty."""
    names: tuple[tuple[str, Kind, str, Any], ...] = (
        ("Type", "integer", "1 country, 4 city, 5 first-level division", lambda p: GEO_TYPES.get(PRECISION(p))),
        ("FullName", "string", "name of the place, else its words", place_name),
        ("CountryCode", "string", "FIPS 10-4 code of the country", _fips),
        ("ADM1Code", "string", "empty: our divisions are GeoNames', not FIPS 10-4", None),
        ("ADM2Code", "string", ABSENT, None),
        ("Lat", "number", "degrees, north positive", of_place("lat")),
        ("Long", "number", "degrees, east positive", of_place("lon")),
        ("FeatureID", "string", "empty: our numbers are GeoNames', not GNS or GNIS", None),
    )
    return tuple(
        Column(f"{head}Geo_{name}", kind, words, give)
        if given and give
        else Column(f"{head}Geo_{name}", kind, told or words)
        for name, kind, words, give in names
    )


def _fips(pair: Pair) -> str | None:
    codes = codes_of(COUNTRY(pair))
    return codes.fips or None if codes else None


def _publishers(pair: Pair) -> int:
    heads = pair.told.heads.values()
    return len({head.publisher or head.id for head in heads})


COLUMNS = (
    Column("GLOBALEVENTID", "integer", "a number made of the incident's id, of 52 bits; the same in every export",
           lambda p: number_of(p.name(p.whole.id))),
    Column("SQLDATE", "integer", "first day as YYYYMMDD", lambda p: int(f"{_day(p):%Y%m%d}")),
    Column("MonthYear", "integer", "its month as YYYYMM", lambda p: int(f"{_day(p):%Y%m}")),
    Column("Year", "integer", "its year", lambda p: _day(p).year),
    Column("FractionDate", "number", "year and share of it passed, (month * 30 + day) / 365", _fraction),
    *_actor(1),
    *_actor(2),
    Column("IsRootEvent", "integer", "empty: Casus does not rank the events of a report"),
    Column("EventCode", "string", "CAMEO 1.1b3; that of the PLOVER type where no event has a code",
           lambda p: p.cameo),
    Column("EventBaseCode", "string", "its first three digits", lambda p: p.cameo[:3]),
    Column("EventRootCode", "string", "its first two digits", lambda p: p.cameo[:2]),
    Column("QuadClass", "integer", "quadrant of the PLOVER type: 1 verbal, 2 material cooperation; 3, 4 conflict",
           lambda p: QUAD_NUMBERS[quad_of(p.whole.type)]),
    Column("GoldsteinScale", "number", "Goldstein score of the CAMEO code, -10 to +10",
           lambda p: goldstein(p.cameo)),
    Column("NumMentions", "integer", "events that tell of the incident", lambda p: len(p.told.events)),
    Column("NumSources", "integer", "publishers of its reports", _publishers),
    Column("NumArticles", "integer", "reports that tell of it", lambda p: len(p.told.heads)),
    Column("AvgTone", "number", ABSENT),
    *_geography("Actor1", ABSENT, given=False),
    *_geography("Actor2", ABSENT, given=False),
    *_geography("Action", "", given=True),
    Column("DATEADDED", "integer", "when the incident came to be as it is now, YYYYMMDDHHMMSS in UTC",
           lambda p: int("".join(c for c in p.told.version.valid_from if c.isdigit())[:14].ljust(14, "0"))),
    Column("SOURCEURL", "string", "address of the first of its reports that has one",
           lambda p: next((head.url for head in p.told.heads.values() if head.url), None)),
)  # fmt: skip


def _rows(source: Source) -> Iterator[Pair]:
    losses = source.losses
    for told in source.happenings(_refuse):
        kind = told.incident.type
        code, guessed = choose_cameo((one.event.cameo for one in told.events if one.event.type == kind), kind)
        if guessed:
            losses.change(f"incidents {CAMEO_GUESSED}")
        yield from make_pairs(told, losses, cameo=code)


def _write(source: Source, file: BinaryIO) -> None:
    source.losses.written = write_tabs(file, COLUMNS, _rows(source))


FORMAT = Format(
    name="gdelt",
    title="GDELT-shaped table",
    about="The columns of GDELT 2.0 event files, in their order; the coding is that of Casus, not of GDELT. An "
    "incident is a row for every pair of parties, however many reports tell of it.",
    unit="incidents",
    suffix=".gdelt.tsv",
    media="text/tab-separated-values",
    columns=COLUMNS,
    keeps=word_set(
        "incident stored_incidents cameo quad party_names party_countries party_sectors further_parties when "
        "where coordinates"
    ),
    write=_write,
    notes=(
        "GDELT's own files have no header; this one has, so that it is not taken for theirs: skip one line.",
        "CAMEO codes mean what the manual 1.1b3 says.",
    ),
)
