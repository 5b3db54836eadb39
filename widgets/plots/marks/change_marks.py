"""Marks of changed settings along the top of a plot over steps."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from widgets.base import theme
from widgets.base.labels import draw_label, text_size
from widgets.base.markers import draw_marker
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_DIAMOND = 8.0
_DIAMOND_DOWN = 8.0


@dataclass(frozen=True)
class ChangeMark:
    """A setting changed at step x; the text says how, such as "η 0.004 → 0.003"."""

    x: float
    text: str


@dataclass(frozen=True)
class ChangeMarks(Mark):
    """Diamonds, each with its text if that ends before the next diamond; the tooltip has it anyway."""

    marks: tuple[ChangeMark, ...]

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        boxes, colours = self.boxes(viewport), theme.current()
        for index, (mark, box) in enumerate(boxes):
            edge = boxes[index + 1][1].left() if index + 1 < len(boxes) else viewport.width
            draw_marker(painter, "diamond", box.center(), _DIAMOND, colours.color("text"), colours.color("panel"))
            size = text_size(mark.text, "tick")
            if box.right() + size.width() <= edge:
                corner = QPointF(box.right(), box.center().y() - size.height() / 2)
                draw_label(
                    painter, rendering, corner, mark.text, "tick", colours.color("muted"), colours.color("panel")
                )

    def tip(self, at: QPointF, viewport: Viewport) -> str:
        return next((mark.text for mark, box in self.boxes(viewport) if box.contains(at)), "")

    def boxes(self, viewport: Viewport) -> list[tuple[ChangeMark, QRectF]]:
        """Where the diamonds are that are in view, in the order of their steps."""
        boxes = []
        for mark in sorted(self.marks, key=lambda mark: mark.x):
            across = viewport.point(mark.x, 1.0).x()
            if 0 <= across <= viewport.width:
                box = QRectF(across - _DIAMOND / 2, _DIAMOND_DOWN - _DIAMOND / 2, _DIAMOND, _DIAMOND)
                boxes.append((mark, box.adjusted(-4, -4, 4, 4)))
        return boxes
