"""Features of words by Universal Dependencies, from Penn tag, word and tree: what of them is sure, by rule.

Tense, mood and form of verbs, voice, negation, number, person, degree, case and kind of pronouns. What only the subject
tells (the number and person of `said`, `go`, `were`) is left out. The network does not learn features.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

VERBS = frozenset({"VB", "VBN", "VBG"})  # forms whose features the tree decides
FORMS = {
    "NN": "Number=Sing", "NNP": "Number=Sing", "NNS": "Number=Plur", "NNPS": "Number=Plur",
    "VBZ": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "VBP": "Mood=Ind|Tense=Pres|VerbForm=Fin",
    "VBD": "Mood=Ind|Tense=Past|VerbForm=Fin", "MD": "VerbForm=Fin", "JJ": "Degree=Pos", "JJR": "Degree=Cmp",
    "JJS": "Degree=Sup", "RBR": "Degree=Cmp", "RBS": "Degree=Sup", "WP$": "Poss=Yes|PronType=Rel",
}  # fmt: skip
DETERMINERS = {
    "the": "Definite=Def|PronType=Art", "a": "Definite=Ind|PronType=Art", "an": "Definite=Ind|PronType=Art",
    "this": "Number=Sing|PronType=Dem", "that": "Number=Sing|PronType=Dem", "these": "Number=Plur|PronType=Dem",
    "those": "Number=Plur|PronType=Dem", "no": "PronType=Neg", "neither": "PronType=Neg", "all": "PronType=Tot",
    "every": "PronType=Tot", "each": "PronType=Tot", "both": "PronType=Tot", "some": "PronType=Ind",
    "any": "PronType=Ind", "another": "PronType=Ind", "either": "PronType=Ind", "such": "PronType=Ind",
}  # fmt: skip
NEGATIONS = frozenset({"not", "n't", "n’t", "nt", "nor", "neither"})
PERSONS = {
    "i": "1S", "me": "1S", "my": "1S", "myself": "1S", "we": "1P", "us": "1P", "our": "1P", "ourselves": "1P",
    "you": "2", "your": "2", "yourself": "2S", "yourselves": "2P", "he": "3SM", "him": "3SM", "his": "3SM",
    "himself": "3SM", "she": "3SF", "her": "3SF", "herself": "3SF", "it": "3SN", "its": "3SN", "itself": "3SN",
    "they": "3P", "them": "3P", "their": "3P", "themselves": "3P", "mine": "1S", "ours": "1P", "yours": "2",
    "hers": "3SF", "theirs": "3P",
}  # fmt: skip
NOMINATIVE = frozenset({"i", "we", "he", "she", "they"})
ACCUSATIVE = frozenset({"me", "us", "him", "her", "them"})
TRAITS = {
    "S": ("Number", "Sing"), "P": ("Number", "Plur"), "M": ("Gender", "Masc"), "F": ("Gender", "Fem"),
    "N": ("Gender", "Neut"),
}  # fmt: skip
PARTICIPLES = frozenset({"advcl", "root", "ROOT", "ccomp", "conj", "case", "aux", "parataxis", "cop"})  # `-ing`
PASSIVES = frozenset({"acl", "amod", "xcomp", "case"})  # relations in which a past participle is passive by itself
MARKS = frozenset({"aux:pass", "nsubj:pass", "csubj:pass"})  # of a passive verb


def find_features(
    words: Sequence[str], forms: Sequence[str], relations: Sequence[str], heads: Sequence[int]
) -> list[str]:
    """Features of the words of a sentence, each as `Name=Value|…` in the order of the names, empty where none is sure.

    Args:
        words: as written.
        forms: Penn tags.
        relations: to the heads.
        heads: word numbers from 0; a root's is its own.
    """
    features = list(map(features_of, words, forms))
    verbs = [k for k, form in enumerate(forms) if form in VERBS]
    if verbs:
        passive = {head for head, relation in zip(heads, relations, strict=True) if relation in MARKS}
        helped = {
            head for head, relation in zip(heads, relations, strict=True) if relation in ("aux", "mark", "aux:pass")
        }
        for k in verbs:
            is_passive = k in passive or (relations[k] == "conj" and heads[k] in passive and k not in helped)
            features[k] = _verb_features(forms[k], relations[k], helped=k in helped, passive=is_passive)
    return features


@lru_cache(maxsize=65_536)
def features_of(word: str, form: str) -> str:
    """Features that a word has in any sentence."""
    lower = word.lower()
    if form in ("PRP", "PRP$"):
        return _pronoun_features(lower, form)
    if form in ("DT", "PDT"):
        return DETERMINERS.get(lower, "")
    if form in ("RB", "CC") and lower in NEGATIONS:
        return "Polarity=Neg"
    if form == "CD":
        return f"NumForm={'Digit' if any(c.isdigit() for c in word) else 'Word'}|NumType=Card"
    if form == "VBP" and lower in ("am", "'m", "’m"):
        return "Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin"
    return FORMS.get(form, "")


def _verb_features(form: str, relation: str, *, helped: bool, passive: bool) -> str:
    """Features of a base form or participle by its place in the tree."""
    if form == "VB":
        return "Mood=Imp|VerbForm=Fin" if relation in ("root", "ROOT") and not helped else "VerbForm=Inf"
    if form == "VBG":
        return "Tense=Pres|VerbForm=Part" if relation.partition(":")[0] in PARTICIPLES else "VerbForm=Ger"
    return "Tense=Past|VerbForm=Part" + ("|Voice=Pass" if passive or relation in PASSIVES else "")


def _pronoun_features(word: str, form: str) -> str:
    """Case, gender, number and person of a personal or possessive pronoun."""
    code = PERSONS.get(word)
    if code is None:
        return ""
    named = {"Person": code[0], "PronType": "Prs"}
    named |= dict(TRAITS[letter] for letter in code[1:])
    if form == "PRP$":
        named |= {"Case": "Gen", "Poss": "Yes"}
    elif word in NOMINATIVE or word in ACCUSATIVE:
        named["Case"] = "Nom" if word in NOMINATIVE else "Acc"
    elif word.endswith(("self", "selves")):
        named |= {"Case": "Acc", "Reflex": "Yes"}
    elif word in ("mine", "ours", "yours", "hers", "theirs"):
        named["Poss"] = "Yes"
    return "|".join(f"{name}={named[name]}" for name in sorted(named))
