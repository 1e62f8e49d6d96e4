"""Reads pages as a person would: their words, their tables, and where their links lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
from lxml import html

BROWSER = {"accept": "text/html"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as it came: its status, and its tree."""

    status: int
    tree: Any

    @property
    def text(self) -> str:
        """What its main part says, with single spaces."""
        return _words(self.tree.xpath("//main")[0])

    def table(self, caption: str) -> list[list[str]]:
        """Return the rows of the table whose caption begins so."""
        for table in self.tree.xpath("//table"):
            if " ".join(table.xpath("string(caption)").split()).startswith(caption):
                return [[_words(cell) for cell in row.xpath("th|td")] for row in table.xpath("tbody/tr")]
        raise AssertionError(f"no table {caption!r}")

    def links(self, words: str) -> list[str]:
        """Return where links with these words lead."""
        return [link.get("href") for link in self.tree.xpath("//main//a") if _words(link) == words]

    def chart(self, name: str) -> str:
        """Return the specification of a chart, as JSON."""
        (script,) = self.tree.xpath(f"//script[@id='{name}-spec']")
        return str(script.text)


def _words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def read(server: str, path: str, **params: str) -> Shown:
    """Return the page at a path, the last one where it leads on."""
    answer = httpx.get(server + path, params=params or None, headers=BROWSER, follow_redirects=True)
    return Shown(answer.status_code, html.fromstring(answer.text))
