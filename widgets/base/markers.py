"""The marks of plots: marker shapes, rings, arrows."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import atan2, ceil, cos, hypot, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from widgets.base.images import painted_image
from widgets.base.rendering import Rendering

MARKER = 12.0
FOCUSED_MARKER = 15.0
CASING = 1.25
ARROW_WIDTH = 2.5
ARROW_HEAD = 11.0
_EDGE = 9.0  # px of an arrow head that stands at the edge, from there to its middle
SHORTEST_ARROW = 6.0

SERIES_MARKERS = {
    "black": "square",
    "orange": "circle",
    "green": "triangle_up",
    "purple": "diamond",
    "vermillion": "pentagon",
    "blue": "triangle_down",
    "sky": "star",
    "yellow": "cross",
}
"""The marker shape of a series colour, so that colour is never the only sign."""

# Corners at (turns from the top, clockwise; radius), for a shape that looks as large as a circle of radius 1.
_TRIANGLE = [(0.0, 1.2), (1 / 3, 1.2), (2 / 3, 1.2)]
_CORNERS = {
    "square": [(1 / 8, 1.26), (3 / 8, 1.26), (5 / 8, 1.26), (7 / 8, 1.26)],
    "triangle_up": _TRIANGLE,
    "triangle_down": [(turn + 0.5, radius) for turn, radius in _TRIANGLE],
    "diamond": [(0.0, 1.2), (0.25, 1.2), (0.5, 1.2), (0.75, 1.2)],
    "pentagon": [(corner / 5, 1.08) for corner in range(5)],
    "star": [(corner / 10, 1.25 if corner % 2 == 0 else 0.55) for corner in range(10)],
}
_CROSS_HALF_WIDTH = 0.32


@lru_cache(maxsize=128)
def shape_path(shape: str, size: float) -> QPainterPath:
    """The outline of a marker around the origin, `size` pixels across; raises KeyError for an unknown shape."""
    path = QPainterPath()
    if shape == "circle":
        path.addEllipse(QPointF(0, 0), size / 2, size / 2)
    elif shape in ("plus", "cross"):
        path.addPolygon(_cross(size / 2, 0.0 if shape == "plus" else 45.0))
    else:
        corners = [_corner(turn, radius * size / 2) for turn, radius in _CORNERS[shape]]
        path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


def _corner(turn: float, radius: float) -> QPointF:
    return QPointF(radius * sin(2 * pi * turn), -radius * cos(2 * pi * turn))


def _cross(half: float, degrees: float) -> QPolygonF:
    thin = half * _CROSS_HALF_WIDTH
    arm = [(-thin, -half), (thin, -half), (thin, -thin)]
    corners = []
    for quarter in range(4):
        turn = QTransform().rotate(90.0 * quarter + degrees)
        corners += [turn.map(QPointF(x, y)) for x, y in arm]
    return QPolygonF(corners)


def draw_marker(painter: QPainter, shape: str, centre: QPointF, size: float, fill: QColor, casing: QColor) -> None:
    """Paint a filled marker, outlined in the casing colour so that it stands off what is under it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.translate(centre)
    path = shape_path(shape, size)
    painter.strokePath(path, QPen(casing, 2 * CASING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.fillPath(path, fill)
    painter.restore()


def paint_marker(
    painter: QPainter, rendering: Rendering, shape: str, centre: QPointF, size: float, fill: QColor, casing: QColor
) -> None:
    """Paint a marker, while playing from a sprite."""
    if rendering.smooth or rendering.vector:
        draw_marker(painter, shape, centre, size, fill, casing)
        return
    sprite = marker_sprite(shape, size, fill.rgba(), casing.rgba(), rendering.scale)
    draw_sprite(painter, sprite, centre.x(), centre.y(), rendering.scale)


@lru_cache(maxsize=128)
def marker_sprite(shape: str, size: float, fill: int, casing: int, scale: float) -> QImage:
    """A marker in the middle of an image; colours as QRgb."""
    colours = QColor.fromRgba(fill), QColor.fromRgba(casing)
    return sprite(
        size * 1.3 + 4 * CASING + 2, scale, lambda painter, middle: draw_marker(painter, shape, middle, size, *colours)
    )


def sprite(side: float, scale: float, draw: Callable[[QPainter, QPointF], None]) -> QImage:
    """A square image with what `draw` paints around the middle of its device pixels."""
    middle = ceil(side * scale) / scale / 2
    return painted_image(side, side, scale, lambda painter: draw(painter, QPointF(middle, middle)))


def draw_sprite(painter: QPainter, sprite: QImage, x: float, y: float, scale: float) -> None:
    """Draw an image with its middle at a point, on whole device pixels."""
    half = sprite.width() / scale / 2
    painter.drawImage(QPointF(round((x - half) * scale) / scale, round((y - half) * scale) / scale), sprite)


def draw_ring(
    painter: QPainter, centre: QPointF, size: float, line: QColor, inside: QColor | None, width: float = 2.0
) -> None:
    """Paint a circle line, filled with `inside` if there is one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, width))
    painter.setBrush(inside if inside is not None else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, size / 2, size / 2)


def paint_ring(
    painter: QPainter, rendering: Rendering, centre: QPointF, size: float, line: QColor, inside: QColor, casing: QColor
) -> None:
    """Paint a ring with a casing around it, while playing from a sprite."""
    if rendering.smooth or rendering.vector:
        _draw_cased_ring(painter, centre, size, line, inside, casing)
        return
    sprite = _ring_sprite(size, line.rgba(), inside.rgba(), casing.rgba(), rendering.scale)
    draw_sprite(painter, sprite, centre.x(), centre.y(), rendering.scale)


def _draw_cased_ring(
    painter: QPainter, centre: QPointF, size: float, line: QColor, inside: QColor, casing: QColor
) -> None:
    draw_ring(painter, centre, size + 3.0, casing, None, 1.5)
    draw_ring(painter, centre, size, line, inside, 2.0)


@lru_cache(maxsize=32)
def _ring_sprite(size: float, line: int, inside: int, casing: int, scale: float) -> QImage:
    colours = [QColor.fromRgba(colour) for colour in (line, inside, casing)]
    return sprite(size + 8, scale, lambda painter, middle: _draw_cased_ring(painter, middle, size, *colours))


def arrow_is_seen(start: QPointF, end: QPointF) -> bool:
    """Whether an arrow is long enough to be drawn."""
    return hypot(end.x() - start.x(), end.y() - start.y()) >= SHORTEST_ARROW


def draw_arrow(
    painter: QPainter, start: QPointF, end: QPointF, colour: QColor, casing: QColor, width: float = ARROW_WIDTH
) -> None:
    """Paint an arrow with a filled head whose tip is at `end`; nothing if it would be under 6 px long."""
    if not arrow_is_seen(start, end):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    angle = atan2(end.y() - start.y(), end.x() - start.x())
    length = hypot(end.x() - start.x(), end.y() - start.y())
    head = min(ARROW_HEAD * max(1.0, width / ARROW_WIDTH), length)
    neck = QPointF(end.x() - 0.8 * head * cos(angle), end.y() - 0.8 * head * sin(angle))
    tip = _head(end, angle, head)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(casing, width + 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(start, neck)
    painter.strokePath(tip, QPen(casing, 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(start, neck)
    painter.fillPath(tip, colour)


def _head(tip: QPointF, angle: float, size: float) -> QPainterPath:
    turn = QTransform().translate(tip.x(), tip.y()).rotateRadians(angle)
    path = QPainterPath()
    path.addPolygon(turn.map(QPolygonF([QPointF(0, 0), QPointF(-size, size / 2), QPointF(-size, -size / 2)])))
    path.closeSubpath()
    return path


def at_edge(target: QPointF, bounds: QRectF) -> QPointF:
    """Return where the arrow head stands that points to a mark outside of `bounds`; of one inside its own place."""
    if bounds.contains(target):
        return target
    room = bounds.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
    return QPointF(
        max(room.left(), min(target.x(), room.right())),
        max(room.top(), min(target.y(), room.bottom())),
    )


def draw_edge_tick(painter: QPainter, target: QPointF, bounds: QRectF, colour: QColor, casing: QColor) -> None:
    """Paint a small arrow head at the edge of `bounds`, pointing to a mark that lies outside."""
    at = at_edge(target, bounds)
    angle = atan2(target.y() - at.y(), target.x() - at.x())
    tip = _head(QPointF(at.x() + 6 * cos(angle), at.y() + 6 * sin(angle)), angle, ARROW_HEAD)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.strokePath(tip, QPen(casing, 2 * CASING, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.fillPath(tip, colour)
