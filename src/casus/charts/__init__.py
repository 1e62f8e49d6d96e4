"""Charts as Vega-Lite specifications: plain rows in, an Altair chart out; asks no store and no network.

Every function takes records (events, incidents, links, figures) or plain dicts and returns a chart that may be shown in
a notebook, laid beside others, or taken out by `to_spec`, `to_png` and `to_svg`, where it gets its light or dark looks.
All data is within the chart. Colours are told apart by the colour-blind and never carry a meaning alone. Needs
`casus[web]`.
"""

from casus.charts.counts import quads, sparkline
from casus.charts.dyads import ladder, mirror
from casus.charts.looks import THEMES, Theme, theme_config, use_theme
from casus.charts.maps import load_basemap, place_map
from casus.charts.measures import reliability
from casus.charts.outputs import to_png, to_spec, to_svg, vega_bundle
from casus.charts.plans import calendar
from casus.charts.timelines import lanes
from casus.charts.tolls import toll_range

__all__ = (
    "THEMES", "Theme", "calendar", "ladder", "lanes", "load_basemap", "mirror", "place_map", "quads", "reliability",
    "sparkline", "theme_config", "to_png", "to_spec", "to_svg", "toll_range", "use_theme", "vega_bundle",
)  # fmt: skip
