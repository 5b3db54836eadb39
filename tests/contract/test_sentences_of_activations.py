"""What a sentence about a step of one net says is what the two states show, on random runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special

from core import activations
from core.activations import Params
from core.activations.settings import FUNCTIONS, data_of
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams

Floats = NDArray[np.float64]
SAMPLES = 12  # steps of a run


def params_of(rng: Any) -> Params:
    """Return random nets before a set, with rates from too small to far too large."""

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    functions = tuple(rng.permutation(FUNCTIONS)[: rng.integers(1, 4)].tolist())
    return Params(
        functions=functions, dataset=choose("moons", "xor", "spirals"), n_samples=20, units=choose(1, 2, 5),
        layers=choose(1, 2, 4), init=choose("glorot", "he"), learning_rate=float(10 ** rng.uniform(-3, 2)),
        optimizer=choose("sgd", "adam", "momentum", "nesterov"), batch_size=choose(0, 7),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(7), 0
    while done < count:
        params = params_of(rng)
        held = activations.arrays(activations.start(params, Streams.start(0)), params)
        name = f"{params.functions[0]}.layer_{rng.integers(1, params.layers + 1)}."
        edits = (
            Change(4, SetArray(name + "b", rng.uniform(-30, 30, held[name + "b"].shape))),
            Change(8, SetArray(name + "W", 10 ** rng.uniform(-1, 7) * rng.standard_normal(held[name + "W"].shape))),
        )
        before = None
        for frame, _ in replay(activations, Recipe("activations", 1, int(rng.integers(99)), params, edits), SAMPLES):
            place = [int(rng.integers(n)) for n in (params.layers, params.units, 20)]
            focus = Focus(str(rng.choice(params.functions)), tuple(place))
            step = before.state if before else None, frame.made, frame.used, focus
            yield activations.explain(*step), step
            if done % 3 == 0:
                yield from ((activations.explain(*step, beat), step) for beat in activations.beats(params))
            before, done = frame, done + 1


# ---- the same numbers, computed anew


def value(function: str, z: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return {  # type: ignore[no-any-return]
            "sigmoid": special.expit(z), "tanh": np.tanh(z), "relu": np.maximum(z, 0), "gelu": z * special.ndtr(z),
            "leaky-relu": np.where(z > 0, z, 0.01 * z), "elu": np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
            "swish": z * special.expit(z), "softplus": -special.log_expit(-z),
        }[function]  # fmt: skip


def slope(function: str, z: Floats) -> Floats:
    s = special.expit(z)
    density = np.exp(-(np.clip(z, -39, 39) ** 2) / 2) / np.sqrt(2 * np.pi)
    return {  # type: ignore[no-any-return]
        "sigmoid": s * special.expit(-z), "tanh": 1 - np.tanh(z) ** 2, "relu": (z > 0) * 1.0, "softplus": s,
        "leaky-relu": np.where(z > 0, 1, 0.01), "elu": np.where(z > 0, 1, np.exp(np.minimum(z, 0))),
        "gelu": special.ndtr(z) + z * density, "swish": s + z * s * special.expit(-z),
    }[function]  # fmt: skip


GREATEST = {"sigmoid": 0.25, "gelu": 1.1289044, "swish": 1.0998393}


def forward(state: Any, function: str, params: Params) -> tuple[list[Floats], list[Floats], Floats]:
    """Return of all points the sums and outputs of each hidden layer, and the score."""
    held, a, sums, outputs = activations.arrays(state, params), data_of(params).x, [], []
    for k in range(1, params.layers + 2):
        sums.append(a @ held[f"{function}.layer_{k}.W"] + held[f"{function}.layer_{k}.b"])
        a = value(function, sums[-1])
        outputs.append(a)
    return sums[:-1], outputs[:-1], sums[-1][:, 0]


def used(after: Any, params: Params) -> NDArray[np.int64]:
    batch = activations.arrays(after, params)["batch"]
    return np.asarray(batch[batch >= 0])


def gradient(before: Any, after: Any, function: str, params: Params) -> dict[str, Floats]:
    """Return ∂L/∂W of each layer on the step's batch, by the chain rule written down once more."""
    batch, held = used(after, params), activations.arrays(before, params)
    sums, outputs, z = forward(before, function, params)
    delta = ((special.expit(z) - data_of(params).t)[batch] / len(batch))[:, None]
    found = {}
    for k in range(params.layers + 1, 0, -1):
        below = data_of(params).x if k == 1 else outputs[k - 2]
        found[f"layer_{k}"] = below[batch].T @ delta
        if k > 1:
            delta = (delta @ held[f"{function}.layer_{k}.W"].T) * slope(function, sums[k - 2][batch])
    return found


