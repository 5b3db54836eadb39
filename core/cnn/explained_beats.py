"""A step layer by layer, told of one digit of the batch: forwards, the loss, back, and the update.

It is the digit shown if the batch has it, else the first of the batch. Slopes are of the batch's mean loss.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.cnn import explained
from core.cnn.algorithm import State, examples, rule_of
from core.cnn.beats import Parts, parts
from core.cnn.explained import Chosen, asked_of, of_cell
from core.cnn.explained_cells import rows_of
from core.cnn.settings import Params
from core.data.digits import digits
from core.nn.layers import text_of
from core.nn.metrics import called
from core.nn.update_rules_explained import in_full, in_numbers, in_symbols_of_weight
from core.run.explanation import MINUS, Explanation, Focus, line, numbers_below_each_other
from core.run.values import Floats


@dataclass(frozen=True, eq=False)
class Step:
    """A step that was made, and the digit of its batch that is told of."""

    before: State
    after: State
    params: Params
    made: Parts
    place: int  # of the digit in the batch

    @property
    def digit(self) -> int:
        """Which of all digits it is."""
        return int(self.after.batch[self.place])

    @property
    def label(self) -> int:
        """What it is."""
        return int(digits().labels[self.digit])

    @property
    def outputs(self) -> tuple[Floats, ...]:
        """The digit, (1, 8, 8), and what each layer made of it before the update; of the last the probabilities."""
        seen = self.made.seen
        x = digits().images[self.digit][None]
        return (x, *(y[self.place] for y in (*seen.made.outputs[:-1], seen.outputs)))

    def slope(self, k: int) -> Floats:
        """∂L/∂y_k of the digit, in the shape of what layer k gives; of the last layer it is ∂L/∂z."""
        return np.asarray(self.made.slopes[k][self.place])


def step_of(before: State | None, after: State, params: Params) -> Step | None:
    """Return the step between two states, or None where none was made."""
    made = parts(before, after, params) if before is not None else None
    if before is None or made is None:
        return None
    is_it = (after.batch == params.shown) & (params.picture is None)
    return Step(before, after, params, made, int(is_it.argmax()))  # the first of the batch where it is none


def explain(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> Explanation:
    """Return what is said of a beat; without one, or where no step was made, what is said of the whole step."""
    told = step_of(before, after, params) if beat else None
    if told is None:
        return explained.explain(before, after, params, focus)
    kind, _, place = beat.partition("_")
    k = int(place or 0)
    chosen = Chosen.of(focus, params)
    if kind == "layer":
        return _forward(told, chosen if chosen and chosen.k == k else Chosen(k, None))
    if kind == "back":
        return _backward(told, k, _unit(chosen, k))
    return _loss(told) if kind == "loss" else _update(told, chosen)


def _unit(chosen: Chosen | None, k: int) -> int:
    """Return the map or unit in focus if it is of layer k, else the first."""
    return chosen.place[0] if chosen and chosen.k == k and chosen.place else 0


def _forward(told: Step, chosen: Chosen) -> Explanation:
    outputs = told.outputs
    asked = asked_of(chosen, told.params.layers, told.before.weights, outputs)
    y = outputs[chosen.k]
    values: dict[str, float | str] = {
        "digit": str(told.digit), "label": str(told.label), "layer": asked.layer.type, "shape": _shape(y),
        "cells": str(y.size), "zeros": str(int((y == 0).sum())), "high": float(y.max()),
    }  # fmt: skip
    return of_cell(asked, rows_of(asked), ("forward", values))


def _shape(y: Floats) -> str:
    """Return the shape of a digit's numbers as it is written, channels last."""
    return text_of((*y.shape[1:], y.shape[0]))


def _loss(told: Step) -> Explanation:
    seen, t = told.made.seen, examples(told.after.batch)[1]
    p, own = float(told.outputs[-1][told.label]), float(seen.judged.values[told.place])
    numbers = line(f"ℓ = {MINUS}log {{p:bar}} = {{l:loss}}", {"p": p, "l": own}) if p else line("ℓ = {l}", {"l": own})
    values: dict[str, float | str] = {
        "count": str(len(t)), "loss": seen.loss, "right": str(int((called(seen.scores) == t).sum())),
        "digit": str(told.digit), "label": str(told.label), "p": p, "own": own,
    }  # fmt: skip
    rule = (line(f"ℓ = {MINUS}log p({told.label})"),)
    return Explanation(rule, (("before", (numbers,)),), "loss", values, "core.nn.losses:judge")


def _backward(told: Step, k: int, unit: int) -> Explanation:
    layer = told.params.layers[k - 1]
    gradient = told.made.asked.net.stack.by_layer(told.made.gradient)[k - 1]
    came, passed = (float(np.linalg.norm(told.made.slopes[i])) for i in (k, k - 1))
    values: dict[str, float | str] = {"layer": layer.type, "came": came, "passed": passed}
    source = f"{type(layer).__module__}:{type(layer).__name__}.backward"
    if not gradient:
        return Explanation((line("∂L/∂y → ∂L/∂x"),), (), "back", values, source)
    vector = np.concatenate([array.ravel() for array in gradient.values()])
    values |= {"weights": str(vector.size), "gradient": float(np.linalg.norm(vector))}
    own = numbers_below_each_other(of_unit(gradient["W"], unit), Focus("gradient", (k, unit)))
    rows = (("gradient", (own,)),)
    return Explanation((line("∂L/∂W = Σ x·∂L/∂z"),), rows, "back.weights", values, source)


def of_unit(W: Floats, unit: int) -> Floats:
    """Return the weights of a map, or of a unit, in one row."""
    return (W[unit] if W.ndim == 4 else W[:, unit]).ravel()


def _update(told: Step, chosen: Chosen | None) -> Explanation:
    """Return the first weight of the layer in focus by the rule, and the weights of its unit before and after."""
    k = _layer_with_weights(told.params, chosen)
    unit = _unit(chosen, k)
    rule, old, new = rule_of(told.params), told.before, told.after
    memories = (in_full(old.memory, len(old.weights)), told.made.memory)
    made = in_numbers(rule, _first_of(told, k, unit), (old.weights, memories[0]), (new.weights, memories[1]))
    kernels = (of_unit(_kernels(told, k, state.weights), unit) for state in (old, new))
    columns = (numbers_below_each_other(kernel, Focus("kernel", (k, unit))) for kernel in kernels)
    rows = tuple((label, (column,)) for label, column in zip(("before", "after"), columns, strict=True))
    symbols = in_symbols_of_weight(rule)
    moved, length = float(np.linalg.norm(new.weights - old.weights)), float(np.linalg.norm(old.weights))
    values: dict[str, float | str] = {"weights": str(len(new.weights)), "moved": moved, "length": length}
    return Explanation(symbols, (("first", made), *rows), "update", values, explained.SOURCE)


def _layer_with_weights(params: Params, chosen: Chosen | None) -> int:
    has = [k for k, layer in enumerate(params.layers, 1) if hasattr(layer, "use_bias")]
    return chosen.k if chosen and chosen.k in has else has[0]


def _kernels(told: Step, k: int, weights: Floats) -> Floats:
    return told.made.seen.net.stack.by_layer(weights)[k - 1]["W"]


def _first_of(told: Step, k: int, unit: int) -> int:
    """Return where the first weight of a map or unit stands in the vector of all."""
    where, shape = told.made.seen.net.stack.places[f"layer_{k}.W"]
    return int(where.start) + unit * (int(np.prod(shape[1:])) if len(shape) == 4 else 1)
