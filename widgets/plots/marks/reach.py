"""All places within some distance of a place, by the straight line or by the sum of both ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import line_pen
from widgets.plots.viewport import Viewport

_LINE, _THIN = 1.5, 1.0  # px
_DASHES = (5.0, 4.0)
_CORNERS = 96  # of a circle too large to be painted as one
_LARGEST = 20_000.0  # px, a radius
_FILLED = 26  # of 255: how much of the colour is seen inside


@dataclass(frozen=True)
class Reach(Mark):
    """The places up to `distance` from (x, y), a circle or with `norm` 1 a square on its corner; in data units.

    `colour` is a series; with `filled` its inside is tinted; a `faint` one is a thin line.
    """

    x: float
    y: float
    distance: float
    colour: str
    norm: int = 2
    dashed: bool = False
    filled: bool = False
    faint: bool = False

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        if not np.isfinite([self.x, self.y, self.distance]).all():
            return
        line = theme.current().line_colour(self.colour)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
        width, ink = (_THIN, theme.current().faint(self.colour)) if self.faint else (_LINE, line)
        painter.setPen(line_pen(ink.rgba(), width, _DASHES if self.dashed else ()))
        painter.setBrush(_tint(line) if self.filled else Qt.BrushStyle.NoBrush)
        middle, corner = (viewport.point(self.x + d, self.y + d) for d in (0.0, self.distance))
        across, up = corner.x() - middle.x(), middle.y() - corner.y()
        if self.norm != 1 and max(across, up) < _LARGEST:
            painter.drawEllipse(middle, across, up)
        else:
            edge = self._edge()
            painter.drawPolygon(QPolygonF([QPointF(*xy) for xy in viewport.pixels(edge[:, 0], edge[:, 1]).tolist()]))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _edge(self) -> Floats:
        """Its corners (n, 2) in data units."""
        turns = np.linspace(0.0, 2 * np.pi, 4 if self.norm == 1 else _CORNERS, endpoint=False)
        return np.column_stack([self.x + self.distance * np.cos(turns), self.y + self.distance * np.sin(turns)])


def _tint(line: QColor) -> QBrush:
    made = QColor(line)
    made.setAlpha(_FILLED)
    return QBrush(made)
