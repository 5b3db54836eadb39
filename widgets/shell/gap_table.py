"""The table at the end of a scene: you, the run, and the gap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets.base import fonts, theme

_ROW = 20

GapRow = tuple[str, str, str, str]
"""What a line of the comparison is of, what was answered, what happened, how far apart."""


class GapTable(QWidget):
    """Answer and truth side by side, and what lies between them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[GapRow, ...] = ()

    def show_gaps(self, rows: tuple[GapRow, ...]) -> None:
        """Show these lines; none hides it."""
        self._rows = rows
        self.setVisible(bool(rows))
        self.setFixedHeight(fonts.scaled(_ROW) * (len(rows) + 1))
        words = "; ".join(f"{label} {own} / {truth} {gap}".strip() for label, own, truth, gap in rows)
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        heads = (
            "",
            QCoreApplication.translate("SceneCard", "you"),
            QCoreApplication.translate("SceneCard", "run"),
            QCoreApplication.translate("SceneCard", "gap") if any(gap for *_, gap in self._rows) else "",
        )
        self._write(painter, 0, heads, ("muted", "accent_text", "text", "text"), "strong")
        for index, row in enumerate(self._rows, 1):
            self._write(painter, index, row, ("muted", "accent_text", "text", "text"), "body")
        painter.fillRect(0, fonts.scaled(_ROW) - 1, self.width(), 1, colours.color("border"))

    def _write(self, painter: QPainter, row: int, cells: Sequence[str], tokens: Sequence[str], role: str) -> None:
        painter.setFont(fonts.role_font(role))
        high, shares = fonts.scaled(_ROW), self._shares()
        left = 0.0
        for cell, token, share in zip(cells, tokens, shares, strict=True):
            painter.setPen(theme.current().color(token))
            room = QRectF(left, row * high, share * self.width() - 6, high)
            text = fonts.cut(cell, painter.fontMetrics(), int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            left += share * self.width()

    def _shares(self) -> tuple[float, float, float, float]:
        label = 0.28 if any(label for label, *_ in self._rows) else 0.0
        gap = 0.2 if any(gap for *_, gap in self._rows) else 0.0
        return label, (1 - label - gap) / 2, (1 - label - gap) / 2, gap
