"""Many points of one kind, painted from one sprite; thousands are stamped into one picture by NumPy."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.images import painted_image, transparent_image
from widgets.base.markers import draw_marker, draw_ring, marker_sprite, sprite
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity, OfSeries
from widgets.plots.marks.handle import Handle
from widgets.plots.marks.mark import HIT_RADIUS, Hit, Mark
from widgets.plots.viewport import Viewport

SCATTER = 8.0
MANY = 1500  # points of one group from which on all are stamped into one picture
_FEW = 60  # points that are painted sooner than kept
_RING_LINE = 1.75
_CROSS, _CROSS_LINE = 0.28, 1.0  # of a marker's size: how far a × reaches from its middle; px
_AT_ONCE = 50_000  # points whose places fit where a processor reads fast
_INSIDE = 0.5  # of a marker's own colour, from which on a pixel belongs to its stamp


@dataclass(frozen=True, eq=False)
class Points(OfSeries, Mark):
    """Points `xy` (n, 2) of one series; `faint` ones are mixed with the panel, `hollow` ones are rings.

    No label stands in the rectangle around `clear` ones. `crossed` ones wear a × in the colour of the panel, unless
    there are thousands.

    Raises ValueError for an array of another shape.
    """

    name: str
    xy: Floats
    colour: str
    marker: str = ""
    size: float = SCATTER
    hollow: bool = False
    faint: bool = False
    clear: bool = False
    crossed: bool = False

    def __post_init__(self) -> None:
        if self.xy.ndim != 2 or self.xy.shape[1] != 2:
            raise ValueError(f"points {self.name}: shape {self.xy.shape} is not (n, 2)")

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        seen = _seen(self, viewport)
        if rendering.vector:
            for centre in seen.tolist():
                _paint_one(painter, self, QPointF(*centre))
        elif len(seen) > MANY and not self.hollow:
            colour = _colour(self).rgba()
            painter.drawImage(0, 0, stamped(seen, viewport, self.shape, self.size, colour, rendering.scale))
        else:
            _paint_sprites(painter, seen, _sprite(self, rendering.scale), rendering.scale)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        seen, edge = _seen(self, viewport) if self.clear else self.xy[:0], self.size / 2
        if not len(seen):
            return []
        corners = (QPointF(*place.tolist()) for place in (seen.min(axis=0) - edge, seen.max(axis=0) + edge))
        return [QRectF(*corners)]


@dataclass(frozen=True)
class Clouds(Mark):
    """Groups of points, rings lowest; while playing the others come from one picture, kept while they are the same."""

    groups: tuple[Points, ...]

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        for rings in (group for group in self.groups if group.hollow):
            rings.paint(painter, viewport, rendering)
        filled = tuple(group for group in self.groups if not group.hollow)
        if rendering.smooth or rendering.vector or sum(len(group.xy) for group in filled) < _FEW:
            for group in filled:
                group.paint(painter, viewport, rendering)
        else:
            painter.drawImage(0, 0, _picture(filled, viewport, rendering.scale, theme.current().name))


@lru_cache(maxsize=4)
def _picture(groups: tuple[Points, ...], viewport: Viewport, scale: float, theme_name: str) -> QImage:
    def draw(painter: QPainter) -> None:
        for group in groups:
            group.paint(painter, viewport, Rendering(smooth=False, scale=scale))

    return painted_image(viewport.width, viewport.height, scale, draw)


@dataclass(frozen=True, eq=False)
class Targets(ByIdentity, Mark):
    """Points `xy` (n, 2) that are painted elsewhere: each can be pointed at and dragged, `focus` says as what.

    Other marks win over them. The `chosen` one is a handle for keys too, under the name `said`.
    """

    xy: Floats
    focus: Callable[[int], Hashable]
    chosen: int | None = None
    said: str = ""

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        if not len(self.xy):
            return None
        pixels = viewport.pixels(self.xy[:, 0], self.xy[:, 1])
        distances = np.hypot(pixels[:, 0] - at.x(), pixels[:, 1] - at.y())
        index = int(distances.argmin())
        if not distances[index] <= HIT_RADIUS:
            return None
        x, y = self.xy[index].tolist()
        return Hit(self.focus(index), float(distances[index]) + HIT_RADIUS, True, (x, y))

    def handles(self) -> list[Handle]:
        if self.chosen is None or self.chosen >= len(self.xy):
            return []
        return [Handle(self.focus(self.chosen), tuple(self.xy[self.chosen].tolist()), self.said)]


def _paint_sprites(painter: QPainter, centres: Floats, sprite: QImage, scale: float) -> None:
    """Paint the sprite with its middle at each of the centres (m, 2), on whole device pixels."""
    corners = np.rint(centres * scale - sprite.width() / 2)
    if scale == 1.0:  # whole numbers are drawn at twice the speed
        draw = painter.drawImage
        for x, y in corners.astype(int).tolist():
            draw(x, y, sprite)
        return
    for x, y in (corners / scale).tolist():
        painter.drawImage(QPointF(x, y), sprite)


def _seen(group: Points, viewport: Viewport) -> Floats:
    """Return the pixels (m, 2) of the points that are in view."""
    pixels = viewport.pixels(group.xy[:, 0], group.xy[:, 1])
    (x, y), edge = pixels.T, group.size / 2
    inside = (x >= -edge) & (x <= viewport.width + edge) & (y >= -edge) & (y <= viewport.height + edge)
    return pixels if inside.all() else pixels[inside]


def _colour(group: Points) -> QColor:
    colours = theme.current()
    return colours.faint(group.colour) if group.faint else colours.line(group.colour)


def _paint_one(painter: QPainter, group: Points, centre: QPointF) -> None:
    panel = theme.current().color("panel")
    if group.hollow:
        _draw_ring(painter, centre, group.size, _colour(group), panel)
    else:
        draw_marker(painter, group.shape, centre, group.size, _colour(group), panel)
        if group.crossed:
            _draw_cross(painter, centre, group.size, panel)


def _sprite(group: Points, scale: float) -> QImage:
    colours = _colour(group).rgba(), theme.current().color("panel").rgba()
    if group.hollow:
        return _ring_sprite(group.size, *colours, scale)
    if group.crossed:
        return _crossed_sprite(group.shape, group.size, *colours, scale)
    return marker_sprite(group.shape, group.size, *colours, scale)


@lru_cache(maxsize=64)
def _crossed_sprite(shape: str, size: float, colour: int, panel: int, scale: float) -> QImage:
    fill, ground = QColor.fromRgba(colour), QColor.fromRgba(panel)

    def draw(painter: QPainter, middle: QPointF) -> None:
        draw_marker(painter, shape, middle, size, fill, ground)
        _draw_cross(painter, middle, size, ground)

    return sprite(size + 4, scale, draw)


def _draw_cross(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    reach = _CROSS * size
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, _CROSS_LINE))
    for way in (-1, 1):
        painter.drawLine(centre + QPointF(-reach, -way * reach), centre + QPointF(reach, way * reach))


@lru_cache(maxsize=64)
def _ring_sprite(size: float, line: int, panel: int, scale: float) -> QImage:
    colours = QColor.fromRgba(line), QColor.fromRgba(panel)
    return sprite(size + 4, scale, lambda painter, middle: _draw_ring(painter, middle, size, *colours))


def _draw_ring(painter: QPainter, centre: QPointF, size: float, line: QColor, panel: QColor) -> None:
    draw_ring(painter, centre, size - _RING_LINE, line, panel, _RING_LINE)


# Thousands of points: a stamp of a few pixels at every place.


def stamped(centres: Floats, viewport: Viewport, shape: str, size: float, colour: int, scale: float) -> QImage:
    """The picture of a viewport with a marker at each of the centres (n, 2), in pixels; colour as an opaque QRgb."""
    image = transparent_image(viewport.width, viewport.height, scale)
    width, height = image.width(), image.height()
    stamp = _stamp(shape, size, scale)
    edge = int(np.abs(stamp).max())
    hits = np.zeros((height + 2 * edge, width + 2 * edge), dtype=bool)  # with a margin, from which stamps reach in
    for begin in range(0, len(centres), _AT_ONCE):
        x, y = (centres[begin : begin + _AT_ONCE].T * scale + edge).astype(np.intp)
        inside = (x >= 0) & (x < hits.shape[1]) & (y >= 0) & (y < hits.shape[0])
        hits[y[inside], x[inside]] = True
    painted = np.zeros((height, width), dtype=bool)
    for across, down in (edge - stamp).tolist():
        painted |= hits[down : down + height, across : across + width]
    pixels = np.frombuffer(image.bits(), dtype=np.uint32).reshape(height, width)
    pixels[painted] = colour
    return image


@lru_cache(maxsize=64)
def _stamp(shape: str, size: float, scale: float) -> NDArray[np.intp]:
    """The pixels (m, 2) of a marker as steps across and down from its middle; one pixel at least."""
    white, black = QColor("white").rgba(), QColor("black").rgba()
    sprite = marker_sprite(shape, size, white, black, scale)
    grey = np.frombuffer(sprite.constBits(), dtype=np.uint8).reshape(sprite.height(), sprite.bytesPerLine() // 4, 4)
    down, across = np.nonzero(grey[: sprite.height(), : sprite.width(), 0] > 255 * _INSIDE)
    if not len(across):
        return np.zeros((1, 2), dtype=np.intp)
    return np.column_stack([across - sprite.width() // 2, down - sprite.height() // 2]).astype(np.intp)
