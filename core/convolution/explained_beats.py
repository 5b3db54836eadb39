"""A step of a convolution beat by beat: a cell of the window and what it adds, or a descent step as that of a net.

Places are counted from 1 on the screen. The last beat of a window is told as the whole of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from core.convolution import explained
from core.convolution.algorithm import State, wanted_of
from core.convolution.beats import LEARNING, beats, index_of, parts, so_far, terms_of, weights_of
from core.convolution.settings import Params, sweep_of
from core.run.by_hand import enough
from core.run.explanation import (
    MINUS,
    Explanation,
    Focus,
    Line,
    Term,
    factor,
    line,
    number,
    numbers_below_each_other,
)
from core.run.values import Floats

_ROWS = 3  # of a kernel that are shown beside each other
_FORWARD, _ERROR, _BACKWARD, _UPDATE = LEARNING


def explain(before: State | None, after: State, params: Params, focus: Focus | None, beat: str = "") -> Explanation:
    """Return what is said of a beat; without one, at the last of a window, or without a step, that of the whole step.

    The focus may be another `output` cell (map, row, column), of whose window it is told then.
    """
    whole = explained.explain(before, after, params, focus)
    if before is None or beat not in beats(params) or after.status != "running":
        return whole
    if params.operation == "learn":
        return _LEARNING[beat](whole, before, after, params)
    if beat == beats(params)[-1]:
        return whole
    sweep = sweep_of(params, after.image, after.kernel)
    place = sweep.place_in(focus) or sweep.place(after.t - 1)
    last = index_of(beat) or 0
    cell = float(terms_of(before, params, sweep, place)[last])
    weight = float(weights_of(before, params, place[0])[last])
    sums = [so_far(before, params, sweep, place, k) if k >= 0 else np.nan for k in (last - 1, last)]
    tell = {"convolution": _product, "max pooling": _compared, "average pooling": _added}[params.operation]
    told = tell(cell, weight, *sums)
    counted: dict[str, float | str] = {"n": str(last + 1), "count": str(len(beats(params)))}
    return replace(told, values={**told.values, **counted}, source=whole.source)


# ---- a cell of a window


def _product(cell: float, weight: float, before: float, after: float) -> Explanation:
    is_padding = bool(np.isnan(cell))
    operands = np.nan_to_num(before), np.nan_to_num(cell), weight
    rule = line("s ← s + k[a, b] · x[a, b]")
    digits, result = enough(operands, lambda x: x[0] + x[1] * x[2], after, explained.DIGITS)
    was, x, k = number(operands[0], digits), factor(operands[1], digits), factor(weight, digits)
    mark = Focus(explained.sign(operands[1] * weight))
    formula = Term(f"s = {was} + "), Term(f"{x}×{k}", mark), Term(" = ")
    values = {"product": number(operands[1] * weight), **_numbers(operands[1], operands[0], after)}
    return _told(rule, was, (*formula, Term(number(result), Focus("result"))),
                 "product.padding" if is_padding else "product", {**values, "weight": number(weight)})  # fmt: skip


def _compared(cell: float, _: float, before: float, after: float) -> Explanation:
    key = "max pooling.first" if np.isnan(before) else "max pooling.cell"
    was, now = _or_nothing(before), Term(_or_nothing(after), Focus("result"))
    known = [number(value) for value in (before, cell) if not np.isnan(value)]
    formula = Term(f"s = max({', '.join(known)}) = "), now
    return _told(line("s ← max(s, x[a, b])"), was, formula, _key(cell, key), _numbers(cell, before, after))


def _added(cell: float, _: float, before: float, after: float) -> Explanation:
    operands = np.nan_to_num(before), np.nan_to_num(cell)
    digits, result = enough(operands, sum, after, explained.DIGITS)
    was = number(operands[0], digits)
    added = "" if np.isnan(cell) else f"{was} + {factor(operands[1], digits)} = "
    formula = Term(f"s = {added}"), Term(number(result), Focus("result"))
    values = _numbers(cell, operands[0], after)
    return _told(line("s ← s + x[a, b]"), was, formula, _key(cell, "average pooling.cell"), values)


def _key(cell: float, key: str) -> str:
    return "pooling.padding" if np.isnan(cell) else key


def _told(rule: Line, was: str, formula: Line, key: str, values: dict[str, float | str]) -> Explanation:
    rows = ("before", ((Term(f"s = {was}"),),)), ("after", (formula,))
    return Explanation((rule,), rows, key, values, "")


def _numbers(cell: float, before: float, after: float) -> dict[str, float | str]:
    return {"cell": _or_nothing(cell), "before": _or_nothing(before), "after": _or_nothing(after)}


def _or_nothing(value: float) -> str:
    return "–" if np.isnan(value) else number(value)


# ---- learning


def _forward(whole: Explanation, before: State, after: State, params: Params) -> Explanation:
    at, made, wanted = _farthest(before, params)
    cells = tuple((Term(f"{name}{_place(at)} = "), Term(number(x))) for name, x in (("ŷ", made), ("y", wanted)))
    values = {**_where(at), "made": number(made), "wanted": number(wanted)}
    rule, source = (line("ŷ = x∗k"), line("y = x∗target")), "core.convolution.algorithm:output_of"
    return Explanation(rule, (("farthest", cells),), "learn.forward", values, source)


def _error(whole: Explanation, before: State, after: State, params: Params) -> Explanation:
    at, made, wanted = _farthest(before, params)
    made_of, error = parts(before, params), float(parts(before, params).error[at])
    digits, result = enough((made, wanted), lambda x: x[0] - x[1], error, explained.DIGITS)
    term = Term(f"e{_place(at)} = {number(made, digits)} {MINUS} {factor(wanted, digits)} = ")
    rows = ("error", ((term, Term(number(result))),)), ("loss", ((Term("L = "), Term(number(made_of.loss))),))
    values = {**_where(at), "error": number(error), "loss": number(made_of.loss)}
    rule = (line(f"e = ŷ {MINUS} y,   L = mean e²"),)
    return Explanation(rule, rows, "learn.error", values, "core.convolution.learning:error_of")


def _backward(whole: Explanation, before: State, after: State, params: Params) -> Explanation:
    slope = parts(before, params).slope
    at = _largest(slope)
    rule = (line("∂L/∂k[a, b] = 2/n · Σᵢⱼ e[i, j] · xᵢⱼ[a, b]"),)
    values = {"place": _place(at), "slope": number(float(slope[at]))}
    rows = (("gradient", _rows_of(slope)),)
    return Explanation(rule, rows, "learn.backward", values, "core.convolution.learning:slope_of")


def _update(whole: Explanation, before: State, after: State, params: Params) -> Explanation:
    rows = ("before", _rows_of(before.kernel)), ("after", _rows_of(after.kernel)), *whole.rows[:1]
    return replace(whole, rows=rows)


Tell = Callable[[Explanation, State, State, Params], Explanation]
_LEARNING: dict[str, Tell] = {_FORWARD: _forward, _ERROR: _error, _BACKWARD: _backward, _UPDATE: _update}


def _farthest(before: State, params: Params) -> tuple[tuple[int, ...], float, float]:
    """Return the output cell (map, row, column) whose error is largest, what is made there and what is wanted."""
    made = parts(before, params)
    at = _largest(made.error)
    return at, float(made.made[at]), float(wanted_of(before.image, params)[at])


def _largest(array: Floats) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(int(np.abs(array).argmax()), array.shape))


def _place(at: Sequence[int]) -> str:
    shown = at[1:] if len(at) == 3 and not at[0] else at  # of the first map, or of the only one, without its number
    return f"[{', '.join(str(i + 1) for i in shown)}]"


def _where(at: tuple[int, ...]) -> dict[str, float | str]:
    return {"map": str(at[0] + 1), "row": str(at[1] + 1), "column": str(at[2] + 1)}


def _rows_of(kernel: Floats) -> tuple[Line, ...]:
    """Return the first rows of a kernel's first layer, as wide in each line."""
    flat = kernel.reshape(-1, kernel.shape[-1])
    shown = tuple(numbers_below_each_other(row, Focus("weight")) for row in flat[:_ROWS])
    return (*shown[:-1], (*shown[-1], Term(" …"))) if len(flat) > _ROWS else shown
