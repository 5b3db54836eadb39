"""What a sentence about a step of both nets says is what the two states show, on random runs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import dense
from core.dense import Params, explained_beats
from core.dense.settings import data_of, loss_of
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams

SAMPLES = 12  # steps of a run
NETS = ("with_bias", "without_bias")


def params_of(rng: Any) -> Params:
    """Return random nets before a set or points of one's own, with rates from too small to far too large."""

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    activation, features = choose("sigmoid", "sigmoid", "softmax", "linear", "tanh"), choose(1, 2, 3)
    units = choose(2, 3) if activation == "softmax" else choose(1, 1, 2)
    given: dict[str, Any] = {"points": choose("clouds", "moons", "xor")}
    if choose(True, False):
        classes = rng.integers(0, max(units, 2), 9).astype(float)
        is_class = loss_of(Params(activation=activation, units=units)) == "cross-entropy"
        targets = classes if is_class else rng.normal(size=(9, units))
        given = {"points": rng.normal(size=(9, features)), "targets": choose(targets, targets, targets, None)}
    return Params(
        **given, n_samples=20, units=units, activation=activation, hidden=choose((), (), (3,), (2, 2)),
        hidden_activation=choose("tanh", "relu", "sigmoid", "softplus"), train_bias=choose(True, True, False),
        learning_rate=float(10 ** rng.uniform(-3, 2)), batch_size=choose(0, 7), optimizer=choose("sgd", "adam"),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(7), 0
    while done < count:
        params = params_of(rng)
        held = dense.arrays(dense.start(params, Streams.start(0)), params)
        edits = tuple(
            Change(SAMPLES // 2, SetArray(name, scale * rng.standard_normal(held[name].shape)))
            for name, scale in ((name, rng.integers(2) * 10 ** rng.uniform(-1, 7)) for name in ("W", "without_bias.W"))
        )  # a half of them are set to 0
        before = None
        for frame, _ in replay(dense, Recipe("dense", 1, int(rng.integers(99)), params, edits), SAMPLES):
            focus = Focus("output", (int(rng.integers(9)), int(rng.integers(params.units))))
            step = before.state if before else None, frame.made, frame.used, focus
            yield dense.explain(*step), step
            if params.hidden:
                layer = 1 + done % len(params.hidden)
                inside = (*step[:3], Focus("hidden", (layer, done % params.hidden[layer - 1])))
                yield dense.explain(*inside), inside
            if done % 3 == 0:
                yield from ((explained_beats.explain(*step, beat), step) for beat in dense.beats(params))
            before, done = frame, done + 1


# ---- the same numbers, computed anew


def weights(state: Any, net: str, params: Params) -> dict[str, Any]:
    """Return the weights of a net by name, as exports hold them."""
    held, prefix = dense.arrays(state, params), "without_bias." if net == "without_bias" else ""
    own = {name.removeprefix(prefix): array for name, array in held.items() if name.startswith(prefix)}
    kinds = ("W", "b") if net == "with_bias" else ("W",)
    return {name: array for name, array in own.items() if name[-1] in kinds and not name.startswith("without")}


def scores(state: Any, net: str, params: Params, x: Any) -> Any:
    own, h = weights(state, net, params), np.atleast_2d(x)
    for k in range(1, len(params.hidden) + 1):
        h = value(params.hidden_activation, h @ own[f"hidden_{k}.W"] + own.get(f"hidden_{k}.b", 0.0))
    return h @ own["W"] + own.get("b", 0.0)


def gives(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    """What a hidden unit of both nets gives for the point of the batch that is farthest from the origin."""
    (layer, unit), among = focus.at, np.arange(len(data_of(params).x))
    among = batch(after, params) if params.batch_size else among
    point = int(among[np.linalg.norm(data_of(params).x[among], axis=1).argmax()])
    told: dict[str, Any] = {"layer": str(layer), "unit": str(unit + 1), "point": str(point + 1)}
    for net, mark in zip(NETS, ("", "bare_"), strict=True):
        for key, state in (("was", before), ("now", after)):
            own, h = weights(state, net, params), data_of(params).x[point]
            for k in range(1, layer + 1):
                h = value(params.hidden_activation, h @ own[f"hidden_{k}.W"] + own.get(f"hidden_{k}.b", 0.0))
            told[mark + key] = float(h[unit])
    return told


def value(function: str, z: Any) -> Any:
    with np.errstate(all="ignore"):
        return {
            "tanh": np.tanh(z), "relu": np.maximum(z, 0), "linear": z, "softplus": np.logaddexp(0, z),
            "sigmoid": np.exp(-np.logaddexp(0, -z)),
            "softmax": np.exp(z - z.max(axis=-1, keepdims=True) - np.log(
                np.exp(z - z.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True))),
        }[function]  # fmt: skip


def begins(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
    assert before is None
    assert np.array_equal(weights(after, "with_bias", params)["W"], weights(after, "without_bias", params)["W"])
    return {}


def learns_nothing(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
    assert params.targets is None
    assert not isinstance(params.points, str)
    return {}


def stands(*nets: str) -> Any:
    def check(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
        row = dense.series(after, params)
        assert [net for net in NETS if math.isnan(float(row[f"{net}.loss"]))] == list(nets)
        for net in nets:
            assert np.array_equal(getattr(before, net).weights, getattr(after, net).weights)
        return {}

    return check


def lies(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
    """Where z = 0 is nearest to the origin: on the ray along w; of one input at the place itself."""
    told: dict[str, Any] = {"b": float(weights(after, "with_bias", params)["b"][0])}
    for key, state in (("was", before), ("now", after)):
        own = weights(state, "with_bias", params)
        w, b = own["W"][:, 0], float(own["b"][0])
        place = -b * w / float(w @ w)
        assert float(np.abs(scores(state, "with_bias", params, place)).max()) <= 1e-9 * max(1.0, abs(b))
        told[key] = float(place[0]) if len(w) == 1 else float(np.linalg.norm(place))
        assert scores(state, "without_bias", params, 0 * w)[0, 0] == 0
    return told


def is_flat(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
    own = [weights(state, "with_bias", params) for state in (before, after)]
    assert not all(weights["W"].any() for weights in own)
    return {"b_was": float(own[0]["b"][0]), "b": float(own[1]["b"][0])}


def at_the_origin(before: Any, after: Any, params: Any, focus: Any) -> dict[str, Any]:
    origin, unit = np.zeros(data_of(params).x.shape[1]), focus.at[1]
    was, now, bare_was, bare_now = (
        float(scores(state, net, params, origin)[0, unit]) for net in NETS for state in (before, after)
    )
    f0 = float(value(params.hidden_activation, np.zeros(1))[0])
    if not params.hidden or params.hidden_activation in ("tanh", "relu"):
        assert bare_was == bare_now == 0
    else:
        assert f0 > 0
    return {"unit": str(unit + 1), "was": was, "now": now, "b_was": was, "b": now, "bare_was": bare_was,
            "bare_now": bare_now, "f0": f0}  # fmt: skip


def batch(after: Any, params: Any) -> Any:
    used = dense.arrays(after, params)["batch"]
    return used[used >= 0]


def goes_forward(before: Any, after: Any, params: Any, focus: Any) -> dict[str, Any]:
    used, (point, unit) = batch(after, params), focus.at
    point = point if point in used else int(used[0])
    t = data_of(params).t[point]
    target = float(t == unit) if params.activation == "softmax" else float(np.ravel(t)[unit])
    x = data_of(params).x[point]
    outputs = {net: float(value(params.activation, scores(before, net, params, x))[0, unit]) for net in NETS}
    return {"point": str(point + 1), "target": target, **outputs}


def errs(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
    row = dense.series(after, params)
    return {"count": str(len(batch(after, params))), **{net: float(row[f"{net}.loss"]) for net in NETS}}


def goes_back(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
    """By SGD the step is η times the gradient; of other rules the memory tells what they were given."""
    lengths = {net: float(np.linalg.norm(getattr(after, net).memory.gradient)) for net in NETS}
    return {"count": str(len(batch(after, params))), **lengths}


SHAPES = ("line", "plane", "middle")
CHECKERS: dict[str, Any] = {
    "rule": begins, "no_targets": learns_nothing, "flat": is_flat, "units": at_the_origin,
    **dict.fromkeys((*SHAPES, *(f"{shape}.held" for shape in SHAPES)), lies),
    "hidden.nailed": at_the_origin, "hidden.free": at_the_origin, "hidden.unit": gives, "forward": goes_forward,
    "error": errs, "backward": goes_back, "diverged.with_bias": stands("with_bias"),
    "diverged.without_bias": stands("without_bias"), "diverged.both": stands(*NETS),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("steps", [2500])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("dense", steps_of(steps), CHECKERS) == set(CHECKERS)
