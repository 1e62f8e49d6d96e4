"""Finds where a report names places: entities of the reader, and well-known names that it missed.

Decides neither which place is meant (`ranking`) nor whether it is a place or a party there (`roles`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from casus.resolve.gazetteer import Entry, Gazetteer
from casus.resolve.place_names import KIND_WORDS, fold_name
from casus.resolve.place_words import words
from casus.resolve.places.names import NATIONS, TOWNS, Name

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_PERSONS = frozenset({"PERSON", "EVENT"})
_DIRECTIONS = words("directions", "plain") | words("directions", "town")
_NO_NAMES = (KIND_WORDS.keys() | _DIRECTIONS) - {"gulf"}
_LOCATIVE = words("roles", "locative")
_DOUBTFUL = words("doubtful")
_COMPASS = words("near", "compass")
_DAYS = words("days") | words("months")
_LEADS = frozenset({"al", "el", "ad", "an", "ar", "as", "az", "at", "ash"})
_NAME_TIES = frozenset({"compound", "flat"})
_LONGEST = 7
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_ADJECTIVE_POS = frozenset({"ADJ", "PROPN", "NOUN", ""})


def find_names(doc: Doc, gazetteer: Gazetteer) -> list[Name]:
    """Every mention of a place name, party or place, in text order, without overlap."""
    taken = bytearray(len(doc))
    names: list[Name] = []
    written = [token.text for token in doc]
    capital = [index for index, word in enumerate(written) if word[0].isupper() or word in _LEADS]
    spotted = list(_spotted_names(doc, capital, gazetteer, written))
    for name in (name for name in spotted if " " in name.key):
        _take(name, taken, names)
    for name in _entity_names(doc, gazetteer):
        _take(name, taken, names)
    for name in spotted:
        _take(name, taken, names)
    for name in _adjectives(doc, capital, gazetteer, taken):
        _take(name, taken, names)
    return sorted(names, key=lambda name: name.start)


def _take(name: Name, taken: bytearray, names: list[Name]) -> None:
    if not any(taken[name.start : name.end]):
        taken[name.start : name.end] = b"\1" * (name.end - name.start)
        names.append(name)


def _entity_names(doc: Doc, gazetteer: Gazetteer) -> Iterator[Name]:
    for entity in doc.ents:
        if entity.label_ in PLACE_LABELS and not entity.text.islower():
            start, end = _whole_words(doc, entity.start, entity.end, gazetteer)
            for stop in [*(token.i for token in entity if token.text in {",", "(", ";"}), end]:
                name = make_name(doc, start, stop, gazetteer, entity.label_)
                if name:
                    yield name
                start = stop + 1


def _whole_words(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> tuple[int, int]:
    """The tokens with what stands beside them, if that makes a known name: the reader may mark half of "Al-Kut"."""
    if start and doc[start - 1].text[0].isupper() and gazetteer.lookup(doc[start - 1 : end].text):
        return start - 1, end
    if end < len(doc) and doc[end].text[0].isupper() and gazetteer.lookup(doc[start : end + 1].text):
        return start, end + 1
    first, last = _joined(doc, start, end)
    whole = gazetteer.lookup(doc[first:last].text) or not gazetteer.lookup(doc[start:end].text)
    return (first, last) if whole else (start, end)


def _joined(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """An unknown name with what a hyphen or the tree joins to it: all of "Beit Lid", "Al - Kili", "Nova Varos Hall"."""
    for _ in range(_LONGEST):
        if end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ + doc[end].whitespace_:
            step = (start, end + 2)
        elif start > 1 and doc[start - 1].text == "-" and not doc[start - 2].whitespace_ + doc[start - 1].whitespace_:
            step = (start - 2, end)
        elif end < len(doc) and _belongs(doc, end, start, end):
            step = (start, end + 1)
        elif start and _belongs(doc, start - 1, start, end) and not doc[start].is_sent_start:
            step = (start - 1, end)
        else:
            break
        if not (doc[step[0]].text[0].isupper() and doc[step[1] - 1].text[0].isupper()):
            break
        start, end = step
    return start, end


def _belongs(doc: Doc, index: int, start: int, end: int) -> bool:
    """Whether a capitalised word is tied to a name's words as part of it."""
    word = doc[index]
    if word.pos_ != "PROPN" or word.ent_type_ in _PERSONS or word.lower_ in _DAYS or not word.text[0].isupper():
        return False
    down = word.dep_ in _NAME_TIES and start <= word.head.i < end
    return down or any(token.dep_ in _NAME_TIES and token.head == word for token in doc[start:end])


