"""Find who fills a grammatical slot of a trigger word in the tree: logical subject, object, prepositions, possessors.

Purely grammatical: knows no types, no lexicon, no parties. Relations are Universal Dependencies'.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass"})
OBLIQUES = frozenset({"obl", "nmod", "obl:agent", "nmod:desc", "advcl", "obl:unmarked", "nmod:unmarked"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
PERSUADE = frozenset(
    [
        "order",
        "urge",
        "ask",
        "tell",
        "force",
        "allow",
        "persuade",
        "press",
        "call",
        "beg",
        "instruct",
        "command",
        "encourage",
        "push",
        "invite",
        "enable",
        "send",
        "want",
        "expect",
        "lead",
        "authorize",
        "authorise",
        "permit",
        "require",
        "warn",
        "help",
        "let",
        "make",
        "pressure",
        "compel",
        "direct",
        "request",
        "convince",
    ]
)
DEEPEST = 6  # steps of control and coordination; longer chains are parser noise


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive: by its auxiliary, subject, agent, or as a bare past participle on a noun."""
    if any(c.dep_ in ("aux:pass", "nsubj:pass", "obl:agent", "csubj:pass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl"


def logical_subject(verb: Token, depth: int = 0) -> list[Token]:
    """Who does what the verb says: over control, raising, relative clauses and coordination."""
    passive = is_passive(verb)
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if passive:
        return agents(verb)
    if own:
        return [antecedent(verb, t) for t in own]
    return _borrowed_subject(verb, depth) if depth < DEEPEST else []


def agents(verb: Token) -> list[Token]:
    """The by-phrase of a passive."""
    return [c for c in verb.children if c.dep_ in ("obl:agent", "obl") and has_case(c, "by")]


def logical_object(verb: Token, depth: int = 0) -> list[Token]:
    """Whom the verb affects: object, subject of the passive, noun that a participle or relative clause describes."""
    own = [c for c in verb.children if c.dep_ in PASSIVE_SUBJECTS or c.dep_ == "obj"]
    if own:
        return [antecedent(verb, t) for t in own]
    if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD"):
        return [verb.head]
    if (
        verb.dep_ == "acl:relcl"
        and any(c.dep_ in SUBJECTS and c.lower_ not in RELATIVES for c in verb.children)
        and not is_passive(verb)
    ):
        return [verb.head]
    if verb.dep_ == "conj" and depth < DEEPEST:
        return _shared_object(verb, depth)
    if verb.dep_ in ("xcomp", "advcl") and is_passive(verb) and depth < DEEPEST:
        return logical_object(verb.head, depth + 1) if is_passive(verb.head) else logical_subject(verb.head, depth + 1)
    return []


def _shared_object(verb: Token, depth: int) -> list[Token]:
    """`shot and killed X` and `was beaten and robbed`: the object stands at one of the verbs only."""
    if is_passive(verb.head) and not any(c.dep_ in SUBJECTS for c in verb.children) and verb.tag_ in ("VBN", "VBD"):
        return logical_object(verb.head, depth + 1)
    if verb.i - verb.head.i <= 2:
        return [c for c in verb.head.children if c.dep_ == "obj"]
    return []


def _borrowed_subject(verb: Token, depth: int) -> list[Token]:
    """The subject that a clause without one takes from the clause above it."""
    head, relation = verb.head, verb.dep_
    if head is verb:
        return []
    if relation in ("xcomp", "ccomp") and head.pos_ in ("VERB", "ADJ", "NOUN", "AUX"):
        objects = [c for c in head.children if c.dep_ in ("obj", "iobj")]
        if head.lemma_ in PERSUADE and (objects or is_passive(head)):
            return objects or logical_object(head, depth + 1)
        return logical_subject(head, depth + 1) or (logical_object(head, depth + 1) if is_passive(head) else [])
    if relation == "acl:relcl" or (relation == "acl" and verb.tag_ == "VBG"):
        return [head]
    if relation == "acl":
        return _noun_agent(head, depth)
    if relation in ("advcl", "parataxis"):
        return logical_subject(head, depth + 1) or (logical_object(head, depth + 1) if is_passive(head) else [])
    if relation == "conj":
        return logical_subject(head, depth + 1) or (logical_object(head, depth + 1) if is_passive(head) else [])
    return []


def _noun_agent(noun: Token, depth: int) -> list[Token]:
    """`its decision to attack`, `plans by Iran to attack`: whoever holds the noun."""
    own = [c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and has_case(c, "by"))]
    return own or (light_subject(noun, depth + 1) if depth < DEEPEST else [])


def antecedent(verb: Token, subject: Token) -> Token:
    """A relative pronoun stands for the noun its clause hangs on."""
    return verb.head if subject.lower_ in RELATIVES and verb.dep_ == "acl:relcl" and verb.head is not verb else subject


def has_case(token: Token, *prepositions: str) -> bool:
    """Whether the phrase is introduced by one of the prepositions (of several words: by its first or whole)."""
    for child in token.children:
        if child.dep_ in ("case", "mark"):
            whole = " ".join([child.lower_, *(c.lower_ for c in child.children if c.dep_ == "fixed")])
            if child.lower_ in prepositions or whole in prepositions:
                return True
    return False


def prepositional(token: Token, preposition: str) -> list[Token]:
    """Phrases with a preposition below a word, or below the verb that a noun belongs to (`launched strikes on X`)."""
    own = [c for c in token.children if c.dep_ in OBLIQUES and has_case(c, preposition)]
    if own or token.pos_ == "VERB" or token.dep_ not in ("obj", "nsubj:pass", "obl"):
        return own
    return [c for c in token.head.children if c.dep_ in OBLIQUES and c.i > token.i and has_case(c, preposition)]


def light_verb(noun: Token) -> Token | None:
    """The verb that governs an event noun, if one does."""
    if noun.dep_ in ("obj", "nsubj:pass", "obl", "nsubj", "xcomp", "obl:agent") and noun.head.pos_ in ("VERB", "AUX"):
        return noun.head
    if noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN"):
        return light_verb(noun.head)
    return None


def light_subject(noun: Token, depth: int = 0) -> list[Token]:
    """Logical subject of the verb that governs a noun (`Israel launched strikes`)."""
    verb = light_verb(noun)
    if verb is None:
        return []
    return [t for t in logical_subject(verb, depth + 1) if t.i != noun.i]


def light_object(noun: Token) -> list[Token]:
    """The other object of the verb that governs a noun (`gave police a beating`, `X came under fire`)."""
    verb = light_verb(noun)
    if verb is None:
        return []
    others = [c for c in verb.children if c.dep_ in ("obj", "iobj", "nsubj:pass") and c.i != noun.i]
    return others or ([t for t in logical_subject(verb) if t.i != noun.i] if noun.dep_ == "obl" else [])


def modifiers(noun: Token) -> list[Token]:
    """Noun and adjective modifiers: `police raid`, `Israeli strike`, `army-led`."""
    return [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod:desc", "flat") and c.i < noun.i]


def possessors(noun: Token) -> list[Token]:
    """`Iran's attack`, `their attack`."""
    return [c for c in noun.children if c.dep_ == "nmod:poss"]


def content_clause(verb: Token) -> Token | None:
    """The clause that a verb of saying, wanting or fearing has as its content."""
    return next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "advcl", "parataxis")), None)


