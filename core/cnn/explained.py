"""A step as formulas with its numbers: how the picture shown is read before it and after, and any cell of any layer.

A cell is told with the weights after the step, as the pictures show it; the beats tell it with those before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.cnn.algorithm import State, examples, outputs_of, stack_of
from core.cnn.explained_cells import Asked, Rows, Said, in_words, rows_of, rule_of
from core.cnn.inside import Place, field
from core.cnn.settings import Layers, Params, net, shown_label
from core.run.explanation import MINUS, Explanation, Focus, Line, line
from core.run.values import Floats

SOURCE = "core.cnn.algorithm:step"


@dataclass(frozen=True)
class Chosen:
    """The cell that is told of: its layer, from 1, and its place; of a place that is not said, the largest cell."""

    k: int
    place: Place | None

    @classmethod
    def of(cls, focus: Focus | None, params: Params) -> Chosen | None:
        """Return what is in focus: a `cell` (k, *place) or a `layer` (k,); None where that is not there."""
        match focus:
            case Focus("layer", (k,)) if 1 <= k <= len(params.layers):
                return cls(k, None)
            case Focus("cell", (k, *place)) if 1 <= k <= len(params.layers):
                sizes = [axis.size or 0 for axis in stack_of(params).shapes[k][1:]]
                is_there = len(place) == len(sizes) and all(0 <= i < n for i, n in zip(place, sizes, strict=True))
                return cls(k, tuple(place)) if is_there else None
        return None


def asked_of(chosen: Chosen, layers: Layers, weights: Floats, outputs: tuple[Floats, ...]) -> Asked:
    """Return the chosen cell of a net with weights, `outputs` being a picture and what each layer makes of it."""
    made, k = net(layers).stack, chosen.k
    y = outputs[k]
    place = chosen.place or tuple(int(i) for i in np.unravel_index(int(y.argmax()), y.shape))
    return Asked(
        k, layers[k - 1], made.shapes[k - 1], made.by_layer(weights)[k - 1], outputs[k - 1], y, place,
        field(layers, k, place), k == len(layers),
    )  # fmt: skip


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the cell in focus; without one, how the picture shown is read before the step and after."""
    chosen = Chosen.of(focus, params)
    if chosen is not None:
        asked = asked_of(chosen, params.layers, after.weights, outputs_of(after.weights, params))
        return of_cell(asked, rows_of(asked), in_words(asked))
    rule = line("p = softmax(z)"), line(f"ℓ = {MINUS}log p")
    now = _read(after, params)
    if before is None or after.status == "diverged":
        alone = (("after", _told(now, params)),)
        return Explanation(rule, alone, "rule" if before is None else "diverged", {}, SOURCE)
    was = _read(before, params)
    rows = ("before", _told(was, params)), ("after", _told(now, params))
    return Explanation(rule, rows, *_step_in_words(after, params, was, now), SOURCE)


def of_cell(asked: Asked, rows: Rows, said: Said) -> Explanation:
    """Return the explanation of a cell."""
    source = f"{type(asked.layer).__module__}:{type(asked.layer).__name__}"
    return Explanation((rule_of(asked.layer),), tuple((label, (one,)) for label, one in rows), *said, source)


def _read(state: State, params: Params) -> Floats:
    return outputs_of(state.weights, params)[-1]


def _class_told(p: Floats, params: Params) -> int:
    """Return the class whose p is told: the right one, or of a picture that was drawn what it is read as."""
    label = shown_label(params)
    return int(p.argmax()) if label is None else label


def _told(p: Floats, params: Params) -> tuple[Line, ...]:
    which = _class_told(p, params)
    share = float(p[which])
    one = line(f"p({which}) = {{p:bar}}", {"p": share})
    return one, line(f"ℓ = {MINUS}log {{p:bar}} = {{l:loss}}", {"p": share, "l": 0.0 - np.log(share)}) if share else ()


def _step_in_words(after: State, params: Params, was: Floats, now: Floats) -> Said:
    count = len(examples(after.batch)[1])
    which = _class_told(now, params)
    values: dict[str, float | str] = {
        "count": str(count), "loss": after.loss, "right": str(round(after.accuracy * count)), "digit": str(which),
        "was": float(was[which]), "now": float(now[which]),
    }  # fmt: skip
    return ("step" if params.picture is None else "step.drawn"), values
