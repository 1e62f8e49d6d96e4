"""Tells by the Common Alerting Protocol (OASIS CAP 1.2): one XML file a message, updates and cancels refer back.

Casus knows what reports say, not what is so: certainty follows how many independent origins tell it, and nothing is
`Actual` unless the rules say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, ClassVar, Literal
from xml.etree import ElementTree as ET

from pydantic import ConfigDict, Field

from casus.ontology import TYPES
from casus.records import Incident
from casus.watch.alerts import Message, body_lines, subject_line
from casus.watch.channels.base import FORBID, Around, write_whole, xml_file, xml_text
from casus.words import place_words, toll_words, what_words

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
KINDS: Mapping[str, str] = {"alert": "Alert", "update": "Update", "cancel": "Cancel"}
SEVERITIES: Mapping[str, str] = {"notice": "Minor", "warning": "Moderate", "alert": "Severe"}
CERTAINTIES: Mapping[str, str] = {
    "corroborated": "Observed", "reported": "Likely", "disputed": "Possible", "announced": "Possible",
    "denied": "Unlikely",
}  # fmt: skip
RADII: Mapping[str, float] = {"point": 1.0, "near": 25.0, "city": 10.0}
"""Kilometres around the point that a place of that precision is taken to reach."""
ADVICE = "Coded by machine from news reports: read the sources before you act."
LONGEST_HEADLINE = 160  # characters, as the standard asks


@dataclass(frozen=True, slots=True, kw_only=True)
class CapFolder:
    """A folder of CAP messages.

    Attributes:
        folder: Where they are written, `KEY.xml` each; relative to the folder of the rules.
        sender: Who they are from, as CAP wants it: one word without comma, such as a mail address.
        status: What they are for.
        scope: Who may see them; `Restricted` says how in `restriction`, `Private` to whom in `addresses`.
        language: Of the words, RFC 3066.
    """

    __pydantic_config__: ClassVar[ConfigDict] = FORBID
    KIND: ClassVar[str] = "cap"

    name: str
    folder: Path
    sender: Annotated[str, Field(pattern=r"^[^\s,<&]+$")]
    status: Literal["Actual", "Exercise", "System", "Test", "Draft"] = "Test"
    scope: Literal["Public", "Restricted", "Private"] = "Restricted"
    restriction: str = "for the desk that runs Casus"
    addresses: str = "desk"
    language: Annotated[str, Field(pattern=r"^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$")] = "en"

    def send(self, message: Message, around: Around) -> None:
        """Write a message into the folder; the same again is the same file.

        Raises:
            DeliveryError: It cannot be written.
        """
        write_whole(around.folder / self.folder / f"{message.key}.xml", self.compose(message))

    def compose(self, message: Message) -> bytes:
        """Return a message as CAP 1.2."""
        alert = ET.Element("alert", xmlns=NAMESPACE)
        for name, value in self._head(message):
            _add(alert, name, value)
        info = ET.SubElement(alert, "info")
        for name, value in _info(message, self.language):
            _add(info, name, value)
        for name, value in _parameters(message):
            parameter = ET.SubElement(info, "parameter")
            _add(parameter, "valueName", name)
            _add(parameter, "value", value)
        if message.incident and message.incident.where:
            _add_area(info, message.incident)
        return xml_file(alert)

    def _head(self, message: Message) -> Iterator[tuple[str, str]]:
        """Yield what stands above the block of information, in the order of the schema."""
        yield "identifier", message.key
        yield "sender", self.sender
        yield "sent", cap_time(message.at)
        yield "status", self.status
        yield "msgType", KINDS[message.kind]
        yield "source", "Casus"
        yield "scope", self.scope
        if self.scope == "Restricted":
            yield "restriction", self.restriction
        if self.scope == "Private":
            yield "addresses", self.addresses
        if note := "; ".join((*(["false alarm"] if message.false_alarm else []), *message.changes)):
            yield "note", note
        if message.earlier:
            yield "references", " ".join(f"{self.sender},{one.key},{cap_time(one.at)}" for one in message.earlier)
        if message.incident:
            yield "incidents", _quoted(message.incident.id)


def cap_time(at: str) -> str:
    """Return a time of ours as CAP wants it: UTC is `-00:00` there, never `Z`.

    >>> cap_time("2031-05-06T09:00:00Z")
    '2031-05-06T09:00:00-00:00'
    """
    return f"{at[:19]}-00:00"


def _quoted(name: str) -> str:
    return f'"{name}"' if any(map(str.isspace, name)) else name


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = xml_text(text)


def _info(message: Message, language: str) -> Iterator[tuple[str, str]]:
    """Yield the block of information up to its parameters, in the order of the schema."""
    incident = message.incident
    gone = message.kind == "cancel"
    yield "language", language
    yield "category", _category(incident)
    yield "event", what_words(incident.type, incident.mode) if incident else f"more than usual: {message.rule}"
    yield "responseType", "AllClear" if gone else "Assess"
    yield "urgency", "Past" if gone else _urgency(message)
    yield "severity", SEVERITIES[message.level]
    yield "certainty", CERTAINTIES[incident.status] if incident else "Likely"
    if incident and incident.when:
        yield "onset", f"{incident.when.start[:10]}T00:00:00-00:00"
    yield "senderName", "Casus"
    yield "headline", subject_line(message)[:LONGEST_HEADLINE]
    yield "description", "\n".join(body_lines(message))
    yield "instruction", ADVICE
    if link := next((source.url for source in message.sources if source.url and " " not in source.url), None):
        yield "web", link


def _category(incident: Incident | None) -> str:
    quad = TYPES[incident.type].quad if incident and incident.type in TYPES else "material-conflict"
    return "Security" if quad.endswith("conflict") else "Other"


def _urgency(message: Message) -> str:
    """Return `Future` for what is still to come; what reports tell of asks for no answer within minutes."""
    incident = message.incident
    to_come = incident and (
        incident.status == "announced" or (incident.when and incident.when.start[:10] > message.at[:10])
    )
    return "Future" if to_come else "Unknown"


def _parameters(message: Message) -> Iterator[tuple[str, str]]:
    yield "casus-rule", message.rule
    yield "casus-level", message.level
    yield "casus-alert", message.alert
    if message.incident:
        yield "casus-incident-version", str(message.version)
        yield "casus-status", message.incident.status
        for kind, toll in message.incident.toll.items():
            yield f"casus-{kind}", toll_words(kind, toll)


def _add_area(info: ET.Element, incident: Incident) -> None:
    where = incident.where
    if where is None:
        return
    area = ET.SubElement(info, "area")
    _add(area, "areaDesc", place_words(where))
    if where.precision in RADII and where.lat is not None and where.lon is not None:
        _add(area, "circle", f"{where.lat:.5f},{where.lon:.5f} {RADII[where.precision]:.1f}")
    if where.country:
        code = ET.SubElement(area, "geocode")
        _add(code, "valueName", "ISO 3166-1 alpha-3")
        _add(code, "value", where.country)
