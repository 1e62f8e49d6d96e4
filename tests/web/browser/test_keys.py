"""The page by keyboard: the way past its head, the search field, the list of keys, the theme."""

from playwright.sync_api import Page, expect


def test_first_key_leads_past_the_head(page: Page, desk: str) -> None:
    """The first stop of Tab is a link to what the page says."""
    page.goto(desk)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to what the page says")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_slash_searches(page: Page, desk: str) -> None:
    """A slash leads into the search field, Enter to what was found."""
    page.goto(desk)
    page.keyboard.press("/")
    page.keyboard.type("residents")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_role("region", name="incidents, newest first")).to_contain_text("ACCUSE")
    expect(page.locator("main")).not_to_contain_text("COERCE")


def test_question_mark_lists_the_keys_and_turns_them_off(page: Page, desk: str) -> None:
    """The dialog names every key of the page; without its tick single keys do nothing, even on the next page."""
    page.goto(f"{desk}/review")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Confirm")
    page.get_by_label("Single keys do this").uncheck()
    page.keyboard.press("Escape")
    page.goto(f"{desk}/review")
    page.keyboard.press("j")
    expect(page).to_have_url(f"{desk}/review")


def test_theme_is_kept(page: Page, desk: str) -> None:
    """The button goes from the system's theme to light to dark, and the next page has it as well."""
    page.goto(desk)
    button = page.get_by_role("button", name="Theme")
    button.click()
    button.click()
    page.goto(f"{desk}/search")
    expect(button).to_have_text("Theme: dark")
    assert page.evaluate("getComputedStyle(document.body.parentElement).backgroundColor") == "rgb(19, 22, 26)"
