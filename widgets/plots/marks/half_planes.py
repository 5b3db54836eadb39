"""The two sides of a straight line, each in its own colour."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, isfinite
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport


@dataclass(frozen=True)
class HalfPlanes(Mark):
    """Where w·x + b is below 0 and where it is above, in the region colours of two series; nothing where w is 0."""

    w: tuple[float, float]
    b: float
    colours: tuple[str, str]

    is_ground: ClassVar[bool] = True

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        shown, above = theme.current(), self._above(viewport)
        if above is None:
            return
        painter.fillRect(viewport.rect, shown.region(self.colours[0]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.vector)  # the line itself lies on the edge
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shown.region(self.colours[1]))
        painter.drawPolygon(above)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _above(self, viewport: Viewport) -> QPolygonF | None:
        """The part of the viewport above 0 in pixels: its corners and where the line cuts its sides."""
        length = hypot(*self.w)
        if not (length and isfinite(self.b / length)):
            return None
        corners = _corners(viewport)
        heights = [self.w[0] / length * x + self.w[1] / length * y + self.b / length for x, y in corners]
        polygon = QPolygonF()
        for i, (corner, here) in enumerate(zip(corners, heights, strict=True)):
            before = heights[i - 1]
            if (here > 0) != (before > 0):
                share = before / (before - here)
                x, y = (old + share * (new - old) for old, new in zip(corners[i - 1], corner, strict=True))
                polygon.append(viewport.point(x, y))
            if here > 0:
                polygon.append(viewport.point(*corner))
        return polygon


def _corners(viewport: Viewport) -> list[tuple[float, float]]:
    if not (viewport.log_x or viewport.log_y or viewport.near):
        x0, x1, y0, y1 = viewport.x0, viewport.x1, viewport.y0, viewport.y1
        return [(x0, y1), (x1, y1), (x1, y0), (x0, y0)]
    rect: QRectF = viewport.rect
    places: tuple[QPointF, ...] = rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft()
    x, y = viewport.data([place.x() for place in places], [place.y() for place in places])
    return list(zip(x.tolist(), y.tolist(), strict=True))
