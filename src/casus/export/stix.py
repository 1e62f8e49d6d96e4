"""STIX 2.1: incidents, the parties as identities, places as locations, and how they stand to each other.

Ids are made of our own (UUID version 5), so that the same thing has the same id in every export. What STIX has no
property for is in an extension of the incident. Needs the extra `stix`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from casus import __version__
from casus.errors import CasusError
from casus.export.countries import codes_of
from casus.export.forms import Column, Format, word_set
from casus.export.incident_columns import describe_incident
from casus.export.sides import country_name, name_of
from casus.export.sources import PAGE, Happening, Source
from casus.records import Link, Party, Place
from casus.store.query.heads import read_births
from casus.words import plain, what_words

SPACE = UUID("5d0f9f0e-1f0a-5c3e-9a59-6f2f6f6a7c11")
"""The name space of our ids: drawn once, never to be changed."""
OUTSIDE = "links to incidents that are not in the bundle"
BORN = "2026-01-01T00:00:00.000Z"
"""When identities and locations are said to have been created: no store knows, and it must never differ."""
KINDS = {"responds_to": "responds-to", "fulfils": "fulfils", "part_of": "part-of", "follows": "follows"}
KEPT = ("type", "mode", "status", "score", "quad", "when_start", "when_end", "when_precision", "place_precision")
MISSING = "this needs stix2: pip install 'casus[stix]'"
COLUMNS = (
    Column("incident", "object", "name, description, the reports as external_references, and the extension below"),
    Column("incident.extensions", "object", f"{', '.join(KEPT)}; toll: kind to low, best and high; events: their ids"),
    Column("identity", "object", "a party: name; roles are its PLOVER sectors, labels hold its country and our key"),
    Column(
        "location", "object", "a place: name, latitude, longitude, country (ISO 3166-1 alpha-2), administrative_area"
    ),
    Column("relationship attributed-to", "object", "from an incident to who did it"),
    Column("relationship targets", "object", "from an incident to whom it was done"),
    Column("relationship located-at", "object", "from an incident to where it happened"),
    Column("relationship responds-to, fulfils, part-of, follows", "object", "between incidents, with confidence 0-100"),
    Column("extension-definition", "object", "what the extension holds"),
)


def _make_id(kind: str, *key: str) -> str:
    return f"{kind}--{uuid5(SPACE, chr(31).join((kind, *key)))}"


def _identity_id(party: Party) -> str:
    """Return the id of a party: of all that its identity holds, as an object of STIX never differs under one id."""
    return _make_id("identity", party.id or "", name_of(party) or "?", party.country or "", *party.sectors)


def _location_id(place: Place) -> str:
    """Return the id of a place, of all that its location holds."""
    held = (place.country, place.admin1, place.lat, place.lon)
    return _make_id("location", _name_place(place), *("" if value is None else str(value) for value in held))


def _name_place(place: Place) -> str:
    return place.name or plain(place.text)


class Bundle:
    """The objects of a bundle, each once; keeps the ids of identities and locations, not the objects."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.stix = import_stix()
        self.author = _make_id("identity", "casus")
        self.extension = _make_id("extension-definition", "incident")
        self._known: set[int] = set()

    def objects(self) -> Iterator[Any]:
        """Yield all objects; those that others refer to come first, but for links between incidents."""
        yield self.stix.Identity(
            id=self.author, created=BORN, modified=BORN, name=f"Casus {__version__}", identity_class="system"
        )
        yield self._define_extension()
        born: dict[str, str] = {}
        for page in _pages(self.source.happenings()):
            born |= read_births(self.source.store, (told.incident.id for told in page))
            for told in page:
                yield from self._tell(told, _stamp(born[told.incident.id]))
        yield from self._link(born)

    def _define_extension(self) -> Any:
        return self.stix.ExtensionDefinition(
            id=self.extension, created_by_ref=self.author, created=BORN, modified=BORN, name="Casus incident",
            description="Type, mode, status, time and toll of an incident as coded by Casus in terms of PLOVER.",
            schema=json.dumps({"type": "object", "properties": {name: {} for name in (*KEPT, "toll", "events")}}),
            version="1.0.0", extension_types=["property-extension"],
        )  # fmt: skip

    def _tell(self, told: Happening, born: str) -> Iterator[Any]:
        incident = told.incident
        id_ = _make_id("incident", incident.id)
        sides = (("attributed-to", incident.actors), ("targets", incident.recipients))
        others = {kind: {_identity_id(party): party for party in parties} for kind, parties in sides}
        places = {_location_id(incident.where): incident.where} if incident.where else {}
        for targets in others.values():
            yield from (self._identity(key, party) for key, party in targets.items() if self._is_new(key))
        yield from (self._location(key, place) for key, place in places.items() if self._is_new(key))
        yield self._incident(told, id_, born)
        ends = [(kind, key) for kind, targets in others.items() for key in targets]
        for kind, key in (*ends, *(("located-at", key) for key in places)):
            yield self._relate(id_, kind, key, born)

    def _is_new(self, id_: str) -> bool:
        number = UUID(id_.partition("--")[2]).int
        if number in self._known:
            return False
        self._known.add(number)
        return True

    def _incident(self, told: Happening, id_: str, born: str) -> Any:
        flat = {name: value for name, value in describe_incident(told).items() if name in KEPT and value is not None}
        toll = {
            kind: {end: value for end in ("low", "best", "high") if (value := getattr(count, end)) is not None}
            for kind, count in told.incident.toll.items()
        }
        extension = flat | {"extension_type": "property-extension", "events": [event.id for event in told.events]}
        extension |= {"toll": {kind: counts for kind, counts in toll.items() if counts}} if toll else {}
        return self.stix.Incident(
            id=id_, created_by_ref=self.author, created=born, modified=_stamp(told.version.valid_from),
            name=_title(told), labels=_labels(told),
            description=f"Incident {told.incident.id} of a store of Casus, version {told.version.version}.",
            external_references=[_reference(head) for head in told.heads.values()],
            extensions={self.extension: extension}, allow_custom=True,
        )  # fmt: skip

    def _identity(self, key: str, party: Party) -> Any:
        labels = [f"country:{party.country}"] if party.country else []
        labels += [f"casus:{party.id}"] if party.id else []
        return self.stix.Identity(
            id=key, created_by_ref=self.author, created=BORN, modified=BORN, name=name_of(party) or "?",
            identity_class=_class_of(party), **({"roles": list(party.sectors)} if party.sectors else {}),
            **({"labels": labels} if labels else {}),
        )  # fmt: skip

    def _location(self, key: str, place: Place) -> Any:
        told: dict[str, Any] = {"name": _name_place(place)}
        if codes := codes_of(place.country):
            told["country"] = codes.alpha2
        if place.admin1:
            told["administrative_area"] = place.admin1
        if place.lat is not None and place.lon is not None:
            told |= {"latitude": place.lat, "longitude": place.lon}
        if len(told) == 1:  # a location must have one of these, or a region
            told["region"] = country_name(place.country) or told["name"]
        return self.stix.Location(id=key, created_by_ref=self.author, created=BORN, modified=BORN, **told)

    def _relate(self, source: str, kind: str, target: str, born: str, **more: Any) -> Any:
        return self.stix.Relationship(
            id=_make_id("relationship", source, kind, target), created_by_ref=self.author, created=born, modified=born,
            source_ref=source, relationship_type=kind, target_ref=target, **more,
        )  # fmt: skip

    def _link(self, born: Mapping[str, str]) -> Iterator[Any]:
        """Yield the links whose both ends are in the bundle."""
        ids = list(born)
        for first in range(0, len(ids), PAGE):
            here = set(ids[first : first + PAGE])
            for link in self.source.store.links_of(here):
                if link.source in here and link.target in born:
                    yield self._relate_link(link, _stamp(born[link.source]))
                elif link.source in here or link.source not in born:
                    self.source.losses.leave_out(OUTSIDE)

    def _relate_link(self, link: Link, born: str) -> Any:
        source, target = (_make_id("incident", end) for end in (link.source, link.target))
        told = {"description": plain(link.cue.text)} if link.cue else {}
        return self._relate(source, KINDS[link.kind], target, born, confidence=round(link.confidence * 100), **told)


