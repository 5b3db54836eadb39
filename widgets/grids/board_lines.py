"""What lies between the grids of a board: lines from one to another, a frame, a bar for rows that are not in view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from widgets.base import theme
from widgets.base.corners import paint_corners, paint_round

_DASHES = (4.0, 3.0)  # of a beam, in widths of the line
_HEAD = 9.0  # px of an arrow


@dataclass(frozen=True)
class Beam:
    """Dashed lines from one frame to another: between the near edges of two rectangles that lie side by side."""

    source: QRectF
    target: QRectF
    colour: str = "accent"

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        rightwards = self.source.center().x() <= self.target.center().x()
        near = self.source.right() if rightwards else self.source.left()
        far = self.target.left() if rightwards else self.target.right()
        colours = theme.current()
        pen = QPen(colours.text_colour(self.colour), 1.0)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ends = ((self.source.top(), self.target.top()), (self.source.bottom(), self.target.bottom()))
        painter.drawLines([QLineF(near, y, far, other) for y, other in ends])


@dataclass(frozen=True)
class Arrow:
    """A line from point to point, with a head at its end; `colour` is a token or the name of a series."""

    x: float
    y: float
    to_x: float
    to_y: float
    colour: str = "accent_text"
    head: bool = True

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colour, line = theme.current().line_colour(self.colour), QLineF(self.x, self.y, self.to_x, self.to_y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(line)
        if not self.head or not line.length():
            return
        along = QPointF(line.dx(), line.dy()) * (_HEAD / line.length())
        aside, back = QPointF(-along.y(), along.x()) * 0.5, line.p2() - along
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([line.p2(), back + aside, back - aside]))
        painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class Loop:
    """An arrow from what comes out at a height back to where it goes in, around the right; stays from step to step."""

    still: ClassVar[bool] = True
    left: float
    right: float
    into: float  # the height of its head
    out: float
    colour: str  # a token or the name of a series

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().line_colour(self.colour), 1.5))
        corners = QPointF(self.left, self.out), QPointF(self.right, self.out), QPointF(self.right, self.into)
        painter.drawPolyline(QPolygonF(list(corners)))
        Arrow(self.right, self.into, self.left, self.into, self.colour).paint(painter)


@dataclass(frozen=True)
class Frame:
    """A thin line around what is chosen."""

    rect: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.current().color("accent_text"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect, 5.0, 5.0)


@dataclass(frozen=True)
class Corners:
    """Corners around what a scene speaks of, or a ring around what it speaks of at a moment."""

    rect: QRectF
    is_ring: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        if self.is_ring:
            paint_round(painter, self.rect)
        else:
            paint_corners(painter, self.rect)


@dataclass(frozen=True)
class Pages:
    """Which rows of all are in view, as a thin scroll bar: the wheel and a click on it ask for others."""

    control: ClassVar[bool] = True
    rect: QRectF
    first: int
    shown: int
    count: int
    colour: str = "control"  # of the handle

    @property
    def handle(self) -> QRectF:
        """The part that stands for the rows in view."""
        row = self.rect.height() / self.count
        return QRectF(self.rect.x(), self.rect.y() + self.first * row, self.rect.width(), self.shown * row)

    def turn_to(self, y: float) -> int:
        """Return by how many rows to turn so that the row at a height comes into view."""
        row = min(self.count - 1, int((y - self.rect.y()) * self.count / self.rect.height()))
        return min(0, row - self.first) + max(0, row - self.first - self.shown + 1)

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for rect, token in ((self.rect, "sunken"), (self.handle, self.colour)):
            painter.setBrush(colours.color(token))
            painter.drawRoundedRect(rect.adjusted(1, 0, -1, 0), 3.0, 3.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
