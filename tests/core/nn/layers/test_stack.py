"""Stacks against Keras's rules worked out by hand, misfits by the layer that is refused, gradients of whole nets.

`stacks.json` holds legal stacks with the shapes (as written, None for null) and the weights of each layer, and illegal
ones with the place of the layer that does not fit, the refusal's key and the shape that was offered.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.nn import layers as all_layers
from core.nn.layers import (
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    Layer,
    MaxPooling2D,
    SimpleRNN,
    TimeDistributed,
    named,
    stack_of,
    stacked,
    written,
)
from core.run.refusal import Refusal

TABLE = json.loads(Path(__file__).with_name("stacks.json").read_text("utf-8"))
RNG = np.random.default_rng(0)


def layer_of(record: dict[str, Any]) -> Any:
    """Return the layer of a plain record; lists are tuples, and a record in a record is a layer."""
    values: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
    if "layer" in values:
        values["layer"] = layer_of(values["layer"])
    return getattr(all_layers, values["type"])(**values)


def stack_of_records(records: list[dict[str, Any]]) -> Any:
    return stack_of([layer_of(record) for record in records])


def test_there_are_enough_of_them() -> None:
    assert len(TABLE["legal"]) >= 60
    assert len(TABLE["illegal"]) >= 25


@pytest.mark.parametrize(("records", "expected", "parameters"), TABLE["legal"])
def test_shapes_and_counts(records: list[Any], expected: list[Any], parameters: list[int]) -> None:
    stack = stack_of_records(records)
    assert [list(written(shape)) for shape in stack.shapes] == expected
    assert [count.total for count in stack.counts] == parameters
    sizes = [layer.sizes(given) for layer, given in zip(stack.layers, stack.shapes, strict=False)]
    assert [sum(int(np.prod(s)) for s in own.values()) for own in sizes] == parameters


@pytest.mark.parametrize(("records", "expected", "parameters"), TABLE["legal"])
def test_a_batch_has_the_shapes_announced(records: list[Any], expected: list[Any], parameters: list[int]) -> None:
    """Every None made 3, first weights drawn, and a batch sent through and back."""
    fixed = tuple(3 if size is None else size for size in expected[0])
    layers = [layer_of(record) for record in records]
    stack = stacked(layers, named(*fixed))
    x = np.zeros([axis.size or 0 for axis in stack.shapes[0]])
    vector = stack.start(np.random.default_rng(0))
    made = stack.forward(vector, x)
    assert [y.shape for y in made.outputs] == [tuple(axis.size for axis in shape) for shape in stack.shapes[1:]]
    by_x, gradient = stack.backward(vector, made, np.ones(made.outputs[-1].shape))
    assert by_x.shape == x.shape
    assert gradient.shape == vector.shape == (sum(count.total for count in stack.counts),)


@pytest.mark.parametrize(("records", "place", "key", "given"), TABLE["illegal"])
def test_a_misfit_is_refused_at_its_layer(records: list[Any], place: int, key: str, given: str) -> None:
    with pytest.raises(Refusal) as refused:
        stack_of_records(records)
    values = refused.value.values
    assert (refused.value.field, refused.value.key) == ("layers", key)
    assert values.get("place", 0) == place
    assert values.get("given", "") == given
    if place:
        assert str(values.get("layer", "Dense")).startswith(records[place - 1]["type"]) or key == "layer_input_twice"
    if place > 1:
        assert str(values["after"]).startswith(records[place - 2]["type"])


def test_both_layers_and_the_shape_are_named() -> None:
    with pytest.raises(Refusal) as refused:
        stack_of([Dense(64, input_shape=(3,)), Flatten(), Conv2D(8, 3)])
    assert dict(refused.value.values) == {
        "layer": "Conv2D", "after": "Flatten", "place": 3, "given": "(None, 64)",
        "needs": "(batch, rows, columns, channels)",
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        stack_of([SimpleRNN(4, input_shape=(5, 2)), TimeDistributed(SimpleRNN(2))])
    assert refused.value.values["layer"] == "TimeDistributed(SimpleRNN)"
    with pytest.raises(Refusal) as refused:
        stack_of([TimeDistributed(Flatten(), input_shape=(5, 2, 3)), SimpleRNN(2), MaxPooling2D()])
    assert (refused.value.values["after"], refused.value.values["place"]) == ("SimpleRNN", 3)


# ---- Keras itself, where it is installed

TOLD = {"type", "input_shape", "batch_input_shape", "input_length"}
SHAPES_REFUSED = {"layer_axes", "layer_window", "layer_strides_and_dilation", "layer_axis_open", "layer_batch_open"}


@pytest.fixture
def keras(monkeypatch: pytest.MonkeyPatch) -> Any:
    pytest.importorskip("torch", reason="torch, of the extra `benchmark`, is not installed")
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    return pytest.importorskip("keras", reason="Keras, of the extra `benchmark`, is not installed")


def keras_layer(keras: Any, record: dict[str, Any]) -> Any:
    """Return Keras's own layer; of its input it is told nothing."""
    own = TOLD if record["type"] == "Embedding" else TOLD | {"input_dim"}
    values = {name: value for name, value in record.items() if name not in own}
    if "layer" in values:
        values["layer"] = keras_layer(keras, values["layer"])
    return getattr(keras.layers, record["type"])(**values)


