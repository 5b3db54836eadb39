"""Words in a picture: beside a place, or in a block where nothing else stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity, once_a_view
from widgets.plots.marks.labels import Label, any_within, ends_of, is_place
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_GAP = 4.0  # px
_CLEAR = 8.0  # px that a block keeps off points, lines and other words


@dataclass(frozen=True)
class Caption(Mark):
    """A text beside a place in data units, in the colour of a series; left out where there is no room for it.

    With `others` it stands close to the first of all places that has room, and is led away from none.
    """

    text: str
    xy: tuple[float, float]
    colour: str = ""
    first: str = "right above"  # the side that is tried first
    others: tuple[tuple[float, float], ...] = ()

    @once_a_view
    def labels(self, viewport: Viewport) -> list[Label]:
        point, colours = viewport.point(*self.xy), theme.current()
        if not self.text or not is_place(point) or not viewport.rect.contains(point):
            return []
        ink = colours.text_colour(self.colour or "text")
        others = tuple(viewport.point(*xy) for xy in self.others)
        return [Label(self.text, point, ink, colours.color("casing"), _GAP, self.first, 3, True, others)]


@dataclass(frozen=True, eq=False)
class Off(ByIdentity, Mark):
    """Places (n, 2) in data units that nothing written should cover, such as those along a line."""

    xy: Floats

    @once_a_view
    def along(self, viewport: Viewport) -> Floats:
        return viewport.pixels(self.xy[:, 0], self.xy[:, 1])


class Words(NamedTuple):
    """A line of a block, in the colour of a series ("": that of text)."""

    text: str
    colour: str = ""


@dataclass(frozen=True, eq=False)
class Block(ByIdentity, Mark):
    """Lines in the first of some places (n, 2) where they lie on nothing; left out where there is none.

    The places are where the middle of the block would stand; it keeps `off` points, off the upright and the level line
    through `lines`, all in data units, and off what `beside` has taken.
    """

    lines_of_text: tuple[Words, ...]
    places: Floats
    off: Off
    lines: tuple[float, float]
    beside: Mark

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        for words, box in self.written(viewport):
            ink = colours.text_colour(words.colour or "text")
            draw_label(painter, rendering, box.topLeft(), words.text, "label", ink, colours.color("panel"))

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [box for _, box in self.written(viewport)]

    @once_a_view
    def written(self, viewport: Viewport) -> list[tuple[Words, QRectF]]:
        """The lines with their boxes, one under the other and even at the right; none where there is no room."""
        middle, whole = self.free_place(viewport), self.size()
        if middle is None:
            return []
        right, top, written = middle.x() + whole.width() / 2, middle.y() - whole.height() / 2, []
        for words in self.lines_of_text:
            size = text_size(words.text, "label")
            written.append((words, QRectF(QPointF(right - size.width(), top), size)))
            top += size.height()
        return written

    def size(self) -> QSizeF:
        """The room its lines take."""
        sizes = [text_size(words.text, "label") for words in self.lines_of_text]
        return QSizeF(max(size.width() for size in sizes), sum(size.height() for size in sizes))

    def free_place(self, viewport: Viewport) -> QPointF | None:
        """The middle of it at the first place where it lies on nothing; None: there is none."""
        middles, size = viewport.pixels(self.places[:, 0], self.places[:, 1]), self.size()
        wide, high = size.width() / 2 + _CLEAR, size.height() / 2 + _CLEAR
        cross, boxes = viewport.point(*self.lines), [ends_of(box) for box in self.beside.taken(viewport)]
        for x, y in middles.tolist():
            left, top, right, foot = room = x - wide, y - high, x + wide, y + high
            is_inside = left >= 0 and top >= 0 and right <= viewport.width and foot <= viewport.height
            if not is_inside or left < cross.x() < right or top < cross.y() < foot:
                continue
            if any(left < box[2] and right > box[0] and top < box[3] and foot > box[1] for box in boxes):
                continue
            if not any_within(self.off.along(viewport), *room):
                return QPointF(x, y)
        return None
