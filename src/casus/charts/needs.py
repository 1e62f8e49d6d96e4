"""What only the extra `web` installs: Altair, which makes the charts, and vl-convert, which draws them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from casus.errors import CasusError

MISSING = "charts need altair and vl-convert: pip install 'casus[web]'"


def import_extra(name: str) -> Any:
    """Return a module of the extra `web`.

    Raises:
        CasusError: It is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise CasusError(MISSING) from error


alt = import_extra("altair")
