"""Intake: each report once, in one transaction with what the next visit must know, whatever happens in between."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casus.errors import CasusError, InputError
from casus.ingest import Terms
from casus.ingest.fetch import Fetched, Stamp
from casus.ingest.sources import Source, name_source
from casus.intake import Intake, Tally, Works
from casus.records import Report
from casus.store.house import Store

BODY = "The army said on Monday that its troops had left the town of Port Ada, report {}."
Code = Callable[[Iterator[Report]], Iterator[Report]]


class Web:
    """What stands at which address, without a network; `asked` are the addresses that were asked for."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages, self.asked = pages, list[str]()

    def get(self, address: str, stamp: Stamp | None = None) -> Fetched:
        """Return what stands there, nothing where it is what the stamp says."""
        self.asked.append(address)
        body = self.pages[address]
        kind = "application/rss+xml" if body.startswith("<rss") else "text/html"
        same = stamp is not None and stamp.etag == str(hash(body))
        return Fetched(address, None if same else body.encode(), kind, "utf-8", Stamp(str(hash(body))))


def feed(*names: str) -> str:
    """Return a feed with an entry a name."""
    items = "".join(f"<item><link>https://example.org/{name}</link></item>" for name in names)
    return f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>"


def page(name: str) -> str:
    """Return a page."""
    return f"<html><body><article><h1>News {name}</h1><p>{BODY.format(name)}</p><p>{BODY.format(name)}</p></article>"


def unchanged(reports: Iterator[Report]) -> Iterator[Report]:
    """Code nothing."""
    return reports


