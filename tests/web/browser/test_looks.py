"""What every page must be: free of serious faults for who cannot see or use a mouse, and of requests to elsewhere."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from casus.web.pages import NAVIGATION

AXE = Axe()
OF_ONE = (
    "/incident/first:i1", "/chain/first:i1", "/report/first", "/review?item=first:e1", "/party/CAF/REB",
    "/dyad?a=CAF/MIL&b=CAF/REB", "/search?kind=events&party=CAF", "/search?kind=reports&text=rebels",
)  # fmt: skip
PAGES = (*dict.fromkeys([address for address, _ in NAVIGATION] + list(OF_ONE)),)
SERIOUS = {"serious", "critical"}


def faults(page: Page) -> Iterator[str]:
    """Yield what axe-core finds that is serious, with where it is."""
    found: dict[str, Any] = AXE.run(page, options={"resultTypes": ["violations"]}).response
    for violation in found["violations"]:
        if violation["impact"] in SERIOUS:
            for node in violation["nodes"]:
                yield f"{violation['id']}: {node['html'][:200]} {node.get('failureSummary', '')}"


def settle(page: Page) -> None:
    """Wait until every chart is drawn, in the colours of now."""
    page.wait_for_function(
        """() => [...document.querySelectorAll('[data-chart]')].every((chart) => chart.dataset.drawn ===
            (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'))"""
    )


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_serious_fault(page: Page, desk: str, address: str) -> None:
    """axe-core finds none, in the light and in the dark; it fits a phone; nothing is asked of other machines."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(desk + address)
    assert answer is not None
    assert answer.status == 200
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        settle(page)
        assert list(faults(page)) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360  # what is wider scrolls in a box of its own
    assert [url for url in asked if not url.startswith((desk, "data:", "blob:"))] == []
