"""A briefing: one page that stands alone, with every figure's sentence and source, and what is to come apart."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from casus import Filters, Store
from casus.errors import FieldError
from casus.export.brief import render_brief, write_brief
from casus.export.brief_days import choose_days
from casus.export.brief_facts import _sum_toll, read_facts, stand
from casus.link.across import link_across, sum_up_events
from casus.records import Incident, Modality, Toll
from tests.cli.builders import answer, report, shelling
from tests.web.browser.desk import PUBLISHER, TRAP, fill

WEEK = ("2031-05-01", "2031-05-09")
VOID = {"meta", "br", "img", "link", "input"}


class Page(HTMLParser):
    """What a browser makes of a page: tags, attributes, ids, and the words of every element that has an id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.heard: dict[str, str] = {}
        self.within: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag in ("td", "span", "li", "p"):
            self.handle_data(" ")
        self.attributes += [(name, value or "") for name, value in attrs]
        id_ = dict(attrs).get("id")
        if id_:
            self.ids.append(id_)
        if tag not in VOID:
            self.within.append((tag, id_))

    def handle_endtag(self, tag: str) -> None:
        while self.within and self.within.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, id_ in self.within:
            if id_:
                self.heard[id_] = self.heard.get(id_, "") + data

    @property
    def words(self) -> dict[str, str]:
        """Id → the words within, with single spaces."""
        return {id_: " ".join(told.split()) for id_, told in self.heard.items()}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a store of three reports: a shelling told with two tolls, an answer, a threat, and an intruder."""
    store = Store(tmp_path_factory.mktemp("brief") / "casus.db", sum_up=sum_up_events)
    fill(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def html(desk: Store) -> str:
    """Write the briefing of the week."""
    return write_brief(desk, *WEEK)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    """Read it as a browser does."""
    return Page(html)


def test_every_figure_has_its_sentence_and_its_source(page: Page) -> None:
    """Both tolls of the shelling stand beside each other, each with who says so and a number that leads on."""
    words = page.words["i-first-3a-i1"]
    assert "12 killed “Rebels shelled Bangassou on Monday, killing 12 people, police said.” police (an office)" in words
    assert "30 killed “The rebels shelled Bangassou on Monday, killing 30 people, residents said.” residents" in words
    numbers = {name: re.findall(rf"{name}.*?\[(\d)\]", words) for name in ("police said", "residents said")}
    assert [page.words[f"source-{found[0]}"].split(",")[0] for found in numbers.values()] == [
        "Example Wire",
        "Other Wire",
    ]


def test_what_is_agreed_disputed_and_unknown_stands_apart(page: Page) -> None:
    """In this order, each under its own heading."""
    words = page.words["i-first-3a-i1"]
    disputed, agreed, unknown = (words.index(word) for word in ("Disputed killed", "Agreed whether", "Unknown to whom"))
    assert disputed < agreed < unknown
    assert "where Bangassou" in words[agreed:unknown]


def test_threats_stand_apart_from_deeds(html: str, page: Page) -> None:
    """Under a heading of their own, and counted so."""
    assert "4 told as done" in html.replace("<strong>", "").replace("</strong>", "")
    assert html.index('id="done"') < html.index('id="i-first-3a-i2"') < html.index('id="threatened"')
    assert html.index('id="threatened"') < html.index('id="i-first-3a-i3"')


def test_an_answer_leads_to_what_it_answers(html: str) -> None:
    """With the words that say so."""
    told = html[html.index('id="i-first-3a-i2"') :]
    assert re.search(r'answers <q>“In response”</q>:\s*<a href="#i-first-3a-i1">', told)


def test_every_link_within_the_page_leads_somewhere(page: Page) -> None:
    """And no two things have one name, in the drawings either."""
    targets = {value[1:] for name, value in page.attributes if name == "href" and value.startswith("#")}
    assert targets <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_the_page_asks_for_nothing(html: str, page: Page) -> None:
    """No script, no style sheet, no font, no picture from anywhere; browsers are told to keep to it."""
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base", "form"})
    assert not [value for name, value in page.attributes if name in ("src", "srcset", "data", "action")]
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert not re.search(r"@import|url\((?!#)", html)
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_markup_of_reports_stays_text(html: str, page: Page) -> None:
    """In titles, sentences and names of publishers."""
    assert TRAP not in html
    assert PUBLISHER not in html
    assert TRAP.replace("<script>", "").replace("</script>", "") in " ".join(page.words.values())


def test_charts_are_drawings_with_words(html: str, page: Page) -> None:
    """Timeline, map, sides, calendar and the toll that is disputed; each says what it shows."""
    labels = [value for name, value in page.attributes if name == "aria-label" and value]
    assert html.count('<div class="drawing" role="img"') == 5
    for words in (
        "Timeline of 4 acts",
        "Map of 3 acts",
        "Acts by quad",
        "1 act to come",
        "12-30 killed over all reports",
    ):
        assert [label for label in labels if label.startswith(words)]


def test_drawings_have_the_colours_of_the_page(html: str) -> None:
    """So that they are read in the dark and on paper."""
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert all("var(--ground)" in svg for svg in drawings)
    assert not [svg for svg in drawings if "#1f2328" in svg or "#57606a" in svg]


def test_the_sum_of_tolls_leads_to_its_incidents(html: str) -> None:
    """Lowest and highest, each incident once."""
    told = html[html.index("<strong>12-30 killed</strong> in 1 incident, the sum of the lowest and of the highest") :]
    assert told[: told.index("</li>")].endswith('<a href="#i-first-3a-i1">first:i1</a>')


@pytest.mark.parametrize(
    ("tolls", "low", "high"),
    [
        ((Toll(9, 12, 15), Toll(1, 1, 1)), 10, 16),
        ((Toll(9, 12, 15), Toll(3, 3, None)), 12, None),
        ((Toll(9, 12, 15), Toll(None, None, 30)), 9, 45),
    ],
)
def test_a_sum_is_as_open_as_its_parts(tolls: tuple[Toll, ...], low: int, high: int | None) -> None:
    """At least twelve and at most fifteen are at least."""
    told = [Incident(id=str(nth), events=(), type="ASSAULT", toll={"killed": toll}) for nth, toll in enumerate(tolls)]
    summed = _sum_toll("killed", told)
    assert (summed.low, summed.high) == (low, high)


def test_filters_choose(desk: Store) -> None:
    """And the page says which."""
    told = write_brief(desk, *WEEK, filters=Filters(party="CAF/MIL"))
    assert "Only party CAF/MIL." in told
    assert read_facts(desk, *WEEK, filters=Filters(party="CAF/MIL")).listed == {"first:i2": "done"}


def test_only_the_gravest_are_told_in_full(desk: Store) -> None:
    """The others are counted."""
    facts = read_facts(desk, *WEEK, most=1)
    assert [entry.incident.id for entry in facts.entries] == ["first:i1", "first:i3"]
    assert len(facts.listed) == 5
    assert "2 of 5 are told below: the gravest deeds" in render_brief(facts)


def test_nothing_known_is_said(desk: Store) -> None:
    """Without charts."""
    told = write_brief(desk, "2030-01-01", "2030-01-02", filters=Filters(modality="actual"))
    assert ("Nothing is known of this time." in told, "<svg" in told) == (True, False)


def test_what_is_planned_for_later_belongs_to_the_time(tmp_path: Path) -> None:
    """An announcement for next month is told this week."""
    with_plan = replace(
        answer(), modality="future", type="MOBILIZE", quad="material-conflict", hedged=False,
        when=replace(shelling().when, start="2031-06-20", end="2031-06-20"),  # type: ignore[type-var]
    )  # fmt: skip
    store = Store(tmp_path / "plan.db", sum_up=sum_up_events)
    told = report(
        events=(shelling(), with_plan),
        incidents=(report().incidents[1], replace(report().incidents[0], type="MOBILIZE", when=with_plan.when)),
    )
    store.add(told)
    link_across(told, store)
    facts = read_facts(store, *WEEK)
    store.close()
    assert facts.listed == {"goma:i1": "done", "goma:i2": "planned"}


@pytest.mark.parametrize(
    ("kind", "mood", "status", "expected"),
    [
        ("ASSAULT", "actual", "reported", "done"),
        ("ASSAULT", "future", "announced", "planned"),
        ("ASSAULT", "hypothetical", "announced", "possible"),
        ("ASSAULT", "negated", "denied", "denied"),
        ("THREATEN", "actual", "reported", "threatened"),
        ("THREATEN", "hypothetical", "announced", "possible"),
    ],
)
def test_how_far_an_incident_came(desk: Store, kind: str, mood: Modality, status: str, expected: str) -> None:
    """By what its events say."""
    stored = desk.event("first:e1")
    told = replace(stored, event=replace(stored.event, modality=mood))
    assert stand(Incident(id="i", events=("e",), type=kind, status=status), [told]) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("since", ["", "7x", "d", "2031-13", "2031-02-30"])
def test_no_day_is_told_in_one_line(since: str) -> None:
    """What may stand there is said."""
    with pytest.raises(FieldError, match=r"field since: found .*, allowed a time to look back, 7d or 2w, or a day"):
        choose_days(since, None, "2031-05-09")


def test_a_time_that_ends_before_it_begins_is_refused(desk: Store) -> None:
    """In one line."""
    with pytest.raises(FieldError, match="field since: found '2031-05-09', allowed a day up to 2031-05-01"):
        read_facts(desk, "2031-05-09", "2031-05-01")
