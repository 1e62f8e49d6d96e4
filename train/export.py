"""Turn a trained reader into the files that ship: `python -m train.export --model FOLDER --out FOLDER`.

Writes `reader.onnx` (dynamic int8, one scale a channel), `heads.npz` (the small matrices read outside the graph,
float16) and `labels.json`. Opset 17 by the legacy exporter; attention stays unfused, which is faster in int8 (see the
model card). Does not measure: `bench/reader.py` does.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from casus.read.wordpieces import load_wordpieces
from train.model import ReaderNet


def load_net(folder: Path) -> ReaderNet:
    """The trained network, ready to read."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    net = ReaderNet({"pieces": len(load_wordpieces().ids), **{k: len(v) for k, v in labels.items()}})
    net.load_state_dict(torch.load(folder / "reader.pt", weights_only=True))
    return net.eval()


def export_graph(net: ReaderNet, path: Path) -> None:
    """Write the float graph with open batch, word and piece lengths."""
    example = (torch.tensor([[101, 2000, 2001, 102]]), torch.tensor([[6, 0, 0, 6]]), torch.tensor([[0, 1, 2]]))
    names = ("pieces", "shapes", "first")
    axes = {"pieces": {0: "batch", 1: "P"}, "shapes": {0: "batch", 1: "P"}, "first": {0: "batch", 1: "W"}}
    axes |= {name: {0: "batch", 1: "W"} for name in net.OUTPUTS} | {"arcs": {0: "batch", 1: "W", 2: "W"}}
    torch.onnx.export(
        net, example, str(path), input_names=names, output_names=net.OUTPUTS, dynamic_axes=axes, opset_version=17,
        dynamo=False,
    )  # fmt: skip


def export_heads(net: ReaderNet, path: Path) -> None:
    """Write what is applied to chosen words only: relation and role outputs."""
    arrays = {"relation": net.relation_output, "role": net.role_output}
    saved = {
        f"{n}_{p}": getattr(m, p).detach().numpy().astype(np.float16)
        for n, m in arrays.items()
        for p in ("weight", "bias")
    }
    np.savez_compressed(path, **saved, role_distance=net.role_distance.weight.detach().numpy().astype(np.float16))


def export_reader(folder: Path, out: Path) -> None:
    """Export the network in `folder` to `out`."""
    net = load_net(folder)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        graph = Path(work) / "float.onnx"
        export_graph(net, graph)
        quantize_dynamic(graph, out / "reader.onnx", weight_type=QuantType.QInt8, per_channel=True)
    export_heads(net, out / "heads.npz")
    shutil.copy(folder / "labels.json", out / "labels.json")


def main() -> None:
    """Read the arguments and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    export_reader(args.model, args.out)


if __name__ == "__main__":
    main()
