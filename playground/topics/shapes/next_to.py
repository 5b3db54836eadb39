"""Where an arrow leads from a place in an array."""

from __future__ import annotations

from PySide6.QtCore import Qt

from core.run.explanation import Focus
from widgets.grids.board_keys import WAYS


def next_to(focus: Focus | None, kind: str, sizes: tuple[int, ...], key: Qt.Key, deep: bool) -> Focus | None:
    """Return the place beside the one in focus to which an arrow leads, of an array of these sizes; else its first.

    Up and down go over the axis before the last drawn one, left and right over the last; with `deep` over one more,
    which lies behind. At its ends it stays. None for a key that is no arrow.
    """
    if key not in WAYS:
        return None
    if focus is None or focus.kind != kind:
        return Focus(kind, (0,) * len(sizes))
    at = [*focus.at, *(0 for _ in sizes[len(focus.at) :])]
    down, across = WAYS[key]
    axis = 0 if len(sizes) == 1 else 2 if deep and across else 1 if across else 0
    if len(sizes) > 1 or across:
        at[axis] = min(max(0, at[axis] + down + across), sizes[axis] - 1)
    return Focus(kind, tuple(at))
