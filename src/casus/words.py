"""Parts of records in few words, for people: times, counts, parties; builds no table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casus.records import Attribution, Event, Party, Place, Toll, When
from casus.stored import Judgement

VERBS = {"responds_to": "answers", "fulfils": "fulfils", "part_of": "is part of", "follows": "follows"}


def plain(text: str) -> str:
    r"""Return text on one line and without the control characters that a terminal would obey.

    >>> plain("a\x1b[2J\nb")
    'a[2J b'
    """
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def count_words(low: int | None, high: int | None, kind: str, *, approximate: bool = False) -> str:
    """Return a count and what it counts.

    >>> count_words(12, None, "killed"), count_words(None, 30, "munitions"), count_words(24, 99, "injured")
    ('12+ killed', 'up to 30 munitions', '24-99 injured')
    >>> count_words(3500, 3500, "troops", approximate=True), count_words(None, None, "missing")
    ('~3500 troops', '? missing')
    """
    if low is None or high is None:
        number = "?" if low is high else f"{low}+" if high is None else f"up to {high}"
    else:
        number = str(low) if low == high else f"{low}-{high}"
    return f"{'~' if approximate and low == high else ''}{number} {kind}"


def toll_words(kind: str, toll: Toll) -> str:
    """Return the figures of an incident, with the best one where they differ.

    >>> toll_words("killed", Toll(9, 12, 15))
    '9-15 killed (best 12)'
    """
    words = count_words(toll.low, toll.high, kind)
    return words if toll.best in (None, toll.low, toll.high) else f"{words} (best {toll.best})"


def when_words(when: When | None) -> str:
    """Return a time as short as its precision allows.

    >>> when_words(When("2031-05-01", "2031-05-31", "month")), when_words(When("2031-05-01", "2031-05-07", "week"))
    ('2031-05', '2031-05-01..07')
    """
    if when is None:
        return ""
    if when.precision in ("month", "year"):
        return when.start[: 7 if when.precision == "month" else 4]
    if when.start == when.end:
        return when.start
    same = when.start[:8] == when.end[:8]
    return f"{when.start}..{when.end[8:] if same else when.end}"


def party_words(parties: Iterable[Party]) -> str:
    """Return parties as written, each with the country and first sector it stands for.

    >>> party_words([Party(0, 10, "the police", country="FRA", sectors=("COP", "GOV"))])
    'the police [FRA COP]'
    """
    return ", ".join(_party(party) for party in parties)


def _party(party: Party) -> str:
    codes = " ".join(code for code in (party.country, *party.sectors[:1]) if code)
    return f"{plain(party.text)} [{codes}]" if codes else plain(party.text)


def place_words(place: Place | None) -> str:
    """Return a place by its name, else as written."""
    return plain(place.name or place.text) if place else ""


def what_words(kind: str, mode: str | None) -> str:
    """Return a type with its mode, with a space where a narrow column may break."""
    return f"{kind}: {mode}" if mode else kind


def source_words(source: Attribution | None) -> str:
    """Return who says so, with the stance where it is more than stating."""
    if source is None:
        return ""
    return plain(source.text) if source.stance == "states" else f"{plain(source.text)} {source.stance}"


def mood_words(event: Event) -> str:
    """Return the modality, with the text's own doubt.

    >>> from casus.records import Extent, Span
    >>> told = Event(id="e1", trigger=Span(0, 4, "fled"), sentence=Extent(0, 5), type="RETREAT", score=6.5,
    ...     quad="material-cooperation", hedged=True)
    >>> mood_words(told)
    'actual, hedged'
    """
    return f"{event.modality}, hedged" if event.hedged else event.modality


def judgement_words(judgement: Judgement) -> str:
    """Return a judgement in one line.

    >>> at = "2031-05-06T10:00:00Z"
    >>> judgement_words(Judgement(id=3, kind="correct", target="r:e1", slot="type", value="AID", by="ann", at=at))
    '3  2031-05-06T10:00:00  ann: correct r:e1 type AID'
    """
    value = _value_words(judgement.value) if judgement.kind == "correct" else ""
    target = f"judgement {judgement.target}" if judgement.kind == "undo" else judgement.target
    said = " ".join(filter(None, (judgement.kind, target, judgement.slot, value, *judgement.others)))
    note = f" ({judgement.note})" if judgement.note else ""
    return f"{judgement.id}  {judgement.at[:19]}  {judgement.by}: {said}{note}"


def _value_words(value: Any) -> str:
    """Return the words of a value: of spans their texts."""
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_value_words, value)) or "nothing"
    if isinstance(value, dict):
        return str(value.get("text") or value.get("start"))
    return "nothing" if value is None else str(value)
