"""Turn spaCy's own English trees (CLEAR labels, prepositions as heads) into Universal Dependencies, which Casus reads.

Runs as the spaCy component `casus_universal` behind a pipeline such as `en_core_web_sm`. Copulas keep their verb as
head, which costs some predicates; everything else that the coder looks at is carried over.
"""

from __future__ import annotations

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Token

RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "neg": "advmod",
    "quantmod": "advmod",
    "npadvmod": "obl:unmarked",
    "nmod": "compound",
    "attr": "xcomp",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "preconj": "cc:preconj",
    "intj": "discourse",
    "meta": "dep",
    "agent": "case",
    "prep": "case",
}
CLEAR = frozenset({"pobj", "dobj", "nsubjpass"})  # labels that only CLEAR trees have
PREPOSITIONS = frozenset({"prep", "agent", "dative"})


@Language.component("casus_universal", assigns=["token.dep", "token.head"], requires=["token.dep", "token.head"])
def to_universal(doc: Doc) -> Doc:
    """Rename and rehang the tree of a Doc in place."""
    heads = [t.head.i for t in doc]
    names = [RENAMED.get(t.dep_, t.dep_) for t in doc]
    for token in doc:
        if token.dep_ in PREPOSITIONS:
            _hang_below(token, heads, names)
    rows = np.zeros((len(doc), 2), dtype=np.uint64)
    for i, (head, name) in enumerate(zip(heads, names, strict=True)):
        rows[i] = (head - i) % 2**64, doc.vocab.strings.add(name)
    return doc.from_array([HEAD, DEP], rows)  # type: ignore[arg-type]  # spaCy's hint names its own array type


def _hang_below(preposition: Token, heads: list[int], names: list[str]) -> None:
    """Make a preposition the case of its noun and the noun the dependent of what the preposition hung on."""
    noun = next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)
    if noun is None:
        names[preposition.i] = RENAMED["dative"] if preposition.dep_ == "dative" else "advmod"
        return
    clause = noun.dep_ == "pcomp" and noun.pos_ in ("VERB", "AUX")
    for child in preposition.children:
        heads[child.i] = noun.i
    heads[noun.i], heads[preposition.i] = heads[preposition.i], noun.i
    names[preposition.i] = "mark" if clause else "case"
    names[noun.i] = _oblique(preposition, clause=clause)


def _oblique(preposition: Token, *, clause: bool) -> str:
    """The relation of a prepositional phrase or clause to what it hangs on."""
    verbal = preposition.head.pos_ in ("VERB", "AUX", "ADJ", "ADV")
    if clause:
        return "advcl" if verbal else "acl"
    if preposition.dep_ == "agent":
        return "obl:agent"
    return "obl" if verbal else "nmod"


def is_clear(nlp: Language) -> bool:
    """Whether a pipeline's parser speaks CLEAR."""
    return any(not CLEAR.isdisjoint(labels) for labels in nlp.pipe_labels.values())