def _pages(happenings: Iterator[Happening]) -> Iterator[list[Happening]]:
    while page := list(islice(happenings, PAGE)):
        yield page


def import_stix() -> Any:
    """Return the module of STIX 2.1 objects.

    Raises:
        CasusError: stix2 is not installed.
    """
    try:
        return import_module("stix2.v21")
    except ModuleNotFoundError as error:
        raise CasusError(MISSING) from error


def _stamp(moment: str) -> str:
    """Return a moment of the store to the millisecond, as STIX has it.

    >>> _stamp("2031-05-06T09:00:00.123456Z"), _stamp("2031-05-06T09:00:00Z")
    ('2031-05-06T09:00:00.123Z', '2031-05-06T09:00:00.000Z')
    """
    told = moment.rstrip("Z")
    return f"{told[:23] if '.' in told else f'{told}.000'}Z"


def _title(told: Happening) -> str:
    incident = told.incident
    sides = " on ".join(name for name in (_names(incident.actors), _names(incident.recipients)) if name)
    place = _name_place(incident.where) if incident.where else ""
    day = incident.when.start if incident.when else ""
    return ", ".join(part for part in (what_words(incident.type, incident.mode), sides, place, day) if part)


def _names(parties: tuple[Party, ...]) -> str:
    return " and ".join(dict.fromkeys(name_of(party) or "?" for party in parties))


