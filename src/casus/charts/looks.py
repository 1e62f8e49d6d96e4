"""How charts look: colours and shapes that mean something, and the light and dark themes; knows no data.

Colours with a meaning have the hues of four of the eight that Okabe and Ito chose for the colour-blind ("Color
Universal Design", 2008), moved until every two are far apart for each kind of colour blindness and each stands out by
3:1 or more (WCAG 2.2, 1.4.11) from the light and from the dark ground: a chart need not be made anew when the theme
changes. What is not data gets its colour from the theme, by the style names below.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from casus.charts.needs import alt

Theme = Literal["light", "dark"]
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"
"""Fonts of the same widths, so that a drawing fits its letters wherever it is shown."""
VERMILLION, PURPLE, BLUE, GREEN, GREY = "#d55e00", "#9a5bb0", "#4a63f0", "#009966", "#7f7f7f"
QUADS: Mapping[str, str] = {
    "material-conflict": VERMILLION,
    "verbal-conflict": PURPLE,
    "verbal-cooperation": BLUE,
    "material-cooperation": GREEN,
}
"""Quad → colour, from conflict to cooperation."""
STAGES: Mapping[str, str] = {
    "done": "circle",
    "planned": "square",
    "threatened": "triangle-up",
    "denied": "cross",
    "possible": "diamond",
}
"""How real an act is → shape of its mark; only `done` is filled."""
STAGE_COLOURS: Mapping[str, str] = {
    "done": VERMILLION,
    "planned": BLUE,
    "threatened": PURPLE,
    "denied": GREY,
    "possible": GREEN,
}
DIRECTIONS = (BLUE, VERMILLION)
"""Colours of the two directions of a dyad."""
PAPER: Mapping[Theme, Mapping[str, str]] = {
    "light": {"ground": "#ffffff", "ink": "#1f2328", "quiet": "#57606a", "line": "#d8dee4", "land": "#e7e9ec"},
    "dark": {"ground": "#14181f", "ink": "#e6e9ee", "quiet": "#a4adb8", "line": "#333b46", "land": "#2a313b"},
}
"""The colours of a theme: ground, writing (4.5:1 or more, WCAG 1.4.3), quiet writing, lines, land of the map."""
THEMES: tuple[Theme, ...] = ("light", "dark")


def theme_config(theme: Theme = "light") -> dict[str, Any]:
    """Return the Vega-Lite configuration of a theme, a new one each time; fit to be given to vega-embed as it is."""
    paper = PAPER[theme]
    words = {"labelColor": paper["quiet"], "titleColor": paper["ink"], "labelFontSize": 12, "titleFontSize": 12}
    return {
        "background": paper["ground"],
        "font": FONT,
        "axis": {
            **words,
            "titleFontWeight": "normal",
            "domainColor": paper["quiet"],
            "tickColor": paper["line"],
            "gridColor": paper["line"],
            "labelLimit": 220,
        },
        "legend": {
            **words,
            "titleFontWeight": "normal",
            "symbolStrokeWidth": 2,
            "symbolOpacity": 1,
            "orient": "bottom",
            "columnPadding": 28,
            "layout": {"bottom": {"direction": "vertical", "anchor": "start"}},
        },
        "header": words,
        "title": {"color": paper["ink"], "subtitleColor": paper["quiet"], "anchor": "start", "fontSize": 13},
        "view": {"stroke": None},
        "text": {"color": paper["ink"], "fontSize": 11},
        "style": _styles(paper),
    }


def _styles(paper: Mapping[str, str]) -> dict[str, Any]:
    """Return what is drawn that is no data, by the names that the charts use."""
    return {
        "answer": {"color": paper["quiet"], "strokeWidth": 1.5},
        "answer-head": {"color": paper["quiet"]},
        "zero": {"color": paper["ink"], "strokeWidth": 1},
        "faint": {"color": paper["quiet"], "strokeWidth": 1, "strokeDash": [4, 3]},
        "land": {"color": paper["land"], "stroke": paper["quiet"], "strokeWidth": 0.5},
        "borders": {"color": paper["quiet"], "strokeWidth": 0.6, "strokeDash": [3, 2]},
    }


def use_theme(theme: Theme = "light", *, renderer: str = "svg") -> None:
    """Give all charts that a notebook shows from now on the looks of a theme, and show them without a network.

    Args:
        theme: Its looks.
        renderer: One of Altair's: `svg` is a drawing, made here; `jupyter` answers to the mouse and needs anywidget;
            Altair's own default asks a server elsewhere for its scripts.

    >>> use_theme("dark")
    >>> alt.theme.active, alt.renderers.active
    ('casus-dark', 'svg')
    >>> _ = alt.theme.enable("default"), alt.renderers.enable("default")
    """
    alt.theme.register(f"casus-{theme}", enable=True)(lambda: alt.theme.ThemeConfig(config=theme_config(theme)))
    alt.renderers.enable(renderer)
