"""Where the keys lead from a cell: to the next one of its tensor, or along the link to another tensor."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt

from core.nn.layers import Stack
from core.run.explanation import Focus
from core.shapes.cells import comes_from, goes_to, sizes_of
from playground.topics.shapes.stack_plan import Drawn

At = tuple[int, ...]
_WAYS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (1, -1), Qt.Key.Key_Down: (1, 1)}
_LINKS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


def led_to(made: Stack, k: int, at: At, key: Qt.Key, deep: bool = False) -> Focus | None:
    """Return the cell to which a key leads from a cell of tensor k; None for a key that has no meaning there.

    Arrows go over the cells that are drawn, with `deep` left and right over the slices behind each other, and stay at
    the edge. PageUp leads to what the cell is made of, PageDown to what is made of it, in the middle of these.
    """
    if key in _LINKS:
        return _along(made, k, at, _LINKS[key])
    if key not in _WAYS:
        return None
    across, by = _WAYS[key]
    axis = len(at) - 1 if deep and len(at) > 2 and not across else _axes(at)[across]
    if axis is None:
        return None
    last = _reach(made, k)[axis] - 1
    return Focus("cell", (k, *at[:axis], min(max(0, at[axis] + by), last), *at[axis + 1 :]))


def _axes(at: At) -> tuple[int | None, int | None]:
    """Return which entries of a place go across and down."""
    last = len(at) - 1
    if last < 1:
        return (last if at else None), None
    return (last, last - 1) if last == 1 else (last - 1, last - 2)


def _reach(made: Stack, k: int) -> At:
    """Return how many places of each axis of a tensor can be walked to: those drawn, and all slices."""
    sizes = sizes_of(made.shapes[k])
    drawn = Drawn.of(sizes)
    if len(sizes) < 2:
        return (drawn.columns,) * len(sizes)
    if len(sizes) == 2:
        return drawn.rows, drawn.columns
    return (*(1 for _ in sizes[:-3]), drawn.rows, drawn.columns, sizes[-1])


def _along(made: Stack, k: int, at: At, by: int) -> Focus | None:
    if not 0 <= k + by < len(made.shapes):
        return None
    mask = goes_to(made, k, at)[1] if by > 0 else comes_from(made, k, at)[k - 1]
    drawn = mask[tuple(map(slice, _reach(made, k + by)))]
    cells = np.argwhere(drawn if drawn.any() else mask)
    return Focus("cell", (k + by, *map(int, cells[(len(cells) - 1) // 2]))) if len(cells) else None
