"""Parties that belong to no one country because they come from several or from abroad: foreigners, coalitions, nations.

Says so, and names the pair that `both countries` takes up; what such a phrase means otherwise is told in `compose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from casus.resolve.party_words import words
from casus.resolve.phrases import DASHES

RULE = "of several countries"
ABROAD, AFFAIRS, ALLIED, STATES, SIDED = (words(n) for n in ("abroad", "affairs", "allied", "states", "sided"))
POLITICAL = words("political")
MODIFIERS = frozenset({"amod", "compound", "nmod:desc", "det", "nummod", "nmod:unmarked"})
COUNCIL = re.compile(r"(?i)security council")
COALITION = re.compile(
    r"(?i)-\s?led (?:\S+ ){0,2}(?:coalition|alliance)|\b(?:international|military|multinational) coalition"
    r"|\bcoalition(?:'s)? (?:forces?|troops|soldiers|warplanes|air ?strikes?|aircraft|jets|strikes?|raids?|bombing)"
)


def is_joint(head: Token, *, allied: bool) -> bool:
    """Whether a phrase means people of several countries, or of any but this one.

    Args:
        head: of the phrase.
        allied: whether the report tells of a military coalition, see `tells_coalition`.
    """
    if head.pos_ == "PROPN" and not head.n_lefts:
        return False
    lemma = head.lemma_.lower()
    return (
        lemma in ("foreigner", "westerner", "expatriate")
        or _is_foreign(head, lemma)
        or _is_led(head, lemma)
        or (allied and _is_coalition(head, lemma))
        or (lemma == "member" and _is_of_council(head))
        or (is_states(head) and not is_pair(head))
    )


def tells_coalition(doc: Doc) -> bool:
    """Whether a report tells of a coalition that fights, so that `the coalition` is no government's."""
    return COALITION.search(doc.text) is not None


def is_states(head: Token) -> bool:
    """`nations`, `neighbouring countries`: several states."""
    return head.tag_ in ("NNS", "NNPS") and head.lemma_.lower() in STATES


def is_pair(head: Token) -> bool:
    """`the two countries`, `both sides`, `the nations`: two states named before."""
    if head.lemma_.lower() not in SIDED or head.tag_ != "NNS":
        return False
    told = {c.lower_ for c in head.lefts if c.dep_ in MODIFIERS}
    return told <= {"the", "two", "both", "these"} and bool(told)


def _is_foreign(head: Token, lemma: str) -> bool:
    """`foreign fighters`, `Western journalists`; a foreign ministry is the country's own."""
    return lemma not in AFFAIRS and any(m.lower_ in ABROAD for m in _modifiers(head))


def _is_led(head: Token, lemma: str) -> bool:
    """`U.S.-led forces`: those of a state that leads others."""
    if lemma not in ALLIED:
        return False
    led = (m for m in _modifiers(head) if m.lower_ == "led" or m.lower_.endswith("-led"))
    return any(m.i == 0 or m.nbor(-1).text in DASHES or "-" in m.text for m in led)


def _is_coalition(head: Token, lemma: str) -> bool:
    """`the coalition`, `coalition warplanes`; not the parties that govern together."""
    modifiers = [m.lower_ for m in _modifiers(head)]
    named = lemma == "coalition" or (lemma in ALLIED and "coalition" in modifiers)
    return named and not POLITICAL.intersection(modifiers) and not any(c.dep_ == "nmod" for c in head.rights)


def _is_of_council(head: Token) -> bool:
    """`permanent members of the Security Council` are its states; its own staff are no members."""
    bodies = (c for c in head.rights if c.dep_ == "nmod")
    return head.tag_ == "NNS" and any(COUNCIL.search(c.doc[c.left_edge.i : c.i + 1].text) for c in bodies)


def _modifiers(head: Token) -> Iterator[Token]:
    return (c for c in head.lefts if c.dep_ in MODIFIERS) if head.n_lefts else iter(())
