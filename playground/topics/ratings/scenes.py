"""Do the claims F1 to F4 hold in their runs?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from core.nn.layers import Dense
from core.ratings.algorithm import State, arrays
from core.ratings.candidates import first_of
from core.ratings.factors import Factors, as_dense, error_of_mean, known_in, newcomer
from core.ratings.settings import Params, histories_of, of_newcomer
from core.run.values import Floats
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, last_state
from playground.topics.ratings.conditions import FITS
from widgets.base.numbers import fixed

_GAP = (1, 1)  # of person B and the second film
_TAKEN_OUT, _OFF = 3.5, 0.1  # what stood there, and how far off the product may be
_HELD_OUT, _APART = 0.6, 40.0  # stars, degrees that F3 claims
_FIRST = 3  # films
_CHASES, _ROMANCES = slice(0, 5), slice(5, 10)
_RED_SIGNAL, _SLOW_RAIN = 1, 6
_NONSENSE, _EXACT = (2, 1), 1e-3  # of person C and the second film; an error that is as good as none
_PLACES = 25  # of a curve
_KITCHEN = range(6)  # of the videos


def _arrays(run: Timeline) -> dict[str, Any]:
    return arrays(last_state(run), run.recipe.params)


def gaps_filled(runs: Runs) -> Outcome:
    """F1: the error of the known ratings falls, and the gap comes to what was taken out of it."""
    run = runs["run"]
    gap, rmse = float(_arrays(run)["predicted"][_GAP]), column(run, "rmse")
    holds = abs(gap - _TAKEN_OUT) < _OFF and float(rmse[-1]) < FITS < float(rmse[0])
    return Outcome(holds, {"steps": run.recorded, "gap": fixed(gap, 2), "rmse": fixed(float(rmse[-1]), 3)}, gap)


def row_by_row(runs: Runs) -> Outcome:
    """F1: ALS comes in a few half passes to where SGD needs hundreds of updates, and its loss never rises."""
    first = {name: int(np.argmax(column(run, "rmse") < FITS)) for name, run in runs.items()}
    falls = bool((np.diff(column(runs["als"], "loss")) <= 1e-12).all())
    return Outcome(falls and 0 < 10 * first["als"] < first["sgd"], first, float(first["als"]))


def perfect_nonsense(runs: Runs) -> Outcome:
    """F1: an error of 0 shows nothing: without a penalty what was held out and the gaps come out as nonsense."""
    none, some = runs["none"], runs["some"]
    rmse, test = ({name: float(column(run, key)[-1]) for name, run in runs.items()} for key in ("rmse", "test_rmse"))
    gap = float(_arrays(none)["predicted"][_NONSENSE])
    holds = rmse["none"] < _EXACT < rmse["some"] and test["none"] > 5 * test["some"]
    told = {"fit": f"{rmse['none']:.0e}".replace("e-0", "e-"), "fit_some": fixed(rmse["some"], 2)}
    values = {**told, "none": fixed(test["none"], 1), "some": fixed(test["some"], 1), "nonsense": fixed(gap, 1)}
    return Outcome(holds and some.recorded == none.recorded, values, "some")


def too_many_factors(runs: Runs) -> Outcome:
    """F1: ten factors fit the known ratings better and those held out worse than two, little better than the mean."""
    ends = {name: (column(run, "rmse")[-1], column(run, "test_rmse")[-1]) for name, run in runs.items()}
    (two, test_two), (ten, test_ten) = ends["two"], ends["ten"]
    mean = error_of_mean(last_state(runs["two"]).learned, runs["two"].recipe.params)
    holds = bool(ten < two and test_two < _HELD_OUT and test_ten > 1.5 * test_two)
    told = {"two": two, "test_two": test_two, "ten": ten, "test_ten": test_ten, "mean": mean}
    test = column(runs["ten"], "test_rmse")
    steps = np.linspace(0, len(test) - 1, _PLACES).round().astype(int)
    curve = [[float(t), float(test[t])] for t in steps]
    return Outcome(holds, {name: fixed(float(value), 2) for name, value in told.items()}, curve)


def a_dense_layer(runs: Runs) -> Outcome:
    """F2: the product is what a Dense layer gives, its slopes are those of the loss, and the loss falls by them."""
    run = runs["run"]
    params, told, now = run.recipe.params, _arrays(run), last_state(run).learned
    given, held = Dense(now.items.shape[1], use_bias=False).forward({"W": now.items}, now.users)
    known, made = known_in(now, params), as_dense(now, params)
    slope = np.where(known.mask, 2.0 * (given - known.values) / known.count, 0.0)
    _, by_weights = Dense(now.items.shape[1], use_bias=False).backward({"W": now.items}, held, slope)
    penalty = 2.0 * params.regularization / known.count * known.mask.sum(axis=0) * now.items
    apart = max(np.abs(given - told["predicted"]).max(), np.abs(by_weights["W"] + penalty - made.by_items).max())
    loss = column(run, "loss")
    holds = float(apart) < 1e-12 and float(loss[-1]) < 0.5 * float(loss[0])
    digits = "10⁻¹²" if apart < 1e-12 else f"{apart:.0e}"
    return Outcome(holds, {"digits": digits, "weights": now.items.size}, float(now.items.size))


def near_or_high(runs: Runs) -> Outcome:
    """F3: kinds of films point their own way, and the nearest films are not always those rated highest."""
    run = runs["run"]
    told, test = _arrays(run), float(column(run, "test_rmse")[-1])
    away = np.linalg.norm(told["users"][:, None] - told["items"].T, axis=2)
    lists = zip(_first(told["predicted"]), _first(-away), strict=True)
    same = sum(high == near for high, near in lists)
    angles = np.degrees(np.arctan2(told["items"][1], told["items"][0]))
    angle = abs(float(angles[_CHASES].mean() - angles[_ROMANCES].mean()))
    holds = same < len(away) and test < _HELD_OUT and angle > _APART
    return Outcome(holds, {"same": same, "angle": fixed(angle, 0), "test": fixed(test, 2)}, float(same))


def someone_new(runs: Runs) -> Outcome:
    """F3: of two ratings the vector of someone new follows, and with it what all other films are worth."""
    run = runs["run"]
    told = _told_to_newcomer(last_state(run), run.recipe.params)
    chase, romance = float(told[_RED_SIGNAL]), float(told[_SLOW_RAIN])
    holds = bool(told[_CHASES].min() > 4 and told[_ROMANCES].max() < 2)
    return Outcome(holds, {"chase": fixed(chase, 1), "romance": fixed(romance, 1)}, chase)


def turn_the_arrow(seen: Seen) -> bool:
    """Task: two ratings of someone new bring all romances to 4 or more and all chases to 2 or less."""
    params: Params = seen.params
    is_films = isinstance(params.ratings, str) and params.ratings == "films"
    if params.model != "factors" or not is_films or len(params.newcomer) > 2:
        return False
    told = _told_to_newcomer(seen.state, params)
    return bool(told[_ROMANCES].min() >= 4 and told[_CHASES].max() <= 2)


def _told_to_newcomer(state: State, params: Params) -> Floats:
    now = state.learned
    assert isinstance(now, Factors)
    return np.asarray(newcomer(now, of_newcomer(params), params.regularization) @ now.items)


def _first(values: Floats) -> list[set[int]]:
    """Return the places of the largest of each row."""
    return [set(first_of(row, _FIRST).tolist()) for row in values]


def served_by_products(runs: Runs) -> Outcome:
    """F4: products with the bias as a coordinate serve the softmax's list; without it, and by distance, they do not."""
    run = runs["run"]
    state, params, loss = last_state(run), run.recipe.params, column(run, "loss")
    found: dict[str, list[float]] = {"dot_bias": [], "dot": [], "euclid": []}
    for watched in histories_of(params).people:
        told = arrays(state, replace(params, watched=watched))
        for name, shares in found.items():
            same = set(told[f"top_{name}"].tolist()) & set(told["top_softmax"].tolist())
            shares.append(len(same) / params.top)
    bias, dot, near = (100.0 * float(np.mean(found[name])) for name in ("dot_bias", "dot", "euclid"))
    holds = bias == 100.0 and dot < bias and near < dot and float(loss[-1]) < 2.2
    return Outcome(holds, {"bias": fixed(bias, 0), "dot": fixed(dot, 0), "near": fixed(near, 0)}, "bias")


def of_one_theme(runs: Runs) -> Outcome:
    """F4: the next videos are of the theme watched, though nobody named the themes."""
    run = runs["run"]
    params, loss = run.recipe.params, column(run, "loss")
    scores = _arrays(run)["scores"]
    unseen = [j for j in first_of(scores, len(scores)).tolist() if j not in params.watched][:_FIRST]
    kitchen = sum(j in _KITCHEN for j in unseen)
    names = ", ".join(histories_of(params).videos[j] for j in unseen)
    holds = kitchen >= _FIRST - 1 and float(loss[-1]) < 2.0 < float(loss[0])
    told = {"kitchen": kitchen, "names": names, "begin": fixed(float(loss[0]), 2), "end": fixed(float(loss[-1]), 2)}
    return Outcome(holds, told, float(kitchen))