def test_keras_gives_the_same_shapes_and_counts(keras: Any) -> None:
    for records, expected, parameters in TABLE["legal"]:
        x, shapes, counts = keras.Input(batch_shape=expected[0]), [expected[0]], []
        for record in records:
            layer = keras_layer(keras, record)
            x = layer(x)
            shapes.append(list(x.shape))
            counts.append(layer.count_params())
        assert (shapes, counts) == (expected, parameters), records


def test_keras_refuses_the_same_layers(keras: Any) -> None:
    for records, place, key, _ in TABLE["illegal"]:
        if key in SHAPES_REFUSED:
            (told,) = layer_of(records[0]).told().values() or [(None, records[0].get("input_length"))]
            x = keras.Input(batch_shape=told)
            for record in records[: place - 1]:
                x = keras_layer(keras, record)(x)
            with pytest.raises((ValueError, TypeError, IndexError)):
                keras_layer(keras, records[place - 1])(x)


# ---- one vector of all weights

NETS: dict[str, tuple[Any, Any]] = {
    "cnn": (
        [Conv2D(2, 3, padding="same", activation="tanh"), MaxPooling2D(2), Conv2D(3, 2, activation="swish"),
         Flatten(), Dense(4, activation="softplus"), Dense(3, activation="softmax")],
        np.random.default_rng(1).permutation(2 * 6 * 6).reshape(2, 1, 6, 6) / 20.0,
    ),
    "rnn": (
        [SimpleRNN(3, return_sequences=True), SimpleRNN(2, return_sequences=True), TimeDistributed(Dense(2))],
        RNG.normal(size=(2, 4, 3)),
    ),
    "words": (
        [Embedding(6, 3), Flatten(), Dense(1, activation="sigmoid")], RNG.integers(0, 6, (4, 3)),
    ),
}  # fmt: skip


def net(name: str) -> tuple[Any, Any, Any]:
    layers, x = NETS[name]
    sizes = x.shape if x.ndim < 4 else tuple(x.shape[i] for i in (0, 2, 3, 1))
    stack = stacked(layers, named(*sizes))
    vector = stack.start(np.random.default_rng(2)) + 0.1
    vector.setflags(write=False)
    return stack, vector, x


@pytest.mark.parametrize("name", NETS)
def test_the_gradient_of_a_whole_net(name: str, slope_of: Any, near: Any) -> None:
    stack, vector, x = net(name)
    made = stack.forward(vector, x)
    probe = np.random.default_rng(3).normal(size=made.outputs[-1].shape)
    by_x, gradient = stack.backward(vector, made, probe)
    np.testing.assert_array_equal(stack.gradient(vector, made, probe), gradient)
    near(gradient, slope_of(lambda w: float((stack.forward(w, x).outputs[-1] * probe).sum()), vector))
    if name != "words":
        near(by_x, slope_of(lambda x: float((stack.forward(vector, x).outputs[-1] * probe).sum()), x))


def test_on_the_way_back_every_layer_has_its_slopes() -> None:
    rng = np.random.default_rng(0)
    net = stack_of((Dense(4, activation="tanh", input_shape=(3,)), Dense(2)))
    weights, x, slope = net.start(rng), rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    made = net.forward(weights, x)
    (by_hidden, last), (by_x, first) = net.way_back(weights, made, slope)
    np.testing.assert_allclose(by_hidden, slope @ net.named(weights)["layer_2.W"].T)
    whole_by_x, gradient = net.backward(weights, made, slope)
    np.testing.assert_array_equal(by_x, whole_by_x)
    np.testing.assert_array_equal(
        np.concatenate([first["W"].ravel(), first["b"], last["W"].ravel(), last["b"]]), gradient
    )


def test_weights_by_name() -> None:
    stack, vector, _ = net("cnn")
    weights = stack.named(vector)
    assert list(weights) == [f"layer_{k}.{name}" for k in (1, 3, 5, 6) for name in "Wb"]
    assert weights["layer_3.W"].shape == (3, 2, 2, 2)
    assert all(np.shares_memory(array, vector) for array in weights.values())
    np.testing.assert_array_equal(stack.vector(weights), vector)
    np.testing.assert_array_equal(stack.vector(dict(reversed(list(weights.items())))), vector)
    assert list(net("words")[0].named(net("words")[1])) == ["layer_1.E", "layer_3.W", "layer_3.b"]
    assert list(net("rnn")[0].places)[:3] == ["layer_1.W", "layer_1.U", "layer_1.b"]


