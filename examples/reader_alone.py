"""The reader without the rest of Casus: `python examples/reader_alone.py [--svg FILE]`.

`load_reader()` gives a spaCy pipeline like any other; what Casus adds to a Doc besides stands behind `doc._`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from spacy import displacy
from spacy.tokens import Doc

from casus.read.reader import load_reader

TEXT = """\
QUETTA, Pakistan (Example News) -- Gen. Tariq Jamali said on Monday that gunmen had not attacked the barracks.
"We were never in danger," the general told reporters. He leaves for Kabul on Sept. 3.
"""


def tell_words(doc: Doc) -> Iterator[str]:
    """Universal Dependencies: words, dictionary forms, parts of speech, features, and what hangs on what."""
    for sentence in doc.sents:
        for word in sentence:
            if not word.is_space:
                yield f"{word.text:12}{word.lemma_:12}{word.pos_:7}{word.dep_:14}{word.head.text:12}{word.morph}"
        yield ""


def tell_names(doc: Doc) -> Iterator[str]:
    """Entities."""
    return (f"{entity.label_:10}{entity.text}" for entity in doc.ents)


def tell_speech(doc: Doc) -> Iterator[str]:
    """Who says what, in quotation marks or told."""
    for quote in doc._.quotes:
        speaker = "?" if quote.speaker is None else doc[quote.speaker].text
        yield f"{speaker} ({'direct' if quote.direct else 'told'}): {doc[quote.start : quote.end].text.strip()}"


def tell_chains(doc: Doc) -> Iterator[str]:
    """Mentions of the same person or thing."""
    for chain in doc._.clusters:
        yield " = ".join(doc[mention.start : mention.end].text for mention in chain)


def main() -> None:
    """Read the text and print what is found; draw the first sentence if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--svg", type=Path, help="where to draw the tree of the first sentence")
    args = parser.parse_args()
    doc = load_reader()(TEXT)
    parts = {"Words": tell_words, "Names": tell_names, "Speech": tell_speech, "Same": tell_chains}
    for title, tell in parts.items():
        print(f"{title}\n{'-' * len(title)}", *tell(doc), "", sep="\n")
    if args.svg:
        args.svg.write_text(displacy.render(next(doc.sents), style="dep", jupyter=False), encoding="utf-8")


if __name__ == "__main__":
    main()
