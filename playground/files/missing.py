"""What stands for a missing value besides a blank: taken for one where that is said, else looked for and told.

Where nothing was measured many files hold a number far from all others, such as -9999. It stays a number unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from core.run.values import Floats, locked
from playground.files.body import Body
from playground.files.reading import BETWEEN, Remark
from playground.words.quoting import listed

_NINES = re.compile(r"-9+(\.\d+)?|99+(\.9+)?")
_LEAST = -99.0  # above it a number below all others is likely one
_BELOW, _ABOVE = 0.5, 2.0  # of the spread of all others: how far from them such a number lies
_SHARE, _LOWEST = 0.25, 0.5  # of all ratings that are 0, and the lowest of the others
KEYS = ("far_number", "unrated")  # of remarks that tell of such a number as what is `given`


def marks_of(text: str) -> tuple[str, ...]:
    """Return the cells that are to be taken for blank, as a reading names them."""
    return tuple(filter(None, map(str.strip, text.split(BETWEEN))))


def without_marked(body: Body, marks: tuple[str, ...]) -> Body:
    """Return a body in which nothing stands where a text was one of the marks."""
    return replace(body, cells=[texts_without(column, marks) for column in body.cells]) if marks else body


def texts_without(column: Any, marks: tuple[str, ...]) -> Any:
    """Return a column of texts with null for the marks; any other as it is."""
    if not marks or column.type != "string":
        return column
    import pyarrow as pa
    from pyarrow import compute

    is_mark = compute.is_in(compute.utf8_trim_whitespace(column), pa.array(marks))
    return compute.if_else(is_mark, pa.scalar(None, pa.string()), column)


def numbers_without(column: Any, marks: tuple[str, ...]) -> Any:
    """Return a column of numbers, (n,), with nan for the marks that are numbers; one of texts as it is."""
    values = [value for value in map(_value, marks) if value is not None]
    if not isinstance(column, np.ndarray) or not np.isin(column, values).any():
        return column
    return locked(np.where(np.isin(column, values), np.nan, column))


def _value(mark: str) -> float | None:
    try:
        return float(mark)
    except ValueError:
        return None


def far_numbers(columns: Mapping[str, Any]) -> Iterator[Remark]:
    """Yield a remark for each number that lies far from all others of its column, and stands there more than once."""
    found: dict[float, list[str]] = {}
    for name, column in columns.items():
        for number in _far(column) if isinstance(column, np.ndarray) else ():
            found.setdefault(number, []).append(name)
    for number, names in found.items():
        count = sum(int(np.count_nonzero(columns[name] == number)) for name in names)
        if count > 1:
            yield Remark("far_number", {"given": _written(number), "count": count, "columns": listed(names)})


def unrated(ratings: Floats) -> tuple[Remark, ...]:
    """Return the remark that the lowest number of an array is taken for a rating, where it may say that there is none:
    -1, or 0 that stands often, and all others are higher.
    """
    known = ratings[~np.isnan(ratings)]
    low = float(known.min(initial=1))
    others = known[known != low]
    count = len(known) - len(others)
    if low not in (-1, 0) or not len(others) or others.min() < _LOWEST or (low == 0 and count < _SHARE * len(known)):
        return ()
    return (Remark("unrated", {"given": _written(low), "count": count, "cells": len(known)}),)


def _far(column: Floats) -> Iterator[float]:
    """Yield the lowest and highest numbers of a column that look like marks and lie far from all others."""
    known = column[np.isfinite(column)]
    while len(known):
        ends = (float(known.min()), float(known.max()))
        found = next((end for end in ends if _is_mark(end, known)), None)
        if found is None:
            return
        yield found
        known = known[known != found]


def _is_mark(end: float, known: Floats) -> bool:
    is_nines = _NINES.fullmatch(_written(end)) is not None
    if not is_nines and not (end <= _LEAST and end.is_integer()):
        return False
    others = known[known != end]
    if not len(others) or (not is_nines and others.min() < 0):
        return False
    low, high = float(others.min()), float(others.max())
    return (low - end > _BELOW * (high - low) > 0) if end < low else (end - high > _ABOVE * (high - low) > 0)


def _written(number: float) -> str:
    return repr(int(number) if number.is_integer() else number)
