"""What one cell is made of: the rule of its layer, and the rule with the numbers of this cell.

Places are written as in Keras, channels last, and counted from 0. Of a long sum the line holds all terms; those between
its first three and its last are marked `rest`, so that the strip can leave them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.nn.activations import Activation
from core.nn.layers import Conv2D, Dense, Embedding, Flatten, Layer, MaxPooling2D, Shape, SimpleRNN, TimeDistributed
from core.nn.layers.pooling import Pooling
from core.nn.layers.recurrent import unroll
from core.nn.layers.shapes import channels_last
from core.run.by_hand import enough
from core.run.explanation import Focus, Line, Term, factor, joined, number
from core.run.values import Floats

DIGITS = 4  # of a result; what it is made of gets as many as it needs
MOST_PRODUCTS = 256  # of a sum that is told term by term
MOST_LISTED = 9  # cells among which the largest is sought
Place = tuple[int, ...]
Rows = tuple[tuple[str, Line], ...]  # with the label of each
Product = tuple[float, float, Place | None]  # a number, its weight, and where the number stands; None: in the layer

_LETTERS = {"time": "t", "features": "f", "rows": "r", "columns": "c", "channels": "k"}


# ---- the rule


def rule_of(layer: Layer, given: Shape) -> str:
    """Return how a cell of what the layer gives is made."""
    match layer:
        case Dense():
            return f"y[…, u] = {_in_function(layer, 'Σᵢ x[…, i]·W[i, u]', 'u')}"
        case Conv2D():
            return f"y[r, c, m] = {_in_function(layer, 'Σ x[r·s + a·d − p, c·s + b·d − p, k]·W[m, k, a, b]', 'm')}"
        case SimpleRNN():
            return f"h[t, u] = {_in_function(layer, 'Σᵢ x[t, i]·W[i, u] + Σⱼ h[t − 1, j]·U[j, u]', 'u')}"
        case Embedding():
            return "y[…, j] = E[x[…], j]"
        case Flatten():
            return f"place = {laid_out([_LETTERS.get(axis.name, axis.name) for axis in given[1:]], given)}"
        case TimeDistributed():
            return f"y[t] = {layer.layer.type}(x[t])"
    return f"y[r, c, k] = {_pooled_by(layer)}(x[r·s + a − p, c·s + b − p, k])"


def _in_function(layer: Dense | Conv2D | SimpleRNN, total: str, unit: str) -> str:
    total = f"{total} + b[{unit}]" if layer.use_bias else total
    return f"{layer.activation}({total})" if has_function(layer.activation) else total


def has_function(function: Activation | None) -> bool:
    """Tell whether a layer makes something else of its sums."""
    return function not in (None, "linear")


def _pooled_by(layer: Layer) -> str:
    return "max" if isinstance(layer, MaxPooling2D) else "mean"


def laid_out(places: Sequence[object], given: Shape) -> str:
    """Return where Flatten lays a cell, the last axis running fastest: (k·4 + r)·4 + c."""
    text = str(places[0]) if places else "0"
    for place, axis in zip(places[1:], given[2:], strict=True):
        text = f"{f'({text})' if ' + ' in text else text}·{axis.size} + {place}"
    return text


# ---- the numbers


@dataclass(frozen=True, eq=False)
class Asked:
    """A cell that is asked what it is made of; x and y as written and without the batch."""

    layer: Layer
    given: Shape
    weights: Mapping[str, Floats]  # of the layer
    x: Floats
    y: Floats
    at: Place  # of the cell in y
    before: int  # which tensor x is, for its marks
    prefix: Place = ()  # the times at which the layer is looked at, where there are several

    @property
    def place(self) -> str:
        """Where it is, as it is written: [3, 7]."""
        return f"[{', '.join(map(str, (*self.prefix, *self.at)))}]"

    @property
    def value(self) -> float:
        """What stands in the cell."""
        return float(self.y[self.at])

    def mark(self, place: Place) -> Focus:
        """Return the mark of a cell of x."""
        return Focus("cell", (self.before, *self.prefix, *place))

    def at_its_time(self) -> Asked:
        """Return the same of the layer that a TimeDistributed applies, at this cell's time."""
        assert isinstance(self.layer, TimeDistributed)
        (t, *at), inner = self.at, self.layer.inner(self.given)
        return replace(
            self, layer=self.layer.layer, given=inner, x=self.x[t], y=self.y[t], at=tuple(at), prefix=(*self.prefix, t)
        )


def rows_of(asked: Asked) -> Rows:
    """Return the lines of a cell, or none where its sum is too long to be told."""
    match asked.layer:
        case Embedding():
            return _looked_up(asked)
        case Flatten():
            return _laid(asked)
        case TimeDistributed():
            return rows_of(asked.at_its_time())
        case Pooling():
            return _pooled(asked, asked.layer)
        case Dense() | Conv2D() | SimpleRNN():
            return _summed(asked, asked.layer)
    return ()


def _looked_up(asked: Asked) -> Rows:
    *place, j = asked.at
    n = int(asked.x[tuple(place)])
    said = Term(f"E[{n}, {j}]", asked.mark(tuple(place)))
    return (("cell", (Term(f"y{asked.place} = "), said, Term(" = "), Term(number(asked.value)))),)


