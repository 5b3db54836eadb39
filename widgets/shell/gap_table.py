"""The table at the end of a scene: you, the run, and the gap."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, theme

_ROW = 20
_AIR = 6  # px between columns
_GAP = 3  # the column of gaps
_TOKENS = "muted", "accent_text", "text", "text"

GapRow = tuple[str, str, str, str]
"""What a line of the comparison is of, what was answered, what happened, how far apart."""


class GapTable(QWidget):
    """Answer and truth side by side, and what lies between them; words that are too long go on in another line."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[GapRow, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_gaps(self, rows: tuple[GapRow, ...]) -> None:
        """Show these lines; none hides it."""
        self._rows = rows
        self.setVisible(bool(rows))
        words = "; ".join(f"{label} {own} / {truth} {gap}".strip() for label, own, truth, gap in rows)
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        widths = self._widths(width)
        return sum(self._high(cells, widths) for cells in (self._heads(), *self._rows))

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        widths, top = self._widths(self.width()), 0
        for row, cells in enumerate((self._heads(), *self._rows)):
            left, high = 0.0, self._high(cells, widths)
            for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
                self._write(painter, cell, column, QRectF(left, top, width, high), is_head=not row)
                left += width
            top += high
        painter.fillRect(0, fonts.scaled(_ROW) - 1, self.width(), 1, theme.current().color("border"))

    def _heads(self) -> GapRow:
        own = QCoreApplication.translate("SceneCard", "you")
        run = QCoreApplication.translate("SceneCard", "run")
        return "", own, run, QCoreApplication.translate("SceneCard", "gap") if self._has_gaps() else ""

    def _has_gaps(self) -> bool:
        return any(gap for *_, gap in self._rows)

    def _high(self, cells: GapRow, widths: list[float]) -> int:
        font = fonts.role_font("body")
        lines = max(len(fonts.wrapped(cell, font, width - _AIR)) for cell, width in zip(cells, widths, strict=True))
        return fonts.scaled(_ROW) + (lines - 1) * self.fontMetrics().lineSpacing()

    def _write(self, painter: QPainter, cell: str, column: int, room: QRectF, is_head: bool) -> None:
        painter.setFont(fonts.role_font("strong" if is_head or column == _GAP else "body"))
        painter.setPen(theme.current().color(_TOKENS[column]))
        aside = Qt.AlignmentFlag.AlignRight if column and self._has_gaps() else Qt.AlignmentFlag.AlignLeft
        lines = fonts.wrapped(cell, painter.font(), room.width() - (_AIR if aside == Qt.AlignmentFlag.AlignLeft else 0))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | aside, "\n".join(lines))

    def _widths(self, whole: float) -> list[float]:
        """Return how wide the columns are: as wide as their words, and what is left shared by all but the first."""
        bold, plain = (QFontMetricsF(fonts.role_font(role)) for role in ("strong", "body"))
        needed = [bold.horizontalAdvance(head) for head in self._heads()]
        for row in self._rows:
            for column, cell in enumerate(row):
                metrics = bold if column == _GAP else plain
                needed[column] = max(needed[column], metrics.horizontalAdvance(cell))
        needed = [width + _AIR for width in needed]
        if not any(label for label, *_ in self._rows):
            needed[0] = 0.0
        if not self._has_gaps():  # words, which take what there is
            rest = (whole - needed[0]) / 2
            return [needed[0], rest, rest, 0.0]
        spare = whole - sum(needed)
        if spare < 0:
            return [max(0.0, needed[0] + spare), *needed[1:]]
        return [needed[0], *(width + spare / 3 for width in needed[1:])]
