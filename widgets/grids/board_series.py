"""What runs along the columns of a board: a line from value to value, a cursor, places to point at, a run's letter."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import fitting, metrics, plot_font, text_height, text_size, text_width, write
from widgets.base.letters import dashes, paint_letter

_LINE, _BESIDE = 2.0, 1.5  # px
_DASHES = (3.0, 2.0)  # in widths of the line
_CURSOR, _AROUND = 2.0, 4.0  # px


@dataclass(frozen=True, eq=False)
class Polyline:
    """A line through points (n, 2) in px, with a gap where one is nan; that of a run beside ours has its letter.

    `dot` px wide dots stand at the points; `colour` is a token or the name of a series.
    """

    points: Floats
    colour: str
    dot: float = 0.0
    letter: str = ""
    width: float = _LINE
    dashed: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colour = theme.current().line_colour(self.colour)
        width = _BESIDE if self.letter else self.width
        pen = QPen(colour, width)
        if pattern := dashes(self.letter, width) or (_DASHES if self.dashed else ()):
            pen.setDashPattern(pattern)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for part in _pieces(self.points):
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in part.tolist()]))
        if self.dot:
            self._paint_dots(painter)

    def _paint_dots(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().line_colour(self.colour))
        for x, y in self.points[np.isfinite(self.points).all(axis=1)].tolist():
            painter.drawEllipse(QPointF(x, y), self.dot / 2, self.dot / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _pieces(points: Floats) -> list[Floats]:
    """Return the parts of a line between its gaps."""
    is_known = np.isfinite(points).all(axis=1)
    if is_known.all():
        return [points]
    parts = np.split(points, np.flatnonzero(np.diff(is_known)) + 1)
    return [part for part in parts if np.isfinite(part).all()]


@dataclass(frozen=True)
class Words:
    """A word in the middle of each column, the first of which begins at `left`; cut short where it is wider.

    `colours` are tokens or names of series, in whose ink they are written; `still` ones stay from step to step.
    """

    texts: tuple[str, ...]
    left: float
    y: float
    column: float  # px
    role: str
    colours: tuple[str, ...]
    still: bool = False

    @property
    def height(self) -> float:
        """The height of the line."""
        return text_height(self.role)

    def paint(self, painter: QPainter) -> None:
        """Paint them, in pixels of the board."""
        baseline, shown = round(self.y + metrics(self.role).ascent()), theme.current()
        for i, (whole, colour) in enumerate(zip(self.texts, self.colours, strict=True)):
            if text := fitting(whole, self.role, self.column):
                painter.setPen(shown.text_colour(colour))
                left = self.left + (i + 0.5) * self.column - text_width(text, self.role) / 2
                write(painter, round(left), baseline, text, self.role)


@dataclass(frozen=True)
class Cells:
    """Places to point at where no grid stands: `rect` in so many rows and columns."""

    still: ClassVar[bool] = True
    name: str
    rect: QRectF
    columns: int
    rows: int = 1

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column at a point, None outside."""
        row = floor((y - self.rect.top()) / self.rect.height() * self.rows)
        column = floor((x - self.rect.left()) / self.rect.width() * self.columns)
        return (row, column) if 0 <= row < self.rows and 0 <= column < self.columns else None

    def paint(self, painter: QPainter) -> None:
        """Paint nothing."""


@dataclass(frozen=True)
class Cursor:
    """A frame around a column, with what it stands for in a tab on top."""

    rect: QRectF
    tab: QRectF
    label: str

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.color("accent_text"), _CURSOR))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect)
        _paint_tab(painter, self.tab, self.label, "strong")


@dataclass(frozen=True)
class Tag:
    """A value over the middle of a cell's upper edge, or below that where it would stand higher than `top`."""

    text: str
    x: float
    y: float
    top: float

    @property
    def rect(self) -> QRectF:
        """The room it takes, in pixels of the board."""
        size = text_size(self.text, "tick")
        wide, high = size.width() + 2 * _AROUND, size.height() + 2.0
        above = self.y - high - _AROUND
        return QRectF(self.x - wide / 2, above if above >= self.top else self.y + high, wide, high)

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_tab(painter, self.rect, self.text, "tick")


def _paint_tab(painter: QPainter, rect: QRectF, label: str, role: str) -> None:
    colours = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.color("accent"))
    painter.drawRoundedRect(rect, 4.0, 4.0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(colours.color("on_accent"))
    painter.setFont(plot_font(role))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label)


@dataclass(frozen=True)
class RunLetter:
    """The square of a run that is compared, filled for the one in front; it may stay from step to step."""

    centre: QPointF
    letter: str
    is_front: bool = False
    still: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        paint_letter(painter, self.centre, self.letter, self.is_front)
