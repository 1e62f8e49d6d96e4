"""What a server may be told, as one frozen object, and what others do for it; it opens nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Any

from casus.records import Record, Report
from casus.store.house import Store
from casus.store.sums import sum_up as plain_sum
from casus.stored import Added, SumUp

Take = Callable[[Store, Mapping[str, Any]], tuple[Report, Added]]
"""Codes the report that these fields describe and keeps it, linked; one thread at a time calls it."""
Figures = Callable[[Store, str], Mapping[str, Record]]
"""Tells of a live incident kind of count → the reckoning of every report's figures."""

RATES = MappingProxyType({"read": "6000/minute", "review": "600/minute", "ingest": "120/minute"})
"""Requests that one token, or one address where there are no tokens, may make of each scope."""


def no_figures(_store: Store, _incident: str) -> Mapping[str, Record]:
    """Tell of no incident any figure."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """What a server may be told.

    Attributes:
        host: The address it is bound to.
        tokens: Whether everybody must show a token; by default unless it is bound to loopback.
        names: Names by which it is asked besides its address, so that it may be told from a forged one.
        rules: The file of watch rules, where there is one.
        max_bytes: Size above which a report is refused, in bytes.
        waiting: Reports that may wait to be coded; more are turned away.
        rates: Scope → how many requests of it one caller may make, as `600/minute`.
        sum_up: What makes an incident of events after a judgement.
        take: What codes and keeps a posted report; None where the server takes none.
        figures: What tells every report's figures of an incident.
    """

    host: str = "127.0.0.1"
    tokens: bool | None = None
    names: tuple[str, ...] = ()
    rules: Path | None = None
    max_bytes: int = 1_000_000
    waiting: int = 16
    rates: Mapping[str, str] = field(default_factory=lambda: RATES, hash=False)
    sum_up: SumUp = plain_sum
    take: Take | None = None
    figures: Figures = no_figures

    @property
    def is_open(self) -> bool:
        """Whether nobody has to show a token."""
        return is_loopback(self.host) if self.tokens is None else not self.tokens


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach what is bound to an address.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("desk.example.org")
    (True, True, False, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
