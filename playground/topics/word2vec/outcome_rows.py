"""What became of each word in a step, a row a word: how far its column moved, its share before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.base import theme
from widgets.base.labels import plot_font

_ROLE = "tick"


@dataclass(frozen=True)
class Outcome:
    """One word: lengths are parts of one, None where nothing is drawn; `rises` is None where nothing changed."""

    row: int
    colour: str = ""  # a series
    moved: float | None = None
    wanted: str = ""
    outlined: float | None = None  # before
    filled: float | None = None  # after
    text: str = ""
    rises: bool | None = None


@dataclass(frozen=True)
class Lanes:
    """The left edges and widths of the columns, in px; one that is 0 wide is left out."""

    moved: tuple[float, float]
    wanted: tuple[float, float]
    bars: tuple[float, float]
    text: tuple[float, float]
    arrow: tuple[float, float]


@dataclass(frozen=True)
class OutcomeRows:
    """The rows of words on a board, `step` px high each."""

    outcomes: Sequence[Outcome]
    lanes: Lanes
    top: float
    step: float

    def paint(self, painter: QPainter) -> None:
        """Paint them, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(plot_font(_ROLE))
        for outcome in self.outcomes:
            self._paint_row(painter, outcome, self.top + outcome.row * self.step)

    def _paint_row(self, painter: QPainter, outcome: Outcome, y: float) -> None:
        colours, lanes = theme.current(), self.lanes
        fill = colours.line_colour(outcome.colour or "control")
        if outcome.moved is not None:
            left, wide = lanes.moved
            painter.fillRect(QRectF(left, y + self.step / 2 - 2, max(1.0, outcome.moved * wide), 4), fill)
        if outcome.filled is not None:
            painter.fillRect(self._bar(outcome.filled, y), fill)
        if outcome.outlined is not None:
            painter.setPen(QPen(colours.text_colour(outcome.colour or "muted"), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._bar(outcome.outlined, y))
        ink = colours.text_colour(outcome.colour or "muted")
        self._write(painter, outcome.wanted, lanes.wanted, y, ink)
        self._write(painter, outcome.text, lanes.text, y, ink)
        if outcome.rises is not None:
            self._write(painter, "▲" if outcome.rises else "▼", lanes.arrow, y, colours.color("text"))

    def _bar(self, share: float, y: float) -> QRectF:
        left, wide = self.lanes.bars
        return QRectF(round(left), round(y + 0.22 * self.step), max(1.0, share * wide), round(0.56 * self.step))

    def _write(self, painter: QPainter, text: str, lane: tuple[float, float], y: float, ink: QColor) -> None:
        if text and lane[1]:
            painter.setPen(ink)
            box = QRectF(lane[0], y, lane[1], self.step)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
