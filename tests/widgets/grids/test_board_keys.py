"""The keys of a board: what has a use for one takes it, all others stay the window's."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from widgets.grids.board import GridBoard
from widgets.grids.board_keys import BoardKeys


@pytest.mark.parametrize(("key", "is_taken"), [(Qt.Key.Key_Left, True), (Qt.Key.Key_Right, False)])
def test_a_key_with_a_use_is_taken_and_done_once(qapp: Any, key: Qt.Key, is_taken: bool) -> None:
    done: list[int] = []
    board = GridBoard()
    BoardKeys(board, lambda key, _: (lambda: done.append(1)) if key == Qt.Key.Key_Left else None)
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(board, event)
        assert event.isAccepted() == is_taken
    assert done == ([1] if is_taken else [])


@pytest.mark.parametrize(
    ("reason", "count"), [(Qt.FocusReason.TabFocusReason, 1), (Qt.FocusReason.MouseFocusReason, 0)]
)
def test_the_focus_that_comes_by_tab_is_told(qapp: Any, reason: Qt.FocusReason, count: int) -> None:
    entered: list[int] = []
    board = GridBoard()
    BoardKeys(board, lambda *_: None, lambda: entered.append(1))
    QApplication.sendEvent(board, QFocusEvent(QEvent.Type.FocusIn, reason))
    assert len(entered) == count
