"""A step of one net as formulas with its numbers: what a hidden unit gets and gives for a point.

Row *before* has the weights that the step worked with, row *after* those it made; the gradient in the words is the one
it saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.activations.algorithm import State
from core.activations.beats import Parts, parts
from core.activations.inside import Inside, inside
from core.activations.settings import FEATURES, FUNCTIONS, Function, Params, data_of
from core.run.explanation import SHOWN_FIRST, Explanation, Focus, Line, Term, added_up, line
from core.run.values import Floats

SOURCE = "core.nn.activations:value"
FORMULAS: dict[Function, str] = {
    "sigmoid": "1/(1 + e^−z)", "tanh": "tanh(z)", "relu": "max(0, z)", "leaky-relu": "max(0.01·z, z)",
    "elu": "max(0, z) + min(0, e^z − 1)", "gelu": "z·Φ(z)", "swish": "z·σ(z)", "softplus": "log(1 + e^z)",
}  # fmt: skip
_PRODUCTS_SHOWN = 2  # of a long sum before the dots: each takes twice the room of a term
_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Chosen:
    """The net, the hidden layer, the unit and the point that are told of, all counted from 0."""

    function: Function
    layer: int
    unit: int
    point: int

    @classmethod
    def of(cls, focus: Focus | None, after: State, params: Params) -> Chosen:
        """Return what is in focus: a `point` (i,), or by the name of its function a net, and of that (layer, unit, i).

        Whatever is not said is the first: the first net, unit and example of the batch.
        """
        function, layer, unit, point = params.functions[0], 0, 0, int(after.batch[0]) if after.batch.size else 0
        match focus:
            case Focus("point", (i,)):
                point = i
            case Focus(kind, at) if kind in params.functions:
                function = next(name for name in FUNCTIONS if name == kind)
                layer, unit, point = (*at, *(layer, unit, point)[len(at) :])[:3]
        last = params.layers - 1, params.units - 1, len(data_of(params).x) - 1
        return cls(function, *(min(max(i, 0), most) for i, most in zip((layer, unit, point), last, strict=True)))


@dataclass(frozen=True, eq=False)
class Step:
    """A step that a net made, and what of it is told."""

    before: State
    after: State
    params: Params
    chosen: Chosen
    made: Parts

    @cached_property
    def was(self) -> Inside:
        """The net before all points, with the weights the step worked with."""
        return inside(self.before.of(self.chosen.function, self.params).weights, self.chosen.function, self.params)

    @cached_property
    def now(self) -> Inside:
        """The net before all points, with the weights the step made."""
        return inside(self.after.of(self.chosen.function, self.params).weights, self.chosen.function, self.params)

    def column(self, vector: Floats) -> tuple[Floats, float]:
        """Return the unit's weights and its bias in a vector of all weights, or their gradient in one of that."""
        named, k = self.was.look.net.stack.named(vector), self.chosen.layer + 1
        return named[f"layer_{k}.W"][:, self.chosen.unit], float(named[f"layer_{k}.b"][self.chosen.unit])

    @property
    def slopes(self) -> Floats:
        """∂L/∂w of the unit's weights as the step saw it, (inputs,)."""
        return self.column(self.made.seen.gradient)[0]


def step_of(before: State | None, after: State, params: Params, focus: Focus | None) -> Step | None:
    """Return the step of the net in focus, or None where it made none."""
    chosen = Chosen.of(focus, after, params)
    made = parts(before, after, chosen.function, params) if before is not None else None
    return Step(before, after, params, chosen, made) if before is not None and made is not None else None


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return what the unit in focus gets and gives for a point, before and after the step."""
    chosen, told = Chosen.of(focus, after, params), step_of(before, after, params, focus)
    if told is None:
        return Explanation(rule_of_a_unit(params, chosen), (), "rule" if before is None else "diverged", {}, SOURCE)
    rows = ("before", sum_and_value(told.was, chosen)), ("after", sum_and_value(told.now, chosen))
    key, values = _in_words(told)
    return Explanation(rule_of_a_unit(params, chosen), rows, key, values, SOURCE)


# ---- the rule, and what a unit gets and gives


def rule_of_a_unit(params: Params, chosen: Chosen) -> tuple[Line, ...]:
    """Return the sum of a unit, and what its function makes of it."""
    letter, count = ("a", params.units) if chosen.layer else ("x", FEATURES)
    products = [f"{letter}{place}·w{place}" for place in (str(i).translate(_DIGITS) for i in range(1, count + 1))]
    shown = products if count <= SHOWN_FIRST else [products[0], "…", products[-1]]
    whole = line("{z:sum} = " + " + ".join(shown) + " + {b:bias}")
    return whole, line("{a:output} = " + FORMULAS[chosen.function])


def sum_and_value(net: Inside, chosen: Chosen) -> tuple[Line, ...]:
    """Return z = x₁·w₁ + … + b of the point and the unit with a net's weights, and f(z)."""
    weights, k = net.look.net.stack.named(net.look.weights), chosen.layer + 1
    given = net.look.made.outputs[chosen.layer - 1][chosen.point] if chosen.layer else net.x[chosen.point]
    pairs = zip(given.tolist(), weights[f"layer_{k}.W"][:, chosen.unit].tolist(), strict=True)
    products = [line("{x:input}·{w:weight}", {"x": x, "w": w}) for x, w in pairs]
    z, a = net.sums[chosen.layer][chosen.point, chosen.unit], net.look.made.outputs[chosen.layer]
    bias = Term(float(weights[f"layer_{k}.b"][chosen.unit]), Focus("bias"))
    whole = (Term(float(z), Focus("sum")), Term(" = "), *added_up(products, _PRODUCTS_SHOWN), Term(" + "), bias)
    value = {"a": float(a[chosen.point, chosen.unit])}
    return whole, line(FORMULAS[chosen.function] + " = {a:output}", value)


# ---- in words


def _in_words(told: Step) -> tuple[str, dict[str, float | str]]:
    """Return the key of the sentence that says where the unit's inputs lie, and its numbers, before and after."""
    at, n = told.chosen, len(told.was.x)
    z = told.was.sums[at.layer][:, at.unit]
    was, now = (int(net.flat[at.layer, at.unit]) for net in (told.was, told.now))
    values: dict[str, float | str] = {
        "layer": str(at.layer + 1), "unit": str(at.unit + 1), "n": str(n), "was": str(was), "now": str(now),
        "low": float(z.min()), "high": float(z.max()), "gradient": float(np.linalg.norm(told.slopes)),
    }  # fmt: skip
    if not told.was.slopes[at.layer][:, at.unit].any():
        return "no_slope", values
    return ("all_flat" if was == n else "some_flat" if was else "none_flat"), values
