"""Three numbers twice: as a point in space, where each is a way along another axis; and as a tensor of one axis.

"Three-dimensional" is said of the space; the tensor has one axis, of length 3. The numbers are those of the nested list
where it is a list of three, else an example.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.run.explanation import Focus, number
from core.run.values import Floats
from core.shapes.nested import shape_of
from playground.playback.view import View
from playground.topics.shapes.axes import Dimension
from playground.topics.shapes.nested_boxes import level_colour
from playground.words.texts import Texts
from widgets.base import theme
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import NumberForm

EXAMPLE = (2.0, 1.0, 3.0)
WAYS = ("blue", "orange", "purple")  # the colours of the three ways in space
_SLANTED = np.array([[0.95, 0.22], [-0.6, 0.42], [0.0, -1.0]])  # a unit along x, y and z on the screen
_CORNERS = np.eye(3)
_SHARE = 0.5  # of the width, for the space
_HEAD = 22.0  # px of the words over both
_EDGE = 26.0  # px around the lines in space, for their names
_CELL = 44.0


@dataclass(frozen=True)
class Space:
    """Three axes from one corner, (4, 2) in pixels, and the way along x, y and z to the point, (4, 2)."""

    axes: tuple[QPointF, ...]
    stops: tuple[QPointF, ...]
    lit: int = -1  # the way in focus

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for i, colour in enumerate(WAYS):
            painter.setPen(QPen(shown.line(colour), 1.0))
            painter.drawLine(self.axes[0], self.axes[i + 1])
            painter.setPen(QPen(shown.line(colour), 6.0 if i == self.lit else 3.0))
            painter.drawLine(self.stops[i], self.stops[i + 1])
        painter.setPen(QPen(shown.color("panel"), 1.5))
        painter.setBrush(shown.color("accent"))
        painter.drawEllipse(self.stops[3], 6.5, 6.5)
        painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class Picture:
    """What the board shows of a view."""

    view: View
    texts: Texts

    @cached_property
    def numbers(self) -> Floats:
        """The three numbers."""
        data = self.view.params.data
        return np.array(data if shape_of(data) == (3,) else EXAMPLE, dtype=float)

    @property
    def lit(self) -> int:
        """Which of them is under the pointer, or else chosen; −1 where none is."""
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("entry", (i,)) if i < 3:
                    return i
        return -1

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        note = list(self._note(height, width))
        high = height - _HEAD - (text_height("tick") + 2 if note else 0)
        space = QRectF(0, _HEAD, _SHARE * width, high)
        row = QRectF(space.right(), _HEAD, width - space.right(), high)
        titles = (
            Caption(
                self.texts.get("point", key), room.left() + 4, 2, "subtitle", "muted", "left", room.width() - 8, True
            )
            for key, room in (("space", space), ("axis", row))
        )
        return [*titles, *self._space(space), *self._row(row), *note]

    def _note(self, height: float, width: float) -> Iterator[Item]:
        """Say where the numbers come from, where they are not those of the nested list."""
        if shape_of(self.view.params.data) != (3,):
            words, y = self.texts.get("point", "example"), height - text_height("tick") - 2
            yield Caption(words, 4, y, "tick", "muted", "left", width - 8)

    def _space(self, room: QRectF) -> Iterator[Item]:
        scale = float(np.abs(self.numbers).max()) or 1.0
        ways = np.diag(self.numbers / scale)
        walk = np.vstack([np.zeros(3), np.cumsum(ways, axis=0)])
        ends = np.vstack([np.zeros(3), 1.1 * _CORNERS])
        axes, stops = _placed((ends @ _SLANTED, walk @ _SLANTED), room.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
        yield Space(axes, stops, self.lit)
        for name, colour, end in zip("xyz", WAYS, axes[1:], strict=True):
            away = QLineF(axes[0], end)
            away.setLength(away.length() + 10)
            at = away.p2()
            yield Caption(name, at.x(), at.y() - text_height("label") / 2, "label", colour, "middle", moves=True)
        yield self._named(stops[3], room)

    def _named(self, point: QPointF, room: QRectF) -> Caption:
        """Return the numbers of the point beside it, or over it where they are long."""
        words, high = f"({', '.join(map(number, self.numbers))})", text_height("label")
        wide = text_width(words, "label")
        if point.x() + 11 + wide <= room.right() + 4:
            return Caption(words, point.x() + 11, point.y() - high / 2, "label", "text", moves=True)
        x = min(max(point.x(), room.left() + wide / 2 + 2), room.right() - wide / 2 - 2)
        return Caption(words, x, point.y() - high - 9, "label", "text", "middle", moves=True)

    def _row(self, room: QRectF) -> Iterator[Item]:
        """Yield the three numbers side by side, how long their axis is, and the shape."""
        cell = float(min(_CELL, (room.width() - 12) // 3))
        left, top = room.center().x() - 1.5 * cell, room.center().y() - cell / 2
        outlines = [Outline(0, self.lit, colour=WAYS[self.lit])] if self.lit >= 0 else []
        values = self.numbers[None]
        grid = Grid(values, Signed(float(np.abs(values).max())), NumberForm.of(values), outlines=outlines)
        yield Placed("entry", grid, left, top, cell)
        if self.view.covered:  # how many axes there are is asked for
            return
        yield Dimension(QLineF(left, top - 14, left + 3 * cell, top - 14), "3", level_colour(0))
        for i, text in enumerate(("(3,)", self.texts.get("nested", "rank").format(rank=1))):
            y = top + cell + 8 + i * (text_height("strong") + 2)
            yield Caption(text, room.center().x(), y, "strong", level_colour(0) if i == 0 else "muted", "middle")


def _placed(shapes: Sequence[Floats], room: QRectF) -> list[tuple[QPointF, ...]]:
    """Return points in space, seen from aside, in the middle of a room; all to one scale."""
    every = np.vstack(shapes)
    low, high = every.min(axis=0), every.max(axis=0)
    scale = min(room.width() / (high[0] - low[0]), room.height() / (high[1] - low[1]))
    middle = room.center()
    moved = [(xy - (low + high) / 2) * scale for xy in shapes]
    return [tuple(QPointF(middle.x() + x, middle.y() + y) for x, y in xy) for xy in moved]
