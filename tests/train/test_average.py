"""The mean of several readers' weights."""

import pytest

torch = pytest.importorskip("torch")

from train.average import average_weights  # noqa: E402


def test_weights_are_averaged_and_counts_kept() -> None:
    states = [
        {"w": torch.tensor([1.0, 4.0]), "n": torch.tensor(3)},
        {"w": torch.tensor([3.0, 0.0]), "n": torch.tensor(9)},
    ]
    mean = average_weights(states)
    assert mean["w"].tolist() == [2.0, 2.0]
    assert mean["n"].item() == 3


@pytest.mark.parametrize("states", [[], [{"w": torch.zeros(2)}, {"w": torch.zeros(3)}]])
def test_nothing_and_other_shapes_are_refused(states: list[dict[str, torch.Tensor]]) -> None:
    with pytest.raises(ValueError, match="at least one, all of one shape"):
        average_weights(states)
