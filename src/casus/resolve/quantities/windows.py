"""Tells what a count is of by the words around it: those behind its noun phrase, those before, the noun itself.

News puts the count beside its verb, so these are asked before the tree. They look no further than the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from casus.records import QuantityKind
from casus.resolve.numbers import is_number
from casus.resolve.quantities.amounts import load_starters
from casus.resolve.quantities.phrases import Counted, Text

REACH = 8
INSERTION = 25
PARTS = frozenset({"including", "among", "mostly", "most", "many", "some", "all", "both", "at"})
AUXILIARIES = frozenset({"are", "were", "was", "is", "have", "has", "had"})
BOUND = frozenset({"of", "from", "in", "at", "near", "across", "inside", "with", "and"})
PASSIVE = ("ed", "state", "struck")
PUT = frozenset({"put", "puts", "putting", "set", "sets", "estimated", "revised"})  # "put the toll at 150"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a count is of: kinds (two for "killed or wounded"), which side said so, how many to add ("himself and")."""

    kinds: tuple[QuantityKind, ...]
    side: str
    either: bool = False
    extra: int = 0


def judge_by_words(text: Text, counted: Counted) -> Verdict | None:
    """What a count is of by the words right behind or before it; None where neither says.

    "Killed four kidnapped foreigners": where the number stands bare before a participle, the verb before it decides.
    """
    right, left = look_right(text, counted), look_left(text, counted)
    if right is not None and left is not None and counted.bare and text.words[counted.last] in text.lexicon.forms:
        following = text.words[counted.last + 1 : counted.last + 2]
        return left if following and following[0].isalpha() and following[0] not in text.lexicon.sets["stop"] else right
    return right or left


def look_right(text: Text, counted: Counted) -> Verdict | None:
    """The participle, adjective or verb behind the noun phrase: "12 people were killed", "20 dead", "5,000 marched"."""
    words, index = text.words, _skip_insertion(text, counted.last, text.end_of(counted.amount.core))
    end = min(text.end_of(counted.amount.core), index + REACH)
    passive = False
    while index < end:
        word = words[index]
        if word in text.lexicon.sets["staged"] and text.lexicon.sets["gatherings"] & set(words[index + 1 : index + 5]):
            return Verdict(("participants",), "right")
        if word in text.lexicon.verbs["troops"] and passive and text.words[counted.head] in text.lexicon.sent:
            return Verdict(("troops",), "right")
        if verdict := _phrase_at(text, index):
            return verdict
        if word in text.lexicon.forms:
            return _judge_form(text, index, passive=passive)
        if word in text.lexicon.sets["be"]:
            passive = True
        elif (
            word not in text.lexicon.sets["skip"]
            and not word.endswith("ly")
            and not (word == "," and words[index + 1 : index + 2] == ["who"])
        ):
            return None
        index += 1
    return None


def _skip_insertion(text: Text, index: int, end: int) -> int:
    """Step over ", including two children," and over "of the cartel" where an auxiliary follows; else stay."""
    words = text.words
    if index + 1 < end and words[index] == "," and words[index + 1] in PARTS:
        return next((at for at in range(index + 2, min(end, index + INSERTION)) if words[at] in AUXILIARIES), index)
    if index + 1 < end and words[index] in BOUND and not (words[index] == "and" and _starts_amount(words[index + 1])):
        for at in range(index + 1, min(end, index + REACH)):
            if words[at] in AUXILIARIES:
                return at
            if words[at] in text.lexicon.forms or words[at] in {",", "who", "that", "which", "and"}:
                break
    return index


def _starts_amount(word: str) -> bool:
    return is_number(word) or word in load_starters() or word in {"at", "up", "more", "nearly", "about", "some", "the"}


def _phrase_at(text: Text, index: int) -> Verdict | None:
    for size in (4, 3, 2):
        kind = text.lexicon.phrases.get(tuple(text.words[index : index + size]))
        if kind is not None:
            return Verdict((kind,), "right")
    return None


