"""Kernels by name, of any size: what people found by hand before kernels were learned.

At 3 × 3 they are the textbook's; larger ones follow the same idea. The two edges are Sobel's (Sobel & Feldman 1968).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import comb

import numpy as np

from core.run.values import Floats, locked


def _middle(rows: int, columns: int) -> tuple[int, int]:
    return (rows - 1) // 2, (columns - 1) // 2


def identity(rows: int, columns: int) -> Floats:
    """1 in the middle: the map is the picture."""
    kernel = np.zeros((rows, columns))
    kernel[_middle(rows, columns)] = 1.0
    return kernel


def blur(rows: int, columns: int) -> Floats:
    """The mean of all cells of the window."""
    return np.full((rows, columns), 1.0 / (rows * columns))


def sharpen(rows: int, columns: int) -> Floats:
    """The middle, and as much again of how far it stands out from its row and column; the sum is 1."""
    kernel = np.zeros((rows, columns))
    row, column = _middle(rows, columns)
    kernel[row, :] = kernel[:, column] = -1.0
    kernel[row, column] = float(rows + columns - 1)
    return kernel


def outline(rows: int, columns: int) -> Floats:
    """How far the middle stands out from all around it; the sum is 0."""
    kernel = np.full((rows, columns), -1.0)
    kernel[_middle(rows, columns)] = rows * columns - 1.0
    return kernel


def vertical_edge(rows: int, columns: int) -> Floats:
    """What grows from left to right, smoothed from top to bottom."""
    smooth = np.array([float(comb(rows - 1, i)) for i in range(rows)])
    return np.outer(smooth, _rising(columns))


def horizontal_edge(rows: int, columns: int) -> Floats:
    """What grows from top to bottom, smoothed from left to right."""
    return vertical_edge(columns, rows).T.copy()


def emboss(rows: int, columns: int) -> Floats:
    """Light from the top left: a slope across the diagonal, and the middle itself."""
    row, column = _middle(rows, columns)
    return np.add.outer(np.arange(rows) - row, np.arange(columns) - column).astype(float) + identity(rows, columns)


def zeros(rows: int, columns: int) -> Floats:
    """Nothing yet: where learning may begin."""
    return np.zeros((rows, columns))


def _rising(length: int) -> Floats:
    """Return whole numbers that rise evenly about 0: −1, 0, 1 for three, −3, −1, 1, 3 for four."""
    places = np.arange(length, dtype=float)
    return places - (length - 1) / 2 if length % 2 else 2 * places - (length - 1)


KERNELS: dict[str, Callable[[int, int], Floats]] = {
    "identity": identity,
    "blur": blur,
    "sharpen": sharpen,
    "vertical-edge": vertical_edge,
    "horizontal-edge": horizontal_edge,
    "outline": outline,
    "emboss": emboss,
    "zeros": zeros,
}


@lru_cache(maxsize=64)
def named_kernel(name: str, size: tuple[int, int] = (3, 3)) -> Floats:
    """Return a kernel (rows, columns) by name, locked, as it is kept. Raises KeyError for an unknown name."""
    return locked(KERNELS[name](*size))


def fitted(kernel: Floats, size: tuple[int, int]) -> Floats:
    """Return a kernel (…, rows, columns) cut to a size about its middle, or filled up with zeros around it."""
    made = np.zeros((*kernel.shape[:-2], *size))
    kept_rows, rows = _shared(kernel.shape[-2], size[0])
    kept_columns, columns = _shared(kernel.shape[-1], size[1])
    made[..., rows, columns] = kernel[..., kept_rows, kept_columns]
    return made


def _shared(old: int, new: int) -> tuple[slice, slice]:
    """Return which places of an axis stay, in the old and in the new length, middle upon middle."""
    shift = (new - 1) // 2 - (old - 1) // 2
    begin, end = max(0, shift), min(new, old + shift)
    return slice(begin - shift, end - shift), slice(begin, end)
