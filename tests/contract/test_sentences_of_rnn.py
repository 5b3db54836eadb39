"""What a sentence about a step of the recurrent net says is what the two states show, on random runs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import rnn
from core.rnn import Params, arrays, series
from core.rnn.explained_beats import explain
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams

SAMPLES = 8  # steps of a run
FUNCTIONS: dict[str, Any] = {
    "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0), "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}  # fmt: skip


def params_of(rng: Any) -> Params:
    """Return a random net and task, with rates from too small to far too large."""

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    return Params(
        task=choose("echo", "parity", "adding", "next-character", "sine"), mode=choose("many-to-many", "many-to-one",
        "one-to-many"), cell=choose("tanh", "tanh", "relu", "linear", "sigmoid"), units=choose(1, 3), lag=1,
        length=choose(1, 2, 5), batch_size=choose(1, 4), radius=float(rng.uniform(0, 2)), clip=choose(0.0, 0.0, 0.1),
        consecutive=choose(False, True), stateful=choose(False, True), learning_rate=float(10 ** rng.uniform(-3, 2)),
        optimizer=choose("sgd", "adam"),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(7), 0
    while done < count:
        params, before = params_of(rng), None  # type: Any, Any
        shape = arrays(rnn.start(params, Streams.start(0)), params)["V"].shape
        edit = SetArray("V", 10 ** rng.uniform(-1, 6) * rng.standard_normal(shape))
        recipe = Recipe("rnn", 1, int(rng.integers(99)), params, (Change(SAMPLES // 2, edit),))
        for frame, _ in replay(rnn, recipe, SAMPLES):
            at = [int(rng.integers(n)) for n in (params.batch_size, params.length, params.units)]
            step = before.state if before else None, frame.made, frame.used, Focus("state", tuple(at))
            yield explain(*step), (*step, "")
            if before and frame.state.weights is not frame.made.weights and not frame.made.diverged:
                yield explain(*step, "", frame.state), (frame.state, *step[1:], "")
            if done % 3 == 0:
                yield from ((explain(*step, beat), (*step, beat)) for beat in rnn.beats(params))
            before, done = frame, done + 1


# ---- the same numbers, computed anew


def scores(own: Any, told: Any, params: Params) -> Any:
    """Return o of every time, (batch, length, outputs), from the arrays of exports."""
    h, found = told["h"][:, 0], []
    for t in range(params.length):
        x = told["inputs"][:, t] if t < told["inputs"].shape[1] else 0 * told["inputs"][:, 0]
        h = FUNCTIONS[params.cell](x @ own["W"] + h @ own["U"] + own["b"])
        found.append(h @ own["V"] + own["c"])
    return np.stack(found, axis=1)


def loss(own: Any, told: Any, params: Params) -> float:
    """Return the mean loss; logarithms of shares without their overflow."""
    with np.errstate(all="ignore"):
        o, t = scores(own, told, params), told["targets"]
        if params.mode == "many-to-one":
            o = o[:, -1]
        if t.ndim == o.ndim:
            return float(((o - t) ** 2).mean())
        away = o - o.max(axis=-1, keepdims=True)
        logs = away - np.log(np.exp(away).sum(axis=-1, keepdims=True))
        return float(-np.take_along_axis(logs, t[..., None], -1).mean())


def begins(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    assert before is None
    assert after.t == 0
    return {}


def stands(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    assert all(math.isnan(float(value)) for value in series(after, params).values())
    assert np.array_equal(before.weights, after.weights)
    return {}


def steps(kind: str, is_clipped: bool) -> Any:
    def check(before: Any, after: Any, params: Any, _focus: Any, beat: str) -> dict[str, Any]:
        assert beat in ("", "update")
        told, row = arrays(after, params), series(after, params)
        is_class = told["targets"].dtype.kind == "i"
        assert is_class == (kind == "classes")
        assert is_clipped == (0 < params.clip < row["grad_norm"])
        return {"count": str(params.batch_size), "was": loss(arrays(before, params), told, params),
                "now": loss(told, told, params), "right": 100 * float(row["accuracy"]),
                "norm": float(row["grad_norm"]), "clip": params.clip}  # fmt: skip

    return check


def is_lost(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    told = arrays(after, params)
    assert not loss(told, told, params) <= 1e12
    return {"count": str(params.batch_size), "was": loss(arrays(before, params), told, params)}


def set_by_hand(now: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    told = arrays(after, params)
    found = {"count": str(params.batch_size), "was": loss(told, told, params)}
    lost = loss(arrays(now, params), told, params)
    return found | ({"now": lost} if lost <= 1e12 else {})


def at_a_time(key: str) -> Any:
    def check(before: Any, after: Any, params: Any, focus: Any, beat: str) -> dict[str, Any]:
        (i, _, j), t, told = focus.at, int(beat.removeprefix("time_")), arrays(after, params)
        h = told["h"][i, t : t + 2, j].tolist()
        found = {"sequence": str(i + 1), "time": str(t), "unit": str(j), "was": h[0], "now": h[1]}
        is_silent = params.mode == "many-to-one" and t < params.length - 1
        assert is_silent == (key == "time.silent")
        if is_silent:
            return found
        where = (i,) if params.mode == "many-to-one" else (i, t)
        outputs, target = told["outputs"][where], told["targets"][where]
        if key == "time.number":
            return {**found, "output": float(outputs[0]), "target": float(target[0])}
        names = list(dict.fromkeys(params.text)) if params.task == "next-character" else list("0123456789")
        names = ["␣" if name == " " else name for name in names]
        called = int(scores(arrays(before, params), told, params)[i, t].argmax())
        assert (called == target) == (key == "time.right")
        return {**found, "right": names[target], "called": names[called], "output": float(outputs[target]),
                "most": float(outputs[called])}  # fmt: skip

    return check


def goes_back(before: Any, after: Any, params: Any, focus: Any, beat: str) -> dict[str, Any]:
    assert beat == "back"
    lengths, lag = arrays(after, params)["grad_by_lag"], params.length - 1 - focus.at[1]
    return {"lag": str(lag), "first": float(lengths[0]), "there": float(lengths[lag])}


CHECKERS: dict[str, Any] = {
    "rule": begins, "diverged": stands, "step.lost": is_lost, "back": goes_back, "back.last": goes_back,
    "set": set_by_hand, "set.lost": set_by_hand,
    **{f"step.{kind}": steps(kind, False) for kind in ("classes", "numbers")},
    **{f"step.{kind}.clipped": steps(kind, True) for kind in ("classes", "numbers")},
    **{f"time.{key}": at_a_time(f"time.{key}") for key in ("silent", "right", "wrong", "number")},
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
@pytest.mark.parametrize("count", [1500])
def test_sentences_say_what_the_states_show(count: int, check_sentences: Any) -> None:
    assert check_sentences("rnn", steps_of(count), CHECKERS) == set(CHECKERS)
