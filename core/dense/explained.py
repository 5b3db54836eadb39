"""A step of both nets as formulas with its numbers: z of one point, and the update of a bias.

z is that of the weights after the step, as the pictures show them; the update begins with those before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.dense.algorithm import Learner, State
from core.dense.nets import NETS, NetName, named, net_of, rule_of
from core.dense.plane import middle, scores_at
from core.dense.settings import Params, data_of
from core.nn import activations
from core.nn.update_rules_explained import in_numbers, in_symbols
from core.run.explanation import Explanation, Focus, Line, Term, added_up, line
from core.run.values import Floats, Ints, kept

SOURCE = "core.dense.algorithm:step"
_OF_BIAS = {"∇f(θ)": "∂L/∂b", "∇f(a)": "∂L/∂b(a)", "∇f": "∂L/∂b", "θ": "b"}  # how the rules speak of any number
_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SHAPES = {1: "middle", 2: "line"}  # what z = 0 is, by the number of inputs


@dataclass(frozen=True)
class Chosen:
    """The point and the unit that are told of, of the last layer or of a hidden one, counted from 1."""

    point: int
    unit: int
    hidden: int = 0  # the layer; 0: the last

    @classmethod
    def of(cls, focus: Focus | None, after: State, params: Params) -> Chosen:
        """Return what is in focus: a `point` (i,), a `unit` (j,), an `output` (i, j), or `hidden` (k, j) from layer 1.

        Else of the batch the point farthest from the origin: its z is seldom so near to 0 that many digits are needed.
        """
        point, unit = _farthest(data_of(params).x, after.batch), 0
        match focus:
            case Focus("output", (i, j)):
                point, unit = i, j
            case Focus("point", (i,)):
                point = i
            case Focus("unit", (j,)):
                unit = j
            case Focus("hidden", (k, j)) if 1 <= k <= len(params.hidden):
                return cls(point, min(j, params.hidden[k - 1] - 1), k)
        return cls(min(point, len(data_of(params).x) - 1), min(unit, params.units - 1))

    @property
    def prefix(self) -> str:
        """What the names of the layer's arrays begin with."""
        return f"hidden_{self.hidden}." if self.hidden else ""

    def place(self, params: Params) -> int:
        """Which layer of the stack it is, from 1."""
        return self.hidden or len(params.hidden) + 1


@kept(8)
def _farthest(points: Floats, batch: Ints) -> int:
    """Return which point of a batch, or of all where it is empty, is farthest from the origin."""
    among = batch[batch >= 0] if (batch >= 0).any() else np.arange(len(points))
    return int(among[np.linalg.norm(points[among], axis=1).argmax()])


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return z and the update of b with the numbers of the step, a row for each net, told of what is in focus."""
    chosen = Chosen.of(focus, after, params)
    if before is None:
        return Explanation(_rule(params, chosen), (), "rule", {}, SOURCE)
    rows = tuple(
        (name, (weighted_sum(learner, name, params, chosen), *_update(before, after, name, params, chosen)))
        for name, learner in ((name, getattr(after, name)) for name in NETS)
        if learner.status not in ("diverged", "out")
    )
    key, values = _in_words(before, after, params, chosen)
    return Explanation(_rule(params, chosen), rows, key, values, SOURCE)


# ---- the rule


def _rule(params: Params, chosen: Chosen) -> tuple[Line, ...]:
    if not params.train_bias or not data_of(params).has_targets:
        return _sum_in_symbols(params, chosen), line("{b:bias} ← b")
    update = [tuple(Term(_of_bias(term.value), term.mark) for term in column) for column in in_symbols(rule_of(params))]
    return _sum_in_symbols(params, chosen), *update


def _of_bias(text: float | str) -> str:
    text = str(text)
    for general, own in _OF_BIAS.items():
        text = text.replace(general, own)
    return text


def _sum_in_symbols(params: Params, chosen: Chosen) -> Line:
    before = params.hidden[: chosen.place(params) - 1]
    letter, count = ("h", before[-1]) if before else ("x", data_of(params).x.shape[1])
    products = [f"{letter}{place}·w{place}" for place in (str(i).translate(_DIGITS) for i in range(1, count + 1))]
    shown = products if count <= 3 else [products[0], "…", products[-1]]
    return line("{z:output} = " + " + ".join(shown) + " + {b:bias}")


# ---- the rule in numbers


def inputs_of(learner: Learner, name: NetName, params: Params, chosen: Chosen) -> Floats:
    """Return what a unit is given for a point: its features, or what the layer before gives."""
    x, place = data_of(params).x[chosen.point : chosen.point + 1], chosen.place(params)
    if place == 1:
        return np.asarray(x[0])
    return np.asarray(net_of(params, name).stack.forward(learner.weights, x).outputs[place - 2][0])


def weighted_sum(learner: Learner, name: NetName, params: Params, chosen: Chosen) -> Line:
    """Return z = x₁·w₁ + … + b of a point and a unit, with a net's weights."""
    own, h = named(learner.weights, name, params), inputs_of(learner, name, params, chosen)
    w, has_bias = own[f"{chosen.prefix}W"][:, chosen.unit], f"{chosen.prefix}b" in own
    bias = float(own[f"{chosen.prefix}b"][chosen.unit]) if has_bias else 0.0
    products = [line("{x}·{w:weight}", {"x": x, "w": by}) for x, by in zip(h.tolist(), w.tolist(), strict=True)]
    end = Term(" + "), Term(bias, Focus("bias") if has_bias else None)
    return (Term(float(h @ w) + bias, Focus("output")), Term(" = "), *added_up(products), *end)


