"""How a surface, its box and the trails on it are painted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.corners import paint_corners
from widgets.base.labels import draw_label, place_beside, plot_font, text_size
from widgets.base.letters import dashes, paint_letter_mark
from widgets.base.markers import draw_marker, draw_ring
from widgets.base.rendering import Rendering
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.spoken import THICK, Framed, Stretches
from widgets.plots.marks.trails import NO_MARKER, Trail
from widgets.plots.polyline import draw_polyline, line_pen, polygon, thinned
from widgets.plots.ticks import ticks
from widgets.surface.shape import HEIGHT, Camera, Shot, Surface, is_hidden

Names = tuple[str, str, str]
"""Of the axes."""

_MESH = 0.6
_MESH_SHARE = 0.55
_TRAIL = 2.25
_AHEAD = 1.75
_CASING = 2.0
_MOST_POINTS = 300
_TICK_AWAY = 1.14
_NAME_AWAY = 1.34
_TICKS = 5


def paint_surface(painter: QPainter, shot: Shot, names: Names) -> None:
    """Paint the box behind, the quads, farthest first, in the colours of the field's levels, and the scales."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_box(painter, shot)
    levels = np.asarray(shot.surface.field.levels.values)
    colours = theme.current()
    fills = [colours.surface(band / max(1, len(levels))) for band in range(len(levels) + 1)]
    pens = [QPen(colours.mix(fill, colours.color("iso_line"), _MESH_SHARE), _MESH) for fill in fills]
    for corners, band in _quads(shot, levels):
        painter.setBrush(fills[band])
        painter.setPen(pens[band])
        painter.drawConvexPolygon(corners)
    _paint_scales(painter, shot, names)


def _quads(shot: Shot, levels: Floats) -> Iterator[tuple[QPolygonF, int]]:
    points = np.stack((shot.surface.x, shot.surface.y, shot.surface.z), axis=-1)
    side = points.shape[0]
    pixels, depths = shot.project(points.reshape(-1, 3))
    corners = _of_quads(pixels.reshape(side, side, 2))
    depth = _of_quads(depths.reshape(side, side)).sum(axis=1)
    bands = np.searchsorted(levels, _of_quads(shot.surface.values).mean(axis=1))
    for index in np.argsort(-depth, kind="stable"):
        if np.isfinite(depth[index]):
            yield QPolygonF([QPointF(x, y) for x, y in corners[index].tolist()]), int(bands[index])


def _of_quads(grid: Floats) -> Floats:
    """What a grid (n+1, n+1, …) holds at the four corners of each quad, (n², 4, …)."""
    corners = np.stack((grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]), axis=2)
    return corners.reshape(-1, 4, *grid.shape[2:])


# The box.


