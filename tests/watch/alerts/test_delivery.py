"""Every message arrives at least once, in order, is tried until it does, and outlives a process that is killed."""

import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep

import feedparser
import pytest

from casus.cli.alarms import Alarms
from casus.store.house import Store
from casus.watch.channels.base import Around
from casus.watch.deliver import LEASE, LEASE_KEY, MOST_TRIES, Post, wait_before
from casus.watch.ledger import mark_false_alarm, read_alerts, read_deliveries
from casus.watch.rules_file import RuleBook
from tests.watch.alerts.builders import NOW, later, look, rules, told
from tests.watch.alerts.receivers import WebReceiver, web_receiver
from tests.watch.alerts.test_channels import SECRET

ROOT = Path(__file__).parents[3]
HOOK = '[[channel]]\nname = "hook"\nkind = "webhook"\nurl = "{url}"\nsecret_env = "CASUS_TEST_SECRET"\n'
RULE = '[[rule]]\nname = "strikes"\ntype = "ASSAULT"\ncooldown = "0s"\n'


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebReceiver]:
    """Give a web server, and the secret that it shares with us."""
    monkeypatch.setenv("CASUS_TEST_SECRET", SECRET)
    with web_receiver() as receiver:
        yield receiver


@pytest.fixture
def book(web: WebReceiver, tmp_path: Path) -> RuleBook:
    """Give rules that tell that server."""
    return rules(tmp_path, HOOK.format(url=web.url) + RULE)


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def post(store: Store, book: RuleBook, clock: Clock) -> Post:
    """Return what delivers by that clock."""
    around = Around(say=lambda _line: None, environ=os.environ, folder=book.path.parent)
    return Post(store=store, channels=book.channels, around=around, now=clock)


def states(store: Store) -> list[tuple[str, int]]:
    """Return state and tries of all deliveries, oldest first."""
    return [(delivery.state, delivery.tries) for delivery in reversed(read_deliveries(store))]


def test_what_is_delivered_is_noted(desk: Store, book: RuleBook, web: WebReceiver) -> None:
    """And not delivered again."""
    desk.add(told())
    look(desk, book.rules[0])
    clock = Clock()
    assert post(desk, book, clock).deliver() == Counter(sent=1)
    assert post(desk, book, clock).deliver() == Counter()
    (delivery,) = read_deliveries(desk)
    assert (delivery.state, delivery.tries, delivery.sent) == ("sent", 1, "2031-05-06T09:00:00Z")
    assert web.keys == [delivery.key]


def test_what_fails_is_tried_again_until_it_arrives(desk: Store, book: RuleBook, web: WebReceiver) -> None:
    """With the same key and the same words, later each time."""
    web.answers += [500, 503, 429]
    desk.add(told())
    look(desk, book.rules[0])
    clock, waits = Clock(), []
    while states(desk)[-1][0] == "pending":
        post(desk, book, clock).deliver()
        left = post(desk, book, clock).seconds_left()
        waits.append(left)
        clock.wait((left or 0) + 1)
    assert states(desk) == [("sent", 4)]
    assert all(0.8 * plain <= wait + 1 <= 1.2 * plain + 1 for wait, plain in zip(waits, (30, 60, 120), strict=False))
    assert len(set(web.keys)) == len({body for _, body in web.got}) == 1


def test_nothing_is_tried_before_its_time(desk: Store, book: RuleBook, web: WebReceiver) -> None:
    """However often somebody looks."""
    web.answers += [500]
    desk.add(told())
    look(desk, book.rules[0])
    clock = Clock()
    assert [post(desk, book, clock).deliver() for _ in range(3)] == [Counter(failed=1), Counter(), Counter()]
    assert read_deliveries(desk)[0].error == f"{web.url}: found status 500, allowed 2xx"


