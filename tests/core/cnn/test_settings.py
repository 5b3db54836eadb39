"""What is refused before a run, each with one clear reason; and that whatever is taken can learn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core import cnn
from core.cnn import Params, check
from core.cnn.settings import MOST_LAYERS, net, shown_label
from core.data.digits import digits
from core.nn.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D, named
from core.run.parameters import parameters
from core.run.streams import Streams

LAST = Dense(10, activation="softmax")


def test_names_defaults_limits_and_modes_are_those_agreed_on() -> None:
    told = {p.name: (p.default, p.low, p.high, p.mode) for p in parameters(Params)}
    assert told == {
        "dataset": ("digits", None, None, "restart"), "layers": (Params().layers, None, None, "restart"),
        "batch_size": (64, 0, 1437, "restart"), "learning_rate": (0.003, 1e-12, 100, "live"),
        "optimizer": ("adam", None, None, "restart"), "epochs": (20, 1, 1000, "restart"),
        "shown": (digits().test[0], 0, 1796, "view"), "picture": (None, None, None, "view"),
        "push": ((0, 0), -7, 7, "view"),
    }  # fmt: skip
    assert [layer.type for layer in Params().layers] == [
        "Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Dense",
    ]  # fmt: skip
    counts = [count.total for count in net(Params().layers).stack.counts]
    assert counts == [80, 0, 1168, 0, 0, 4160, 650]
    assert sum(counts) == 6058


@pytest.mark.parametrize(
    ("layers", "key", "values"),
    [
        ((Dense(10, activation="softmax"),), "layers_last", {"given": "(None, 8, 8, 10)"}),
        ((Flatten(), Dense(9, activation="softmax")), "layers_last", {"given": "(None, 9)", "classes": 10}),
        ((Flatten(), Dense(10)), "layers_function", {"layer": "Dense"}),
        ((Flatten(), Dense(10, activation="sigmoid")), "layers_function", {"classes": 10}),
        ((Conv2D(10, 8, activation="softmax"), Flatten()), "layers_last", {"layer": "Flatten"}),
        ((Flatten(), Conv2D(3, 3), LAST), "layer_axes", {"layer": "Conv2D", "given": "(None, 64)"}),
        ((Flatten(), MaxPooling2D(2), LAST), "layer_axes", {"layer": "MaxPooling2D", "place": 2}),
        ((Conv2D(4, 9), Flatten(), LAST), "layer_window", {"given": "(None, 8, 8, 1)", "needs": 9}),
        ((*[MaxPooling2D(2)] * 4, Flatten(), LAST), "layer_window", {"place": 4}),
        ((Conv2D(4, 3, strides=2, dilation_rate=2), Flatten(), LAST), "layer_strides_and_dilation", {"place": 1}),
        ((Flatten(input_shape=(28, 28, 1)), LAST), "layers_told", {"given": "(None, 28, 28, 1)"}),
        ((Flatten(), Dense(10, activation="softmax", input_dim=64)), "layers_told", {"name": "input_dim"}),
        ((Flatten(batch_input_shape=(32, 8, 8, 1)), LAST), "layers_told", {"name": "batch_input_shape"}),
        ((Conv2D(1, 33, padding="same"), Flatten(), LAST), "layers_reach", {"given": 33, "place": 1}),
        ((Conv2D(1, 3, padding="same", dilation_rate=500_000), Flatten(), LAST), "layers_reach", {"given": 1_000_001}),
        ((MaxPooling2D(1_000_000, padding="same"), Flatten(), LAST), "layers_reach", {"layer": "MaxPooling2D"}),
        ((Flatten(), Dense(1_000_000), LAST), "layers_weights", {"allowed": 1_000_000}),
        ((Conv2D(200, 3), Conv2D(200, 3), Flatten(), LAST), "layers_work", {"examples": 360}),
        ((Conv2D(2000, 1, padding="same"), Conv2D(1, 3), Flatten(), LAST), "layers_cells", {"examples": 360}),
    ],
)  # fmt: skip
def test_layers_that_make_no_net_of_ten_classes_are_refused(layers: Any, key: str, values: dict[str, Any]) -> None:
    refusal = check(Params(layers=layers))
    assert refusal is not None
    assert (refusal.field, refusal.key) == ("layers", key)
    assert values.items() <= refusal.values.items()


@pytest.mark.parametrize(
    ("picture", "key", "given"),
    [
        (np.zeros((8, 9)), "picture_shape", [8, 9]), (np.zeros(64), "picture_shape", [64]),
        (np.zeros((1, 8, 8)), "picture_shape", [1, 8, 8]), (np.full((8, 8), 16.0), "picture_ink", "16"),
        (np.full((8, 8), -0.5), "picture_ink", "-0.5"), (np.full((8, 8), np.nan), "picture_ink", "nan"),
    ],
)  # fmt: skip
def test_pictures_that_are_none_are_refused(picture: Any, key: str, given: Any) -> None:
    refusal = check(Params(picture=picture))
    assert refusal is not None
    assert (refusal.field, refusal.key, refusal.values["given"]) == ("picture", key, given)
    assert check(Params(picture=np.eye(8))) is None


def test_whoever_says_what_a_digit_is_may_say_so() -> None:
    assert check(Params(layers=(Flatten(input_shape=(8, 8, 1)), LAST))) is None


def test_work_counts_the_batch() -> None:
    layers = (Conv2D(60, 3), Conv2D(60, 3), Flatten(), LAST)
    assert check(Params(layers=layers)) is None
    refusal = check(Params(layers=layers, batch_size=0))
    assert refusal is not None
    assert (refusal.key, refusal.values["examples"]) == ("layers_work", 1437)
    larger = (Conv2D(200, 3), Conv2D(200, 3), Flatten(), LAST)
    assert check(Params(layers=larger, batch_size=1)) is not None  # the held-out digits go through at once


def test_of_a_picture_nobody_knows_what_it_is() -> None:
    assert shown_label(Params(shown=360)) == digits().labels[360]
    assert shown_label(Params(picture=np.eye(8))) is None


CONVOLUTIONS = st.builds(
    Conv2D, st.integers(1, 4), st.integers(1, 4), strides=st.integers(1, 2), padding=st.sampled_from(["valid", "same"]),
    use_bias=st.booleans(), activation=st.sampled_from([None, "relu", "tanh", "elu", "gelu", "softmax"]),
)  # fmt: skip
POOLS = st.one_of(
    *(
        st.builds(kind, st.integers(1, 3), padding=st.sampled_from(["valid", "same"]))
        for kind in (MaxPooling2D, AveragePooling2D)
    )
)
HIDDEN = st.builds(Dense, st.integers(1, 6), activation=st.sampled_from([None, "relu", "swish", "softplus"]))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(CONVOLUTIONS, POOLS, HIDDEN), max_size=4), st.lists(HIDDEN, max_size=2), st.integers(0, 3),
    st.sampled_from([1, 5, 64, 0]), st.sampled_from(["sgd", "nesterov", "adam"]),
)  # fmt: skip
def test_whatever_is_taken_can_learn(windows: Any, hidden: Any, seed: int, batch_size: int, optimizer: Any) -> None:
    layers = (*windows, Flatten(), *hidden, LAST)
    params = Params(layers=layers, batch_size=batch_size, optimizer=optimizer, learning_rate=0.01)
    assume(check(params) is None)
    assert len(layers) <= MOST_LAYERS
    state = cnn.start(params, Streams.start(seed))
    after = cnn.step(state, params, Streams.step(seed, 1))
    assert after.status == "running"
    assert np.isfinite(after.weights).all()
    row = cnn.arrays(after, params)
    shapes = [row[f"layer_{k}.output"].shape for k in range(1, len(layers) + 1)]
    assert shapes == [tuple(axis.size for axis in shape[1:]) for shape in net(layers).stack.shapes[1:]]
    assert row[f"layer_{len(layers)}.output"].sum() == pytest.approx(1.0)
    assert cnn.composed(state, params, Streams.step(seed, 1), cnn.beats(params)) == after
    assert replace(after, t=0) != state


def test_a_digit_is_given_as_keras_writes_it() -> None:
    assert net(Params().layers).stack.shapes[0] == named(None, 8, 8, 1)
