"""The field beside a handle in which its exact number is typed, or both numbers of its place."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from widgets.base import fonts, layouts, numbers
from widgets.base.error_label import ErrorLabel
from widgets.base.manners import Manners
from widgets.base.style import set_look
from widgets.plots.marks.handle import Span

_WIDE, _GAP = 132, 16  # px
_DIGITS = 6


class HandleField(QFrame):
    """Hidden until it is opened; Return takes what is typed, or says under it why not; Escape and leaving drop it."""

    typed = Signal(object)
    """The numbers by axis, once all of them are allowed."""
    left = Signal()
    """By a key: what was in hand has the keyboard again."""

    def __init__(self, picture: QWidget) -> None:
        super().__init__(picture)
        self._picture, self._at = picture, QPoint()
        self._spans: Mapping[str, Span] = {}
        self._shown = ""
        self.setProperty("role", "card")
        self.edit, self.error = QLineEdit(), ErrorLabel("plot.handle")
        self.edit.setObjectName("plot.handle")
        self.edit.setFont(fonts.role_font("cell"))
        self._column = layouts.column(self.edit, self.error, spacing=4, on=self)
        self._column.setContentsMargins(6, 6, 6, 6)
        self.setFixedWidth(fonts.scaled(_WIDE))
        Manners(self.edit).escaped.connect(self._leave)
        self.edit.returnPressed.connect(self._take)
        self.edit.editingFinished.connect(self._close_if_left)
        self.hide()

    def open(self, name: str, spans: Mapping[str, Span], at: QPoint) -> None:
        """Let numbers be typed at a place of the picture; those it begins with may be left as they stand."""
        self._spans, self._at = spans, at
        self._shown = ", ".join(numbers.shortest(float(f"{span.value:.{_DIGITS}g}")) for span in spans.values())
        self.edit.setText(self._shown)
        self.edit.setAccessibleName(name)
        self.edit.setToolTip(self._asked())
        self._say("")
        self.show()
        self.raise_()
        self.edit.selectAll()
        self.edit.setFocus()

    def _take(self) -> None:
        if self.edit.text() == self._shown:
            self._leave()
        elif (found := self._read()) is None:
            self._say(self._asked())
        else:
            self._leave()
            self.typed.emit(found)

    def _read(self) -> dict[str, float] | None:
        """Return the numbers by axis; None where one is missing, or lies beyond its ends."""
        parts = numbers.plain(self.edit.text()).split(",")
        found = [number for part in parts if (number := numbers.typed(part)) is not None]
        if not len(found) == len(parts) == len(self._spans):
            return None
        is_allowed = all(span.holds(number) for span, number in zip(self._spans.values(), found, strict=True))
        return dict(zip(self._spans, found, strict=True)) if is_allowed else None

    def _asked(self) -> str:
        """Say what may be typed."""
        ends = [span.ends for span in self._spans.values()]
        if len(ends) == 1:
            text = QCoreApplication.translate("HandleField", "Type a number from {low} to {high}.")
            return text.format(low=ends[0][0], high=ends[0][1])
        text = QCoreApplication.translate("HandleField", "Type x, y: x from {left} to {right}, y from {low} to {high}.")
        return text.format(left=ends[0][0], right=ends[0][1], low=ends[1][0], high=ends[1][1])

    def _say(self, refusal: str) -> None:
        set_look(self.edit, "error", bool(refusal))
        self.error.set_message(refusal)
        self._place()

    def _place(self) -> None:
        """Stand under the handle, or above it where there is no room."""
        column, width = self._column, self.width()
        is_wrapped = column.hasHeightForWidth()
        self.resize(width, column.totalHeightForWidth(width) if is_wrapped else column.totalSizeHint().height())
        below, room = self._at.y() + _GAP, self._picture.rect()
        top = below if below + self.height() <= room.height() else self._at.y() - _GAP - self.height()
        left = min(max(0, self._at.x() - self.width() // 2), room.width() - self.width())
        self.move(left, max(0, top))

    def _leave(self) -> None:
        if self.isVisible():
            self.left.emit()
            self.hide()

    def _close_if_left(self) -> None:
        if not self.edit.hasFocus():
            self.hide()
