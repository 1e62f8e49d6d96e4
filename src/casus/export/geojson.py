"""GeoJSON (RFC 7946): a feature an incident, a point where its place has coordinates, no geometry where not."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from casus.export.forms import Format
from casus.export.incident_columns import PROPERTIES, PROPERTIES_KEEP, describe_incident
from casus.export.sources import Happening, Source

DIGITS = 6  # decimal places of a degree: a tenth of a metre


def _write(source: Source, file: BinaryIO) -> None:
    file.write(b'{"type": "FeatureCollection", "features": [')
    for told in source.happenings():
        file.write(b",\n" if source.losses.written else b"\n")
        file.write(json.dumps(_make_feature(told, source), ensure_ascii=False).encode())
        source.losses.written += 1
    file.write(b"\n]}\n")


def _make_feature(told: Happening, source: Source) -> dict[str, Any]:
    where = told.incident.where
    point = None
    if where is not None and where.lat is not None and where.lon is not None:
        point = {"type": "Point", "coordinates": [round(where.lon, DIGITS), round(where.lat, DIGITS)]}
    else:
        source.losses.change("features without a point, as their place is unknown or has no coordinates")
    return {"type": "Feature", "id": told.incident.id, "geometry": point, "properties": describe_incident(told)}


FORMAT = Format(
    name="geojson",
    title="GeoJSON",
    about="A feature an incident, for maps: a point in longitude and latitude (WGS 84), the rest as properties.",
    unit="incidents",
    suffix=".geojson",
    media="application/geo+json",
    columns=PROPERTIES,
    keeps=PROPERTIES_KEEP,
    write=_write,
    done_only=False,
    notes=(
        "A point may stand for a whole city, division or country: `place_precision` says so.",
        "Features without coordinates have `geometry: null`, as RFC 7946 has it.",
    ),
)
