"""What may be asked of a store; nothing here writes. `casus.Store` has all of it; export, web and watch use `Query`."""

from casus.store.query.arrow import to_arrow, write_parquet
from casus.store.query.asking import Query
from casus.store.query.duck import run_sql
from casus.store.query.filters import Filters

__all__ = ("Filters", "Query", "run_sql", "to_arrow", "write_parquet")
