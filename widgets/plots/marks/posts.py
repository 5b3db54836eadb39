"""Posts in the way of a curve: hatched where it must not run, and beside each the value it has there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from widgets.base import theme
from widgets.base.images import painted_image
from widgets.base.labels import draw_label, text_size
from widgets.base.markers import draw_marker
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import line_pen
from widgets.plots.viewport import Viewport

_WIDE, _DOT, _GAP = 9.0, 8.0, 4.0  # px
_PATTERN = 8  # px, after which Qt's hatching comes again


@dataclass(frozen=True)
class Post(Mark):
    """A post at x between two levels, its rule written at its foot end; at `value` a dot with what is said of it.

    A post that `lets` the curve pass is green, else vermillion; without a value there is no dot.
    """

    x: float
    foot: float  # the level where it ends in the middle of the picture
    end: float
    rule: str
    value: float | None = None
    told: str = ""
    lets: bool = False

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colour, box = theme.current().line_colour(self._colour), self._box(viewport)
        if rendering.smooth or rendering.vector:
            _hatch(painter, colour, box)
        else:
            x, y = (floor(edge / _PATTERN) * _PATTERN for edge in (box.left() - 1, box.top() - 1))
            ends = box.translated(-x, -y).getCoords()
            painter.drawImage(x, y, _hatched(colour.rgba(), cast("tuple[float, ...]", ends), rendering.scale))

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours, (rule, told) = theme.current(), self._words(viewport)
        ink, halo = colours.text_colour(self._colour), colours.color("casing")
        if rendering.smooth or self.value is None:  # it stands still: while the curve moves its value is what counts
            draw_label(painter, rendering, rule.topLeft(), self.rule, "label", ink, halo)
        if self.value is not None:
            place = viewport.point(self.x, self.value)
            draw_marker(painter, "circle", place, _DOT, colours.line_colour("black"), colours.color("panel"))
            draw_label(painter, rendering, told.topLeft(), self.told, "label", ink, halo)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        rule, told = self._words(viewport)
        return [self._box(viewport), rule, told] if self.told else [self._box(viewport), rule]

    @property
    def _colour(self) -> str:
        return "green" if self.lets else "vermillion"

    def _box(self, viewport: Viewport) -> QRectF:
        foot, end = viewport.point(self.x, self.foot), viewport.point(self.x, self.end)
        return QRectF(foot, end).normalized().adjusted(-_WIDE / 2, 0, _WIDE / 2, 0)

    def _words(self, viewport: Viewport) -> tuple[QRectF, QRectF]:
        """Where the rule and the value are written: outwards, if there is room and they do not meet there."""
        box, across = self._box(viewport), viewport.point(self.x, self.end).x()
        outwards = -1 if across < viewport.width / 2 else 1
        if not viewport.rect.contains(_beside(across, outwards, 0.0, self.rule)):
            outwards = -outwards
        high = text_size(self.rule, "label").height()
        near = box.top() if self.end > self.foot else box.bottom() - high
        level = viewport.point(self.x, self.value if self.value is not None else self.foot).y()
        height = min(max(level - high / 2, 0.0), viewport.height - high)
        way = -outwards if abs(height - near) < high else outwards
        return _beside(across, outwards, near, self.rule), _beside(across, way, height, self.told)


def _hatch(painter: QPainter, colour: QColor, box: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(line_pen(colour.rgba(), 1.0))
    painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
    painter.drawRect(box)
    painter.setBrush(Qt.BrushStyle.NoBrush)


@lru_cache(maxsize=16)
def _hatched(colour: int, ends: tuple[float, ...], scale: float) -> QImage:
    """The picture of a hatched box: it stands still while a run plays, and hatching takes its time."""
    (left, top, right, bottom), ink = ends, QColor.fromRgba(colour)
    box = QRectF(QPointF(left, top), QPointF(right, bottom))
    return painted_image(right + 2, bottom + 2, scale, lambda painter: _hatch(painter, ink, box))


def _beside(across: float, way: int, top: float, text: str) -> QRectF:
    size, gap = text_size(text, "label"), _WIDE / 2 + _GAP
    return QRectF(QPointF(across + gap if way > 0 else across - gap - size.width(), top), size)