def test_outputs_by_name() -> None:
    stack, vector, x = net("cnn")
    outputs = stack.outputs(stack.forward(vector, x))
    assert list(outputs) == [f"layer_{k}.output" for k in range(1, 7)]
    assert outputs["layer_2.output"].shape == (2, 2, 3, 3)
    np.testing.assert_allclose(outputs["layer_6.output"].sum(axis=1), 1.0)


def test_first_weights_are_those_of_the_layers_in_turn() -> None:
    stack = stack_of([Dense(3, input_shape=(2,)), Flatten(), Dense(2)])
    rng = np.random.default_rng(5)
    drawn = [rng.uniform(-np.sqrt(6 / 5), np.sqrt(6 / 5), (2, 3)), rng.uniform(-np.sqrt(6 / 5), np.sqrt(6 / 5), (3, 2))]
    weights = stack.named(stack.start(np.random.default_rng(5)))
    np.testing.assert_array_equal(weights["layer_1.W"], drawn[0])
    np.testing.assert_array_equal(weights["layer_3.W"], drawn[1])
    he = stack.named(stack.start(np.random.default_rng(5), "he"))["layer_1.W"]
    np.testing.assert_array_equal(he, np.random.default_rng(5).standard_normal((2, 3)))


def test_a_stack_without_weights() -> None:
    stack = stack_of([Flatten(input_shape=(2, 3))])
    vector = stack.start(np.random.default_rng(0))
    made = stack.forward(vector, np.ones((4, 2, 3)))
    assert vector.shape == (0,)
    assert stack.backward(vector, made, np.ones((4, 6)))[1].shape == (0,)


def test_a_stateful_layer_goes_on_where_it_stopped() -> None:
    layers: list[Layer] = [SimpleRNN(3, return_sequences=True, stateful=True), Dense(2), SimpleRNN(2, stateful=True)]
    stack = stacked(layers, named(2, 3, 4))
    vector, x = stack.start(np.random.default_rng(0)), RNG.normal(size=(2, 6, 4))
    whole = stack.forward(vector, x)
    first = stack.forward(vector, x[:, :3])
    assert list(stack.states(first)) == [1, 3]
    second = stack.forward(vector, x[:, 3:], stack.states(first))
    np.testing.assert_allclose(second.outputs[-1], whole.outputs[-1], rtol=1e-14)
    forgetful = stacked([SimpleRNN(3)], named(2, 3, 4))
    assert forgetful.states(forgetful.forward(forgetful.start(np.random.default_rng(0)), x[:, :3])) == {}


def test_a_cell_is_followed_back_to_the_data() -> None:
    first, second = Conv2D(2, 3, padding="same", input_shape=(8, 8, 1)), Conv2D(3, 3, padding="same")
    stack = stack_of([first, MaxPooling2D(2), second, MaxPooling2D(2), Flatten(), Dense(4)])
    conv2 = stack.sees(3, ((0,), (1,), (2,), (2,)))
    assert conv2[0] == ((0,), (0, 1), (1, 2, 3), (1, 2, 3))
    assert conv2[-1] == ((0,), (0,), tuple(range(1, 8)), tuple(range(1, 8)))
    assert stack.sees(6, ((0,), (1,)))[-1] == ((0,), (0,), tuple(range(8)), tuple(range(8)))
    assert stack.sees(5, ((0,), (5,)))[0] == ((0,), (1,), (0,), (1,))


def test_scores_come_before_the_last_function() -> None:
    scores = stack_of([Dense(3, activation="relu", input_shape=(2,)), Dense(4, activation="softmax")]).of_scores()
    assert scores[1] == "softmax"
    assert scores[0].layers == (Dense(3, activation="relu", input_shape=(2,)), Dense(4))
    softmax = TimeDistributed(Dense(2, activation="softmax"))
    scores = stack_of([SimpleRNN(3, return_sequences=True, input_shape=(4, 2)), softmax]).of_scores()
    assert scores[1] == "softmax"
    assert scores[0].layers[-1] == TimeDistributed(Dense(2))


@pytest.mark.parametrize("last", [SimpleRNN(3), Flatten(), Dense(2)])
def test_a_last_layer_without_a_function_of_its_own_stays(last: Layer) -> None:
    bare, function = stack_of([Dense(2, input_shape=(4, 2)), last]).of_scores()
    assert function is None
    assert bare.layers[-1] is last
