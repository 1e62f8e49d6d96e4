"""A table in the shape of the UCDP Georeferenced Event Dataset: its forty-nine columns; our coding, deadly assaults."""

from __future__ import annotations

from typing import Any, BinaryIO

from casus.export.countries import codes_of
from casus.export.forms import Column, Format, word_set
from casus.export.sides import country_name, first_day, first_sides, last_day, name_of, number_of, spell_all
from casus.export.sources import Happening, Source
from casus.export.tables import write_csv
from casus.records import Party, Toll
from casus.words import plain

OWN = "empty: a number of UCDP's own lists"
STATE, CIVIL = word_set("MIL COP GOV SPY"), word_set("CVL AGR BUS EDU JRN LAB MED REF REL SOC ELI")
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
WHERE = {"point": 1, "city": 1, "near": 2, "admin1": 4, "region": 5, "country": 6}
DAYS = ((1, 1), (6, 2), (7, 3), (31, 4))
NOT_DEADLY = "incidents that are no assault with at least one killed"
NO_DAY = "incidents without a day, which date_start must have"
CLOSED = "tolls of killed that the reports leave open at the top: high is their best number"


def _is_state(party: Party | None) -> bool:
    return party is not None and (
        not STATE.isdisjoint(party.sectors) or (not party.sectors and bool(codes_of(party.country)))
    )


def _violence(told: Happening) -> int | None:
    one, other = first_sides(told)
    if other is None:
        return None
    if not CIVIL.isdisjoint(other.sectors):
        return ONE_SIDED
    return STATE_BASED if _is_state(one) or _is_state(other) else NON_STATE


def _toll(told: Happening) -> Toll:
    return told.incident.toll.get("killed") or Toll()


def _best(told: Happening) -> int:
    toll = _toll(told)
    return next((number for number in (toll.best, toll.low, toll.high) if number is not None), 0)


def _high(told: Happening) -> int:
    high = _toll(told).high
    return max(_best(told), high) if high is not None else _best(told)


def _low(told: Happening) -> int:
    low = _toll(told).low
    return min(_best(told), low) if low is not None else _best(told)


def _side_name(party: Party | None, *, victims: bool = False) -> str | None:
    """Return a side as UCDP names it: a state's forces are its government, victims of one-sided violence civilians."""
    if victims:
        return "Civilians"
    if party is not None and _is_state(party) and country_name(party.country):
        return f"Government of {country_name(party.country)}"
    return name_of(party)


def _names(told: Happening) -> tuple[str | None, str | None]:
    one, other = first_sides(told)
    return _side_name(one), _side_name(other, victims=_violence(told) == ONE_SIDED)


def _state_number(party: Party | None) -> int | None:
    codes = codes_of(party.country) if party is not None and _is_state(party) else None
    return codes.gw if codes else None


def _place(name: str) -> Any:
    return lambda told: getattr(told.incident.where, name, None)


def _codes(name: str) -> Any:
    return lambda told: getattr(codes_of(getattr(told.incident.where, "country", None)), name, None)


def _point(told: Happening) -> str | None:
    where = told.incident.where
    return f"POINT ({where.lon} {where.lat})" if where and where.lat is not None and where.lon is not None else None


def _cell(told: Happening) -> int | None:
    """Return the PRIO-GRID cell: half a degree each way, counted eastwards from the south-west corner of the earth."""
    where = told.incident.where
    if where is None or where.lat is None or where.lon is None:
        return None
    row, column = min(int((where.lat + 90) * 2), 359), min(int((where.lon + 180) * 2), 719)
    return row * 720 + column + 1


def _date_precision(told: Happening) -> int:
    first, last = first_day(told), last_day(told)
    days = (last - first).days + 1 if first and last else 1
    return next((number for most, number in DAYS if days <= most), 5)


def _articles(told: Happening) -> str | None:
    heads = told.heads.values()
    parts = (",".join(part for part in (h.publisher, (h.published or "")[:10], h.title) if part) for h in heads)
    return ";".join(f'"{part}"' for part in parts if part) or None


def _joined(name: str) -> Any:
    return lambda told: spell_all(getattr(head, name) for head in told.heads.values())


def _deaths(told: Happening, *, civilians: bool) -> int:
    return _best(told) if (_violence(told) == ONE_SIDED) == civilians else 0


