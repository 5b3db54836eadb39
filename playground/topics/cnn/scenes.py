"""Do the claims N1 to N5 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.cnn.algorithm import outputs_of, stack_of, steps_in_epoch
from core.cnn.beats import parts
from core.cnn.inside import all_silent, field, patches, silent
from core.cnn.readings import Reading, has_plane, reading, reading_pushed, silhouettes
from core.cnn.settings import Params, shown_label
from core.data.digits import SIDE, digits
from core.nn.layers import Conv2D
from core.nn.metrics import silhouette
from core.run.recipe import SetParam
from core.run.values import Floats
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from playground.topics.cnn.conditions import READ
from playground.topics.cnn.epochs import at_epochs
from widgets.base.numbers import fixed

_LEARNED = 5  # epochs that a task asks for before the net is tried
_SURE = 0.9  # p of a picture drawn by hand
_THROUGH_TWO = 0.9  # of the held-out digits, read off two numbers
_SECOND = 3  # the place of the second convolution
_ALIKE = 0.83  # mean cosine between patches that one map answers to
_RANDOM = 200  # sets of nine patches


def never_seen_before(runs: Runs) -> Outcome:
    """N1: after each of the last three epochs the net reads at least 95 of 100 digits that it never learned from."""
    run = runs["run"]
    read = column(run, "test_accuracy")[:: steps_in_epoch(run.recipe.params)]
    told = {"first": _percent(read[0]), "one": _percent(read[1]), "last": _percent(read[-1])}
    curve = [[float(t), float(share)] for t, share in zip(*at_epochs(run), strict=True)]
    return Outcome(bool((read[-3:] >= READ).all()), told, curve)


def what_learns(runs: Runs) -> Outcome:
    """N2: kernels are what moves; a pool has no number that could."""
    run = runs["run"]
    stack = stack_of(run.recipe.params)
    was, now = (stack.by_layer(run.frame(t).state.weights) for t in (0, run.recorded))
    moved = {f"conv_{i}": _moved(was[k]["W"], now[k]["W"]) for i, k in ((1, 0), (2, 2))}
    pools = sum(stack.counts[k].total for k in (1, 3))
    holds = pools == 0 < moved["conv_1"] < moved["conv_2"]
    told = {name: _percent(share) for name, share in moved.items()}
    return Outcome(holds, {**told, "pools": pools, "steps": run.recorded}, ["pools", "conv_1", "conv_2"])


def _moved(was: Floats, now: Floats) -> float:
    """Return how far weights moved, as a share of their length."""
    return float(np.linalg.norm(now - was) / np.linalg.norm(was))


def one_pixel_aside(runs: Runs) -> Outcome:
    """N3: pooling cuts weights and adds some tolerance to a shift of one pixel, to the left as to the right."""
    plain, left, right = ({name: _read(run, push) for name, run in runs.items()} for push in ((0, 0), (0, -1), (0, 1)))
    weights = {name: _count(run) for name, run in runs.items()}
    holds = weights["max"] < weights["none"] and all(side["max"] > side["none"] for side in (left, right))
    told: dict[str, object] = {name: _percent(share) for name, share in left.items()}
    told |= {f"{name}_plain": _percent(share) for name, share in plain.items()}
    return Outcome(holds and left["max"] < plain["max"], told | _weights(runs), 100 * left["max"])


def price_of_pooling(runs: Runs) -> Outcome:
    """N3: digits that stand as they are, are read a little better without pooling, by ten times the weights."""
    share = {name: _read(run, (0, 0)) for name, run in runs.items()}
    holds = share["mean"] < share["max"] < share["none"]
    told: dict[str, object] = {name: _percent(part) for name, part in share.items()}
    return Outcome(holds, told | _weights(runs), sorted(share, key=lambda name: share[name]))


def without_pools(runs: Runs) -> Outcome:
    """N3: pooling takes no weight out of a convolution; it is the first Dense that has fewer inputs."""
    params = runs["run"].recipe.params
    counts = [count.total for count in stack_of(params).counts]
    plain = [count.total for count in stack_of(Params()).counts]
    kernels, hidden = counts[0] + counts[1], params.layers[3].units
    is_told = kernels == plain[0] + plain[2] and sum(plain) == 6058 < sum(counts)
    told = {"all": f"{sum(counts):,}", "kernels": f"{kernels:,}", "inputs": f"{counts[3] // hidden - 1:,}"}
    return Outcome(is_told and _has_learned(runs["run"]), told, float(sum(counts)))


def _read(run: Timeline, push: tuple[int, int]) -> float:
    """Return the share of held-out digits that the last net of a run reads rightly when all are pushed."""
    made = reading_pushed(last_state(run).weights, run.recipe.params.layers, push)
    return made.right / len(made.labels)


def _count(run: Timeline) -> int:
    return sum(count.total for count in stack_of(run.recipe.params).counts)


def _weights(runs: Runs) -> dict[str, object]:
    return {f"{name}_weights": f"{_count(run):,}" for name, run in runs.items()}


def where_classes_part(runs: Runs) -> Outcome:
    """N4: classes part on the way through the net, and in the hidden Dense by training."""
    run = runs["run"]
    layers = run.recipe.params.layers
    was, now = (silhouettes(run.frame(t).state.weights, layers) for t in (0, run.recorded))
    holds = now["hidden"] >= 3 * was["hidden"] and now["hidden"] >= 1.5 * now["pixels"] == 1.5 * was["pixels"]
    told: dict[str, object] = {name: fixed(value, 2) for name, value in now.items()}
    told |= {f"{name}_before": fixed(value, 2) for name, value in was.items()}
    return Outcome(holds, told | {"steps": run.recorded}, sorted(now, key=lambda place: now[place]))


def the_star_opens(runs: Runs) -> Outcome:
    """N4: the ten probabilities of each digit pull it to a tip of its own, and fewer and fewer to another's."""
    was, now = (_reading_at(runs["run"], t) for t in (0, runs["run"].recorded))
    before, star = (silhouette(one.star, one.labels) for one in (was, now))
    wrong = [len(one.labels) - one.right for one in (was, now)]
    told = {"star_before": fixed(before, 2), "star": fixed(star, 2), "before": wrong[0], "wrong": wrong[1]}
    return Outcome(before < 0 < star and wrong[1] < wrong[0] / 4, told, wrong[1])


