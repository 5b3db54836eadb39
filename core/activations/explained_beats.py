"""A step of one net beat by beat: forward, the error, the gradient, the update; told of one point and one unit.

The numbers of a beat are parts of the step between two states, computed when they are asked for.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.activations import explained
from core.activations.algorithm import State, examples, rule_of, slope_lengths
from core.activations.beats import BEATS
from core.activations.explained import Chosen, Step, step_of, sum_and_value
from core.activations.settings import Params
from core.nn.metrics import called
from core.nn.update_rules_explained import in_full, in_numbers, in_symbols_of_weight
from core.run.explanation import MINUS, Explanation, Focus, Line, line, numbers_below_each_other
from core.run.values import Floats

_FORWARD, _ERROR, _BACKWARD, _UPDATE = BEATS


def explain(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> Explanation:
    """Return what is said of a beat; without one, or where the net made no step, what is said of the whole step.

    A point in focus that is not in the batch gives way to the first that is.
    """
    chosen = Chosen.of(focus, after, params)
    if beat and params.batch_size and chosen.point not in after.batch:
        focus = Focus(chosen.function, (chosen.layer, chosen.unit, int(after.batch[0])))
    whole, told = explained.explain(before, after, params, focus), step_of(before, after, params, focus)
    if not beat or told is None:
        return whole
    make = {_FORWARD: _forward, _ERROR: _error, _BACKWARD: _backward, _UPDATE: _update}[beat]
    values = {**whole.values, "point": str(told.chosen.point + 1), "count": str(len(told.made.seen.scores))}
    return make(replace(whole, values=values), told)


def _forward(whole: Explanation, told: Step) -> Explanation:
    at = told.chosen
    values = {
        **whole.values, "z": float(told.was.sums[at.layer][at.point, at.unit]),
        "a": float(told.was.look.made.outputs[at.layer][at.point, at.unit]), "p": _probability(told),
    }  # fmt: skip
    rows = (("before", sum_and_value(told.was, at)),)
    return Explanation(whole.rule, rows, "forward", values, "core.nn.layers.dense:Dense.forward")


def _probability(told: Step) -> float:
    return float(told.was.probabilities[told.chosen.point])


def _error(whole: Explanation, told: Step) -> Explanation:
    """Return p − t and the loss of the point; in words the means over the batch."""
    seen, t = told.made.seen, examples(told.after.batch, told.params)[1]
    at, p = told.chosen.point, _probability(told)
    target, loss = _target(told), float(told.was.look.judged.values[at, 0])
    slope = line(f"{{e:error}} = {{p:output}} {MINUS} {{t:target}}", {"e": p - target, "p": p, "t": target})
    right = p if target else 1 - p
    given = f"{MINUS}log {{p:output}}" if right > 1e-3 else f"{MINUS}log p(t)"  # 1 − p has too few digits there
    rows = (("before", (slope, line(f"{{l:loss}} = {given}", {"l": loss, "p": right}))),)
    rule = line(f"∂L/∂z = p {MINUS} t"), line(f"L = {MINUS}log p(t)")
    values = {
        **whole.values, "loss": seen.loss, "right": str(int((called(seen.scores) == t).sum())),
        "p": p, "target": str(int(target)),
    }  # fmt: skip
    return Explanation(rule, rows, "error", values, "core.nn.losses:judge")


def _target(told: Step) -> float:
    data = examples(told.after.batch, told.params)[1]
    if not told.params.batch_size:
        return float(data[told.chosen.point])
    return float(data[int(np.flatnonzero(told.after.batch == told.chosen.point)[0])])


def _backward(whole: Explanation, told: Step) -> Explanation:
    """Return the gradient that the rule asked for: along the unit's first weight and bias, and in words by layer."""
    weights, bias = told.column(told.made.gradient)
    slopes = line("∂L/∂w₁ = {g:gradient}", {"g": float(weights[0])}), line("∂L/∂b = {g:gradient}", {"g": bias})
    letter = "a" if told.chosen.layer else "x"
    rule = line("{∂L/∂w₁:gradient} = Σ δ·f′(z)·" + f"{letter}₁"), line("{∂L/∂b:gradient} = Σ δ·f′(z)")
    first, last = slope_lengths(told.made.seen.net, told.made.gradient)
    values: dict[str, float | str] = {**whole.values, "first": first, "last": last, "layers": str(told.params.layers)}
    return Explanation(rule, (("gradient", slopes),), "backward", values, "core.nn.layers.dense:Dense.backward")


def _update(whole: Explanation, told: Step) -> Explanation:
    """Return the unit's first weight by the rule, and all its weights before and after; the words are the whole's."""
    old, new = (state.of(told.chosen.function, told.params) for state in (told.before, told.after))
    rule = rule_of(told.params)
    memory = in_full(old.memory, len(old.weights))
    made = in_numbers(rule, _place(told), (old.weights, memory), (new.weights, told.made.memory))
    columns = (("before", old.weights), ("after", new.weights))
    rows = tuple((label, (_numbers(told.column(vector)[0], "weight"),)) for label, vector in columns)
    symbols = in_symbols_of_weight(rule)
    return replace(whole, rule=symbols, rows=(("first", made), *rows), source="core.activations.algorithm:step")


def _place(told: Step) -> int:
    """Return where the unit's first weight stands in the vector of all weights."""
    where, _ = told.was.look.net.stack.places[f"layer_{told.chosen.layer + 1}.W"]
    return int(where.start) + told.chosen.unit


def _numbers(values: Floats, mark: str) -> Line:
    return numbers_below_each_other(values, Focus(mark))
