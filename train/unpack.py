"""Unpack the corpora the reader learns from: `python -m train.unpack --corpora FOLDER --data FOLDER`.

Only the eight archives that `train.fit` and `bench.reader` read; what is already there is left alone.
"""

from __future__ import annotations

import argparse
import sys
import tarfile
from pathlib import Path

ARCHIVES = (
    "ud__ewt", "ud__gum", "ner__uner_ewt", "ner__gmb_voa", "ner__wikigold_wnut", "ner__crossner_politics", "ner__re3d",
    "events__geneva",
)  # fmt: skip


def unpack_corpora(corpora: Path, data: Path) -> list[str]:
    """Unpack each archive into the folder of `data` that is named after it (`ud__ewt` into `ewt`).

    Returns:
        the folders made.

    Raises:
        FileNotFoundError: an archive is missing.
    """
    made = []
    data.mkdir(parents=True, exist_ok=True)
    for name in ARCHIVES:
        folder = name.partition("__")[2]
        if (data / folder).is_dir():
            continue
        with tarfile.open(corpora / f"{name}.tar.xz") as archive:
            archive.extractall(data, filter="data")
        made.append(folder)
    return made


def main() -> None:
    """Read the arguments and unpack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="where the archives lie")
    parser.add_argument("--data", type=Path, required=True, help="where to unpack them")
    args = parser.parse_args()
    made = unpack_corpora(args.corpora, args.data)
    sys.stderr.write(f"{args.data}: {', '.join(made) or 'nothing new'}\n")


if __name__ == "__main__":
    main()
