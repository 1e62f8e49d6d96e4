"""A browser, one a worker, and a desk's store served to it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from casus import Store
from casus.link.across import sum_up_events
from casus.watch.alerts_round import Watch
from casus.watch.rules_file import read_rules
from casus.web.app import make_app
from casus.web.settings import WebSettings
from tests.web.browser.browsers import NoBrowserError, running_browser
from tests.web.browser.desk import fill
from tests.web.servers import serving

NOW = datetime(2031, 5, 9, tzinfo=UTC)
RULES = """
[[rule]]
name = "shelling"
level = "alert"
type = "ASSAULT"

[[rule]]
name = "talks"
type = "CONSULT"
country = "FRA"
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start a browser; every test gets a fresh profile of it."""
    try:
        with running_browser() as started:
            yield started
    except NoBrowserError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def desk_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the desk's store once: copying it costs less than making it."""
    path = tmp_path_factory.mktemp("desk") / "desk.db"
    store = Store(path, sum_up=sum_up_events)
    fill(store)
    rules = path.with_name("watch.toml")
    rules.write_text(RULES, "utf-8")
    for rule in read_rules(rules).rules:
        Watch(store, rule, NOW).look()
    store.close()
    return path


@pytest.fixture(scope="session")
def desk(desk_file: Path) -> Iterator[str]:
    """Serve the desk's store, and its watches, to tests that only look."""
    settings = WebSettings(sum_up=sum_up_events, rules=desk_file.with_name("watch.toml"))
    with serving(make_app(str(desk_file), settings=settings)) as address:
        yield address


@pytest.fixture
def own_desk(desk_file: Path, tmp_path: Path) -> Iterator[tuple[str, Store]]:
    """Serve a copy of the desk's store to a test that changes it; give the address and the store."""
    file = tmp_path / "desk.db"
    file.write_bytes(desk_file.read_bytes())
    store = Store(file, sum_up=sum_up_events)
    with serving(make_app(str(file), settings=WebSettings(sum_up=sum_up_events))) as address:
        yield address, store
    store.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page of a fresh profile; whatever breaks in its scripts, or is not allowed, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    broken: list[str] = []
    opened.on("pageerror", lambda error: broken.append(str(error)))
    opened.on("console", lambda told: broken.append(told.text) if _is_error(told) else None)
    opened.on("response", lambda answer: broken.append(answer.url) if _is_missing(answer) else None)
    yield opened
    context.close()
    assert broken == []


def _is_error(told: ConsoleMessage) -> bool:
    """Tell whether a script broke, or something was not allowed; pages may say that something is wrong."""
    return told.type == "error" and not told.text.startswith("Failed to load resource")


def _is_missing(answer: Response) -> bool:
    return answer.status >= 400 and answer.request.resource_type != "document"
