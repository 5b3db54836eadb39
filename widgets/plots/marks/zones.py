"""Zones of a plot with a name, and lines of text that stand at a place of their own."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QPainter

from widgets.base import theme
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_HATCH = 0.3  # share of the colour of controls over the sunken ground
_INSET = 4.0  # px


@dataclass(frozen=True)
class Zone(Mark):
    """A hatched rectangle (data units) with its name, as far as there is room for it: at a share of its height, about
    `middle` or its own.
    """

    x0: float
    x1: float
    y0: float
    y1: float
    name: str = ""
    level: float = 0.5
    middle: float | None = None

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours, box = theme.current(), self._box(viewport)
        sunken = colours.color("sunken")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(box, sunken)
        hatch = colours.mix(sunken, colours.color("control"), _HATCH)
        painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        for place in self.taken(viewport):
            draw_label(painter, rendering, place.topLeft(), self.name, "label", colours.color("muted"), sunken)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        box, size = self._box(viewport), text_size(self.name, "label")
        if not self.name or box.width() < size.width() + 2 * _INSET or box.height() < size.height():
            return []
        about = box.center().x() if self.middle is None else viewport.point(self.middle, self.y0).x()
        left = min(max(about - size.width() / 2, box.left() + _INSET), box.right() - _INSET - size.width())
        top = box.bottom() - self.level * box.height() - size.height() / 2
        return [QRectF(QPointF(left, top), QSizeF(size))]

    def _box(self, viewport: Viewport) -> QRectF:
        box = QRectF(viewport.point(self.x0, self.y1), viewport.point(self.x1, self.y0))
        return box.intersected(viewport.rect.adjusted(1, 0, 0, 0))  # beside the line of the axis


@dataclass(frozen=True)
class PlacedText(Mark):
    """A line of text that begins a little right of a place (data units), or is `centred` there, at half its height."""

    xy: tuple[float, float]
    text: str
    colour: str = "text"  # of the theme
    centred: bool = False
    is_series: bool = False  # whether the colour is that of a series

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        for box in self.taken(viewport):
            ink = colours.text_colour(self.colour) if self.is_series else colours.color(self.colour)
            draw_label(painter, rendering, box.topLeft(), self.text, "label", ink, colours.color("panel"))

    def taken(self, viewport: Viewport) -> list[QRectF]:
        size, place = text_size(self.text, "label"), viewport.point(*self.xy)
        left = -size.width() / 2 if self.centred else _INSET
        return [QRectF(QPointF(place.x() + left, place.y() - size.height() / 2), QSizeF(size))]
