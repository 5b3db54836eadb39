"""Do the claims O1 to O10 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.nn.update_rules import FIRST_ORDER
from core.optimizers.algorithm import MovePoint
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, first_step
from playground.topics.optimizers.conditions import farthest
from widgets.base.numbers import brief, compact, fixed, significant


def gradient_lowers_the_loss(runs: Runs) -> Outcome:
    """O1: a small step against the gradient lowers the loss each time; one beyond 2/curvature raises it."""
    small, large = column(runs["small"], "sgd.loss"), column(runs["large"], "sgd.loss")
    diverged = first_step(runs["large"], "diverged: sgd")
    grown = large[:diverged]
    holds = len(small) == 101 and bool((np.diff(small) < 0).all() and (np.diff(grown) > 0).all() and grown[-1] > 1e11)
    falls = int((np.diff(small) < 0).sum())
    told = {"step": diverged, "falls": falls, "start": f"{small[0]:g}", "small": compact(small[-1])}
    return Outcome(holds and diverged is not None, told, "rises" if (np.diff(grown) > 0).all() else "faster")


def local_minimum(runs: Runs) -> Outcome:
    """O2: SGD stops in the shallow basin, Momentum reaches the deep one."""
    run = runs["race"]
    sgd, momentum = column(run, "sgd.x")[-1], column(run, "momentum.x")[-1]
    slopes = [abs(column(run, f"{method}.grad_x")[-1]) for method in ("sgd", "momentum")]
    lower = column(run, "momentum.loss")[-1] < column(run, "sgd.loss")[-1]
    holds = bool(sgd > 0 > momentum and lower and max(slopes) < 1e-3)
    ends = [[float(column(run, f"{method}.{axis}")[-1]) for axis in "xy"] for method in ("sgd", "momentum")]
    rest = [[round(value, 3) + 0.0 for value in end] for end in ends]  # no minus before a 0
    told = {"sgd": fixed(float(sgd), 2), "momentum": fixed(float(momentum), 2), **_losses(run, "sgd", "momentum")}
    return Outcome(holds, told, rest)


def saddle(runs: Runs) -> Outcome:
    """O3: on the ridge SGD comes to rest on a saddle; from beside it every first-order method escapes."""
    ridge, beside = runs["ridge"], runs["beside"]
    slope = np.hypot(column(ridge, "sgd.grad_x"), column(ridge, "sgd.grad_y"))
    curved_down = column(ridge, "newton.eigenvalue_1")[1:]
    escaped = {method: _first(np.abs(column(beside, f"{method}.y")) > 1) for method in FIRST_ORDER}
    on_ridge = all((column(ridge, f"{method}.y") == 0).all() for method in ("sgd", "momentum", "adam"))
    stalls = bool(slope[-1] < 1e-6 and (curved_down < 0).all() and on_ridge)
    newton_stays = not (np.abs(column(beside, "newton.y")) > 1).any()
    first = sorted(("sgd", "momentum", "adam"), key=lambda method: escaped[method] or beside.recorded)
    return Outcome(stalls and newton_stays and all(escaped.values()), escaped, first)


def ravine_oscillation(runs: Runs) -> Outcome:
    """O4: across a ravine SGD jumps from side to side, RMSProp and Adam hardly do; all end low."""
    run = runs["race"]
    share = {m: _sign_changes(column(run, f"{m}.y")[:31]) for m in ("sgd", "rmsprop", "adam")}
    low = all(column(run, f"{m}.loss")[30] < 0.2 for m in share)
    holds = share["sgd"] > 0.8 and share["rmsprop"] < 0.2 and share["adam"] < 0.2
    told = {m: round(30 * value) for m, value in share.items()}
    return Outcome(holds and low, {**told, "steps": 30, **_losses(run, *share)}, told["sgd"])


def momentum_adds_vectors(runs: Runs) -> Outcome:
    """O5: where velocity and push agree the sum is longer than both at right angles, else shorter; both happen."""
    kept, push, total = _velocity_and_push(runs["race"])
    cosine = (kept * push).sum(axis=1) / np.linalg.norm(kept, axis=1) / np.linalg.norm(push, axis=1)
    right_angled = (kept**2).sum(axis=1) + (push**2).sum(axis=1)
    longer = (total**2).sum(axis=1) > right_angled
    agreeing = int((cosine > 0).sum())
    holds = bool((longer == (cosine > 0)).all() and 0 < agreeing < len(cosine))
    loss = column(runs["race"], "momentum.loss")
    holds = holds and bool(loss[4] > loss[3] and cosine[2] < 0)  # what is said in the moment at step 4
    told = {"agree": agreeing, "brake": len(cosine) - agreeing, "rises": int((np.diff(loss) > 0).sum())}
    return Outcome(holds, {**told, "steps": len(loss) - 1}, [[float(t), v] for t, v in enumerate(loss.tolist())])


def nesterov_looks_ahead(runs: Runs) -> Outcome:
    """O6: from step 2 on Nesterov's gradient is another one than Momentum's; it overshoots less."""
    run = runs["race"]
    same = column(run, "nesterov.step_grad_y")[2:] == column(run, "momentum.step_grad_y")[2:]
    ways = {m: column(run, f"{m}.y") for m in ("momentum", "nesterov")}
    at = {m: farthest(way) for m, way in ways.items()}
    over = {m: float(abs(ways[m][at[m]])) for m in ways}
    holds = (
        not same[:50].any() and over["nesterov"] < over["momentum"] and set(at.values()) == {4}
    )  # as its moment says
    holds = holds and column(run, "nesterov.step_grad_y")[4] < column(run, "nesterov.grad_y")[3] < 0  # and this
    further = "alike" if over["momentum"] == over["nesterov"] else max(over, key=lambda method: over[method])
    told = {m: fixed(float(ways[m][at[m]]), 2) for m in ways}
    return Outcome(bool(holds), {**told, **{f"{m}_at": step for m, step in at.items()}}, further)


def adagrad_damps_the_steep_axis(runs: Runs) -> Outcome:
    """O7: AdaGrad's effective step is smaller along the steep axis, and never grows on either."""
    x, y = (column(runs["race"], f"adagrad.rate_{axis}")[1:] for axis in "xy")
    holds = (y < x).all() and (np.diff(x) <= 0).all() and (np.diff(y) <= 0).all()
    times = float(x[-1] / y[-1])
    told = {"x": f"{x[-1]:.3g}", "y": f"{y[-1]:.3g}", "times": f"{times:.2g}", "steps": len(x)}
    return Outcome(bool(holds), told, round(times, 2))


