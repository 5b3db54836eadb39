"""What is told of a few lines, each beside a sample of its look, in a box where it covers fewest points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import metrics, plot_font, text_size
from widgets.base.letters import SIDE, paint_letter_mark
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity
from widgets.plots.marks.arrows_and_dots import XY
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import line_pen
from widgets.plots.viewport import Viewport

_SAMPLE, _LINE = 18.0, 2.5  # px
_DASHES = (2.4, 1.6)  # in widths of the line
_ROOM, _EDGE, _GAP = 6.0, 8.0, 6.0  # px around the words, from the edge of the picture, between sample and words
_STEPS = 6  # between two corners
_ALONG = tuple(step / _STEPS for step in range(_STEPS + 1))
_PLACES = tuple(sorted(product(_ALONG, _ALONG), key=lambda at: sum(min(share, 1 - share) for share in at)))
"""Where the box may stand, as shares of the room it has: the corners first, then what is nearest to one."""


@dataclass(frozen=True)
class Tag:
    """A line of words in the colour of a series; with a letter it is of a run beside ours."""

    text: str
    colour: str
    dashed: bool = False
    letter: str = ""


@dataclass(frozen=True, eq=False)
class Tags(ByIdentity, Mark):
    """The words, over all marks: where they cover fewest of the points (n, 2), and none of the places to keep off."""

    tags: tuple[Tag, ...]
    points: Floats
    off: tuple[XY, ...] = ()

    def box(self, viewport: Viewport) -> QRectF:
        """Where the box stands in pixels; an empty one where there are no words or no room for them."""
        sizes = [text_size(tag.text, "label") for tag in self.tags]
        wide = max((size.width() for size in sizes), default=0.0) + _SAMPLE + _GAP + 2 * _ROOM
        high = len(sizes) * _line_height() + _ROOM
        if not sizes or wide > viewport.width or high > viewport.height:
            return QRectF()
        boxes, off = _boxes(_Points(self.points), viewport, wide, high), [viewport.point(*xy) for xy in self.off]
        free = (box for box in boxes if not any(_around(box).contains(place) for place in off))
        return next(free, boxes[0])

    def taken(self, viewport: Viewport) -> list[QRectF]:
        box = self.box(viewport)
        return [] if box.isEmpty() else [box]

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        box, colours = self.box(viewport), theme.current()
        if box.isEmpty():
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(box, colours.color("panel"))
        painter.setPen(line_pen(colours.color("border").rgba(), 1.0))
        painter.drawRect(box)
        painter.setFont(plot_font("label"))
        for row, tag in enumerate(self.tags):
            _paint_row(painter, rendering, tag, box.topLeft() + QPointF(_ROOM, _ROOM / 2 + row * _line_height()))


def _line_height() -> float:
    return max(SIDE, metrics("label").height()) + 2


def _paint_row(painter: QPainter, rendering: Rendering, tag: Tag, corner: QPointF) -> None:
    colours, middle = theme.current(), corner.y() + _line_height() / 2
    if tag.letter:
        place = QPointF(corner.x() + _SAMPLE / 2, middle)
        paint_letter_mark(painter, rendering, place, tag.letter, colours.line_colour(tag.colour))
    else:
        painter.setPen(line_pen(colours.line_colour(tag.colour).rgba(), _LINE, _DASHES if tag.dashed else ()))
        painter.drawLine(QPointF(corner.x(), middle), QPointF(corner.x() + _SAMPLE, middle))
    painter.setFont(plot_font("label"))
    painter.setPen(colours.text_colour(tag.colour))
    base = middle + (metrics("label").ascent() - metrics("label").descent()) / 2
    painter.drawText(QPointF(round(corner.x() + _SAMPLE + _GAP), round(base)), tag.text)


@dataclass(frozen=True, eq=False)
class _Points(ByIdentity):
    xy: Floats


@lru_cache(maxsize=16)
def _boxes(points: _Points, viewport: Viewport, wide: float, high: float) -> list[QRectF]:
    """Return the boxes there may be, those that cover fewest points first."""
    pixels = viewport.pixels(points.xy[:, 0], points.xy[:, 1])
    room = np.array([viewport.width - wide - 2 * _EDGE, viewport.height - high - 2 * _EDGE]).clip(0.0)
    low = np.array(_PLACES) * room + _EDGE
    with np.errstate(invalid="ignore"):
        is_in = (pixels >= low[:, None] - _EDGE / 2) & (pixels <= low[:, None] + (wide + _EDGE / 2, high + _EDGE / 2))
    order = np.argsort(is_in.all(axis=2).sum(axis=1), kind="stable")
    return [QRectF(x, y, wide, high) for x, y in low[order].tolist()]


def _around(box: QRectF) -> QRectF:
    return box.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
