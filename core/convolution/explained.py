"""A step of a convolution in numbers: the products of one window row by row and their sum, a pool, a descent step.

Numbers come from the two states. A sum over many terms is given whole; what lies between its first three and its last
is marked `rest`, so that the picture can leave it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.convolution.algorithm import State, cell_value
from core.convolution.learning import LEARNED, curvatures, distance, flat_directions, loss_and_slope
from core.convolution.settings import (
    POOLING,
    Params,
    Sweep,
    bias_of,
    channels_of,
    kernel_of,
    layers,
    sweep_of,
    target_of,
)
from core.nn.convolution import Geometry
from core.run.explanation import (
    MOST_WHOLE,
    SHOWN_FIRST,
    Explanation,
    Focus,
    Line,
    Term,
    factor,
    joined,
    number,
)
from core.run.values import Floats

_SMALL = 3  # a kernel of at most this many rows and columns is shown row by row

_RULES = {
    "convolution": "y[i, j] = Σₐ Σ_b k[a, b] · x[i·s + a·d − p, j·s + b·d − p] + bias",
    "channels": "y[i, j] = Σ_c Σₐ Σ_b k[c, a, b] · x[c, i·s + a·d − p, j·s + b·d − p] + bias",
    "max pooling": "y[i, j] = max x[i·s + a − p, j·s + b − p],   0 ≤ a, b < size",
    "average pooling": "y[i, j] = mean x[i·s + a − p, j·s + b − p],   0 ≤ a, b < size",
    "learn": "k ← k − η ∂L/∂k,   L = mean (x∗k − x∗target)²",
}


@dataclass(frozen=True)
class Window:
    """What one output cell sees: products (channels, kh, kw) of `cells` and `weights`, 0 where there is padding."""

    cells: Floats
    weights: Floats
    bias: float

    @classmethod
    def at(cls, state: State, params: Params, sweep: Sweep, place: tuple[int, int, int]) -> Window:
        """Return the window of the output cell at (map, row, column)."""
        map, row, column = place
        image = channels_of(state.image)
        weights = layers(state.kernel, len(image))[map]
        cells = np.zeros(weights.shape)
        for a, b, r, c in sweep.geometry.seen(row, column):
            cells[:, a, b] = image[:, r, c]
        return cls(cells, weights, bias_of(params, map))

    @property
    def products(self) -> Floats:
        """Each cell of the picture times the weight it meets."""
        return self.cells * self.weights


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the rule, and with `before` the numbers of the step that led to `after`.

    The focus may be another `output` cell (map, row, column), of which the numbers of today's picture are told.
    """
    source = _source(params)
    sweep = sweep_of(params, after.image, after.kernel)
    if before is None:
        return Explanation(_rule(params, after.image), (), f"{params.operation}.rule", {}, source)
    if params.operation == "learn":
        return _explain_descent(before, after, params, sweep.geometry)
    pinned = _named_place(focus, sweep)
    place = pinned or sweep.place(after.t - 1)
    if params.operation in POOLING:
        value = cell_value(before, params, sweep, *place) if pinned else after.value
        return _explain_pool(before.image, value, params, sweep, place)
    window = Window.at(before, params, sweep, place)
    value = float(window.products.sum()) + window.bias if pinned else after.value
    own = not isinstance(params.kernel, str) or not np.array_equal(before.kernel, kernel_of(params))
    sentence, values = _in_words(float(window.products.sum()), value, "own" if own else str(params.kernel))
    return Explanation(_rule(params, after.image), _product_rows(window, value, place[1:]), sentence, values, source)


def _named_place(focus: Focus | None, sweep: Sweep) -> tuple[int, int, int] | None:
    """Return the output cell in focus; None where there is none, or one that is not there any more."""
    match focus:
        case Focus("output", (map, row, column)):
            rows, columns = sweep.geometry.output
            return (map, row, column) if map < sweep.maps and row < rows and column < columns else None
    return None


def _source(params: Params) -> str:
    return (
        "core.convolution.algorithm:descended"
        if params.operation == "learn"
        else "core.convolution.algorithm:cell_value"
    )


def _rule(params: Params, image: Floats) -> tuple[Line, ...]:
    has_channels = params.operation == "convolution" and image.ndim == 3
    return ((Term(_RULES["channels" if has_channels else params.operation]),),)


# ---- the sum of products


