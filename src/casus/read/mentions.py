"""Find the phrases that may name somebody or something, with what the words say of them: number, gender, kind.

A mention is a whole noun phrase with its modifiers and relative clauses, without its appositions and conjuncts, or a
name within one. Who is the same as whom is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from casus.read.columns import Columns
from casus.read.word_lists import join_lists, load_lists

Kind = Literal["name", "noun", "pronoun"]
Sort = Literal["person", "group", "place", "thing", ""]

NAMED: dict[str, Sort] = {
    "PERSON": "person", "ORG": "group", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
    "EVENT": "thing",
}  # fmt: skip
PARTS = frozenset({
    "flat", "fixed", "compound", "goeswith", "nmod:desc", "case", "mark", "cc", "det", "det:predet", "discourse",
    "expl", "amod", "dep", "punct", "advmod", "vocative",
})  # fmt: skip
OWN = frozenset({
    "det", "det:predet", "amod", "nummod", "compound", "flat", "fixed", "nmod", "nmod:poss", "nmod:desc",
    "nmod:unmarked", "acl", "acl:relcl", "goeswith",
})  # fmt: skip
NO_ENTITY = (-1, -1, "")
TAKEN = frozenset({"appos", "nmod", "nmod:desc"})  # relations by which a name may hang on the title before it
BARE = frozenset({"PERSON", "GPE"})  # names that a prepositional phrase after them seldom belongs to
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "nmod:desc", "acl", "acl:relcl"})

# pronoun → number, gender, sort; "" is open
PRONOUNS: dict[str, tuple[str, str, Sort]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("s", "m", "person")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("s", "f", "person")),
    **dict.fromkeys(("it", "its", "itself"), ("s", "n", "")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("p", "", "")),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), ("s", "", "person")),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), ("p", "", "")),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase for somebody or something: token indices (end exclusive) and the token of its head."""

    start: int
    end: int
    head: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention with what its words say.

    `word` is the head's lemma; `name` the words of a name, lower-case, without titles; `titles` the words before it;
    `number` is s or p, `gender` m, f or n, each empty where open; `determiner` the article or demonstrative, or
    `poss`; `owner` is the head of the possessor, `bearer` that of the name where a title heads the phrase.
    """

    mention: Mention
    word: str
    name: tuple[str, ...]
    titles: frozenset[str]
    label: str
    sort: Sort
    number: str
    gender: str
    determiner: str
    modifiers: frozenset[str]
    subject: bool
    owner: int = -1
    bearer: int = -1


def find_phrases(columns: Columns) -> list[Phrase]:
    """All mentions of a report in the order of their heads, so that possessors come before what they possess."""
    found = [_describe(columns, i) for i in range(len(columns.words)) if _is_head(columns, i)]
    found += [_describe_part(columns, *entity) for entity in _named_parts(columns)]
    return sorted(found, key=lambda p: (p.mention.head, p.mention.start))


def titled_name(columns: Columns, i: int) -> int | None:
    """The head of the person's name that follows a title or role without a comma: student Ahmed Hamdi."""
    if columns.tags[i] not in ("NOUN", "PROPN") or columns.entities.get(i, NO_ENTITY)[2] == "PERSON":
        return None
    for k in columns.children[i]:
        entity = columns.entities.get(k, NO_ENTITY)
        if (
            k > i
            and entity[2] == "PERSON"
            and entity[0] == i + 1
            and columns.relations[k] in ("appos", "flat", "nmod:desc", "nmod", "compound")
        ):
            return k
    return None


def _is_head(columns: Columns, i: int) -> bool:
    """Whether a token heads a noun phrase."""
    tag = columns.tags[i]
    if columns.relations[i] in TAKEN and titled_name(columns, columns.heads[i]) == i:
        return False
    if tag not in ("NOUN", "PROPN", "PRON") or columns.relations[i] in PARTS:
        return False
    if tag == "PRON":
        return columns.lower[i] in PRONOUNS and not _is_empty(columns, i)
    return not columns.relations[i].startswith("flat")


