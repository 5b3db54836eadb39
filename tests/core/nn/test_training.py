"""One step of training: a published step by hand, the rules of the race, torch, and the order of examples."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from core.nn.layers import Conv2D, Dense, Flatten, Layer, MaxPooling2D, SimpleRNN, TimeDistributed, stack_of
from core.nn.metrics import accuracy, called
from core.nn.training import Net, as_row, batch_of, batches_in, clipped, ends_epoch, epochs_after, train
from core.nn.update_rules import FIRST_ORDER, SGD, Adam, Nesterov
from core.run.streams import Streams

Floats = NDArray[np.float64]
RNG = np.random.default_rng(0)
X, T = RNG.normal(size=(12, 3)), RNG.integers(0, 4, 12)
CLASSES = Net(
    stack_of([Dense(5, activation="tanh", input_shape=(3,)), Dense(4, activation="softmax")]), "cross-entropy"
)


def first(net: Net, seed: int = 0) -> Floats:
    vector = net.stack.start(np.random.default_rng(seed))
    vector.setflags(write=False)
    return vector


def test_a_published_step() -> None:
    """Mazur (2015), A step by step backpropagation example: a 2-2-2 net of sigmoids, rate 0.5, biases not trained."""
    layers = [Dense(2, activation="sigmoid", input_shape=(2,)), Dense(2, activation="sigmoid")]
    net = Net(stack_of(layers), "mse")
    weights = net.stack.vector({
        "layer_1.W": np.array([[0.15, 0.25], [0.20, 0.30]]), "layer_1.b": np.array([0.35, 0.35]),
        "layer_2.W": np.array([[0.40, 0.50], [0.45, 0.55]]), "layer_2.b": np.array([0.60, 0.60]),
    })  # fmt: skip
    moves = net.stack.vector({name: np.full(array.shape, float(name.endswith("W")))
                              for name, array in net.stack.named(weights).items()}).astype(bool)  # fmt: skip
    rule = SGD(0.5)
    x, t = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    made = train(net, rule, weights, rule.start(weights), x, t, moves=moves)
    after = net.stack.named(made.weights)
    np.testing.assert_allclose(made.seen.outputs, [[0.751365070, 0.772928465]], rtol=1e-8)
    assert made.seen.loss == pytest.approx(0.298371109, rel=1e-8)
    np.testing.assert_allclose(after["layer_2.W"], [[0.35891648, 0.511301270], [0.408666186, 0.561370121]], rtol=1e-8)
    np.testing.assert_allclose(after["layer_1.W"], [[0.149780716, 0.24975114], [0.19956143, 0.29950229]], rtol=1e-7)
    assert after["layer_1.b"].tolist() == [0.35, 0.35]
    assert after["layer_2.b"].tolist() == [0.60, 0.60]


@pytest.mark.parametrize(
    ("layers", "loss", "x", "t"),
    [
        ([Dense(5, activation="tanh", input_shape=(3,)), Dense(4, activation="softmax")], "cross-entropy", X, T),
        ([Dense(5, activation="gelu", input_shape=(3,)), Dense(1, activation="sigmoid")], "cross-entropy", X, T % 2),
        ([Dense(5, activation="swish", input_shape=(3,)), Dense(1, activation="sigmoid")], "hinge", X, T % 2),
        ([Dense(2, activation="tanh", input_shape=(3,))], "mse", X, RNG.normal(size=(12, 2))),
        ([Dense(4, activation="softmax", input_shape=(3,))], "mse", X, RNG.normal(size=(12, 4))),
        (
            [SimpleRNN(3, return_sequences=True, input_shape=(4, 2)), TimeDistributed(Dense(3, activation="softmax"))],
            "cross-entropy", RNG.normal(size=(5, 4, 2)), RNG.integers(0, 3, (5, 4)),
        ),
        ([SimpleRNN(2, input_shape=(4, 2))], "mse", RNG.normal(size=(5, 4, 2)), RNG.normal(size=(5, 2))),
    ],
)  # fmt: skip
def test_the_gradient(layers: Any, loss: Any, x: Floats, t: Any, slope_of: Any, near: Any) -> None:
    net = Net(stack_of(layers), loss)
    weights = first(net)
    near(net.look(weights, x, t).gradient, slope_of(lambda w: net.look(w, x, t).loss, weights))


@pytest.mark.parametrize("name", FIRST_ORDER)
def test_every_rule_of_the_race_moves_the_weights(name: str) -> None:
    rule = FIRST_ORDER[name]()
    weights = judge = first(CLASSES)
    memory = other = rule.start(weights)
    for _ in range(5):
        made = train(CLASSES, rule, weights, memory, X, T)
        judge, other = rule.step(judge, other, lambda at: CLASSES.look(at, X, T).gradient)
        weights, memory = made.weights, made.memory
    np.testing.assert_array_equal(weights, judge)
    assert CLASSES.look(weights, X, T).loss < CLASSES.look(first(CLASSES), X, T).loss


def test_what_a_step_saw_is_from_before_it() -> None:
    weights, rule = first(CLASSES), Nesterov(0.1)
    made = train(CLASSES, rule, weights, rule.start(weights), X, T)
    again = train(CLASSES, rule, made.weights, made.memory, X, T)
    assert again.seen.weights is made.weights
    assert again.seen.loss == CLASSES.look(made.weights, X, T).loss
    np.testing.assert_array_equal(again.memory.gradient, CLASSES.look(again.memory.ahead, X, T).gradient)
    assert (again.memory.gradient != again.seen.gradient).any()
    np.testing.assert_allclose(again.seen.outputs.sum(axis=1), 1.0)


def test_a_step_writes_to_nothing_it_was_given() -> None:
    x, t, weights = X.copy(), T.copy(), first(CLASSES)
    before = weights.copy()
    for array in (x, t):
        array.setflags(write=False)
    rule = Adam(0.1)
    memory = rule.start(weights)
    made = [train(CLASSES, rule, weights, memory, x, t) for _ in range(2)]
    np.testing.assert_array_equal(made[0].weights, made[1].weights)
    np.testing.assert_array_equal(weights, before)


def test_weights_that_are_held_stay_to_the_bit() -> None:
    weights, rule = first(CLASSES), Adam(0.1)
    moves = np.random.default_rng(1).random(weights.shape) < 0.5
    memory = train(CLASSES, rule, weights, rule.start(weights), X, T).memory  # it has momentum for all of them
    made = train(CLASSES, rule, weights, memory, X, T, moves=moves)
    np.testing.assert_array_equal(made.weights[~moves], weights[~moves])
    assert (made.weights[moves] != weights[moves]).all()


def test_a_gradient_is_made_shorter_and_keeps_its_direction() -> None:
    g = np.array([3.0, 4.0])
    np.testing.assert_allclose(clipped(g, 1.0), [0.6, 0.8], rtol=1e-15)
    assert clipped(g, 5.0) is g
    assert clipped(g, 0.0) is g
    weights = first(CLASSES)
    made = train(CLASSES, SGD(1.0), weights, SGD(1.0).start(weights), X, T, clip=0.01)
    assert np.linalg.norm(made.weights - weights) == pytest.approx(0.01, rel=1e-9)
    assert np.linalg.norm(made.seen.gradient) > 0.01


def test_the_next_batch_begins_with_the_last_state() -> None:
    layers: list[Layer] = [SimpleRNN(3, return_sequences=True, stateful=True, batch_input_shape=(2, 3, 1)), Dense(1)]
    net = Net(stack_of(layers), "mse")
    weights, x = first(net), RNG.normal(size=(2, 6, 1))
    seen = net.look(weights, x[:, :3], x[:, :3])
    after = net.look(weights, x[:, 3:], x[:, 3:], net.stack.states(seen.made))
    np.testing.assert_allclose(after.scores, net.look(weights, x, x).scores[:, 3:], rtol=1e-13)
    made = train(net, SGD(0.1), weights, SGD(0.1).start(weights), x[:, 3:], x[:, 3:], net.stack.states(seen.made))
    np.testing.assert_array_equal(made.seen.scores, after.scores)
    rule, states = Nesterov(0.1), net.stack.states(seen.made)
    memory = train(net, rule, weights, rule.start(weights), x[:, :3], x[:, :3]).memory
    made = train(net, rule, weights, memory, x[:, 3:], x[:, 3:], states)
    ahead = net.look(made.memory.ahead, x[:, 3:], x[:, 3:], states)
    np.testing.assert_array_equal(made.memory.gradient, ahead.gradient)


def test_a_small_net_learns_xor() -> None:
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    t = np.array([0, 1, 1, 0])
    net = Net(
        stack_of([Dense(8, activation="tanh", input_shape=(2,)), Dense(1, activation="sigmoid")]), "cross-entropy"
    )
    rule, weights = Adam(0.05), first(net, 1)
    memory = rule.start(weights)
    for _ in range(300):
        made = train(net, rule, weights, memory, x, t)
        weights, memory = made.weights, made.memory
    assert accuracy(called(net.look(weights, x, t).scores), t) == 1.0
    assert net.look(weights, x, t).loss < 0.05


# ---- the order of examples


@given(st.integers(1, 60), st.integers(0, 25), st.integers(0, 5))
def test_each_epoch_takes_every_example_once(n: int, batch_size: int, seed: int) -> None:
    steps = batches_in(n, batch_size)
    for epoch in range(2):
        batches = [
            batch_of(t, n, batch_size, Streams.step(seed, t)) for t in range(epoch * steps + 1, (epoch + 1) * steps + 1)
        ]
        assert sorted(np.concatenate(batches).tolist()) == list(range(n))
        assert all(len(batch) == batch_size for batch in batches[:-1])
    assert [t for t in range(1, 2 * steps + 1) if ends_epoch(t, n, batch_size)] == [steps, 2 * steps]
    assert [epochs_after(t, n, batch_size) for t in (0, steps - 1, steps, 2 * steps)] == [0, 0, 1, 2]
    assert not ends_epoch(0, n, batch_size)


def test_all_examples_stand_in_their_own_order() -> None:
    assert batch_of(7, 4, 0, Streams.step(0, 7)).tolist() == [0, 1, 2, 3]


def test_the_order_is_new_in_each_epoch_and_hangs_on_the_seed_alone() -> None:
    def order(epoch: int, seed: int) -> Any:
        return batch_of(epoch + 1, 50, 50, Streams.step(seed, epoch + 1)).tolist()

    assert order(0, 0) != order(1, 0)
    assert order(0, 0) != order(0, 1)
    assert order(3, 2) == order(3, 2)
    whole = batch_of(1, 10, 4, Streams.step(5, 1)).tolist() + batch_of(2, 10, 4, Streams.step(5, 2)).tolist()
    assert whole == Streams(5).epoch(0).permutation(10)[:8].tolist()


def test_a_row_has_a_place_for_every_example_of_a_batch() -> None:
    assert as_row(None, 5, 3).tolist() == [-1, -1, -1]
    assert as_row(np.array([4, 2]), 5, 3).tolist() == [4, 2, -1]
    assert as_row(np.arange(5), 5, 0).tolist() == [0, 1, 2, 3, 4]
    assert not as_row(None, 5, 0).flags.writeable


def test_torch_takes_the_same_steps() -> None:
    """The convolutional net of small digits, ten steps of Adam in doubles."""
    torch = pytest.importorskip("torch")
    layers: list[Layer] = [Conv2D(4, 3, padding="same", activation="relu", input_shape=(8, 8, 1)), MaxPooling2D(2),
              Conv2D(6, 3, padding="same", activation="relu"), MaxPooling2D(2), Flatten(),
              Dense(16, activation="relu"), Dense(10, activation="softmax")]  # fmt: skip
    net, rule = Net(stack_of(layers), "cross-entropy"), Adam(0.01)
    weights = net.stack.start(np.random.default_rng(0), "he")
    x, t = RNG.random((16, 1, 8, 8)), RNG.integers(0, 10, 16)
    nn = torch.nn
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 6, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(24, 16), nn.ReLU(), nn.Linear(16, 10),
    ).double()  # fmt: skip
    named, places = net.stack.named(weights), {1: 0, 3: 3, 6: 7, 7: 9}
    with torch.no_grad():
        for k, place in places.items():
            kernel = named[f"layer_{k}.W"]
            model[place].weight.copy_(torch.tensor(kernel if kernel.ndim == 4 else kernel.T))
            model[place].bias.copy_(torch.tensor(named[f"layer_{k}.b"]))
    optimizer, memory = torch.optim.Adam(model.parameters(), lr=0.01), rule.start(weights)
    for _ in range(10):
        made = train(net, rule, weights, memory, x, t)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(torch.tensor(x)), torch.tensor(t))
        loss.backward()
        assert made.seen.loss == pytest.approx(loss.item(), rel=1e-9)
        for k, place in places.items():
            ours, theirs = net.stack.named(made.seen.gradient)[f"layer_{k}.W"], model[place].weight.grad.numpy()
            np.testing.assert_allclose(ours, theirs if ours.ndim == 4 else theirs.T, rtol=1e-6, atol=1e-10)
        optimizer.step()
        weights, memory = made.weights, made.memory
