"""Do the claims D1 to D4 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.dense.algorithm import arrays
from core.dense.plane import GATES, passes
from core.dense.settings import data_of
from core.run.recipe import SetArray
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from playground.topics.dense.along import is_shown, slope_and_bias
from widgets.base.numbers import fixed

_AT = (2, 0)  # the row and the unit that D1 asks for
_ON, _OFF = 0.95, 0.75  # that D2 claims of the shares of right answers


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


def _curves(run: Timeline) -> list[tuple[float, float]]:
    params = run.recipe.params
    return [slope_and_bias(run.frame(t).state, "with_bias", params) for t in range(run.recorded + 1)]


def through_by_hand(seen: Seen) -> bool:
    """Whether the learner has led the curve through both gates: with a b that was set by hand."""
    is_set = any(isinstance(change.edit, SetArray) and change.edit.name == "b" for change in seen.recipe.edits)
    state: Any = seen.state
    return is_set and is_shown(seen.params) and passes(*slope_and_bias(state, "with_bias", seen.params))
