"""What a server may be told, as one frozen object; it opens nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casus.store.sums import sum_up as plain_sum
from casus.stored import SumUp


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """What a server may be told.

    Attributes:
        host: The address it is bound to; on loopback nobody has to show a token.
        rules: The file of watch rules, where there is one.
        sum_up: What makes an incident of events after a judgement.
    """

    host: str = "127.0.0.1"
    rules: Path | None = None
    sum_up: SumUp = plain_sum
