"""The portal "Current events" as wikitext: its lists, links and headings; templates and references are left out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date

from casus.ingest.portal_lines import Day, Line, Run

SIGN = re.compile(rb"(\xef\xbb\xbf)?\s*(<!--.*?-->\s*)*\{\{\s*[Cc]urrent[ _]events", re.DOTALL)
FIELD = re.compile(r"\|\s*(year|month|day)\s*=\s*(\d+)")
CONTENT = re.compile(r"\|\s*content\s*=")
UNSEEN = re.compile(r"<!--.*?-->|<ref\b[^>]*/>|<ref\b.*?</ref>|<(?P<tag>gallery|math)\b.*?</(?P=tag)>", re.DOTALL)
TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
QUOTES = re.compile(r"'{2,5}")
LIST = re.compile(r"(?P<stars>[*#:]+)\s*(?P<rest>.*)")
HEADING = re.compile(r"(?:;|'''|={2,5})\s*(?P<name>[^'=]+?)\s*(?:'''|={2,5})?\s*$")
LINK = re.compile(
    r"\[\[(?P<page>[^\[\]|]+)(?:\|(?P<shown>[^\[\]]*))?\]\]|\[(?P<url>https?://[^\s\]]+)(?:\s+(?P<name>[^\]]*))?\]"
)
MEDIA = ("file:", "image:", "category:")


def read_day(page: str) -> Day:
    """Return the day of a page.

    Args:
        page: Its wikitext: the template `{{Current events|…|content=…}}`, or the lines within it alone.
    """
    return Day(_find_date(page), tuple(_find_lines(page)))


def _find_date(page: str) -> str | None:
    told = {name: int(value) for name, value in FIELD.findall(page)}
    try:
        return date(told["year"], told["month"], told["day"]).isoformat()
    except (KeyError, ValueError):
        return None


def _find_lines(page: str) -> Iterator[Line]:
    category: str | None = None
    content = CONTENT.search(page)
    skipped = page.count("\n", 0, content.end()) if content else 0
    text = UNSEEN.sub(lambda gone: "\n" * gone[0].count("\n"), page[content.end() if content else 0 :])
    for number, line in enumerate(_without_templates(text).split("\n"), skipped + 1):
        if found := LIST.match(line):
            yield Line(len(found["stars"]), category, tuple(_runs(found["rest"])), number)
        elif found := HEADING.match(line.strip()):
            category = found["name"]


def _without_templates(text: str) -> str:
    """Return the text without templates, the inner ones first; the end of the outermost one is left and harmless."""
    while (shorter := TEMPLATE.sub(lambda gone: "\n" * gone[0].count("\n"), text)) != text:
        text = shorter
    return text


def _runs(line: str) -> Iterator[Run]:
    """Yield the stretches of a line: links, sources and what stands between them."""
    end = 0
    for link in LINK.finditer(line):
        yield Run(_clean(line[end : link.start()]))
        end = link.end()
        if link["url"]:
            yield Run(_clean(link["name"] or ""), url=link["url"])
        elif not link["page"].lower().startswith(MEDIA):
            page = link["page"].lstrip(":").partition("#")[0].strip()
            yield Run(_clean(link["shown"] or link["page"]), title=page[:1].upper() + page[1:] or None)
    yield Run(_clean(line[end:]))


def _clean(text: str) -> str:
    return html.unescape(QUOTES.sub("", TAG.sub("", text))).replace("}}", "")
