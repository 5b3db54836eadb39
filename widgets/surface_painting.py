"""How a surface, its box and the trails on it are painted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets import theme
from widgets.labels import draw_label, place_beside, plot_font, text_size
from widgets.marks import draw_marker, draw_ring
from widgets.plane_marks import Dot, dot_size
from widgets.polyline import draw_polyline, polygon, thinned
from widgets.rendering import Rendering
from widgets.surface_shape import HEIGHT, Camera, Surface, is_hidden
from widgets.ticks import ticks
from widgets.trails import Trail
from widgets.viewport import Floats

_MESH = 0.6
_MESH_SHARE = 0.55
_TRAIL = 2.25
_CASING = 2.0
_MOST_POINTS = 300
_TICK_AWAY = 1.14
_NAME_AWAY = 1.34
_TICKS = 5


def paint_surface(painter: QPainter, surface: Surface, camera: Camera, area: QRectF) -> None:
    """Paint the box behind and the quads, farthest first, in the colours of the field's levels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_box(painter, camera, area)
    levels = np.asarray(surface.field.levels.values)
    shown = theme.current()
    fills = [shown.surface(band / max(1, len(levels))) for band in range(len(levels) + 1)]
    pens = [QPen(shown.mix(fill, shown.color("iso_line"), _MESH_SHARE), _MESH) for fill in fills]
    for corners, band in _quads(surface, camera, area, levels):
        painter.setBrush(fills[band])
        painter.setPen(pens[band])
        painter.drawConvexPolygon(corners)


def _quads(surface: Surface, camera: Camera, area: QRectF, levels: Floats) -> Iterator[tuple[QPolygonF, int]]:
    points = np.stack((surface.x, surface.y, surface.z), axis=-1)
    side = points.shape[0]
    pixels, depths = camera.project(points.reshape(-1, 3), area.width(), area.height())
    pixels, depths = pixels.reshape(side, side, 2), depths.reshape(side, side)
    corners = np.stack((pixels[:-1, :-1], pixels[:-1, 1:], pixels[1:, 1:], pixels[1:, :-1]), axis=2).reshape(-1, 4, 2)
    depth = (depths[:-1, :-1] + depths[:-1, 1:] + depths[1:, 1:] + depths[1:, :-1]).ravel()
    values = surface.values
    middle = ((values[:-1, :-1] + values[:-1, 1:] + values[1:, 1:] + values[1:, :-1]) / 4).ravel()
    bands = np.searchsorted(levels, middle)
    for index in np.argsort(-depth, kind="stable"):
        if np.isfinite(depth[index]):
            yield QPolygonF([QPointF(x, y) for x, y in corners[index].tolist()]), int(bands[index])


# The box.