def make_name(doc: Doc, start: int, end: int, gazetteer: Gazetteer, label: str = "") -> Name | None:
    """The mention of a place name over some tokens, its direction and kind word told apart; None if nothing is left."""
    while start < end and (
        doc[start].pos_ == "DET" or doc[start].lower_ in {"the", "a", "an"} or not doc[start].text[0].isalnum()
    ):
        start += 1
    while end > start and (doc[end - 1].text in _POSSESSIVE or (doc[end - 1].is_punct and doc[end - 1].text != ".")):
        end -= 1
    if start == end:
        return None
    core, direction = start, ""
    if not gazetteer.lookup(doc[start:end].text):
        while core < end - 1 and doc[core].lower_ in _DIRECTIONS | {"-"}:
            core += 1
        direction = doc[start:core].text
    if core == start:
        start = _with_direction(doc, start)
        direction = doc[start:core].text or _part_named(doc, core, end)
    end = _with_kind_word(doc, core, end, gazetteer)
    text = doc[core:end].text
    if text.lower() in _NO_NAMES:
        return None
    country = gazetteer.country(gazetteer.country_of(text) or "")
    if country and label:
        return Name(start, end, text, fold_name(text), (country,), use="adjective", label=label, direction=direction)
    entries = _senses(gazetteer.lookup(text), text)
    hosts = () if entries else _hosts(doc, core, end, gazetteer)
    return Name(start, end, text, fold_name(text), entries, label=label, direction=direction, hosts=hosts)


def _with_direction(doc: Doc, start: int) -> int:
    """The token where the direction before a name begins: "northern", "north - eastern", "southern and eastern"."""
    if not start or doc[start - 1].lower_ not in _DIRECTIONS or doc[start - 1].is_sent_start:
        return start
    word = doc[start - 1]
    if word.pos_ == "NOUN" and word.dep_ and not start <= word.head.i <= start + _LONGEST:
        return start
    joined = start > 2 and doc[start - 2].text == "-" and doc[start - 3].lower_ in _DIRECTIONS
    return start - 3 if joined else start - 1


def _part_named(doc: Doc, start: int, end: int) -> str:
    """The part of a place that the words after or before its name tell, as an adjective: "Mali 's north"."""
    after = doc[end + 1] if end + 1 < len(doc) and doc[end].text in _POSSESSIVE else None
    if after is not None and after.lower_ in _COMPASS and not (after.dep_ == "amod" and after.head.i > after.i):
        return f"{after.lower_}ern"
    before = [token.lower_ for token in doc[max(0, start - 3) : start]]
    return f"{before[1]}ern" if len(before) == 3 and before[1] in _COMPASS and before[::2] == ["the", "of"] else ""


def _with_kind_word(doc: Doc, core: int, end: int, gazetteer: Gazetteer) -> int:
    """One token further where a kind word follows and the longer name is known too."""
    if end < len(doc) and KIND_WORDS.get(doc[end].lower_) in {"admin1", "district", "base", "airport", "point"}:
        follows = doc[end + 1].lower_ if end + 1 < len(doc) else ""
        if follows not in {"department", "police", "government", "official", "officials"} and doc[end].is_lower:
            return end + 1 if gazetteer.lookup(doc[core : end + 1].text) else end
    return end


def _senses(entries: tuple[Entry, ...], text: str) -> tuple[Entry, ...]:
    """Short keys only where the text writes them as capitals: "US", never "us"."""
    return () if (len(text) < 4 and text.islower()) or text.lower() in _LEADS else entries


