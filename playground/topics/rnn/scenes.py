"""Do the claims R1 to R5 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

import math

import numpy as np

from core.nn.training import Look
from core.rnn.algorithm import SetRadius, State, arrays, names_by_time, seen_in, seen_with
from core.rnn.net import grad_by_lag, look, named, slopes_of_last, unrolled
from core.rnn.settings import Params, characters_of
from core.rnn.time_distributed import three_ways, weights_at_each_time, weights_over_all_times
from core.run.topic import Arrays
from core.run.values import Floats
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, first_step, last_state
from playground.topics.rnn.conditions import MOSTLY
from playground.topics.rnn.lately import KNOWN, LATELY, known_from, lately
from widgets.base.numbers import brief, compact, count, fixed, setting

_EXACT = 1e-9
_LEAST, _MOST = 0.15, 0.35  # between which one in four guessed answers lies, as the mean of 50 steps
_HELD = 50  # steps whose mean is what is known in the end, where batches of few answers are compared
_SUM, _LAG, _THOUSANDTH = 0.1, 8, 1e-3  # what tasks ask for: a loss, how far back, a share of the gradient
_HALF, _WITHIN, _AFTER, _RIGHT = 0.5, 300, 200, 0.9


# ---- R1: one cell along time


def same_cell(runs: Runs) -> Outcome:
    """R1: h(t) is f(x(t)·W + h(t − 1)·U + b) at every time, with the same W, U and b."""
    held, own = _shown(runs["run"]), named(_look(runs["run"]).weights, runs["run"].recipe.params)
    h = [0.0]
    for x in held["inputs"][0, :, 0].tolist():
        h.append(float(x * own["W"][0, 0] + h[-1] * own["U"][0, 0] + own["b"][0]))
    told = {f"h{t}": setting(value) for t, value in enumerate(h[1:])}
    return Outcome(held["h"][0, :, 0].tolist() == h, told, h[-1])


def place_after_place(runs: Runs) -> Outcome:
    """R1: parity is learned from left to right: a place is known before any that is built on it."""
    run, places = runs["run"], {"first": 0, "third": 2, "last": 7}
    steps = {name: _known_from(run, f"accuracy_{place}") for name, place in places.items()}
    holds = steps["first"] < steps["third"] < steps["last"] <= run.recorded
    return Outcome(
        holds, {name: f"{step:g}" for name, step in steps.items()}, sorted(steps, key=lambda name: steps[name])
    )


def hello(runs: Runs) -> Outcome:
    """R1: after one l nobody can tell l from o; who carries a state can, from the second letter on."""
    right = _in_the_end(runs["run"])
    holds = 0.7 <= right[0] <= 0.9 and bool((right[1:] >= KNOWN).all())
    told = {"first": _percent(right[0]), "second": _percent(right[1]), "last": _percent(right[3])}
    return Outcome(holds, told, 100 * float(right[0]))


def three_bits(runs: Runs) -> Outcome:
    """R1: of bits two of which are drawn and the third is their XOR, that third alone is told by the two before it."""
    right, xor = _in_the_end(runs["run"]), [1, 4, 7]
    drawn = np.delete(right, xor)
    holds = bool((right[xor] >= MOSTLY).all() and (drawn < MOSTLY).all())
    told = {"known": int((right > MOSTLY).sum()), "least": _percent(drawn.min()), "most": _percent(drawn.max())}
    return Outcome(holds, told, int((right > MOSTLY).sum()))


# ---- R2: what U carries


def radius_to_the_lag(runs: Runs) -> Outcome:
    """R2: with a linear cell and U radius times a rotation, the gradient changes by the radius for each time back."""
    share, rule = _by_lag(runs["run"]), _rule(runs["run"])
    told = {"third": setting(round(float(share[3]), 6)), "last": brief(share[7], 2)}
    return Outcome(bool(np.allclose(share, rule, rtol=_EXACT, atol=0.0)), told, float(share[3]))


def a_tenth_more(runs: Runs) -> Outcome:
    """R2: where the radius is above 1 the gradient swells with each time back."""
    share, rule = _by_lag(runs["run"]), _rule(runs["run"])
    holds = np.allclose(share, rule, rtol=_EXACT, atol=0.0) and bool((np.diff(share) > 0).all())
    return Outcome(holds, {"seventh": brief(share[7], 3), "last": brief(share[19], 3)}, float(share[19]))


def tanh_takes_away(runs: Runs) -> Outcome:
    """R2: tanh only takes away from what a linear cell of the same U brings back; at radius 1.1 it vanishes, too."""
    share, rule = _by_lag(runs["run"]), _rule(runs["run"])
    holds = bool((share[1:] < rule[1:]).all()) and share[-1] < 0.5 < 1 < rule[-1]
    return Outcome(holds, {"tanh": brief(share[-1], 2), "line": brief(rule[-1], 2)}, float(share[-1]))


def how_large_a_state(runs: Runs) -> Outcome:
    """R2: a state of tanh stays within 1, one of a linear cell does not."""
    most = {name: float(np.abs(_shown(run)["h"]).max()) for name, run in runs.items()}
    told = {name: compact(value) for name, value in most.items()}
    return Outcome(most["tanh"] <= 1 and most["linear"] > 100, told, most["tanh"])


def ten_times_ago(runs: Runs) -> Outcome:
    """R2: what fades before the error gets there is not learned."""
    right = {name: lately(run, "accuracy") for name, run in runs.items()}
    holds = bool(right["one"][-1] > KNOWN and np.nanmax(right["small"]) < 0.6)
    told = {name: _percent(share[-1]) for name, share in right.items()}
    told |= {f"lag_{name}": brief(_by_lag(run, 1)[10], 2) for name, run in runs.items()}
    return Outcome(holds, told, _curve(right["small"]))


def too_long_a_step(runs: Runs) -> Outcome:
    """R2: the same run diverges within ten steps, and learns where its gradient is clipped."""
    clipped, step = runs["clipped"], first_step(runs["free"], "diverged")
    right, norm = float(lately(clipped, "accuracy")[-1]), float(np.nanmax(column(clipped, "grad_norm")))
    holds = step is not None and step < 10 and first_step(clipped, "diverged") is None and right >= KNOWN
    return Outcome(holds and norm > 100, {"step": step, "norm": brief(norm, 3), "right": _percent(right)}, step)


def ring_pulled(runs: Runs) -> Outcome:
    """R2: where U is made shorter less of the gradient comes back, with tanh less than radius to the lag."""
    frame = runs["run"].frame(runs["run"].recorded)
    kept, pulled = (_share_left(now, frame.made, frame.used) for now in (frame.made, frame.state))
    line = _HALF**7
    told = {"pulled": brief(pulled, 1), "kept": brief(kept, 2), "line": brief(line, 2)}
    return Outcome(pulled < line < kept, told, "less" if pulled < line else "more")


def way_back(runs: Runs) -> Outcome:
    """R2: through time the error goes back by one product with U a time."""
    seen = _look(runs["run"])
    slopes = slopes_of_last(seen).by_h[0, :, 0]
    again = [2.0 * 0.5**lag for lag in (3, 2, 1, 0)]
    told = {f"g{t}": setting(slope) for t, slope in enumerate(slopes.tolist())}
    return Outcome(slopes.tolist() == again, told, float(slopes[0]))


# ---- R3: the same Dense at every time


def the_same_dense(runs: Runs) -> Outcome:
    """R3: V and c are as many whatever the length; all times at once, in a loop or in one product give the same."""
    counts, holds = set(), True
    for run in runs.values():
        seen = _look(run)
        own = named(seen.weights, run.recipe.params)
        ways = three_ways(unrolled(seen).h[:, 1:], own["V"], own["c"])
        holds &= all(
            np.allclose(ways.block, way, rtol=0.0, atol=1e-12) for way in (ways.loop, ways.product, seen.scores)
        )
        counts.add(own["V"].size + own["c"].size)
    units, outputs = own["V"].shape
    every = weights_over_all_times(runs["long"].recipe.params.length, units, outputs)
    holds &= counts == {weights_at_each_time(units, outputs)}
    return Outcome(holds, {"weights": max(counts), "all": count(every)}, max(counts))


# ---- R4: one and many


def one_and_many(runs: Runs) -> Outcome:
    """R4: the mode says at which times there are inputs and outputs; echo is learned in all three."""
    held = {name: _shown(run) for name, run in runs.items()}
    shapes = {name: (list(of["inputs"].shape), list(of["outputs"].shape)) for name, of in held.items()}
    whole, one, alone = [16, 8, 4], [16, 1, 4], [16, 4]
    holds = shapes == {"every": (whole, whole), "end": (whole, alone), "one": (one, whole)}
    holds &= all(lately(run, "accuracy")[-1] >= KNOWN for run in runs.values())
    return Outcome(holds, {name: str(tuple(made)) for name, (_, made) in shapes.items()}, shapes["end"][1])


def asked_at_the_end(runs: Runs) -> Outcome:
    """R4: a target at every time teaches what one at the end alone does not: there the loss stays that of a guess."""
    loss = {name: lately(run, "loss") for name, run in runs.items()}
    right = float(lately(runs["end"], "accuracy")[-1])
    holds = lately(runs["every"], "accuracy")[-1] >= KNOWN and abs(loss["end"][-1] - math.log(2)) < 0.03
    told = {name: fixed(float(values[-1]), 3) for name, values in loss.items()} | {"right": _percent(right)}
    return Outcome(bool(holds), told, _curve(loss["end"]))


def marked_sum(runs: Runs) -> Outcome:
    """R4: two marked values among six are added up, though the sum is asked for at the end alone."""
    run = runs["run"]
    right, step = lately(run, "accuracy"), _known_from(run, "accuracy", MOSTLY)
    holds = step <= run.recorded and right[LATELY] < 0.5
    return Outcome(bool(holds), {"step": f"{step:g}", "first": _percent(right[LATELY])}, step)


def after_a_letter(runs: Runs) -> Outcome:
    """R4: one letter does not tell the next, eight do."""
    right = _in_the_end(runs["run"])
    places = {"first": float(right[0]), "third": float(right[2]), "last": float(right[7])}
    holds = places["first"] < 0.8 < places["third"] < places["last"] and places["last"] >= KNOWN
    told = {name: _percent(share) for name, share in places.items()}
    return Outcome(holds, told, sorted(places, key=lambda name: places[name]))


def after_the_moon(runs: Runs) -> Outcome:
    """R4: what follows a character that stands twice in the text cannot be told from it alone."""
    run = runs["run"]
    params, state, names = run.recipe.params, last_state(run), characters_of(run.recipe.params.text)
    x, moon = np.zeros((1, params.length, len(names))), names.index("月")
    x[0, 0, moon] = 1.0
    outputs = look(params, state.seen, x, np.zeros((1, params.length), dtype=np.int64), np.empty(0)).outputs[0, 0]
    light, low = float(outputs[names.index("光")]), float(outputs[names.index("低")])
    holds = light + low > 0.9 and max(light, low) < 0.75
    told = {"light": fixed(light, 2), "low": fixed(low, 2), "right": _percent(lately(run, "accuracy")[-1])}
    return Outcome(holds, told, light)


def wave_goes_on(runs: Runs) -> Outcome:
    """R4: one value of a wave does not tell the next one, a few do."""
    right = _in_the_end(runs["run"])
    holds = right[0] < 0.3 < right[3] < right[11] and right[11] >= MOSTLY
    told = {"first": _percent(right[0]), "fourth": _percent(right[3]), "last": _percent(right[11])}
    return Outcome(bool(holds), told, 100 * float(right[0]))


# ---- R5: a state that is carried from batch to batch


def the_seam(runs: Runs) -> Outcome:
    """R5: only a carried state knows what stood in the piece before."""
    off, on = (_in_the_end(runs[name], _HELD) for name in ("off", "on"))
    holds = all(_LEAST <= share <= _MOST for share in off[:2]) and min(*off[2:], *on) >= KNOWN
    told = {f"{name}_{t}": _percent(right[t]) for name, right in (("off", off), ("on", on)) for t in range(4)}
    return Outcome(bool(holds), told, 100 * float(off[0]))


def a_foreign_past(runs: Runs) -> Outcome:
    """R5: a state carried into a sequence that does not go on from the last one does harm."""
    right = {name: float(_in_the_end(run, _HELD).mean()) for name, run in runs.items()}
    told = {name: _percent(share) for name, share in right.items()}
    return Outcome(right["foreign"] <= 0.75 and right["own"] >= KNOWN, told, 100 * right["foreign"])


# ---- tasks


def a_thousandth(seen: Seen) -> bool:
    """Whether the learner has pulled the ring so that of the gradient less than a thousandth is left at lag 7."""
    is_pulled = any(isinstance(change.edit, SetRadius) for change in seen.recipe.edits)
    if not (is_pulled and seen.state.seen.size and seen.params.length >= 8):
        return False
    return 0 < _share_left(seen.state, seen.state, seen.params) < _THOUSANDTH


def least_radius(seen: Seen) -> bool:
    """Whether the learner has found a small radius with which what was heard eight times ago is learned."""
    own: Params = seen.params
    is_asked = (own.task, own.mode) == ("echo", "many-to-one") and own.lag >= _LAG and own.radius <= _HALF
    return is_asked and 0 < seen.t <= _WITHIN and not seen.recipe.edits and float(seen.row["loss"]) < _SUM


def keep_it_sound(seen: Seen) -> bool:
    """Whether a clip of the learner's keeps the linear cell of radius 1.3 sound until it is mostly right."""
    own: Params = seen.params
    is_it = (own.cell, own.mode, own.optimizer) == ("linear", "many-to-one", "sgd") and own.learning_rate >= 0.05
    is_long = own.radius >= 1.3 and own.length >= 20 and own.clip > 0
    return is_it and is_long and seen.t > _AFTER and not seen.state.diverged and float(seen.row["accuracy"]) >= _RIGHT


