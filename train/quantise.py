"""Make a float ONNX graph int8 with scales that are fixed beforehand, measured on sentences of the training corpora.

A scale that is fixed does not depend on what is read together, so a sentence reads the same in any company; and nothing
need be measured while reading. Weights have a scale a channel. The encoder has a few channels that are tens of times
wider than the rest; they are levelled before they are rounded and their weights raised in turn (after SmoothQuant,
Xiao et al. 2023), which brings the int8 graph as close to the float one as scales measured on the fly do. Knows nothing
of which layer is which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime as ort
from numpy.typing import NDArray
from onnx import NodeProto, helper, numpy_helper

Floats = NDArray[np.float32]
CONTRIB = "com.microsoft"  # ONNX Runtime's own operators
ROWS = 100  # rows of the smallest table of vectors that is worth making int8
WIDE = 0.8  # share of the channels that stay as they are; the wider ones are levelled to the widest of these
UNEVEN = 3.0  # times wider the widest channel must be than that for a tensor to be levelled


@dataclass(frozen=True, slots=True)
class Range:
    """Least and greatest value of each channel of a tensor, (width,) each."""

    low: Floats
    high: Floats

    @property
    def level(self) -> Floats | None:
        """What to divide each channel by, None where all are about as wide."""
        top = np.maximum(np.maximum(-self.low, self.high), 1e-6)
        level: Floats = np.maximum(1, top / np.quantile(top, WIDE)).astype(np.float32)
        return level if level.max() > UNEVEN else None


def measure_ranges(model: onnx.ModelProto, batches: Iterable[Mapping[str, NDArray[np.int64]]]) -> dict[str, Range]:
    """What goes into each matrix that is to be int8, over all batches; these must hold no padding.

    Args:
        model: the float graph.
        batches: its inputs.
    """
    inputs = list(dict.fromkeys(node.input[0] for node in _products(model.graph)))
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in inputs)
    session = ort.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    low: dict[str, list[Floats]] = {name: [] for name in inputs}
    high: dict[str, list[Floats]] = {name: [] for name in inputs}
    for batch in batches:
        for name, values in zip(inputs, session.run(inputs, dict(batch)), strict=True):
            rows = values.reshape(-1, values.shape[-1])
            low[name].append(rows.min(0))
            high[name].append(rows.max(0))
    return {name: Range(np.min(low[name], 0), np.max(high[name], 0)) for name in inputs}


def quantise_graph(model: onnx.ModelProto, ranges: Mapping[str, Range]) -> onnx.ModelProto:
    """The graph with int8 matrices and tables.

    Args:
        model: the float graph, left as it is.
        ranges: of every input of a matrix, from `measure_ranges`.
    """
    made = onnx.ModelProto()
    made.CopyFrom(model)
    writer = Writer(made.graph, ranges)
    products, tables = {n.output[0] for n in _products(made.graph)}, {n.output[0] for n in _tables(made.graph)}
    for node in model.graph.node:
        if node.output[0] in products:
            writer.write_product(node)
        elif node.output[0] in tables:
            writer.write_table(node)
        elif node.output[0] not in writer.written:
            writer.nodes.append(node)
    writer.finish(made.graph)
    if all(o.domain != CONTRIB for o in made.opset_import):
        made.opset_import.append(helper.make_opsetid(CONTRIB, 1))
    return made


class Writer:
    """Collects the nodes and constants of the new graph.

    Args:
        graph: the float one.
        ranges: of every input of a matrix.
    """

    def __init__(self, graph: onnx.GraphProto, ranges: Mapping[str, Range]) -> None:
        self.constants = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
        self.users: dict[str, list[NodeProto]] = {}
        for node in graph.node:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.ranges = ranges
        self.nodes: list[NodeProto] = []
        self.written: set[str] = set()
        self.levels: dict[str, Floats | None] = {}

    def write_product(self, node: NodeProto) -> None:
        """A matrix product, with the bias that is added to it."""
        source, weights = node.input
        if source not in self.levels:
            self._write_rounding(source)
        level = self.levels[source]
        matrix = self.constants.pop(weights)
        rounded, scale = round_rows((matrix if level is None else matrix * level[:, None]).T)
        added = {
            f"{weights}_int8": np.ascontiguousarray(rounded.T),
            f"{weights}_scale": scale.ravel(),
            f"{weights}_zero": np.int8(0),
        }
        self.constants |= {name: np.asarray(value) for name, value in added.items()}
        int8, by, zero = added
        bias, output = self._take_bias(node.output[0])
        inputs = [f"{source}_int8", int8, f"{source}_scale", by, f"{source}_zero", zero, *bias]
        self.nodes.append(helper.make_node("MatMulIntegerToFloat", inputs, [output], domain=CONTRIB))

    def _write_rounding(self, source: str) -> None:
        span = self.ranges[source]
        level = self.levels[source] = span.level
        by: Floats = np.ones_like(span.low) if level is None else level
        scale, zero = scale_of(float((span.low / by).min()), float((span.high / by).max()))
        self.constants |= {f"{source}_scale": np.asarray(scale), f"{source}_zero": np.asarray(zero)}
        even = source
        if level is not None:
            even = f"{source}_even"
            self.constants[f"{source}_level"] = (1 / level).astype(np.float32)
            self.nodes.append(helper.make_node("Mul", [source, f"{source}_level"], [even]))
        inputs = [even, f"{source}_scale", f"{source}_zero"]
        self.nodes.append(helper.make_node("QuantizeLinear", inputs, [f"{source}_int8"]))

    def _take_bias(self, output: str) -> tuple[list[str], str]:
        """The constant that is all that becomes of a product, by being added to it; and what the sum is called."""
        users = self.users.get(output, [])
        if len(users) == 1 and users[0].op_type == "Add":
            other = [name for name in users[0].input if name != output]
            if other and other[0] in self.constants and self.constants[other[0]].ndim == 1:
                self.written.add(users[0].output[0])
                return other, users[0].output[0]
        return [], output

    def write_table(self, node: NodeProto) -> None:
        """Rows looked up in a table of vectors, a scale a row."""
        table, output = node.input[0], node.output[0]
        rounded, scale = round_rows(self.constants.pop(table))
        self.constants |= {f"{table}_int8": rounded, f"{table}_scale": scale}
        self.nodes += [
            helper.make_node("Gather", [f"{table}_int8", node.input[1]], [f"{output}_row"]),
            helper.make_node("Gather", [f"{table}_scale", node.input[1]], [f"{output}_width"]),
            helper.make_node("Cast", [f"{output}_row"], [f"{output}_float"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [f"{output}_float", f"{output}_width"], [output]),
        ]

    def finish(self, graph: onnx.GraphProto) -> None:
        """Put all that was collected in place of the graph's own."""
        del graph.node[:], graph.initializer[:]
        graph.node.extend(self.nodes)
        graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in self.constants.items())


