"""Who pronouns, short names and group nouns stand for within one report.

Precision first: an antecedent is taken only where number and kind fit; what stays open stays open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from spacy.tokens import Doc, Token

from casus.records import Party, PartyMention
from casus.resolve.joint import RULE as JOINT
from casus.resolve.party_words import words

HE = words("he")
THEY = words("they")
IT = words("it")
SPEAKER = words("speaker")
GROUPS = words("groups")
OTHERS = words("others")
ARMED = frozenset({"militia", "army", "force"})
ARMS = frozenset({"MIL", "REB", "PRM", "UAF", "INS"})
CALLED = frozenset({"agency", "company", "union"})  # told apart by name: trade union or African Union
OPEN = ((), ("UNK",))  # sectors that leave open what somebody does
SAYING = words("saying")
FAR = 4  # sentences back that a pronoun may reach
REPORT = 60  # sentences back that a group noun may reach
INNER = frozenset({"compound", "amod", "flat", "nmod", "nmod:poss"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})


class Referents:
    """The parties of one report as antecedents.

    Args:
        doc: the report.
        found: mentions as composed from their own words, by head token.
    """

    def __init__(self, doc: Doc, found: Mapping[int, PartyMention]) -> None:
        self.doc = doc
        self.found = dict(found)
        self.heads = sorted(found)
        self.starts = [s.start for s in doc.sents]
        self.sentence = {t.i: n for n, s in enumerate(doc.sents) for t in s}
        self.people = self._known_people()
        self.chains = {m.head: chain for chain in _layer(doc, "clusters") for m in chain}
        self.speakers = {
            i: q.speaker for q in _layer(doc, "quotes") if q.speaker is not None for i in range(q.start, q.end)
        }

    def settle(self, mention: PartyMention) -> PartyMention:
        """The mention with what its antecedent adds."""
        token = self.doc[mention.head]
        if mention.rule == JOINT:
            return mention
        if token.dep_ in ("appos", "flat") and token.head.i in self.found and not mention.party.country:
            mention = _adopt(mention, self.found[token.head.i].party)
        if token.pos_ == "PRON":
            antecedent = self._pronoun(token)
        elif owner := self._owner(token, mention.party):
            return _belong(mention, owner)
        elif token.ent_type_ == "PERSON" or token.pos_ == "PROPN":
            antecedent = self._same_name(token, mention.party)
        else:
            antecedent = self._group(token, mention.party)
        if antecedent is None and not mention.party.country:
            antecedent = self._in_chain(token)
        return _adopt(mention, antecedent)

    def _owner(self, token: Token, party: Party) -> Party | None:
        """Whose `its embassy`, `their supporters` are, where the phrase itself tells no country."""
        if party.country or token.lemma_.lower() in OTHERS:
            return None
        pronoun = next((c for c in token.children if c.dep_ == "nmod:poss" and c.pos_ == "PRON"), None)
        owner = self._pronoun(pronoun) if pronoun is not None else None
        return owner if owner is not None and owner.country else None

    def _known_people(self) -> dict[str, Party]:
        """Last word of a person's name → the party that tells most about the person, the first among equals."""
        people: dict[str, Party] = {}
        for i, mention in self.found.items():
            party = mention.party
            named = self.doc[i].ent_type_ == "PERSON" or bool(party.id and party.id.startswith("per-"))
            words = (party.name or "").split() * named or (
                [self.doc[i].text] if self.doc[i].ent_type_ == "PERSON" else []
            )
            for key in {words[-1]} if words else ():
                if _told(party) > _told(people.get(key)):
                    people[key] = party
        return people

    def _same_name(self, token: Token, party: Party) -> Party | None:
        key = (party.name or token.text).split()[-1]
        other = self.people.get(key)
        return other if other is not None and _told(other) > _told(party) else None

    def _pronoun(self, token: Token) -> Party | None:
        word = token.lower_
        if word in SPEAKER:
            return self._speaker(token)
        return self._in_chain(token) or self._near(token, word)

    def _in_chain(self, token: Token) -> Party | None:
        """What the other mentions of the token's chain tell most of; the first among equals."""
        others = [
            self.found[m.head].party for m in self.chains.get(token.i, ()) if m.head != token.i and m.head in self.found
        ]
        named = [p for p in others if _told(p) > 0]
        return self._refine(max(named, key=_told)) if named else None

    def _speaker(self, token: Token) -> Party | None:
        """Who says `we` or `I`: the quotation's speaker, else the subject of a verb of saying near by."""
        speaker = self.speakers.get(token.i)
        if speaker in self.found and speaker != token.i:
            own = self.found[speaker].party
            return self._pronoun(self.doc[speaker]) if self.doc[speaker].pos_ == "PRON" else self._refine(own)
        sentence = token.sent
        before = token.doc[sentence.start - 1].sent if sentence.start else sentence
        for span in (sentence, before):
            for word in span:
                if word.lemma_ in SAYING and word.pos_ == "VERB":
                    heads = [
                        c for c in word.children if c.dep_ in SUBJECTS and c.lower_ not in SPEAKER and c.i in self.found
                    ]
                    if heads:
                        own = self.found[heads[0].i].party
                        return self._pronoun(heads[0]) if heads[0].pos_ == "PRON" else self._refine(own)
        return None

    def _near(self, token: Token, word: str) -> Party | None:
        """The nearest fitting party before, subjects of the sentence before preferred over its objects."""
        here = self.sentence[token.i]
        ranked: list[tuple[int, int, int, Party]] = []
        for i in self._before(token, FAR):
            other, mention = self.doc[i], self.found[i]
            inner = other.dep_ in INNER
            same_clause = other.head.i == token.head.i and token.dep_ in ("obj", "iobj", "obl")
            if other.pos_ != "PRON" and not inner and not same_clause and _fits(other, mention.party, word):
                ranked.append((here - self.sentence[i], 0 if other.dep_ in SUBJECTS else 1, token.i - i, mention.party))
        if not ranked:
            return None
        return self._refine(min(ranked, key=lambda r: r[:3])[3])

    def _before(self, token: Token, sentences: int) -> Sequence[int]:
        """Heads of mentions before a token, at most so many sentences back, in text order."""
        first = self.starts[max(0, self.sentence[token.i] - sentences)]
        return self.heads[bisect_left(self.heads, first) : bisect_left(self.heads, token.i)]

    def _refine(self, party: Party) -> Party:
        """The fullest party of the same person."""
        words = (party.name or party.text).split()
        other = self.people.get(words[-1]) if words else None
        return other if other is not None and _told(other) > _told(party) else party

    def _group(self, token: Token, party: Party) -> Party | None:
        """`the group`, `the militia` after a named one."""
        definite = any(c.lower_ in ("the", "this", "that") for c in token.children if c.dep_ == "det")
        if (
            not definite
            or party.country
            or token.lemma_.lower() not in GROUPS
            or any(c.dep_ in ("amod", "compound", "nmod") for c in token.children)
        ):
            return None
        parties = (self.found[i].party for i in reversed(self._before(token, REPORT)))
        return next((p for p in parties if _takes_up(token.lemma_.lower(), p)), None)


