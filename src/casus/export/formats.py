"""The list of formats; a new one is a file beside this one and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from casus.errors import FieldError
from casus.export import (
    acled,
    csv_package,
    evidence,
    gdelt,
    geojson,
    hxl,
    icews,
    json_lines,
    mermaid,
    parquet,
    plover,
    polecat,
    stix,
    ucdp,
)
from casus.export.forms import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        module.FORMAT.name: module.FORMAT
        for module in (
            json_lines, csv_package, parquet, geojson, plover, polecat, icews, gdelt, acled, ucdp, hxl, stix, evidence,
            mermaid,
        )
    }
)  # fmt: skip


def format_of(name: str) -> Format:
    """Return the format of that name.

    Raises:
        FieldError: There is none; it lists those there are.

    >>> format_of("gdelt").unit
    'incidents'
    """
    if name not in FORMATS:
        raise FieldError("format", name, " ".join(FORMATS))
    return FORMATS[name]
