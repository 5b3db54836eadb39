"""A field over one cell of a board: a number is typed, turned by the wheel or the arrows, or pulled up and down."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit

from widgets.base import fonts, numbers
from widgets.grids.board import GridBoard
from widgets.grids.grid import Outline

_SIZE = QSize(58, 28)  # px, if the cell is smaller
_PULL = 8.0  # px for each step
_COARSE = 10.0  # steps at once with Shift
_STEPS = {Qt.Key.Key_Up: 1.0, Qt.Key.Key_Down: -1.0}


class CellEditor(QLineEdit):
    """Hidden until it is opened on a cell; Return and leaving it keep the number, Escape gives the old one back."""

    edited = Signal(str, int, int, float, bool)  # grid, row, column, number, whether it is final
    given_up = Signal()  # after numbers were shown that were not final
    moved_on = Signal(str, int, int, int)  # Tab: to the next cell, or with −1 to the one before

    def __init__(self, board: GridBoard) -> None:
        super().__init__(board)
        self.setObjectName("board.cell")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._board = board
        self._cell: tuple[str, int, int] | None = None
        self._old = self._value = self._grabbed = 0.0
        self._down: QPointF | None = None
        self._is_shown = False  # whether a number that is not final was told
        board.installEventFilter(self)
        self.hide()

    def open(self, grid: str, row: int, column: int, value: float) -> None:
        """Let the learner change the number of a cell; one that is open is kept first."""
        self._keep()
        self._cell, self._old, self._value, self._is_shown = (grid, row, column), value, value, False
        self._grabbed = value
        self.setText(numbers.shortest(value).replace("-", "−"))
        if self._place():
            self.show()
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.selectAll()

    def pull(self, up: float) -> None:
        """Follow a pointer that was pressed on the cell and moved so many px up."""
        if self._cell and abs(up) >= _PULL:
            self._show(self._grabbed + int(up / _PULL))

    def _place(self) -> bool:
        """Lie over the cell, as far as it is there."""
        placed = self._board.placed(self._cell[0]) if self._cell else None
        if placed is None or self._cell is None:
            self._close()
            return False
        cell = placed.cells(Outline(*self._cell[1:])).toAlignedRect()
        size = cell.size().expandedTo(QSize(fonts.scaled(_SIZE.width()), fonts.scaled(_SIZE.height())))
        box = QRect(0, 0, size.width(), size.height())
        box.moveCenter(cell.center())
        box.moveLeft(max(0, min(box.left(), self._board.width() - box.width())))
        self.setGeometry(box)
        return True

    def _show(self, value: float) -> None:
        """Tell a number on its way."""
        if self._cell is None or value == self._value:
            return
        self._value, self._is_shown = value, True
        self.setText(numbers.shortest(value).replace("-", "−"))
        self.edited.emit(*self._cell, value, False)

    def _keep(self) -> None:
        """Tell the number for good; what is no number leaves the last one."""
        cell, typed = self._cell, numbers.typed(self.text())
        value = self._value if typed is None else typed
        is_new, self._cell = self._is_shown or value != self._old, None
        self._close()
        if cell and is_new:
            self.edited.emit(*cell, value, True)

    def _give_up(self) -> None:
        was_shown = self._is_shown
        self._close()
        if was_shown:
            self.given_up.emit()

    def _close(self) -> None:
        self._cell, self._is_shown = None, False
        if self.hasFocus():
            self._board.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    # Events.

    def event(self, event: QEvent) -> bool:
        """Take Escape before it becomes the window's."""
        is_key = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep()
        elif key == Qt.Key.Key_Escape:
            self._give_up()
        elif key in _STEPS:
            self._step(_STEPS[key], event.modifiers())
        else:
            super().keyPressEvent(event)

    def _step(self, by: float, modifiers: Qt.KeyboardModifier) -> None:
        coarse = _COARSE if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0
        typed = numbers.typed(self.text())
        self._show((self._value if typed is None else typed) + by * coarse)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        cell = self._cell
        self._keep()
        if cell:
            self.moved_on.emit(*cell, 1 if forwards else -1)
        return cell is not None

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._keep()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.angleDelta().x()  # with Alt held it comes sideways
        self._step(1.0 if turned > 0 else -1.0, event.modifiers())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._down, self._grabbed = event.position(), self._value

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._down:
            self.pull(self._down.y() - event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._down = None

    def eventFilter(self, board: QObject, event: QEvent) -> bool:
        """Keep the number where the board gets another size, or is pressed elsewhere."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.MouseButtonPress) and self._cell:
            self._keep()
        return False
