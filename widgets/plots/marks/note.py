"""One line in the corner of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetrics, QPainter

from widgets.base import fonts, theme
from widgets.base.labels import draw_label, plot_font, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_LEFT, _UP = 8.0, 6.0


@dataclass(frozen=True)
class Note(Mark):
    """One line at the bottom left, over all marks, so many lines above the lowest; "" is none."""

    text: str
    above: int = 0

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        for box in self.taken(viewport):
            text = fonts.cut(self.text, QFontMetrics(plot_font("tick")), ceil(box.width()))
            draw_label(painter, rendering, box.topLeft(), text, "tick", colours.color("text"), colours.color("panel"))

    def taken(self, viewport: Viewport) -> list[QRectF]:
        whole = text_size(self.text, "tick")  # kept for all who ask, so it must not be changed
        size = QSizeF(min(whole.width(), viewport.width - 2 * _LEFT), whole.height())
        corner = QPointF(_LEFT, viewport.height - (self.above + 1) * size.height() - _UP)
        return [QRectF(corner, size)] if self.text else []