def _reading_at(run: Timeline, t: int) -> Reading:
    return reading(run.frame(t).state.weights, run.recipe.params.layers)


def two_numbers_a_digit(runs: Runs) -> Outcome:
    """N4: two numbers, learned, are enough to tell most digits: the layers before turn each class to its own side."""
    run = runs["run"]
    layers = run.recipe.params.layers
    before, after = (silhouettes(run.frame(t).state.weights, layers)["hidden"] for t in (0, run.recorded))
    share = _read(run, (0, 0))
    told = {"share": _percent(share), "before": fixed(before, 2), "after": fixed(after, 2)}
    return Outcome(has_plane(layers) and before < 0 < after and share > 0.7, told, 100 * share)


# ---- local, then the whole


def what_excites_a_map(runs: Runs) -> Outcome:
    """N5: the patches that excite a map of the first convolution are alike, whatever digits they come from."""
    run = runs["run"]
    weights, params = last_state(run).weights, run.recipe.params
    found, own = patches(weights, params.layers, 1, 0), stack_of(params).by_layer(weights)[0]
    sums = [float((patch.cells * own["W"][0, 0]).sum() + own["b"][0]) for patch in found]
    alike, random = _alike(np.array([patch.cells.ravel() for patch in found])), _alike_at_random()
    classes = len({int(digits().labels[patch.digit]) for patch in found})
    holds = np.allclose(sums, [patch.value for patch in found]) and alike > _ALIKE > random
    told = {"classes": classes, "alike": fixed(alike, 2), "random": fixed(random, 2)}
    return Outcome(bool(holds) and _has_learned(run), told, classes)


def _alike(rows: Floats) -> float:
    """Return the mean cosine of rows to each other."""
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return float((unit @ unit.T)[np.triu_indices(len(rows), 1)].mean())


def _alike_at_random() -> float:
    """Return the same of nine patches with ink taken at random, one a digit; the mean of many such sets."""
    rng, images = np.random.default_rng(0), digits().images[digits().test]
    found: list[Floats] = []
    while len(found) < 9 * _RANDOM:
        digit, row, column = rng.integers(0, (len(images), SIDE - 2, SIDE - 2))
        patch = images[digit, row : row + 3, column : column + 3]
        if patch.any():
            found.append(patch.ravel())
    return float(np.mean([_alike(np.array(found[i : i + 9])) for i in range(0, len(found), 9)]))


