"""Many points of one kind, painted from one sprite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.images import transparent_image
from widgets.base.markers import SERIES_MARKERS, draw_marker, draw_ring, marker_sprite
from widgets.base.rendering import Rendering
from widgets.plots.marks.stamps import stamped
from widgets.plots.viewport import Viewport

SCATTER = 8.0
MANY = 1500  # points of one group from which on all are stamped into one picture
_FEW = 60  # points that are painted sooner than kept
_RING_LINE = 1.75


@dataclass(frozen=True, eq=False)
class Points:
    """Points `xy` (n, 2) of one series; `faint` ones are mixed with the panel, `hollow` ones are rings.

    Raises ValueError for an array of another shape.
    """

    name: str
    xy: Floats
    colour: str
    marker: str = ""
    size: float = SCATTER
    hollow: bool = False
    faint: bool = False

    def __post_init__(self) -> None:
        if self.xy.ndim != 2 or self.xy.shape[1] != 2:
            raise ValueError(f"points {self.name}: shape {self.xy.shape} is not (n, 2)")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Points) and self._look() == other._look() and self.xy is other.xy

    def __hash__(self) -> int:
        return hash(self._look())

    @property
    def shape(self) -> str:
        """The marker shape, by default that of the colour."""
        return self.marker or SERIES_MARKERS[self.colour]

    def _look(self) -> tuple[str, str, str, float, bool, bool]:
        return self.name, self.colour, self.marker, self.size, self.hollow, self.faint


def paint_points(painter: QPainter, viewport: Viewport, rendering: Rendering, groups: Sequence[Points]) -> None:
    """Paint the points that are in view, groups in the order given."""
    for group in groups:
        seen = _seen(group, viewport)
        if rendering.vector:
            for centre in seen.tolist():
                _paint_one(painter, group, QPointF(*centre))
        elif len(seen) > MANY and not group.hollow:
            colour = _colour(group).rgba()
            painter.drawImage(0, 0, stamped(seen, viewport, group.shape, group.size, colour, rendering.scale))
        else:
            _paint_sprites(painter, seen, _sprite(group, rendering.scale), rendering.scale)


def _paint_sprites(painter: QPainter, centres: Floats, sprite: QImage, scale: float) -> None:
    """Paint the sprite with its middle at each of the centres (m, 2), on whole device pixels."""
    corners = np.round(centres * scale - sprite.width() / 2)
    if scale == 1.0:  # whole numbers are drawn at twice the speed
        for x, y in corners.astype(int).tolist():
            painter.drawImage(x, y, sprite)
        return
    for x, y in (corners / scale).tolist():
        painter.drawImage(QPointF(x, y), sprite)


class KeptPoints:
    """Paints clouds, rings lowest; while playing the others from one picture, kept while they stay the same."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._image = QImage()

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering, groups: Sequence[Points]) -> None:
        """Paint the points that are in view: rings, then the others, each in the order given."""
        paint_points(painter, viewport, rendering, [group for group in groups if group.hollow])
        filled = tuple(group for group in groups if not group.hollow)
        if rendering.smooth or rendering.vector or sum(len(group.xy) for group in filled) < _FEW:
            paint_points(painter, viewport, rendering, filled)
            return
        key = (filled, viewport, rendering.scale, theme.current().name)
        if key != self._key:
            self._key, self._image = key, transparent_image(viewport.width, viewport.height, rendering.scale)
            onto = QPainter(self._image)
            paint_points(onto, viewport, rendering, filled)
            onto.end()
        painter.drawImage(0, 0, self._image)


def _seen(group: Points, viewport: Viewport) -> Floats:
    """Return the pixels (m, 2) of the points that are in view."""
    pixels = viewport.pixels(group.xy[:, 0], group.xy[:, 1])
    edge = group.size / 2
    with np.errstate(invalid="ignore"):
        inside = (pixels >= -edge).all(axis=1) & (pixels <= [viewport.width + edge, viewport.height + edge]).all(axis=1)
    seen: Floats = pixels[inside]
    return seen


def _colour(group: Points) -> QColor:
    shown = theme.current()
    return shown.faint(group.colour) if group.faint else shown.line(group.colour)


def _paint_one(painter: QPainter, group: Points, centre: QPointF) -> None:
    panel = theme.current().color("panel")
    if group.hollow:
        draw_ring(painter, centre, group.size - _RING_LINE, _colour(group), panel, _RING_LINE)
    else:
        draw_marker(painter, group.shape, centre, group.size, _colour(group), panel)


@lru_cache(maxsize=64)
def _made_sprite(group_look: tuple[str, float, bool], fill: int, panel: int, scale: float) -> QImage:
    shape, size, hollow = group_look
    if not hollow:
        return marker_sprite(shape, size, fill, panel, scale)
    image = transparent_image(size + 4, size + 4, scale)
    middle = image.width() / scale / 2
    painter = QPainter(image)
    draw_ring(
        painter, QPointF(middle, middle), size - _RING_LINE, QColor.fromRgba(fill), QColor.fromRgba(panel), _RING_LINE
    )
    painter.end()
    return image


def _sprite(group: Points, scale: float) -> QImage:
    look = (group.shape, group.size, group.hollow)
    return _made_sprite(look, _colour(group).rgba(), theme.current().color("panel").rgba(), scale)
