"""Several sources visited at once, so that no host waits for another's pause; each source keeps its order.

Visits run in threads of their own, not far ahead of whoever asks for what they find, and end when nobody asks any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Event, Thread

from casus.ingest.sources import Source
from casus.ingest.visits import Visited, Visitor

AT_ONCE = 8  # visits
AHEAD = 32  # things found that nobody has asked for yet
LISTEN = 0.2  # seconds between two looks at whether anybody still asks


@dataclass(frozen=True, slots=True)
class Failed:
    """A visit that ended in what is no error of its source."""

    error: BaseException


Told = tuple[int, Visited | Failed | None]  # number of the source; None where its visit is over


def visit_together(
    visitor: Visitor, sources: Sequence[Source], at_once: int = AT_ONCE
) -> Generator[tuple[int, Visited]]:
    """Yield what sources have, each thing with the number of its source, counted from zero.

    Args:
        visitor: Visits them; its memory and its getter are asked from several threads.
        sources: Which ones.
        at_once: How many are visited at the same time, at most.
    """
    todo, found, stop = deque(enumerate(sources)), Queue[Told](AHEAD), Event()
    for _ in range(min(at_once, len(sources))):
        Thread(target=_work, args=(visitor, todo, found, stop), daemon=True).start()
    left = len(sources)
    try:
        while left:
            number, one = _next(found)
            if isinstance(one, Failed):
                raise one.error
            if one is None:
                left -= 1
            else:
                yield number, one
    finally:
        stop.set()


def _next(found: Queue[Told]) -> Told:
    """Return what comes next; wait in small steps, so that Ctrl-C is heard."""
    while True:
        try:
            return found.get(timeout=LISTEN)
        except Empty:
            continue


def _work(visitor: Visitor, todo: deque[tuple[int, Source]], found: Queue[Told], stop: Event) -> None:
    """Visit one source after the other until none is left."""
    while not stop.is_set():
        try:
            number, source = todo.popleft()
        except IndexError:
            return
        try:
            for one in visitor.visit(source):
                if not _put(found, (number, one), stop):
                    return
            _put(found, (number, None), stop)
        except BaseException as error:  # noqa: BLE001  it is raised again where somebody hears it
            _put(found, (number, Failed(error)), stop)


def _put(found: Queue[Told], told: Told, stop: Event) -> bool:
    """Hand over what was found; return whether anybody still wants it."""
    while not stop.is_set():
        try:
            found.put(told, timeout=LISTEN)
        except Full:
            continue
        return True
    return False
