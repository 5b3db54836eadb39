"""Do the claims D1 to D4 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.dense.algorithm import arrays
from core.dense.nets import net_of
from core.dense.plane import GATES, has_curve, has_lines, passes, scores_at, slope_and_bias
from core.dense.settings import data_of
from core.nn.metrics import accuracy, called
from core.run.recipe import SetArray
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from widgets.base.numbers import fixed

_AT = (2, 0)  # the row and the unit that D1 asks for
_ON, _OFF = 0.95, 0.75  # that D2 claims of the shares of right answers
_BY_HAND = 0.98  # of the points, that a line led by hand has on the right side


def every_input(runs: Runs) -> Outcome:
    """D1: each output is the sum over all inputs of its row, times the column of its unit, and its bias."""
    run = runs["run"]
    held = arrays(last_state(run), run.recipe.params)
    x, W, b = held["points"], held["W"], held["b"]  # noqa: N806
    sums = np.array([[sum(a * w for a, w in zip(row, W[:, j], strict=True)) + b[j] for j in range(3)] for row in x])
    truth = float(sums[_AT])
    return Outcome(bool(np.array_equal(held["outputs"], sums)), {"z": fixed(truth, 1)}, truth)


def nail_at_the_origin(runs: Runs) -> Outcome:
    """D2: without a bias z is 0 at the origin at every step, and no line parts the clouds; with one, a line does."""
    run = runs["run"]
    off, on = (column(run, f"{net}.accuracy")[1:] for net in ("without_bias", "with_bias"))
    weights = [arrays(run.frame(t).state, run.recipe.params)["without_bias.W"] for t in range(run.recorded + 1)]
    is_nailed = all(float((np.zeros(2) @ W)[0]) == 0 for W in weights)
    holds = is_nailed and float(off.max()) < _OFF and float(on[-1]) > _ON
    told = {"on": fixed(100 * float(on[-1]), 1), "off": fixed(100 * float(off[-1]), 1), "steps": run.recorded}
    return Outcome(holds, told, 100 * float(off[-1]))


def one_number_a_unit(runs: Runs) -> Outcome:
    """D4: the net with bias has one number more for each unit, and each of them is learned."""
    run = runs["run"]
    on, off = (int(column(run, f"{net}.parameters")[-1]) for net in ("with_bias", "without_bias"))
    params = run.recipe.params
    first, last = (state.with_bias.weights for state in (run.frame(0).state, last_state(run)))
    is_right = off == data_of(params).x.shape[1] * params.units and on == off + params.units == len(last)
    return Outcome(is_right and bool((first != last).all()), {"on": on, "off": off, "units": params.units}, on)


def both_gates(runs: Runs) -> Outcome:
    """D3: with b held at 0 the curve passes the gates at no step; with b learned it does in the end."""
    held, learned = (_curves(runs[name]) for name in ("held", "learned"))
    holds = not any(passes(w, b) for w, b in held) and passes(*learned[-1])
    at = {f"{name}_{i}": fixed(gate.value(*curves[-1]), 3) for name, curves in (("held", held), ("learned", learned))
          for i, gate in enumerate(GATES)}  # fmt: skip
    return Outcome(holds, at, "learned")


def six_weights(runs: Runs) -> Outcome:
    """D1: the step of a published 2-2-2 net, its biases held: its numbers to all digits that are printed there."""
    run = runs["run"]
    params, after = run.recipe.params, last_state(run)
    data, net, made = data_of(params), net_of(params, "with_bias"), arrays(after, params)["W"]
    error = net.look(after.with_bias.weights, data.x, data.t).loss
    before, w5 = float(column(run, "with_bias.loss")[1]), float(made[0, 0])
    holds = [fixed(before, 9), fixed(error, 9), fixed(w5, 8)] == ["0.298371109", "0.291027774", "0.35891648"]
    told = {"before": fixed(before, 9), "after": fixed(error, 9), "w5": fixed(w5, 8)}
    return Outcome(holds, told, w5)


def spirals_and_layers(runs: Runs) -> Outcome:
    """D1: no line parts the spirals, four hidden units part most of them, two layers of eight all of them."""
    right = {name: float(column(run, "with_bias.accuracy")[-1]) for name, run in runs.items()}
    holds = right["none"] < _OFF and right["none"] < right["four"] < _ON <= right["eight"]
    told = {name: fixed(100 * share, 1) for name, share in right.items()}
    return Outcome(holds, told, sorted(right, key=lambda name: right[name]))


def opposite_points(runs: Runs) -> Outcome:
    """D2: without biases tanh gives opposite points opposite z, where XOR wants them alike; with biases it does not."""
    run = runs["run"]
    params, state, x = run.recipe.params, last_state(run), data_of(run.recipe.params).x
    there, back = (
        scores_at(net_of(params, "without_bias"), state.without_bias.weights, way * x) for way in (1.0, -1.0)
    )
    on, off = (float(column(run, f"{net}.accuracy")[-1]) for net in ("with_bias", "without_bias"))
    holds = bool(np.allclose(there, -back)) and off < _OFF and on > _ON
    told = {"on": fixed(100 * on, 1), "off": fixed(100 * off, 1), "steps": run.recorded}
    return Outcome(holds, told, 100 * off)


def cones(runs: Runs) -> Outcome:
    """D2: without biases ReLU gives 0 at the origin, where all regions meet, and no such regions part the clouds."""
    z, on, off = _without_biases(runs["run"])
    return _told(z == 0 and off < _OFF and on > _ON, runs["run"], z, on, off)


def freed_by_half(runs: Runs) -> Outcome:
    """D2: sigmoid units give a half at the origin and so free the border without any bias."""
    z, on, off = _without_biases(runs["run"])
    return _told(z != 0 and off > _ON and on > _ON, runs["run"], z, on, off)


def _without_biases(run: Timeline) -> tuple[float, float, float]:
    """Return z that the net without biases gives at the origin in the end, and the shares of right answers of both."""
    net = net_of(run.recipe.params, "without_bias")
    z = scores_at(net, last_state(run).without_bias.weights, np.zeros((1, 2)))
    on, off = (float(column(run, f"{name}.accuracy")[-1]) for name in ("with_bias", "without_bias"))
    return float(z[0, 0]), on, off


def _told(holds: bool, run: Timeline, z: float, on: float, off: float) -> Outcome:
    told = {"on": fixed(100 * on, 1), "off": fixed(100 * off, 1), "steps": run.recorded, "z": fixed(z, 2)}
    return Outcome(holds, told, 100 * off)


def _curves(run: Timeline) -> list[tuple[float, float]]:
    params = run.recipe.params
    return [slope_and_bias(run.frame(t).state, "with_bias", params) for t in range(run.recorded + 1)]


def right_gate_by_w(seen: Seen) -> bool:
    """Whether the learner has led the curve through the right gate by w alone: b is 0, as it was."""
    is_set = any(isinstance(change.edit, SetArray) and change.edit.name == "W" for change in seen.recipe.edits)
    state: Any = seen.state
    if not (is_set and has_curve(seen.params)):
        return False
    w, b = slope_and_bias(state, "with_bias", seen.params)
    return b == 0 and GATES[1].lets(GATES[1].value(w, b))


def parted_by_hand(seen: Seen) -> bool:
    """Whether the learner has put the solid line between the clouds: by setting both w and b, before any step."""
    edits = {change.edit.name for change in seen.recipe.edits if isinstance(change.edit, SetArray)}
    params, state = seen.params, seen.state
    if seen.t or not {"W", "b"} <= edits or not has_lines(params):
        return False
    data = data_of(params)
    z = scores_at(net_of(params, "with_bias"), state.with_bias.weights, data.x)
    return data.has_targets and accuracy(called(z), data.t.reshape(-1)) >= _BY_HAND


def through_by_hand(seen: Seen) -> bool:
    """Whether the learner has led the curve through both gates: with a b that was set by hand."""
    is_set = any(isinstance(change.edit, SetArray) and change.edit.name == "b" for change in seen.recipe.edits)
    state: Any = seen.state
    return is_set and has_curve(seen.params) and passes(*slope_and_bias(state, "with_bias", seen.params))