def rmsprop_forgets(runs: Runs) -> Outcome:
    """O8: RMSProp's effective step recovers after the steep start, AdaGrad's does not."""
    rmsprop, adagrad = (column(runs["race"], f"{m}.rate_y")[1:] for m in ("rmsprop", "adagrad"))
    smallest = int(rmsprop.argmin())
    recovered = rmsprop[-1] / rmsprop[smallest]
    holds = smallest < len(rmsprop) // 2 and recovered > 5 and bool((np.diff(adagrad) <= 0).all())
    grows = {name: bool((np.diff(rate) > 0).any()) for name, rate in (("rmsprop", rmsprop), ("adagrad", adagrad))}
    truth = "both" if all(grows.values()) else next((name for name, does in grows.items() if does), "none")
    values = {"low": rmsprop[smallest], "high": rmsprop[-1], "adagrad": adagrad[-1]}
    told = {name: significant(float(value), 3) for name, value in values.items()}
    holds = holds and smallest + 1 == 6  # the moment's
    return Outcome(holds, {**told, "step": smallest + 1, "times": f"{recovered:.0f}", "steps": len(rmsprop)}, truth)


def adam_steps_by_the_learning_rate(runs: Runs) -> Outcome:
    """O9: whatever the slope, Adam's first step is the learning rate on each axis, within 1 %."""
    first = np.array([[column(run, f"adam.step_{axis}")[1] for axis in "xy"] for run in runs.values()])
    share = np.abs(first) / 0.1
    moved = np.array([abs(column(run, f"adam.{axis}")[-1]) for run in runs.values() for axis in "xy"])
    told = {letter: f"{step:.5f}" for letter, step in zip("abc", np.abs(first[:, 0]), strict=True)}
    lengths = [float(column(run, "adam.step_length")[1]) for run in runs.values()]
    told |= {"length": f"{lengths[0]:.3f}", "moved": f"{moved.mean():.2f}", "steps": str(runs["1"].recorded)}
    holds = bool((np.abs(share - 1) < 0.01).all() and np.ptp(moved) < 0.005 and np.ptp(lengths) < 0.0005)
    return Outcome(holds, told, round(lengths[-1] / lengths[0], 3))