def test_an_update_waits_for_its_alert(desk: Store, book: RuleBook, web: WebReceiver) -> None:
    """Other alerts do not."""
    web.answers += [500]
    desk.add(told(killed=3))
    look(desk, book.rules[0])
    clock = Clock()
    post(desk, book, clock).deliver()
    desk.correct("north:e1", "quantities", "3 [killed 4]", by="ann")
    desk.add(told("south"))
    look(desk, book.rules[0], later(seconds=1))
    clock.wait(5)
    assert post(desk, book, clock).deliver() == Counter(sent=1)
    clock.wait(60)
    assert post(desk, book, clock).deliver() == Counter(sent=2)
    north = next(alert.id for alert in read_alerts(desk) if alert.incident == "north:i1")
    assert [key for key in web.keys if key.startswith(north)] == [f"{north}.1", f"{north}.1", f"{north}.2"]


def test_a_channel_that_fails_holds_up_no_other(desk: Store, web: WebReceiver, tmp_path: Path) -> None:
    """Each has its own tries."""
    feed = '[[channel]]\nname = "feed"\nkind = "atom"\nfile = "alerts.xml"\n'
    both = rules(tmp_path, HOOK.format(url=web.url) + feed + RULE)
    web.answers += [500]
    desk.add(told())
    look(desk, both.rules[0])
    assert post(desk, both, Clock()).deliver() == Counter(sent=1, failed=1)
    assert len(feedparser.parse(tmp_path / "alerts.xml").entries) == 1


def test_what_never_arrives_is_given_up(desk: Store, book: RuleBook, web: WebReceiver) -> None:
    """After hours of trying; that is kept too."""
    web.answers += [500] * 99
    desk.add(told())
    look(desk, book.rules[0])
    clock = Clock()
    while states(desk)[0][0] == "pending":
        post(desk, book, clock).deliver()
        clock.wait(3600 * 1.3)
    assert states(desk) == [("given up", MOST_TRIES)]
    assert len(web.got) == MOST_TRIES
    assert post(desk, book, clock).seconds_left() is None


def test_a_channel_that_is_gone_is_given_up(desk: Store, book: RuleBook, tmp_path: Path) -> None:
    """As nobody can be told by it."""
    desk.add(told())
    look(desk, book.rules[0])
    assert post(desk, rules(tmp_path, RULE), Clock()).deliver() == Counter({"given up": 1})
    assert read_deliveries(desk)[0].error == "channel hook: not in the rules any more, allowed terminal"


def test_a_delivery_that_cannot_be_read_holds_up_no_other(desk: Store, book: RuleBook, web: WebReceiver) -> None:
    """One that another Casus wrote, say."""
    desk.add_all([told("north"), told("south")])
    look(desk, book.rules[0])
    desk.change_delivery(1, message={"odd": 1})
    assert post(desk, book, Clock()).deliver() == Counter(sent=1, failed=1)


def test_waits_grow_up_to_an_hour() -> None:
    """And differ a little, so that not everything is tried at once."""
    waits = [wait_before(tries, "a").total_seconds() for tries in range(1, 40)]
    assert max(waits) <= 3600 * 1.2
    assert min(waits[8:]) >= 3600 * 0.8
    assert len({wait_before(1, str(nth)) for nth in range(50)}) > 20


def test_a_feed_is_made_of_the_ledger(desk: Store, tmp_path: Path) -> None:
    """A file that somebody deleted comes back whole; a cancelled alert stays in it, as cancelled."""
    feed = '[[channel]]\nname = "feed"\nkind = "atom"\nfile = "alerts.xml"\n'
    book = rules(tmp_path, feed + RULE)
    desk.add_all([told("north"), told("south")])
    look(desk, book.rules[0])
    post(desk, book, Clock()).deliver()
    (tmp_path / "alerts.xml").unlink()
    mark_false_alarm(desk, read_alerts(desk)[0].id, by="ann", now=later(minutes=1))
    post(desk, book, Clock(later(minutes=1))).deliver()
    titles = [entry.title for entry in feedparser.parse(tmp_path / "alerts.xml").entries]
    assert [title.partition(":")[0] for title in titles] == ["CANCELLED (false alarm) strikes", "NOTICE strikes"]


# Several processes


