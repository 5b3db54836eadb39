"""A step of the recurrent net as formulas with its numbers: the cell at one time, and the update of one weight of U.

The numbers are those of the weights that the step worked with, as the pictures show them; only the update ends in the
new ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.nn.training import Look
from core.nn.update_rules_explained import in_numbers, in_symbols
from core.rnn.algorithm import Parts, State
from core.rnn.beats import parts
from core.rnn.net import NAMES, look, named, net_of, right, rule_of, unrolled
from core.rnn.settings import Params, characters_of, sizes_of
from core.run.explanation import MINUS, Explanation, Focus, Line, Term, added_up, line
from core.run.values import LARGEST, Floats

SOURCE = "core.rnn.algorithm:step"
FUNCTIONS = {"tanh": "tanh(z)", "relu": "max(0, z)", "linear": "z", "sigmoid": "σ(z)"}
_OF_U = {"∇f(θ)": "∂L/∂U", "∇f(a)": "∂L/∂U(a)", "∇f": "∂L/∂U", "θ": "U"}  # how the rules speak of any number
PERCENT = 100.0
PRODUCTS_SHOWN = 2  # before the dots: the sum and what the cell makes of it stand in one line
_UNSEEN = {" ": "␣", "\n": "↵", "\t": "⇥"}
_CHOSEN = {
    "state": ("sequence", "time", "unit"), "output": ("sequence", "time"), "sequence": ("sequence",),
    "time": ("time",), "unit": ("unit",), "lag": ("lag",),
}  # fmt: skip  # what a focus chooses, by its kind


@dataclass(frozen=True)
class Chosen:
    """The sequence of the batch, the time and the unit that are told of."""

    sequence: int
    time: int
    unit: int

    @classmethod
    def of(cls, focus: Focus | None, params: Params, time: int | None = None) -> Chosen:
        """Return what is in focus: a `sequence (i,)`, `time (t,)`, `unit (j,)`, `lag (k,)` or `state (i, t, j)`.

        An `output (i, t, k)` chooses its sequence and time. Else the first of all, and the last time or a given one.
        """
        last = params.length - 1
        found = {"time": last, **(dict(zip(_CHOSEN.get(focus.kind, ()), focus.at, strict=False)) if focus else {})}
        if "lag" in found:
            found["time"] = last - found["lag"]
        if time is not None:
            found["time"] = time
        most = {"sequence": params.batch_size - 1, "time": last, "unit": params.units - 1}
        return cls(**{name: min(max(found.get(name, 0), 0), high) for name, high in most.items()})


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the cell and the update of a weight with the numbers of the step, told of what is in focus."""
    rule = (*cell_in_symbols(params), *_update_in_symbols(params))
    if before is None:
        return Explanation(rule, (), "rule", {}, SOURCE)
    made = parts(before, after, params)
    if made is None:
        return Explanation(rule, (), "diverged", {}, SOURCE)
    chosen = Chosen.of(focus, params)
    cells = (*cell_in_numbers(made.seen, params, chosen), *_update_in_numbers(before, made, params, chosen))
    key, values = _in_words(made, params)
    return Explanation(rule, (("step", cells),), key, values, SOURCE)


# ---- the cell


def cell_in_symbols(params: Params) -> tuple[Line, ...]:
    """Return the sum of a unit, and what its function makes of it."""
    total = line(f"z = {{x(t):input}}·W + {{h(t {MINUS} 1):carried}}·U + b")
    return total, line(f"{{h(t):state}} = {FUNCTIONS[params.cell]}")


def cell_in_numbers(seen: Look, params: Params, chosen: Chosen) -> tuple[Line, ...]:
    """Return the same of the chosen sequence, time and unit. What is multiplied by 0 is left out."""
    made, own = unrolled(seen), named(seen.weights, params)
    i, t, j = chosen.sequence, chosen.time, chosen.unit
    products = _products(made.x[i, t], own["W"][:, j], "input") + _products(made.h[i, t], own["U"][:, j], "carried")
    total, bias = Term(float(made.z[i, t, j])), Term(float(own["b"][j]))
    plus = (Term(" + "),) if products else ()
    h = float(made.h[i, t + 1, j])
    return (total, Term(" = "), *added_up(products, PRODUCTS_SHOWN), *plus, bias), line(
        f"{FUNCTIONS[params.cell]} = {{h:state}}", {"h": h}
    )


def _products(given: Floats, weights: Floats, mark: str) -> list[Line]:
    pairs = zip(given.tolist(), weights.tolist(), strict=True)
    return [line(f"{{x:{mark}}}·{{w:weight}}", {"x": x, "w": w}) for x, w in pairs if x]


# ---- the update of one weight


def _update_in_symbols(params: Params) -> tuple[Line, ...]:
    """Return the rule's last column, which brings the new weight: all of them stand in the race of optimizers."""
    *_, column = in_symbols(rule_of(params))
    return (tuple(Term(_of_U(str(term.value)), term.mark) for term in column),)


def _of_U(text: str) -> str:  # noqa: N802
    for general, own in _OF_U.items():
        text = text.replace(general, own)
    return text


def _update_in_numbers(before: State, made: Parts, params: Params, chosen: Chosen) -> tuple[Line, ...]:
    """Return the update of the weight by which the chosen unit sees its own last state."""
    begin: int = net_of(params).stack.places[NAMES["U"]][0].start
    place = begin + chosen.unit * (params.units + 1)
    *_, column = in_numbers(rule_of(params), place, (before.weights, before.memory), (made.weights, made.memory))
    return (column,)


# ---- in words

Told = tuple[str, dict[str, float | str]]


def _in_words(made: Parts, params: Params) -> Told:
    """Return the key of a sentence: the loss of the same sequences before and after the update, and the clipping."""
    with np.errstate(all="ignore"):
        again = look(params, made.weights, made.batch.x, made.batch.t, unrolled(made.seen).h[:, 0])
    norm = float(np.linalg.norm(made.gradient))
    values: dict[str, float | str] = {"count": str(params.batch_size), "was": made.seen.loss, "now": again.loss}
    values |= {"right": PERCENT * float(right(made.seen, made.batch.t).mean()), "norm": norm, "clip": params.clip}
    kind = "classes" if sizes_of(params).has_classes else "numbers"
    if not (math.isfinite(again.loss) and again.loss <= LARGEST):
        return "step.lost", values
    return f"step.{kind}.clipped" if 0 < params.clip < norm else f"step.{kind}", values


def class_name(params: Params, k: int) -> str:
    """Return what a class is called: the character of a text, a sign for one that cannot be seen, else its number."""
    if params.task != "next-character":
        return str(k)
    character = characters_of(params.text)[k]
    if character.isprintable() and not character.isspace():
        return character
    return _UNSEEN.get(character, f"U+{ord(character):04X}")
