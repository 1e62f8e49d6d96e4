"""What exports ask a store for beside events and incidents, on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casus import Filters, Store, export
from casus.store.query.heads import count_links, count_told, find_reports, read_births, read_heads
from tests.export.builders import fill
from tests.store.servers import NoServerError, running_server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give the small store in either kind of database."""
    if request.param == "sqlite":
        opened = fill(tmp_path_factory.mktemp("heads") / "casus.db")
        yield opened
        opened.close()
        return
    try:
        with running_server() as url:
            opened = fill(url)
            yield opened
            opened.close()
    except NoServerError as error:
        pytest.skip(str(error))


def test_heads_tell_of_reports(either: Store) -> None:
    """Text, incidents and the order of events only where they are asked for; unknown ids are passed over."""
    brief = read_heads(either, ["copy", "nothing"])
    assert list(brief) == ["copy"]
    assert (brief["copy"].origin, brief["copy"].text, brief["copy"].events) == ("kassala", "", ())
    whole = read_heads(either, ["kassala"], whole=True)["kassala"]
    assert whole.text == either.report("kassala").text
    assert whole.events == tuple(f"kassala:e{nth}" for nth in range(1, 6))
    assert (len(whole.incidents), len(whole.links)) == (5, 1)


def test_reports_are_found_by_their_events(either: Store) -> None:
    """In the order they were added; without filters all of them."""
    assert find_reports(either, Filters()) == ("kassala", "copy")
    assert find_reports(either, Filters(type="PROTEST")) == ("kassala",)


def test_what_tells_of_something_is_counted(either: Store) -> None:
    """Reports and incidents, each once; links by the events that stand for them."""
    assert count_told(either, Filters()) == (2, 8)
    assert count_told(either, Filters(mode="drone")) == (2, 1)
    assert (count_links(either, Filters()), count_links(either, Filters(mode="heavy-weapons"))) == (2, 2)
    assert count_links(either, Filters(mode="drone")) == 0


def test_an_incident_was_born_with_its_first_version(either: Store) -> None:
    """However often it was told anew."""
    version = either.incident("kassala:i1")
    assert version.version > 1
    assert read_births(either, ["kassala:i1"])["kassala:i1"] == either.history("kassala:i1")[0].valid_from


@pytest.mark.parametrize("name", list(export.FORMATS))
def test_every_format_is_written_from_either(either: Store, tmp_path: Path, name: str) -> None:
    """With the same counts."""
    assert export.write(either, name, tmp_path / "out").read["events"] == 9
