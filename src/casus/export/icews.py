"""A table in the shape of the ICEWS coded event data: their twenty columns, tab-separated; our coding, not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from casus.export.forms import Column, Format, word_set
from casus.export.sides import (
    CAMEO_GUESSED,
    Pair,
    choose_cameo,
    count_dates,
    country_name,
    make_pairs,
    name_of,
    of_place,
    place_name,
    sector_names,
)
from casus.export.sources import Source
from casus.export.tables import write_tabs
from casus.ontology import CAMEO, goldstein
from casus.records import Party

ABSENT = "empty: Casus does not code it"


def _country(party: Party | None) -> str | None:
    return country_name(party.country) if party else None


def _city(pair: Pair) -> Any:
    return place_name(pair) if of_place("precision")(pair) in ("city", "near", "point") else None


COLUMNS = (
    Column("Event ID", "string", "report and event, goma:e1; with /2, /3 for further pairs of parties",
           lambda p: p.name(p.told.stored.id)),
    Column("Event Date", "date", "first day: of the text, else of publication", lambda p: p.told.stored.day_from),
    Column("Source Name", "string", "name of the actor, else its words", lambda p: name_of(p.actor)),
    Column("Source Sectors", "string", "PLOVER sectors of the actor in words, parted by commas",
           lambda p: sector_names(p.actor)),
    Column("Source Country", "string", "name of the actor's country, or of PLOVER's non-state code",
           lambda p: _country(p.actor)),
    Column("Event Text", "string", "name of the CAMEO code", lambda p: CAMEO[p.cameo].name),
    Column("CAMEO Code", "string", "CAMEO 1.1b3, leading zeros kept; that of the PLOVER type where the event has none",
           lambda p: p.cameo),
    Column("Intensity", "number", "Goldstein score of the CAMEO code, -10 to +10", lambda p: goldstein(p.cameo)),
    Column("Target Name", "string", "name of the recipient, else its words", lambda p: name_of(p.recipient)),
    Column("Target Sectors", "string", "PLOVER sectors of the recipient in words, parted by commas",
           lambda p: sector_names(p.recipient)),
    Column("Target Country", "string", "name of the recipient's country, or of PLOVER's non-state code",
           lambda p: _country(p.recipient)),
    Column("Story ID", "string", "id of the report", lambda p: p.told.stored.report),
    Column("Sentence Number", "integer", "empty: Casus keeps places in the text, not numbers of sentences"),
    Column("Publisher", "string", "who published the report", lambda p: p.told.head.publisher),
    Column("City", "string", "name of the place, where it is a city or within one", _city),
    Column("District", "string", ABSENT),
    Column("Province", "string", "first-level division of the place", of_place("admin1")),
    Column("Country", "string", "name of the place's country", lambda p: country_name(of_place("country")(p))),
    Column("Latitude", "number", "degrees, north positive", of_place("lat")),
    Column("Longitude", "number", "degrees, east positive", of_place("lon")),
)  # fmt: skip


def _write(source: Source, file: BinaryIO) -> None:
    source.losses.written = write_tabs(file, COLUMNS, _rows(source))


def _rows(source: Source) -> Iterator[Pair]:
    losses = source.losses
    for told in source.statements():
        count_dates(told, losses)
        code, guessed = choose_cameo((told.event.cameo,), told.event.type)
        if guessed:
            losses.change(f"events {CAMEO_GUESSED}")
        yield from make_pairs(told, losses, cameo=code)


FORMAT = Format(
    name="icews",
    title="ICEWS-shaped table",
    about="The columns of the ICEWS coded event data (Harvard Dataverse), in their order; the coding is that of Casus, "
    "not of ICEWS's coder ACCENT, whose CAMEO differs in places from the manual 1.1b3 used here.",
    unit="events",
    suffix=".icews.tsv",
    media="text/tab-separated-values",
    columns=COLUMNS,
    keeps=word_set(
        "report cameo party_names party_countries party_sectors further_parties when where coordinates admin1"
    ),
    write=_write,
    notes=(
        "A row an actor and a recipient, as ICEWS has it.",
        "Two variants of CAMEO share code numbers (016, 018, 019, 127-129, 163, 164, 166): here they mean what the "
        "manual 1.1b3 says.",
    ),
)