def _is_empty(columns: Columns, i: int) -> bool:
    """`it` that stands for nothing or for a clause to come: it is clear that, it seems, it took a week to."""
    head = columns.heads[i]
    if columns.lower[i] != "it" or columns.relations[i] not in SUBJECTS:
        return False
    clause = any(
        columns.relations[k] in ("csubj", "ccomp", "csubj:pass", "expl") for k in columns.children[head] if k > head
    )
    if columns.tags[head] == "ADJ":
        return clause or any(columns.relations[k] in ("advcl", "xcomp") for k in columns.children[head] if k > head)
    return columns.lemmas[head] in load_lists("groups")["weather"] or (clause and columns.relations[i] == "nsubj:pass")


def _named_parts(columns: Columns) -> Iterator[tuple[int, int, int]]:
    """Start, end and head of names that modify a noun (`U.S. troops`) without being part of a longer name."""
    for start, end, label in sorted(set(columns.entities.values())):
        top = next((i for i in range(start, end) if not start <= columns.heads[i] < end), start)
        modifies = columns.relations[top] in ("compound", "nmod:desc", "amod") and columns.tags[top] == "PROPN"
        title = columns.lower[top] in load_lists("people")["titles"] or titled_name(columns, columns.heads[top]) == top
        if modifies and label in ("PERSON", "ORG", "GPE", "LOC") and not title:
            yield start, end, top


def span_of(columns: Columns, head: int) -> tuple[int, int]:
    """The phrase of a head: its modifiers' subtrees, no apposition, conjunct or clause around a predicate."""
    start = end = head
    bare = columns.entities[head][2] in BARE if head in columns.entities else False
    for k in columns.children[head]:
        relation = columns.relations[k]
        if bare and k > head and relation == "nmod":
            continue
        if (
            relation in OWN
            or (k > head and relation == "case")
            or (k < head and relation == "advmod" and _counts(columns, k))
        ):
            start, end = min(start, columns.lefts[k]), max(end, columns.rights[k])
    while (
        end > head
        and columns.tags[end] in ("PUNCT", "SPACE")
        and columns.words[end] not in (")", "”", '"', "''", "’", "'")
    ):
        end -= 1
    while start < head and columns.tags[start] in ("PUNCT", "SPACE", "CCONJ"):
        start += 1
    return start, end + 1


def _counts(columns: Columns, k: int) -> bool:
    return columns.lower[k] in ("nearly", "almost", "about", "around", "over", "only")


def _describe(columns: Columns, i: int) -> Phrase:
    if columns.tags[i] == "PRON":
        return _describe_pronoun(columns, Mention(i, i + 1, i, "pronoun"))
    start, end = span_of(columns, i)
    bearer = titled_name(columns, i)
    if bearer is not None:
        _, last, label = columns.entities[bearer]
        first = columns.entities[bearer][0]
        return replace(
            _build(columns, Mention(start, last, i, "name"), (first, last), label), bearer=bearer, sort="person"
        )
    first, last, label = _find_name(columns, i, start, end)
    kind: Kind = "name" if first < last else "noun"
    return _build(columns, Mention(start, end, i, kind), (first, last), label)


def _describe_part(columns: Columns, start: int, end: int, head: int) -> Phrase:
    mention = Mention(start, end, head, "name")
    return _build(columns, mention, (start, end), columns.entities[head][2])


def _describe_pronoun(columns: Columns, mention: Mention) -> Phrase:
    i = mention.head
    number, gender, sort = PRONOUNS[columns.lower[i]]
    subject = columns.relations[i] in SUBJECTS
    return Phrase(mention, columns.lower[i], (), frozenset(), "", sort, number, gender, "", frozenset(), subject)


