"""A painted table of a few rows of text: the first one is its head, numbers stand at the right of their columns."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.base import fonts, theme

_ROW = 26


class TextTable(QWidget):
    """Rows of text; `shares` are the parts of the width that the columns take."""

    def __init__(self, shares: Sequence[float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares = tuple(shares)
        self._rows: list[list[str]] = []

    def show_rows(self, rows: list[list[str]], shares: Sequence[float] = ()) -> None:
        """Show these rows, each as long as there are columns; with `shares` there may be others than before."""
        shares = tuple(shares) or self._shares
        if (rows, shares) != (self._rows, self._shares):
            self._rows, self._shares = rows, shares
            self.setMinimumHeight(fonts.scaled(len(rows) * _ROW) + 1)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.current()
        for i, cells in enumerate(self._rows):
            painter.setPen(colours.color("muted" if i == 0 else "text"))
            left = 0.0
            for j, (text, share) in enumerate(zip(cells, self._shares, strict=True)):
                painter.setFont(fonts.role_font("formula" if i and j else "subtitle"))
                box = QRectF(left, i * _ROW * fonts.scale(), share * self.width() - 4, _ROW * fonts.scale())
                align = Qt.AlignmentFlag.AlignLeft if j == 0 else Qt.AlignmentFlag.AlignRight
                shown = fonts.cut(text, painter.fontMetrics(), math.floor(box.width()))
                painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, shown)
                left += share * self.width()
            painter.setPen(colours.color("border"))
            y = fonts.scaled((i + 1) * _ROW)
            painter.drawLine(0, y, self.width(), y)
