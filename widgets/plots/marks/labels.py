"""What is written beside marks, where there is room for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import ceil, hypot, isfinite
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.kept_images import SameBits
from widgets.base.labels import draw_label, place_beside, text_size
from widgets.base.markers import FOCUSED_MARKER
from widgets.base.rendering import Rendering
from widgets.plots.viewport import Viewport

Ends = tuple[float, float, float, float]  # left, top, right, bottom
Lines = Sequence[tuple[Floats, Floats]]  # x, rising, and y of each, as numbers of the axes
NO_LINES: Floats = np.empty((0, 2))
_SIDES = {
    "right": (1, 0), "left": (-1, 0), "above": (0, -1), "below": (0, 1),
    "right above": (1, -1), "right below": (1, 1), "left above": (-1, -1), "left below": (-1, 1),
}  # fmt: skip
_RINGS = (0.0, 12.0, 26.0, 42.0)  # px that a label is led away, the nearest first
_LEADER_GAP = 2.0
_CELL = 4.0  # px to which it is known where lines run


@dataclass(frozen=True)
class Label:
    """A text beside a point in pixels, by choice on the side `first`; those of low `rank` get their place first.

    An `optional` one is left out where there is no room. One with `others` stands close to the first of these points
    that has room, in place of being led away from its own.
    """

    text: str
    point: QPointF
    ink: QColor
    halo: QColor
    gap: float = 4.0
    first: str = "right"
    rank: int = 0
    optional: bool = False
    others: tuple[QPointF, ...] = ()


def label_beside(
    viewport: Viewport, point: QPointF, text: str, colour: str, rank: int, first: str = "right", gap: float = 4.0
) -> list[Label]:
    """The label of a mark in the colour of a series, or none where the point is not seen."""
    if not text or not is_place(point) or not viewport.rect.contains(point):
        return []
    colours = theme.current()
    return [Label(text, point, colours.text_colour(colour or "text"), colours.color("casing"), gap, first, rank)]


def write_labels(
    painter: QPainter,
    viewport: Viewport,
    rendering: Rendering,
    labels: Sequence[Label],
    taken: Sequence[QRectF],
    lines: Floats = NO_LINES,
) -> None:
    """Write each label where it covers neither what is taken, nor a line, nor those before it, if there is a place."""
    written = list(placed(viewport, labels, taken, lines))
    for label, box in written:  # beneath all that is written
        _paint_leader(painter, label, box)
    for label, box in written:
        draw_label(painter, rendering, box.topLeft(), label.text, "label", label.ink, label.halo)


def placed(
    viewport: Viewport, labels: Sequence[Label], taken: Sequence[QRectF], lines: Floats = NO_LINES
) -> Iterator[tuple[Label, QRectF]]:
    """Yield the labels that are written and their boxes; `lines` are points (n, 2) along lines to keep off."""
    if not labels:
        return
    boxes, covered = [ends_of(box) for box in taken], _covered(SameBits(lines), viewport.width, viewport.height)
    for label in sorted(labels, key=lambda label: label.rank):
        size = text_size(label.text, "label")
        label, box = _free_place(label, size, viewport, boxes, covered)
        if box is None and not label.optional:
            others = [QRectF(QPointF(*ends[:2]), QPointF(*ends[2:])) for ends in boxes]
            box = place_beside(label.point, size, label.gap, viewport.rect, others, label.first)
        if box is not None:
            boxes.append(ends_of(box))
            yield label, box


def ends_of(box: QRectF) -> Ends:
    """The coordinates of a box."""
    return cast(Ends, box.getCoords())


def any_within(points: Floats, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether any of some points (n, 2) lies within a box, not on its edge."""
    x, y = points[:, 0], points[:, 1]
    return bool(((x > left) & (x < right) & (y > top) & (y < bottom)).any())


class _Covered:
    """Where points lie in a view, to within a few pixels: sums over rectangles cost the same however many there are."""

    def __init__(self, points: Floats, width: float, height: float) -> None:
        across, down = (max(1, ceil(length / _CELL)) for length in (width, height))
        cells = np.zeros((down + 1, across + 1), dtype=np.int32)
        with np.errstate(invalid="ignore"):
            inside = ((points >= 0) & (points < (width, height))).all(axis=1)
        x, y = (points[inside] / _CELL).astype(np.intp).T
        cells[y + 1, x + 1] = 1
        self._sums = cells.cumsum(axis=0).cumsum(axis=1)
        self._last = np.array([across, down])

    def any_in(self, low: Floats, high: Floats) -> NDArray[np.bool_]:
        """Whether there is a point in each of some rectangles, their corners (n, 2)."""
        left, top = self._cells_at(low / _CELL)
        right, bottom = self._cells_at(np.ceil(high / _CELL))
        sums = self._sums
        counts = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return np.asarray(counts > 0)

    def any_inside(self, left: float, top: float, right: float, foot: float) -> bool:
        """Whether there is a point in one rectangle that lies within the view."""
        (across, down), sums = self._last, self._sums
        x0, y0, x1, y1 = int(left / _CELL), int(top / _CELL), ceil(right / _CELL), ceil(foot / _CELL)
        x1, y1 = min(x1, across), min(y1, down)
        return bool(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0] > 0)

    def _cells_at(self, places: Floats) -> NDArray[np.intp]:
        return np.asarray(np.minimum(np.maximum(places.astype(np.intp), 0), self._last).T)


@lru_cache(maxsize=8)
def _covered(lines: SameBits, width: float, height: float) -> _Covered:
    return _Covered(lines.array, width, height)


