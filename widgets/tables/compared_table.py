"""A painted table of what compared runs measure at a step: a column a run, and how far each is from the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, numbers, theme
from widgets.base.letters import paint_letter

_HEAD, _ROW = 28, 26  # px
_LINE, _APART = 17, 5  # px of a line where a measure takes several, and between two measures
_MOST_BESIDE = 3  # runs from which on differences have a line of their own there
_GAP = 10.0
_LEAST_LABEL = 90.0
_STEP = 16.0  # px by which columns widen, so that they seldom move


class MeasureRow(NamedTuple):
    """What a measure is called, its value of each run, and the difference of each but the first from that."""

    label: str
    values: tuple[str, ...]
    apart: tuple[str, ...]


class ComparedTable(QWidget):
    """Rows under the letters of the runs; the first row is the one that matters most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters, self._front = "", ""
        self._rows: tuple[MeasureRow, ...] = ()
        self._columns = 0.0, 0.0  # px of a value, and of a difference
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or all that is behind is painted at each step

    def rows(self) -> tuple[MeasureRow, ...]:
        """The rows shown."""
        return self._rows

    def show_runs(self, letters: str, front: str, rows: Sequence[MeasureRow]) -> None:
        """Show the rows of the runs with these letters, one of which is in front."""
        if (letters, front, tuple(rows)) != (self._letters, self._front, self._rows):
            if letters != self._letters:
                self._columns = 0.0, 0.0
            self._letters, self._front, self._rows = letters, front, tuple(rows)
            self._fit()
            told = [" ".join([row.label, *row.values]) for row in rows]
            self.setAccessibleDescription("; ".join(told))
            self.update()

    def _fit(self) -> None:
        """Let columns be as wide as the widest that was shown of these runs."""
        metrics = QFontMetricsF(fonts.role_font("cell_bold"))
        values = [text for row in self._rows for text in row.values]
        apart = [text for row in self._rows for text in row.apart] + self._apart_names()
        sizes = [max((metrics.horizontalAdvance(text) for text in texts), default=0.0) for texts in (values, apart)]
        wide = [-(-size // _STEP) * _STEP for size in sizes]
        self._columns = max(self._columns[0], wide[0]), max(self._columns[1], wide[1])
        self._set_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._set_height()

    def showEvent(self, event: QShowEvent) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # style sheets forget it

    def _set_height(self) -> None:
        lines = len(self._rows) * (1 if self._is_wide else len(self._stacked()))
        row = _ROW if self._is_wide else _LINE
        self.setFixedHeight(fonts.scaled(_HEAD + row * lines + (0 if self._is_wide else _APART * len(self._rows))))

    def _apart_names(self) -> list[str]:
        """Name the differences: `B − A`."""
        return [f"{letter} {numbers.MINUS} {self._letters[0]}" for letter in self._letters[1:]]

    @property
    def _is_wide(self) -> bool:
        """Whether a measure stands on one line."""
        return self.width() - self._taken() >= _LEAST_LABEL * fonts.scale()

    def _taken(self) -> float:
        """The px that the numbers of a line take."""
        count, (value, apart) = len(self._letters), self._columns
        return count * (value + _GAP) + (count - 1) * (apart + _GAP)

    def _stacked(self) -> Sequence[str]:
        """What the lines of a measure hold where there is no room for all in one: label, values, differences."""
        return ("label", "all") if len(self._letters) < _MOST_BESIDE else ("label", "values", "apart")

    def _edges(self) -> tuple[list[float], list[float]]:
        """Return the right edges of the values and of the differences."""
        count, (value, apart) = len(self._letters), self._columns
        if self._is_wide or "all" in self._stacked():
            end = self.width() - (count - 1) * (apart + _GAP)
            edges = [end - (count - 1 - i) * (value + _GAP) for i in range(count)]
            return edges, [end + (i + 1) * (apart + _GAP) for i in range(count - 1)]
        wide = max(value, apart) + _GAP
        edges = [self.width() - (count - 1 - i) * wide for i in range(count)]
        return edges, edges[1:]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.current().color("panel"))
        if not self._letters:
            return
        values, apart = self._edges()
        self._paint_head(painter, values, apart)
        y, row = float(fonts.scaled(_HEAD)), fonts.scaled(_ROW if self._is_wide else _LINE)
        for place, measure in enumerate(self._rows):
            y += 0 if self._is_wide else fonts.scaled(_APART)
            room = self.width() - self._taken() if self._is_wide else self.width()
            self._write_label(painter, measure.label, y, row, room, place == 0)
            for line in ("all",) if self._is_wide else self._stacked()[1:]:
                y += 0 if self._is_wide else row
                if line != "apart":
                    self._write(painter, measure.values, values, y, row, "cell" if place else "cell_bold", "text")
                if line != "values":
                    self._write(painter, measure.apart, apart, y, row, "cell_bold", "accent_text")
            y += row

    def _paint_head(self, painter: QPainter, values: Sequence[float], apart: Sequence[float]) -> None:
        height = fonts.scaled(_HEAD)
        for letter, edge in zip(self._letters, values, strict=True):
            paint_letter(painter, QPointF(edge - 9, height / 2 - 2), letter, letter == self._front)
        if self._is_wide or "all" in self._stacked():
            self._write(painter, self._apart_names(), apart, 0, height - 4, "cell_bold", "accent_text")
        painter.setPen(QPen(theme.current().color("border")))
        painter.drawLine(0, height - 1, self.width(), height - 1)

    def _write_label(self, painter: QPainter, label: str, y: float, height: float, room: float, first: bool) -> None:
        painter.setFont(fonts.role_font("strong" if first and self._is_wide else "subtitle"))
        painter.setPen(theme.current().color("text" if self._is_wide else "muted"))
        shown = fonts.cut(label, painter.fontMetrics(), round(room))
        painter.drawText(QRectF(0, y, room, height), Qt.AlignmentFlag.AlignVCenter, shown)

    def _write(
        self, painter: QPainter, texts: Sequence[str], edges: Sequence[float], y: float, height: float, role: str,
        colour: str,
    ) -> None:  # fmt: skip
        """Write texts that end at these edges."""
        painter.setFont(fonts.role_font(role))
        painter.setPen(theme.current().color(colour))
        for text, edge in zip(texts, edges, strict=True):
            box = QRectF(edge - self.width(), y, self.width(), height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
