"""Find who says something: the subject of a verb of saying, whom "according to" names, the name before a colon."""

from __future__ import annotations

from dataclasses import dataclass

from casus.read.columns import Columns
from casus.read.word_lists import load_lists

SUBJECTS = ("nsubj",)
CHAINED = ("conj", "xcomp", "advcl", "parataxis")
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
VERBAL = frozenset({"VERB", "AUX"})
NEAR = 6  # words after a closing mark in which "said X" may begin


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that frames speech: its tokens (end exclusive), its verb or noun, and the speaker's head."""

    start: int
    end: int
    head: int
    speaker: int | None


def is_saying(columns: Columns, i: int, *, clausal: bool = False) -> bool:
    """Whether a token is a verb of saying.

    Args:
        columns: the report's words.
        i: the token.
        clausal: only verbs that take a clause as what is said.
    """
    return columns.tags[i] in VERBAL and columns.lemmas[i] in load_lists("quotes")["clausal" if clausal else "verbs"]


def cue_of(columns: Columns, verb: int) -> Cue:
    """A verb of saying as a cue, with its speaker."""
    return Cue(verb, verb + 1, verb, find_speaker(columns, verb))


def find_speaker(columns: Columns, verb: int) -> int | None:
    """Head of who says it: the subject, the agent of a passive, or the subject of the verb it hangs on."""
    agents = [k for k in columns.children[verb] if columns.relations[k] == "obl:agent"]
    subjects = columns.kids(verb, *SUBJECTS)
    if _is_passive(columns, verb) and columns.lemmas[verb] != "quote":
        return _as_person(columns, agents[0]) if agents else None
    if subjects:
        return _as_person(columns, min(subjects, key=lambda k: abs(k - verb)))
    if columns.relations[verb] == "acl" and columns.lower[verb].endswith("ing"):
        return _as_person(columns, columns.heads[verb])
    if columns.relations[verb] in CHAINED and columns.heads[verb] != verb:
        return find_speaker(columns, columns.heads[verb]) if columns.tags[columns.heads[verb]] in VERBAL else None
    return None


def _is_passive(columns: Columns, verb: int) -> bool:
    return any(columns.relations[k] in ("aux:pass", "nsubj:pass") for k in columns.children[verb])


def _as_person(columns: Columns, i: int) -> int | None:
    """Who is meant: a relative pronoun stands for the noun before it; things that cannot speak are nobody."""
    if columns.forms[i] in ("WP", "WDT"):
        return next((h for h in columns.climb(i) if columns.tags[h] in ("NOUN", "PROPN")), None)
    return i if columns.tags[i] in NOMINAL and columns.lower[i] not in load_lists("quotes")["nobody"] else None


def find_according(columns: Columns, start: int, end: int) -> Cue | None:
    """`according to X` among the tokens of a sentence."""
    for i in range(start, end - 1):
        if columns.lower[i] == "according" and columns.lower[i + 1] == "to":
            above = columns.heads[i]
            head = (
                above
                if columns.relations[i] in ("case", "mark", "fixed")
                else next(iter(columns.kids(i, "obl", "nmod", "obj")), None)
            )
            if head is not None and head > i + 1:
                return Cue(i, i + 2, i, head)
    return None


def find_label(columns: Columns, colon: int) -> Cue | None:
    """The name before a colon (`Brown: "No."`), when nothing else stands before it in the sentence."""
    start = columns.bounds[columns.sentences[colon]][0]
    words = [i for i in range(start, colon) if columns.tags[i] not in ("SPACE", "PUNCT")]
    tops = [i for i in words if not start <= columns.heads[i] < colon or columns.heads[i] == i]
    if words and len(words) <= NEAR and len(tops) == 1 and columns.tags[tops[0]] == "PROPN":
        return Cue(colon, colon + 1, tops[0], tops[0])
    return None
