"""A step of TransE beat by beat: the error of both triples, the gradients, the update."""

from __future__ import annotations

from dataclasses import replace

from core.run.explanation import MINUS, Explanation, Focus, Line, Term, line, numbers_below_each_other
from core.transe import explained
from core.transe.algorithm import State, parts
from core.transe.beats import BEATS
from core.transe.explained import Step, corrupted_error, error, rule_of_error
from core.transe.settings import Params

_ERROR, _GRADIENTS, _UPDATE = BEATS
_SLOPES = {1: "u = sign(h + r − t)", 2: "u = (h + r − t)/d"}


def explain(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> Explanation:
    """Return what is said of a beat; without one, or where no step was made, what is said of the whole step."""
    whole = explained.explain(before, after, params, focus)
    if not beat or before is None or after.diverged or whole.sentence in ("triple", "question"):
        return whole
    step = Step(before, after, params, parts(before, after, params))
    make = {_ERROR: _error, _GRADIENTS: _gradients, _UPDATE: _update}[beat]
    return make(whole, step)


def _error(whole: Explanation, step: Step) -> Explanation:
    rows = ("true", error(step)), ("corrupted", corrupted_error(step))
    key = "error" if step.made.loss else "error.nothing"
    values = {**whole.values, "loss": step.made.loss}
    return Explanation(rule_of_error(step.params), rows, key, values, "core.transe.algorithm:taken_apart")


def _gradients(whole: Explanation, step: Step) -> Explanation:
    """Return u and u', the slopes of both distances; the gradients of all rows are made of them."""
    made = step.made
    rule = line(_SLOPES[step.params.norm]), line(f"∂L/∂r = u {MINUS} u′"), line(f"∂L/∂h = u,  ∂L/∂t = {MINUS}u")
    rows = (
        ("true", (numbers_below_each_other(made.slope, Focus("true")),)),
        ("corrupted", (numbers_below_each_other(made.corrupted_slope, Focus("false")),)),
        ("gradient", ((), numbers_below_each_other(made.relation_gradient, Focus("relation")))),
    )
    values = {**whole.values, "count": str(int(made.gradient.any(axis=1).sum())), "relations": str(_moves(step))}
    key = "gradients" if made.loss else "gradients.nothing"
    return Explanation(rule, rows, key, values, "core.transe.algorithm:summed")


def _moves(step: Step) -> int:
    """Return how many rows of the relations have a gradient: 1, or 0 where u and u' are the same."""
    return int(step.made.relation_gradient.any())


def _update(whole: Explanation, step: Step) -> Explanation:
    """Return relation, head and tail before and after; the sentence is that of the whole step."""
    rule = tuple(line(f"{name} ← {name} {MINUS} η·∂L/∂{name}") for name in "rht")
    rows = tuple((name, _three(step, state)) for name, state in (("before", step.before), ("after", step.after)))
    return replace(whole, rule=rule, rows=rows)


def _three(step: Step, state: State) -> tuple[Line, ...]:
    head, relation, tail = (int(number) for number in step.made.triple)
    vectors = (
        ("r", state.relations[relation], Focus("relation")),
        ("h", state.entities[head], Focus("entity", (head,))),
        ("t", state.entities[tail], Focus("entity", (tail,))),
    )  # where there is room for one row the rule is not seen, which names them
    return tuple((Term(f"{name} "), *numbers_below_each_other(vector, mark)) for name, vector, mark in vectors)