def _product_rows(window: Window, value: float, place: tuple[int, int]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Return the products row by row of a small kernel, channel by channel of up to three, else in one row."""
    channels, rows, columns = window.weights.shape
    if channels == 1 and max(rows, columns) <= _SMALL:
        parts = [(f"row_{a}", slice(None), slice(a, a + 1)) for a in range(rows)]
    elif 1 < channels <= 3:
        parts = [(f"channel_{c}", slice(c, c + 1), slice(None)) for c in range(channels)]
    else:
        parts = [("products", slice(None), slice(None))]
    sums = [float(window.products[c, a].sum()) for _, c, a in parts]
    is_small = len(parts) == rows and channels == 1
    wide = max(map(len, map(_product, window.cells.flat, window.weights.flat))) if is_small else 0
    lines = [(label, _products(window, (c, a), total, wide)) for (label, c, a), total in zip(parts, sums, strict=True)]
    *first, (label, last) = lines
    whole = (Term(f"y[{place[0]}, {place[1]}] = {_added(sums)} + bias {factor(window.bias)} = "), _result(value))
    return (*((label, (line,)) for label, line in first), (label, (last, whole)))


def _product(cell: float, weight: float) -> str:
    return f"{number(cell)}×{factor(weight)}"


def _products(window: Window, part: tuple[slice, slice], total: float, wide: int) -> Line:
    chosen = np.zeros(window.weights.shape, dtype=bool)
    chosen[part] = True
    places = list(zip(*(axis.tolist() for axis in np.nonzero(chosen)), strict=True))
    terms = [
        Term(
            _product(window.cells[at], window.weights[at]).ljust(wide),
            Focus(_sign(window.products[at]), at),
        )
        for at in places
    ]
    return (*joined(terms), Term(f" → {number(total)}"))


def _sign(product: float) -> str:
    return "positive" if product > 0 else "negative" if product < 0 else "nothing"


def _added(sums: Sequence[float]) -> str:
    return " + ".join([number(sums[0]), *map(factor, sums[1:])])


def _result(value: float) -> Term:
    return Term(number(value), Focus("result"))


def _in_words(measured: float, value: float, name: str) -> tuple[str, dict[str, float | str]]:
    """Return the key of the sentence that says what this kernel measures, and its answer.

    A kernel that measures a difference answers with what it measured: a bias says nothing about the window.
    """
    if name in ("vertical-edge", "horizontal-edge", "outline", "emboss"):
        return f"{name}.{_sign(measured)}", {"value": number(measured)}
    return f"{name}.step", {"value": number(value)}


# ---- pooling


def _explain_pool(
    picture: Floats, value: float, params: Params, sweep: Sweep, place: tuple[int, int, int]
) -> Explanation:
    """Tell the cells of a block and what is kept of them."""
    map, row, column = place
    seen, image = sweep.geometry.seen(row, column), channels_of(picture)
    terms = [Term(factor(image[map, r, c]), Focus("picked", (map, a, b))) for a, b, r, c in seen]
    y = f"y[{row}, {column}] = "
    if params.operation == "max pooling":
        largest = int(np.argmax([image[map, r, c] for _, _, r, c in seen]))
        line = (Term(f"{y}max("), *_listed(terms, largest), Term(") = "), _result(value))
    else:
        line = (Term(f"{y}("), *joined(terms), Term(f") / {len(seen)} = "), _result(value))
    skipped = sweep.geometry.window[0] * sweep.geometry.window[1] - len(seen)
    key = f"{params.operation}.{'padded' if skipped else 'step'}"
    values = {"value": number(value), "count": str(len(seen)), "skipped": str(skipped)}
    return Explanation(_rule(params, picture), (("window", (line,)),), key, values, _source(params))


def _listed(terms: Sequence[Term], largest: int) -> list[Term]:
    """Return terms with commas between; of many, the first three, the largest and the last, and dots for the others.

    They are not marked as the rest, whose dots go on a sum.
    """
    last = len(terms) - 1
    shown = range(last + 1) if last < MOST_WHOLE else sorted({*range(SHOWN_FIRST), largest, last})
    line = [terms[0]]
    for before, i in pairwise(shown):
        line += [Term(", " if i == before + 1 else ", …, "), terms[i]]
    return line


# ---- learning


def _explain_descent(before: State, after: State, params: Params, geometry: Geometry) -> Explanation:
    """Tell the weight with the steepest slope how it moved, and how far the kernel is from the target."""
    rule, source = _rule(params, after.image), _source(params)
    curved = curvatures(before.image, before.kernel, geometry)
    if after.status != "running":
        limit = number(2 / max(float(curved[-1]), 1e-300))
        return Explanation(rule, (), "learn.diverged", {"limit": limit}, source)
    target = target_of(params)
    _, slope = loss_and_slope(before.image, before.kernel, target, geometry)
    at = np.unravel_index(int(np.abs(slope).argmax()), slope.shape)
    indices = tuple(int(i) for i in at)
    old, eta = number(before.kernel[at]), f"{params.learning_rate:.12g}"
    moved = Term(f"k[{', '.join(map(str, indices))}] = {old} − {eta}×{factor(slope[at])} = ")
    line = (moved, Term(number(after.kernel[at]), Focus("weight", indices)))
    loss = (Term("L = "), Term(number(after.loss), Focus("loss")))
    key, values = _how_far(distance(after.kernel, target), curved)
    return Explanation(rule, (("steepest", (line,)), ("loss", (loss,))), key, values, source)


def _how_far(away: float, curved: Floats) -> tuple[str, dict[str, float | str]]:
    values: dict[str, float | str] = {"share": f"{100 * away:.3g}%"}
    flat = flat_directions(curved)
    if away < LEARNED:
        return "learn.learned", values
    if flat:
        return "learn.deficient", {"rank": str(len(curved) - flat), "weights": str(len(curved))}
    return "learn.step", values
