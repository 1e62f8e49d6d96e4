"""What may be asked of a store; nothing here writes. `casus.Store` has all of it; export, web and watch use `Query`."""

from casus.store.query.asking import Query
from casus.store.query.filters import Filters

__all__ = ("Filters", "Query")