def dead_process() -> int:
    """Return the number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("who", "until", "expected"),
    [
        (f"{socket.gethostname()} {os.getppid()}", LEASE, Counter(busy=1)),
        ("another-machine 1", LEASE, Counter(busy=1)),
        ("another-machine 1", -LEASE, Counter(sent=1)),
        (f"{socket.gethostname()} dead", LEASE, Counter(sent=1)),
    ],
    ids=["alive", "elsewhere", "too long ago", "dead"],
)
def test_one_process_delivers_at_a_time(
    desk: Store, book: RuleBook, who: str, until: timedelta, expected: Counter[str]
) -> None:
    """Until it is dead, or was silent for too long."""
    desk.add(told())
    look(desk, book.rules[0])
    held = {"who": who.replace("dead", str(dead_process())), "until": (NOW + until).isoformat()}
    desk.put_state(LEASE_KEY, held)
    assert post(desk, book, Clock()).deliver() == expected
    assert (desk.get_state(LEASE_KEY) == held) == (expected == Counter(busy=1))


def start(url: str, book: RuleBook) -> subprocess.Popen[str]:
    """Start a process that looks and delivers, and wait until it begins."""
    command = [sys.executable, "-m", "tests.watch.alerts.workers", url, str(book.path)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a process, and return its exit status and what it said."""
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def test_a_killed_process_loses_nothing(url: str, web: WebReceiver, book: RuleBook, store: Store) -> None:
    """Killed while the receiver has a message and nobody has noted it: the next process sends that one again.

    Every message arrives, one that was on its way twice with one key and the same words, and no alert is doubled.
    """
    store.add_all([told(f"r{nth}") for nth in range(12)])
    running: list[subprocess.Popen[str]] = []
    web.on_request = lambda: running[-1].kill() if len(web.got) in (1, 6) else None
    for _ in range(2):
        running.append(start(url, book))
        assert finish(running[-1]) == (-9, "")
    assert finish(start(url, book)) == (0, "deliveries: 8 sent\n")
    messages = [delivery.key for delivery in read_deliveries(store)]
    assert len(messages) == len(read_alerts(store)) == 12
    assert Counter(web.keys).keys() == set(messages)
    assert sorted(Counter(web.keys).values()) == [1] * 10 + [2] * 2
    assert len({body for _, body in web.got}) == 12
    assert states(store) == [("sent", 1)] * 12


def test_killed_at_any_moment_it_goes_on(tmp_path: Path, web: WebReceiver, book: RuleBook, desk: Store) -> None:
    """Also in the midst of a look, of which then all is done or nothing."""
    desk.add_all([told(f"r{nth}") for nth in range(30)])
    file = str(tmp_path / "casus.db")
    for wait in (0.0, 0.05, 0.15):
        process = start(file, book)
        sleep(wait)
        process.kill()
        finish(process)
        assert len(read_alerts(desk)) in (0, 30)
    assert finish(start(file, book))[0] == 0
    assert len(read_alerts(desk)) == len(set(web.keys)) == 30
    assert {state for state, _ in states(desk)} == {"sent"}


def test_two_processes_look_at_once(tmp_path: Path, web: WebReceiver, book: RuleBook, desk: Store) -> None:
    """One opens the alerts, one delivers; nothing is doubled."""
    desk.add_all([told(f"r{nth}") for nth in range(10)])
    both = [start(str(tmp_path / "casus.db"), book) for _ in range(2)]
    assert [finish(process)[0] for process in both] == [0, 0]
    post(desk, book, Clock(datetime.now(NOW.tzinfo))).deliver()  # what the one that did not deliver opened last
    assert len(read_alerts(desk)) == len(web.keys) == len(set(web.keys)) == 10


def test_a_round_looks_and_delivers(desk: Store, book: RuleBook, web: WebReceiver) -> None:
    """What `casus run` does after each round."""
    alarms = Alarms(store=desk, book=book, say=lambda _line: None, now=Clock())
    assert alarms.seconds_left() == float("inf")
    desk.add(told())
    web.answers += [500]
    assert alarms.look() == Counter(opened=1, messages=1, failed=1)
    assert 20 < alarms.seconds_left() < 40
