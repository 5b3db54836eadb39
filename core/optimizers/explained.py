"""Explains a step of the race: the rule of the method in view, in symbols and in this step's numbers."""

from __future__ import annotations

from core.nn.update_rules_explained import in_numbers, in_symbols, in_words, source_of
from core.optimizers.algorithm import METHODS, Params, Racer, State, loss_of
from core.run.explanation import Explanation, Focus


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the rule of the method in focus, the first where none is, with the numbers of the step."""
    method = focus.kind if focus else METHODS[0]
    rule = getattr(params, method)
    new: Racer = getattr(after, method)
    if before is None:
        return Explanation(in_symbols(rule), (), f"{method}.rule", {}, source_of(rule))
    old: Racer = getattr(before, method)
    was, loss = (loss_of(params).value(*racer.x.tolist()) for racer in (old, new))
    values: dict[str, float | str] = {"method": method, "was": was, "loss": loss}
    if new.status != "running":
        return Explanation(in_symbols(rule), (), "diverged", values, source_of(rule))
    rows = tuple(
        (label, in_numbers(rule, axis, (old.x, old.memory), (new.x, new.memory)))
        for axis, label in enumerate(("x_axis", "y_axis"))
    )
    key, measured = in_words(rule, old.memory, new.memory, new.step)
    if (method, key) == ("sgd", "step"):
        key = "noisy" if params.noise else "batch" if after.batch.size else key  # whose slope it is
    sentence = key if key == "rest" else f"{method}.{key}"
    return Explanation(in_symbols(rule), rows, sentence, {**values, **measured}, source_of(rule))
