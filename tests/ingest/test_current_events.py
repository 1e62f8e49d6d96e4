"""A day of the portal "Current events", as HTML and as wikitext, gives the same items."""

from io import BufferedReader, BytesIO
from pathlib import Path

import pytest

from casus.errors import InputError
from casus.ingest import Item, Terms, read_items
from casus.ingest.current_events import read_current_events

ITEM = (
    "***{{flag|Lakeland}} The ''[[Lakeland Army]]'' shells the harbour of [[Port Ada#History|Port&nbsp;Ada]], "
    "killing 12&ndash;15 people.<ref>x</ref> [https://example.org/1 (Example Wire)] "
    "[https://example.net/2 (Daily Lake)]"
)
WIKITEXT = f"""{{{{Current events|year=2031|month=05|day=6|content=
<!-- All news items below this line -->
'''Armed conflicts and attacks'''
*[[Lakeland war|War in Lakeland]], [[Eastern front (Lakeland)|Eastern front]]
**[[Siege of Port Ada]]
{ITEM}
***Nothing is said here about a source.
*A truce is signed in [[Mont Clair]]. [https://example.org/3 (Example Wire)]
;Politics and elections
*[[2031 Lakeland election]]
**[[Ana Reyes]] wins. [https://example.org/4 (Daily Lake)]
<!-- All news items above this line -->}}}}
"""
HTML = """<!DOCTYPE html><html><body><div class="current-events"><div class="current-events-main vevent">
<div class="current-events-heading plainlinks"><span class="summary">May 6, 2031
<span style="display: none;">(<span class="bday dtstart published updated itvstart">2031-05-06</span>)</span></span>
</div>
<div class="current-events-content description">
<p><b>Armed conflicts and attacks</b></p>
<ul><li><a href="/wiki/Lakeland_war" title="Lakeland war">War in Lakeland</a>,
<a href="/wiki/Eastern_front_(Lakeland)" title="Eastern front (Lakeland)">Eastern front</a>
<ul><li><a href="/wiki/Siege_of_Port_Ada" title="Siege of Port Ada">Siege of Port Ada</a>
<ul><li>The <i><a href="/wiki/Lakeland_Army" title="Lakeland Army">Lakeland Army</a></i> shells the harbour of
<a href="/wiki/Port_Ada#History">Port&#160;Ada</a>, killing 12&ndash;15 people.<sup class="reference">[1]</sup>
<a rel="nofollow" class="external text" href="https://example.org/1">(Example Wire)</a>
<a rel="nofollow" class="external text" href="https://example.net/2">(Daily Lake)</a></li>
<li>Nothing is said here about a source.</li></ul></li></ul></li>
<li>A truce is signed in <a href="/wiki/Mont_Clair" title="Mont Clair">Mont Clair</a>.
<a class="external text" href="https://example.org/3">(Example Wire)</a></li></ul>
<div role="heading">Politics and elections</div>
<ul><li><a href="/wiki/2031_Lakeland_election" title="2031 Lakeland election">2031 Lakeland election</a>
<ul><li><a href="/wiki/Ana_Reyes" title="Ana Reyes">Ana Reyes</a> wins.
<a class="external text" href="https://example.org/4">(Daily Lake)</a></li></ul></li></ul>
</div></div></div></body></html>"""


def read(page: str, name: str = "page", **terms: object) -> list[Item | InputError]:
    """Return the items of a page."""
    return list(read_current_events(BufferedReader(BytesIO(page.encode())), name, Terms(**terms)))  # type: ignore[arg-type]


def items(page: str, name: str = "page") -> list[Item]:
    """Return the items of a page without errors."""
    found = read(page, name)
    assert all(isinstance(item, Item) for item in found)
    return [item for item in found if isinstance(item, Item)]


@pytest.mark.parametrize("page", [HTML, WIKITEXT], ids=["html", "wikitext"])
def test_items_of_a_day(page: str) -> None:
    """Each line with a source is a report of that day."""
    found = items(page)
    assert [item.report.text for item in found] == [
        "The Lakeland Army shells the harbour of Port Ada, killing 12–15 people.",
        "A truce is signed in Mont Clair.",
        "Ana Reyes wins.",
    ]
    assert {(item.report.published, item.report.publisher) for item in found} == {
        ("2031-05-06", "Wikipedia current events")
    }
    assert len({item.report.id for item in found}) == 3


@pytest.mark.parametrize("page", [HTML, WIKITEXT], ids=["html", "wikitext"])
def test_where_items_come_from(page: str) -> None:
    """The stories they continue, their heading, their sources, and links that point into the text."""
    first, truce, election = items(page)
    assert first.origin["storyline"] == ["War in Lakeland, Eastern front", "Siege of Port Ada"]
    assert first.origin["sources"] == [
        {"name": "Example Wire", "url": "https://example.org/1"},
        {"name": "Daily Lake", "url": "https://example.net/2"},
    ]
    assert [link["title"] for link in first.origin["links"]] == ["Lakeland Army", "Port Ada"]
    assert all(first.report.text[link["start"] : link["end"]] == link["text"] for link in first.origin["links"])
    assert (truce.origin["storyline"], truce.origin["category"]) == ([], "Armed conflicts and attacks")
    assert (election.origin["storyline"], election.origin["category"]) == (
        ["2031 Lakeland election"],
        "Politics and elections",
    )


def test_a_page_without_date() -> None:
    """Its name or the command line gives the day; else it cannot be dated, and is refused."""
    bare = WIKITEXT.replace("|year=2031|month=05|day=6", "")
    assert items(bare, "Portal:Current_events/2031_May_7")[0].report.published == "2031-05-07"
    assert items(bare, "2031 May 7.wiki")[0].report.published == "2031-05-07"
    with pytest.raises(InputError, match="field date"):
        read(bare)
    with pytest.raises(InputError, match="field date"):
        read(bare, "2031_May_32")


def test_several_days_on_one_page() -> None:
    """Each item has its own day."""
    second = HTML[HTML.index('<div class="current-events">') : HTML.index("</body>")].replace(
        "2031-05-06", "2031-05-05"
    )
    found = items(HTML.replace("</body>", second + "</body>"))
    assert [item.report.published for item in found] == ["2031-05-06"] * 3 + ["2031-05-05"] * 3


@pytest.mark.parametrize(
    "page", ["<html><body><p>Moved.</body></html>", "Just a text.", "<", "{{Current events|content=}}"]
)
def test_pages_of_something_else(page: str) -> None:
    """They are told as such."""
    with pytest.raises(InputError, match="Portal:Current events"):
        read(page, "2031_May_6")


def test_an_item_that_cannot_be_taken() -> None:
    """It costs that item, and its line is told."""
    error, *rest = read(WIKITEXT, max_bytes=40)
    assert isinstance(error, InputError)
    assert (error.line, error.field, len(rest)) == (6, "size", 2)


@pytest.mark.parametrize(("name", "page"), [("a.html", HTML), ("b.wiki", WIKITEXT), ("c", WIKITEXT), ("d", HTML)])
def test_such_pages_are_known_when_seen(tmp_path: Path, name: str, page: str) -> None:
    """As files, by their name or what stands in them."""
    (tmp_path / name).write_text(page)
    assert len(list(read_items([tmp_path / name]))) == 3
