"""Polylines in pixels: thinned to what can be seen, cut at gaps and at the edge of the picture."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.base.arrays import Floats
from widgets.plots.lean_pyqtgraph import pg

POINTS_PER_PIXEL = 2
_CHUNK = 96
_ROUGH_TURNS = 0.5


def kept_indices(x: Floats, y: Floats, low: float, high: float, columns: int) -> NDArray[np.intp]:
    """Which points of a curve with rising x to draw between low and high: all, or the extremes of each pixel column.

    One point beyond each end is kept, so that the line runs on to the edge.
    """
    first = max(0, int(np.searchsorted(x, low)) - 1)
    last = min(len(x), int(np.searchsorted(x, high, side="right")) + 1)
    if last - first <= POINTS_PER_PIXEL * max(1, columns):
        return np.arange(first, last)
    edges = np.linspace(low, high, max(1, columns) + 1)
    starts = np.unique(np.concatenate(([first], np.searchsorted(x[:last], edges, side="left"))))
    starts = starts[(starts >= first) & (starts < last)]
    extremes = _extremes(y[first:last], starts - first) + first
    return np.unique(np.concatenate((extremes, [first, last - 1])))


def _extremes(y: Floats, starts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Indices of the least and greatest finite value of each block; the first of a block that has none."""
    y = np.where(np.isfinite(y), y, np.nan)
    counts = np.diff(np.append(starts, len(y)))
    picked = []
    for reduce in (np.fmin.reduceat, np.fmax.reduceat):
        hits = np.flatnonzero(y == np.repeat(reduce(y, starts), counts))
        where = np.searchsorted(hits, starts)
        found = np.append(hits, len(y))[where]
        picked.append(np.where(found < starts + counts, found, starts))
    return np.concatenate(picked)


def thinned(points: Floats, cell: float) -> NDArray[np.intp]:
    """Indices of the points that enter another `cell` pixels wide cell than the one before, and of both ends.

    A point stays kept however the line goes on, so that a growing trail does not flicker.
    """
    if len(points) < 3:
        return np.arange(len(points))
    with np.errstate(invalid="ignore"):
        cells = np.floor(points / cell)
    left = cells[1:] != cells[:-1]
    moved = left[:, 0] | left[:, 1]
    moved[-1] = True
    return np.concatenate(([0], np.flatnonzero(moved) + 1))


def runs(points: Floats) -> Iterator[Floats]:
    """The stretches of a polyline between its gaps (nan)."""
    known = np.isfinite(points)
    whole = known[:, 0] & known[:, 1]
    if whole.all():
        if len(points):
            yield points
        return
    edges = np.flatnonzero(np.diff(np.concatenate(([0], whole.view(np.int8), [0]))))
    for start, stop in edges.reshape(-1, 2):
        yield points[start:stop]


def clipped(points: Floats, rect: QRectF) -> Iterator[Floats]:
    """The parts of a polyline without gaps that lie in a rectangle, cut at its edge.

    Source: Liang and Barsky (1984), for all segments at once.
    """
    if len(points) == 2:
        yield from _clipped_line(points, rect)
        return
    low = np.array([rect.left(), rect.top()])
    high = np.array([rect.right(), rect.bottom()])
    if (points >= low).all() and (points <= high).all():
        yield points
        return
    if len(points) < 2:
        return
    enters, leaves = _crossings(points, low, high)
    yield from _joined(points, enters, leaves)


def _clipped_line(points: Floats, rect: QRectF) -> Iterator[Floats]:
    """The same of one segment in plain numbers, which is many times as fast."""
    begin, end = points.tolist()
    near, far = 0.0, 1.0
    sides = ((rect.left(), rect.right()), (rect.top(), rect.bottom()))
    for start, stop, (low, high) in zip(begin, end, sides, strict=True):
        way = stop - start
        if way:  # of nan, too, which is neither more nor less than anything
            one, other = (low - start) / way, (high - start) / way
            near, far = max(near, min(one, other)), min(far, max(one, other))
        if not (way or low <= start <= high) or way != way:
            return
    if near <= far:
        yield points if (near, far) == (0.0, 1.0) else points[0] + np.array([[near], [far]]) * (points[1] - points[0])