def _laid(asked: Asked) -> Rows:
    (place,), sizes = asked.at, [axis.size or 1 for axis in asked.given[1:]]
    if len(sizes) < 2:  # it was a row before
        return ()
    at = [int(i) for i in np.unravel_index(place, sizes)]
    found = Term(laid_out(at, asked.given), asked.mark(channels_last((0, *at))[1:]))
    return (("cell", (Term(str(place)), Term(" = "), found)),)


def _pooled(asked: Asked, layer: Pooling) -> Rows:
    row, column, channel = asked.at
    windows = layer.windows(*asked.x.shape[:2])
    places = [(r, c, channel) for r in windows.rows.seen((row,)) for c in windows.columns.seen((column,))]
    if len(places) > MOST_PRODUCTS:
        return ()
    is_max, cells = isinstance(layer, MaxPooling2D), [float(asked.x[place]) for place in places]
    digits, value = (DIGITS, asked.value) if is_max else enough(cells, np.mean, asked.value, DIGITS)
    terms = [Term(factor(n, digits), asked.mark(place)) for n, place in zip(cells, places, strict=True)]
    if is_max:
        made = [Term("max("), *(_listed(terms) if len(terms) <= MOST_LISTED else [Term("…")]), Term(")")]
    else:
        made = [Term("("), *joined(terms), Term(f") / {len(terms)}")]
    return (("cell", (Term(f"y{asked.place} = "), *made, Term(" = "), Term(number(value)))),)


def _listed(terms: Sequence[Term]) -> list[Term]:
    line = [terms[0]]
    for term in terms[1:]:
        line += [Term(", "), term]
    return line


def _summed(asked: Asked, layer: Dense | Conv2D | SimpleRNN) -> Rows:
    """Return the sum of a unit, and where it has a function what that makes of the sum."""
    products = list(_products(asked, layer))
    if len(products) > MOST_PRODUCTS:
        return ()
    bias = float(asked.weights["b"][asked.at[-1]]) if layer.use_bias else 0.0
    operands = [bias, *(n for x, w, _ in products for n in (x, w))]
    digits, total = enough(operands, _by_hand, _by_hand(operands), DIGITS)
    terms = [Term(_product(x, w, digits), asked.mark(place) if place else None) for x, w, place in products]
    if layer.use_bias or not terms:
        terms.append(Term(factor(bias, digits)))
    name = f"{'z' if has_function(layer.activation) else 'y'}{asked.place}"
    line = (Term(f"{name} = "), *joined(terms), Term(" = "), Term(number(total)))
    if not has_function(layer.activation):
        return (("cell", line),)
    applied = (Term(f"y{asked.place} = {layer.activation}({name}) = "), Term(number(asked.value)))
    return ("cell", line), ("function", applied)


def _by_hand(operands: Sequence[float]) -> float:
    bias, *others = operands
    return float(np.dot(others[::2], others[1::2])) + bias


def _product(x: float, w: float, digits: int) -> str:
    return f"{factor(x, digits)}×{factor(w, digits)}"


def _products(asked: Asked, layer: Dense | Conv2D | SimpleRNN) -> Iterator[Product]:
    match layer:
        case Dense():
            yield from _row(asked.x, asked.weights["W"][:, asked.at[-1]], asked.at[:-1])
        case SimpleRNN():
            yield from _through_time(asked, layer)
        case Conv2D():
            yield from _window(asked, layer)


def _row(x: Floats, weights: Floats, place: Place) -> Iterator[Product]:
    """Yield the numbers in the last axis of x with their weights."""
    for i, (n, w) in enumerate(zip(x[place], weights, strict=True)):
        yield float(n), float(w), (*place, i)


def _through_time(asked: Asked, layer: SimpleRNN) -> Iterator[Product]:
    """Yield the numbers of the cell's time, then the state before it; at the first time that is 0 and left out."""
    *time, u = asked.at
    t = time[0] if time else len(asked.x) - 1
    yield from _row(asked.x, asked.weights["W"][:, u], (t,))
    if t:
        state = unroll(asked.weights, asked.x[None], None, layer.activation).h[0, t]
        yield from ((float(h), float(w), None) for h, w in zip(state, asked.weights["U"][:, u], strict=True))


def _window(asked: Asked, layer: Conv2D) -> Iterator[Product]:
    """Yield the cells that a window sees with the kernel's; what lies in the padding is left out."""
    row, column, m = asked.at
    windows = layer.windows(*asked.x.shape[:2])
    kernel, axes = asked.weights["W"][m], (windows.rows, windows.columns)
    for a, b in windows.cells:
        begins = (i * along.stride - along.around[0] for i, along in zip((row, column), axes, strict=True))
        r, c = (begin + i * along.dilation for begin, i, along in zip(begins, (a, b), axes, strict=True))
        if 0 <= r < axes[0].n and 0 <= c < axes[1].n:
            yield from ((float(asked.x[r, c, k]), float(w), (r, c, k)) for k, w in enumerate(kernel[:, a, b]))
