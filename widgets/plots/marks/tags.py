"""What is told of a few lines, each beside a sample of its look, in boxes where they cover fewest points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.images import painted_image
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
_MOST = 1000  # points, or every n-th of them, that a box is kept off
_OFF = 12.0  # px from a place to keep off
_STEPS = 12  # between two corners
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
    """The words, over all marks: where they cover fewest of the points (n, 2), and none of the places to keep off.

    They stand in one box, or where that would cover points each line in one of its own.
    """

    tags: tuple[Tag, ...]
    points: Floats
    off: tuple[XY, ...] = ()

    def boxes(self, viewport: Viewport) -> list[tuple[QRectF, tuple[Tag, ...]]]:
        """Where the boxes stand in pixels, and the lines in each; none where there are no words or no room for them."""
        size = _size(self.tags)
        if not self.tags or size.width() > viewport.width or size.height() > viewport.height:
            return []
        points, off = _Points(self.points), viewport.pixels(*np.array(self.off).reshape(-1, 2).T)
        covered, whole = _place(points, viewport, size, off, [])
        if not covered or len(self.tags) == 1:
            return [(whole, self.tags)]
        placed: list[QRectF] = []
        for tag in self.tags:
            placed.append(_place(points, viewport, _size((tag,)), off, placed)[1])
        return [(box, (tag,)) for box, tag in zip(placed, self.tags, strict=True)]

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [box for box, _ in self.boxes(viewport)]

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        for box, tags in self.boxes(viewport):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.fillRect(box, colours.color("panel"))
            painter.setPen(line_pen(colours.color("border").rgba(), 1.0))
            painter.drawRect(box)
            for row, tag in enumerate(tags):
                _paint_row(painter, rendering, tag, box.topLeft() + QPointF(_ROOM, _ROOM / 2 + row * _line_height()))


def _size(tags: Sequence[Tag]) -> QSizeF:
    """The room of a box around some lines."""
    wide = max((text_size(tag.text, "label").width() for tag in tags), default=0.0)
    return QSizeF(wide + _SAMPLE + _GAP + 2 * _ROOM, len(tags) * _line_height() + _ROOM)


def _line_height() -> float:
    return max(SIDE, metrics("label").height()) + 2


def _paint_row(painter: QPainter, rendering: Rendering, tag: Tag, corner: QPointF) -> None:
    """Paint a line of a box, while playing from a picture: its words stay longer than its place."""
    if rendering.smooth or rendering.vector:
        _write_row(painter, rendering, tag, corner)
        return
    image = _row_image(tag, theme.current().name, plot_font("label").key(), rendering.scale)
    painter.drawImage(QPointF(round(corner.x()), round(corner.y())), image)


@lru_cache(maxsize=32)
def _row_image(tag: Tag, theme_name: str, font: str, scale: float) -> QImage:
    size, quick = _size((tag,)), Rendering(smooth=False, scale=scale)
    return painted_image(size.width(), size.height(), scale, lambda on: _write_row(on, quick, tag, QPointF(0, 0)))


def _write_row(painter: QPainter, rendering: Rendering, tag: Tag, corner: QPointF) -> None:
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


def _place(
    points: _Points, viewport: Viewport, size: QSizeF, off: Floats, others: Sequence[QRectF]
) -> tuple[int, QRectF]:
    """Return how many points the best box of a size covers, and where it stands: off some places (n, 2) in pixels and
    other boxes.
    """
    counts, corners = _boxes(points, viewport, size.width(), size.height())
    high = corners + np.array([size.width(), size.height()])
    with np.errstate(invalid="ignore"):
        is_on = ((off[:, None] >= corners - _OFF) & (off[:, None] <= high + _OFF)).all(axis=2).any(axis=0)
    for other in others:
        low, far = (other.left(), other.top()), (other.right(), other.bottom())
        is_on |= ((corners < far) & (high > low)).all(axis=1)
    best = int(is_on.argmin())  # the first that is free; the first of all where none is
    return int(counts[best]), QRectF(QPointF(*corners[best].tolist()), size)


@lru_cache(maxsize=32)
def _boxes(points: _Points, viewport: Viewport, wide: float, high: float) -> tuple[NDArray[np.intp], Floats]:
    """Return how many points each box there may be covers, and its left top corner, what covers fewest first."""
    x, y = points.xy[:: -(-len(points.xy) // _MOST) or 1].T
    pixels = viewport.pixels(x, y)
    room = np.array([viewport.width - wide - 2 * _EDGE, viewport.height - high - 2 * _EDGE]).clip(0.0)
    low = np.array(_PLACES) * room + _EDGE
    with np.errstate(invalid="ignore"):
        is_in = (pixels >= low[:, None] - _EDGE / 2) & (pixels <= low[:, None] + (wide + _EDGE / 2, high + _EDGE / 2))
    counts = is_in.all(axis=2).sum(axis=1)
    order = np.argsort(counts, kind="stable")
    return counts[order], low[order]