def _paint_box(painter: QPainter, shot: Shot) -> None:
    """The floor and the two walls behind the surface."""
    painter.setPen(QPen(theme.current().color("border"), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    far_x, far_y = _far_sides(shot.camera)
    floor = [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]
    wall_x = [(far_x, -1, 0), (far_x, 1, 0), (far_x, 1, HEIGHT), (far_x, -1, HEIGHT)]
    wall_y = [(-1, far_y, 0), (1, far_y, 0), (1, far_y, HEIGHT), (-1, far_y, HEIGHT)]
    for face in (floor, wall_x, wall_y):
        pixels, _ = shot.project(np.array(face, dtype=float))
        painter.drawPolygon(polygon(pixels))


def _far_sides(camera: Camera) -> tuple[float, float]:
    """At which x and which y the walls stand that the surface does not hide behind."""
    towards = camera.towards()
    return (-1.0 if towards[0] > 0 else 1.0), (-1.0 if towards[1] > 0 else 1.0)


def _paint_scales(painter: QPainter, shot: Shot, names: Names) -> None:
    """Write ticks and names along the two near edges of the floor and up one edge of the box."""
    x0, x1, y0, y1 = shot.surface.field.home
    far_x, far_y = _far_sides(shot.camera)
    painter.setPen(theme.current().color("muted"))
    for low, high, name, along_x in ((x0, x1, names[0], True), (y0, y1, names[1], False)):
        for value, text in ticks(low, high, most=_TICKS):
            at = (value - low) / (high - low) * 2 - 1
            place = (at, -far_y * _TICK_AWAY, 0.0) if along_x else (-far_x * _TICK_AWAY, at, 0.0)
            _write(painter, shot, place, text, "tick")
        middle = (0.0, -far_y * _NAME_AWAY, 0.0) if along_x else (-far_x * _NAME_AWAY, 0.0, 0.0)
        _write(painter, shot, middle, name, "axis")
    _paint_heights(painter, shot, names[2])


def _paint_heights(painter: QPainter, shot: Shot, name: str) -> None:
    corner, surface = _left_corner(shot), shot.surface
    evenly = ticks(surface.low, surface.high, most=_TICKS)
    for value, text in surface.field.levels.round.items() if surface.log else evenly:
        height = float(surface.height(np.array([value]))[0])
        if 0 <= height <= HEIGHT:
            _write(painter, shot, (*corner, height), text, "tick", beside=True)
    _write(painter, shot, (*corner, HEIGHT + 0.14), name, "axis")


def _left_corner(shot: Shot) -> tuple[float, float]:
    """The corner of the floor that is farthest to the left in the picture."""
    corners = np.array([(x, y, 0.0) for x in (-1.0, 1.0) for y in (-1.0, 1.0)])
    pixels, _ = shot.project(corners)
    left = corners[int(np.argmin(pixels[:, 0]))]
    return float(left[0]), float(left[1])


def _write(
    painter: QPainter,
    shot: Shot,
    place: tuple[float, float, float],
    text: str,
    role: str,
    beside: bool = False,
) -> None:
    pixels, _ = shot.project(np.array([place]))
    size = text_size(text, role)
    x = pixels[0, 0] - size.width() - 8 if beside else pixels[0, 0] - size.width() / 2
    painter.setFont(plot_font(role))
    box = QRectF(QPointF(float(x), float(pixels[0, 1]) - size.height() / 2), size)
    painter.drawText(box.adjusted(-2, 0, 2, 0), Qt.AlignmentFlag.AlignCenter, text)


# What lies on it.


def paint_on_surface(
    painter: QPainter,
    rendering: Rendering,
    shot: Shot,
    trails: Sequence[Trail],
    dots: Sequence[Dot],
    spoken: Sequence[Mark] = (),
) -> None:
    """Paint trails, each over those before it, dots, and markers; of ways what is behind a slope is faint.

    Of what a scene speaks of thick parts of the ways lie on them, and corners over all.
    """
    for trail in trails:
        _paint_ahead(painter, rendering, shot, trail)
        _paint_path(painter, rendering, shot, trail)
    for stretches in (mark for mark in spoken if isinstance(mark, Stretches)):
        _paint_stretches(painter, shot, stretches)
    taken: list[QRectF] = []
    for dot in dots:
        _paint_dot(painter, rendering, shot, dot, taken)
    for trail in trails:
        _paint_marker(painter, rendering, shot, trail)
    for framed in (mark for mark in spoken if isinstance(mark, Framed)):
        _paint_corners(painter, shot, framed)


def _paint_stretches(painter: QPainter, shot: Shot, stretches: Stretches) -> None:
    """What the surface hides of them is left out."""
    placed = shot.surface.place(stretches.xy)
    pixels, _ = shot.project(placed)
    seen = np.where(is_hidden(shot.surface, placed, shot.camera)[:, None], np.nan, pixels)
    ink = theme.current().ink(stretches.colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _stroke(painter, seen, ink, THICK, shot, dashes(stretches.letter, THICK) if stretches.letter else ())


def _paint_corners(painter: QPainter, shot: Shot, framed: Framed) -> None:
    placed = shot.surface.place(np.array(framed.places))
    pixels, _ = shot.project(placed[np.isfinite(placed).all(axis=1)])
    for x, y in pixels.tolist():
        half = framed.size / 2
        paint_corners(painter, QRectF(x - half, y - half, framed.size, framed.size))


def _paint_marker(painter: QPainter, rendering: Rendering, shot: Shot, trail: Trail) -> None:
    placed = shot.surface.place(trail.xy[-1:])
    if trail.marker == NO_MARKER or not len(placed) or not np.isfinite(placed).all():
        return
    colours = theme.current()
    (centre,), _ = shot.project(placed)
    if trail.letter:
        paint_letter_mark(painter, rendering, QPointF(*centre), trail.letter, colours.line(trail.colour))
        return
    draw_marker(
        painter, trail.shape, QPointF(*centre), trail.marker_size, colours.line(trail.colour), colours.color("casing")
    )


def _paint_ahead(painter: QPainter, rendering: Rendering, shot: Shot, trail: Trail) -> None:
    if trail.faint_xy is not None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
        pixels, _ = shot.project(shot.surface.place(_thin(trail.faint_xy, shot.surface)))
        _stroke(painter, pixels, theme.current().faint(trail.colour), _AHEAD, shot)


def _paint_path(painter: QPainter, rendering: Rendering, shot: Shot, trail: Trail) -> None:
    """What the surface hides of the path is faint and has no casing."""
    colours = theme.current()
    placed = shot.surface.place(_thin(trail.xy, shot.surface))
    pixels, _ = shot.project(placed)
    hidden = is_hidden(shot.surface, placed, shot.camera)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
    if hidden.any():
        _stroke(painter, pixels, colours.faint(trail.colour), _AHEAD, shot)
    seen = np.where(hidden[:, None], np.nan, pixels)
    if trail.letter:
        _stroke(painter, seen, colours.line(trail.colour), _AHEAD, shot, dashes(trail.letter, _AHEAD))
        return
    _stroke(painter, seen, colours.color("casing"), _TRAIL + _CASING, shot)
    _stroke(painter, seen, colours.line(trail.colour), _TRAIL, shot)


def _thin(path: Floats, surface: Surface) -> Floats:
    """At most a few hundred points that can be told apart."""
    x0, x1, y0, y1 = surface.field.home
    units = (path - [x0, y0]) / [x1 - x0, y1 - y0] * _MOST_POINTS
    kept = thinned(units, 1.0)
    every = -(-len(kept) // _MOST_POINTS) if len(kept) else 1
    return path[np.unique(np.append(kept[::every], kept[-1:]))]


def _stroke(
    painter: QPainter, pixels: Floats, colour: QColor, width: float, shot: Shot, dashed: tuple[float, ...] = ()
) -> None:
    painter.setPen(line_pen(colour.rgba(), width, dashed))
    draw_polyline(painter, pixels, shot.bounds)


def _paint_dot(
    painter: QPainter,
    rendering: Rendering,
    shot: Shot,
    dot: Dot,
    taken: list[QRectF],
) -> None:
    placed = shot.surface.place(np.array([dot.xy], dtype=float))
    if not np.isfinite(placed).all():
        return
    pixels, _ = shot.project(placed)
    colours, centre = theme.current(), QPointF(*pixels[0])
    if dot.style == "ring":
        draw_ring(painter, centre, dot.diameter, dot.line, colours.color("panel"))
    elif dot.style != "number":
        draw_marker(painter, dot.style, centre, dot.diameter, dot.line, colours.color("casing"))
    if dot.label:
        bounds = shot.bounds
        box = place_beside(centre, text_size(dot.label, "label"), dot.diameter / 2 + 4, bounds, taken, "above")
        ink = colours.text_colour(dot.colour or "text")
        draw_label(painter, rendering, box.topLeft(), dot.label, "label", ink, colours.color("casing"))
        taken.append(box)
