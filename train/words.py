"""Write which tags a word may have: `python -m train.words --data FOLDER`. Closed classes are lists, the rest is open.

The network's tag head never saw the annotated reports, so on their trigger words it can say anything; a dictionary of
the closed classes, and what relations and endings tell, keep it to what is possible. Counted on the training trees.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from train.corpora import read_ewt, read_gum
from train.examples import Tree

OPEN = ("ADJ", "ADV", "NOUN", "PROPN", "VERB")
OUT = Path(__file__).parent.parent / "src/casus/read/data/words.json"
REST = ("X", "SYM", "PUNCT")  # tell nothing of a word of letters
SEEN = 2  # times a word must stand in a closed class to be let into it
USED = 30  # uses below which an ending or relation tells too little
SHARE = 0.005  # share of a word's uses, or of a class's forms, below which it is taken for a slip


def count_words(pairs: Iterable[tuple[tuple[str, ...], Tree]]) -> dict[str, Any]:
    """The dictionary's tables.

    `closed`: lower-case word → its tags; `relations`: relation → tags, and `endings`: last two letters → Penn tags,
    both as logs of their shares.
    """
    words: dict[str, Counter[str]] = {}
    relations: dict[str, Counter[str]] = {}
    endings: dict[str, Counter[str]] = {}
    for sentence, tree in pairs:
        for word, tag, form, relation in zip(sentence, tree.tags, tree.forms, tree.relations, strict=True):
            relations.setdefault(relation, Counter())[tag] += 1
            if tag in OPEN and word.isalpha():
                endings.setdefault(word[-2:].lower(), Counter())[form] += 1
            if tag not in REST:
                words.setdefault(word.lower(), Counter())[tag] += 1
    closed = {w: keep_frequent(c) for w, c in words.items() if any(c[t] >= SEEN and t not in OPEN for t in c)}
    kept = {
        w: tags for w, tags in sorted(closed.items()) if any(t not in OPEN for t in tags) and any(map(str.isalpha, w))
    }
    return {
        "closed": kept,
        "open": list(OPEN),
        "relations": {name: logs(c) for name, c in sorted(relations.items()) if c.total() >= USED},
        "endings": {name: logs(c) for name, c in sorted(endings.items()) if c.total() >= USED},
    }


def logs(counts: Counter[str]) -> dict[str, float]:
    """Log of each name's smoothed share, and under "" that of a name never seen."""
    total = counts.total() + 1
    return {"": round(math.log(0.1 / total), 2)} | {
        n: round(math.log((k + 0.1) / total), 2) for n, k in sorted(counts.items())
    }


def keep_frequent(counts: Counter[str]) -> list[str]:
    """Names that are more than slips, sorted."""
    least = max(SEEN, SHARE * counts.total()) if counts.total() > SEEN else 1
    return sorted(name for name, n in counts.items() if n >= least)


def main() -> None:
    """Read the arguments, count, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    examples = read_ewt(args.data, "train") + read_gum(args.data, "train")
    table = count_words((e.words, e.tree) for e in examples if e.tree)
    OUT.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
