"""A step of a convolution in numbers: the products of one window row by row and their sum, a pool, a descent step.

Numbers come from the two states. A sum over many terms is given whole; what lies between its first three and its last
is marked `rest`, so that the picture can leave it out. On the screen places are
counted from 1; x is what the window meets.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

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
from core.run.by_hand import enough
from core.run.explanation import (
    MOST_WHOLE,
    REST,
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

DIGITS = 4  # of a result; what it is made of gets as many as it needs
_SMALL = 3  # a kernel of at most this many rows and columns is shown row by row

_RULES = {
    "convolution": "y = Σ k[a, b] · x[a, b] + bias",
    "channels": "y = Σ k[c, a, b] · x[c, a, b] + bias",
    "max pooling": "y = max x[a, b]",
    "average pooling": "y = mean x[a, b]",
    "learn": "k ← k − η ∂L/∂k,   L = mean (x∗k − x∗target)²",
}
Told = tuple[tuple[tuple[str, tuple[Line, ...]], ...], str, dict[str, float | str]]  # rows, sentence, its values


def explain(before: State | None, after: State, params: Params, focus: Focus | None) -> Explanation:
    """Return the rule, and with `before` the numbers of the step that led to `after`.

    The focus may be another `output` cell (map, row, column), of which the numbers of today's picture are told.
    """
    operation = params.operation
    rule = "channels" if operation == "convolution" and after.image.ndim == 3 else operation
    told: Told = ((), f"{operation}.rule", {})
    if before is not None and operation == "learn":
        told = _descent(before, after, params)
    elif before is not None:
        sweep = sweep_of(params, after.image, after.kernel)
        pinned = sweep.place_in(focus)
        place = pinned or sweep.place(after.t - 1)
        value = cell_value(before, params, sweep, *place) if pinned else after.value
        tell = _pooled if operation in POOLING else _summed
        told = tell(before, value, params, sweep, place)
    source = f"core.convolution.algorithm:{'descended' if operation == 'learn' else 'cell_value'}"
    return Explanation(((Term(_RULES[rule]),),), *told, source)


# ---- the sum of products


def _summed(before: State, value: float, params: Params, sweep: Sweep, place: tuple[int, int, int]) -> Told:
    """Tell the products of a window, with a sum of each row of them, and what they add up to."""
    image = channels_of(before.image)
    weights = layers(before.kernel, len(image))[place[0]]
    cells = np.nan_to_num(sweep.geometry.cells(image, *place[1:]))
    products, parts = cells * weights, _parts(weights.shape)
    sums = [float(products[part].sum()) for part in parts.values()]
    bias = bias_of(params, place[0])
    digits, answer = enough([*sums, bias], sum, value, DIGITS)
    found = [
        enough([*cells[part].flat, *weights[part].flat], _sum_of_products, total, digits)
        for part, total in zip(parts.values(), sums, strict=True)
    ]
    terms = _terms(cells, weights, max(needed for needed, _ in found), aligned="row_0" in parts)
    lines = [
        (*_sum_of(terms[part].ravel().tolist(), weights[part].ravel()), Term(f" → {number(total, digits)}"))
        for part, (_, total) in zip(parts.values(), found, strict=True)
    ]
    added = " + ".join([number(sums[0], digits), *(factor(total, digits) for total in sums[1:])])
    added += f" + bias {factor(bias, digits)}" if bias else ""
    adds = f"{added} = " if len(sums) > 1 or bias else ""  # one sum alone is said already
    whole = Term(f"y[{place[1] + 1}, {place[2] + 1}] = {adds}"), Term(number(answer), Focus("result"))
    *first, (label, last) = zip(parts, lines, strict=True)
    rows = (*((name, (line,)) for name, line in first), (label, (last, whole)))
    # Of several channels what a flat kernel measures is a sum over all of them: no mean, no side of one window.
    is_named = isinstance(params.kernel, str) and len(image) == 1 and np.array_equal(before.kernel, kernel_of(params))
    told = {**_parts_of_sum(products, weights), "bias": bias, "value": value}
    words = {name: number(x) for name, x in told.items()}
    return rows, f"{params.kernel if is_named else 'own'}.step", {**words, "products": str(products.size)}


def _sum_of(terms: Sequence[Term], weights: Floats) -> list[Term]:
    """Return terms with plus signs between; of many, those without a weight add nothing and are part of the rest."""
    weighing = [term for term, weight in zip(terms, weights, strict=True) if weight]
    if len(terms) <= MOST_WHOLE or not weighing:
        return joined(terms)
    others = [term for term, weight in zip(terms, weights, strict=True) if not weight]
    return [*joined(weighing), *(piece for term in others for piece in (Term(" + ", REST), Term(term.value, REST)))]


def _parts(shape: tuple[int, ...]) -> dict[str, tuple[slice, slice]]:
    """Return what is told in a row: a row of a small kernel, a channel of up to three, else all."""
    channels, rows, columns = shape
    if channels == 1 and max(rows, columns) <= _SMALL:
        return {f"row_{a}": np.s_[:, a : a + 1] for a in range(rows)}
    if 1 < channels <= 3:
        return {f"channel_{c}": np.s_[c : c + 1, :] for c in range(channels)}
    return {"products": np.s_[:, :]}


def _sum_of_products(operands: Sequence[float]) -> float:
    """Return Σ cell·weight of all cells, then all weights."""
    half = len(operands) // 2
    return math.fsum(cell * weight for cell, weight in zip(operands[:half], operands[half:], strict=True))


def _terms(cells: Floats, weights: Floats, digits: int, aligned: bool) -> NDArray[np.object_]:
    """Return the products (channels, kh, kw) as terms; `aligned`: equally long, as rows that stand under each other."""
    pairs = zip(cells.flat, weights.flat, strict=True)
    texts = [f"{number(cell, digits)}×{factor(weight, digits)}" for cell, weight in pairs]
    wide = max(map(len, texts)) if aligned else 0
    terms = [
        Term(text.ljust(wide), Focus(sign(product), at))
        for text, product, at in zip(texts, (cells * weights).flat, np.ndindex(cells.shape), strict=True)
    ]
    return np.array(terms, dtype=object).reshape(cells.shape)


def sign(product: float) -> str:
    """Return the mark of a product: what it adds to a sum."""
    return "positive" if product > 0 else "negative" if product < 0 else "nothing"


def _parts_of_sum(products: Floats, weights: Floats) -> dict[str, float]:
    """Return the sum of the products, what weights above 0 give to it and those below 0 take from it."""
    plus, minus = float(products[weights > 0].sum()), -float(products[weights < 0].sum())
    return {"sum": float(products.sum()), "plus": plus, "minus": minus}


# ---- pooling


def _pooled(before: State, value: float, params: Params, sweep: Sweep, place: tuple[int, int, int]) -> Told:
    """Tell the cells of a block and what is kept of them."""
    map, row, column = place
    seen, image = sweep.geometry.seen(row, column), channels_of(before.image)
    is_max, cells = params.operation == "max pooling", [float(image[map, r, c]) for _, _, r, c in seen]
    digits, value = (DIGITS, value) if is_max else enough(cells, fmean, value, DIGITS)
    terms = [Term(factor(image[map, r, c], digits), Focus("picked", (map, a, b))) for a, b, r, c in seen]
    result = Term(number(value), Focus("result"))
    y = f"y[{row + 1}, {column + 1}] = "
    if is_max:
        line = (Term(f"{y}max("), *_listed(terms, int(np.argmax(cells))), Term(") = "), result)
    else:
        line = (Term(f"{y}("), *joined(terms), Term(f") / {len(seen)} = "), result)
    skipped = sweep.geometry.window[0] * sweep.geometry.window[1] - len(seen)
    key = f"{params.operation}.{'padded' if skipped else 'step'}"
    values: dict[str, float | str] = {"value": number(value), "count": str(len(seen)), "skipped": str(skipped)}
    return (("window", (line,)),), key, values


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


def _descent(before: State, after: State, params: Params) -> Told:
    """Tell the weight with the steepest slope how it moved, and how far the kernel is from the target."""
    geometry = sweep_of(params, before.image, before.kernel).geometry
    curved = curvatures(before.image, before.kernel, geometry)
    eta = f"{params.learning_rate:.12g}"
    if after.status != "running":
        limit = 2 / max(float(curved[-1]), 1e-300)
        is_too_fast = params.learning_rate > limit
        return (), f"learn.{'diverged' if is_too_fast else 'stopped'}", {"limit": number(limit), "eta": eta}
    target = target_of(params)
    _, slope = loss_and_slope(before.image, before.kernel, target, geometry)
    at = np.unravel_index(int(np.abs(slope).argmax()), slope.shape)
    indices = tuple(int(i) for i in at)
    rate = params.learning_rate
    operands = float(before.kernel[at]), float(slope[at])
    digits, new = enough(operands, lambda x: x[0] - rate * x[1], float(after.kernel[at]), DIGITS)
    old, steep = number(operands[0], digits), factor(operands[1], digits)
    moved = Term(f"k[{', '.join(str(i + 1) for i in indices)}] = {old} − {eta}×{steep} = ")
    line = (moved, Term(number(new), Focus("weight", indices)))
    loss = (Term("L = "), Term(number(after.loss), Focus("loss")))
    return (("steepest", (line,)), ("loss", (loss,))), *_how_far(before, after, target, slope, curved)


def _how_far(
    before: State, after: State, target: Floats, slope: Floats, curved: Floats
) -> tuple[str, dict[str, float | str]]:
    was, away = (float(np.abs(state.kernel - target).max()) for state in (before, after))
    moved = np.count_nonzero((after.kernel - before.kernel) * slope < 0)
    values: dict[str, float | str] = {"was": was, "away": away, "moved": str(moved), "weights": str(slope.size)}
    flat = flat_directions(curved)
    if distance(after.kernel, target) < LEARNED:
        return "learn.learned", values
    if flat:
        return "learn.deficient", {**values, "rank": str(len(curved) - flat), "directions": str(len(curved))}
    return "learn.step", values
