"""The store itself: all that is asked of it, written to it and decided about what is in it, as one class."""

from __future__ import annotations

from pathlib import Path

from casus.store.alerting import Alerting
from casus.store.judges import Judging
from casus.store.sums import sum_up as plain_sum
from casus.stored import SumUp


class Store(Alerting, Judging):
    """Reports, events, incidents with their history, links, judgements and alerts, in SQLite or PostgreSQL.

    Several processes may read and one write at any time; every write is a transaction, see `transaction`.

    Args:
        url: The path of an SQLite file, `sqlite:///PATH`, or `postgresql://USER:PASSWORD@HOST/NAME`. What is not
            there yet is created; tables of an older Casus are brought up to date.
        sum_up: What makes an incident of events after a merge, a split or a recoding; by default something plain.

    Raises:
        StoreError: It cannot be opened, or a newer Casus wrote it.

    >>> from casus.records import Report
    >>> store = Store("sqlite://")  # in memory
    >>> store.add(Report(id="goma", text="Rebels shelled Goma.")), store.add(store.report("goma"))
    ('added', 'known')
    """

    def __init__(self, url: str | Path = "casus.db", *, sum_up: SumUp = plain_sum) -> None:
        super().__init__(url)
        self.sum_up = sum_up
