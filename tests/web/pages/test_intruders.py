"""What a report says is text on every page: no tag of it becomes a part of the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casus import Store
from casus.web.app import make_app
from casus.web.pages import NAVIGATION
from tests.web.browser.desk import fill
from tests.web.pages.reading import read
from tests.web.servers import serving

OF_ONE = (
    "/party/UNO", "/party/%3Cscript%3E", "/dyad?a=UNO&b=CAF/REB", "/dyad?a=%3Cb%3E&b=%22", "/timeline?party=%22%3E%3Cb",
    "/map?party=%3Cb%3E", "/calendar?month=2031-05", "/claims?kind=unconfirmed", "/alerts?rule=%3Cb%3E",
)  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a store in which a publisher, a title and a text are full of tags."""
    file: Path = tmp_path_factory.mktemp("hostile") / "desk.db"
    store = Store(file)
    fill(store)
    store.close()
    with serving(make_app(str(file))) as address:
        yield address


@pytest.mark.parametrize("path", [*(address for address, _ in NAVIGATION), *OF_ONE])
def test_tags_of_a_report_stay_text(hostile: str, path: str) -> None:
    """No bold words, no picture that runs anything, no script but the page's own."""
    page = read(hostile, path)
    assert page.status in (200, 404, 422)
    assert page.tree.xpath("//b | //img[@src='x'] | //*[@onerror] | //*[@onload]") == []
    scripts = page.tree.xpath("//script[not(@src)]/@type")
    assert set(scripts) <= {"application/json"}


def test_the_tags_are_there_as_text(hostile: str) -> None:
    """So that the test above looks at pages that show them."""
    assert "<img src=x" in read(hostile, "/sources").text
    assert "<img src=x" in read(hostile, "/party/UNO").text
