"""Where keys lead in the mosaic: from cell to cell and from map to map by the arrows, from layer to layer by Tab."""

from __future__ import annotations

from PySide6.QtCore import Qt

from core.cnn.algorithm import stack_of
from core.cnn.settings import Params
from core.data.digits import SIDE
from core.run.explanation import Focus
from playground.topics.cnn.digit_pad import HELD
from widgets.grids.board_keys import WAYS

_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


def beside(focus: Focus, params: Params, key: Qt.Key, is_deep: bool) -> Focus | None:
    """Return what a key leads to from the digit, a cell of it or of a layer; None for a key that leads nowhere.

    Arrows stay at the edges. With `is_deep` (Shift) those to the sides go to the map before or behind, the others are
    not taken; Tab goes to the next layer, Shift+Tab back, out of the mosaic at both ends.
    """
    if key in _TABS:
        return _layer_beside(focus, params, _TABS[key])
    if key not in WAYS or focus.kind not in ("cell", "pixel"):
        return None
    down, right = WAYS[key]
    if focus.kind == "pixel":
        return None if is_deep else Focus("pixel", _moved(focus.at, (SIDE, SIDE), (down, right)))
    k, *place = focus.at
    sizes = _sizes(params, k)
    if is_deep:
        by = (right, *(0 for _ in sizes[1:]))
        return Focus("cell", (k, *_moved(place, sizes, by))) if right else None
    by = (0, down, right) if len(sizes) == 3 else (down + right,)
    return Focus("cell", (k, *_moved(place, sizes, by)))


def _layer_beside(focus: Focus, params: Params, by: int) -> Focus | None:
    k = (focus.at[0] if focus.kind in ("cell", "layer") else 0) + by
    if k == 0:
        return HELD
    if not 0 < k <= len(params.layers):
        return None
    return Focus("cell", (k, *(0 for _ in _sizes(params, k))))


def _sizes(params: Params, k: int) -> tuple[int, ...]:
    return tuple(axis.size or 1 for axis in stack_of(params).shapes[k][1:])


def _moved(place: tuple[int, ...] | list[int], sizes: tuple[int, ...], by: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(min(max(0, at + more), n - 1) for at, more, n in zip(place, by, sizes, strict=True))
