"""Casus: who did what to whom, when, where, with what toll, who says so, and in answer to what.

>>> import casus
>>> report = casus.code("Police arrested 40 protesters in Lyon.", published="2031-05-02")  # doctest: +SKIP

Importing it loads nothing; the models come with the first call of `code` or with a `Coder`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casus.config import Settings
    from casus.errors import CasusError
    from casus.ingest import read_inputs
    from casus.pipeline import Coder, code
    from casus.records import Attribution, Event, Incident, Link, Party, Place, Quantity, Report, Span, Toll, When
    from casus.store.house import Store
    from casus.store.query import Filters

__version__ = "0.1.0"
__all__ = (
    "Attribution", "CasusError", "Coder", "Event", "Filters", "Incident", "Link", "Party", "Place", "Quantity",
    "Report", "Settings", "Span", "Store", "Toll", "When", "code", "read_inputs",
)  # fmt: skip

_HOMES = {
    "CasusError": "errors",
    "Coder": "pipeline",
    "Settings": "config",
    "Filters": "store.query",
    "code": "pipeline",
    "Store": "store.house",
    "read_inputs": "ingest",
}


def __getattr__(name: str) -> Any:
    if name == "export":  # a room of its own: casus.export.write(store, "geojson", "events.geojson")
        return import_module("casus.export")
    if name not in __all__:
        raise AttributeError(f"module 'casus' has no attribute {name!r}")
    return getattr(import_module(f"casus.{_HOMES.get(name, 'records')}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
