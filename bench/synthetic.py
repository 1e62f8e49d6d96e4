"""Invented reports in any number, coded as if read: for measuring the store, which does not mind what they say."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from casus.ontology import TYPES, quad_of, score_of
from casus.records import Event, Extent, Incident, Link, Modality, Party, Place, Quantity, Report, Span, When

COUNTRIES = ("USA", "IRN", "IRQ", "COD", "RWA", "FRA", "SDN", "TCD", "UKR", "RUS", "COL", "VEN", "MMR", "BGD", "KEN")
SECTORS = ("GOV", "MIL", "REB", "COP", "CVL", "OPP")
TOWNS = tuple(f"Town {number}" for number in range(400))
MODALITIES: tuple[Modality, ...] = ("actual", "actual", "actual", "future", "hypothetical", "negated")
WORDS = ("convoy", "market", "bridge", "ministry", "border", "airfield", "village", "harbour", "embassy", "rally")
FIRST, DAYS = date(2031, 1, 1), 1460
SENTENCE = "The {0} forces of {1} moved on the {2} in {3}, and the {4} said so. "


def make_report(number: int, events: int = 10) -> Report:
    """Return report `number`, always the same, with that many events in half as many incidents."""
    chance = Random(number)
    sentences = [_sentence(chance) for _ in range(events)]
    text = "".join(sentences)
    starts = [sum(map(len, sentences[:nth])) for nth in range(events)]
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    coded = tuple(_event(chance, text, start, day, nth) for nth, start in enumerate(starts))
    incidents = tuple(
        Incident(id=f"i{nth + 1}", events=tuple(e.id for e in coded[2 * nth : 2 * nth + 2]), type=coded[2 * nth].type,
                 actors=coded[2 * nth].actors, recipients=coded[2 * nth].recipients, when=coded[2 * nth].when,
                 where=coded[2 * nth].where)
        for nth in range(events // 2)
    )  # fmt: skip
    links = (Link("i2", "i1", "responds_to", explicit=True, confidence=0.8),) if len(incidents) > 1 else ()
    return Report(
        id=f"s{number}", title=sentences[0].strip(), published=day.isoformat(), publisher=f"Wire {number % 40}",
        text=text, events=coded, incidents=incidents, links=links,
    )  # fmt: skip


def _sentence(chance: Random) -> str:
    one, other = chance.sample(COUNTRIES, 2)
    return SENTENCE.format(one, other, chance.choice(WORDS), chance.choice(TOWNS), chance.choice(WORDS))


def _event(chance: Random, text: str, start: int, day: date, nth: int) -> Event:
    kind = TYPES[chance.choice(tuple(TYPES))]
    mode = chance.choice((*kind.modes, None))
    trigger = Span(text.index("moved", start), text.index("moved", start) + 5, "moved")
    when = (day - timedelta(days=chance.randrange(3))).isoformat()
    return Event(
        id=f"e{nth + 1}", trigger=trigger, sentence=Extent(start, text.index(". ", start) + 1), type=kind.name,
        mode=mode, score=score_of(kind.name, mode), quad=quad_of(kind.name), actors=(_party(chance, text, start),),
        recipients=(_party(chance, text, start),), modality=chance.choice(MODALITIES),
        when=When(when, when, "day"), where=_place(chance, text, start), quantities=_counts(chance, text, start),
        incident=f"i{nth // 2 + 1}", confidence=chance.random(), evidence={"entry": "synthetic", "chance": 0.5},
    )  # fmt: skip


def _party(chance: Random, text: str, start: int) -> Party:
    words = text[start : start + 7]
    country, sector = chance.choice(COUNTRIES), chance.choice(SECTORS)
    return Party(start, start + 7, words, f"{country} {sector}", f"org-{country}-{sector}".lower(), country, (sector,))


def _place(chance: Random, text: str, start: int) -> Place:
    here = text.index("Town", start)
    number = chance.randrange(len(TOWNS))
    country = COUNTRIES[number % len(COUNTRIES)]
    return Place(here, here + 4, "Town", TOWNS[number], number, country, precision="city")


def _counts(chance: Random, text: str, start: int) -> tuple[Quantity, ...]:
    if chance.random() < 0.7:
        return ()
    killed = chance.randrange(1, 40)
    return (Quantity(start, start + 3, text[start : start + 3], "killed", killed, killed),)
