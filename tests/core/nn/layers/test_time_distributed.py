"""TimeDistributed against a loop over time, for every layer it may wrap."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.nn.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    MaxPooling2D,
    SimpleRNN,
    TimeDistributed,
    named,
)
from core.run.refusal import Refusal

Floats = NDArray[np.float64]
RNG = np.random.default_rng(0)
CASES: list[tuple[Any, tuple[int, ...], int]] = [  # what it wraps, a batch as computed, its axis of time
    (Dense(4, activation="tanh"), (3, 5, 2), 1),
    (Dense(4, activation="softmax"), (2, 3, 4, 5), 2),  # a picture: its rows are the time
    (Conv2D(2, 3, padding="same", activation="tanh"), (2, 3, 2, 4, 5), 1),
    (AveragePooling2D(2, padding="same"), (2, 3, 2, 4, 5), 1),
    (MaxPooling2D(2), (2, 3, 2, 4, 5), 1),
    (Flatten(), (2, 3, 2, 4, 5), 1),
    (SimpleRNN(3), (2, 2, 3, 4), 2),
    (SimpleRNN(3, return_sequences=True), (2, 2, 3, 4), 2),
    (TimeDistributed(Dense(3, activation="tanh")), (2, 2, 3, 4), 2),
]
IDS = [f"{layer.type}-{len(shape)}" for layer, shape, _ in CASES]


def spread(shape: tuple[int, ...]) -> Floats:
    """Cells that lie apart, so that no difference steps over a kink."""
    return (np.random.default_rng(0).permutation(np.prod(shape)).reshape(shape) - 40.0) / 50.0


@pytest.mark.parametrize(("layer", "shape", "time"), CASES, ids=IDS)
def test_it_is_the_loop_over_time(layer: Any, shape: tuple[int, ...], time: int, weights_of: Any) -> None:
    x, wrapped = spread(shape), TimeDistributed(layer)
    weights = weights_of(wrapped, x)
    y = wrapped.forward(weights, x)[0]
    loop = []
    for t in range(shape[time]):
        moment: Any = x.take(t, axis=time)
        if len(shape) == 4:  # (batch, channels, columns): what is left of a picture is a sequence, features last
            moment = moment.transpose(0, 2, 1)
        loop.append(layer.forward(weights, moment)[0])
    written = np.stack(loop, axis=1)
    assert y.size == written.size
    np.testing.assert_allclose(y, written.transpose(0, 3, 1, 2) if y.ndim == 4 else written, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("layer", "shape", "time"), CASES, ids=IDS)
def test_slopes(layer: Any, shape: tuple[int, ...], time: int, check_slopes: Any) -> None:
    check_slopes(TimeDistributed(layer), spread(shape))


def test_slopes_of_a_table(check_slopes: Any) -> None:
    check_slopes(TimeDistributed(Embedding(6, 2)), RNG.integers(0, 6, (2, 3, 4)), moves_input=False)


@pytest.mark.parametrize(("batch", "time", "features", "units", "count"), [(4, 5, 6, 3, 21), (7, 12, 8, 5, 45)])
def test_weights_whatever_the_length(batch: int, time: int, features: int, units: int, count: int) -> None:
    wrapped, x = TimeDistributed(Dense(units)), RNG.normal(size=(batch, time, features))
    given = named(batch, time, features)
    assert wrapped.count(given).total == count
    assert wrapped.count(named(batch, None, features)).total == count
    weights = wrapped.start(given, np.random.default_rng(0))
    flat = x.reshape(-1, features) @ weights["W"] + weights["b"]
    np.testing.assert_array_equal(wrapped.forward(weights, x)[0], flat.reshape(batch, time, units))


def test_what_a_cell_comes_from() -> None:
    assert TimeDistributed(Dense(2)).sees(named(2, 4, 3), ((1,), (2,), (0,))) == ((1,), (2,), (0, 1, 2))
    cells = TimeDistributed(MaxPooling2D(2)).sees(named(2, 3, 4, 6, 5), ((1,), (2,), (4,), (1,), (0,)))
    assert cells == ((1,), (2,), (4,), (2, 3), (0, 1))


def test_it_says_what_it_wraps() -> None:
    assert TimeDistributed(Dense(2)).name == "TimeDistributed(Dense)"
    with pytest.raises(Refusal) as refused:
        TimeDistributed(Conv2D(2, 2)).shape(named(None, 4, 5, 6))
    assert refused.value.values["layer"] == "TimeDistributed(Conv2D)"
