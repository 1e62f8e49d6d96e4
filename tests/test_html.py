"""Records show themselves in a notebook: words escaped, sentences marked, readable on light and dark ground."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casus.records import Event, Extent, Incident, Link, Report, Span, Toll
from casus.stored import IncidentVersion, StoredEvent
from tests.cli.builders import TEXT, report, shelling


class Seen(HTMLParser):
    """What a browser makes of HTML: its tags, and the words within each kind of them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.words: dict[str, str] = {}
        self.links: list[str | None] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in {*self.open, ""}:
            self.words[tag] = self.words.get(tag, "") + data


def seen(record: Report | Event | Incident | Link | StoredEvent | IncidentVersion) -> Seen:
    """Return what a notebook shows of a record."""
    return Seen(record._repr_html_())


def test_a_report_marks_the_sentences_that_tell_of_events() -> None:
    """With their triggers, named like the events in the table below."""
    shown = seen(report())
    assert (
        shown.words["mark"].replace("shellede1", "shelled").replace("attacke2", "attack") == TEXT[19:93] + TEXT[94:138]
    )
    assert shown.words["strong"] == "Rebels shell Gomashellede1attacke2"
    assert "i2 answers “In response” i1" in shown.words["li"]


def test_an_event_shows_its_slots() -> None:
    """As the tables of the command line do."""
    words = seen(shelling()).words["td"]
    told = ("2031-05-05", "Rebels [COD REB]", "ASSAULT: heavy-weapons", "Goma", "12+ killed", "actual", "police claims")
    assert [word for word in told if word not in words] == []


def test_a_stored_event_has_its_name_in_the_store() -> None:
    """Not that in its report."""
    stored = StoredEvent(id="goma:e1", report="goma", incident="goma:i1", origin="goma", event=shelling())
    assert seen(stored).words["td"].startswith("goma:e1")


def test_an_incident_shows_its_toll_and_who_gives_it() -> None:
    """Low, best and high."""
    incident = Incident(id="i1", events=("e1",), type="ASSAULT", toll={"killed": Toll(9, 12, 15, ("goma", "twin"))})
    version = IncidentVersion(incident=incident, version=1, valid_from="2031-05-08", reason="created")
    assert "9-15 killed (best 12)" in seen(incident).words["td"]
    assert seen(version).words["p"] == "killed: goma, twin"


def test_a_link_is_one_line() -> None:
    """With its cue."""
    link = Link("i2", "i1", "responds_to", cue=Span(0, 11, "In response"), confidence=0.9)
    assert seen(link).words[""] == "i2 answers “In response” i1, confidence 90%"


def test_marks_keep_the_colour_of_the_writing() -> None:
    """So that they are read on a dark ground as on a light one; browsers make the writing of `mark` black."""
    html = report()._repr_html_()
    assert html.count("color:inherit") == html.count("<mark") + html.count("<strong style")
    assert "<style" not in html


@pytest.mark.parametrize(("url", "links"), [("https://wire.example/1", 1), ("javascript:alert(1)", 0)])
def test_only_web_addresses_are_links(url: str, links: int) -> None:
    """Anything else is words."""
    shown = seen(report(url=url))
    assert (len(shown.links), url in shown.words[""]) == (links, True)


def test_sentences_that_overlap_are_shown_once() -> None:
    """The text stays whole, whatever the offsets."""
    first = shelling()
    told = replace(first, id="e9", sentence=Extent(40, 100), trigger=Span(94, 96, "In"))
    assert seen(report(events=(first, told))).words["div"].count("police claimed") == 1


@given(st.text(max_size=40), st.text(max_size=20))
def test_nothing_in_a_report_becomes_markup(title: str, name: str) -> None:
    """Whatever stands in title, text and names."""
    bad = f"{title}</mark><script>x</script>{name}"
    party = replace(shelling().actors[0], text=bad)
    told = replace(shelling(), actors=(party,))
    shown = seen(report(title=bad, publisher=bad, text=f"{TEXT}{bad}", events=(told,)))
    assert shown.tags <= {
        "div",
        "p",
        "strong",
        "br",
        "mark",
        "sup",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "ul",
        "li",
    }
