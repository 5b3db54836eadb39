"""A step of either model as formulas with its numbers, told of one person and one thing.

sgd tells of the rating it took; the other methods of the row that is in focus, and the net of a video to be served.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.ratings import candidates, factors
from core.ratings.algorithm import Learned, Parts, State, loss_of
from core.ratings.beats import parts
from core.ratings.candidates import Candidates, Served
from core.ratings.factors import AsDense, Factors, HalfPass, OneRating
from core.ratings.settings import Params, histories_of, of_newcomer, ratings_of
from core.run.explanation import (
    MINUS,
    Explanation,
    Focus,
    Line,
    Term,
    added_up,
    line,
    numbers_below_each_other,
)
from core.run.values import Floats

SOURCES = {
    "sgd": "core.ratings.factors:one_rating", "als": "core.ratings.factors:half_pass",
    "dense": "core.ratings.factors:as_dense", "candidates": "core.ratings.candidates:served",
}  # fmt: skip
PERCENT = 100.0

_RULES = {
    "sgd": (
        f"{{e:error}} = {{r:rating}} {MINUS} {{u:user}}·{{v:item}}",
        f"{{u:user}} ← u + η(e·v {MINUS} λu)",
        f"{{v:item}} ← v + η(e·u {MINUS} λv)",
    ),
    "als": ("(Σ v·vᵀ + λ·n·1)·{u:user} = Σ {r:rating}·v", "{u:user} ← u that solves it"),
    "dense": ("{r̂:rating} = {u:user}·{v:item}", f"{{u:user}} ← u {MINUS} η·∂loss/∂u"),
    "candidates": ("score = {u:user}·{w:item} + b", "p = softmax(score)"),
}  # fmt: skip
_OF_ITEMS = ("(Σ u·uᵀ + λ·n·1)·{v:item} = Σ {r:rating}·u", "{v:item} ← v that solves it")
_PUSH_USER = f"{{u_new:user}} = {{u:user}} + {{η:setting}}·({{e:error}}·{{v:item}} {MINUS} {{λ:setting}}·{{u:user}})"
_PUSH_ITEM = f"{{v_new:item}} = {{v:item}} + {{η:setting}}·({{e:error}}·{{u:user}} {MINUS} {{λ:setting}}·{{v:item}})"

Told = tuple[str, dict[str, float | str]]


@dataclass(frozen=True)
class Chosen:
    """The person and the thing that are told of."""

    user: int
    item: int

    @classmethod
    def of(cls, focus: Focus | None, after: State, params: Params) -> Chosen:
        """Return what is in focus: a `user (i,)`, an `item (j,)` or a `rating (i, j)`; else what the step took."""
        if params.model == "candidates":
            return cls(0, _video(focus, after, params))
        now = factors_of(after)
        if params.method == "sgd":
            return cls(now.user, now.item)
        kinds = {"user": ("user",), "item": ("item",), "rating": ("user", "item")}
        found = dict(zip(kinds.get(focus.kind, ()), focus.at, strict=False)) if focus else {}
        rows, columns = now.given.values.shape
        return cls(min(found.get("user", 0), rows - 1), min(found.get("item", 0), columns - 1))


def _video(focus: Focus | None, after: State, params: Params) -> int:
    served = candidates.served(net_in(after).weights, params)
    wanted = focus.at[0] if focus and focus.kind == "item" and focus.at else candidates.first_of(served.scores, 1)[0]
    return min(int(wanted), len(served.scores) - 1)


def factors_of(state: State) -> Factors:
    """Return the matrices of a state of the model `factors`."""
    assert isinstance(state.learned, Factors)
    return state.learned


def net_in(state: State) -> Candidates:
    """Return the net of a state of the model `candidates`."""
    assert isinstance(state.learned, Candidates)
    return state.learned


def way_of(params: Params) -> str:
    """Return the method, or `candidates`."""
    return params.method if params.model == "factors" else "candidates"


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the rule and the numbers of the step."""
    rule = rule_of(after, params)
    source = SOURCES[way_of(params)]
    if before is None:
        return Explanation(rule, (), f"rule.{params.model}", {}, source)
    made = parts(before, after, params)
    if made is None:
        return Explanation(rule, (), "diverged", {}, source)
    chosen = Chosen.of(focus, after, params)
    cells = in_numbers(before, after, params, made, chosen)
    key, values = _in_words(before, after, params, made, chosen)
    return Explanation(rule, (("step", cells),) if cells else (), key, values, source)


