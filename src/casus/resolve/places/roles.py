"""Tells whether a place name stands for a place or for somebody: "in Baghdad" against "Baghdad said".

Reads the tree where there is one, else the words before and after.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from casus.resolve.place_words import words
from casus.resolve.places.names import NATIONS, TOWNS, Name

_LOCATIVE = words("roles", "locative")
_PARTITIVE = words("roles", "partitive")
_NOUNS = words("roles", "nouns")
_ACTS = words("roles", "acts")
_ORGANS = words("roles", "organs")
_SPATIAL = words("roles", "spatial")
_ACTING = NATIONS | {"capital", "landmark"}
_HOUSES = words("roles", "houses")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DEPARTING = frozenset({"leave", "depart", "head", "sail", "embark"})
_SUBJECTS = frozenset({"nsubj", "obl:agent", "csubj"})
_OBJECTS = frozenset({"obj", "iobj", "nsubj:pass"})
_PASSED_ON = frozenset({"conj", "appos", "flat", "compound"})


def is_party(doc: Doc, name: Name) -> bool:
    """Whether a mention stands for a government or people rather than for a place."""
    after = doc[name.end] if name.end < len(doc) else None
    if after is not None and after.text in _POSSESSIVE:
        return not _owns_place(doc, name)
    if after is not None and after.lower_ in _ORGANS and _heads(after, doc[name.end - 1]):
        return not _names_building(doc, name)
    if name.label == "ORG" and not _is_site(name) and not is_located(doc, name):
        return True
    if not _may_act(name):
        return False
    if _is_in_compound(doc, name):
        return True
    if name.direction:
        return False
    head = _head(doc, name)
    is_nation = name.entries[0].kind in NATIONS
    return acts(head, is_nation=is_nation) if head.dep_ else _acts_by_words(doc, name)


def _names_building(doc: Doc, name: Name) -> bool:
    """Whether a town stands before a house of its own: "Lyon police headquarters", "the Bari Appeal Court"."""
    if not name.entries or name.entries[0].kind not in TOWNS:
        return False
    words = [token.lower_ for token in doc[name.end : name.end + 3]]
    return any(word in _HOUSES for word in words)


def _is_in_compound(doc: Doc, name: Name) -> bool:
    """Whether a hyphen ties the name to another word ("pro - Iran", "U.S. - led"), other than in a border of two."""
    before, after = doc[max(0, name.start - 2) : name.start], doc[name.end : name.end + 4]
    if "border" in {token.lower_ for token in after}:
        return False
    return bool(
        (len(before) > 1 and before[1].text == "-") or (len(after) > 1 and after[0].text == "-" and after[1].is_lower)
    )


def _is_site(name: Name) -> bool:
    """Whether the name can only be a site, whatever the reader took it for: an airport, a base, a sea."""
    return bool(name.entries) and not any(entry.kind in _ACTING | TOWNS for entry in name.entries)


def is_located(doc: Doc, name: Name, cases: frozenset[str] = _LOCATIVE) -> bool:
    """Whether a locative preposition (one of `cases`) holds the mention."""
    head = _head(doc, name)
    for _ in range(3):
        if head.dep_ not in _PASSED_ON or head.head == head:
            break
        head = head.head
    if any(child.dep_ == "case" and child.lower_ in cases for child in head.lefts):
        return True
    before = [token.lower_ for token in doc[max(0, name.start - 3) : name.start]]
    return bool(cases.intersection(before[-2:])) or ("of" in before and bool(_NOUNS.intersection(before)))


def _may_act(name: Name) -> bool:
    """Countries and capitals act; other towns, seas and camps do not."""
    return any(entry.kind in _ACTING for entry in name.entries[:3])


def _head(doc: Doc, name: Name) -> Token:
    """The token that ties the mention to its sentence."""
    tokens = doc[name.start : name.end]
    return next(
        (token for token in tokens if not name.start <= token.head.i < name.end or token.dep_ == "ROOT"), tokens[-1]
    )


def _owns_place(doc: Doc, name: Name) -> bool:
    """Whether what the name possesses is a place: "Iraq 's border", "Syria 's Idlib province"."""
    for token in doc[name.end + 1 : name.end + 7]:
        if token.lower_ in _NOUNS or token.ent_type_ in {"GPE", "LOC", "FAC"}:
            return True
        if (token.pos_ in {"VERB", "ADP", "PUNCT", "AUX"} and token.text != "-") or token.lower_ in _ORGANS:
            return False
    return False


def _heads(noun: Token, word: Token) -> bool:
    return not noun.dep_ or word.head == noun or word.head.head == noun or noun.head == word.head


def acts(token: Token, *, is_nation: bool = False) -> bool:
    """Whether the token stands in the tree as a party does; a country before a noun is as good as an adjective."""
    for _ in range(4):
        if token.dep_ not in _PASSED_ON or token.head == token:
            break
        if token.dep_ == "compound":
            return token.head.lower_ not in _NOUNS if is_nation else token.head.lower_ in _ORGANS
        token = token.head
    if token.dep_ in _SUBJECTS | _OBJECTS:
        return token.head.lemma_.lower() not in _SPATIAL
    case = next((child.lower_ for child in token.lefts if child.dep_ == "case"), "")
    if case == "of":
        return token.head.lower_ in _ORGANS
    if case in _PARTITIVE:
        bordering = "border" in {word.lower_ for word in token.doc[max(0, token.i - 4) : token.i]}
        return not bordering and token.head.lemma_ not in _DEPARTING and token.head.lower_ not in _NOUNS | _ACTS
    if case == "to" and token.dep_ == "nmod":
        return token.head.lower_ not in _NOUNS | _ACTS
    return token.dep_ == "vocative"


def _acts_by_words(doc: Doc, name: Name) -> bool:
    before = doc[name.start - 1].lower_ if name.start else ""
    if before in {"the", "northern", "southern"} and name.start > 1:
        before = doc[name.start - 2].lower_
    if before in _LOCATIVE:
        return False
    return before in _PARTITIVE or bool(name.end < len(doc) and doc[name.end].pos_ in {"VERB", "AUX"})