def _free_place(
    label: Label, size: QSizeF, viewport: Viewport, boxes: Sequence[Ends], covered: _Covered
) -> tuple[Label, QRectF | None]:
    """A label at the first of its points that has a free box beside it, and that box; None: there is none."""
    for point in (label.point, *label.others):
        if box := _free_box(label, point, size, viewport, boxes, covered):
            return (label if point is label.point else replace(label, point=point)), box
    return label, None


def _free_box(
    label: Label, point: QPointF, size: QSizeF, viewport: Viewport, boxes: Sequence[Ends], covered: _Covered
) -> QRectF | None:
    """The nearest free box beside a point, led away where all beside it are taken; None if there is none."""
    if close := _close_box(label, point, size, viewport, boxes, covered):
        return close
    if label.others:
        return None
    extent = np.array([size.width(), size.height()])
    corners = _corners(label.first, label.gap)[len(_SIDES) :] * (1.0, 1.0, *(extent / 2))
    low = corners[:, :2] + corners[:, 2:] + (point.x(), point.y())
    high = low + extent
    free = (low >= 0).all(axis=1) & (high <= (viewport.width, viewport.height)).all(axis=1) & ~covered.any_in(low, high)
    if boxes:
        others = np.array(boxes)
        covers = (low[:, None] < others[:, 2:]) & (high[:, None] > others[:, :2])
        free &= ~covers.all(axis=2).any(axis=1)
    index = int(free.argmax())
    return QRectF(QPointF(*low[index].tolist()), size) if free[index] else None


def _close_box(
    label: Label, point: QPointF, size: QSizeF, viewport: Viewport, boxes: Sequence[Ends], covered: _Covered
) -> QRectF | None:
    """The first free box that touches the surroundings of a point: one after the other, since an early one will do."""
    x, y, wide, high = point.x(), point.y(), size.width(), size.height()
    for across, down, halves, half_heights in _corners(label.first, label.gap)[: len(_SIDES)].tolist():
        left, top = across + halves * (wide / 2) + x, down + half_heights * (high / 2) + y
        right, foot = left + wide, top + high
        if not (left >= 0 and top >= 0 and right <= viewport.width and foot <= viewport.height):
            continue
        if covered.any_inside(left, top, right, foot):
            continue
        if not any(left < box[2] and right > box[0] and top < box[3] and foot > box[1] for box in boxes):
            return QRectF(QPointF(left, top), size)
    return None


@cache
def _corners(first: str, gap: float) -> Floats:
    """How far boxes at the sides of a point have their left top corners from it, (n, 4): px, then half sizes.

    Those beside it come first, then those led away. What is to stand above does so at either side, too, before it
    stands beside the point, where the line goes on.
    """
    order = sorted(_SIDES, key=lambda side: (side != first, first == "above" and "above" not in side))
    sides = [_SIDES[side] for side in order]
    return np.array([((gap + ring) * x, (gap + ring) * y, x - 1, y - 1) for ring in _RINGS for x, y in sides])


def _paint_leader(painter: QPainter, label: Label, box: QRectF) -> None:
    """Join a label that was led away to its point by a thin line."""
    point = label.point
    end = QPointF(
        min(max(point.x(), box.left()), box.right()), min(max(point.y(), box.top()), box.bottom())
    )  # the nearest place of the box
    length = hypot(end.x() - point.x(), end.y() - point.y())
    if length <= 1.5 * label.gap + _LEADER_GAP:
        return
    begin = point + (end - point) * (max(0.0, label.gap - _LEADER_GAP) / length)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, width in ((label.halo, 3.0), (label.ink, 1.0)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(begin, end)


def clearest(boxes: Sequence[QRectF], runs: Stretches | None) -> QRectF:
    """Return the first of those boxes (one at least) through which least of the lines runs."""
    if len(boxes) == 1 or runs is None:
        return boxes[0]
    found: list[tuple[int, int]] = []
    for i, box in enumerate(boxes):
        found.append((runs.inside(box), i))
        if not found[-1][0]:  # none can be clearer
            break
    return boxes[min(found)[1]]


@dataclass(frozen=True)
class Stretches:
    """Where lines run, cut into stretches (n,) of the width of a cell: their ends across, the highest and lowest y.

    All in pixels; `high` and `low` are (lines, n).
    """

    across: Floats
    high: Floats
    low: Floats

    def inside(self, box: QRectF) -> int:
        """How many stretches run within the height of a box, from its left end to its right."""
        here = slice(
            max(0, int(self.across.searchsorted(box.left())) - 1), int(self.across.searchsorted(box.right(), "right"))
        )
        return int(np.count_nonzero((self.low[:, here] >= box.top()) & (self.high[:, here] <= box.bottom())))


def stretches(boxes: Sequence[QRectF], viewport: Viewport, lines: Lines) -> Stretches | None:
    """Return where lines run from the leftmost end of boxes to the rightmost, or nothing where no choice asks that."""
    known = [(x, y) for x, y in lines if len(x)]
    if len(boxes) < 2 or not known:
        return None
    left, right = min(box.left() for box in boxes), max(box.right() for box in boxes)
    across = np.arange(left, right + _CELL, _CELL)
    steps, _ = viewport.data(across, np.zeros(len(across)))
    values = np.array([np.interp(steps, x, y, np.nan, np.nan) for x, y in known])
    down = viewport.pixels(np.tile(steps, len(known)), values.ravel())[:, 1].reshape(values.shape)
    return Stretches(across, np.minimum(down[:, 1:], down[:, :-1]), np.maximum(down[:, 1:], down[:, :-1]))


def is_place(point: QPointF) -> bool:
    """Whether a pixel position is one."""
    return isfinite(point.x()) and isfinite(point.y())


def marker_box(place: QPointF, size: float = FOCUSED_MARKER) -> list[QRectF]:
    """The room a marker takes; none where it has no place."""
    half = size / 2
    return [QRectF(place.x() - half, place.y() - half, size, size)] if is_place(place) else []
