"""Inside the net: what a cell sees of the layers before it and of the digit, what excites a map, which maps never fire.

Places are those of arrays, (map, row, column) or (unit,), from 0; layers are counted from 1, and 0 is the digit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.cnn.algorithm import before, examples
from core.cnn.settings import Layers, net
from core.data.digits import SIDE, digits
from core.nn.layers import Cells, Conv2D, Dense, Flatten
from core.nn.layers.pooling import Pooling
from core.run.values import Floats, kept

Place = tuple[int, ...]


# ---- which cells a cell comes from


def seen_by(layers: Layers, k: int, place: Place) -> tuple[Cells, ...]:
    """Return what a cell of layer k comes from: the cells of y_0 (the digit) …, of y_{k−1}, and the cell itself.

    Each is a block: for every axis of the array the places on it.
    """
    blocks = [cells[1:] for cells in net(layers).stack.sees(k, ((0,), *((i,) for i in place)))]
    return (*reversed(blocks), tuple((i,) for i in place))


@dataclass(frozen=True)
class Field:
    """The cells of the digit that a cell sees, padding counted too: it may begin before the digit and end behind it."""

    top: int
    left: int
    rows: int
    columns: int

    @property
    def inside(self) -> Field:
        """The part of it that lies in the digit."""
        top, left = max(self.top, 0), max(self.left, 0)
        rows, columns = min(self.top + self.rows, SIDE) - top, min(self.left + self.columns, SIDE) - left
        return Field(top, left, max(rows, 0), max(columns, 0))

    def cut(self, picture: Floats) -> Floats:
        """Return what the field holds of a picture (8, 8), (rows, columns); 0 where it lies in the padding."""
        made, part = np.zeros((self.rows, self.columns)), self.inside
        rows, columns = (slice(first, first + n) for first, n in ((part.top, part.rows), (part.left, part.columns)))
        down, right = part.top - self.top, part.left - self.left
        made[down : down + part.rows, right : right + part.columns] = picture[rows, columns]
        return made


def field(layers: Layers, k: int, place: Place) -> Field:
    """Return the field of a cell of layer k; of a unit that sees all of a row it is the whole digit."""
    made = net(layers).stack
    spans = [(i, i) for i in place[1:]]  # from the first to the last row, and column
    for layer, given in reversed(list(zip(made.layers[:k], made.shapes[:k], strict=True))):
        if isinstance(layer, Dense) and len(given) == 2:
            return Field(0, 0, SIDE, SIDE)
        if isinstance(layer, Flatten) and len(given) > 2:
            laid = np.unravel_index(place[0], [axis.size or 1 for axis in given[1:]])
            spans = [(int(i), int(i)) for i in laid[1:]]
        if isinstance(layer, Conv2D | Pooling):
            windows = layer.windows(*(axis.size or 0 for axis in given[2:]))
            axes = zip(spans, (windows.rows, windows.columns), strict=True)
            spans = [along.span(*span) for span, along in axes]
    (top, bottom), (left, right) = spans
    return Field(top, left, bottom - top + 1, right - left + 1)


# ---- what excites a map


@dataclass(frozen=True, eq=False)
class Patch:
    """Where a map, or a unit, answers most to a digit, and what it sees there."""

    value: float
    digit: int  # its place among all digits
    place: Place  # in what the layer gives
    field: Field
    cells: Floats  # of the digit, 0 in the padding


@kept(16)
def patches(weights: Floats, layers: Layers, k: int, which: int) -> tuple[Patch, ...]:
    """Return the nine held-out digits that excite a map or unit of layer k most, each once and the strongest first."""
    answers = outputs_on_test(weights, layers)[k][:, which]
    flat = answers.reshape(len(answers), -1)
    best = flat.argmax(axis=1)
    strongest = np.argsort(-flat.max(axis=1), kind="stable")[:9]
    found = []
    for i in strongest.tolist():
        place = (which, *(int(n) for n in np.unravel_index(best[i], answers.shape[1:])))
        digit, seen = int(digits().test[i]), field(layers, k, place)
        found.append(Patch(float(flat[i, best[i]]), digit, place, seen, seen.cut(digits().images[digit])))
    return tuple(found)


# ---- what never fires


@kept(4)
def outputs_on_test(weights: Floats, layers: Layers) -> tuple[Floats, ...]:
    """Return the held-out digits, (360, 1, 8, 8), and what each layer makes of them; of the last the probabilities."""
    look = before(weights, layers, *examples(digits().test))
    return digits().images[digits().test][:, None], *look.made.outputs[:-1], look.outputs


def silent(weights: Floats, layers: Layers) -> tuple[NDArray[np.bool_], ...]:
    """Return of each layer which of its maps, or units, give 0 everywhere to every held-out digit."""
    outputs = outputs_on_test(weights, layers)[1:]
    return tuple(np.asarray(np.equal(y, 0).all(axis=(0, *range(2, y.ndim)))) for y in outputs)


def all_silent(weights: Floats, layers: Layers) -> tuple[int, ...]:
    """Return the layers all maps or units of which are silent: what comes behind knows nothing of the digit."""
    return tuple(k for k, dead in enumerate(silent(weights, layers), 1) if dead.all())


# ---- the parts of a cell's sum


@dataclass(frozen=True, eq=False)
class Sum:
    """What a cell of a convolution or a Dense adds up, before its function."""

    given: Floats  # the numbers it sees: (channels, rows, columns) of its window, 0 in the padding, or (inputs,)
    weights: Floats  # in the same shape
    is_seen: NDArray[np.bool_]  # (rows, columns) of the window: not in the padding; of a Dense (inputs,), all
    bias: float

    @property
    def products(self) -> Floats:
        """Each number times its weight."""
        return self.given * self.weights

    @property
    def by_map(self) -> Floats:
        """What each map before has its share of the sum, (channels,)."""
        return np.asarray(self.products.sum(axis=tuple(range(1, self.products.ndim))))

    @property
    def total(self) -> float:
        """Return z."""
        return math.fsum([*self.products.ravel().tolist(), self.bias])


def sum_of(layer: Conv2D | Dense, weights: dict[str, Floats], x: Floats, place: Place) -> Sum:
    """Return the sum of the cell at a place of what a layer with these weights makes of x, a digit's, no batch."""
    unit = place[0]
    bias = float(weights["b"][unit]) if layer.use_bias else 0.0
    if isinstance(layer, Conv2D):
        seen = _window(layer, np.ones((1, *x.shape[1:])), place)[0] > 0
        return Sum(_window(layer, x, place), weights["W"][unit], seen, bias)
    given = x if x.ndim == 1 else x[:, place[1], place[2]]
    return Sum(given, weights["W"][:, unit], np.ones(given.shape, dtype=bool), bias)


def _window(layer: Conv2D, x: Floats, place: Place) -> Floats:
    """Return what the window of a cell holds of x, (channels, rows, columns); 0 in the padding."""
    windows = layer.windows(*x.shape[1:])
    columns = windows.columns_of(x[None]).reshape(len(x), -1, windows.rows.count, windows.columns.count)
    return columns[:, :, place[1], place[2]].reshape(len(x), windows.rows.k, windows.columns.k)
