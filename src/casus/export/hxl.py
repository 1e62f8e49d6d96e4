"""CSV with HXL hashtags in its second row, as humanitarian tools read it: an incident a row."""

from __future__ import annotations

from typing import Any, BinaryIO

from casus.export.forms import Column, Format, Kind
from casus.export.incident_columns import PROPERTIES_KEEP, TOLLS
from casus.export.sides import country_name, name_of, spell_all
from casus.export.sources import Happening, Source
from casus.export.tables import write_csv
from casus.records import Party
from casus.words import plain


def _place(name: str) -> Any:
    return lambda told: getattr(told.incident.where, name, None)


def _time(name: str) -> Any:
    return lambda told: getattr(told.incident.when, name, None)


def _toll(kind: str, end: str) -> Any:
    return lambda told: getattr(told.incident.toll.get(kind), end, None)


def _codes(parties: tuple[Party, ...], name: str) -> str | None:
    found = (getattr(party, name) for party in parties)
    return spell_all(" ".join(value) if isinstance(value, tuple) else value for value in found)


def _side(role: str) -> tuple[Column, ...]:
    def of(told: Happening) -> tuple[Party, ...]:
        parties: tuple[Party, ...] = getattr(told.incident, f"{role}s")
        return parties

    tag = f"#org+{role}"
    return (
        Column(f"{role.title()}s", "string", f"{role}s by name, else as written, parted by semicolons",
               lambda h: spell_all(map(name_of, of(h))), f"{tag}+name"),
        Column(f"{role.title()} countries", "string", "their countries, ISO 3166-1 alpha-3 or PLOVER's",
               lambda h: _codes(of(h), "country"), f"{tag}+code+country"),
        Column(f"{role.title()} sectors", "string", "their PLOVER sectors",
               lambda h: _codes(of(h), "sectors"), f"{tag}+code+sector"),
    )  # fmt: skip


_FIRST: tuple[tuple[str, Kind, str, Any, str], ...] = (
    ("Incident", "string", "id in the store", lambda h: h.incident.id, "#event+id"),
    ("Type", "string", "PLOVER type", lambda h: h.incident.type, "#event+type"),
    ("Mode", "string", "PLOVER mode", lambda h: h.incident.mode, "#event+mode"),
    ("Status", "string", "reported, corroborated, disputed, announced, denied", lambda h: h.incident.status, "#status"),
    ("From", "date", "first day", _time("start"), "#date+start"),
    ("To", "date", "last day, included", _time("end"), "#date+end"),
    ("Time precision", "string", "day, week, month, year or range", _time("precision"), "#meta+date+precision"),
    ("Country", "string", "name of the country", lambda h: country_name(_place("country")(h)), "#country+name"),
    ("Country code", "string", "ISO 3166-1 alpha-3", _place("country"), "#country+code+v_iso3"),
    ("Division", "string", "first-level division", _place("admin1"), "#adm1+name"),
    ("Place", "string", "name of the place, else its words",
     lambda h: h.incident.where and (h.incident.where.name or plain(h.incident.where.text)), "#loc+name"),
    ("GeoNames number", "integer", "of the place", _place("geonameid"), "#loc+code+v_geonames"),
    ("Place precision", "string", "point, city, near, admin1, country or region", _place("precision"),
     "#meta+loc+precision"),
    ("Latitude", "number", "degrees, north positive", _place("lat"), "#geo+lat"),
    ("Longitude", "number", "degrees, east positive", _place("lon"), "#geo+lon"),
)  # fmt: skip
ENDS = {"low": "min", "best": "best", "high": "max"}
COLUMNS = (
    *(Column(*row) for row in _FIRST),
    *_side("actor"),
    *_side("recipient"),
    *(
        Column(f"{kind.title()} ({end})", "integer", f"{end} number of {kind}", _toll(kind, end),
               f"#affected+{kind}+{tag}")
        for kind in TOLLS
        for end, tag in ENDS.items()
    ),
    Column("Reports", "integer", "how many tell of it", lambda h: len(h.heads), "#meta+count+reports"),
    Column("Sources", "string", "publishers, parted by semicolons",
           lambda h: spell_all(head.publisher for head in h.heads.values()), "#meta+source"),
    Column("Links", "string", "addresses of the reports, parted by spaces",
           lambda h: " ".join(head.url for head in h.heads.values() if head.url), "#meta+url"),
)  # fmt: skip


def _write(source: Source, file: BinaryIO) -> None:
    source.losses.written = write_csv(file, COLUMNS, source.happenings(), tags=True)


FORMAT = Format(
    name="hxl",
    title="CSV with HXL hashtags",
    about="An incident a row, with the hashtags of the Humanitarian Exchange Language (HXL 1.1) in the second row.",
    unit="incidents",
    suffix=".hxl.csv",
    media="text/csv",
    columns=COLUMNS,
    keeps=(PROPERTIES_KEEP | {"other_tolls"}) - {"score", "quad", "report"},
    write=_write,
    notes=("Hashtags are of the core schema; attributes such as `+actor` and `+best` are ours.",),
)