def _judge_form(text: Text, index: int, *, passive: bool) -> Verdict | None:
    """What a known word behind the noun phrase says of it: passives and states do, active verbs do not."""
    word, lexicon = text.words[index], text.lexicon
    following = text.words[index + 1 : index + 3]
    for kind, role in lexicon.forms[word]:
        if role == "state" and lexicon.kind_of(word, ("ed",)) is None:
            return Verdict((kind,), "right")
        if role in {"ed", "struck"} and (passive or not _has_object(text, index + 1)):
            if (
                len(following) == 2
                and following[0] in {"or", "and"}
                and (other := lexicon.kind_of(following[1], PASSIVE)) not in {None, kind}
            ):
                assert other is not None
                if {kind, other} != {"killed", "injured"} or (role == "struck" and following[0] == "and"):
                    return Verdict((other if role == "struck" else kind,), "right")
                return Verdict((kind, other), "right", either=True)
            return Verdict((_deadly(text, index) if role == "struck" else kind,), "right")
        if role == "subject" and not passive:
            return Verdict((kind,), "right")
        if role == "ing" and passive and text.words[index - 1] == "being":
            return Verdict((kind,), "right")
    return None


def _has_object(text: Text, index: int) -> bool:
    """Say whether an object begins here, so that the word before is an active verb."""
    words = text.words
    if index >= len(words):
        return False
    return (
        words[index] in text.lexicon.sets["objects"]
        or words[index][0].isdigit()
        or (
            words[index] in {"or", "and"}
            and index + 1 < len(words)
            and words[index + 1] in text.lexicon.forms
            and _has_object(text, index + 2)
        )
    )


def _deadly(text: Text, index: int) -> QuantityKind:
    """Shot, stabbed, beaten: killed where death follows, else injured."""
    after = text.words[index + 1 : index + 6]
    return (
        "killed"
        if "dead" in after
        or "death" in after
        or "killed" in after
        or "fatally" in text.words[max(0, index - 2) : index]
        else "injured"
    )


def look_left(text: Text, counted: Counted) -> Verdict | None:
    """The verb or noun before the amount: "killing 12", "death toll rose to 41", "a crowd of 5,000"."""
    words, lexicon, start = text.words, text.lexicon, text.start_of(counted.amount.core)
    index = counted.first - 1
    while index > start and (
        (words[index].endswith("ly") and words[index] not in lexicon.forms) or words[index] in {'"', "“", "both"}
    ):
        index -= 1
    if index < start:
        return None
    if words[index] == "dead" and index > start and lexicon.kind_of(words[index - 1], ("struck",)):
        return Verdict(("killed",), "left")
    if (
        words[index] == "and"
        and index - 2 >= start
        and words[index - 1] in {"himself", "herself", "themselves", "itself"}
    ):
        return (
            Verdict(("killed",), "left", extra=1)
            if lexicon.kind_of(words[index - 2], ("ed", "ing", "base")) == "killed"
            else None
        )
    if words[index] in {
        "of",
        "to",
        "at",
        "by",
        "is",
        "was",
        "reached",
        "reaching",
        "hit",
        "stood",
        "as",
        "with",
        ":",
        "passed",
        "topped",
        "exceeded",
    }:
        return _behind_noun(text, counted, index, start)
    return _behind_verb(text, counted, index, start)


def _behind_verb(text: Text, counted: Counted, index: int, start: int) -> Verdict | None:
    words, lexicon = text.words, text.lexicon
    if (
        words[index] in lexicon.sets["seized"]
        and words[counted.head] in lexicon.sets["persons"]
        and not _is_passive(text, index, start)
    ):
        return (
            Verdict(("abducted",), "left")
            if words[index].startswith("seiz") or "hostage" in words[counted.last : counted.last + 3]
            else None
        )
    for kind, role in lexicon.forms.get(words[index], ()):
        if role == "ing" and words[index - 1] == "the":
            continue
        if role not in {"ed", "ing", "base", "struck"} or (
            role in {"ed", "struck"} and _is_passive(text, index, start)
        ):
            continue
        if kind == "participants" and counted.amount.single:
            continue
        other = (
            lexicon.kind_of(words[index - 2], ("ed", "ing", "base"))
            if index - 2 >= start and words[index - 1] in {"or", "and"}
            else None
        )
        if other is not None and other != kind and words[index - 3 : index - 2] != ["were"]:
            return Verdict((other, kind), "left", either=True)
        return Verdict((_deadly_object(text, counted, kind, role),), "left")
    return None