def _find_name(columns: Columns, i: int, start: int, end: int) -> tuple[int, int, str]:
    """Start and end of the name that the phrase is headed by, and its label; start = end where there is none."""
    entity = columns.entities.get(i)
    if entity is None:
        named = [k for k in columns.children[i] if columns.relations[k].startswith("flat") and k in columns.entities]
        entity = columns.entities[named[0]] if named else None
    if entity is not None and entity[2] in NAMED and (columns.tags[i] == "PROPN" or entity[2] != "NORP"):
        return max(start, entity[0]), min(end, entity[1]), entity[2]
    if columns.tags[i] != "PROPN" and not _is_capital(columns, i):
        return i, i, ""
    first = last = i
    while first > start and columns.tags[first - 1] == "PROPN":
        first -= 1
    while last + 1 < end and columns.tags[last + 1] == "PROPN":
        last += 1
    return first, last + 1, ""


def _is_capital(columns: Columns, i: int) -> bool:
    """Whether a common noun is written like a name: the Guards."""
    word = columns.words[i]
    return i > 0 and columns.lower[i - 1] == "the" and word[0].isupper() and word[1:].islower()


def _build(columns: Columns, mention: Mention, name: tuple[int, int], label: str) -> Phrase:
    """Gather the signs of a noun phrase or name."""
    i, people = mention.head, load_lists("people")
    words = [w for w in columns.lower[name[0] : name[1]] if w not in ("the", "'s", "’s", "'", "’")]
    before = {*columns.lower[mention.start : name[0]], *(w for w in words if w in people["titles"])} if words else set()
    titles = frozenset(before & join_lists("people", "titles", "persons", "male_nouns", "female_nouns"))
    if label == "PERSON" and len(words) > 1:
        words = [w for w in words if w not in people["titles"]] or words
    plural = columns.forms[i] in ("NNS", "NNPS") and label not in ("GPE", "ORG", "PERSON")
    word = columns.lemmas[i]
    sort = NAMED.get(label) or _sort_of(word)
    return Phrase(
        mention, word, tuple(words), titles, label, sort,
        number="p" if plural or word == "people" else "s",
        gender=_gender_of(word, words, titles) if sort in ("person", "") else "n",
        determiner=_determiner(columns, i),
        modifiers=_modifiers(columns, i, words),
        subject=columns.relations[i] in SUBJECTS,
        owner=next((k for k in columns.children[i] if columns.relations[k] == "nmod:poss"), -1),
    )  # fmt: skip


def _sort_of(word: str) -> Sort:
    people, groups = load_lists("people"), load_lists("groups")
    if word in people["persons"] or word in people["male_nouns"] or word in people["female_nouns"]:
        return "person"
    if word in groups["organisations"]:
        return "group"
    if any(word in groups[key] for key in ("countries", "cities", "regions", "places")):
        return "place"
    return "thing" if word in groups["times"] else ""


def _gender_of(word: str, name: list[str], titles: frozenset[str]) -> str:
    """Male or female (m, f) by title, noun or given name."""
    people = load_lists("people")
    for letter, side in (("f", "female"), ("m", "male")):
        if titles & join_lists("people", f"{side}_titles", f"{side}_nouns") or word in people[f"{side}_nouns"]:
            return letter
    if name and name[0] in people["female"]:
        return "f"
    return "m" if name and name[0] in people["male"] else ""


def _determiner(columns: Columns, i: int) -> str:
    for k in columns.children[i]:
        if k < i and columns.relations[k] == "det":
            return columns.lower[k]
        if columns.relations[k] == "nmod:poss":
            return "poss"
    return ""


def _modifiers(columns: Columns, i: int, name: list[str]) -> frozenset[str]:
    """Lemmas of what narrows the noun down; the words of the name are none."""
    return frozenset(
        columns.lemmas[k]
        for k in columns.children[i]
        if columns.relations[k] in MODIFIERS and columns.lower[k] not in name
    )
