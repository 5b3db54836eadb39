"""Single marks on a plane: arrows, dots and rings, straight segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot, isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.images import transparent_image
from widgets.base.labels import draw_label, place_beside, plot_font, text_size
from widgets.base.markers import (
    ARROW_WIDTH,
    FOCUSED_MARKER,
    MARKER,
    arrow_is_seen,
    draw_arrow,
    draw_ring,
    draw_sprite,
    paint_marker,
    paint_ring,
    shape_path,
)
from widgets.base.rendering import Rendering
from widgets.plots.polyline import clipped
from widgets.plots.viewport import Viewport

XY = tuple[float, float]

_RING = 11.0
_LIT_RING = 7.0
_LIT_ARROW = 4.0
_LABEL_GAP = 4.0
_SEGMENT = 1.75
_FINE = Rendering()


@dataclass(frozen=True)
class Arrow:
    """An arrow in data units; `colour` is a series name of the theme."""

    name: str
    start: XY
    end: XY
    colour: str
    label: str = ""


@dataclass(frozen=True)
class Dot:
    """A point: style "ring", "number" (a filled disc with its label inside) or a marker shape such as "plus".

    `colour` is a series name, or "" for the text colour (rings) or the muted one (shapes).
    """

    name: str
    xy: XY
    style: str = "ring"
    label: str = ""
    colour: str = ""
    draggable: bool = False
    size: float = 0.0


@dataclass(frozen=True)
class Segment:
    """A straight line in data units, such as an eigenvector through a point."""

    name: str
    start: XY
    end: XY
    colour: str = ""
    label: str = ""
    dashed: bool = False


def is_place(point: QPointF) -> bool:
    """Whether a pixel position is one."""
    return isfinite(point.x()) and isfinite(point.y())


def dot_size(dot: Dot) -> float:
    """How large a dot is drawn, in pixels."""
    return dot.size or {"ring": _RING, "number": 22.0}.get(dot.style, MARKER)


def paint_segments(painter: QPainter, viewport: Viewport, rendering: Rendering, segments: Sequence[Segment]) -> None:
    """Paint the segments, cut at the edge of the view."""
    shown = theme.current()
    for segment in segments:
        ends = viewport.pixels(*np.transpose([segment.start, segment.end]))
        for part in clipped(ends, viewport.rect) if np.isfinite(ends).all() else ():
            begin, end = QPointF(*part[0]), QPointF(*part[-1])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for colour, width in ((shown.color("casing"), _SEGMENT + 2.5), (_line(segment.colour), _SEGMENT)):
                pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
                if segment.dashed and width == _SEGMENT:
                    pen.setDashPattern([4.0, 3.0])
                painter.setPen(pen)
                painter.drawLine(begin, end)


def paint_arrows(painter: QPainter, viewport: Viewport, arrows: Sequence[Arrow], lit: str) -> None:
    """Paint the arrows whose start is in view; the lit one is thicker."""
    shown = theme.current()
    for arrow in arrows:
        begin, end = viewport.point(*arrow.start), viewport.point(*arrow.end)
        if not (is_place(begin) and is_place(end) and viewport.rect.contains(begin)):
            continue
        colour = shown.color("accent_text") if arrow.name == lit else shown.line(arrow.colour)
        width = _LIT_ARROW if arrow.name == lit else ARROW_WIDTH
        if viewport.rect.contains(end):
            draw_arrow(painter, begin, end, colour, shown.color("casing"), width)
        else:
            _paint_cut_arrow(painter, viewport, begin, end, colour)


def _paint_cut_arrow(painter: QPainter, viewport: Viewport, begin: QPointF, end: QPointF, colour: QColor) -> None:
    """An arrow that leaves the view has no head in it."""
    for part in clipped(np.array([[begin.x(), begin.y()], [end.x(), end.y()]]), viewport.rect):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, ARROW_WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(*part[0]), QPointF(*part[-1]))


def paint_dots(
    painter: QPainter, viewport: Viewport, dots: Sequence[Dot], lit: str, rendering: Rendering = _FINE
) -> None:
    """Paint the dots that are in view; the lit one has a ring."""
    shown = theme.current()
    for dot in dots:
        centre = viewport.point(*dot.xy)
        if not (is_place(centre) and viewport.rect.adjusted(-4, -4, 4, 4).contains(centre)):
            continue
        if dot.name == lit:
            draw_ring(painter, centre, dot_size(dot) + _LIT_RING, shown.color("accent_text"), None)
        _paint_dot(painter, rendering, dot, centre)


def _paint_dot(painter: QPainter, rendering: Rendering, dot: Dot, centre: QPointF) -> None:
    shown = theme.current()
    size = dot_size(dot)
    if dot.style == "ring":
        line = shown.line(dot.colour) if dot.colour else shown.color("text")
        paint_ring(painter, rendering, centre, size, line, shown.color("panel"), shown.color("casing"))
    elif dot.style == "number":
        _paint_number(painter, rendering, dot, centre, size)
    else:
        fill = shown.line(dot.colour) if dot.colour else shown.color("muted")
        paint_marker(painter, rendering, dot.style, centre, size, fill, shown.color("casing"))


def _paint_number(painter: QPainter, rendering: Rendering, dot: Dot, centre: QPointF, size: float) -> None:
    shown = theme.current()
    fill = shown.ink(dot.colour) if dot.colour else shown.color("muted")
    if rendering.smooth or rendering.vector:
        _draw_number(painter, centre, dot.label, size, fill, shown.color("text"))
        return
    sprite = _number_sprite(dot.label, size, fill.rgba(), shown.color("text").rgba(), rendering.scale)
    draw_sprite(painter, sprite, centre.x(), centre.y(), rendering.scale)


def _draw_number(painter: QPainter, centre: QPointF, label: str, size: float, fill: QColor, edge: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.fillPath(shape_path("circle", size), fill)
    painter.strokePath(shape_path("circle", size), QPen(edge, 1.75))
    painter.setFont(plot_font("label"))
    painter.setPen(theme.current().text_on(fill))
    painter.drawText(QRectF(-size / 2, -size / 2, size, size), Qt.AlignmentFlag.AlignCenter, label)
    painter.restore()


@lru_cache(maxsize=64)
def _number_sprite(label: str, size: float, fill: int, edge: int, scale: float) -> QImage:
    image = transparent_image(size + 4, size + 4, scale)
    middle = image.width() / scale / 2
    painter = QPainter(image)
    _draw_number(painter, QPointF(middle, middle), label, size, QColor.fromRgba(fill), QColor.fromRgba(edge))
    painter.end()
    return image


def paint_labels(
    painter: QPainter,
    viewport: Viewport,
    rendering: Rendering,
    arrows: Sequence[Arrow],
    dots: Sequence[Dot],
    segments: Sequence[Segment],
    taken: list[QRectF],
) -> None:
    """Write the labels where there is room; the boxes they take are added to `taken`."""
    for arrow in arrows:
        begin, end = viewport.point(*arrow.start), viewport.point(*arrow.end)
        if is_place(begin) and is_place(end) and arrow_is_seen(begin, end):
            _write(painter, viewport, rendering, end, arrow.label, arrow.colour, _ahead(begin, end), taken)
    for dot in dots:
        if dot.style != "number":
            gap = dot_size(dot) / 2 + _LABEL_GAP
            _write(painter, viewport, rendering, viewport.point(*dot.xy), dot.label, dot.colour, "above", taken, gap)
    for segment in segments:
        end = viewport.point(*segment.end)
        way = _ahead(viewport.point(*segment.start), end)
        _write(painter, viewport, rendering, end, segment.label, segment.colour, way, taken)


def _write(
    painter: QPainter,
    viewport: Viewport,
    rendering: Rendering,
    point: QPointF,
    text: str,
    colour: str,
    first: str,
    taken: list[QRectF],
    gap: float = _LABEL_GAP,
) -> None:
    if not text or not is_place(point) or not viewport.rect.contains(point):
        return
    shown = theme.current()
    ink = shown.ink(colour) if colour else shown.color("text")
    box = place_beside(point, text_size(text, "label"), gap, viewport.rect, taken, first)
    draw_label(painter, rendering, box.topLeft(), text, "label", ink, shown.color("casing"))
    taken.append(box)


def _ahead(begin: QPointF, end: QPointF) -> str:
    """The side of a tip that lies ahead of it."""
    across, down = end.x() - begin.x(), end.y() - begin.y()
    if abs(across) >= abs(down):
        return "right" if across >= 0 else "left"
    return "below" if down > 0 else "above"


def _line(colour: str) -> QColor:
    shown = theme.current()
    return shown.line(colour) if colour else shown.color("text")


def marker_boxes(viewport: Viewport, places: Sequence[QPointF]) -> list[QRectF]:
    """The room markers take, which labels stay away from."""
    half = FOCUSED_MARKER / 2
    return [QRectF(place.x() - half, place.y() - half, 2 * half, 2 * half) for place in places if is_place(place)]


def distance_to_segment(point: QPointF, begin: QPointF, end: QPointF) -> float:
    """The distance of a point from a straight segment, in pixels."""
    way = end - begin
    length = way.x() ** 2 + way.y() ** 2
    if length == 0:
        return hypot(point.x() - begin.x(), point.y() - begin.y())
    share = ((point.x() - begin.x()) * way.x() + (point.y() - begin.y()) * way.y()) / length
    foot = begin + way * min(1.0, max(0.0, share))
    return hypot(point.x() - foot.x(), point.y() - foot.y())