def round_rows(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Int8 rows and the scale of each, (rows, 1).

    >>> rounded, scale = round_rows(np.array([[0.5, -1.0], [2.0, 0.0]], dtype=np.float32))
    >>> rounded.tolist(), [round(float(s), 4) for s in scale]
    ([[64, -127], [127, 0]], [0.0079, 0.0157])
    """
    scale: Floats = (np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-9) / 127).astype(np.float32)
    return np.clip(np.rint(matrix / scale), -127, 127).astype(np.int8), scale


def scale_of(low: float, high: float) -> tuple[np.float32, np.uint8]:
    """Scale and zero point by which 0 to 255 stand for that range, 0 within it.

    >>> scale_of(-1.0, 4.1)[1]
    np.uint8(50)
    """
    low, high = min(low, 0.0), max(high, 0.0)
    scale = max(high - low, 1e-6) / 255
    return np.float32(scale), np.uint8(round(-low / scale))


def _products(graph: onnx.GraphProto) -> Sequence[NodeProto]:
    constant = {c.name for c in graph.initializer if len(c.dims) == 2}
    return [n for n in graph.node if n.op_type == "MatMul" and n.input[1] in constant]


def _tables(graph: onnx.GraphProto) -> Sequence[NodeProto]:
    large = {c.name for c in graph.initializer if len(c.dims) == 2 and c.dims[0] >= ROWS}
    return [n for n in graph.node if n.op_type == "Gather" and n.input[0] in large]
