"""Tells by an Atom feed (RFC 4287): one file with the last alerts, each an entry that is replaced by its updates."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar
from xml.etree import ElementTree as ET

from pydantic import ConfigDict, Field

from casus.watch.alerts import Message, body_lines, subject_line
from casus.watch.channels.base import FORBID, Around, write_whole, xml_file, xml_text

NAMESPACE = "http://www.w3.org/2005/Atom"
IDS = uuid.UUID("6f0f9f6e-5d0c-4f0e-9a55-6b8a1d0d9b42")
"""What the ids of our feeds and entries are made from: any UUID that nobody else uses so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomFeed:
    """A feed in a file.

    Attributes:
        file: Where it is written; relative to the folder of the rules.
        title: What it is called.
        author: Who it is from.
        link: Where it will be found on the web, if it will.
        keep: How many of the last messages are looked at for entries.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID
    KIND: ClassVar[str] = "atom"

    name: str
    file: Path
    title: str = "Casus alerts"
    author: str = "Casus"
    link: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    keep: Annotated[int, Field(ge=1, le=10_000, strict=True)] = 200

    def send(self, message: Message, around: Around) -> None:
        """Write the feed anew, this message in it.

        Raises:
            DeliveryError: It cannot be written.
        """
        recent = around.recent(self.keep) or (message,)
        write_whole(around.folder / self.file, self.compose(recent))

    def compose(self, recent: Iterable[Message]) -> bytes:
        """Return the feed of some messages, newest first; of each alert the newest counts."""
        newest: dict[str, Message] = {}
        for message in recent:
            newest.setdefault(message.alert, message)
        feed = ET.Element("feed", xmlns=NAMESPACE)
        _add(feed, "id", f"urn:uuid:{uuid.uuid5(IDS, f'feed {self.name} {self.link or self.file}')}")
        _add(feed, "title", self.title)
        _add(feed, "updated", max((message.at for message in newest.values()), default="1970-01-01T00:00:00Z"))
        _add(ET.SubElement(feed, "author"), "name", self.author)
        if self.link:
            ET.SubElement(feed, "link", rel="self", href=self.link, type="application/atom+xml")
        for message in newest.values():
            _add_entry(feed, message)
        return xml_file(feed)


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = xml_text(text)


def _add_entry(feed: ET.Element, message: Message) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(IDS, f'alert {message.alert}')}")
    _add(entry, "title", subject_line(message))
    _add(entry, "published", message.opened)
    _add(entry, "updated", message.at)
    ET.SubElement(entry, "category", term=message.level, label=f"level {message.level}")
    ET.SubElement(entry, "category", term=xml_text(message.rule), label=xml_text(f"rule {message.rule}"))
    links = (source.url for source in message.sources if source.url and source.url.startswith(("http://", "https://")))
    for link in dict.fromkeys(links):
        ET.SubElement(entry, "link", rel="related", href=xml_text(link))
    _add(entry, "content", "\n".join(body_lines(message)), type="text")
