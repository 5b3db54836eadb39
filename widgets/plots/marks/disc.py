"""A filled circle under all marks, such as the unit circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_FILL = 0.2  # share of the colour of controls over the panel


@dataclass(frozen=True)
class Disc(Mark):
    """All places within a radius of a centre (data units); an ellipse where the axes have scales of their own."""

    radius: float
    x: float = 0.0
    y: float = 0.0

    is_ground: ClassVar[bool] = True

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours, edge = theme.current(), self.radius
        corners = viewport.point(self.x - edge, self.y + edge), viewport.point(self.x + edge, self.y - edge)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.color("control"), 1.0))
        painter.setBrush(colours.mix(colours.color("panel"), colours.color("control"), _FILL))
        painter.drawEllipse(QRectF(*corners))
        painter.setBrush(Qt.BrushStyle.NoBrush)