def _crossings(points: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Where each segment enters and leaves the rectangle, as shares of its length; enters > leaves if it never does."""
    begin, way = points[:-1], np.diff(points, axis=0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        at_low, at_high = (low - begin) / way, (high - begin) / way
    near, far = np.minimum(at_low, at_high), np.maximum(at_low, at_high)
    still = way == 0
    outside = still & ((begin < low) | (begin > high))
    near = np.where(outside, 2.0, np.where(still, 0.0, near))
    far = np.where(still, 1.0, far)
    return np.maximum(near.max(axis=1), 0.0), np.minimum(far.min(axis=1), 1.0)


def _joined(points: Floats, enters: Floats, leaves: Floats) -> Iterator[Floats]:
    """Polylines from the seen parts of consecutive segments."""
    seen = enters <= leaves
    goes_on = np.concatenate(([False], seen[:-1] & (leaves[:-1] == 1.0))) & (enters == 0.0)
    begins = seen & ~goes_on
    bounds = np.append(np.flatnonzero(begins), len(seen))
    for first, stop in pairwise(bounds.tolist()):
        last = first + int(np.flatnonzero(seen[first:stop])[-1])
        way_in = points[first] + enters[first] * (points[first + 1] - points[first])
        way_out = points[last] + leaves[last] * (points[last + 1] - points[last])
        yield np.vstack((way_in, points[first + 1 : last + 1], way_out))


@lru_cache(maxsize=256)
def line_pen(
    colour: int, width: float, dashes: tuple[float, ...] = (), join: Qt.PenJoinStyle = Qt.PenJoinStyle.BevelJoin
) -> QPen:
    """A pen for lines with flat ends, kept; the colour as QRgb, dashes in widths of the line."""
    pen = QPen(QColor.fromRgba(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, join)
    if dashes:
        pen.setDashPattern(dashes)
    return pen


def polygon(points: Floats) -> QPolygonF:
    """The points as Qt wants them."""
    if not len(points):
        return QPolygonF()
    made: QPolygonF = pg.functions.arrayToQPolygonF(points[:, 0], points[:, 1])
    return made


def is_rough(points: Floats) -> bool:
    """Whether a line turns so often that a thick antialiased stroke would be slow and only a smear."""
    if len(points) < 64:
        return False
    with np.errstate(invalid="ignore"):
        way = np.diff(points[:, 1])
        turns = np.count_nonzero(way[1:] * way[:-1] < -4.0)
    return bool(turns > _ROUGH_TURNS * len(points) / 2)


def draw_polyline(painter: QPainter, points: Floats, bounds: QRectF) -> None:
    """Paint a polyline with the painter's pen, cut at gaps and at `bounds`; a lone point becomes a dot."""
    for part in _seen(points, bounds):
        if len(part) == 1:
            _draw_dot(painter, part)
        else:
            draw_whole(painter, part)


def _seen(points: Floats, bounds: QRectF) -> Iterator[Floats]:
    """The parts of a polyline between its gaps that lie in `bounds`, lone points among them."""
    if lies_in(points, bounds):
        yield points
        return
    for run in runs(points):
        yield from clipped(run, bounds)


def lies_in(points: Floats, bounds: QRectF) -> bool:
    """Whether there is a line and nothing to cut from it; nan compares as False."""
    if len(points) < 2:
        return False
    across_and_down = np.ascontiguousarray(points.T)  # of two long rows the ends are found much sooner
    (left, top), (right, bottom) = across_and_down.min(axis=1).tolist(), across_and_down.max(axis=1).tolist()
    seen: bool = left >= bounds.left() and top >= bounds.top() and right <= bounds.right() and bottom <= bounds.bottom()
    return seen


def _draw_dot(painter: QPainter, point: Floats) -> None:
    pen = painter.pen()
    wide = painter.pen()
    wide.setWidthF(pen.widthF() + 2.0)
    painter.setPen(wide)
    painter.drawPoints(polygon(point))
    painter.setPen(pen)


def draw_whole(painter: QPainter, points: Floats) -> None:
    """Paint a polyline that has no gaps."""
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    for part in pieces(points, smooth and painter.pen().style() == Qt.PenStyle.SolidLine):
        painter.drawPolyline(part)


def pieces(points: Floats, smooth: bool) -> list[QPolygonF]:
    """A polyline as Qt wants it; cut short if it will be antialiased.

    The time of one long antialiased stroke grows with the square of its crossings.
    """
    if not smooth:
        return [polygon(points)]
    starts = range(0, max(1, len(points) - 1), _CHUNK)
    return [polygon(points[start : start + _CHUNK + 1]) for start in starts]


def seen_pieces(points: Floats, bounds: QRectF, smooth: bool) -> list[QPolygonF]:
    """The parts of a polyline inside `bounds`, as `pieces`; lone points are left out."""
    return [piece for part in _seen(points, bounds) if len(part) > 1 for piece in pieces(part, smooth)]
