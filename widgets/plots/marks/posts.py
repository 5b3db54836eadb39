"""Posts in the way of a curve: hatched where it must not run, and beside each the value it has there.

What is written stands where there is room for it: curves run through any place beside a post.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import floor
from typing import cast

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from widgets.base import theme
from widgets.base.images import painted_image
from widgets.base.labels import text_size
from widgets.base.markers import draw_marker
from widgets.base.rendering import Rendering
from widgets.plots.marks.labels import Label, marker_box
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import line_pen
from widgets.plots.viewport import Viewport

_WIDE, _DOT, _GAP = 9.0, 8.0, 4.0  # px
_PLACES = 9  # along a post, where its rule may stand
_PATTERN = 8  # px, after which Qt's hatching comes again


@dataclass(frozen=True)
class Post(Mark):
    """A post at x between two levels, its rule written beside it; at `value` a dot with what is said of it.

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
        if self.value is not None:
            colours, place = theme.current(), viewport.point(self.x, self.value)
            draw_marker(painter, "circle", place, _DOT, colours.line_colour("black"), colours.color("panel"))

    def labels(self, viewport: Viewport) -> list[Label]:
        said = [self._label(viewport, self.told, 0, [viewport.point(self.x, self.value or 0.0)])] if self.told else []
        return [*said, self._label(viewport, self.rule, 2, self._beside(viewport))] if self.rule else said

    def taken(self, viewport: Viewport) -> list[QRectF]:
        dots = [] if self.value is None else marker_box(viewport.point(self.x, self.value), _DOT)
        return [self._box(viewport), *dots]

    @property
    def _colour(self) -> str:
        return "green" if self.lets else "vermillion"

    def _box(self, viewport: Viewport) -> QRectF:
        foot, end = viewport.point(self.x, self.foot), viewport.point(self.x, self.end)
        return QRectF(foot, end).normalized().adjusted(-_WIDE / 2, 0, _WIDE / 2, 0)

    def _beside(self, viewport: Viewport) -> list[QPointF]:
        """Where the rule may stand: along the post, first where that begins at the edge of the picture."""
        box, half = self._box(viewport), text_size(self.rule, "label").height() / 2
        places = np.linspace(box.top() + half, box.bottom() - half, _PLACES).tolist()
        return [QPointF(box.center().x(), y) for y in (places if self.end > self.foot else reversed(places))]

    def _label(self, viewport: Viewport, text: str, rank: int, places: list[QPointF]) -> Label:
        """What is written at the first of these places that has room, outwards by choice."""
        colours, first = theme.current(), "left" if places[0].x() < viewport.width / 2 else "right"
        ink, halo = colours.text_colour(self._colour), colours.color("casing")
        return Label(text, places[0], ink, halo, _WIDE / 2 + _GAP, first, rank, others=tuple(places[1:]))


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
