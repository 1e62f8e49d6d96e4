"""Accuracy and speed of the shipped reader: `python -m bench.reader --data FOLDER` (what `make unpack` unpacks)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.reader.alignment import figures
from bench.reader.entities import score_entities
from bench.reader.raw import ewt_documents, gum_documents, gum_news, score_documents
from bench.reader.speed import measure_speed
from bench.reader.words import read_all, score_trees
from casus.read.reader import load_reader
from train.corpora import read_ewt, read_gmb, read_gum


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", help="folder of another reader than the shipped one")
    args = parser.parse_args()
    ewt, gum = read_ewt(args.data, "test"), read_gum(args.data, "test")
    gmb = read_gmb(args.data, lambda n: n % 10 == 0)
    nlp = load_reader(args.reader or "casus")
    rows = {
        "EWT test, gold words": score_trees(ewt, read_all(ewt, args.reader)),
        "GUM test, gold words": score_trees(gum, read_all(gum, args.reader)),
        "EWT test, raw text": figures(score_documents(ewt_documents(args.data, "test"), nlp)),
        "GUM test, raw text": figures(score_documents(gum_documents(args.data, "test"), nlp)),
        "GUM news, raw text": figures(score_documents(gum_news(args.data), nlp)),
        "UNER EWT test, F1": score_entities(ewt, read_all(ewt, args.reader), ("PERSON", "ORG", "LOC")),
        "GMB held-out tenth, F1": score_entities(gmb, read_all(gmb, args.reader), ("PERSON", "ORG", "LOC", "DATE")),
        "speed, one thread": measure_speed(ewt, args.reader),
    }
    for name, row in rows.items():
        sys.stdout.write(f"{name:26}" + "  ".join(f"{k} {v}" for k, v in row.items()) + "\n")


if __name__ == "__main__":
    main()
