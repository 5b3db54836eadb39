"""Do the claims A1 to A5 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core.activations.algorithm import arrays, net_of
from core.activations.inside import Inside, inside
from core.activations.settings import Function
from core.nn.activations import softmax
from core.run.recipe import SetArray
from core.run.values import Floats
from playground.playback.view import View
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from playground.topics.activations.conditions import MOST
from playground.topics.activations.shown import net_shown
from widgets.base.numbers import compact, fixed

_SHARES, _LOSS = (0.015, 0.631, 0.353), 1.04  # of the course notes, whose first share is rounded on the way
_EXACT = 1e-12  # by which shares may change where 1000 is added to all logits
_PRODUCT = 0.25**20
_KILLED = 10  # steps that a unit has to stand still
_DECIDED = ("tanh", "relu", "sigmoid")  # in the order in which they are right on the moons


def _seen_at_the_end(run: Timeline, function: Function) -> Inside:
    """Return a net as the last picture draws it."""
    return net_shown(View(run, run.recorded), function)


def _shares(run: Timeline) -> Floats:
    return arrays(last_state(run), run.recipe.params)["softmax"]


def boundary_at_one_half(runs: Runs) -> Outcome:
    """A1: the loss falls at each step, p lies between 0 and 1, and is at least 0.5 exactly where z is at least 0."""
    run = runs["run"]
    net, loss = _seen_at_the_end(run, "tanh"), column(run, "tanh.loss")[1:]
    z, p = net.look.scores[:, 0], net.probabilities
    is_shared = bool(((p >= 0.5) == (z >= 0)).all() and p.min() >= 0 and p.max() <= 1)
    told = {
        "step": run.recorded, "low": fixed(z.min(), 2), "high": fixed(z.max(), 2), "least": fixed(p.min(), 4),
        "most": fixed(p.max(), 4), "called": int((p >= 0.5).sum()), "above": int((z >= 0).sum()),
    }  # fmt: skip
    return Outcome(is_shared and len(loss) > 1 and bool((np.diff(loss) < 0).all()), told, 0.0)


def scores_of_three_classes(runs: Runs) -> Outcome:
    """A2: shares and loss of the example in the course notes."""
    shares = _shares(runs["run"])
    loss = -math.log(shares[2])
    holds = np.allclose(shares, _SHARES, rtol=0, atol=6e-4) and abs(loss - _LOSS) < 0.005
    told = {name: fixed(share, 3) for name, share in zip(("first", "second", "third"), shares.tolist(), strict=True)}
    return Outcome(holds and runs["run"].recorded > 0, {**told, "loss": fixed(loss, 2)}, round(loss, 2))


def same_added_to_all(runs: Runs) -> Outcome:
    """A2: what is added to all logits changes no share, however large."""
    run, logits = runs["run"], np.array(runs["run"].recipe.params.logits)
    shares, plain = _shares(run), softmax(logits - 1000)
    change = float(np.abs(shares - plain).max())
    told = {"with": fixed(shares[0], 3), "without": fixed(plain[0], 3), "change": compact(_EXACT)}
    return Outcome(change <= _EXACT and run.recorded > 0, told, round(float(shares[0]), 3))


def hot_and_flat(runs: Runs) -> Outcome:
    """A2: the higher the temperature, the more alike the shares."""
    run = runs["run"]
    hot, plain = _shares(run), softmax(np.array(run.recipe.params.logits))
    entropies = [-float((shares * np.log(shares)).sum()) for shares in (hot, plain)]
    told = {
        "hot": fixed(hot[0], 3), "last": fixed(hot[-1], 3), "first": fixed(plain[0], 3), "low": fixed(plain[-1], 3),
        "entropy": fixed(entropies[0], 4), "most": fixed(math.log(len(hot)), 4),
    }  # fmt: skip
    holds = entropies[0] > entropies[1] and np.ptp(hot) < np.ptp(plain) and run.recorded > 0
    return Outcome(bool(holds), told, round(float(hot[0]), 3))


def twenty_layers(runs: Runs) -> Outcome:
    """A3: of the last layer's gradient sigmoid brings next to nothing to the first of 20 layers, ReLU a share."""
    run = runs["run"]
    ends = {f: [float(column(run, f"{f}.grad_{end}")[-1]) for end in ("first", "last")] for f in ("sigmoid", "relu")}
    ratios = {f: first / last for f, (first, last) in ends.items()}
    told = {f"{f}_{end}": compact(value) for f, both in ends.items() for end, value in zip(("first", "last"), both,
            strict=True)}  # fmt: skip
    powers = -math.log10(ratios["sigmoid"])
    holds = ratios["sigmoid"] < 1e-7 and ratios["relu"] > 1e-2
    return Outcome(holds, {**told, "powers": fixed(powers, 1), "product": compact(_PRODUCT)}, round(powers, 1))


def flat_from_the_start(runs: Runs) -> Outcome:
    """A3: with 20 layers sigmoid comes to the loss of a guess and stays there, while ReLU and tanh learn."""
    run = runs["run"]
    losses = {f: column(run, f"{f}.loss") for f in ("sigmoid", "tanh", "relu")}
    lowest = {f: float(np.nanmin(loss)) for f, loss in losses.items()}
    flat = losses["sigmoid"]
    holds = abs(flat[-1] - math.log(2)) < 1e-3 and lowest["relu"] < 0.25 and lowest["tanh"] < 0.06
    told = {
        "sigmoid": fixed(flat[-1], 4), "early": fixed(flat[50], 4), "relu": compact(lowest["relu"]),
        "tanh": compact(lowest["tanh"]), "step": run.recorded,
    }  # fmt: skip
    return Outcome(holds, told, [[t, round(float(flat[t]), 4)] for t in range(1, run.recorded + 1)])


