"""Explains a step of the race: the rule of the method in view, in symbols and in this step's numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.nn.update_rules_explained import in_numbers, in_symbols, in_words, source_of
from core.optimizers.algorithm import Racer, State
from core.optimizers.settings import GIVEN, METHODS, Params, loss_of
from core.run.explanation import Explanation, Focus


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the rule of the method in focus, the first where none is, with the numbers of the step."""
    method = focus.kind if focus else METHODS[0]
    rule = getattr(params, method)
    new: Racer = getattr(after, method)
    if before is None:
        return Explanation(in_symbols(rule), (), f"{method}.rule", {}, source_of(rule))
    old: Racer = getattr(before, method)
    sentence, values = _sentence(method, old, new, params)
    if new.status != "running":
        return Explanation(in_symbols(rule), (), sentence, values, source_of(rule))
    rows = tuple(
        (label, in_numbers(rule, axis, (old.x, old.memory), (new.x, new.memory)))
        for axis, label in enumerate(("x_axis", "y_axis"))
    )
    if sentence == "sgd.step":
        sentence = "sgd.noisy" if params.noise else "sgd.batch" if after.batch.size else sentence  # whose slope it is
    return Explanation(in_symbols(rule), rows, sentence, values, source_of(rule))


def _sentence(method: str, old: Racer, new: Racer, params: Params) -> tuple[str, dict[str, float | str]]:
    """Return the key of the sentence that fits a step, and its numbers; where no function is known, no loss is told."""
    is_given, loss = params.function == GIVEN, loss_of(params)
    values: dict[str, float | str] = {"method": method}
    if not is_given:
        values |= {"was": loss.value(*old.x.tolist()), "loss": loss.value(*new.x.tolist()), "bound": loss.bound}
    if new.status != "running":
        none = "none" if method == "newton" else "diverged.given"
        return (none if is_given else "diverged"), values
    key, measured = in_words(getattr(params, method), old.memory, new.memory, new.step, loss.unit)
    if key in ("longer", "shorter", "even") and _is_set(old):
        key = "set"
    if is_given and (method, key) == ("sgd", "step"):
        key = "given"
    name = ("rest.given" if is_given else "rest") if key == "rest" else f"{method}.{key}"
    return name, {**values, **measured}


def _is_set(racer: Any) -> bool:
    """Tell whether a velocity is no step that was made, but was set by hand."""
    velocity, way = racer.memory.velocity, racer.step
    rounding = 1e-9 * (np.abs(racer.x).max() + np.abs(velocity).max())
    return bool((np.abs(velocity - way) > rounding).any())
