"""Turn a trained reader into the files that ship: `python -m train.export --model FOLDER --data FOLDER --out FOLDER`.

Writes `reader.onnx` (int8, scales fixed on sentences of the training corpora, see `train.quantise`), `heads.npz` (the
small matrices read outside the graph, float16) and `labels.json`. Opset 17 by the legacy exporter; attention stays
unfused, which is faster in int8 (see the model card). Does not measure: `bench.reader` does.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from casus.read.batches import make_tensors
from casus.read.wordpieces import load_wordpieces
from train.corpora import read_ewt, read_gmb, read_gum
from train.model import ReaderNet
from train.quantise import measure_ranges, quantise_graph

SAMPLE = 200  # sentences of each corpus on which the scales are measured
SEED = 7


def load_net(folder: Path) -> ReaderNet:
    """The trained network, ready to read."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    net = ReaderNet({"pieces": len(load_wordpieces().ids), **{k: len(v) for k, v in labels.items()}})
    net.load_state_dict(torch.load(folder / "reader.pt", weights_only=True))
    return net.eval()


def export_graph(net: ReaderNet, path: Path) -> None:
    """Write the float graph with open batch, word and piece lengths."""
    torch.onnx.register_custom_op_symbolic("aten::gelu", _write_gelu, 17)
    example = (torch.tensor([[101, 2000, 2001, 102]]), torch.tensor([[6, 0, 0, 6]]), torch.tensor([[0, 1, 2]]))
    names = ("pieces", "shapes", "first")
    axes = {"pieces": {0: "batch", 1: "P"}, "shapes": {0: "batch", 1: "P"}, "first": {0: "batch", 1: "W"}}
    axes |= {name: {0: "batch", 1: "W"} for name in net.OUTPUTS} | {"arcs": {0: "batch", 1: "W", 2: "W"}}
    torch.onnx.export(
        net, example, str(path), input_names=names, output_names=net.OUTPUTS, dynamic_axes=axes, opset_version=17,
        custom_opsets={"com.microsoft": 1}, dynamo=False,
    )  # fmt: skip


def _write_gelu(graph: Any, x: Any, _approximate: Any) -> Any:
    """One operator of ONNX Runtime; opset 17 has none and would spell it out in five."""
    return graph.op("com.microsoft::Gelu", x).setType(x.type())


def export_heads(net: ReaderNet, path: Path) -> None:
    """Write what is applied to chosen words only: relation and role outputs."""
    arrays = {"relation": net.relation_output, "role": net.role_output}
    saved = {
        f"{n}_{p}": getattr(m, p).detach().numpy().astype(np.float16)
        for n, m in arrays.items()
        for p in ("weight", "bias")
    }
    np.savez_compressed(path, **saved, role_distance=net.role_distance.weight.detach().numpy().astype(np.float16))


def draw_sentences(data: Path) -> Iterator[dict[str, NDArray[np.int64]]]:
    """Inputs of single sentences, drawn from three of the corpora that the network learned from."""
    pieces, rng = load_wordpieces(), random.Random(SEED)
    for corpus in (read_ewt(data, "train"), read_gum(data, "train"), read_gmb(data, lambda n: n % 10 != 0)):
        for example in rng.sample(corpus, min(SAMPLE, len(corpus))):
            coded = [pieces.encode(word) for word in example.words]
            yield make_tensors([example.words], [coded], pieces, length=sum(map(len, coded)) + 2)


def export_reader(folder: Path, data: Path, out: Path) -> None:
    """Export the network in `folder` to `out`; its scales are measured on the corpora in `data`."""
    net = load_net(folder)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        export_graph(net, Path(work) / "float.onnx")
        graph = onnx.load(str(Path(work) / "float.onnx"))
    onnx.save(quantise_graph(graph, measure_ranges(graph, draw_sentences(data))), str(out / "reader.onnx"))
    export_heads(net, out / "heads.npz")
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    labels.pop("frames", None)  # learned beside the rest, read by nobody
    (out / "labels.json").write_text(json.dumps(labels, indent=1), "utf-8")


def main() -> None:
    """Read the arguments and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="what train.unpack unpacked")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    export_reader(args.model, args.data, args.out)


if __name__ == "__main__":
    main()
