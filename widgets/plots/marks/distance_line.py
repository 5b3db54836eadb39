"""A line of distances at the foot of a picture: what lies how far from its left end, for what no plane can show."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.labels import draw_label, text_size
from widgets.base.markers import paint_marker
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_UP, _EDGE = 52.0, 14.0  # px from the foot of the picture, and from its sides
_DOT, _LIFT, _GAP = 7.0, 8.0, 6.0  # px: a dot, its word above it, and between two words
_THICK, _THIN = 3.0, 1.0


@dataclass(frozen=True)
class Distance:
    """Something that lies so far away; `colour` is a series, without one it is muted."""

    value: float
    label: str
    colour: str = ""


@dataclass(frozen=True)
class DistanceLine(Mark):
    """Distances from 0 to `end`, the words of those given first having their places first.

    The line is thick in `colour` up to `gone`.
    """

    distances: tuple[Distance, ...]
    gone: float
    end: float
    colour: str

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        if not isfinite(self.end) or self.end <= 0 or viewport.is_empty:
            return
        colours, middle = theme.current(), viewport.height - _UP
        ends = [QPointF(self.x_of(value, viewport), middle) for value in (0.0, self.gone, self.end)]
        painter.setPen(QPen(colours.color("control"), _THIN))
        painter.drawLine(ends[0], ends[2])
        painter.setPen(QPen(colours.line_colour(self.colour), _THICK))
        painter.drawLine(ends[0], ends[1])
        for one in reversed(self.distances):
            fill, at = colours.line_colour(one.colour or "control"), QPointF(self.x_of(one.value, viewport), middle)
            paint_marker(painter, rendering, "circle", at, _DOT, fill, colours.color("panel"))
        for one, box in self.boxes(viewport):
            ink = colours.text_colour(one.colour or "muted")
            draw_label(painter, rendering, box.topLeft(), one.label, "tick", ink, colours.color("panel"))

    def x_of(self, value: float, viewport: Viewport) -> float:
        """Where a distance stands, in pixels; one beyond the end stands there."""
        return _EDGE + min(value / self.end, 1.0) * (viewport.width - 2 * _EDGE)

    def boxes(self, viewport: Viewport) -> list[tuple[Distance, QRectF]]:
        """Where words stand: on the line's upper side, else on a second row; those without room have none."""
        placed: list[tuple[Distance, QRectF]] = []
        for one in self.distances:
            size = text_size(one.label, "tick")
            left = min(max(0.0, self.x_of(one.value, viewport) - size.width() / 2), viewport.width - size.width())
            rows = (viewport.height - _UP - _LIFT - (row + 1) * size.height() for row in range(2))
            boxes = [QRectF(QPointF(left, top), size) for top in rows]
            free = (box for box in boxes if not any(box.adjusted(-_GAP, 0, _GAP, 0).intersects(b) for _, b in placed))
            if one.label and (box := next(free, None)):
                placed.append((one, box))
        return placed

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [
            QRectF(0, viewport.height - _UP - _DOT, viewport.width, 2 * _DOT),
            *(b for _, b in self.boxes(viewport)),
        ]
