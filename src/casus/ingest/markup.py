"""HTML fragments as plain text: paragraphs apart, white space as one blank, scripts left out; finds no article."""

from __future__ import annotations

import re
from typing import Any

BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "tr"}
SILENT = {"script", "style", "noscript", "template", "iframe", "figure"}
SPACE = re.compile(r"[ \t\r\n\f\v\xa0\u200b]+")
BREAK = "\n"


def plain_text(html: str) -> str:
    r"""Return the text of an HTML fragment, its paragraphs with a blank line between them.

    >>> plain_text("<p>Two  <b>men</b> fled.<p>Police &amp; army followed.")
    'Two men fled.\n\nPolice & army followed.'
    """
    from lxml.etree import ParserError
    from lxml.html import fragment_fromstring

    try:
        tree = fragment_fromstring(html, create_parent="div")
    except (ParserError, ValueError):  # nothing but comments, or control characters
        return ""
    parts: list[str] = []
    _collect(tree, parts)
    paragraphs = (SPACE.sub(" ", part).strip() for part in "".join(parts).split(BREAK * 2))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _collect(element: Any, parts: list[str]) -> None:
    block = element.tag in BLOCKS or element.tag == "br"
    if isinstance(element.tag, str) and element.tag not in SILENT:
        parts.append(BREAK * 2 if block else "")
        parts.append(SPACE.sub(" ", element.text or ""))
        for child in element:
            _collect(child, parts)
            parts.append(SPACE.sub(" ", child.tail or ""))
        parts.append(BREAK * 2 if block else "")
