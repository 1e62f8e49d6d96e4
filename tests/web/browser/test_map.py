"""The map's brush over time: by dragging, by keyboard, and what it shows to whoever sees no map."""

import re

from playwright.sync_api import Page, expect

READY = "#brush[data-ready]"
MARKS = "#map .mark-symbol.role-mark path[aria-label]"


def open_map(page: Page, desk: str, query: str = "") -> None:
    """Open the map and wait until it is drawn."""
    page.goto(f"{desk}/map{query}")
    page.wait_for_selector(READY)


def marks(page: Page) -> set[str]:
    """Return what the marks on the map are called."""
    return {mark.get_attribute("aria-label") or "" for mark in page.locator(MARKS).all()}


def shown(page: Page) -> list[str]:
    """Return the places that the list shows."""
    rows = page.locator("tr[data-counts]:visible td:first-child a")
    return rows.all_inner_texts()


def wait_for_marks(page: Page, number: int) -> None:
    """Wait until the map has so many marks."""
    expect(page.locator(MARKS)).to_have_count(number)


def test_all_places_are_there_at_first(page: Page, desk: str) -> None:
    """On the map and in the list, with how many incidents there are."""
    open_map(page, desk, "?since=2031-05-01")
    assert marks(page) == {"Bangassou: 1", "Zemio: 1"}
    assert shown(page) == ["Bangassou", "Zemio"]
    expect(page.locator("#brush-told")).to_have_text("2031-05-01 to 2031-05-07: 2 incidents in 2 places")


def test_keys_move_the_brush(page: Page, desk: str) -> None:
    """The letter leads to the first day, an arrow moves it: the day it leaves goes from map and list."""
    open_map(page, desk, "?since=2031-05-01")
    page.keyboard.press("f")
    expect(page.get_by_label("From", exact=True).nth(1)).to_be_focused()
    page.keyboard.press("ArrowRight")
    wait_for_marks(page, 1)
    assert (marks(page), shown(page)) == ({"Bangassou: 1"}, ["Bangassou"])
    expect(page.locator("#brush-told")).to_have_text("2031-05-02 to 2031-05-07: 1 incidents in 1 places")
    expect(page.locator("#brush-from")).to_have_attribute("aria-valuetext", "2031-05-02")


def test_the_last_day_moves_too_and_all_days_come_back(page: Page, desk: str) -> None:
    """Home on the last day leaves the first day alone; the button shows everything again."""
    open_map(page, desk, "?since=2031-05-01")
    page.keyboard.press("t")
    page.keyboard.press("Home")
    wait_for_marks(page, 1)
    assert (marks(page), shown(page)) == ({"Zemio: 1"}, ["Zemio"])
    page.locator("#brush-told").click()
    page.get_by_role("button", name="All days").click()
    wait_for_marks(page, 2)
    assert shown(page) == ["Bangassou", "Zemio"]


def test_the_ends_cannot_pass_each_other(page: Page, desk: str) -> None:
    """The end that is met comes along."""
    open_map(page, desk, "?since=2031-05-01")
    page.locator("#brush-from").focus()
    page.keyboard.press("End")
    expect(page.locator("#brush-to")).to_have_value("6")
    page.locator("#brush-to").focus()
    page.keyboard.press("Home")
    expect(page.locator("#brush-from")).to_have_value("0")


def test_dragging_chooses_days(page: Page, desk: str) -> None:
    """A brush over the bars below the map filters the map and the list, and moves the inputs."""
    open_map(page, desk, "?since=2031-05-01")
    bar = page.locator("#map [aria-roledescription=bar]").first.bounding_box()
    assert bar
    middle = bar["y"] + bar["height"] / 2
    page.mouse.move(bar["x"] - 3, middle)
    page.mouse.down()
    page.mouse.move(bar["x"] + bar["width"] + 3, middle, steps=5)
    page.mouse.up()
    wait_for_marks(page, 1)
    assert len(shown(page)) == 1
    assert re.fullmatch(
        r"2031-05-0\d to 2031-05-0\d: 1 incidents in 1 places", page.locator("#brush-told").inner_text()
    )
    ends = [page.locator(f"#brush-{name}").input_value() for name in ("from", "to")]
    assert ends != ["0", "6"]


def test_nothing_found_is_said(page: Page, desk: str) -> None:
    """Without incidents there is no brush, but a sentence."""
    page.goto(f"{desk}/map?party=NOR")
    expect(page.locator(".note")).to_contain_text("There is no incident of NOR")
    expect(page.locator("#brush")).to_have_count(0)
