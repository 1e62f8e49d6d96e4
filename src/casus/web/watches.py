"""The watches as the board shows them: those of the rules file, else all that ever looked; delivers nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casus.errors import CasusError
from casus.store.house import Store
from casus.watch.ledger import BoardRow, read_board
from casus.watch.rules import Rule
from casus.watch.rules_file import read_rules


@dataclass(frozen=True, slots=True)
class Watches:
    """How the watches stand; `error` says what is wrong with the rules file, where something is."""

    rows: tuple[BoardRow, ...] = ()
    error: str | None = None


def read_watches(store: Store, rules: Path | None) -> Watches:
    """Return how the watches stand."""
    try:
        told = None if rules is None else _read_rules(rules, rules.stat().st_mtime_ns)
    except (CasusError, OSError) as error:
        return Watches(error=str(error))
    return Watches(read_board(store, told))


@lru_cache(maxsize=8)
def _read_rules(path: Path, changed: int) -> tuple[Rule, ...]:
    """Return the rules of a file, read anew whenever it was changed."""
    del changed
    return tuple(read_rules(path).rules)