def newton_uses_curvature(runs: Runs) -> Outcome:
    """O10: Newton lands on a quadratic's minimum in one step."""
    run = runs["ravine"]
    at = _first(np.hypot(column(run, "newton.x"), column(run, "newton.y")) < 1e-12)
    sgd, newton = (float(column(run, f"{method}.loss")[-1]) for method in ("sgd", "newton"))
    told = {"steps": at, "sgd": f"{sgd:.3g}", "newton": brief(newton, 3), "last": run.recorded}
    return Outcome(at == 1 and sgd > newton, told, at)


def newton_at_the_saddle(runs: Runs) -> Outcome:
    """O10: Newton walks to a saddle as gladly as to a minimum."""
    run = runs["saddle"]
    away = {method: np.hypot(column(run, f"{method}.x"), column(run, f"{method}.y")) for method in ("newton", "sgd")}
    curved_down = column(run, "newton.eigenvalue_1")[-1] < 0
    truth = "saddle" if away["newton"][-1] < 1e-6 else "stays" if away["newton"][-1] == away["newton"][0] else "down"
    losses = {method: float(column(run, f"{method}.loss")[-1]) for method in away}
    told = {method: fixed(loss, 2) for method, loss in losses.items()} | {"away": f"{away['sgd'][-1]:.2g}"}
    return Outcome(bool(truth == "saddle" and curved_down and losses["sgd"] < losses["newton"]), told, truth)


def make_sgd_diverge(seen: Seen) -> bool:
    """Task: SGD diverges on the bowl, where nothing but too large a learning rate makes it."""
    return seen.recipe.params.function == "bowl" and seen.began("diverged: sgd")


def three_minima(seen: Seen) -> bool:
    """Task: methods stand in three different minima of Himmelblau's function, and none was carried there."""
    if seen.recipe.params.function != "himmelblau" or _was_carried(seen):
        return False
    now = seen.row
    places = set()
    for method in FIRST_ORDER:
        slope = np.hypot(now[f"{method}.grad_x"], now[f"{method}.grad_y"])
        if slope < 0.5 and now[f"{method}.loss"] < 1:
            places.add((round(now[f"{method}.x"]), round(now[f"{method}.y"])))
    return len(places) >= 3


def stop_momentum_overshooting(seen: Seen) -> bool:
    """Task: on the ravine Momentum is below 0.01 by step 40, from the start and at the rate of the set-up."""
    begun, used = seen.recipe.params, seen.params.momentum.learning_rate
    if seen.t > 40 or (begun.function, begun.start) != ("ravine", (-4.0, 1.0)):
        return False
    if {begun.momentum.learning_rate, used} != {0.02} or _was_carried(seen):
        return False
    return bool(seen.row["momentum.loss"] < 0.01)


def leave_the_shallow_basin(seen: Seen) -> bool:
    """Task: SGD comes into the deep basin of `two-basins`, started in the shallow one and not carried by hand."""
    if seen.recipe.params.function != "two-basins" or seen.recipe.params.start[0] < 1 or _was_carried(seen):
        return False
    return bool(seen.row["sgd.x"] < -1 and seen.row["sgd.loss"] < -1)


def _was_carried(seen: Seen) -> bool:
    """Tell whether a method was dragged to where it could not go by its rule."""
    return any(isinstance(change.edit, MovePoint) for change in seen.recipe.edits)


def _first(holds: NDArray[np.bool_]) -> int | None:
    return int(holds.argmax()) if holds.any() else None


def _sign_changes(values: NDArray[np.float64]) -> float:
    return float((values[1:] * values[:-1] < 0).mean())


def _losses(run: Timeline, *methods: str) -> dict[str, str]:
    """Return the last losses of methods, by names for a result."""
    return {f"{method}_loss": fixed(float(column(run, f"{method}.loss")[-1]), 2) for method in methods}


def _velocity_and_push(run: Timeline) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return μv, −ηg and their sum for Momentum's steps from the second on, each (steps, 2)."""
    rule = run.recipe.params.momentum
    velocity = np.column_stack([column(run, f"momentum.velocity_{axis}") for axis in "xy"])
    gradient = np.column_stack([column(run, f"momentum.step_grad_{axis}") for axis in "xy"])
    return rule.momentum * velocity[1:-1], -rule.learning_rate * gradient[2:], velocity[2:]