def how_much_a_cell_sees(runs: Runs) -> Outcome:
    """N5: a cell of the first convolution sees 3 × 3 pixels, one of the second 8 × 8: the size of the digit."""
    layers = runs["run"].recipe.params.layers
    first, second = field(layers, 1, (0, 4, 4)), field(layers, 3, (0, 1, 1))
    holds = (first.rows, first.columns) == (3, 3) and (second.rows, second.columns) == (SIDE, SIDE)
    inside = second.inside
    told = {"rows": second.rows, "columns": second.columns, "inside": f"{inside.rows} × {inside.columns}",
            "first": f"{first.rows} × {first.columns}"}  # fmt: skip
    return Outcome(holds and _has_learned(runs["run"]), told, [second.rows, second.columns])


# ---- steps


def a_rate_of_three(runs: Runs) -> Outcome:
    """N1: steps far too large drive every map of the second convolution to 0, and nothing brings one back."""
    run = runs["run"]
    layers = run.recipe.params.layers
    dead = silent(last_state(run).weights, layers)[_SECOND - 1]
    alive, share = int((~dead).sum()), _read(run, (0, 0))
    is_dead = [_SECOND in all_silent(run.frame(t).state.weights, layers) for t in range(run.recorded + 1)]
    first = is_dead.index(True) if any(is_dead) else run.recorded
    holds = alive == 0 and all(is_dead[first:]) and share < 0.15
    return Outcome(holds, {"alive": alive, "at": first, "read": _percent(share)}, alive)


def one_step_taken_apart(runs: Runs) -> Outcome:
    """N2: one update by plain descent takes η times the slope that came back from each weight."""
    run = runs["run"]
    params, (was, now) = run.recipe.params, (run.frame(t).state for t in (0, run.recorded))
    made = parts(was, now, params)
    if made is None:
        return Outcome(False)
    before, after = float(was.weights[0]), float(now.weights[0])
    holds = bool(np.allclose(now.weights, was.weights - params.learning_rate * made.gradient, atol=1e-15))
    told = {"before": fixed(before, 4), "after": fixed(after, 4), "slope": fixed(float(made.gradient[0]), 4)}
    return Outcome(holds and after != before, told, after)


def _has_learned(run: Timeline) -> bool:
    """Tell whether the kernels of the first convolution are others than those the run began with."""
    was, now = (stack_of(run.recipe.params).by_layer(run.frame(t).state.weights)[0]["W"] for t in (0, run.recorded))
    return _moved(was, now) > 0


def _percent(share: float) -> str:
    return fixed(100 * float(share), 1)


# ---- tasks


def drawn_by_hand(seen: Seen) -> bool:
    """Whether a net that has learned for five epochs is sure of a picture that the learner drew."""
    params = seen.params
    if seen.row["epoch"] < _LEARNED or params.picture is None:
        return False
    return float(outputs_of(seen.state.weights, params)[-1].max()) >= _SURE


def pushed_and_still_read(seen: Seen) -> bool:
    """Whether a net that has learned for five epochs reads a digit rightly that was pushed by two cells or more."""
    params, label = seen.params, shown_label(seen.params)
    if seen.row["epoch"] < _LEARNED or label is None or max(map(abs, params.push)) < 2:
        return False
    return int(outputs_of(seen.state.weights, params)[-1].argmax()) == label


def all_maps_silent(seen: Seen) -> bool:
    """Whether a rate that the learner raised in the run has left all maps of the last convolution 0 for the digit."""
    params: Any = seen.params
    raised = [one for one in seen.recipe.edits if isinstance(one.edit, SetParam) and one.edit.name == "learning_rate"]
    convolutions = [k for k, layer in enumerate(params.layers, 1) if isinstance(layer, Conv2D)]
    if not (raised and convolutions):
        return False
    return not outputs_of(seen.state.weights, params)[convolutions[-1]].any()


def through_two_units(seen: Seen) -> bool:
    """Whether the net reads most held-out digits off two numbers."""
    return has_plane(seen.params.layers) and float(seen.row["test_accuracy"]) >= _THROUGH_TWO
