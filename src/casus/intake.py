"""From sources to the store: visits them, codes what is new, keeps it; what is known is neither coded nor kept twice.

A report and what the next visit must know are written in one transaction, so a run that is killed at any moment is
simply made again. Nothing is remembered anywhere but in the store.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from itertools import islice
from threading import RLock
from typing import Any, Protocol

from casus.errors import InputError
from casus.ingest import Item, Note, Passed, Terms
from casus.ingest.sources import Source
from casus.ingest.together import visit_together
from casus.ingest.visits import Getter, Visited, Visitor
from casus.records import Report

AHEAD = 200  # reports of a file about which the store is asked together
Code = Callable[[Iterator[Report]], Iterator[Report]]


class Archive(Protocol):
    """What intake needs of a store."""

    def known(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return the ids that are stored, each with the SHA-256 of its text in hexadecimal digits."""
        ...

    def add(self, report: Report, run: int | None = None, *, origin: Mapping[str, Any] | None = None) -> str:
        """Write a report; return `added`, `updated`, `recoded` or `known`."""
        ...

    def get_state(self, key: str) -> Any:
        """Return what was put under a key."""
        ...

    def put_state(self, key: str, value: Any) -> None:
        """Put a value under a key; None removes it."""
        ...

    def transaction(self) -> AbstractContextManager[Any]:
        """Make one transaction of all that is written within."""
        ...


