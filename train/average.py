"""The mean of readers that went on from one another: `python -m train.average --models FOLDER … --out FOLDER`.

Runs that start from the same weights end in one basin, where their mean reads better than any of them (Wortsman et al.
2022, "Model soups"). Runs from different starts have no such mean.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch


def average_weights(states: Sequence[Mapping[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Each weight's mean over the states; what is no floating-point number is the first's.

    Raises:
        ValueError: no state, or states of different shapes.
    """
    if not states or any(
        {k: v.shape for k, v in s.items()} != {k: v.shape for k, v in states[0].items()} for s in states
    ):
        raise ValueError("the models to average must be at least one, all of one shape")
    return {
        name: torch.stack([state[name] for state in states]).mean(0) if first.is_floating_point() else first
        for name, first in states[0].items()
    }


def main() -> None:
    """Read the arguments, average, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, nargs="+", required=True, help="folders of train.fit")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    labels = {(folder / "labels.json").read_text("utf-8") for folder in args.models}
    if len(labels) > 1:
        raise SystemExit("the models' labels.json differ: they cannot be averaged")
    args.out.mkdir(parents=True, exist_ok=True)
    states = [torch.load(folder / "reader.pt", weights_only=True) for folder in args.models]
    torch.save(average_weights(states), args.out / "reader.pt")
    shutil.copy(args.models[0] / "labels.json", args.out / "labels.json")


if __name__ == "__main__":
    main()
