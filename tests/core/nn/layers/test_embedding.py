"""Embedding against one-hot rows times the table, central differences and torch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.nn.layers import Embedding, named
from core.run.refusal import Refusal

LAYER = Embedding(7, 3)
NUMBERS: Any = np.array([[1, 2, 2, 0], [6, 1, 1, 1]])


@pytest.mark.parametrize("shape", [(4,), (2, 5), (2, 3, 4), (2, 3, 4, 5)])
def test_it_is_a_one_hot_row_times_the_table(shape: tuple[int, ...], weights_of: Any) -> None:
    numbers: Any = np.random.default_rng(0).integers(0, 7, shape)
    weights = weights_of(LAYER, numbers)
    y = LAYER.forward(weights, numbers)[0]
    written = np.moveaxis(numbers, 1, -1) if len(shape) == 4 else numbers  # of pictures the channels are second
    judge = np.eye(7)[written] @ weights["E"]
    axis = {4: 1, 5: 2}.get(judge.ndim, -1)
    np.testing.assert_array_equal(y, np.moveaxis(judge, -1, axis))


@pytest.mark.parametrize("shape", [(4,), (3, 5), (2, 3, 4), (2, 3, 2, 2)])
def test_slopes(shape: tuple[int, ...], check_slopes: Any) -> None:
    numbers = np.random.default_rng(1).integers(0, 7, shape)
    check_slopes(LAYER, numbers, moves_input=False)


def test_rows_that_are_not_named_do_not_move(weights_of: Any) -> None:
    weights = weights_of(LAYER, NUMBERS)
    y, kept = LAYER.forward(weights, NUMBERS)
    by_x, slopes = LAYER.backward(weights, kept, np.ones(y.shape))
    assert slopes["E"][:, 0].tolist() == [1, 4, 2, 0, 0, 0, 1]
    assert by_x.shape == NUMBERS.shape
    assert not by_x.any()


def test_whole_numbers_given_as_doubles_are_taken(weights_of: Any) -> None:
    weights = weights_of(LAYER, NUMBERS)
    doubles = LAYER.forward(weights, NUMBERS.astype(float))[0]
    np.testing.assert_array_equal(doubles, LAYER.forward(weights, NUMBERS.astype(np.int64))[0])


@pytest.mark.parametrize("wrong", [7, -1])
def test_a_number_without_a_row_is_refused(wrong: int, weights_of: Any) -> None:
    with pytest.raises(Refusal) as refused:
        LAYER.forward(weights_of(LAYER, NUMBERS), np.array([[0, wrong]], dtype=float))
    assert refused.value.key == "layer_no_row"
    assert refused.value.values == {"given": wrong, "allowed": 6}


def test_where_it_starts() -> None:
    table = Embedding(200, 10).start(named(None, 4), np.random.default_rng(0))["E"]
    assert table.shape == (200, 10)
    assert 0.049 < table.max() <= 0.05
    assert -0.05 <= table.min() < -0.049


def test_what_it_is_told() -> None:
    assert Embedding(7, 3).told() == {"input_length": (None, None)}
    assert Embedding(7, 3, 4).told() == {"input_length": (None, 4)}
    assert Embedding(7, 3, input_shape=(2, 4)).told() == {"input_shape": (None, 2, 4)}
    assert Embedding(7, 3, batch_input_shape=(8, 4)).told() == {"batch_input_shape": (8, 4)}


def test_what_a_cell_comes_from() -> None:
    assert LAYER.sees(named(2, 4), ((1,), (3,), (2,))) == ((1,), (3,))
    assert LAYER.sees(named(2, 4, 5), ((1,), (2,), (3,), (4,))) == ((1,), (3,), (4,))


def test_its_weights_as_one_counts_them() -> None:
    assert LAYER.count(named(None, 4)).formula == "7·3"
    assert LAYER.count(named(None, 4)).total == 21


def test_torch_agrees(weights_of: Any) -> None:
    torch = pytest.importorskip("torch")
    weights, probe = weights_of(LAYER, NUMBERS), np.random.default_rng(2).normal(size=(2, 4, 3))
    table = torch.tensor(np.array(weights["E"]), requires_grad=True)
    theirs = torch.nn.functional.embedding(torch.tensor(NUMBERS), table)
    (theirs * torch.tensor(probe)).sum().backward()
    y, kept = LAYER.forward(weights, NUMBERS.astype(float))
    np.testing.assert_array_equal(y, theirs.detach().numpy())
    np.testing.assert_allclose(LAYER.backward(weights, kept, probe)[1]["E"], table.grad.numpy(), rtol=1e-14)
