"""What a sentence about a step of the unit says is what the two states show, on random runs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import loss_metrics
from core.loss_metrics import METRICS, Params, explained_beats
from core.loss_metrics.settings import data_of
from core.nn.losses import LOSSES
from core.nn.update_rules import FIRST_ORDER
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay

SAMPLES = 12  # steps of a run
BEATS_EVERY = 3  # steps of which the beats are told, too


def dataset(rng: Any) -> Any:
    """Return a set's name or points of one's own: of both classes, of one alone, or far out."""
    kind = int(rng.integers(6))
    if kind < 3:
        return ("clouds", "overlapping", "far-false")[kind]
    points = rng.normal(0, 10.0 ** (11 if kind == 5 else 0), (9, 2))
    return np.column_stack([points, np.zeros(9) if kind == 3 else rng.integers(0, 2, 9)])


def params_of(rng: Any) -> Params:
    """Return a random unit, with rates from too small to far too large."""

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    return Params(
        dataset=dataset(rng), n_samples=int(rng.integers(2, 60)), batch_size=choose(0, 0, 5), loss=choose(*LOSSES),
        learning_rate=float(10 ** rng.uniform(-3, 2)), optimizer=choose(*FIRST_ORDER), metric=choose(*METRICS),
        threshold=float(choose(0.5, 0.5, 0.9, 1.0, rng.uniform())),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(21), 0
    while done < count:
        params = params_of(rng)
        edit = Change(SAMPLES // 2, SetArray("weights", 10 ** rng.uniform(-1, 4) * rng.standard_normal(3)))
        before = None
        for frame, _ in replay(loss_metrics, Recipe("loss-metrics", 1, 7, params, (edit,)), SAMPLES):
            focus = Focus("point", (int(rng.integers(len(data_of(params).points))),))
            step = before.state if before else None, frame.made, frame.used, focus
            yield loss_metrics.explain(*step), step
            yield loss_metrics.explain(*step[:3], None), step
            if before and done % BEATS_EVERY == 0:
                yield from ((explained_beats.explain(*step, beat), step) for beat in loss_metrics.beats(params))
            before, done = frame, done + 1


def scores(state: Any, params: Params) -> Any:
    w_x, w_y, b = state.weights.tolist()
    return np.array([w_x * x + w_y * y + b for x, y in data_of(params).points.tolist()])


def probability(z: float) -> float:
    return 1 / (1 + math.exp(-z)) if z > -700 else math.exp(z)


def loss_of(loss: str, z: float, t: int) -> float:
    e = abs(probability(z) - t)
    away = -z if t else z
    return {
        "mse": e * e, "mae": e, "huber": e * e / 2 if e <= 0.5 else 0.5 * (e - 0.25), "hinge": max(0.0, 1 + away),
        "cross-entropy": max(away, 0) + math.log1p(math.exp(-abs(away))),
    }[loss]  # fmt: skip


def mean_loss(state: Any, params: Params) -> float:
    t = data_of(params).targets.tolist()
    return float(
        np.mean([loss_of(params.loss, z, one) for z, one in zip(scores(state, params).tolist(), t, strict=True)])
    )


def measured(state: Any, params: Params) -> tuple[float, Any]:
    """Return the metric with the weights of a state, and who is called 1."""
    p, t = np.array([probability(z) for z in scores(state, params).tolist()]), data_of(params).targets
    called = p >= params.threshold
    tp, fp, fn = ((called & (t == 1)).sum(), (called & (t == 0)).sum(), (~called & (t == 1)).sum())
    pairs = [(one > zero) + (one == zero) / 2 for one in p[t == 1] for zero in p[t == 0]]
    part, whole = {
        "accuracy": ((called == t).sum(), len(t)), "precision": (tp, tp + fp), "recall": (tp, tp + fn),
        "f1": (2 * tp, 2 * tp + fp + fn), "auc": (sum(pairs), len(pairs)),
    }[params.metric]  # fmt: skip
    return (float(part / whole) if whole else math.nan), called


def begins(before: Any, *_: Any) -> dict[str, Any]:
    assert before is None
    return {}


def stands(before: Any, after: Any, *_: Any) -> dict[str, Any]:
    assert np.array_equal(before.weights, after.weights)
    assert after.diverged
    return {}


def compared(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
    (was, old), (now, new) = (measured(state, params) for state in (before, after))
    return {
        "metric": params.metric, "crossed": str(int((old != new).sum())), "n": str(len(old)), "was": was, "now": now,
        "loss_was": mean_loss(before, params), "loss": mean_loss(after, params),
    }  # fmt: skip


def nobody_crossed(*step: Any) -> dict[str, Any]:
    told = compared(*step)
    assert told["crossed"] == "0"
    assert told["was"] == told["now"]
    return told


def some_crossed(*step: Any) -> dict[str, Any]:
    told = compared(*step)
    assert told["crossed"] != "0"
    return told


def rises(*step: Any) -> dict[str, Any]:
    told = compared(*step)
    assert told["now"] > told["was"]
    assert told["loss"] > told["loss_was"]
    return told


def order(stays: bool) -> Any:
    def check(*step: Any) -> dict[str, Any]:
        told = compared(*step)
        assert told["metric"] == "auc"
        assert (told["was"] == pytest.approx(told["now"], abs=1e-12)) or not stays
        return told

    return check


def does_not_exist(*step: Any) -> dict[str, Any]:
    told = compared(*step)
    assert math.isnan(told["was"]) or math.isnan(told["now"])
    if told["metric"] in ("auc", "recall"):
        targets = data_of(step[2]).targets
        assert len(set(targets.tolist())) == 1
        assert told["metric"] == "auc" or not targets.any()
    return told


def is_told(is_right: bool) -> Any:
    def check(before: Any, after: Any, params: Any, focus: Any) -> dict[str, Any]:
        """What a chosen point is called by the weights before the step, and what that did to it."""
        place = focus.at[0]
        was, now = (float(scores(state, params)[place]) for state in (before, after))
        t = int(data_of(params).targets[place])
        called = int(probability(was) >= params.threshold)
        assert (called == t) == is_right
        return {
            "called": str(called), "class": str(t), "p_was": probability(was), "p": probability(now),
            "loss_was": loss_of(params.loss, was, t), "loss": loss_of(params.loss, now, t),
        }  # fmt: skip

    return check


def goes_forward(before: Any, after: Any, params: Any, focus: Any) -> dict[str, Any]:
    place = focus.at[0]
    p = probability(float(scores(before, params)[place]))
    return {"p": p, "threshold": params.threshold, "class": str(data_of(params).targets[place])}


def called(*step: Any) -> dict[str, Any]:
    told = goes_forward(*step)
    assert told["p"] >= told["threshold"]
    return told


def not_called(*step: Any) -> dict[str, Any]:
    told = goes_forward(*step)
    assert told["p"] < told["threshold"]
    return told


def errs(sign: int) -> Any:
    def check(before: Any, after: Any, params: Any, focus: Any) -> dict[str, Any]:
        data, place = data_of(params), focus.at[0]
        z, t, row = float(scores(before, params)[place]), int(data.targets[place]), LOSSES.index(params.loss)
        told = loss_metrics.arrays(after, params)
        slope, values = float(told["loss_slopes"][row][place]), told["loss_values"][row]
        used = told["batch"][told["batch"] >= 0]
        assert np.sign(slope) == sign
        if abs(z) < 30 and abs(abs(z) - 1) > 1e-3:  # further out a difference is rounding
            h = 1e-6
            rise = (loss_of(params.loss, z + h, t) - loss_of(params.loss, z - h, t)) / (2 * h)
            assert slope == pytest.approx(rise, abs=1e-5)
        mean = float(values[used].mean())
        return {"loss": loss_of(params.loss, z, t), "slope": slope, "mean": mean, "count": str(len(used))}

    return check


def goes_back(ahead: bool) -> Any:
    def check(before: Any, after: Any, params: Any, _focus: Any) -> dict[str, Any]:
        """Every rule remembers the gradient it was given."""
        assert (params.optimizer == "nesterov") == ahead
        used = loss_metrics.arrays(after, params)["batch"]
        return {"length": float(np.linalg.norm(after.memory.gradient)), "count": str(int((used >= 0).sum()))}

    return check


CHECKERS: dict[str, Any] = {
    "rule": begins, "diverged": stands, "still": nobody_crossed, "crossed": some_crossed, "both_rise": rises,
    "auc.still": order(True), "auc.moved": order(False), "one_class": does_not_exist,
    **dict.fromkeys(("nothing.precision", "nothing.recall", "nothing.f1"), does_not_exist), "forward.1": called,
    "forward.0": not_called, "error.up": errs(-1), "error.down": errs(1), "error.flat": errs(0),
    "point.right": is_told(True), "point.wrong": is_told(False), "backward": goes_back(False),
    "backward.ahead": goes_back(True),
}  # fmt: skip


@pytest.mark.parametrize("steps", [2000])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("loss-metrics", steps_of(steps), CHECKERS) == set(CHECKERS)
