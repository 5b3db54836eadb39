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
from widgets.base.letters import SIDE, dashes, paint_letter
from widgets.base.painted import PaintedWidget
from widgets.grids.word_names import Name, Place, paint_names

_TICK = 2.0  # px a target's line is wide
_ROW = 20
_BEFORE = (2.0, 2.0)  # px of the dashes and gaps around a bar as it was before a change
_LABEL, _SHARE = 96, 56  # px for names and for shares


@dataclass(frozen=True)
class Bar:
    """One bar: its length as a share of one, None where it was not computed; `target` is where it ought to be.

    `colour` is a series; an empty one is muted. `others` are its values in runs compared with this one, by letter; one
    without a letter is what it was before a change.
    """

    label: str
    value: float | None
    colour: str = ""
    target: float | None = None
    others: tuple[tuple[str, float | None], ...] = ()
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
    room: float  # for the names; 0 for none

    def paint(self, painter: QPainter) -> None:
        """Paint the columns in pixels of the board they stand on."""
        colours = theme.current()
        bottom = self.top + self.height
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colours.color("grid"), 1.0))
        for share in (0.5, 1.0):
            y = round(bottom - share * self.height) + 0.5
            painter.drawLine(QPointF(self.left, y), QPointF(self.left + self.width * len(self.bars), y))
        if self.room:
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
        for letter, value in bar.others:
            if value is not None:
                _paint_hollow(
                    painter, letter, QRectF(left + 2, bottom - value * self.height, self.width - 4, value * self.height)
                )
        if bar.target is not None:
            y = bottom - bar.target * self.height
            painter.fillRect(QRectF(left, y - _TICK / 2, self.width, _TICK), theme.current().color("text"))


class BarList(PaintedWidget):
    """Lying bars below each other: a name, the bar, its share in percent; a line stands where it ought to end.

    Where runs are compared the bars of the others are hollow, and the shares stand in columns under the runs' letters.
    """

    clicked = Signal(str)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._front = ""  # the letter of the run that the bars are of
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_bars(self, bars: Sequence[Bar], front: str = "") -> None:
        """Show these bars, of the run of a letter; what has no room at the bottom is left out."""
        if (tuple(bars), front) != (self._bars, self._front):
            self._bars, self._front = tuple(bars), front
            told = [
                (bar.label, *(_said(value) for _, value in self._runs(bar))) for bar in bars if bar.value is not None
            ]
            self.setAccessibleDescription("; ".join(" ".join(words) for words in told))
            self.update()

    def room(self) -> int:
        """How many bars there is room for."""
        return max(1, self.height() // fonts.scaled(_ROW) - self._head())

    def _head(self) -> int:
        """How many rows the letters take."""
        return int(any(bar.others for bar in self._bars))

    def _runs(self, bar: Bar) -> list[tuple[str, float | None]]:
        """The shares of all runs in the order of their letters."""
        return sorted([(self._front, bar.value), *bar.others])

    def bar_at(self, position: QPointF) -> str:
        """The name of the bar at a point of the widget, "" where there is none."""
        row = int(position.y() // fonts.scaled(_ROW)) - self._head()
        return self._bars[row].label if 0 <= row < min(len(self._bars), self.room()) else ""

    def sizeHint(self) -> QSize:
        return QSize(280, 6 * fonts.scaled(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 3 * fonts.scaled(_ROW))

    def _paint(self, painter: QPainter) -> None:
        high, wide = fonts.scaled(_ROW), self.width()
        if self._head():
            letters = [letter for letter, _ in self._runs(self._bars[0])]
            for letter, box in zip(letters, self._columns(len(letters), 0), strict=True):
                paint_letter(painter, QPointF(box.right() - SIDE / 2, box.center().y()), letter, letter == self._front)
        for row, bar in enumerate(self._bars[: self.room()], self._head()):
            self._paint_bar(painter, bar, QRectF(0, row * high, wide, high))

    def _columns(self, count: int, top: float) -> list[QRectF]:
        """The places of the shares of so many runs in one row."""
        share, left = fonts.scaled(_SHARE), self.width() - count * fonts.scaled(_SHARE)
        return [QRectF(left + i * share, top, share, fonts.scaled(_ROW)) for i in range(count)]

    def _paint_bar(self, painter: QPainter, bar: Bar, line: QRectF) -> None:
        label, runs = fonts.scaled(_LABEL), self._runs(bar)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(plot_font("label" if bar.colour else "tick"))
        painter.setPen(bar.ink)
        text = fonts.cut(bar.label, painter.fontMetrics(), label - 8)
        painter.drawText(QRectF(0, line.top(), label - 8, line.height()), Qt.AlignmentFlag.AlignRight | middle, text)
        room = line.width() - label - len(runs) * fonts.scaled(_SHARE)
        painter.setFont(plot_font("cell"))
        for (letter, value), box in zip(runs, self._columns(len(runs), line.top()), strict=True):
            if value is not None:
                bar_box = QRectF(label, line.top() + 4, max(1.0, value * room), line.height() - 8)
                self._paint_share(painter, bar, bar_box, "" if letter == self._front else letter)
                painter.setPen(bar.ink)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, numbers.percent(value))
        if bar.target is not None:
            x = label + bar.target * room
            painter.fillRect(
                QRectF(x - _TICK / 2, line.top() + 2, _TICK, line.height() - 4), theme.current().color("text")
            )
        if bar.marked:
            paint_corners(
                painter, QRectF(2, line.top() + 1, label + room - 2, line.height() - 2)
            )  # its numbers stay whole

    def _paint_share(self, painter: QPainter, bar: Bar, box: QRectF, other: str) -> None:
        """Paint a bar, hollow for another run."""
        if not other:
            painter.fillRect(box, bar.fill)
            return
        _paint_hollow(painter, other, box.adjusted(0, -2, 0, 2))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.bar_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        name = self.bar_at(event.position())
        if name and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(name)


def _paint_hollow(painter: QPainter, letter: str, box: QRectF) -> None:
    """Paint the edge of a bar of another run, dashed as its lines are."""
    pen = QPen(theme.current().color("text"), 1.0)
    pen.setDashPattern(dashes(letter, 1.0) or _BEFORE)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _said(share: float | None) -> str:
    return "–" if share is None else numbers.percent(share)
