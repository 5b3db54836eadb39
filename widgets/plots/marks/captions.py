"""Words in a picture: beside a place, or in a block where nothing else stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity
from widgets.plots.marks.labels import Label, is_place
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_GAP = 4.0  # px
_CLEAR = 8.0  # px that a block keeps off points, lines and other words


@dataclass(frozen=True)
class Caption(Mark):
    """A text beside a place in data units, in the colour of a series; left out where there is no room for it."""

    text: str
    xy: tuple[float, float]
    colour: str = ""
    first: str = "right above"  # the side that is tried first

    def labels(self, viewport: Viewport) -> list[Label]:
        point, colours = viewport.point(*self.xy), theme.current()
        if not self.text or not is_place(point) or not viewport.rect.contains(point):
            return []
        ink = colours.text_colour(self.colour or "text")
        return [Label(self.text, point, ink, colours.color("casing"), _GAP, self.first, 3, optional=True)]


class Words(NamedTuple):
    """A line of a block, in the colour of a series ("": that of text)."""

    text: str
    colour: str = ""


@dataclass(frozen=True, eq=False)
class Block(ByIdentity, Mark):
    """Lines in the first of some places (n, 2) where they lie on nothing; left out where there is none.

    The places are where the middle of the block would stand; it keeps off `points` (m, 2), off the upright and the
    level line through `lines`, all in data units, and off what `beside` has taken.
    """

    lines_of_text: tuple[Words, ...]
    places: Floats
    points: Floats
    lines: tuple[float, float]
    beside: Mark

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        for words, box in self._written(viewport):
            ink = colours.text_colour(words.colour or "text")
            draw_label(painter, rendering, box.topLeft(), words.text, "label", ink, colours.color("panel"))

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [box for _, box in self._written(viewport)]

    def _written(self, viewport: Viewport) -> list[tuple[Words, QRectF]]:
        sizes = [text_size(words.text, "label") for words in self.lines_of_text]
        whole = QSizeF(max(size.width() for size in sizes), sum(size.height() for size in sizes))
        free = next((box for box in self._boxes(viewport, whole) if self._is_free(viewport, box)), None)
        if free is None:
            return []
        written, top = [], free.top()
        for words, size in zip(self.lines_of_text, sizes, strict=True):
            written.append((words, QRectF(QPointF(free.right() - size.width(), top), size)))
            top += size.height()
        return written

    def _boxes(self, viewport: Viewport, size: QSizeF) -> Iterator[QRectF]:
        for x, y in viewport.pixels(self.places[:, 0], self.places[:, 1]).tolist():
            yield QRectF(QPointF(x - size.width() / 2, y - size.height() / 2), size)

    def _is_free(self, viewport: Viewport, box: QRectF) -> bool:
        wide = box.adjusted(-_CLEAR, -_CLEAR, _CLEAR, _CLEAR)
        cross = viewport.point(*self.lines)
        is_crossed = wide.left() < cross.x() < wide.right() or wide.top() < cross.y() < wide.bottom()
        if (
            is_crossed
            or not viewport.rect.contains(wide)
            or any(wide.intersects(one) for one in self._beside(viewport))
        ):
            return False
        x, y = viewport.pixels(self.points[:, 0], self.points[:, 1]).T
        within = (x > wide.left()) & (x < wide.right()) & (y > wide.top()) & (y < wide.bottom())
        return not np.any(within)

    def _beside(self, viewport: Viewport) -> list[QRectF]:
        return list(self.beside.taken(viewport))
