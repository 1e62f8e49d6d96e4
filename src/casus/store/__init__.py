"""What is known and who said so: reports, events, incidents, links and judgements, in SQLite or PostgreSQL."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casus.store.house import Store

__all__ = ("Store",)


def __getattr__(name: str) -> Any:
    # On demand: `casus.store.query` is read alone by export, watch and web.
    if name not in __all__:
        raise AttributeError(f"module 'casus.store' has no attribute {name!r}")
    return getattr(import_module("casus.store.house"), name)