def _content_subject(verb: Token) -> list[Token]:
    clause = content_clause(verb)
    if clause is None:
        return []
    return [c for c in clause.children if c.dep_ in SUBJECTS or c.dep_ in PASSIVE_SUBJECTS]


def _content_parties(verb: Token) -> list[Token]:
    clause = content_clause(verb)
    if clause is None:
        return []
    near = [c for c in clause.children if c.dep_ in ("obj", "iobj", "nsubj:pass")]
    return near or [
        c
        for c in clause.children
        if c.dep_ in ("obl", "nmod") and has_case(c, "on", "against", "with", "from", "to", "at")
    ]


SLOTS: dict[str, Callable[[Token], list[Token]]] = {
    "subj": logical_subject,
    "obj": logical_object,
    "iobj": lambda t: [c for c in t.children if c.dep_ == "iobj"],
    "poss": possessors,
    "compound": modifiers,
    "light": light_subject,
    "lobj": light_object,
    "xsubj": _content_subject,
    "content": _content_parties,
    "by": lambda t: agents(t) if t.pos_ == "VERB" else prepositional(t, "by"),
}


def fill_slot(token: Token, slot: str) -> list[Token]:
    """Heads of the phrases in a slot; a name not in SLOTS is a preposition."""
    finder = SLOTS.get(slot)
    return finder(token) if finder else prepositional(token, slot)


def with_conjuncts(tokens: list[Token]) -> list[Token]:
    """Phrases with what is coordinated to them, in text order, none twice."""
    found = {t.i: t for t in tokens}
    for token in tokens:
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
                found |= {t.i: t for t in with_conjuncts([child])}
    return [found[i] for i in sorted(found)]
