"""What a sentence about a step of the race says is what the two states show, on random runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from core import optimizers
from core.optimizers import Params
from core.optimizers.algorithm import MovePoint
from core.optimizers.settings import GIVEN, METHODS, loss_of
from core.optimizers.surfaces import SURFACES
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay

SAMPLES = 25  # steps of a run


def params_of(rng: Any) -> Params:
    """Return a random race: surfaces and regressions, rates from too small to far too large, noise and batches."""
    formulas = ("x + y", "x^2 - y^2", "-(x^2) - y^2", "x*y")
    functions = [*SURFACES, *[GIVEN] * 4, "linear-regression", "logistic-regression", *formulas]
    function = str(rng.choice(functions))
    rules: dict[str, Any] = {}
    for method in METHODS:
        rule, rate = getattr(Params(), method), float(10 ** rng.uniform(-3, 0.3))
        rule = replace(rule, learning_rate=rate if rng.random() < 0.8 else rule.learning_rate)
        if hasattr(rule, "momentum"):
            rule = replace(rule, momentum=float(rng.choice([0.0, 0.5, 0.9, 0.99])))
        rules[method] = replace(rule, damping=float(rng.choice([0, 1]))) if method == "newton" else rule
    x, y = rng.choice([rng.uniform(-2, 2, 2), np.zeros(2), [2.0, 0.0]]).tolist()
    noise, batch = float(rng.choice([0, 0, 0.3])), int(rng.choice([0, 8]))
    if function == GIVEN:
        rules["gradients"] = rng.choice([1.0, 0.0, 1e14]) * rng.normal(size=(SAMPLES, 2))
    return Params(function=function, start=(x, y), noise=noise, batch_size=batch, **rules)


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield explained steps with what they were explained from; of every run also a long one's rest."""
    rng, done = np.random.default_rng(11), 0
    while done < count:
        params = params_of(rng)
        if optimizers.check(params) is not None:
            continue
        at, end = int(rng.integers(1, SAMPLES)), int(rng.choice([SAMPLES, SAMPLES, 400]))
        end = SAMPLES if params.function == GIVEN else end
        edit: Any = MovePoint(str(rng.choice(METHODS[:-1])), 0.5, 0.25)  # type: ignore[arg-type]
        if rng.random() < 0.3:
            edit = SetArray(str(rng.choice(["momentum.velocity", "nesterov.velocity"])), rng.normal(size=2))
        recipe = Recipe("optimizers", 1, int(rng.integers(99)), params, (Change(at, edit),))
        before = None
        for frame, _ in replay(optimizers, recipe, end):
            if frame.t <= at or frame.t > end - SAMPLES // 2:
                done += 1
                for method in METHODS:
                    step = (before.state if before else None, frame.made, frame.used, method)
                    yield optimizers.explain(*step[:3], Focus(method)), step
            before = frame


