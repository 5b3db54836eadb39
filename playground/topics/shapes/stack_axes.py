"""The axes of a tensor that is drawn: dimension lines, handles at ends that can be dragged, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from PySide6.QtCore import QLineF, QRectF, Qt

from core.nn.layers import Flatten, Stack, written
from core.shapes.carried import Axes
from core.shapes.cells import sizes_of
from core.shapes.changes import owner_of
from playground.topics.shapes.axes import Dimension, Handle, Hatch, Tints, colour_of, names_in
from playground.topics.shapes.stack_plan import SLICE, Place, left_out
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item, Spot

_OVER, _BESIDE, _DEEP = 11.0, 10.0, 15.0  # px between cells and their dimension lines
_REACH = 6.0  # px from a line at which it is pointed at
_SEGMENTS = 16  # of a row that Flatten made, which are marked
_HATCH = 12.0  # px
_STRIP = 4.0  # px of the width of a strip of tints


def axes_drawn(rank: int) -> tuple[int | None, int | None, int | None]:
    """Return which axes of a tensor, as written and with the batch, go across, down, and into the depth."""
    if rank < 3:
        return (1 if rank == 2 else None), None, None
    return (2, 1, None) if rank == 3 else (rank - 2, rank - 3, rank - 1)


@dataclass(frozen=True)
class AxisLines:
    """The lines along the sides of one tensor."""

    made: Stack
    place: Place
    lit: Axes
    texts: Texts

    def items(self) -> Iterator[Item]:
        """Yield them all."""
        place, shift = self.place, (self.place.drawn.slices - 1) * SLICE
        across, down, deep = axes_drawn(len(self.made.shapes[place.k]))
        top = place.top - _OVER - shift
        if segments := list(self._segments()):
            yield from segments
            yield Spot(f"axis {place.k} 1", QRectF(place.left, top - _REACH, place.right - place.left, 2 * _REACH))
        elif across is not None:
            yield from self._line(across, QLineF(place.left + shift, top, place.right + shift, top))
        if down is not None:
            left = place.left - _BESIDE
            yield from self._line(down, QLineF(left, place.top, left, place.bottom))
        if deep is not None and shift:
            left = place.right + _DEEP
            yield from self._line(deep, QLineF(left, place.bottom, left + shift, place.bottom - shift))
        yield from self._tints()
        yield from self._left_out()

    def _line(self, axis: int, line: QLineF) -> Iterator[Item]:
        k = self.place.k
        name, size = names_in(self.made, k)[axis], written(self.made.shapes[k])[axis]
        yield Dimension(line, str(size), colour_of(name), axis in self.lit)
        box = QRectF(line.p1(), line.p2()).normalized().adjusted(-_REACH, -_REACH, _REACH, _REACH)
        yield Spot(f"axis {k} {axis}", box)
        if owner_of(self.made, k, axis) is not None:
            handle = Handle(line.p2(), line.dx() != 0)
            shape = Qt.CursorShape.SizeHorCursor if handle.across else Qt.CursorShape.SizeVerCursor
            yield handle
            yield Spot(f"end {k} {axis}", handle.rect, shape)

    # What Flatten laid end to end.

    def _laid(self) -> tuple[int, str, str] | None:
        """Return how many cells a segment of a row has that was laid out, how that is written, and in which colour."""
        k = self.place.k
        given = self.made.shapes[k - 1][1:] if k else ()
        sizes = [axis.size or 0 for axis in given[1:]]
        if not sizes or not prod(sizes) or not isinstance(self.made.layers[k - 1], Flatten):
            return None
        return prod(sizes), " × ".join(map(str, sizes)), colour_of(given[-1].name)

    def segments(self) -> list[QRectF]:
        """Return where the parts of a row lie that Flatten laid end to end; none where it did not, or too many."""
        laid, place = self._laid(), self.place
        if not laid:
            return []
        wide = laid[0] * place.cell[0]
        count = min(self.made.shapes[place.k - 1][1].size or 0, int((place.right - place.left) // wide))
        return [
            QRectF(place.left + i * wide, place.top, wide, place.bottom - place.top)
            for i in range(count if count <= _SEGMENTS else 0)
        ]

    def _segments(self) -> Iterator[Item]:
        laid = self._laid()
        for segment in self.segments() if laid else ():
            text, y = laid[1] if laid else "", self.place.top - _OVER
            if text_width(text, "label") < segment.width() - 18:
                line = QLineF(segment.left() + 2, y, segment.right() - 2, y)
                yield Dimension(line, text, laid[2] if laid else "", 1 in self.lit)

    def _tints(self) -> Iterator[Tints]:
        """Yield the places of the axis that Flatten takes first, in turn of two tints: at its input and its output."""
        k, place = self.place.k, self.place
        if segments := self.segments():
            colour = colour_of(self.made.shapes[k - 1][1].name)
            yield Tints(tuple(QRectF(s.left(), s.bottom() + 2, s.width(), _STRIP) for s in segments), colour)
        is_laid_next = k < len(self.made.layers) and isinstance(self.made.layers[k], Flatten)
        if is_laid_next and len(self.made.shapes[k]) == 3:
            left, high = place.left - _STRIP - 1, place.cell[1]
            rows = tuple(QRectF(left, place.top + i * high, _STRIP, high) for i in range(place.drawn.rows))
            yield Tints(rows, colour_of(self.made.shapes[k][1].name))

    # What is left out.

    def _left_out(self) -> Iterator[Item]:
        place = self.place
        rows, columns = left_out(sizes_of(self.made.shapes[place.k]), place.drawn)
        box = place.front
        if columns > 0:
            wide = min(_HATCH, place.end - box.right() - 2)
            yield Hatch(QRectF(box.right(), box.top(), max(0.0, wide), box.height()))
        if rows > 0:
            yield Hatch(QRectF(box.left(), box.bottom(), box.width(), _HATCH - 4))
        sizes = [place.drawn.rows + rows] * (not place.drawn.is_row) + [place.drawn.columns + columns]
        text = self.texts.get("board", "more").format(size=" × ".join(map(numbers.count, sizes)))
        x = place.right + 14 + (place.drawn.slices - 1) * SLICE
        if (rows > 0 or columns > 0) and x + text_width(text, "tick") <= place.end:  # the lines have it, too
            yield Caption(text, x, (place.top + place.bottom - text_height("tick")) / 2, "tick", "muted")