def explain_newcomer(state: State, params: Params) -> Explanation:
    """Return how the row of someone new is solved beside the films of a state, whatever the method learned them by."""
    rated = of_newcomer(params)
    made, count = factors.beside(factors_of(state), rated, params.regularization), int((~np.isnan(rated)).sum())
    rule, source = tuple(line(template) for template in _RULES["als"]), "core.ratings.factors:beside"
    if not count:
        return Explanation(rule, (), "newcomer.none", {}, source)
    cells = equation(made, Chosen(0, 0)), solution(made, Chosen(0, 0))
    values: dict[str, float | str] = {"count": str(count), "length": float(np.linalg.norm(made.solved[0]))}
    return Explanation(rule, (("step", cells),), "newcomer", values, source)


def rule_of(after: State, params: Params) -> tuple[Line, ...]:
    """Return the rule in symbols; half a pass of als over things has letters of its own."""
    is_of_items = way_of(params) == "als" and after.t > 0 and factors.side_of(after.t) == "items"
    return tuple(line(template) for template in (_OF_ITEMS if is_of_items else _RULES[way_of(params)]))


# ---- in numbers


def in_numbers(before: State, after: State, params: Params, made: Parts, chosen: Chosen) -> tuple[Line, ...]:
    """Return the columns of the rule with the numbers of the step."""
    match made:
        case Learned():
            return served_in_numbers(candidates.served(net_in(after).weights, params), chosen.item)
        case OneRating():
            return (error_in_numbers(factors_of(before), made), *_pushes(before, after, params, made))
        case HalfPass():
            return () if is_held(made, params) else (equation(made, chosen), solution(made, chosen))
        case AsDense():
            return (product(factors_of(before), made, chosen), _descent(before, after, params, made, chosen))


def served_in_numbers(served: Served, video: int) -> tuple[Line, ...]:
    """Return the score of a video and the share of the softmax that comes of it."""
    total, p = float(served.scores[video]), float(served.probabilities[video])
    end = (Term(" + "), Term(float(served.b[video]), Focus("bias")))
    score = (Term(total), Term(" = "), *added_up(_products(served.user, served.W[:, video])), *end)
    return score, line("p = {p}", {"p": p})


def _products(u: Floats, v: Floats) -> list[Line]:
    pairs = zip(u.tolist(), v.tolist(), strict=True)
    return [line("{u:user}·{v:item}", {"u": one, "v": other}) for one, other in pairs]


def error_in_numbers(now: Factors, made: OneRating) -> Line:
    """Return e = r − u·v of the rating that the step took."""
    r, products = (
        float(now.given.values[made.user, made.item]),
        _products(now.users[made.user], now.items[:, made.item]),
    )
    begin = Term(made.error, Focus("error")), Term(" = "), Term(r, Focus("rating")), Term(f" {MINUS} (")
    return (*begin, *added_up(products), Term(")"))


def _pushes(before: State, after: State, params: Params, made: OneRating) -> tuple[Line, ...]:
    """Return the update of the first number of both vectors; one that is not trained stays."""
    was, now = factors_of(before), factors_of(after)
    u, v = float(was.users[made.user, 0]), float(was.items[0, made.item])
    told = {"η": params.learning_rate, "λ": params.regularization, "e": made.error, "u": u, "v": v}
    told |= {"u_new": float(now.users[made.user, 0]), "v_new": float(now.items[0, made.item])}
    of_user = _PUSH_USER if params.train != "items" else "{u:user} = {u_new:user}"
    of_item = _PUSH_ITEM if params.train != "users" else "{v:item} = {v_new:item}"
    return line(of_user, told), line(of_item, told)


