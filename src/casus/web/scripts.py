"""The script that draws charts in a browser: Vega as vl-convert carries it, with the themes of our charts."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256

from casus.config import Settings


@cache
def vega_script() -> bytes:
    """Return the script, which defines `vegaEmbed` and `casusThemes`; making it takes a second or two, once."""
    from casus.charts import THEMES, theme_config, vega_bundle

    themes = {theme: theme_config(theme) for theme in THEMES}
    return f"{vega_bundle(Settings().cache)}\nwindow.casusThemes = {json.dumps(themes)};\n".encode()


@cache
def vega_tag() -> str:
    """Return what tells this version of the script from others."""
    return sha256(vega_script()).hexdigest()[:10]


def vega_address() -> str:
    """Return where the script is, by its version, so that a browser asks for it once."""
    return f"/vega.js?v={vega_tag()}"
