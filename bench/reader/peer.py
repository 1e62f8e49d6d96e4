"""A spaCy pipeline of the shape of `en_core_web_sm`, trained by us on the same trees and names: what ours is beside.

A hash-embedding CNN of width 96 and depth 4 that tagger, morphologizer, parser and entity recogniser share, as spaCy's
small English pipeline has it. It learns from EWT and GUM (the genres that ours learns from) and UNER's names; the rest
of our sources would not fit its layers. It is given our words and sentences, which are better than its own.

Not part of Casus: it lies in a folder of its own, and is trained when that is empty.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as Lesson
from thinc.api import fix_random_seed

from bench.reader.words import Said
from casus.read.sentences import find_starts
from casus.read.tokens import REGISTERED
from train.corpora import bio_spans, read_ewt, read_gum
from train.examples import TAGS, Example

WIDTH, DEPTH, ROWS = 96, 4, 2000
WORDS = 1000  # words a batch
DROP = 0.1
MINUTES = 18.0
SENTENCES = "bench_sentences"
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH}
NAMES = ("PERSON", "ORG", "LOC")


@Language.component(SENTENCES, assigns=["token.is_sent_start"])
def set_sentences(doc: Doc) -> Doc:
    """Begin sentences where our reader does; the parser keeps to it."""
    for token, starts in zip(doc, find_starts(doc), strict=True):
        token.is_sent_start = starts
    return doc


def build_peer() -> Language:
    """The pipeline before it has learnt anything."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": REGISTERED}}})
    embedding: dict[str, Any] = {
        "@architectures": "spacy.HashEmbedCNN.v2", "width": WIDTH, "depth": DEPTH, "embed_size": ROWS,
        "window_size": 1, "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None,
    }  # fmt: skip
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2", "extra_state_tokens": False, "hidden_width": 64,
        "maxout_pieces": 2, "use_upper": True, "tok2vec": LISTENER,
    }  # fmt: skip
    nlp.add_pipe(SENTENCES)
    nlp.add_pipe("tok2vec", config={"model": embedding})
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": {**parser, "state_type": "parser"}})
    nlp.add_pipe("ner", config={"model": {**parser, "state_type": "ner"}})
    return nlp


def load_peer(folder: Path, data: Path, *, minutes: float = MINUTES) -> Language:
    """The trained pipeline of a folder; trained and written there if it is not."""
    if not (folder / "config.cfg").is_file():
        train_peer([*read_ewt(data, "train"), *read_gum(data, "train")], minutes=minutes).to_disk(folder)
    return spacy.load(folder)


def train_peer(examples: Sequence[Example], *, minutes: float, seed: int = 1) -> Language:
    """Train for so many minutes of the processor, the last quarter with an ever smaller step."""
    fix_random_seed(seed)
    shuffle = random.Random(seed)
    nlp = build_peer()
    lessons = [make_lesson(nlp, example) for example in examples if example.tree]
    optimizer = nlp.initialize(lambda: lessons)
    rate, begun, spent = optimizer.learn_rate, process_time(), 0.0
    while spent < 1:
        shuffle.shuffle(lessons)
        for batch in make_batches(lessons):
            spent = (process_time() - begun) / (60 * minutes)
            if spent >= 1:
                break
            optimizer.learn_rate = rate * min(1.0, 4 * (1 - spent))
            nlp.update(batch, sgd=optimizer, drop=DROP, losses={})
    return nlp


def make_lesson(nlp: Language, example: Example) -> Lesson:
    """A sentence with its tree, and its names where the corpus has them."""
    tree, n = example.tree, len(example.words)
    if tree is None:
        raise ValueError("no tree: the peer learns from treebanks alone")
    told = {
        "heads": [head - 1 if head else i for i, head in enumerate(tree.heads)],
        "deps": [relation if head else "ROOT" for head, relation in zip(tree.heads, tree.relations, strict=True)],
        "tags": list(tree.forms), "pos": list(tree.tags), "morphs": [""] * n,
        "sent_starts": [1, *[-1] * (n - 1)], "entities": _names_of(example),
    }  # fmt: skip
    return Lesson.from_dict(Doc(nlp.vocab, words=list(example.words)), told)


def _names_of(example: Example) -> list[str]:
    """BILUO tags of persons, organisations and places; `-` where the corpus says nothing of names."""
    if example.source != "ewt" or example.entities is None:
        return ["-"] * len(example.words)
    kinds = [min(TAGS[i] for i in allowed) if 0 not in allowed else "O" for allowed in example.entities]
    names = ["O"] * len(kinds)
    for start, end, kind in bio_spans(kinds):
        label = "LOC" if kind in ("GPE", "LOC", "FAC") else kind
        if label in NAMES:
            inner = [f"I-{label}"] * (end - start - 2)
            names[start:end] = [f"U-{label}"] if end == start + 1 else [f"B-{label}", *inner, f"L-{label}"]
    return names


def make_batches(lessons: Sequence[Lesson]) -> Iterator[list[Lesson]]:
    """Runs of lessons of about WORDS words."""
    batch: list[Lesson] = []
    count = 0
    for lesson in lessons:
        batch.append(lesson)
        count += len(lesson.predicted)
        if count >= WORDS:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def read_with(nlp: Language, examples: Sequence[Example]) -> list[Said]:
    """What a pipeline says of gold words, each example a sentence."""
    docs = [Doc(nlp.vocab, words=list(example.words)) for example in examples]
    for doc in docs:
        for token in doc:
            token.is_sent_start = token.i == 0
    for name, pipe in nlp.pipeline:
        if name != SENTENCES:
            docs = list(pipe.pipe(docs, batch_size=128))  # type: ignore[attr-defined]  # all but the component have one
    return [
        Said(
            [t.head.i for t in doc], [t.dep_ for t in doc], [t.pos_ for t in doc], [t.tag_ for t in doc],
            [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
        )
        for doc in docs
    ]  # fmt: skip
