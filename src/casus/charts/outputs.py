"""Charts out of the door: as specification, PNG, SVG, and the one script that draws them in a browser; no network."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from casus.charts.looks import Theme, theme_config
from casus.charts.needs import alt, import_extra
from casus.errors import CasusError

LONGEST = 200
"""Characters of what Vega-Lite has to say."""


def to_spec(chart: Any, *, theme: Theme = "light") -> dict[str, Any]:
    """Return a chart as a Vega-Lite specification: plain JSON with all its data, the same for the same rows.

    Args:
        chart: What a function of this room, or Altair, made.
        theme: Its looks; `theme_config` gives the other one's to whoever switches without asking again.
    """
    spec: dict[str, Any] = chart.to_dict(validate=False)
    data = {name: list(rows) if isinstance(rows, tuple) else rows for name, rows in spec.get("datasets", {}).items()}
    return spec | {"config": theme_config(theme), "datasets": data}


def to_svg(chart: Any, *, theme: Theme = "light") -> str:
    """Return a chart as an SVG image, one `<svg>` element that may stand in a page; drawn here, offline.

    Raises:
        CasusError: It cannot be drawn: its data is to be fetched from elsewhere, or Vega-Lite does not understand it.
    """
    return str(_draw("vegalite_to_svg", chart, theme))


def to_png(chart: Any, *, theme: Theme = "light", scale: float = 2.0) -> bytes:
    """Return a chart as a PNG image.

    Args:
        chart: What a function of this room, or Altair, made.
        theme: Its looks.
        scale: Pixels of the image per pixel of the chart.

    Raises:
        CasusError: It cannot be drawn: its data is to be fetched from elsewhere, or Vega-Lite does not understand it.
    """
    return bytes(_draw("vegalite_to_png", chart, theme, scale=scale))


def _draw(way: str, chart: Any, theme: Theme, **options: Any) -> Any:
    """Return what vl-convert makes of a chart, which may fetch nothing."""
    try:
        draw = getattr(_convert(), way)
        return draw(to_spec(chart, theme=theme), vl_version=_version(), allowed_base_urls=[], **options)
    except ValueError as error:
        told = " ".join(str(error).split())
        raise CasusError(f"the chart cannot be drawn: {told[:LONGEST]}") from error


def _convert() -> Any:
    return import_extra("vl_convert")


def _version() -> str:
    """Return the version of Vega-Lite that Altair writes, as vl-convert names it: 6.4."""
    return ".".join(str(alt.SCHEMA_VERSION).removeprefix("v").split(".")[:2])


@cache
def vega_bundle(cache: Path | None = None) -> str:
    """Return vega, vega-lite and vega-embed as one JavaScript file, which defines them on `window`.

    vl-convert carries them; putting them together takes a second or two, so it is done once a process and, where a
    folder is given, once a version.

    Args:
        cache: Folder for the file; made if missing.
    """
    if cache is None:
        return str(_convert().javascript_bundle(vl_version=_version()))
    file = cache / f"vega-{_convert().__version__}-{_version()}.js"
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(vega_bundle(), "utf-8")
        part.replace(file)
    return file.read_text("utf-8")
