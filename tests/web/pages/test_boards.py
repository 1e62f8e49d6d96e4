"""Calendar, claims, sources, method and alerts: what is to come, who contradicts whom, and how far to trust it all."""

from pathlib import Path

from casus import Store
from casus.watch.ledger import mark_false_alarm, read_alerts
from tests.watch.alerts.builders import look, rule
from tests.web.pages.reading import read


def test_the_calendar_is_of_the_month_that_the_news_has_reached(full: str) -> None:
    """Plans on their days, threats on theirs, what was carried out, and what nobody dates."""
    page = read(full, "/calendar")
    assert "Planned and threatened, May 2031" in page.text
    days = [heading.text for heading in page.tree.xpath("//main//h3")]
    assert days == ["2031-05-08", "2031-05-12"]
    assert "planned MOBILIZE: troops" in page.text
    assert "Carried out: MOBILIZE: troops" in page.text
    assert [row[2] for row in page.table("Announced without a day")] == ["PROTEST"]


def test_a_day_of_the_calendar(full: str) -> None:
    """Alone, with the way back to its month; the month counts all days."""
    page = read(full, "/calendar", day="2031-05-12")
    assert [heading.text for heading in page.tree.xpath("//main//h3")] == ["2031-05-12"]
    assert page.links("All of May 2031") == ["/calendar?month=2031-05"]
    assert page.links("8 1") == ["/calendar?day=2031-05-08"]
    assert read(full, "/calendar", month="2031-05").links("8 1") == ["#day-2031-05-08"]


def test_months_before_and_after(full: str) -> None:
    """Lead on; a month without plans says so; a month that is none is refused."""
    page = read(full, "/calendar", month="2031-12")
    assert "No report says that anything is planned or threatened for December 2031." in page.text
    assert (page.links("2031-11"), page.links("2032-01")) == (["/calendar?month=2031-11"], ["/calendar?month=2032-01"])
    assert read(full, "/calendar", month="2031-13").status == 422
    assert read(full, "/calendar", month="0001-01").status == 200
    assert read(full, "/calendar", month="9999-12").status == 200


def test_claims_side_by_side(full: str) -> None:
    """Who says that it was done, who that it was not, with their sentences."""
    page = read(full, "/claims")
    assert "Told as done (1) Says police FRA claims" in page.text
    assert "Told as not done (1) Says a spokesman denies" in page.text
    assert "struck police in Aldmoor, no dead, a spokesman said." in page.text


def test_what_nobody_confirms(own: tuple[str, Store]) -> None:
    """One origin that passes on a claim; what is stated is not among it."""
    server, store = own
    assert "No incident of this kind." in read(server, "/claims", kind="unconfirmed").text
    store.split("claim:i1", ["denial:e1"], by="ann")
    page = read(server, "/claims", kind="unconfirmed")
    assert len(page.tree.xpath("//article")) == 1
    assert "Says police FRA claims" in page.text
    assert len(read(server, "/claims", kind="denied").tree.xpath("//article")) == 1
    assert read(server, "/claims", kind="doubtful").status == 422


def test_sources(full: str) -> None:
    """Reports, origins, copies, delay."""
    rows = {row[0]: row[1:7] for row in read(full, "/sources").table("Publishers")}
    assert rows["North Wire"] == ["2", "1", "1", "50 %", "1.5", "2"]
    assert rows["Plan Wire"] == ["1", "1", "0", "0 %", "–", ""]


def test_the_method_has_the_measured_rates(full: str) -> None:
    """As docs/accuracy.md has them; nobody judged anything here."""
    page = read(full, "/method")
    accuracy = (Path(__file__).parents[3] / "docs" / "accuracy.md").read_text("utf-8")
    (line,) = [line for line in accuracy.splitlines() if line.startswith("| type |")]
    assert ["type", *(cell.strip() for cell in line.strip("|").split("|")[1:])] in page.table("Slots")
    assert "Nobody has judged an event of this store yet." in page.text


def test_the_method_has_what_people_judged(own: tuple[str, Store]) -> None:
    """And the versions of the last coding."""
    server, store = own
    store.confirm("north:e1", by="ann")
    store.reject("threat:e1", by="ann")
    store.begin_run("ingest", {"casus": "0.1", "lexicon": "abc123"})
    page = read(server, "/method")
    assert page.table("Events that people judged") == [
        ["ASSAULT", "1", "0", "0", "100 %"],
        ["THREATEN", "0", "0", "1", "0 %"],
    ]
    assert "Lexicon abc123" in page.text


def test_the_log_of_alerts_has_the_false_ones(own: tuple[str, Store], tmp_path: Path) -> None:
    """With how often each watch was wrong."""
    server, store = own
    assert "No watch has found anything" in read(server, "/alerts").text
    look(store, rule(tmp_path, 'type = "ASSAULT"'))
    first = read_alerts(store)[0]
    mark_false_alarm(store, first.id, by="ann", note="an exercise")
    page = read(server, "/alerts")
    assert page.table("How the watches did")[0][:4] == ["strikes", "3", "1", "33 %"]
    told = {row[4].partition(" History")[0] for row in page.table("Alerts, newest first")}
    assert told == {"open", "cancelled false alarm"}
    assert "says ann: an exercise" in page.text
    assert len(read(server, "/alerts", open="true", rule="strikes").table("Alerts")) == 2
    assert read(server, "/alerts", after="nothing").status == 404


def test_empty_stores(bare: str) -> None:
    """Are no error."""
    told = {
        "/calendar": "No report says", "/claims": "No incident of this kind.", "/sources": "There is no report",
        "/method": "no run in this store tells its versions", "/alerts": "No watch has found anything",
    }  # fmt: skip
    for path, words in told.items():
        assert words in read(bare, path).text