# ---- what they look at


def _look(run: Timeline, t: int | None = None) -> Look:
    """Return what the step into t, or the last one, saw. Raises ValueError where there was none."""
    frame = run.frame(run.recorded if t is None else t)
    seen = seen_in(frame.made, frame.used)
    if seen is None:
        raise ValueError("no step was made")
    return seen


def _shown(run: Timeline) -> Arrays:
    """Return the arrays of the last step. Raises ValueError where there was none."""
    _look(run)
    frame = run.frame(run.recorded)
    return arrays(frame.made, frame.used)


def _by_lag(run: Timeline, t: int | None = None) -> Floats:
    """Return the gradient of the last loss at each lag beside that at lag 0, in a step, or the last one."""
    lengths = grad_by_lag(_look(run, t))
    return np.asarray(lengths / lengths[0])


def _share_left(now: State, made: State, params: Params) -> float:
    """Return of a gradient what is left at lag 7, where the weights are those of a state, on the step's sequences.

    Raises ValueError where no step was made.
    """
    seen = seen_with(now, made, params)
    if seen is None:
        raise ValueError("no step was made")
    lengths = grad_by_lag(seen)
    return float(lengths[7] / lengths[0])


def _rule(run: Timeline) -> Floats:
    """Return radius to the power of each lag: what a linear cell makes of a gradient of length 1."""
    params: Params = run.recipe.params
    return np.asarray(params.radius ** np.arange(params.length))


def _in_the_end(run: Timeline, steps: int = LATELY) -> Floats:
    """Return the share of right answers at each time (length,), the mean of the last steps."""
    means = [column(run, name)[-steps:].mean() for name in names_by_time(run.recipe.params.length)]
    return np.array(means)


def _known_from(run: Timeline, name: str, share: float = KNOWN) -> float:
    """Return the first step by which so many answers of the last 20 steps were right; infinity where there is none."""
    step = float(known_from(column(run, name)[1:, None], share)[0])
    return step if math.isfinite(step) else math.inf


def _curve(means: Floats) -> list[list[float]]:
    """Return a mean of 20 steps by step, from the first that has one."""
    return [[float(t), float(means[t])] for t in range(LATELY, len(means))]


def _percent(share: float) -> str:
    return fixed(100 * float(share), 1)