def row_of(made: HalfPass, chosen: Chosen) -> int:
    """Return which row of the side solved is told of."""
    return chosen.user if made.side == "users" else chosen.item


def equation(made: HalfPass, chosen: Chosen) -> Line:
    """Return the first of the equations of a row."""
    row, mark = row_of(made, chosen), "user" if made.side == "users" else "item"
    pairs = zip(made.systems[row, 0].tolist(), made.solved[row].tolist(), strict=True)
    products = [line(f"{{a}}·{{u:{mark}}}", {"a": a, "u": u}) for a, u in pairs]
    return (*added_up(products), Term(" = "), Term(float(made.sums[row, 0]), Focus("rating")))


def solution(made: HalfPass, chosen: Chosen) -> Line:
    """Return the vector that solves the equations of a row."""
    mark = Focus("user" if made.side == "users" else "item")
    return numbers_below_each_other(made.solved[row_of(made, chosen)], mark)


def is_held(made: HalfPass, params: Params) -> bool:
    """Tell whether the side of a half pass is one that is not trained."""
    return params.train not in ("both", made.side)


def product(now: Factors, made: AsDense, chosen: Chosen) -> Line:
    """Return what the layer gives of the chosen person for the chosen thing."""
    products = _products(now.users[chosen.user], now.items[:, chosen.item])
    total = Term(float(made.predicted[chosen.user, chosen.item]), Focus("rating"))
    return (total, Term(" = "), *added_up(products))


def _descent(before: State, after: State, params: Params, made: AsDense, chosen: Chosen) -> Line:
    """Return the update of the first number of the chosen person."""
    was, now = (float(factors_of(state).users[chosen.user, 0]) for state in (before, after))
    if params.train == "items":
        return line("{u:user} = {now:user}", {"u": was, "now": now})
    told = {"now": now, "was": was, "η": params.learning_rate, "g": float(made.by_users[chosen.user, 0])}
    return line(f"{{now:user}} = {{was:user}} {MINUS} {{η:setting}}·{{g:gradient}}", told)


# ---- in words


def names_of(params: Params, user: int, item: int) -> dict[str, float | str]:
    """Return the names of a person and a thing that was rated."""
    known = ratings_of(params)
    return {"user": known.users[user], "item": known.items[item]}


def predicted(state: State, user: int, item: int) -> float:
    """Return u·v."""
    now = factors_of(state)
    return float(now.users[user] @ now.items[:, item])


def _in_words(before: State, after: State, params: Params, made: Parts, chosen: Chosen) -> Told:
    """Return the key of a sentence and its numbers, before the step and after it."""
    losses = {"was": loss_of(before.learned, params), "now": loss_of(after.learned, params)}
    match made:
        case Learned():
            return "candidates", {**losses, **_most_likely(after, params)}
        case OneRating():
            return "sgd", rated(before, after, params, made)
        case HalfPass():
            return ("als.held" if is_held(made, params) else f"als.{made.side}"), {**losses}
        case AsDense():
            known = factors.known_in(factors_of(before), params)
            return "dense", {**losses, "count": str(known.count)}


def _most_likely(after: State, params: Params) -> dict[str, float | str]:
    served = candidates.served(net_in(after).weights, params)
    first = int(candidates.first_of(served.scores, 1)[0])
    share = PERCENT * float(served.probabilities[first])
    return {"video": histories_of(params).videos[first], "share": share, "watched": str(len(params.watched))}


def rated(before: State, after: State, params: Params, made: OneRating) -> dict[str, float | str]:
    """Return who gave what how much, and what was predicted before the step and after it."""
    r = float(factors_of(before).given.values[made.user, made.item])
    was, now = (predicted(state, made.user, made.item) for state in (before, after))
    return {**names_of(params, made.user, made.item), "r": r, "was": was, "now": now}


def mean_squared(values: Floats) -> float:
    """Return √(mean of squares)."""
    return float(np.sqrt((values**2).mean()))