@dataclass(slots=True)
class Tally:
    """What came of a run: reports taken, new or in a newer version, what was passed over, what was skipped and why."""

    taken: int = 0
    updated: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """Tell it in one line.

        >>> print(Tally(taken=2, passed=Counter(known=3), skipped=Counter(language=1)))
        2 taken, 3 known, 1 skipped (1 language)
        """
        why = ", ".join(f"{count} {name}" for name, count in sorted(self.skipped.items()))
        parts = [f"{self.taken} taken", f"{self.passed['known']} known"]
        parts += [f"{self.updated} updated"] if self.updated else []
        parts += [f"{count} {name}" for name, count in sorted(self.passed.items()) if name != "known"]
        return ", ".join([*parts, f"{self.skipped.total()} skipped" + (f" ({why})" if why else "")])

    def add(self, other: Tally) -> None:
        """Count what another run gave, too."""
        self.taken += other.taken
        self.updated += other.updated
        self.passed += other.passed
        self.skipped += other.skipped

    def counts(self) -> dict[str, int]:
        """Return it as numbers by name."""
        whole = {"taken": self.taken, "updated": self.updated, "skipped": self.skipped.total()}
        return {**whole, **self.passed, **{f"skipped: {name}": count for name, count in self.skipped.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Works:
    """What intake works with.

    Attributes:
        store: Where reports are kept.
        getter: What fetches addresses.
        code: From reports to coded reports, in their order; those that cannot be coded are left out.
        on_error: Told of each input that cannot be taken.
        after: Called with each report that was written, in its transaction.
        run: The run in whose name is written.
    """

    store: Archive
    getter: Getter
    code: Code
    on_error: Callable[[InputError], None]
    after: Callable[[Report], object] | None = None
    run: int | None = None


class Intake:
    """Takes sources in.

    Args:
        works: What it works with.
        terms: What reports are taken on.

    Attributes:
        tally: What came of it so far.
    """

    def __init__(self, works: Works, terms: Terms | None = None) -> None:
        self.tally = Tally()
        self._works = works
        self._lock = RLock()  # visits look things up in the store from threads of their own
        memory = _Memory(works.store, self._lock)
        self._visitor = Visitor(getter=works.getter, memory=memory, terms=terms or Terms())
        self._waiting: deque[tuple[int, Item | Note]] = deque()  # with the number of its visit, until it is written
        self._visits = 0
        self._spoilt: set[int] = set()  # visits of which a report could not be coded: nothing of them is noted
        self._coming: Counter[str] = Counter()  # keys of reports that wait
        self._seen: dict[str, str] = {}  # id → digest of the text
        self._stored: dict[str, str] = {}  # what the store holds of the reports that are looked at, as `known` gives it

    def take(self, sources: Iterable[Source]) -> Iterator[Report]:
        """Yield each report that is new or changed, coded, once it is in the store.

        Raises:
            CasusError: The coder cannot start, or the store cannot be written.
        """
        for coded in self._works.code(self._reports(sources)):
            self._write_up_to(coded)
            yield coded
        self._write_rest()

    def _reports(self, sources: Iterable[Source]) -> Iterator[Report]:
        """Yield the reports to be coded; keep beside what has to be written with them."""
        chosen = list(sources)
        for source in (one for one in chosen if one.path):
            self._visits += 1
            visit = self._visitor.visit(source)
            while some := list(islice(visit, AHEAD)):
                yield from self._keep_new(some, self._visits)
        addresses = [one for one in chosen if not one.path]
        first, self._visits = self._visits + 1, self._visits + len(addresses)
        with closing(visit_together(self._visitor, addresses)) as visits:
            for number, found in visits:
                yield from self._keep_new([found], first + number)

    def _keep_new(self, some: Sequence[Visited], visit: int) -> Iterator[Report]:
        ids = [found.report.id for found in some if isinstance(found, Item)]
        with self._lock:
            self._stored = dict(self._works.store.known(ids)) if ids else {}
        for one in some:
            found = self._check_id(one) if isinstance(one, Item) else one
            if isinstance(found, Item) and not self._is_known(found.report):
                self._waiting.append((visit, found))
                self._coming[_key(found.report)] += 1
                yield found.report
            else:
                self._note(found, visit)

    def _check_id(self, item: Item) -> Item | Passed | InputError:
        """Return the item, or an error where another report of this run has its id: it would pass for an update."""
        digest = _digest(item.report.text)
        if self._seen.setdefault(item.report.id, digest) == digest:
            return item
        if item.report.url is not None and "fetched" in item.origin:  # two feeds lead to a page that changes
            return Passed(item.report.id)
        allowed = "an id that no other report of this run has"
        return InputError(str(item.origin.get("address", "")), 1, "id", item.report.id, allowed)

    def _is_known(self, report: Report) -> bool:
        return self._stored.get(report.id) == _digest(report.text) or _key(report) in self._coming

    def _note(self, found: Visited, visit: int) -> None:
        """Count what needs no coding."""
        if isinstance(found, Note):
            self._waiting.append((visit, found))
        elif isinstance(found, InputError):
            self.tally.skipped[found.field] += 1
            self._works.on_error(found)
        else:
            self.tally.passed[found.why if isinstance(found, Passed) else "known"] += 1

    def _write_up_to(self, coded: Report) -> None:
        """Write a coded report and the notes before it; reports before it could not be coded."""
        with self._lock, self._works.store.transaction():
            while self._waiting:
                visit, first = self._waiting.popleft()
                if isinstance(first, Note):
                    self._put(visit, first)
                    continue
                self._forget(first.report)
                if first.report.id == coded.id:
                    self._add(coded, first)
                    return
                self._spoilt.add(visit)

    def _write_rest(self) -> None:
        """Write the notes that no coded report follows."""
        if not self._waiting:
            return
        with self._lock, self._works.store.transaction():
            for visit, left in self._waiting:
                if isinstance(left, Note):
                    self._put(visit, left)
                else:
                    self._spoilt.add(visit)
        self._waiting.clear()
        self._coming.clear()

    def _put(self, visit: int, note: Note) -> None:
        if visit not in self._spoilt:
            self._works.store.put_state(note.key, note.value)

    def _add(self, coded: Report, item: Item) -> None:
        done = self._works.store.add(coded, self._works.run, origin=item.origin)
        self.tally.taken += done == "added"
        self.tally.updated += done in {"updated", "recoded"}
        self.tally.passed["known"] += done == "known"  # another process was faster
        self._stored[coded.id] = _digest(coded.text)
        if self._works.after is not None:
            self._works.after(coded)

    def _forget(self, report: Report) -> None:
        key = _key(report)
        self._coming[key] -= 1
        if not self._coming[key]:
            del self._coming[key]


@dataclass(frozen=True, slots=True)
class _Memory:
    """What visits ask of the store."""

    store: Archive
    lock: AbstractContextManager[Any]

    def knows(self, id_: str) -> bool:
        with self.lock:
            return id_ in self.store.known([id_])

    def recall(self, key: str) -> Mapping[str, Any] | None:
        with self.lock:
            found: Mapping[str, Any] | None = self.store.get_state(key)
            return found


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _key(report: Report) -> str:
    return f"{report.id} {_digest(report.text)}"
