"""A file of watch rules at work on a store: what the rounds of the intake and `casus watch run` have in common."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casus.errors import CasusError

if TYPE_CHECKING:
    from casus.store.alerting import Alerting
    from casus.watch.deliver import Post
    from casus.watch.rules_file import RuleBook

RuleFile = Annotated[
    Path | None, typer.Option("--rules", metavar="FILE", help="Watch rules (TOML): raise alerts after each round.")
]
FOUND, SENT = ("opened", "updated", "cancelled"), ("sent", "failed", "given up", "busy")
WORDS = {"failed": "to be tried again", "busy": "left to another process"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """Looks for alerts and tells those who should hear of them.

    Attributes:
        store: What is looked at.
        book: The rules.
        say: Shows a line to whoever sits at the terminal.
        now: The time, with its zone.
    """

    store: Alerting
    book: RuleBook
    say: Callable[[str], None]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def look(self, on_rule: Callable[[str], None] = lambda _name: None) -> Counter[str]:
        """Look once with every rule, deliver what is due, and return how many of what there were.

        Raises:
            StoreError: The store cannot be written.
        """
        from casus.watch.alerts_round import Watch

        counts: Counter[str] = Counter()
        for rule in self.book.rules:
            on_rule(rule.name)
            counts += Watch(self.store, rule, self.now()).look()
        return counts + self._post().deliver()

    def seconds_left(self) -> float:
        """Return the seconds until a delivery is due; endless where none waits."""
        left = self._post().seconds_left()
        return float("inf") if left is None else left

    def _post(self) -> Post:
        from casus.watch.channels import Around
        from casus.watch.deliver import Post

        around = Around(say=self.say, environ=os.environ, folder=self.book.path.parent)
        return Post(store=self.store, channels=self.book.channels, around=around, now=self.now)


def tell_counts(counts: Counter[str]) -> str:
    """Return what came of a look, in words; empty where nothing did.

    >>> tell_counts(Counter(opened=2, messages=1, sent=3, failed=1))
    'alerts: 2 opened; deliveries: 3 sent, 1 to be tried again'
    """
    parts = (_tell(counts, "alerts", FOUND), _tell(counts, "deliveries", SENT))
    return "; ".join(part for part in parts if part)


def _tell(counts: Counter[str], what: str, names: Sequence[str]) -> str:
    told = ", ".join(f"{counts[name]} {WORDS.get(name, name)}" for name in names if counts[name])
    return f"{what}: {told}" if told else ""


def read_book(path: Path) -> RuleBook:
    """Return the rules of a file; what is wrong in it ends the command as wrong usage."""
    from casus.watch.rules_file import read_rules

    try:
        return read_rules(path)
    except CasusError as error:
        typer.echo(f"casus: {error}", err=True)
        raise typer.Exit(2) from error
