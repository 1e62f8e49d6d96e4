"""A table in the shape of POLECAT's weekly files: their forty columns, tab-separated; our coding, not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from casus import __version__
from casus.export.countries import codes_of
from casus.export.forms import Column, Format, word_set
from casus.export.sides import Pair, count_dates, make_pairs, name_of, of_place, place_name
from casus.export.sources import Source
from casus.export.tables import write_tabs
from casus.records import Party
from casus.words import plain

ABSENT = "empty: Casus does not code it"
CITIES = ("city", "near", "point")


def _side(role: str) -> tuple[Column, ...]:
    """Return the eight columns of a side, "Actor" or "Recipient"."""

    def of(pair: Pair) -> Party | None:
        return pair.actor if role == "Actor" else pair.recipient

    return (
        Column(f"{role} Name", "string", "name of the party, else its words", lambda p: name_of(of(p))),
        Column(f"{role} Country", "string", "ISO 3166-1 alpha-3 or PLOVER non-state code", lambda p: _country(of(p))),
        Column(f"{role} COW", "integer", "number of the state in the Correlates of War list", lambda p: _cow(of(p))),
        Column(f"Primary {role} Sector", "string", "most specific PLOVER sector", lambda p: _sectors(of(p))[0]),
        Column(f"{role} Sectors", "string", "all PLOVER sectors, parted by semicolons", lambda p: _sectors(of(p))[1]),
        Column(f"{role} Title", "string", ABSENT),
        Column(f"{role} Name Raw", "string", "the party as written", lambda p: _words(of(p))),
        Column(f"Wikipedia {role} ID", "string", "empty: our knowledge base has keys of its own"),
    )


def _country(party: Party | None) -> str | None:
    return party.country if party else None


def _cow(party: Party | None) -> int | None:
    codes = codes_of(party.country) if party else None
    return codes.cow if codes else None


def _sectors(party: Party | None) -> tuple[str | None, str | None]:
    codes = party.sectors if party else ()
    return (codes[0], ";".join(codes)) if codes else (None, None)


def _words(party: Party | None) -> str | None:
    return plain(party.text) if party else None


def _city(pair: Pair) -> str | None:
    return place_name(pair) if of_place("precision")(pair) in CITIES else None


COLUMNS = (
    Column("Event ID", "string", "report and event, goma:e1; with /2, /3 for further pairs of parties",
           lambda p: p.name(p.told.stored.id)),
    Column("Event Date", "date", "first day: of the text, else of publication", lambda p: p.told.stored.day_from),
    Column("Event Type", "string", "PLOVER type", lambda p: p.told.event.type),
    Column("Event Mode", "string", "PLOVER mode", lambda p: p.told.event.mode),
    Column("Intensity", "number", "PLOVER conflict-cooperation score, -10 to +10", lambda p: p.told.event.score),
    Column("Quad Code", "string", "VERBAL COOPERATION, MATERIAL COOPERATION, VERBAL CONFLICT or MATERIAL CONFLICT",
           lambda p: p.told.event.quad.replace("-", " ").upper()),
    Column("Contexts", "string", "PLOVER contexts, parted by semicolons", lambda p: ";".join(p.told.event.contexts)),
    *_side("Actor"),
    *_side("Recipient"),
    Column("Placename", "string", "name of the place, else its words", place_name),
    Column("City", "string", "the same, where the place is a city or within one", _city),
    Column("District", "string", ABSENT),
    Column("Province", "string", "first-level division", of_place("admin1")),
    Column("Country", "string", "ISO 3166-1 alpha-3 of the place", of_place("country")),
    Column("Latitude", "number", "degrees, north positive", of_place("lat")),
    Column("Longitude", "number", "degrees, east positive", of_place("lon")),
    Column("GeoNames ID", "integer", "GeoNames number", of_place("geonameid")),
    Column("Raw Placename", "string", "the place as written", of_place("text")),
    Column("Feature Type", "string", "our precision of the place: point, city, near, admin1, country or region",
           of_place("precision")),
    Column("Source", "string", "publisher of the report", lambda p: p.told.head.publisher),
    Column("Publication Date", "date", "day of publication", lambda p: (p.told.head.published or "")[:10]),
    Column("Story People", "string", ABSENT),
    Column("Story Organizations", "string", ABSENT),
    Column("Story Locations", "string", ABSENT),
    Column("Language", "string", "of the report, where intake knows it", lambda p: p.told.head.language),
    Column("Version", "string", "version of Casus that wrote the row", lambda _: f"Casus {__version__}"),
)  # fmt: skip


def _write(source: Source, file: BinaryIO) -> None:
    source.losses.written = write_tabs(file, COLUMNS, _rows(source))


def _rows(source: Source) -> Iterator[Pair]:
    for told in source.statements():
        count_dates(told, source.losses)
        yield from make_pairs(told, source.losses)


FORMAT = Format(
    name="polecat",
    title="POLECAT-shaped table",
    about="The columns of POLECAT's files, in their order; the coding is that of Casus, not of POLECAT's coder NGEC.",
    unit="events",
    suffix=".polecat.tsv",
    media="text/tab-separated-values",
    columns=COLUMNS,
    keeps=word_set(
        "report type mode contexts score quad party_words party_names party_countries party_sectors "
        "further_parties when where where_words geonameid coordinates admin1 where_precision"
    ),
    write=_write,
    notes=("A row an actor and a recipient: an event of two actors and one recipient is two rows.",),
)