def no_way_back(runs: Runs) -> Outcome:
    """A3: the weights of a dead ReLU unit stay what they are to the bit; those of Leaky ReLU move, and of others."""
    run = runs["run"]
    moved = {f: [_moved(run, f, unit) for unit in (0, 1)] for f in ("relu", "leaky-relu")}
    (relu, other), (leaky, other_leaky) = moved["relu"], moved["leaky-relu"]
    right, right_leaky = (100 * float(column(run, f"{f}.accuracy")[-1]) for f in moved)
    holds = relu == 0 and min(leaky, other, other_leaky) > 0 and right > 90
    told = {
        "step": run.recorded, "relu": fixed(relu, 0), "leaky": compact(leaky), "other": compact(other),
        "other_leaky": compact(other_leaky), "right": fixed(right, 1), "right_leaky": fixed(right_leaky, 1),
    }  # fmt: skip
    return Outcome(bool(holds), told, relu)


def _moved(run: Timeline, function: Function, unit: int) -> float:
    """Return how far the weights of a unit of the first layer have moved in a run."""
    stack = net_of(function, run.recipe.params).stack
    first, last = (state.of(function, run.recipe.params).weights for state in (run.frame(0).state, last_state(run)))
    return float(np.linalg.norm((stack.named(last)["layer_1.W"] - stack.named(first)["layer_1.W"])[:, unit]))


def too_large_a_step(runs: Runs) -> Outcome:
    """A3: under too large a learning rate most units die within a few steps."""
    run = runs["run"]
    dead = [int(net_shown(View(run, t), "relu").dead.sum()) for t in range(run.recorded + 1)]
    first = next((t for t, count in enumerate(dead) if count), 0)
    right = 100 * float(column(run, "relu.accuracy")[-1])
    told = {"dead": dead[-1], "step": run.recorded, "first": first, "right": fixed(right, 1)}
    return Outcome(dead[0] == 0 < first <= 5 and dead[-1] >= 1, told, dead[-1])


def about_zero(runs: Runs) -> Outcome:
    """A4: the mean of a hidden layer's outputs is nearer to 0 with tanh than with sigmoid; tanh gives -1 to 1."""
    run = runs["run"]
    given = {f: _seen_at_the_end(run, f).look.made.outputs[0] for f in ("tanh", "sigmoid", "relu")}
    means = {name: float(outputs.mean()) for name, outputs in given.items()}
    ends = {f"{name}_{end}": fixed(getattr(outputs, key)(), 2) for name, outputs in given.items()
            for end, key in (("low", "min"), ("high", "max"))}  # fmt: skip
    order = sorted(means, key=lambda name: abs(means[name]))
    holds = abs(means["tanh"]) < abs(means["sigmoid"]) and bool(np.abs(given["tanh"]).max() <= 1)
    told = {**{name: fixed(mean, 3) for name, mean in means.items()}, **ends, "step": run.recorded}
    return Outcome(holds and run.recorded > 0, told, order)


def one_start(runs: Runs) -> Outcome:
    """A5: from the same weights the nets come to 95 of 100 at different steps, sigmoid last."""
    run = runs["run"]
    first = {f: _first_right(run, f) for f in _DECIDED}
    reached = {f: t for f, t in first.items() if t is not None}
    order = sorted(reached, key=lambda f: reached[f])
    return Outcome(len(order) == len(_DECIDED) and order[-1] == "sigmoid", {**first}, order)


def _first_right(run: Timeline, function: str) -> int | None:
    """Return the step in which a net first called 95 of 100 points rightly, or None."""
    there = np.flatnonzero(column(run, f"{function}.accuracy") >= MOST)
    return int(there[0]) if len(there) else None


def left_behind(runs: Runs) -> Outcome:
    """A5: plain descent leaves sigmoid behind on spirals."""
    run = runs["run"]
    right = {f: 100 * float(column(run, f"{f}.accuracy")[-1]) for f in _DECIDED}
    holds = right["sigmoid"] < 100 * MOST <= min(right["tanh"], right["relu"])
    return Outcome(holds, {**{f: fixed(share, 1) for f, share in right.items()}, "step": run.recorded},
                   right["sigmoid"])  # fmt: skip


def kill_a_unit(seen: Seen) -> bool:
    """Whether a unit of ReLU's first layer is dead by a bias set by hand, and has stood still for ten steps."""
    if "relu" not in seen.params.functions:
        return False
    names = ("layer_1.b", "relu.layer_1.b")
    typed = [c.step for c in seen.recipe.edits if isinstance(c.edit, SetArray) and c.edit.name in names]
    state: Any = seen.state
    is_dead = inside(state.of("relu", seen.params).weights, "relu", seen.params).dead[0]
    return bool(typed) and seen.t >= typed[-1] + _KILLED and bool(is_dead.any())


def relu_first(seen: Seen) -> bool:
    """Whether ReLU is right for 95 of 100 in a step in which the others are not, by Adam at the rate that it was."""
    params = seen.params
    if set(params.functions) != set(_DECIDED) or (params.optimizer, params.learning_rate) != ("adam", 0.02):
        return False
    right = {f: float(seen.row[f"{f}.accuracy"]) for f in _DECIDED}
    return right["relu"] >= MOST > max(right["tanh"], right["sigmoid"])
