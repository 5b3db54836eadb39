"""A cell of a layer in numbers: the rule of the layer, the sum with the numbers of this digit, and what is said of it.

A window over one map is told product by product, one line a row of the kernel; over several maps, map by map. Of a unit
the ten largest products are told, the others as their sum.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.cnn.inside import Field, Place, Sum, sum_of
from core.nn.layers import Conv2D, Dense, Flatten, MaxPooling2D, Shape
from core.nn.layers.layer import Layer
from core.nn.layers.pooling import Pooling
from core.run.by_hand import enough
from core.run.explanation import MINUS, Focus, Line, Term, factor, line, number
from core.run.values import Floats

DIGITS = 4  # of a result; what it is made of gets as many as it needs
MOST_ROWS = 3  # of a kernel that is told row by row
MOST_SHARES = 10  # of a sum that are told one by one
MOST_LISTED = 9  # cells among which the largest is sought
Rows = tuple[tuple[str, Line], ...]  # with the label of each
Said = tuple[str, dict[str, float | str]]  # the key of a sentence, and what fills it
Share = tuple[float, Focus]


@dataclass(frozen=True, eq=False)
class Asked:
    """A cell that is asked what it is made of."""

    k: int  # its layer, from 1
    layer: Layer
    given: Shape
    weights: dict[str, Floats]  # of the layer
    x: Floats  # what the layer is given, a digit's and without the batch
    y: Floats  # what it makes of that
    place: Place
    field: Field  # what the cell sees of the digit
    is_last: bool

    @property
    def value(self) -> float:
        """What stands in the cell."""
        return float(self.y[self.place])

    @cached_property
    def sum(self) -> Sum | None:
        """What it adds up; None of a layer that adds up nothing."""
        is_sum = isinstance(self.layer, Conv2D | Dense)
        return sum_of(self.layer, self.weights, self.x, self.place) if is_sum else None  # type: ignore[arg-type]

    def mark(self, *place: int) -> Focus:
        """Return the mark of a cell of x."""
        return Focus("cell", (self.k - 1, *place))


# ---- the rule


def rule_of(layer: Layer) -> Line:
    """Return how a cell of what the layer gives is made."""
    match layer:
        case Conv2D():
            total = "Σ K[m, c, a, b]·x[c, i·s + a·d − p, j·s + b·d − p]"
            return (Term(f"y[m, i, j] = {_in_function(layer, total, 'm')}"),)
        case Dense():
            return (Term(f"y[u] = {_in_function(layer, 'Σ x[i]·W[i, u]', 'u')}"),)
        case Flatten():
            return (Term("y[(c·rows + i)·columns + j] = x[c, i, j]"),)
        case MaxPooling2D():
            return (Term("y[c, i, j] = max x[c, i·s + a − p, j·s + b − p]"),)
    return (Term("y[c, i, j] = mean x[c, i·s + a − p, j·s + b − p]"),)


def _in_function(layer: Conv2D | Dense, total: str, unit: str) -> str:
    total = f"{total} + b[{unit}]" if layer.use_bias else total
    return f"{layer.activation}({total})" if has_function(layer) else total


def has_function(layer: Conv2D | Dense) -> bool:
    """Tell whether a layer makes something else of its sums."""
    return layer.activation not in (None, "linear")


# ---- the numbers


def rows_of(asked: Asked) -> Rows:
    """Return the lines of a cell."""
    match asked.layer:
        case Conv2D() | Dense():
            return (*_added_up(asked, asked.layer), *_function(asked, asked.layer))
        case Pooling():
            return (("cell", _pooled(asked, asked.layer)),)
    return (("cell", _laid(asked)),)


def _added_up(asked: Asked, layer: Conv2D | Dense) -> Rows:
    assert asked.sum is not None
    name = "z" if has_function(layer) else "y"
    if isinstance(layer, Conv2D) and len(asked.x) == 1 and asked.sum.is_seen.shape[0] <= MOST_ROWS:
        return _by_row(asked, asked.sum, name)
    if isinstance(layer, Conv2D):
        label, parts, marks = "by_map", asked.sum.by_map, [Focus("map", (asked.k - 1, c)) for c in range(len(asked.x))]
    else:
        label, parts = "products", asked.sum.products
        marks = [asked.mark(i, *asked.place[1:]) for i in range(len(parts))]
    return ((label, _shared(list(zip(parts.tolist(), marks, strict=True)), asked.sum, name)),)


def _by_row(asked: Asked, made: Sum, name: str) -> Rows:
    """Return a line for each row of the kernel that meets cells, and their sum with the bias."""
    lines: list[tuple[str, Line]] = []
    sums: list[Share] = []
    for a, seen in enumerate(made.is_seen):
        pairs = [(float(made.given[0, a, b]), float(made.weights[0, a, b])) for b in np.flatnonzero(seen)]
        if not pairs:
            continue
        total = math.fsum(x * w for x, w in pairs)
        lines.append((f"row_{a}", _row(pairs, Focus("kernel_row", (asked.k, asked.place[0], a)), total)))
        sums.append((total, Focus("kernel_row", (asked.k, asked.place[0], a))))
    return (*lines, ("cell", _shared(sums, made, name)))


def _row(pairs: Sequence[tuple[float, float]], mark: Focus, total: float) -> Line:
    digits, total = enough([n for pair in pairs for n in pair], _dot, total, DIGITS)
    terms = [Term(f"{factor(x, digits)}×{factor(w, digits)}", mark) for x, w in pairs]
    return (Term(number(total)), Term(" = "), *_plus(terms))


def _dot(operands: Sequence[float]) -> float:
    return math.fsum(x * w for x, w in zip(operands[::2], operands[1::2], strict=True))


def _shared(shares: list[Share], made: Sum, name: str) -> Line:
    """Return z, or y without a function, as the sum of its shares: of many the largest, the others as one, the bias."""
    order = sorted(range(len(shares)), key=lambda i: -abs(shares[i][0]))[:MOST_SHARES]
    told = [shares[i] for i in sorted(order)]
    if len(told) < len(shares):
        told.append((made.total - made.bias - math.fsum(n for n, _ in told), Focus("others")))
    told.append((made.bias, Focus("bias")))
    digits, total = enough([n for n, _ in told], math.fsum, made.total, DIGITS)
    first = Term(number(told[0][0], digits), told[0][1])
    others = [Term(factor(n, digits), mark) for n, mark in told[1:]]
    return (Term(f"{name} = "), *_plus([first, *others]), Term(" = "), Term(number(total)))


def _plus(terms: Sequence[Term]) -> list[Term]:
    found = [terms[0]]
    for term in terms[1:]:
        found += [Term(" + "), term]
    return found


def _function(asked: Asked, layer: Conv2D | Dense) -> Rows:
    """Return what the function makes of the sum; of the last layer, whose p depend on each other, how two compare."""
    if not has_function(layer):
        return ()
    if not asked.is_last:
        assert asked.sum is not None
        z = number(asked.sum.total, DIGITS)
        return (("function", line(f"y = {layer.activation}({z}) = {{y:cell}}", {"y": asked.value})),)
    own, other, _ = rivals(asked)
    values = {"gap": own - other, "own": own, "other": other}
    return (("odds", line(f"{{gap:odds}} = {{own:cell}} {MINUS} {{other:rival}}", values)),)


def rivals(asked: Asked) -> tuple[float, float, int]:
    """Return the score of a digit, that of the largest other one, and which that is."""
    z = asked.x @ asked.weights["W"] + asked.weights.get("b", 0.0)
    other = int(np.where(np.arange(len(z)) == asked.place[0], -np.inf, z).argmax())
    return float(z[asked.place[0]]), float(z[other]), other


def _pooled(asked: Asked, layer: Pooling) -> Line:
    places = pooled_from(asked, layer)
    cells, is_max = [float(asked.x[place]) for place in places], isinstance(layer, MaxPooling2D)
    digits, value = (DIGITS, asked.value) if is_max else enough(cells, np.mean, asked.value, DIGITS)
    texts = [(number if is_max else factor)(n, digits) for n in cells]
    terms = [Term(text, asked.mark(*at)) for text, at in zip(texts, places, strict=True)]
    if not is_max:
        return (Term("y = ("), *_plus(terms), Term(f") / {len(terms)} = "), Term(number(value)))
    listed = [part for term in terms for part in (term, Term(", "))][:-1]
    shown = listed if len(terms) <= MOST_LISTED else [Term("…")]
    return (Term("y = max("), *shown, Term(") = "), Term(number(value)))


def pooled_from(asked: Asked, layer: Pooling) -> list[Place]:
    """Return the cells of x that a pooled cell comes from, row by row."""
    map_, row, column = asked.place
    windows = layer.windows(*asked.x.shape[1:])
    return [(map_, r, c) for r in windows.rows.seen((row,)) for c in windows.columns.seen((column,))]


def _laid(asked: Asked) -> Line:
    at = laid_from(asked)
    source = f"x[{', '.join(map(str, at))}]"
    return (Term(f"y[{asked.place[0]}] = "), Term(source, asked.mark(*at)), Term(" = "), Term(number(asked.value)))


def laid_from(asked: Asked) -> Place:
    """Return the cell of x that Flatten lays at the place."""
    return tuple(int(i) for i in np.unravel_index(asked.place[0], asked.x.shape))


# ---- in words


def in_words(asked: Asked) -> Said:
    """Return the key of the sentence that fits the cell, and its numbers."""
    match asked.layer:
        case Conv2D():
            return _of_window(asked)
        case Dense():
            return _of_score(asked) if asked.is_last else _of_unit(asked)
        case Pooling():
            return _of_pool(asked, asked.layer)
    at, y = laid_from(asked), asked.value
    if len(at) == 1:
        return "flatten.row", {"place": str(asked.place[0]), "y": y}
    values = dict(zip(("map", "row", "column"), map(str, at), strict=True))
    return "flatten", {"place": str(asked.place[0]), "y": y, **values}


def _at(asked: Asked) -> dict[str, float | str]:
    return {"y": asked.value, **dict(zip(("map", "row", "column"), map(str, asked.place), strict=False))}


def _of_window(asked: Asked) -> Said:
    assert asked.sum is not None
    if len(asked.x) == 1:
        seen, whole = int(asked.sum.is_seen.sum()), asked.sum.is_seen.size
        return "window", {**_at(asked), "seen": str(seen), "padded": str(whole - seen)}
    most, own, part = int(np.abs(asked.sum.by_map).argmax()), asked.field, asked.field.inside
    values: dict[str, float | str] = {"most": str(most), "share": float(asked.sum.by_map[most])}
    sizes = {"rows": own.rows, "columns": own.columns, "in_rows": part.rows, "in_columns": part.columns}
    return "windows", {**_at(asked), **values, **{name: str(n) for name, n in sizes.items()}}


def _of_pool(asked: Asked, layer: Pooling) -> Said:
    places = pooled_from(asked, layer)
    values = {**_at(asked), "count": str(len(places))}
    if not isinstance(layer, MaxPooling2D):
        return "mean", values
    _, row, column = max(places, key=lambda place: asked.x[place])  # the first of equals
    return "largest", {**values, "at_row": str(row), "at_column": str(column)}


def _of_unit(asked: Asked) -> Said:
    assert asked.sum is not None
    zeros = int((asked.sum.given == 0).sum())
    values = {"unit": str(asked.place[0]), "inputs": str(asked.sum.given.size), "zeros": str(zeros)}
    return "unit", {**values, "z": asked.sum.total, "y": asked.value}


def _of_score(asked: Asked) -> Said:
    own, other, which = rivals(asked)
    values: dict[str, float | str] = {"digit": str(asked.place[0]), "p": asked.value, "other": str(which)}
    values["gap"] = abs(own - other)
    return ("score.first" if own >= other else "score.other"), values
