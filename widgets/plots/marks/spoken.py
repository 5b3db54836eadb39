"""What a scene speaks of, marked by shape: thick stretches of lines, corners around things; rings, and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.corners import paint_corners, paint_cross
from widgets.base.labels import plot_font
from widgets.base.letters import dashes
from widgets.base.markers import draw_ring
from widgets.base.rendering import Rendering
from widgets.plots.marks.labels import Label, is_place, label_beside, marker_box
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import draw_polyline
from widgets.plots.viewport import Viewport

XY = tuple[float, float]

THICK = 5.0  # px of a stretch that is spoken of
_RING, _RING_LINE = 14.0, 1.75
_DISC = 17.0
_ASIDE = 15.0  # px from a mark to the middle of its number, left and up


@dataclass(frozen=True, eq=False)
class Stretches(Mark):
    """Parts `xy` (n, 2) of a line, a row of nan between them, thick in the ink of a series.

    Those of a run that is compared are dashed as its letter says. They are few, so they are the same where their
    values are.
    """

    xy: Floats
    colour: str
    letter: str = ""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stretches) or (self.colour, self.letter) != (other.colour, other.letter):
            return False
        return np.array_equal(self.xy, other.xy, equal_nan=True)

    def __hash__(self) -> int:
        return hash((self.colour, self.letter, len(self.xy)))

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        cap, join = Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin
        pen = QPen(theme.current().ink(self.colour), THICK, Qt.PenStyle.SolidLine, cap, join)
        if self.letter:
            pen.setDashPattern(dashes(self.letter, THICK))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        draw_polyline(painter, viewport.pixels(self.xy[:, 0], self.xy[:, 1]), viewport.rect)


@dataclass(frozen=True)
class Framed(Mark):
    """Corners around places, `size` px from side to side; with size 0 a cross on each, as they are many."""

    places: tuple[XY, ...]
    size: float

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        half = self.size / 2
        for centre in _seen(self.places, viewport, self.size):
            if not half:
                paint_cross(painter, centre)
                continue
            paint_corners(painter, QRectF(centre.x() - half, centre.y() - half, self.size, self.size))


@dataclass(frozen=True)
class Ring(Mark):
    """A ring around a place, with words beside it."""

    at: XY
    words: str

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        for centre in self._centre(viewport):
            draw_ring(painter, centre, _RING, colours.color("casing"), None, 2 * _RING_LINE)
            draw_ring(painter, centre, _RING, colours.color("text"), None, _RING_LINE)

    def labels(self, viewport: Viewport) -> list[Label]:
        beside = (
            label_beside(viewport, at, self.words, "", 0, "right above", _RING / 2) for at in self._centre(viewport)
        )
        return [label for labels in beside for label in labels]

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [box for centre in self._centre(viewport) for box in marker_box(centre, _RING)]

    def _centre(self, viewport: Viewport) -> list[QPointF]:
        return _seen((self.at,), viewport)


@dataclass(frozen=True)
class Number(Mark):
    """The number of an answer in a disc, at the upper left of the place that stands for it."""

    at: XY
    number: str

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        for place in _seen((self.at,), viewport):
            disc = _disc(place)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.color("casing"), 1.5))
            painter.setBrush(colours.color("accent"))
            painter.drawEllipse(disc)
            painter.setFont(plot_font("label"))
            painter.setPen(colours.text_on(colours.color("accent")))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self.number)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [_disc(place) for place in _seen((self.at,), viewport)]


def _disc(place: QPointF) -> QRectF:
    return QRectF(place.x() - _ASIDE - _DISC / 2, place.y() - _ASIDE - _DISC / 2, _DISC, _DISC)


def _seen(places: Sequence[XY], viewport: Viewport, size: float = _RING) -> list[QPointF]:
    """Return places in pixels; of one out of view the place at the edge where what is `size` px wide has room."""
    pixels = [viewport.point(*place) for place in places]
    room = viewport.rect.adjusted(size / 2, size / 2, -size / 2, -size / 2)
    return [p if viewport.rect.contains(p) else _within(room, p) for p in pixels if is_place(p)]


def _within(room: QRectF, at: QPointF) -> QPointF:
    return QPointF(min(max(at.x(), room.left()), room.right()), min(max(at.y(), room.top()), room.bottom()))


def stretched(xy: Floats, rows: NDArray[np.intp]) -> Floats:
    """Return the parts of a line (n, 2) that lead to these of its points, each from the point before, nan between.

    >>> stretched(np.arange(10.0).reshape(5, 2), np.array([1, 2, 4]))[:, 0]
    array([ 0.,  2.,  4., nan,  6.,  8., nan])
    """
    rows = rows[(rows > 0) & (rows < len(xy))]
    groups = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []
    gap = np.full((1, 2), np.nan)
    parts = [part for group in groups for part in (xy[group[0] - 1 : group[-1] + 1], gap)]
    return np.concatenate(parts) if parts else np.empty((0, 2))