def lengths(old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    """Return what can be measured of a step, from the points alone and the gradient that was used."""
    a, b, rule, gradient = getattr(old, method), getattr(new, method), getattr(params, method), getattr(new, method)
    gradient, loss, coasted = b.memory.gradient, loss_of(params), getattr(a.memory, "velocity", np.zeros(2))
    kept = getattr(rule, "momentum", 0.0) * coasted
    rounding = 1e-12 * (1.0 + float(np.abs(a.x).max()))  # of a difference of places
    return {
        "slope": float(np.hypot(*gradient)), "was": float(loss.value(*a.x)), "loss": float(loss.value(*b.x)),
        "bound": loss.bound,
        "length": pytest.approx(float(np.hypot(*(b.x - a.x))), rel=1e-6, abs=rounding),
        "kept": float(np.hypot(*kept)), "push": rule.learning_rate * float(np.hypot(*gradient)),
        "last": float(np.hypot(*coasted)), "method": method,
    }  # fmt: skip


def rests(old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    told = lengths(old, new, params, method)
    assert told["slope"] < 1e-9
    assert np.hypot(*(getattr(new, method).x - getattr(old, method).x)) < 2e-9
    return told


def descends(whose: str, old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    told, own = lengths(old, new, params, method), np.array(loss_of(params).gradient(*old.sgd.x.tolist()))
    assert told["length"] == params.sgd.learning_rate * told["slope"]
    if whose == "given":
        assert params.function == GIVEN
        return told
    assert np.array_equal(new.sgd.memory.gradient, own) is (whose == "step")
    assert bool(params.noise) is (whose == "noisy")
    return told


def rolls(longer: int | None, old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    """Check that kept and push add up to the step as vectors, and how it compares with the last one."""
    told, b, rule = lengths(old, new, params, method), getattr(new, method), getattr(params, method)
    kept = rule.momentum * getattr(old, method).memory.velocity
    moved = b.x - getattr(old, method).x
    assert moved == pytest.approx(kept - rule.learning_rate * b.memory.gradient, rel=1e-6, abs=1e-9)
    now, last = float(np.hypot(*moved)), told["last"]
    if longer is None:
        away = getattr(old, method).memory.velocity - getattr(old, method).step
        assert np.abs(away).max() > 0  # no step that was made
    elif longer:
        assert (now - last) * longer > 0.0099 * last
        assert f"{now:.3g}" != f"{last:.3g}"  # a reader can see it
    else:
        assert now == pytest.approx(last, rel=0.0101)
    return told


def pushed(old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    told = lengths(old, new, params, method)
    assert told["last"] == 0
    assert told["length"] == told["push"]
    if method == "nesterov":
        assert np.array_equal(new.nesterov.memory.ahead, old.nesterov.x)
    return told


def divided(old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    """Check the roots that divide a slope, computed from the gradients, and that rate times slope is the step."""
    told, a, b, rule = lengths(old, new, params, method), getattr(old, method), getattr(new, method), params
    rule, g = getattr(params, method), b.memory.gradient
    was = a.memory.sum if method == "adagrad" else a.memory.average
    now = was + g**2 if method == "adagrad" else rule.rho * was + (1 - rule.rho) * g**2
    for axis, name in enumerate("xy"):
        told[f"was_{name}"], told[f"root_{name}"] = float(was[axis] ** 0.5), float(now[axis] ** 0.5)
        told[f"rate_{name}"] = rate = float(rule.learning_rate / (now[axis] ** 0.5 + rule.epsilon))
        assert b.x[axis] == pytest.approx(a.x[axis] - rate * g[axis], rel=1e-9, abs=1e-12)
    return told


def corrected(old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    told, a, b, rule = lengths(old, new, params, method), old.adam, new.adam, params.adam
    t, g = a.memory.t + 1, b.memory.gradient
    m = (rule.beta_1 * a.memory.m + (1 - rule.beta_1) * g) / (1 - rule.beta_1**t)
    v = (rule.beta_2 * a.memory.v + (1 - rule.beta_2) * g**2) / (1 - rule.beta_2**t)
    ratio = m / (v**0.5 + rule.epsilon)
    assert b.x == pytest.approx(a.x - rule.learning_rate * ratio, rel=1e-9, abs=1e-12)
    return {**told, "ratio_x": float(ratio[0]), "ratio_y": float(ratio[1])}


def curved(signs: str, old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    xx, xy, yy = loss_of(params).hessian(*old.newton.x.tolist())
    low, high = np.linalg.eigvalsh([[xx, xy], [xy, yy]]).tolist()
    slack = 1e-9 * (1 + abs(low) + abs(high))
    is_so = {"bowl": low > -slack, "saddle": low < slack and high > -slack, "top": high < slack}
    assert is_so[signs]
    return {
        **lengths(old, new, params, method),
        "low": pytest.approx(low, rel=1e-6, abs=slack), "high": pytest.approx(high, rel=1e-6, abs=slack),
    }  # fmt: skip


def stays(old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    xx, xy, yy = loss_of(params).hessian(*old.newton.x.tolist())
    a, c = xx + params.newton.damping, yy + params.newton.damping
    assert not np.isfinite(a * c - xy * xy) or abs(a * c - xy * xy) < 1e-9 * (abs(a * c) + xy * xy + 1e-300)
    assert np.array_equal(old.newton.x, new.newton.x)
    return {}


def left(old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    """Check that the point stands where it stood, and that this is a good one."""
    assert np.array_equal(getattr(old, method).x, getattr(new, method).x)
    told = lengths(old, new, params, method)
    if params.function != GIVEN:
        assert abs(told["loss"]) <= loss_of(params).bound
    return told


def has_none(old: Any, new: Any, params: Any, method: str) -> dict[str, Any]:
    assert (params.function, method, new.newton.status) == (GIVEN, "newton", "out")
    return {"method": "newton"}


def begins(old: Any, *_: Any) -> dict[str, Any]:
    assert old is None
    return {}


ROLLING = {
    "longer": partial(rolls, 1),
    "shorter": partial(rolls, -1),
    "even": partial(rolls, 0),
    "set": partial(rolls, None),
    "first": pushed,
}
CHECKERS = {
    **{f"{method}.rule": begins for method in METHODS},
    **{f"{method}.{key}": check for method in ("momentum", "nesterov") for key, check in ROLLING.items()},
    **{f"newton.{key}": partial(curved, key) for key in ("bowl", "saddle", "top")},
    **{f"sgd.{whose}": partial(descends, whose) for whose in ("step", "noisy", "batch", "given")},
    "adagrad.step": divided, "rmsprop.step": divided, "adam.step": corrected,
    "newton.singular": stays, "rest": rests, "diverged": left,
    "rest.given": rests, "diverged.given": left, "none": has_none,
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # of surfaces beyond all numbers
@pytest.mark.parametrize("steps", [3000])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("optimizers", steps_of(steps), CHECKERS) == set(CHECKERS)