def _paint_box(painter: QPainter, camera: Camera, area: QRectF) -> None:
    """The floor and the two walls behind the surface."""
    painter.setPen(QPen(theme.current().color("border"), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    far_x, far_y = _far_sides(camera)
    floor = [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]
    wall_x = [(far_x, -1, 0), (far_x, 1, 0), (far_x, 1, HEIGHT), (far_x, -1, HEIGHT)]
    wall_y = [(-1, far_y, 0), (1, far_y, 0), (1, far_y, HEIGHT), (-1, far_y, HEIGHT)]
    for face in (floor, wall_x, wall_y):
        pixels, _ = camera.project(np.array(face, dtype=float), area.width(), area.height())
        painter.drawPolygon(polygon(pixels))


def _far_sides(camera: Camera) -> tuple[float, float]:
    """At which x and which y the walls stand that the surface does not hide behind."""
    towards = camera.towards()
    return (-1.0 if towards[0] > 0 else 1.0), (-1.0 if towards[1] > 0 else 1.0)


def paint_scales(
    painter: QPainter, surface: Surface, camera: Camera, area: QRectF, names: tuple[str, str, str]
) -> None:
    """Write ticks and names along the two near edges of the floor and up one edge of the box."""
    x0, x1, y0, y1 = surface.field.home
    far_x, far_y = _far_sides(camera)
    painter.setPen(theme.current().color("muted"))
    for low, high, name, edge in ((x0, x1, names[0], "x"), (y0, y1, names[1], "y")):
        marks = [((position - low) / (high - low) * 2 - 1, text) for position, text in ticks(low, high, most=_TICKS)]
        for at, text in marks:
            place = (at, -far_y * _TICK_AWAY, 0.0) if edge == "x" else (-far_x * _TICK_AWAY, at, 0.0)
            _write(painter, camera, area, place, text, "tick")
        middle = (0.0, -far_y * _NAME_AWAY, 0.0) if edge == "x" else (-far_x * _NAME_AWAY, 0.0, 0.0)
        _write(painter, camera, area, middle, name, "axis")
    _paint_heights(painter, surface, camera, area, names[2])


def _paint_heights(painter: QPainter, surface: Surface, camera: Camera, area: QRectF, name: str) -> None:
    corner = _left_corner(camera, area)
    if surface.log:
        levels = surface.field.levels
        marks = list(zip(levels.round, levels.texts, strict=True))
    else:
        marks = ticks(surface.low, surface.high, most=_TICKS)
    for value, text in marks:
        height = float(surface.height(np.array([value]))[0])
        if 0 <= height <= HEIGHT:
            _write(painter, camera, area, (*corner, height), text, "tick", beside=True)
    _write(painter, camera, area, (*corner, HEIGHT + 0.14), name, "axis")


def _left_corner(camera: Camera, area: QRectF) -> tuple[float, float]:
    """The corner of the floor that is farthest to the left in the picture."""
    corners = np.array([(x, y, 0.0) for x in (-1.0, 1.0) for y in (-1.0, 1.0)])
    pixels, _ = camera.project(corners, area.width(), area.height())
    left = corners[int(np.argmin(pixels[:, 0]))]
    return float(left[0]), float(left[1])


def _write(
    painter: QPainter,
    camera: Camera,
    area: QRectF,
    place: tuple[float, float, float],
    text: str,
    role: str,
    beside: bool = False,
) -> None:
    pixels, _ = camera.project(np.array([place]), area.width(), area.height())
    size = text_size(text, role)
    x = pixels[0, 0] - size.width() - 8 if beside else pixels[0, 0] - size.width() / 2
    painter.setFont(plot_font(role))
    box = QRectF(QPointF(float(x), float(pixels[0, 1]) - size.height() / 2), size)
    painter.drawText(box.adjusted(-2, 0, 2, 0), Qt.AlignmentFlag.AlignCenter, text)


# What lies on it.


def paint_on_surface(
    painter: QPainter,
    rendering: Rendering,
    surface: Surface,
    camera: Camera,
    area: QRectF,
    trails: Sequence[Trail],
    dots: Sequence[Dot],
) -> None:
    """Paint trails, their markers, and dots; what is behind a slope is faint."""
    ordered = sorted(trails, key=lambda trail: trail.focused)
    for trail in ordered:
        if trail.faint_xy is not None:
            _paint_path(painter, rendering, surface, camera, area, trail.faint_xy, trail.colour, ahead=True)
        _paint_path(painter, rendering, surface, camera, area, trail.xy, trail.colour)
    taken: list[QRectF] = []
    for dot in dots:
        _paint_dot(painter, rendering, surface, camera, area, dot, taken)
    shown = theme.current()
    for trail in ordered:
        placed = surface.place(trail.xy[-1:])
        if len(placed) and np.isfinite(placed).all():
            pixels, _ = camera.project(placed, area.width(), area.height())
            colour = shown.faint(trail.colour) if is_hidden(surface, placed, camera)[0] else shown.line(trail.colour)
            draw_marker(painter, trail.shape, QPointF(*pixels[0]), trail.marker_size, colour, shown.color("casing"))


def _paint_path(
    painter: QPainter,
    rendering: Rendering,
    surface: Surface,
    camera: Camera,
    area: QRectF,
    path: Floats,
    colour: str,
    ahead: bool = False,
) -> None:
    shown = theme.current()
    placed = surface.place(_thin(path, surface))
    pixels, _ = camera.project(placed, area.width(), area.height())
    hidden = is_hidden(surface, placed, camera)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
    faint = np.where((hidden[:-1] & hidden[1:])[:, None], pixels[:-1], np.nan) if len(pixels) > 1 else pixels
    if ahead:
        _stroke(painter, pixels, shown.faint(colour), _TRAIL - 0.5, area)
        return
    seen = pixels.copy()
    seen[hidden] = np.nan
    if hidden.any():
        _stroke(
            painter, np.vstack((faint, pixels[-1:])) if len(pixels) > 1 else pixels, shown.faint(colour), _TRAIL, area
        )
    _stroke(painter, seen, shown.color("casing"), _TRAIL + _CASING, area)
    _stroke(painter, seen, shown.line(colour), _TRAIL, area)


def _thin(path: Floats, surface: Surface) -> Floats:
    """At most a few hundred points that can be told apart."""
    x0, x1, y0, y1 = surface.field.home
    units = (path - [x0, y0]) / [x1 - x0, y1 - y0] * _MOST_POINTS
    kept = thinned(units, 1.0)
    every = -(-len(kept) // _MOST_POINTS) if len(kept) else 1
    return path[np.unique(np.append(kept[::every], kept[-1:]))]


def _stroke(painter: QPainter, pixels: Floats, colour: QColor, width: float, area: QRectF) -> None:
    pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.BevelJoin)
    painter.setPen(pen)
    draw_polyline(painter, pixels, QRectF(0, 0, area.width(), area.height()))


def _paint_dot(
    painter: QPainter,
    rendering: Rendering,
    surface: Surface,
    camera: Camera,
    area: QRectF,
    dot: Dot,
    taken: list[QRectF],
) -> None:
    placed = surface.place(np.array([dot.xy], dtype=float))
    if not np.isfinite(placed).all():
        return
    pixels, _ = camera.project(placed, area.width(), area.height())
    shown, centre = theme.current(), QPointF(*pixels[0])
    colour = shown.line(dot.colour) if dot.colour else shown.color("text" if dot.style == "ring" else "muted")
    if dot.style == "ring":
        draw_ring(painter, centre, dot_size(dot), colour, shown.color("panel"))
    elif dot.style != "number":
        draw_marker(painter, dot.style, centre, dot_size(dot), colour, shown.color("casing"))
    if dot.label:
        bounds = QRectF(0, 0, area.width(), area.height())
        box = place_beside(centre, text_size(dot.label, "label"), dot_size(dot) / 2 + 4, bounds, taken, "above")
        ink = shown.ink(dot.colour) if dot.colour else shown.color("text")
        draw_label(painter, rendering, box.topLeft(), dot.label, "label", ink, shown.color("casing"))
        taken.append(box)
