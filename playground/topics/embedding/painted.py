"""What the boards of this tab are made of beside grids and captions: chips, bands, hatching, the waterfall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from widgets.base import theme
from widgets.base.labels import fitting, metrics, text_width, write
from widgets.grids.board import paint_band
from widgets.grids.board_series import Polyline
from widgets.grids.grid_painting import hatch

_ROUND, _PAD = 4.0, 3.0  # px


@dataclass(frozen=True)
class Chip:
    """A word in a frame, told as cell 0, 0 of its name; a dashed one is cut off or padding, a lit one told of."""

    still: ClassVar[bool] = True
    name: str
    rect: QRectF
    text: str
    dashed: bool = False
    lit: bool = False
    colour: str = ""  # of its edge, where words share a number
    struck: bool = False  # it has no number

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column 0 at a point of it, None outside."""
        return (0, 0) if self.rect.contains(x, y) else None

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        edge = colours.line_colour(self.colour or ("accent_text" if self.lit else "control"))
        pen = QPen(edge, 2.0 if self.lit or self.colour else 1.0)
        if self.dashed:
            pen.setDashPattern((3.0, 2.0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(colours.color("selection") if self.lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        role = "strong" if self.lit else "tick"
        text = fitting(self.text, role, self.rect.width() - 2 * _PAD)
        painter.setPen(colours.color("muted" if self.dashed else "text"))
        height = metrics(role).height()
        left = self.rect.center().x() - text_width(text, role) / 2
        write(painter, round(left), round(self.rect.center().y() - height / 2 + metrics(role).ascent()), text, role)
        if self.struck:
            painter.setPen(QPen(colours.ink("vermillion"), 1.0))
            y = self.rect.center().y()
            painter.drawLine(QPointF(left - 2, y), QPointF(left + text_width(text, role) + 2, y))


@dataclass(frozen=True)
class Clip:
    """A line around the right ends of chips that share a number."""

    still: ClassVar[bool] = True
    rect: QRectF
    colour: str

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        corners = self.rect.topLeft(), self.rect.topRight(), self.rect.bottomRight(), self.rect.bottomLeft()
        Polyline(np.array([(corner.x(), corner.y()) for corner in corners]), self.colour).paint(painter)


@dataclass(frozen=True)
class Band:
    """A band from a row of one grid to a row of another."""

    near: QLineF
    far: QLineF
    lit: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        name = "blue" if self.lit else "black"
        paint_band(painter, self.near, self.far, colours.region(name), colours.pale(name))


@dataclass(frozen=True)
class Hatch:
    """What a cell looks like that was never trained."""

    rect: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        hatch(painter, [self.rect])


@dataclass(frozen=True)
class Fold:
    """The row of a table in which others are folded: its cells are none."""

    rect: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.fillRect(self.rect, theme.current().color("panel"))


@dataclass(frozen=True)
class Ticks:
    """Short lines at the right of rows: these moved in the step."""

    lines: Sequence[QLineF]

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.current().line_colour("orange"), 2.0))
        painter.drawLines(list(self.lines))


@dataclass(frozen=True)
class Heights:
    """Where scores stand in a waterfall: lines at 0 and both edges, at the right p of the same height."""

    still: ClassVar[bool] = True
    rect: QRectF  # of all columns
    limit: float  # the score at the upper and lower edge
    shares: Sequence[tuple[float, str]] = ()  # scores at which p is written

    def of(self, score: float) -> float:
        """Return where a score stands."""
        share = min(max(score / self.limit, -1.0), 1.0)
        return self.rect.center().y() - share * self.rect.height() / 2

    def paint(self, painter: QPainter) -> None:
        """Paint them, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        colours, left, right = theme.current(), self.rect.left(), self.rect.right()
        for score in (self.limit, 0.0, -self.limit):
            y = round(self.of(score)) + 0.5
            painter.setPen(QPen(colours.color("control" if score == 0 else "grid"), 1.0))
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            self._write(painter, f"{score:+g}".replace("-", "−") if score else "0", left - 10, y, is_left=True)
        for score, text in self.shares:
            self._write(painter, text, right + 6, self.of(score))

    def _write(self, painter: QPainter, text: str, x: float, y: float, is_left: bool = False) -> None:
        painter.setPen(theme.current().color("muted"))
        left = x - text_width(text, "tick") if is_left else x
        write(painter, round(left), round(y + metrics("tick").ascent() / 2 - 1), text, "tick")


@dataclass(frozen=True)
class Step:
    """One vote of the waterfall: from where the last one ended to where it ends, in scores."""

    begin: float
    end: float
    told: str
    hatched: bool = False


@dataclass(frozen=True)
class Waterfall:
    """Each vote begins where the last one ended: first the bias, last the score."""

    heights: Heights
    bias: float
    steps: Sequence[Step]

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        rect = self.heights.rect
        width, level = rect.width() / max(1, len(self.steps)), self.heights.of(self.bias)
        dotted = QPen(colours.color("control"), 1.0, Qt.PenStyle.DotLine)
        painter.setPen(dotted)
        painter.drawLine(QPointF(rect.left() - 6, level), QPointF(rect.left() + 0.2 * width, level))
        for k, step in enumerate(self.steps):
            self._paint_step(painter, step, rect.left() + k * width, width)

    def _paint_step(self, painter: QPainter, step: Step, left: float, width: float) -> None:
        colours = theme.current()
        begin, end = self.heights.of(step.begin), self.heights.of(step.end)
        box = QRectF(left + 0.2 * width, min(begin, end), 0.6 * width, max(2.0, abs(end - begin)))
        colour = colours.line("blue" if step.end >= step.begin else "vermillion")
        painter.fillRect(box, colour)
        if step.hatched:
            painter.fillRect(box, QBrush(colours.color("panel"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(colours.color("control"), 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(box.right(), end), QPointF(left + 1.2 * width, end))
        painter.setPen(colours.ink("blue" if step.end >= step.begin else "vermillion"))
        text = step.told if text_width(step.told, "tick") <= width else ""  # a part of a number is another number
        ascent, above = metrics("tick").ascent(), box.top() - 3
        y = above if above - ascent > self.heights.rect.top() - 4 else box.bottom() + ascent + 2
        write(painter, round(box.center().x() - text_width(text, "tick") / 2), round(y), text, "tick")
