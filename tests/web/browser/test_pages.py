"""What pages do in a browser: marks light up, words of a report stay words, search narrows down, files come home."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.desk import PUBLISHER, TRAP

LIT = ".mark.lit:not(.sentence)"


def test_a_word_shows_its_event(page: Page, desk: str) -> None:
    """What is focused or under the pointer lights up with all else of its event, and the event's card."""
    page.goto(f"{desk}/report/first")
    page.get_by_role("link", name="raided").focus()
    expect(page.locator(LIT)).to_have_text(["In response", "the army", "raided", "rebel", "on Tuesday"])
    expect(page.locator("#e2")).to_have_class(re.compile(r"\blit\b"))
    page.locator(".mark", has_text="12 people").hover()
    expect(page.locator(".card.lit h3")).to_have_text("ASSAULT: heavy-weapons e1")


def test_a_trigger_leads_to_its_event(page: Page, desk: str) -> None:
    """By Enter on the word that names the act."""
    page.goto(f"{desk}/report/first")
    page.get_by_role("link", name="raided").press("Enter")
    expect(page).to_have_url(f"{desk}/report/first#e2")


@pytest.mark.parametrize(
    "address",
    ["/report/intruder", "/incident/intruder:i1", "/chain/intruder:i1", "/review?item=intruder:e1",
     "/search?text=envoys", "/search?kind=reports&text=envoys", "/search?kind=events&type=CONSULT", "/sources",
     "/claims"],
)  # fmt: skip
def test_a_script_in_a_report_stays_text(page: Page, desk: str, address: str) -> None:
    """Neither in its text nor in its title or publisher is anything run or even made an element."""
    page.goto(desk + address)
    assert "taken" not in page.title() or TRAP in page.title()
    assert page.locator("main script:not([type='application/json']), main img, main b").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_script_in_a_report_is_shown(page: Page, desk: str) -> None:
    """Its words are there, letter by letter."""
    page.goto(f"{desk}/report/intruder")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{TRAP} Envoys")
    expect(page.get_by_role("article")).to_contain_text(f"Envoys <b>met</b> rebels in Zemio on Thursday {TRAP}")
    expect(page.locator("main")).to_contain_text(PUBLISHER)


def test_a_facet_narrows_down(page: Page, desk: str) -> None:
    """A facet is a link, a chip takes it back."""
    page.goto(f"{desk}/search")
    page.get_by_role("complementary").get_by_role("link", name="COERCE").click()
    table = page.get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(1)
    expect(table).to_contain_text("the army")
    page.get_by_role("link", name="Remove type COERCE").click()
    expect(table.locator("tbody tr")).to_have_count(5)


def test_what_is_shown_comes_home(page: Page, desk: str, tmp_path: Path) -> None:
    """As CSV, all that was found and nothing else."""
    page.goto(f"{desk}/search?type=ASSAULT")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "found.csv")
    lines = (tmp_path / "found.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("id,version,")
    assert [line.split(",")[0] for line in lines[1:]] == ["first:i1"]


def test_an_incident_tells_what_is_disputed(page: Page, desk: str) -> None:
    """Two papers agree on place and day, not on the toll, and nobody says to whom."""
    page.goto(f"{desk}/incident/first:i1")
    disputed = page.get_by_role("region", name="Disputed").get_by_role("listitem")
    expect(disputed).to_have_text(["12 killed — Example Wire", "30 killed — Other Wire"])
    expect(page.get_by_role("region", name="Agreed")).to_contain_text("Bangassou")
    expect(page.get_by_role("region", name="Unknown")).to_contain_text("to whom")
    expect(page.locator(".chart svg")).to_be_visible()


def test_a_chain_shows_cues(page: Page, desk: str) -> None:
    """The answer stands below what it answers, with the words that say so, as a list and as a drawing."""
    page.goto(f"{desk}/chain/first:i1")
    expect(page.get_by_role("region", name="What answered it")).to_contain_text("answered by In response")
    expect(page.get_by_role("region", name="The chain as a graph").get_by_role("link")).to_have_count(2)
    page.get_by_role("link", name="COERCE").last.click()
    expect(page).to_have_url(f"{desk}/incident/first:i2")


def test_what_is_not_there_is_told(page: Page, desk: str) -> None:
    """A page says so in words."""
    answer = page.goto(f"{desk}/report/nothing")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("found no report 'nothing' in the store")


def test_the_board_has_every_watch(page: Page, desk: str) -> None:
    """With its level, which way it goes, a line of its weeks, and the last incident, to which it leads."""
    page.goto(desk)
    watches = page.get_by_role("region", name="Watches").get_by_role("listitem")
    expect(watches).to_have_count(2)
    expect(watches.first).to_contain_text("alert 1 open")
    expect(watches.first.get_by_role("img", name="Alerts a week")).to_be_visible()
    expect(watches.last).to_contain_text("quiet")
    watches.first.get_by_role("link", name="Rebels").click()
    expect(page).to_have_url(f"{desk}/incident/first:i1")