def _hosts(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """The place named first inside an unknown name."""
    for first in range(start, end):
        for last in range(end, first, -1):
            key = fold_name(doc[first:last].text)
            if last - first < end - start and gazetteer.is_spotted(key) and key not in _DOUBTFUL:
                return gazetteer.lookup(key)
    return ()


def _spotted_names(doc: Doc, capital: Sequence[int], gazetteer: Gazetteer, written: Sequence[str]) -> Iterator[Name]:
    """Well-known names at capitalised words, whatever the reader marked; inside an organisation they are a party."""
    past = 0
    for index in capital:
        if index < past:
            continue
        end = _longest_match(doc, index, gazetteer, written)
        if end and not _is_in_person(doc, index, end) and _stands_alone(doc, index, end, gazetteer):
            name = make_name(doc, index, end, gazetteer, doc[index].ent_type_)
            if name and name.entries:
                past = end
                yield replace(name, use="party") if _is_inside_organisation(doc, name) else name


def _is_in_person(doc: Doc, start: int, end: int) -> bool:
    """Whether the reader saw a person or event there that is more than the name itself."""
    inside = [token for token in doc[start:end] if token.ent_type_ in _PERSONS]
    beside = doc[end].ent_iob_ == "I" if end < len(doc) else False
    return bool(inside) and (end == start + 1 or doc[start].ent_iob_ == "I" or beside or inside[0].ent_type_ == "EVENT")


def _is_inside_organisation(doc: Doc, name: Name) -> bool:
    """Whether a name is only part of an organisation's: "Ohio State Police", not "the White House" marked as one."""
    if doc[name.start].ent_type_ != "ORG" or (name.start and doc[name.start - 1].lower_ in {"in", "at"}):
        return False
    inside = {
        token.i
        for token in doc[max(0, name.start - 8) : name.end + 8]
        if token.ent_type_ == "ORG" and token.pos_ != "DET"
    }
    return name.start - 1 in inside or name.end in inside


def _longest_match(doc: Doc, start: int, gazetteer: Gazetteer, written: Sequence[str]) -> int:
    """The end of the longest well-known name that begins at a token; 0 for none."""
    word = written[start]
    first = fold_name(word).partition(" ")[0]
    cut = first in {"saint", "st", "mt", "ft"} or word[-1] in "'’"
    most = gazetteer.longest(first) or (_LONGEST if cut else 0)
    if not most or not word[0].isalpha():
        return 0
    limit = start + 1
    while limit < len(written) and limit - start < 2 * most and not written[limit].isspace():
        limit += 1
    for end in range(limit, start, -1):
        last = written[end - 1]
        if last[0].isupper() or (end > start + 1 and last in KIND_WORDS):
            text = doc[start:end].text if end > start + 1 else word
            if gazetteer.is_spotted(fold_name(text)) and _is_written_as_name(text):
                return end
    return 0


def _is_written_as_name(text: str) -> bool:
    """Capitals where a name has them; short forms only in capitals ("US", "LA")."""
    return (text.isupper() or text.endswith(".")) if len(text) < 4 else text[0].isupper() or text[:2] in {"al", "el"}


def _stands_alone(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Whether an unmarked name is a place: not part of a longer name, and held by a locative phrase if doubtful."""
    if doc[start].ent_type_ == "ORG":
        return fold_name(doc[start:end].text) not in _DOUBTFUL
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if before is not None and _is_name_part(before) and not _is_place_word(before, gazetteer):
        return False
    if after is not None and _is_name_part(after) and not _is_place_word(after, gazetteer):
        return False
    key = fold_name(doc[start:end].text)
    entries = gazetteer.lookup(key)
    if " " in key or (
        key not in _DOUBTFUL and any(entry.kind in NATIONS or entry.kind not in TOWNS for entry in entries)
    ):
        return True
    return before is not None and (before.lower_ in _LOCATIVE or before.lower_ == "of" or before.lower_ in _DIRECTIONS)


def _is_name_part(token: Token) -> bool:
    if token.ent_type_ in _PERSONS:
        return True
    return (
        token.text[0].isupper()
        and token.lower_ not in _DAYS
        and token.pos_ in {"PROPN", ""}
        and token.text not in {"The", "In", "At"}
        and not token.is_sent_start
    )


def _is_place_word(token: Token, gazetteer: Gazetteer) -> bool:
    return (
        token.ent_type_ in PLACE_LABELS
        or token.lower_ in KIND_WORDS
        or token.lower_ in _DIRECTIONS
        or gazetteer.country_of(token.text) is not None
    )


def _adjectives(doc: Doc, capital: Sequence[int], gazetteer: Gazetteer, taken: bytearray) -> Iterator[Name]:
    """Words like "Iraqi": no place, but they tell which country the report speaks of."""
    for token in (doc[index] for index in capital if not taken[index]):
        if token.ent_type_ == "PERSON":
            continue
        two = doc[token.i : token.i + 2].text
        for end, text in ((token.i + 2, two), (token.i + 1, token.text)):
            code = gazetteer.country_of(text)
            country = gazetteer.country(code) if code else None
            if country and token.pos_ in _ADJECTIVE_POS:
                start = _with_direction(doc, token.i)
                direction = doc[start : token.i].text
                label = token.ent_type_
                yield Name(start, end, text, fold_name(text), (country,), "adjective", label, direction)
                break
