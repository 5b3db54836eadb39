"""A step of either model beat by beat; without a beat the whole step."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.ratings import explained, factors
from core.ratings.algorithm import Learned, Parts, State
from core.ratings.beats import parts
from core.ratings.explained import Chosen, Told, factors_of, names_of, net_in
from core.ratings.factors import AsDense, HalfPass, OneRating
from core.ratings.settings import Params, examples_of, histories_of, ratings_of
from core.run.explanation import Explanation, Focus, Line, line, numbers_below_each_other


def explain(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> Explanation:
    """Return what is said of a beat; of the last one, and where no step was made, what is said of the whole step."""
    whole = explained.explain(before, after, params, focus)
    made = None if before is None or not beat else parts(before, after, params)
    if before is None or made is None or beat == "update":
        return whole
    chosen = Chosen.of(focus, after, params)
    cells, (key, values) = _of_beat(before, after, params, made, chosen, beat)
    return replace(whole, rows=(("step", cells),) if cells else (), sentence=key, values=values)


def _of_beat(
    before: State, after: State, params: Params, made: Parts, chosen: Chosen, beat: str
) -> tuple[tuple[Line, ...], Told]:
    match made:
        case OneRating():
            return _of_rating(before, after, params, made, beat)
        case HalfPass():
            return _of_half_pass(before, params, made, chosen, beat)
        case AsDense():
            return _of_dense(before, params, made, chosen, beat)
        case Learned():
            return _of_net(after, params, made, beat)


def _of_rating(
    before: State, after: State, params: Params, made: OneRating, beat: str
) -> tuple[tuple[Line, ...], Told]:
    error = explained.error_in_numbers(factors_of(before), made)
    if beat == "error":
        values = explained.rated(before, after, params, made) | {"e": made.error}
        return (error,), ("error.sgd", values)
    pushes = (made.push_user, made.push_item)
    shown = (numbers_below_each_other(push, Focus(mark)) for push, mark in zip(pushes, ("user", "item"), strict=True))
    lengths = dict(zip(("of_user", "of_item"), (float(np.linalg.norm(push)) for push in pushes), strict=True))
    return (error, *shown), ("gradients.sgd", {**names_of(params, made.user, made.item), **lengths})


def _of_half_pass(
    before: State, params: Params, made: HalfPass, chosen: Chosen, beat: str
) -> tuple[tuple[Line, ...], Told]:
    now, row = factors_of(before), explained.row_of(made, chosen)
    known, begun = factors.known_in(now, params), ratings_of(params)
    of_row, names = (known.mask[row], begun.users) if made.side == "users" else (known.mask[:, row], begun.items)
    values: dict[str, float | str] = {"name": names[row]}
    if beat == "system":
        key = f"system.{made.side}"
        return (explained.equation(made, chosen),), (key, values | {"count": str(int(of_row.sum()))})
    old = now.users[row] if made.side == "users" else now.items[:, row]
    values |= {"was": float(np.linalg.norm(old)), "now": float(np.linalg.norm(made.solved[row]))}
    cells = explained.equation(made, chosen), explained.solution(made, chosen)
    return cells, (f"solution.{made.side}", values)


def _of_dense(before: State, params: Params, made: AsDense, chosen: Chosen, beat: str) -> tuple[tuple[Line, ...], Told]:
    now = factors_of(before)
    known = factors.known_in(now, params)
    product, count = explained.product(now, made, chosen), str(known.count)
    if beat == "error":
        rmse = explained.mean_squared((made.predicted - known.values)[known.mask])
        return (product,), ("error.dense", {"count": count, "rmse": rmse})
    slope = numbers_below_each_other(made.by_users[chosen.user], Focus("user"))
    lengths = {"of_users": float(np.linalg.norm(made.by_users)), "of_items": float(np.linalg.norm(made.by_items))}
    return (product, slope), ("gradients.dense", {"count": count, **lengths})


def _of_net(after: State, params: Params, made: Learned, beat: str) -> tuple[tuple[Line, ...], Told]:
    """Return what the net made of the batch before its update; forward is told of the batch's first example."""
    seen, count = made.made.seen, str(len(made.examples))
    if beat == "error":
        return (), ("error.candidates", {"count": count, "loss": seen.loss})
    if beat == "backward":
        return (), ("backward", {"count": count, "length": float(np.linalg.norm(made.made.gradient))})
    person, target = int(net_in(after).person[0]), int(net_in(after).target[0])
    p, videos = float(seen.outputs[0, target]), histories_of(params).videos
    others = str(int(examples_of(params).counts[person]) - 1)
    values: dict[str, float | str] = {
        "person": str(person + 1),
        "others": others,
        "video": videos[target],
        "share": explained.PERCENT * p,
    }
    score = line("score = {z}", {"z": float(seen.scores[0, target])}), line("p = {p}", {"p": p})
    return score, ("forward", values)