def _deadly_object(text: Text, counted: Counted, kind: QuantityKind, role: str) -> QuantityKind:
    """Tell "shot 12 people dead" against "shot 12 people"; "shot dead 12" has its death before the amount."""
    if role == "struck" and text.words[max(0, counted.first - 2)] in {"fatally", "mortally"}:
        return "killed"
    return _deadly(text, counted.last - 1) if role == "struck" else kind


def _is_passive(text: Text, index: int, start: int) -> bool:
    before = text.words[max(start, index - 3) : index]
    return any(word in {"was", "were", "been", "being", "is", "are", "be"} for word in before)


def _behind_noun(text: Text, counted: Counted, index: int, start: int) -> Verdict | None:
    """A noun before a preposition: "deaths of 12", "toll to 41", "rally by 200", "attended by 500"."""
    words, lexicon = text.words, text.lexicon
    before = words[max(start, index - REACH) : index]
    if lexicon.sets["toll"] & set(before) and words[index] not in {"by", "with", "as"} and not counted.amount.single:
        return Verdict(("killed",), "left")
    if words[index] == "at" and PUT & set(before[-3:]) and lexicon.sets["toll"] & set(words[start:index]):
        return Verdict(("killed",), "left")
    word = before[-1] if before else ""
    if words[index] in {"of", "by"} and word in lexicon.sets["crowd"] and not counted.amount.single:
        return Verdict(("participants",), "left")
    if words[index] != "of":
        return None
    kind = lexicon.kind_of(word, ("noun",))
    return None if kind is None or kind == "participants" else Verdict((kind,), "left")


def look_at_noun(text: Text, counted: Counted) -> Verdict | None:
    """The counted noun itself: "41 deaths", "200 rockets", "14,000 troops", "no casualties", "60 lives"."""
    if counted.bare:
        return None
    words, lexicon = text.words, text.lexicon
    head = words[counted.head]
    if head in {"device", "devices"} and words[counted.head - 1] in {"explosive", "bomb", "incendiary"}:
        head = "bomb"
    if head in lexicon.sets["casualties"]:
        return Verdict(("killed", "injured"), "noun", either=True)
    if head in lexicon.sets["lives"]:
        near = set(words[max(0, counted.first - 4) : counted.first])
        return (
            Verdict(("killed",), "noun")
            if near & {"claimed", "claiming", "claim", "claims", "cost", "costing", "took", "taken", "taking", "lost"}
            else None
        )
    if counted.amount.single:
        return _single_thing(text, counted, head)
    kind = lexicon.kind_of(head, ("noun",)) or lexicon.things.get(head)
    if (
        kind is None
        and head in lexicon.sent
        and set(words[max(0, counted.first - 3) : counted.first]) & lexicon.verbs["troops"]
    ):
        kind = "troops"
    return None if kind is None or (kind == "killed" and head in {"murder", "massacre"}) else Verdict((kind,), "noun")


def _single_thing(text: Text, counted: Counted, head: str) -> Verdict | None:
    """One weapon or vehicle counts only where somebody uses it: "fired a missile", "a drone hit"."""
    words, kind = text.words, text.lexicon.things.get(head)
    if kind not in {"munitions", "vehicles"} or (
        words[counted.last : counted.last + 1] and words[counted.last] in text.lexicon.sets["unless"]
    ):
        return None
    verbs = text.lexicon.verbs[kind]
    behind = [word for word in words[counted.last : counted.last + 3] if word not in AUXILIARIES and word != "been"]
    used = set(words[max(0, counted.first - 1) : counted.first]) | set(behind[:1] if kind == "munitions" else ())
    return Verdict((kind,), "noun") if used & verbs else None
