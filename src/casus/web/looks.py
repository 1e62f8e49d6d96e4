"""What templates may call: filters and globals that turn records into words and addresses; renders nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from casus import words
from casus.ontology import TYPES, quad_of
from casus.records import Event, Incident, Party
from casus.stored import IncidentVersion
from casus.web.graphs import link_words
from casus.web.marks import cut
from casus.web.scripts import vega_address

STATIC = Path(__file__).parent / "static"


def party_key(party: Party) -> str:
    """Return a party as filters and addresses write it: its key, country/sector, country, or its name.

    >>> party_key(Party(0, 6, "rebels", country="COD", sectors=("REB",))), party_key(Party(0, 7, "the  man"))
    ('COD/REB', 'the man')
    """
    if party.id:
        return party.id
    if party.country:
        return "/".join((party.country, *party.sectors[:1]))
    return words.plain(party.name or party.text)


def party_codes(party: Any) -> str:
    """Return country and first sector of a party, or of what has these like one."""
    return " ".join(code for code in (party.country, *party.sectors[:1]) if code)


def make_path(*parts: str) -> str:
    """Return an address on this server.

    >>> make_path("party", "IRN/MIL"), make_path("report", "a b?")
    ('/party/IRN/MIL', '/report/a%20b%3F')
    """
    return "/" + "/".join(quote(part, safe="/:") for part in parts)


def quad(type_: str) -> str:
    """Return the quad of a type as a class of the style sheet; nothing for what is no type."""
    return quad_of(type_) if type_ in TYPES else ""


def modes_of(type_: str) -> tuple[str, ...]:
    """Return the modes of a type; none for what is no type."""
    return tuple(TYPES[type_].modes) if type_ in TYPES else ()


def incident_of(told: IncidentVersion | Incident) -> Incident:
    """Return the incident itself."""
    return told.incident if isinstance(told, IncidentVersion) else told


def incident_words(incident: Incident) -> str:
    """Return who, to whom, where and when in one line, without what."""
    sides = " → ".join(filter(None, (words.party_words(incident.actors), words.party_words(incident.recipients))))
    told = (sides, words.place_words(incident.where), words.when_words(incident.when))
    return " · ".join(filter(None, told))


def report_count(incident: Incident) -> int:
    """Return how many reports tell of an incident."""
    return len({event.rpartition(":")[0] for event in incident.events})


def moment(told: str | None) -> str:
    """Return a time to the minute.

    >>> moment("2031-05-08T09:00:12.5Z"), moment("2031-05-08"), moment(None)
    ('2031-05-08 09:00', '2031-05-08', '')
    """
    return (told or "")[:16].replace("T", " ")


def spark(counts: Sequence[float]) -> str:
    """Return the points of a line through the counts, in a box of 100 by 24.

    >>> spark([0, 2, 1])
    '0,23 50,1 100,12'
    """
    top, step = max(counts, default=0) or 1, 100 / max(1, len(counts) - 1)
    return " ".join(f"{nth * step:.4g},{23 - 22 * count / top:.4g}" for nth, count in enumerate(counts))


@cache
def static(name: str) -> str:
    """Return the address of a static file, which changes when the file does, so that browsers may keep it."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def mood_words(event: Event) -> str:
    """Return the modality, with the text's own doubt; nothing for what is plainly told as done."""
    told = words.mood_words(event)
    return "" if told == "actual" else told


def day(told: str | None) -> str:
    """Return the day of a time."""
    return (told or "")[:10]


def reason_words(version: IncidentVersion) -> str:
    """Return why an incident got a new version."""
    into = f"into {version.into}" if version.into else ""
    through = f"through {version.detail['report']}" if "report" in version.detail else ""
    judged = f"by judgement {version.detail['judgement']}" if "judgement" in version.detail else ""
    return " ".join(filter(None, (version.reason, into, through, judged)))


def pretty(value: Any) -> str:
    """Return plain values as JSON on several lines."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=list)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "count_words": words.count_words,
    "cut": cut,
    "day": day,
    "incident": incident_of,
    "incident_words": incident_words,
    "moment": moment,
    "judgement_words": words.judgement_words,
    "link_words": link_words,
    "mood_words": mood_words,
    "party_codes": party_codes,
    "party_key": party_key,
    "party_words": words.party_words,
    "place_words": words.place_words,
    "plain": words.plain,
    "pretty": pretty,
    "quad": quad,
    "reason_words": reason_words,
    "report_count": report_count,
    "source_words": words.source_words,
    "spark": spark,
    "toll_words": words.toll_words,
    "what_words": words.what_words,
    "when_words": words.when_words,
}
GLOBALS: Mapping[str, Callable[..., Any]] = {
    "modes": modes_of,
    "path": make_path,
    "static": static,
    "types": lambda: tuple(TYPES),
    "vega": vega_address,
}
