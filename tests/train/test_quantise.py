"""Float graphs made int8: close to what they were, and the same in any batch."""

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")
import onnxruntime as ort  # noqa: E402
from onnx import helper, numpy_helper  # noqa: E402

from train.quantise import Range, measure_ranges, quantise_graph, round_rows, scale_of  # noqa: E402

RNG = np.random.default_rng(7)
WIDTHS = np.where(np.arange(32) == 3, 40.0, 1.0)
"""Channel 3 is forty times wider than the others, as one of the encoder's is."""


def make_graph() -> "onnx.ModelProto":
    """Return a graph that looks rows up in a table and multiplies them with a matrix and a bias."""
    table = (RNG.normal(size=(200, 32)) * WIDTHS).astype(np.float32)
    arrays = {
        "table": table,
        "matrix": RNG.normal(size=(32, 16)).astype(np.float32),
        "bias": np.ones(16, dtype=np.float32),
    }
    nodes = [
        helper.make_node("Gather", ["table", "ids"], ["rows"]),
        helper.make_node("MatMul", ["rows", "matrix"], ["product"]),
        helper.make_node("Add", ["product", "bias"], ["out"]),
    ]
    inputs = [helper.make_tensor_value_info("ids", onnx.TensorProto.INT64, ["batch", "length"])]
    outputs = [helper.make_tensor_value_info("out", onnx.TensorProto.FLOAT, ["batch", "length", 16])]
    constants = [numpy_helper.from_array(value, name) for name, value in arrays.items()]
    graph = helper.make_graph(nodes, "small", inputs, outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(model: "onnx.ModelProto", ids: np.ndarray) -> np.ndarray:
    """Return what a graph gives."""
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"ids": ids})[0]  # type: ignore[no-any-return]


def test_int8_is_close_to_float() -> None:
    """Though one channel is far wider than the others."""
    model, ids = make_graph(), np.arange(200)[None]
    exact = run(model, ids)
    rounded = run(quantise_graph(model, measure_ranges(model, [{"ids": ids}])), ids)
    assert np.abs(rounded - exact).mean() / np.abs(exact).mean() < 0.02


def test_company_changes_nothing() -> None:
    """Scales are fixed: a row gives the same alone."""
    model = make_graph()
    made = quantise_graph(model, measure_ranges(model, [{"ids": np.arange(200)[None]}]))
    together = run(made, np.arange(40).reshape(10, 4))
    assert all(np.array_equal(run(made, np.arange(4 * k, 4 * k + 4)[None])[0], together[k]) for k in range(10))


def test_no_float_matrix_is_left() -> None:
    """Nor table."""
    model = make_graph()
    made = quantise_graph(model, measure_ranges(model, [{"ids": np.arange(200)[None]}]))
    types = {c.name: c.data_type for c in made.graph.initializer if len(c.dims) == 2 and c.dims[1] > 1}
    assert set(types.values()) == {onnx.TensorProto.INT8}


def test_only_uneven_tensors_are_levelled() -> None:
    """The widest fifth down to the others; nothing where all are about as wide."""
    even = Range(-np.ones(10, dtype=np.float32), np.ones(10, dtype=np.float32))
    assert even.level is None
    wide = np.array([1.0] * 9 + [8.0], dtype=np.float32)
    level = Range(-wide, wide).level
    assert level is not None
    assert level.tolist() == [1.0] * 9 + [8.0]


@pytest.mark.parametrize(("low", "high"), [(-1.0, 4.1), (0.5, 2.0), (-3.0, -1.0), (0.0, 0.0)])
def test_nothing_stays_nothing(low: float, high: float) -> None:
    """0 is one of the 256 steps, whatever the range."""
    scale, zero = scale_of(low, high)
    assert scale > 0
    assert 0 <= zero <= 255
    assert min(low, 0.0) >= -(int(zero) + 0.51) * scale


def test_rows_have_their_own_scale() -> None:
    """The widest value of each is 127."""
    rounded, scale = round_rows(np.array([[1.0, -0.5], [100.0, 3.0]], dtype=np.float32))
    assert np.abs(rounded).max(1).tolist() == [127, 127]
    assert scale.shape == (2, 1)
