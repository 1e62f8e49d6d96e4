"""`casus chart KIND … --out x.png`: a chart of a store as PNG, SVG or Vega-Lite specification."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from casus.cli.stores import Url, filtered, make_filters, opened
from casus.errors import CasusError, FieldError

NAMES = "lanes map calendar quads mirror ladder tolls reliability"
"""The kinds of charts; what makes them is loaded when it is needed."""
About = Annotated[
    list[str] | None,
    typer.Argument(metavar="ABOUT", help="Two parties for mirror and ladder, or for quads; an incident for tolls."),
]  # fmt: skip


@filtered
def chart(  # noqa: PLR0913, PLR0917  typer takes options as arguments
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"One of {NAMES.replace(' ', ', ')}.")],
    filters: Mapping[str, Any],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PATH", help="The file: .png, .svg or .json.")],
    about: About = None,
    store: Url = "casus.db",
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", min=1, help="Incidents at most, the newest.")
    ] = 60,
    width: Annotated[int, typer.Option(metavar="PIXELS", min=200, max=4000, help="Of the drawing itself.")] = 640,
    theme: Annotated[Literal["light", "dark"], typer.Option(metavar="WORD", help="light or dark.")] = "light",
) -> None:
    """Draw a chart of a store, without a network; needs casus[web].

    The filters choose among incidents; of mirror, ladder and quads of two sides, --since and --until alone count.

    Exit status: 0 all well, 2 wrong usage, no such store or nothing written.
    """
    with opened(store) as known:
        write = _writer(out)
        from casus.cli.drawings import Asked, make_chart

        asked = Asked(about=tuple(about or ()), filters=make_filters(filters), limit=limit, width=width)
        made = make_chart(known, kind, asked)
        try:
            out.write_bytes(write(made, theme))
        except OSError as error:
            raise CasusError(f"{out}: {error.strerror or error}") from error
    typer.echo(f"casus: {out}: {made.description}", err=True)


def _writer(out: Path) -> Callable[[Any, Any], bytes]:
    """Return what writes a chart in the format that the name of the file asks for.

    Raises:
        FieldError: It asks for none that there is.
    """
    writers: Mapping[str, Callable[[Any, Any], bytes]] = {".png": _png, ".svg": _svg, ".json": _spec}
    if out.suffix.lower() not in writers:
        raise FieldError("out", out.name, "a name that ends in .png, .svg or .json")
    return writers[out.suffix.lower()]


def _png(made: Any, theme: Any) -> bytes:
    from casus.charts import to_png

    return to_png(made, theme=theme)


def _svg(made: Any, theme: Any) -> bytes:
    from casus.charts import to_svg

    return to_svg(made, theme=theme).encode()


def _spec(made: Any, theme: Any) -> bytes:
    from casus.charts import to_spec

    return json.dumps(to_spec(made, theme=theme), ensure_ascii=False).encode() + b"\n"
