"""The keys of a board: given to what has a use for them, all others are the window's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from core.run.explanation import Focus
from widgets.grids.board import GridBoard

Act = Callable[[], None]
_WAYS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class BoardKeys(QObject):
    """Does what `act_of` makes of a key with what is held beside it, while the board has the focus."""

    def __init__(self, board: GridBoard, act_of: Callable[[Qt.Key, Qt.KeyboardModifier], Act | None]) -> None:
        super().__init__(board)
        self._act_of = act_of
        board.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the event if there is something to do."""
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return False
        act = self._act_of(Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        if act is None:
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress:
            act()
        return True


def next_to(focus: Focus | None, kind: str, sizes: tuple[int, ...], key: Qt.Key, deep: bool) -> Focus | None:
    """Return the place beside the one in focus to which an arrow leads, of an array of these sizes; else its first.

    Up and down go over the axis before the last drawn one, left and right over the last; with `deep` over one more,
    which lies behind. At its ends it stays. None for a key that is no arrow.
    """
    if key not in _WAYS:
        return None
    if focus is None or focus.kind != kind:
        return Focus(kind, (0,) * len(sizes))
    at = [*focus.at, *(0 for _ in sizes[len(focus.at) :])]
    down, across = _WAYS[key]
    axis = 0 if len(sizes) == 1 else 2 if deep and across else 1 if across else 0
    if len(sizes) > 1 or across:
        at[axis] = min(max(0, at[axis] + down + across), sizes[axis] - 1)
    return Focus(kind, tuple(at))