def flat(z: Floats, function: str) -> Any:
    """Return how many sums lie where the function is flat; what is too close to tell is left to what was told."""
    shares = np.abs(slope(function, z)) / GREATEST.get(function, 1.0)
    return Between(int((shares < 0.01 - 1e-6).sum()), int((shares < 0.01 + 1e-6).sum()))


class Between:
    """Equal to the text of a whole number from low to high."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __eq__(self, other: object) -> bool:
        return self.low <= int(str(other)) <= self.high

    def __repr__(self) -> str:
        return f"{self.low} to {self.high}"


def lies(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    function, (layer, unit, _) = focus.kind, focus.at
    was, now = (forward(state, function, params)[0][layer][:, unit] for state in (before, after))
    length = float(np.linalg.norm(gradient(before, after, function, params)[f"layer_{layer + 1}"][:, unit]))
    return {
        "n": "20", "layer": str(layer + 1), "unit": str(unit + 1), "was": flat(was, function),
        "now": flat(now, function), "low": float(was.min()), "high": float(was.max()), "gradient": length,
    }  # fmt: skip


def has_no_slope(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    told = lies(before, after, params, focus)
    assert told["gradient"] < 1e-12
    assert told["was"].high == 20
    return told


def lies_flat(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    told = lies(before, after, params, focus)
    assert told["was"].high == 20
    return told


def lies_nowhere_flat(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    told = lies(before, after, params, focus)
    assert told["was"].low == 0
    return told


def begins(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    assert before is None
    assert len({net.weights.tobytes() for net in after.nets}) == 1
    return {}


def stands(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    assert np.isnan(float(activations.series(after, params)[f"{focus.kind}.loss"]))
    assert before.of(focus.kind, params).weights is after.of(focus.kind, params).weights
    return {}


def point_of(after: Any, params: Params, focus: Any) -> int:
    batch = used(after, params)
    return int(focus.at[2] if focus.at[2] in batch else batch[0])


def goes_forward(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    (layer, unit, _), point = focus.at, point_of(after, params, focus)
    sums, outputs, z = forward(before, focus.kind, params)
    return {
        "point": str(point + 1), "layer": str(layer + 1), "unit": str(unit + 1), "z": float(sums[layer][point, unit]),
        "a": float(outputs[layer][point, unit]), "p": float(special.expit(z[point])),
    }  # fmt: skip


def errs(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    batch, point, t = used(after, params), point_of(after, params, focus), data_of(params).t
    z = forward(before, focus.kind, params)[2]
    losses = np.where(t == 1, -special.log_expit(z), -special.log_expit(-z))[batch]
    return {
        "point": str(point + 1), "target": str(t[point]), "p": float(special.expit(z[point])),
        "count": str(len(batch)), "loss": float(losses.mean()), "right": str(int(((z >= 0) == t)[batch].sum())),
    }  # fmt: skip


def goes_back(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    """Nesterov asks for the gradient ahead, where both are that of the weights it is about to reach."""
    if params.optimizer == "nesterov":
        net = before.of(focus.kind, params)
        ahead = net.weights + 0.9 * net.memory.velocity
        shapes = activations.algorithm.net_of(focus.kind, params).stack.named(ahead)
        for name, array in shapes.items():
            before = before.with_array(f"{focus.kind}.{name}", array, params)
    found = gradient(before, after, focus.kind, params)
    first, last = (float(np.linalg.norm(found[f"layer_{k}"])) for k in (1, params.layers))
    return {"first": first, "last": last, "layers": str(params.layers)}


CHECKERS: dict[str, Any] = {
    "rule": begins, "no_slope": has_no_slope, "all_flat": lies_flat, "some_flat": lies, "none_flat": lies_nowhere_flat,
    "forward": goes_forward, "error": errs, "backward": goes_back, "diverged": stands,
}  # fmt: skip


@pytest.mark.parametrize("steps", [2500])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("activations", steps_of(steps), CHECKERS) == set(CHECKERS)
