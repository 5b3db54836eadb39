"""What is claimed of the functions, in runs: A1 to A5. Seeds draw data and first weights."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from core import activations
from core.activations import Params, State, arrays, series, start
from core.activations.inside import Inside, field, inside
from core.activations.settings import FUNCTIONS, Function
from core.nn.activations import slope
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams

Floats = NDArray[np.float64]
DEEP: dict[str, Any] = {"layers": 20, "units": 16, "init": "he"}


def run(params: Params, steps: int, seed: int = 0, *edits: Change) -> list[State]:
    return [frame.state for frame, _ in replay(activations, Recipe("activations", 1, seed, params, edits), steps)]


def column(states: list[State], params: Params, name: str) -> Floats:
    return np.array([series(state, params)[name] for state in states[1:]], dtype=float)


def look(state: State, function: Function, params: Params) -> Inside:
    return inside(state.of(function, params).weights, function, params)


def softmax(*logits: float, temperature: float = 1.0) -> Floats:
    params = Params(logits=logits, temperature=temperature)
    return np.asarray(arrays(start(params, Streams.start(0)), params)["softmax"])


# ---- A1


@pytest.mark.parametrize("seed", range(3))
def test_a1_the_last_units_sigmoid_gives_shares_and_its_boundary_is_at_one_half(seed: int) -> None:
    params = Params(functions=("tanh",), dataset="overlapping", layers=1, optimizer="sgd", learning_rate=0.5,
                    data_seed=seed)  # fmt: skip
    states = run(params, 300, seed)
    loss = column(states, params, "tanh.loss")
    assert (np.diff(loss) < 0).all()
    assert 0.03 <= loss[-1] <= 0.13
    net = look(states[-1], "tanh", params)
    z, p = net.look.scores[:, 0], net.probabilities
    assert ((p > 0) & (p < 1)).all()
    assert ((p >= 0.5) == (z >= 0)).all()
    assert column(states, params, "tanh.accuracy")[-1] >= 0.94
    grid = np.linspace(-4, 4, 40)
    assert 0 <= field(net.look.weights, "tanh", params, grid, grid).min() < 0.5 < 1


# ---- A2


def test_a2_the_same_added_to_all_logits_changes_nothing() -> None:
    rng = np.random.default_rng(0)
    for _ in range(40):
        logits = rng.normal(0, 3, 6)
        for constant in (1.0, 10.0, 100.0, 1000.0):
            np.testing.assert_allclose(softmax(*(logits + constant)), softmax(*logits), rtol=0, atol=1e-12)


def test_a2_of_two_classes_it_is_the_sigmoid_of_the_difference() -> None:
    for a, b in np.random.default_rng(1).normal(0, 5, (40, 2)):
        np.testing.assert_allclose(softmax(a, b), [special.expit(a - b), special.expit(b - a)], rtol=1e-13)
    np.testing.assert_allclose(softmax(1000.0, 999.0, 0.0), [0.7311, 0.2689, 0.0], atol=1e-4)


@pytest.mark.parametrize(
    ("temperature", "first", "entropy"),
    [(0.5, 0.865, 0.455), (1, 0.644, 0.948), (2, 0.455, 1.245), (100, 0.254, 1.386)],
)
def test_a2_bars_flatten_as_the_temperature_rises(temperature: float, first: float, entropy: float) -> None:
    shares = softmax(2.0, 1.0, 0.0, -1.0, temperature=temperature)
    assert shares.sum() == pytest.approx(1, abs=1e-12)
    assert shares[0] == pytest.approx(first, abs=5e-4)
    assert -(shares * np.log(shares)).sum() == pytest.approx(entropy, abs=1e-3)


# ---- A3

SHARES: dict[Function, tuple[float, float]] = {  # of the first layer's gradient in the last one's
    "sigmoid": (1e-12, 1e-7), "relu": (1e-2, 5.0), "leaky-relu": (1e-2, 6.0), "tanh": (0.05, 4.0), "elu": (0.03, 6.0),
    "softplus": (1e-3, 5e-2),
}  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_a3_relu_brings_the_gradient_through_twenty_layers_and_sigmoid_does_not(seed: int) -> None:
    params = Params(functions=tuple(SHARES), data_seed=seed, **DEEP)
    first = series(run(params, 1, seed)[1], params)
    for function, (low, high) in SHARES.items():
        share = float(first[f"{function}.grad_first"]) / float(first[f"{function}.grad_last"])
        assert low < share < high, function


@pytest.mark.parametrize("seed", range(2))
def test_a3_twenty_layers_of_sigmoid_learn_nothing(seed: int) -> None:
    params = Params(n_samples=100, optimizer="sgd", learning_rate=0.05, data_seed=seed, **DEEP)
    states = run(params, 400, seed)
    assert column(states, params, "sigmoid.loss")[-1] == pytest.approx(np.log(2), abs=1e-3)
    for function, least, right in (("relu", 0.25, 0.94), ("tanh", 0.06, 0.98)):
        assert column(states, params, f"{function}.loss").min() <= least
        assert column(states, params, f"{function}.accuracy").max() >= right


@pytest.mark.parametrize("seed", range(3))
def test_a3_slopes_along_a_path_multiply(seed: int) -> None:
    params = Params(functions=("sigmoid", "relu"), data_seed=seed, **DEEP)
    state, rng = run(params, 0, seed)[0], np.random.default_rng(seed)
    paths = rng.integers(0, 16, (500, 20)), rng.integers(0, 200, 500)
    products = {}
    for function in params.functions:
        slopes = np.array(look(state, function, params).slopes)  # (layers, n, units)
        products[function] = np.array(
            [slopes[np.arange(20), point, path].prod() for path, point in zip(*paths, strict=True)]
        )
    assert products["sigmoid"].max() <= 0.25**20
    assert set(products["relu"].tolist()) <= {0.0, 1.0}
    assert slope("relu", np.full(20, 0.5)).prod() == 1


@pytest.mark.parametrize("seed", range(3))
def test_a3_a_dead_unit_stays_dead_and_one_of_leaky_relu_does_not(seed: int) -> None:
    params = Params(functions=("relu", "leaky-relu"), layers=1, init="he", optimizer="sgd", learning_rate=0.3,
                    data_seed=seed)  # fmt: skip
    dead = Change(0, SetArray("layer_1.b", np.array([-20.0, *[0.0] * 7])))
    states = run(params, 500, seed, dead)
    first, last = (arrays(states[t], params) for t in (0, 500))
    for function, is_dead in (("relu", True), ("leaky-relu", False)):
        w, now = (held[f"{function}.layer_1.W"] for held in (first, last))
        assert (w[:, 0] == now[:, 0]).all() == is_dead
        assert (w[:, 1:] != now[:, 1:]).any()
    assert look(states[0], "relu", params).dead[0].tolist() == look(states[500], "relu", params).dead[0].tolist()
    assert look(states[500], "relu", params).dead[0, 0]
    assert column(states, params, "relu.accuracy")[-1] >= 0.9


@pytest.mark.parametrize("seed", range(4))
def test_a3_too_large_a_step_kills_units(seed: int) -> None:
    params = Params(functions=("relu",), dataset="rings", layers=1, init="he", optimizer="sgd", learning_rate=10.0,
                    data_seed=seed)  # fmt: skip
    counts = [int(look(state, "relu", params).dead.sum()) for state in run(params, 100, seed)]
    assert 1 <= counts[-1] <= 8
    assert 1 <= next(t for t, count in enumerate(counts) if count) <= 5


# ---- A4


@pytest.mark.parametrize("dataset", ["moons", "xor", "overlapping"])
def test_a4_the_outputs_of_tanh_lie_about_0_those_of_sigmoid_do_not(dataset: str) -> None:
    params = Params(dataset=dataset, units=16, layers=1)
    means: dict[str, list[float]] = {function: [] for function in params.functions}
    for state in run(params, 500)[::10]:
        for function in params.functions:
            outputs = look(state, function, params).look.made.outputs[0]
            means[function].append(abs(float(outputs.mean())))
            low = -1 if function == "tanh" else 0
            assert (outputs >= low).all()
            assert function == "relu" or (outputs <= 1).all()
    assert max(means["tanh"]) < 0.2
    assert min(means["sigmoid"]) > 0.3
    assert max(means["tanh"]) < min(means["sigmoid"])
    assert max(means["relu"]) > 0.2


# ---- A5


def steps_to(states: list[State], params: Params, function: str) -> int:
    """Return after how many steps 95% are called rightly; a row's accuracy is that of the weights before it."""
    there = np.flatnonzero(column(states, params, f"{function}.accuracy") >= 0.95)
    return int(there[0]) if len(there) else len(states)


