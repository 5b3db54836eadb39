"""Bars: upright ones under the columns of a grid, and a list of lying ones with their shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, numbers, theme
from widgets.base.corners import paint_corners
from widgets.base.labels import plot_font
from widgets.base.painted import PaintedWidget
from widgets.grids.word_names import Name, Place, paint_names

_TICK = 2.0  # px a target's line is wide
_ROW = 20
_LABEL, _SHARE = 96, 56  # px for names and for shares


@dataclass(frozen=True)
class Bar:
    """One bar: its length as a share of one, None where it was not computed; `target` is where it ought to be.

    `colour` is a series; an empty one is muted.
    """

    label: str
    value: float | None
    colour: str = ""
    target: float | None = None
    marked: bool = False  # whether a scene speaks of it

    @property
    def fill(self) -> QColor:
        """The colour of the bar."""
        return theme.current().line_colour(self.colour or "control")

    @property
    def ink(self) -> QColor:
        """The colour of its words."""
        return theme.current().text_colour(self.colour or "muted")


@dataclass(frozen=True)
class Columns:
    """Upright bars side by side, each as wide as a cell of a board, with names written upwards below them."""

    bars: Sequence[Bar]
    left: float
    top: float
    width: float  # of one column
    height: float  # of a bar of 1
    room: float  # for the names

    def paint(self, painter: QPainter) -> None:
        """Paint the columns in pixels of the board they stand on."""
        colours = theme.current()
        bottom = self.top + self.height
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colours.color("grid"), 1.0))
        for share in (0.5, 1.0):
            y = round(bottom - share * self.height) + 0.5
            painter.drawLine(QPointF(self.left, y), QPointF(self.left + self.width * len(self.bars), y))
        names = [Name(bar.label, bar.colour) for bar in self.bars]
        paint_names(painter, names, QPointF(self.left, bottom + 2), Place(self.width, self.room, below=True))
        for i, bar in enumerate(self.bars):
            self._paint_bar(painter, bar, self.left + i * self.width, bottom)
        painter.setPen(QPen(colours.color("control"), 1.0))
        painter.drawLine(QPointF(self.left, bottom), QPointF(self.left + self.width * len(self.bars), bottom))

    def _paint_bar(self, painter: QPainter, bar: Bar, left: float, bottom: float) -> None:
        if bar.value is not None:
            height = max(1.0, bar.value * self.height)
            painter.fillRect(QRectF(left + 2, bottom - height, self.width - 4, height), bar.fill)
        if bar.target is not None:
            y = bottom - bar.target * self.height
            painter.fillRect(QRectF(left, y - _TICK / 2, self.width, _TICK), theme.current().color("text"))


class BarList(PaintedWidget):
    """Lying bars below each other: a name, the bar, its share in percent; a line stands where it ought to end."""

    clicked = Signal(str)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars; what has no room at the bottom is left out."""
        if tuple(bars) != self._bars:
            self._bars = tuple(bars)
            told = (f"{bar.label} {numbers.percent(bar.value)}" for bar in bars if bar.value is not None)
            self.setAccessibleDescription("; ".join(told))
            self.update()

    def room(self) -> int:
        """How many bars there is room for."""
        return max(1, self.height() // fonts.scaled(_ROW))

    def bar_at(self, position: QPointF) -> str:
        """The name of the bar at a point of the widget, "" where there is none."""
        row = int(position.y() // fonts.scaled(_ROW))
        return self._bars[row].label if 0 <= row < min(len(self._bars), self.room()) else ""

    def sizeHint(self) -> QSize:
        return QSize(280, 6 * fonts.scaled(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 3 * fonts.scaled(_ROW))

    def _paint(self, painter: QPainter) -> None:
        for row, bar in enumerate(self._bars[: self.room()]):
            self._paint_bar(painter, bar, QRectF(0, row * fonts.scaled(_ROW), self.width(), fonts.scaled(_ROW)))

    def _paint_bar(self, painter: QPainter, bar: Bar, line: QRectF) -> None:
        label, share = fonts.scaled(_LABEL), fonts.scaled(_SHARE)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(plot_font("label" if bar.colour else "tick"))
        painter.setPen(bar.ink)
        text = fonts.cut(bar.label, painter.fontMetrics(), label - 8)
        painter.drawText(QRectF(0, line.top(), label - 8, line.height()), Qt.AlignmentFlag.AlignRight | middle, text)
        room = line.width() - label - share
        if bar.value is not None:
            painter.fillRect(QRectF(label, line.top() + 4, max(1.0, bar.value * room), line.height() - 8), bar.fill)
            painter.setFont(plot_font("cell"))
            numbers_at = QRectF(line.right() - share, line.top(), share, line.height())
            painter.drawText(numbers_at, Qt.AlignmentFlag.AlignRight | middle, numbers.percent(bar.value))
        if bar.target is not None:
            x = label + bar.target * room
            painter.fillRect(
                QRectF(x - _TICK / 2, line.top() + 2, _TICK, line.height() - 4), theme.current().color("text")
            )
        if bar.marked:
            paint_corners(painter, line.adjusted(2, 1, -share, -1))  # its number stays whole

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.bar_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        name = self.bar_at(event.position())
        if name and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(name)