def _update(before: State, after: State, name: NetName, params: Params, chosen: Chosen) -> tuple[Line, ...]:
    """Return the update of the unit's bias; nothing of the net without one."""
    if name == "without_bias" or getattr(after, name).status != "running":
        return ()
    bias = float(named(getattr(before, name).weights, name, params)[f"{chosen.prefix}b"][chosen.unit])
    if not params.train_bias:
        return (line("b = {held:bias}", {"held": bias}),)
    old, new = (getattr(state, name) for state in (before, after))
    return in_numbers(rule_of(params), place_of_bias(params, chosen), (old.weights, old.memory),
                      (new.weights, new.memory))  # fmt: skip


def place_of_bias(params: Params, chosen: Chosen) -> int:
    """Return where the bias of a unit stands in the vector of all weights."""
    begin: int = net_of(params, "with_bias").stack.places[f"layer_{chosen.place(params)}.b"][0].start
    return begin + chosen.unit


# ---- in words

Told = tuple[str, dict[str, float | str]]


def _in_words(before: State, after: State, params: Params, chosen: Chosen) -> Told:
    """Return the key of a sentence that fits the step, and its numbers, before and after."""
    if not data_of(params).has_targets:
        return "no_targets", {}
    left = [name for name in NETS if getattr(after, name).status in ("diverged", "out")]
    if left:
        return f"diverged.{left[0] if len(left) == 1 else 'both'}", {}
    if chosen.hidden:
        return _unit_in_words(before, after, params, chosen)
    if params.hidden:
        return _hidden_in_words(before, after, params, chosen)
    was, now = (named(state.with_bias.weights, "with_bias", params) for state in (before, after))
    values: dict[str, float | str] = {"unit": str(chosen.unit + 1), "b_was": float(was["b"][chosen.unit])}
    values["b"] = float(now["b"][chosen.unit])
    if params.units > 1:
        return "units", values
    if not (was["W"].any() and now["W"].any()):
        return "flat", values
    shape = _SHAPES.get(len(was["W"]), "plane")
    values |= {"was": _place(was), "now": _place(now)}
    return (shape if params.train_bias else f"{shape}.held"), values


def _place(own: dict[str, Floats]) -> float:
    """Return where z of the only unit is 0: of one input its place, of several how far from the origin."""
    w, b = own["W"][:, 0], float(own["b"][0])
    return middle(float(w[0]), b) + 0.0 if len(w) == 1 else abs(b) / math.hypot(*w.tolist())


def _hidden_in_words(before: State, after: State, params: Params, chosen: Chosen) -> Told:
    """Return z at the origin in both nets, and what a hidden unit without bias gives there: f(0)."""
    origin = np.zeros((1, data_of(params).x.shape[1]))
    values: dict[str, float | str] = {"unit": str(chosen.unit + 1)}
    for net, mark in zip(NETS, ("", "bare_"), strict=True):
        for key, state in (("was", before), ("now", after)):
            z = scores_at(net_of(params, net), getattr(state, net).weights, origin)
            values[mark + key] = float(z[0, chosen.unit])
    values["f0"] = float(activations.value(params.hidden_activation, np.zeros(1))[0])
    return ("hidden.free" if values["f0"] else "hidden.nailed"), values


def _unit_in_words(before: State, after: State, params: Params, chosen: Chosen) -> Told:
    """Return what a hidden unit of both nets gives for the point, before the step and after it."""
    values: dict[str, float | str] = {"layer": str(chosen.hidden), "unit": str(chosen.unit + 1)}
    values["point"] = str(chosen.point + 1)
    x = data_of(params).x[chosen.point : chosen.point + 1]
    for net, mark in zip(NETS, ("", "bare_"), strict=True):
        for key, state in (("was", before), ("now", after)):
            given = net_of(params, net).stack.forward(getattr(state, net).weights, x).outputs[chosen.hidden - 1]
            values[mark + key] = float(given[0, chosen.unit])
    return "hidden.unit", values
