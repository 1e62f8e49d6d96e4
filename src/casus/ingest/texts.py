"""Plain text files: one report each, its first line the title where it looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader

from casus.errors import InputError
from casus.ingest.charsets import decode_text, read_bytes
from casus.ingest.reports import Spot, Terms, make_report
from casus.records import Report

LONGEST_TITLE = 160  # characters; longer first lines are lead paragraphs
SENTENCE_END = re.compile(r"""(?<!\.)\.["'”’)]?$""")


def read_text(stream: BufferedReader, file: str, terms: Terms) -> Iterator[Report | InputError]:
    """Yield the report of a text file.

    Args:
        stream: The file.
        file: Its name.
        terms: What is taken.

    Raises:
        InputError: It cannot be taken.
    """
    spot = Spot(file)
    text = decode_text(read_bytes(stream, spot, terms.max_bytes), spot).strip()
    title, body = (terms.title, text) if terms.title else split_title(text)
    if title == text.partition("\n")[0]:
        body = text[len(title) :].strip()
    yield make_report({"title": title, "body": body}, spot, terms)


def split_title(text: str) -> tuple[str | None, str]:
    r"""Return title and body: a first line before a blank one is the title, unless it is long or ends in a full stop.

    >>> split_title("Calm returns\n\nThe truce held.")
    ('Calm returns', 'The truce held.')
    >>> split_title("The truce held.\n\nSo far.")
    (None, 'The truce held.\n\nSo far.')
    """
    first, _, rest = text.partition("\n")
    title, next_line = first.strip(), rest.partition("\n")[0]
    if not rest.strip() or next_line.strip() or len(title) > LONGEST_TITLE or SENTENCE_END.search(title):
        return None, text
    return title, rest.strip()