def take(store: Store, source: str | Path | Source, *, code: Code = unchanged, web: Web | None = None) -> Tally:
    """Take a source in and return what came of it."""
    errors: list[InputError] = []
    works = Works(store=store, getter=web or Web({}), code=code, on_error=errors.append)
    intake = Intake(works, Terms())
    list(intake.take([source if isinstance(source, Source) else name_source(str(source))]))
    assert len(errors) == intake.tally.skipped.total()
    return intake.tally


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    return Store(tmp_path / "casus.db")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Return a file with three reports, one of them twice, and a line that is none."""
    rows = [json.dumps({"id": name, "text": BODY.format(name), "storyline": [name]}) for name in "abca"]
    (tmp_path / "r.jsonl").write_text("\n".join([*rows[:2], "{", *rows[2:]]))
    return tmp_path / "r.jsonl"


def test_each_report_once(store: Store, lines: Path) -> None:
    """Within one file and over two runs; what is skipped is counted with its reason."""
    assert str(take(store, lines)) == "3 taken, 1 known, 1 skipped (1 column 2)"
    assert str(take(store, lines)) == "0 taken, 4 known, 1 skipped (1 column 2)"


def test_one_id_for_two_reports(store: Store, tmp_path: Path) -> None:
    """The second is told: it would be taken for a newer version of the first, and the first for one of it next time."""
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": "1", "text": BODY.format(name)}))
    for _ in range(2):
        assert take(store, tmp_path).skipped == {"id": 1}
    assert store.report("1").text == BODY.format("a")


def test_two_feeds_lead_to_one_page(store: Store) -> None:
    """It is one report, even if the page changed between the two requests."""

    class Changing(Web):
        def get(self, address: str, stamp: Stamp | None = None) -> Fetched:
            found = super().get(address, stamp)
            self.pages["https://example.org/a"] = page("b")
            return found

    web = Changing(
        {"https://example.org/1": feed("a"), "https://example.org/2": feed("a"), "https://example.org/a": page("a")}
    )
    sources = [name_source("https://example.org/1"), name_source("https://example.org/2")]
    works = Works(store=store, getter=web, code=lambda reports: iter(list(reports)), on_error=lambda error: None)
    intake = Intake(works)
    list(intake.take(sources))
    assert (intake.tally.taken, intake.tally.passed, intake.tally.skipped) == (1, {"known": 1}, {})


def test_where_reports_came_from_is_kept(store: Store, lines: Path) -> None:
    """With what the line told of it."""
    take(store, lines)
    assert store.provenance("b").origin == {"source": str(lines), "address": str(lines), "storyline": ["b"]}


def test_a_report_that_changed_is_taken_again(store: Store, lines: Path) -> None:
    """As a newer version of itself."""
    take(store, lines)
    lines.write_text(lines.read_text().replace("report b", "report b, at noon"))
    assert str(take(store, lines)) == "0 taken, 3 known, 1 updated, 1 skipped (1 column 2)"
    assert store.report("b").text == BODY.format("b, at noon")


def test_what_is_known_is_not_coded(store: Store, lines: Path) -> None:
    """Coding is what takes long."""
    coded: list[str] = []

    def code(reports: Iterator[Report]) -> Iterator[Report]:
        for report in reports:
            coded.append(report.id)
            yield report

    take(store, lines, code=code)
    take(store, lines, code=code)
    assert coded == ["a", "b", "c"]


class KilledError(Exception):
    """The process ends here."""


@pytest.mark.parametrize("survived", range(3))
def test_a_run_that_is_killed_is_made_again(store: Store, lines: Path, survived: int) -> None:
    """However many reports were written, nothing is lost and nothing is there twice."""

    def code(reports: Iterator[Report]) -> Iterator[Report]:
        for done, report in enumerate(list(reports)):
            if done == survived:
                raise KilledError
            yield report

    with pytest.raises(KilledError):
        take(store, lines, code=code)
    assert (take(store, lines).taken, sorted(store.known("abc"))) == (3 - survived, ["a", "b", "c"])


def test_a_feed_is_noted_with_its_last_report(store: Store) -> None:
    """Killed before, it is read again; after, it is unchanged."""
    web = Web(
        {"https://example.org/feed": feed("a", "b"), **{f"https://example.org/{name}": page(name) for name in "ab"}}
    )

    def code(reports: Iterator[Report]) -> Iterator[Report]:
        for report in reports:
            yield report
            raise KilledError

    with pytest.raises(KilledError):
        take(store, "https://example.org/feed", code=code, web=web)
    assert store.states() == {}
    assert str(take(store, "https://example.org/feed", web=web)) == "1 taken, 1 known, 0 skipped"
    assert str(take(store, "https://example.org/feed", web=web)) == "0 taken, 0 known, 1 unchanged, 0 skipped"
    assert web.asked.count("https://example.org/a") == 1


def test_what_could_not_be_coded_is_tried_again(store: Store) -> None:
    """A feed with such a report is not held to be done with."""
    web = Web(
        {"https://example.org/feed": feed("a", "b"), **{f"https://example.org/{name}": page(name) for name in "ab"}}
    )

    def code(reports: Iterator[Report]) -> Iterator[Report]:
        return (report for report in reports if not report.text.startswith("News b"))

    assert take(store, "https://example.org/feed", code=code, web=web).taken == 1
    assert str(take(store, "https://example.org/feed", web=web)) == "1 taken, 1 known, 0 skipped"


def test_a_report_and_what_follows_are_one_transaction(store: Store, lines: Path) -> None:
    """If linking it fails, it is not there."""

    def fail(report: Report) -> None:
        if report.id == "b":
            raise CasusError("no link")

    works = Works(store=store, getter=Web({}), code=unchanged, on_error=lambda _error: None, after=fail)
    with pytest.raises(CasusError, match="no link"):
        list(Intake(works).take([name_source(str(lines))]))
    assert sorted(store.known("abc")) == ["a"]


def test_nothing_is_remembered_but_in_the_store(store: Store, lines: Path, tmp_path: Path) -> None:
    """No other file is written."""
    take(store, lines)
    store.close()
    names = {path.name for path in tmp_path.iterdir()}
    assert {name for name in names if not name.startswith("casus.db")} == {"r.jsonl"}
    assert sqlite3.connect(tmp_path / "casus.db").execute("SELECT count(*) FROM reports").fetchone() == (3,)
