"""A briefing in a real browser: nothing serious to axe-core, nothing asked of anybody, and it prints."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from casus import Store
from casus.export.brief import write_brief
from casus.link.across import sum_up_events
from tests.web.browser.browsers import NoBrowserError, running_browser
from tests.web.browser.desk import fill

SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser."""
    try:
        with running_browser() as started:
            yield started
    except NoBrowserError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the briefing of a desk's week."""
    folder = tmp_path_factory.mktemp("brief")
    store = Store(folder / "casus.db", sum_up=sum_up_events)
    fill(store)
    (folder / "brief.html").write_text(write_brief(store, "2031-05-01", "2031-05-09"), "utf-8")
    store.close()
    return folder / "brief.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_serious_fault_and_asks_for_nothing(browser: Browser, brief: Path, scheme: str) -> None:
    """In the light and in the dark; what stands in reports does not run."""
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(brief.as_uri())
    found = [fault["id"] for fault in Axe().run(page).response["violations"] if fault["impact"] in SERIOUS]
    title, drawings = page.title(), page.locator("svg").count()
    context.close()
    assert (found, asked) == ([], [brief.as_uri()])
    assert (title, drawings) == ("Briefing 2031-05-01 to 2031-05-09", 5)


def test_it_prints(browser: Browser, brief: Path) -> None:
    """On a few sheets of paper."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(brief.as_uri())
    printed = page.pdf(format="A4")
    context.close()
    assert printed.startswith(b"%PDF")
    assert 2 <= printed.count(b"/Type /Page\n") <= 9
