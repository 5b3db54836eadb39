"""The keys of a board: given to what has a use for them, all others are the window's."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent

from widgets.base.painted import BY_KEYBOARD
from widgets.grids.board import GridBoard

Act = Callable[[], None]
WAYS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
"""So many rows down and columns to the right the arrows lead."""


class BoardKeys(QObject):
    """Does what `act_of` makes of a key with what is held beside it, while the board has the focus.

    `entered` is done when the focus comes by Tab.
    """

    def __init__(
        self,
        board: GridBoard,
        act_of: Callable[[Qt.Key, Qt.KeyboardModifier], Act | None],
        entered: Act | None = None,
    ) -> None:
        super().__init__(board)
        self._act_of, self._entered = act_of, entered
        board.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the event if there is something to do."""
        kind = event.type()
        if self._entered and isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in BY_KEYBOARD:
            self._entered()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return False
        act = self._act_of(Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
        if act is None:
            return False
        event.accept()
        if kind == QEvent.Type.KeyPress:
            act()
        return True