def _labels(told: Happening) -> list[str]:
    mode = [f"mode:{told.incident.mode}"] if told.incident.mode else []
    return [f"plover:{told.incident.type}", *mode, f"status:{told.incident.status}"]


def _reference(head: Any) -> dict[str, str]:
    told = {"source_name": head.publisher or "report", "external_id": head.id}
    told |= {"description": head.title} if head.title else {}
    return told | ({"url": head.url} if head.url else {})


def _class_of(party: Party) -> str:
    kind = (party.id or "").partition("-")[0]
    return {"per": "individual", "org": "organization", "pty": "organization", "peo": "class"}.get(kind, "group")


def _write(source: Source, file: BinaryIO) -> None:
    content = sha256()
    file.write(b'{"type": "bundle", "objects": [')
    for told in Bundle(source).objects():
        line = told.serialize().encode()
        content.update(line)
        file.write(b",\n" if source.losses.written else b"\n")
        file.write(line)
        source.losses.written += 1
    file.write(f'\n], "id": "{_make_id("bundle", content.hexdigest())}"}}\n'.encode())


FORMAT = Format(
    name="stix",
    title="STIX 2.1",
    about="A STIX 2.1 bundle: incidents, identities, locations and their relationships; the objects are STIX's, the "
    "coding is that of Casus.",
    unit="incidents",
    suffix=".stix.json",
    media="application/stix+json;version=2.1",
    columns=COLUMNS,
    keeps=word_set(
        "report incident type mode score quad party_names party_keys party_countries party_sectors "
        "further_parties when when_end when_precision where coordinates admin1 where_precision status killed "
        "injured other_tolls toll_range links stored_incidents"
    ),
    write=_write,
    extra="stix",
    notes=(
        "Ids are UUIDs of version 5 of our own ids: the same incident has the same id in every export.",
        "STIX 2.1 knows incidents by little more than a name; what else there is stands in an extension.",
    ),
)
