"""What is told of an incident in one flat object: the properties of GeoJSON features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casus.export.forms import Column, Kind, word_set
from casus.export.sources import Happening
from casus.store.query.flat import flatten_incident

TOLLS = ("killed", "injured", "arrested", "abducted", "missing", "displaced", "participants")
_NAMES: tuple[tuple[str, Kind, str], ...] = (
    ("id", "string", "of the incident in the store"),
    ("version", "integer", "how often it was told anew, counted from one"),
    ("type", "string", "PLOVER type"),
    ("mode", "string", "mode of the type"),
    ("status", "string", "reported, corroborated (by independent origins), disputed, announced or denied"),
    ("score", "number", "lowest PLOVER conflict-cooperation score of its events, -10 to +10"),
    ("quad", "string", "verbal or material, cooperation or conflict"),
    ("actors", "list", "who did it, by name, else as written"),
    ("actor_countries", "list", "their ISO 3166-1 alpha-3 or PLOVER non-state codes, null where open"),
    ("actor_sectors", "list", "their PLOVER sectors, parted by spaces"),
    ("recipients", "list", "to whom, by name, else as written"),
    ("recipient_countries", "list", "their countries"),
    ("recipient_sectors", "list", "their sectors"),
    ("when_start", "date", "first day"),
    ("when_end", "date", "last day, included"),
    ("when_precision", "string", "day, week, month, year or range"),
    ("place", "string", "where, by name, else as written"),
    ("place_country", "string", "ISO 3166-1 alpha-3"),
    ("place_admin1", "string", "first-level division"),
    ("place_geonameid", "integer", "GeoNames number"),
    ("place_precision", "string", "point, city, near, admin1, country or region: what the point stands for"),
    *(
        (f"{kind}_{end}", "integer", f"{end} number of {kind} of all reports, empty where open")
        for kind in TOLLS
        for end in ("low", "best", "high")
    ),
    ("events", "list", "ids of its events"),
    ("reports", "list", "ids of the reports that tell of it"),
    ("urls", "list", "addresses of those reports, as far as they have any"),
    ("publishers", "list", "who published them"),
    ("hedged", "integer", "how many of its events the text itself holds back on"),
    ("planned_or_denied", "integer", "how many of its events are planned, possible or denied"),
)
PROPERTIES = tuple(Column(name, kind, told) for name, kind, told in _NAMES)
PROPERTIES_KEEP = word_set(
    "report incident stored_incidents type mode score quad party_names party_countries party_sectors "
    "further_parties when when_end when_precision where geonameid coordinates admin1 where_precision status "
    "killed injured other_tolls toll_range"
)


def describe_incident(told: Happening) -> Mapping[str, Any]:
    """Return an incident as one flat object, its names and order those of PROPERTIES."""
    flat = flatten_incident(told.version)
    heads = told.heads.values()
    events = [stored.event for stored in told.events]
    calmest = min(events, key=lambda event: event.score)
    found = flat | {
        "score": calmest.score,
        "quad": next((event.quad for event in events if event.type == told.incident.type), calmest.quad),
        "events": [stored.id for stored in told.events],
        "reports": sorted(told.heads),
        "urls": [head.url for head in heads if head.url],
        "publishers": sorted({head.publisher for head in heads if head.publisher}),
        "hedged": sum(event.hedged for event in events),
        "planned_or_denied": sum(event.modality != "actual" for event in events),
    }
    return {column.name: found[column.name] for column in PROPERTIES}