def _takes_up(noun: str, party: Party) -> bool:
    """Whether a group noun may mean a named group: `the militia` an armed one, `the union` what is called a union."""
    kind = (party.id or "").split("-")[0]
    if noun in ARMED:
        return kind == "grp" or not ARMS.isdisjoint(party.sectors[:1])
    if noun == "party":
        return kind == "pty"
    if noun in CALLED:
        return kind == "org" and noun in (party.name or "").lower()
    return kind in ("grp", "org")


def _layer(doc: Doc, name: str) -> Sequence[Any]:
    """What the reader's components for speech and coreference set, nothing under a pipeline without them."""
    return doc._.get(name) if Doc.has_extension(name) else ()


def _belong(mention: PartyMention, owner: Party) -> PartyMention:
    """The mention with its owner's country; who it is and what it does are its own."""
    return replace(mention, party=replace(mention.party, country=owner.country), rule=f"{mention.rule}, owner")


def _told(party: Party | None) -> int:
    """How much a mention says of its party."""
    if party is None:
        return -1
    return 2 * bool(party.country) + 2 * bool(party.sectors) + bool(party.id) + bool(party.name and " " in party.name)


def _fits(token: Token, party: Party, word: str) -> bool:
    """Number and kind of an antecedent for a pronoun."""
    plural = token.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in token.children)
    person = token.ent_type_ == "PERSON" or bool(party.id and party.id.startswith("per-"))
    if word in HE:
        return person or (
            not plural and token.pos_ == "NOUN" and bool(party.sectors) and token.lemma_.lower() not in GROUPS
        )
    if word in THEY:
        return plural and not person and (bool(party.sectors) or token.pos_ == "PROPN")
    if word in IT:
        return (
            not person
            and not plural
            and (token.ent_type_ in ("GPE", "ORG") or bool(party.id) or token.lemma_.lower() in GROUPS)
        )
    return False


def _adopt(mention: PartyMention, antecedent: Party | None) -> PartyMention:
    """The mention's own words with the antecedent's identity; what the mention says itself stands."""
    if antecedent is None:
        return mention
    own = mention.party
    party = replace(
        own, name=antecedent.name or own.name or antecedent.text, id=own.id or antecedent.id,
        country=own.country or antecedent.country, sectors=antecedent.sectors if own.sectors in OPEN else own.sectors,
    )  # fmt: skip
    return replace(mention, party=party, rule=f"{mention.rule}, antecedent")
