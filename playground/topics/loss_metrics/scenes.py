"""Do the claims M1 to M5 hold in their runs, and has the learner reached what a task asks?

A row's loss and metrics are of the weights that its step worked with: those of the row before.
"""

from __future__ import annotations

import numpy as np

from core.loss_metrics import outliers
from core.loss_metrics.algorithm import answers
from core.loss_metrics.landscape import Landscape
from core.loss_metrics.unit import Answers, judged
from core.nn.metrics import confusion, sweep
from core.run.recipe import SetArray
from core.run.values import Floats
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from widgets.base.numbers import compact, fixed

_SLOPES = 1e-3  # a loss that slopes by more is said to have a slope
_MOST = 0.94  # of the answers
_FAR_OFF = 50  # the step from which the points held out cost more and more
_SURE = 0.01  # of the probability, for the right class
_ALARMS = 2  # false ones that the task allows
_RIGHT, _COSTLY = 0.75, 0.9  # that both are to rise beyond


def another_metric(runs: Runs) -> Outcome:
    """M1: metric and threshold change no byte of any weight at any step; another loss does."""
    run, measured, other = (runs[name] for name in ("accuracy", "f1", "mse"))
    is_same = run.recorded > 0 and all(
        _weights(run, t).tobytes() == _weights(measured, t).tobytes() for t in range(run.recorded + 1)
    )
    ends = [float(_weights(one, one.recorded)[0]) for one in (run, measured, other)]
    told = dict(zip(runs, (fixed(end, 3) for end in ends), strict=True))
    return Outcome(is_same and ends[2] != ends[0], {"steps": run.recorded, **told}, abs(ends[1] - ends[0]))


def _weights(run: Timeline, t: int) -> Floats:
    weights: Floats = run.frame(t).state.weights
    return weights


def slope_over_one_weight(runs: Runs) -> Outcome:
    """M2: over w_x accuracy is level at nearly all places, where the loss slopes; what there is of it are steps."""
    run = runs["run"]
    seen = Landscape.along(_used(run), 0, run.recipe.params)
    by_loss, by_accuracy = seen.slopes()
    sloping, rising = int((np.abs(by_loss) > _SLOPES).sum()), int((by_accuracy != 0).sum())
    levels = len(set(seen.accuracy().tolist()))
    told = {"accuracy": rising, "loss": sloping, "levels": levels}
    return Outcome(rising <= 1 and sloping >= len(by_loss) - 1 and levels < len(by_loss) / 4, told, rising)


def _used(run: Timeline) -> Floats:
    weights: Floats = last_state(run).used
    return weights


def ten_among_two_hundred(runs: Runs) -> Outcome:
    """M3, M4: for a long stretch 95 of 100 are right and none of the ten is found, while the loss falls."""
    run = runs["run"]
    accuracy, recall, loss, auc = (column(run, name) for name in ("accuracy", "recall", "loss", "auc"))
    still = np.flatnonzero(recall == 0)
    first, last = int(still[0]), int(still[-1])
    shares = accuracy[first : last + 1]
    holds = last - first >= 130 and bool((shares == shares[0]).all() and (np.diff(loss[first : last + 1]) < 0).all())
    told = {
        "first": first, "last": last, "accuracy": fixed(float(shares[0]), 2), "found": int(column(run, "tp")[last]),
        "loss_was": compact(float(loss[first])), "loss": compact(float(loss[last])),
        "auc_was": compact(float(auc[first])), "auc": compact(float(auc[last])),
    }  # fmt: skip
    truth = [[t, float(accuracy[t])] for t in range(1, run.recorded + 1)]
    return Outcome(holds and shares[0] == 0.95, told, truth)


def far_too_long(runs: Runs) -> Outcome:
    """M3: one step that is far too long raises accuracy and loss: what is wrong is far too sure."""
    run = runs["run"]
    right, loss = column(run, "accuracy")[1:], column(run, "loss")[1:]
    seen = answers(_used(run), run.recipe.params)
    own = np.where(seen.t == 1, seen.p, 1 - seen.p)[seen.called != seen.t]
    told = {
        "was": fixed(float(right[0]), 2), "now": fixed(float(right[1]), 2), "loss_was": compact(float(loss[0])),
        "loss": compact(float(loss[1])), "wrong": len(own), "sure": int((own < _SURE).sum()),
    }  # fmt: skip
    return Outcome(bool(right[1] > right[0] and loss[1] > loss[0]), told, float(loss[1]))


def held_out(runs: Runs) -> Outcome:
    """M3: on points held out loss and accuracy both rise over a long stretch, while the training loss falls."""
    run = runs["run"]
    loss, right, train = (column(run, name)[_FAR_OFF:] for name in ("test_loss", "test_accuracy", "loss"))
    holds = bool((np.diff(loss) > 0).all() and (np.diff(train) < 0).all() and right[-1] > right[0])
    ends = (("loss", loss), ("", right), ("train", train))
    told = {(f"{name}_was" if name else "was"): compact(float(values[0])) for name, values in ends}
    told |= {name or "now": compact(float(values[-1])) for name, values in ends}
    truth = [[t, float(value)] for t, value in enumerate(column(run, "test_loss"))]
    return Outcome(holds and len(loss) > 1, {"first": _FAR_OFF, "steps": run.recorded, **told}, truth)