@pytest.mark.parametrize(("dataset", "most"), [("moons", 460), ("xor", 140), ("spirals", 470)])
@pytest.mark.parametrize("seed", range(2))
def test_a5_from_the_same_weights_sigmoid_needs_most_steps(dataset: str, most: int, seed: int) -> None:
    params = Params(dataset=dataset, data_seed=seed)
    states = run(params, most + 20, seed)
    took = {function: steps_to(states, params, function) for function in params.functions}
    assert max(took["tanh"], took["relu"]) < took["sigmoid"] <= most
    first = arrays(states[0], params)
    assert (first["sigmoid.layer_1.W"] == first["relu.layer_1.W"]).all()
    losses = [series(states[1], params)[f"{function}.loss"] for function in params.functions]
    assert len(set(losses)) == 3


@pytest.mark.slow
@pytest.mark.parametrize("dataset", ["clouds", "moons", "rings", "xor", "spirals"])
def test_a5_all_eight_learn_every_set(dataset: str) -> None:
    params = Params(functions=FUNCTIONS, dataset=dataset, units=16, layers=1)
    states = run(params, 1000)
    for function in FUNCTIONS:
        right = column(states, params, f"{function}.accuracy")
        assert right.max() >= 0.95, function
        assert right[-1] >= 0.965, function


def test_a5_plain_descent_leaves_sigmoid_behind_on_spirals() -> None:
    params = Params(dataset="spirals", optimizer="sgd", learning_rate=0.5)
    states = run(params, 2000)
    assert column(states, params, "sigmoid.accuracy").max() < 0.95
    for function in ("tanh", "relu"):
        assert column(states, params, f"{function}.accuracy")[-1] >= 0.95
    for before, after in list(pairwise(states))[:3]:
        assert before.nets != after.nets
