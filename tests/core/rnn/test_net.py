"""What a batch makes of the net: accuracy by time, and how far the gradient of the last loss reaches back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.rnn import Params, arrays
from core.rnn.algorithm import seen_in
from core.rnn.net import NAMES, by_time, grad_by_lag, named, net_of, slopes_of_last

MODES = ("many-to-many", "many-to-one", "one-to-many")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("has_classes", [True, False])
def test_slopes_of_the_last_loss_by_central_differences(
    mode: Any, has_classes: bool, run: Any, own: Any, mean_loss: Any
) -> None:
    """A push on h_t goes on from there: the same sequences, shortened, that begin with h_t."""
    params = own(2, mode, has_classes, units=3, optimizer="sgd")
    before, after = run(params, 2)[1:]
    told, weights = arrays(after, params), {name: arrays(before, params)[name] for name in NAMES}
    seen = seen_in(after, params)
    assert seen is not None
    slopes = slopes_of_last(seen).by_h
    for t in range(params.length - 1):  # after h_{t + 1} the times t + 1 … are left
        rest = told["inputs"][:, t + 1 :] if mode != "one-to-many" else told["inputs"][:, :0]
        targets = told["targets"] if mode == "many-to-one" else told["targets"][:, t + 1 :]
        short = Params(task="own", mode=mode, units=3, length=params.length - t - 1, batch_size=3)
        for i, j in np.ndindex(3, 3):
            near = []
            for h in (1e-5, -1e-5):
                begin = told["h"][:, t + 1].copy()
                begin[i, j] += h
                near.append(mean_loss(weights, rest, targets, begin, short, True))
            assert slopes[i, t, j] == pytest.approx((near[0] - near[1]) / 2e-5, abs=1e-9)
    lengths = [np.sqrt((slopes[:, params.length - 1 - k] ** 2).sum()) for k in range(params.length)]
    np.testing.assert_allclose(told["grad_by_lag"], lengths, rtol=1e-12)


@pytest.mark.parametrize("radius", [0.5, 0.9, 1.0, 1.1, 1.5])
def test_a_linear_cell_carries_a_gradient_radius_times_as_far_each_time(radius: float, run: Any) -> None:
    params = Params(cell="linear", radius=radius, length=20, mode="many-to-one")
    for seed in range(3):
        lengths = arrays(run(params, 1, seed)[1], params)["grad_by_lag"]
        np.testing.assert_allclose(lengths / lengths[0], radius ** np.arange(20.0), rtol=1e-9)


def test_tanh_only_takes_away(run: Any) -> None:
    for radius in (0.5, 0.9, 1.0, 1.1):
        cells: tuple[Any, ...] = ("tanh", "linear")
        made = (Params(cell=cell, radius=radius, length=20, mode="many-to-one") for cell in cells)
        lengths = (arrays(run(params, 1)[1], params)["grad_by_lag"] for params in made)
        ratios = [each / each[0] for each in lengths]
        assert (ratios[0][1:] < ratios[1][1:]).all()


def test_of_many_to_one_there_is_an_accuracy_at_the_last_time_alone() -> None:
    np.testing.assert_array_equal(by_time(np.array([0.5]), 3), [np.nan, np.nan, 0.5])
    np.testing.assert_array_equal(by_time(np.array([0.5, 1.0]), 2), [0.5, 1.0])


def test_weights_bear_the_names_of_the_formulas(run: Any) -> None:
    params = Params(symbols=5, units=7)
    own = named(run(params, 0)[0].weights, params)
    assert {name: array.shape for name, array in own.items()} == {
        "W": (5, 7), "U": (7, 7), "b": (7,), "V": (7, 5), "c": (5,),
    }  # fmt: skip
    assert sum(array.size for array in own.values()) == sum(count.total for count in net_of(params).stack.counts)


def test_a_sequence_of_one_time_has_a_gradient_at_lag_0_alone(run: Any) -> None:
    params = Params(length=1, lag=1)
    seen = seen_in(run(params, 1)[1], params)
    assert seen is not None
    assert grad_by_lag(seen).shape == (1,)