COLUMNS = (
    Column("id", "integer", "a number made of the incident's id, of 52 bits", lambda h: number_of(h.incident.id)),
    Column("relid", "string", "id of the incident in the store", lambda h: h.incident.id),
    Column("year", "year", "year of the first day", lambda h: h.incident.when.start[:4]),
    Column("active_year", "boolean", "empty: it depends on 25 deaths a year in UCDP's own count"),
    Column("code_status", "string", "Clear, or Check where reports dispute it",
           lambda h: "Check" if h.incident.status == "disputed" else "Clear"),
    Column("type_of_violence", "integer", "1 state-based, 2 non-state, 3 one-sided: by both sides' sectors", _violence),
    Column("conflict_dset_id", "string", OWN),
    Column("conflict_new_id", "integer", OWN),
    Column("conflict_name", "string", "empty: Casus names no conflicts"),
    Column("dyad_dset_id", "string", OWN),
    Column("dyad_new_id", "integer", OWN),
    Column("dyad_name", "string", "both sides, joined by a dash",
           lambda h: " - ".join(n or "Unknown" for n in _names(h))),
    Column("side_a_dset_id", "string", OWN),
    Column("side_a_new_id", "integer", OWN),
    Column("side_a", "string", "the actor: Government of …, else its name or words", lambda h: _names(h)[0]),
    Column("side_b_dset_id", "string", OWN),
    Column("side_b_new_id", "integer", OWN),
    Column("side_b", "string", "the recipient, alike; Civilians in one-sided violence", lambda h: _names(h)[1]),
    Column("number_of_sources", "integer", "reports of independent origins that tell of it",
           lambda h: len({stored.origin for stored in h.events})),
    Column("source_article", "string", "publisher, day and title of its reports, in quotes", _articles),
    Column("source_office", "string", "publishers, parted by semicolons", _joined("publisher")),
    Column("source_date", "string", "days of publication, parted by semicolons",
           lambda h: spell_all((head.published or "")[:10] for head in h.heads.values())),
    Column("source_headline", "string", "titles, parted by semicolons", _joined("title")),
    Column("source_original", "string", "who says so in the reports, parted by semicolons",
           lambda h: spell_all(name_of(stored.event.attribution) for stored in h.events)),
    Column("where_prec", "integer", "1 place, 2 near it, 4 first-level division, 5 region, 6 country",
           lambda h: WHERE[h.incident.where.precision] if h.incident.where else None),
    Column("where_coordinates", "string", "name of the place that the coordinates are of", _place("name")),
    Column("where_description", "string", "the place as written",
           lambda h: plain(h.incident.where.text) if h.incident.where else None),
    Column("adm_1", "string", "first-level division", _place("admin1")),
    Column("adm_2", "string", "empty: Casus does not code it"),
    Column("latitude", "number", "degrees, north positive", _place("lat")),
    Column("longitude", "number", "degrees, east positive", _place("lon")),
    Column("geom_wkt", "string", "the same point as well-known text", _point),
    Column("priogrid_gid", "integer", "cell of PRIO-GRID", _cell),
    Column("country", "string", "name of the country of the place",
           lambda h: country_name(h.incident.where.country) if h.incident.where else None),
    Column("country_id", "integer", "its Gleditsch and Ward number", _codes("gw")),
    Column("region", "string", "UCDP's region of the country", _codes("ucdp")),
    Column("event_clarity", "integer", "1 where the day is known, 2 where only a longer time is",
           lambda h: 1 if h.incident.when.precision == "day" else 2),
    Column("date_prec", "integer", "1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 longer", _date_precision),
    Column("date_start", "date", "first day", first_day),
    Column("date_end", "date", "last day", last_day),
    Column("deaths_a", "integer", "0: reports seldom say whose dead they are", lambda _: 0),
    Column("deaths_b", "integer", "0, alike", lambda _: 0),
    Column("deaths_civilians", "integer", "best number of killed in one-sided violence",
           lambda h: _deaths(h, civilians=True)),
    Column("deaths_unknown", "integer", "best number of killed otherwise", lambda h: _deaths(h, civilians=False)),
    Column("best", "integer", "best number of killed", _best),
    Column("high", "integer", "highest number of killed; the best one where reports leave it open", _high),
    Column("low", "integer", "lowest number of killed", _low),
    Column("gwnoa", "integer", "Gleditsch and Ward number of side_a, where it is a state",
           lambda h: _state_number(first_sides(h)[0])),
    Column("gwnob", "integer", "Gleditsch and Ward number of side_b, where it is a state",
           lambda h: _state_number(first_sides(h)[1])),
)  # fmt: skip


def _refuse(told: Happening) -> str | None:
    if told.incident.type != "ASSAULT" or max(_best(told), _high(told)) < 1:
        return NOT_DEADLY
    return None if first_day(told) and last_day(told) else NO_DAY


def _rows(source: Source) -> Any:
    for told in source.happenings(_refuse):
        if _toll(told).high is None:
            source.losses.change(CLOSED)
        yield told


def _write(source: Source, file: BinaryIO) -> None:
    source.losses.written = write_csv(file, COLUMNS, _rows(source))


FORMAT = Format(
    name="ucdp",
    title="UCDP-GED-shaped table",
    about="The columns of the UCDP Georeferenced Event Dataset (since 17.1), in their order; the coding is that of "
    "Casus, by machine, not UCDP's by hand. A row is an incident of type ASSAULT with at least one killed.",
    unit="incidents",
    suffix=".ucdp.csv",
    media="text/csv",
    columns=COLUMNS,
    keeps=word_set(
        "incident stored_incidents party_names when when_end where where_words coordinates admin1 attribution "
        "killed toll_range"
    ),
    write=_write,
    notes=("UCDP counts organised violence of known actors only; Casus cannot tell, so there is more in here.",),
)