def twenty_answers(runs: Runs) -> Outcome:
    """M4: a threshold is a place of the ROC curve, and the best one need not be one half."""
    run = runs["run"]
    seen = answers(_used(run), run.recipe.params)
    counts, half = seen.counts, confusion(seen.p, seen.t, 0.5).accuracy
    thresholds = sweep(seen.p, seen.t).thresholds.tolist()
    best = max(confusion(seen.p, seen.t, threshold).accuracy for threshold in thresholds)
    place = [counts.fp / 10, counts.tp / 10]
    told = {
        "tp": counts.tp, "fp": counts.fp, "x": fixed(place[0], 1), "y": fixed(place[1], 1),
        "accuracy": fixed(counts.accuracy, 2), "half": fixed(half, 2), "auc": fixed(seen.auc, 2),
    }  # fmt: skip
    return Outcome(counts.accuracy == best > half, told, place)


def three_items(runs: Runs) -> Outcome:
    """M3, M5: two nets are right about the same two of three; their cross-entropy differs by a factor of two."""
    right = [answers(_used(run), run.recipe.params).counts.accuracy for run in runs.values()]
    loss = [float(column(run, "loss")[1]) for run in runs.values()]
    told = {
        "right": fixed(right[0], 2), "other_right": fixed(right[1], 2), "loss": fixed(loss[0], 2),
        "other_loss": fixed(loss[1], 2),
    }  # fmt: skip
    is_known = [round(value, 2) for value in loss] == [1.38, 0.64]
    return Outcome(right[0] == right[1] and is_known, told, loss[1])


def wrong_at_the_flat_end(runs: Runs) -> Outcome:
    """M5: for a point that is as wrong as can be cross-entropy has a slope of nearly −1, squared error of nearly 0."""
    slopes = {name: _slope(run) for name, run in runs.items()}
    ends = {name: float(answers(last_state(run).weights, run.recipe.params).p[0]) for name, run in runs.items()}
    times = slopes["entropy"] / slopes["squared"]
    told = {
        "times": f"{times:.0f}", "steps": runs["entropy"].recorded,
        **{name: fixed(slope, 5) for name, slope in slopes.items()},
        **{f"p_{name}": compact(p) for name, p in ends.items()},
    }  # fmt: skip
    holds = slopes["entropy"] < -0.999 and times > 10_000 and ends["entropy"] > 0.5 > ends["squared"]
    return Outcome(holds, told, times)


def _slope(run: Timeline) -> float:
    """Return ∂ℓ/∂z of the first point at the start."""
    params = run.recipe.params
    seen = answers(_weights(run, 0), params)
    return float(judged(params.loss, seen.z, seen.t).slopes[0])


def from_a_wrong_start(runs: Runs) -> Outcome:
    """M5: cross-entropy leaves a wrong start soon, squared error late, absolute error last."""
    first = {name: _first_right(run) for name, run in runs.items()}
    order = sorted(first, key=lambda name: first[name])
    holds = first["entropy"] < 20 and 250 < first["squared"] < first["absolute"]
    return Outcome(holds, first, order)


def _first_right(run: Timeline) -> int:
    return int(np.flatnonzero(column(run, "accuracy") >= _MOST)[0])


def one_neuron_twice(runs: Runs) -> Outcome:
    """M5: by squared error the neuron that is more wrong learns later; the numbers are those of the book."""
    paths = {name: _answers_by_step(run) for name, run in runs.items()}
    told = {name: fixed(p[-1], 2) for name, p in paths.items()}
    at = {f"{name}_at": int(np.flatnonzero(np.array(path) < 0.5)[0]) for name, path in paths.items()}
    holds = told == {"near": "0.09", "far": "0.20"} and at["near_at"] < at["far_at"]
    return Outcome(holds, {"steps": len(paths["far"]) - 1, **told, **at}, paths["far"][-1])


def _answers_by_step(run: Timeline) -> list[float]:
    """Return p of the first point with the weights of each row."""
    return [float(answers(_weights(run, t), run.recipe.params).p[0]) for t in range(run.recorded + 1)]


def four_pulled_down(runs: Runs) -> Outcome:
    """M5: four points that are far off turn the line of squared error away, and hardly the other two."""
    steps = runs["run"].recorded
    slopes = {loss: float(outliers.descent(loss, 0, steps=steps)[-1][0]) for loss in outliers.LOSSES}
    holds = slopes["mse"] < 1 < 1.5 < min(slopes["mae"], slopes["huber"])
    return Outcome(holds, {"steps": steps, **{loss: fixed(slope, 2) for loss, slope in slopes.items()}}, slopes["mse"])


# ---- tasks


def find_all_ten(seen: Seen) -> bool:
    """Whether the learner has put a threshold where all of a rare class are found, with few false alarms."""
    if not seen.state.used.size or seen.params.threshold == 0.5 or seen.params.imbalance > 0.1:
        return False
    counts = answers(seen.state.used, seen.params).counts
    return counts.fn == 0 < counts.tp and counts.fp <= _ALARMS


def both_rise_by_hand(seen: Seen) -> bool:
    """Whether weights set by hand are right about more points than those of 0, and cost more."""
    is_set = any(isinstance(change.edit, SetArray) and change.step == seen.t for change in seen.recipe.edits)
    dataset = seen.params.dataset  # a name, or points of one's own
    if not is_set or not isinstance(dataset, str) or dataset != "overlapping":
        return False
    own: Answers = answers(seen.state.weights, seen.params)
    return own.counts.accuracy > _RIGHT and own.loss("cross-entropy") > _COSTLY
