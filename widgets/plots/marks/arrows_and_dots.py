"""Marks of few lines and points: arrows, dots and rings, straight segments, bundles of links."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import plot_font, text_size
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
    sprite,
)
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity
from widgets.plots.marks.handle import Along, Handle, Span
from widgets.plots.marks.labels import NO_LINES, Label, is_place, label_beside, marker_box
from widgets.plots.marks.mark import HIT_RADIUS, Hit, Mark
from widgets.plots.polyline import clipped, line_pen
from widgets.plots.viewport import Viewport

XY = tuple[float, float]

_RING = 11.0
_NUMBER = 22.0
_NUMBER_LINE = 3.0
_CROSS = 7.0  # px of the cross at the middle of a numbered ring
_BADGE = 14.0  # px of the disc with its number
_CORNER = 0.5  # of the diameter: how far right of and above the middle that stands
_LIT_RING = 7.0
_LIT_ARROW = 4.0
_LABEL_GAP = 4.0
_ALONG = 24  # points of an arrow that labels keep off
_SEGMENT = 1.75
_DASHES = (4.0, 3.0)
_LINE_REACH = 6.0
_MOST_LINKS = 4000  # lines of one bundle that are painted: more would be one stain


@dataclass(frozen=True)
class _Straight(Mark):
    """From `start` to `end` in data units; `colour` is a series name of the theme, "" the text colour."""

    focus: Hashable
    start: XY
    end: XY
    colour: str = ""
    label: str = ""

    def ends(self, viewport: Viewport) -> tuple[QPointF, QPointF]:
        """Where it begins and ends in pixels; nan where there is no such place."""
        return viewport.point(*self.start), viewport.point(*self.end)

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        begin, end = self.ends(viewport)
        distance = distance_to_segment(at, begin, end)
        if not (arrow_is_seen(begin, end) and distance <= _LINE_REACH):
            return None
        # Points win over lines that pass under them.
        return Hit(self.focus, distance + _LINE_REACH, place=self.end)


class Arrow(_Straight):
    """An arrow, seen if its start is in view; it lies over all markers, which would hide a short one."""

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        begin, end = self.ends(viewport)
        if not (is_place(begin) and is_place(end) and viewport.rect.contains(begin)):
            return
        colours, is_lit = theme.current(), self.focus == rendering.lit
        colour = colours.line_colour("accent_text" if is_lit else self.colour or "text")
        if viewport.rect.contains(end):
            draw_arrow(painter, begin, end, colour, colours.color("casing"), _LIT_ARROW if is_lit else ARROW_WIDTH)
        else:
            _paint_cut_arrow(painter, viewport, begin, end, colour)

    def labels(self, viewport: Viewport) -> list[Label]:
        begin, end = self.ends(viewport)
        is_seen = arrow_is_seen(begin, end)
        return label_beside(viewport, end, self.label, self.colour, 0, _ahead(begin, end)) if is_seen else []

    def along(self, viewport: Viewport) -> Floats:
        begin, end = self.ends(viewport)
        return np.linspace((begin.x(), begin.y()), (end.x(), end.y()), _ALONG)


@dataclass(frozen=True)
class Dot(Mark):
    """A point: style "ring", "number" (an open ring with a cross at the place itself, its label in a small disc
    at the upper right), "hollow" (a disc with a dashed edge), "same" (a dashed ring around another, with its label
    beside) or a marker shape such as "plus".

    `colour` is a series name, or "" for the text colour (rings) or the muted one (shapes). One that can be dragged is
    a handle: it `goes` along these axes, or stands for a number of its own; `said` is its name, else its label.
    """

    focus: Hashable
    xy: XY
    style: str = "ring"
    label: str = ""
    colour: str = ""
    draggable: bool = False
    size: float = 0.0
    over: bool = False  # whether it lies over all markers
    goes: Along = "xy"
    own: Span | None = None
    said: str = ""

    @property
    def diameter(self) -> float:
        """How large it is drawn, in pixels."""
        return self.size or {"ring": _RING, "number": _NUMBER}.get(self.style, MARKER)

    @property
    def line(self) -> QColor:
        """The colour of the ring or of the shape."""
        return theme.current().line_colour(self.colour or ("text" if self.style == "ring" else "muted"))

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        if not self.over:
            self._draw(painter, viewport, rendering)

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        if self.over:
            self._draw(painter, viewport, rendering)

    def _draw(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        centre = viewport.point(*self.xy)
        if not (is_place(centre) and viewport.rect.adjusted(-4, -4, 4, 4).contains(centre)):
            return
        if self.focus == rendering.lit:
            draw_ring(painter, centre, self.diameter + _LIT_RING, theme.current().color("accent_text"), None)
        _paint_dot(painter, rendering, self, centre)

    def labels(self, viewport: Viewport) -> list[Label]:
        if self.style in ("number", "hollow"):
            return []
        gap = self.diameter / 2 + _LABEL_GAP
        return label_beside(viewport, viewport.point(*self.xy), self.label, self.colour, 1, "above", gap)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        place = viewport.point(*self.xy)
        number = [_badge(place, self.diameter, self.label)] if self.style == "number" and is_place(place) else []
        return [*marker_box(place, max(self.diameter, FOCUSED_MARKER)), *number]

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        distance = away(at, viewport.point(*self.xy))
        return Hit(self.focus, distance, self.draggable, self.xy) if distance <= HIT_RADIUS else None

    def handles(self) -> list[Handle]:
        handle = Handle(self.focus, self.xy, self.said or self.label, self.goes, self.own, self.diameter)
        return [handle] if self.draggable else []


@dataclass(frozen=True)
class Segment(_Straight):
    """A straight line, such as an eigenvector through a point."""

    dashed: bool = False

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        ends = viewport.pixels(*np.transpose([self.start, self.end]))
        for part in clipped(ends, viewport.rect) if np.isfinite(ends).all() else ():
            _paint_segment(painter, self.colour, QPointF(*part[0]), QPointF(*part[-1]), _DASHES if self.dashed else ())

    def labels(self, viewport: Viewport) -> list[Label]:
        begin, end = self.ends(viewport)
        return label_beside(viewport, end, self.label, self.colour, 2, _ahead(begin, end))


@dataclass(frozen=True)
class Measure(_Straight):
    """A straight line with its length written at the middle of what is seen of it; the `strong` one is not dashed."""

    strong: bool = False

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        for begin, end in self._seen(viewport):
            _paint_segment(painter, self.colour, begin, end, () if self.strong else _DASHES, cased=self.strong)

    def labels(self, viewport: Viewport) -> list[Label]:
        rank, side = (0, "above") if self.strong else (2, "right")
        middles = [QLineF(*ends).pointAt(0.5) for ends in self._seen(viewport)]
        beside = (label_beside(viewport, place, self.label, self.colour, rank, side) for place in middles)
        return [label for labels in beside for label in labels]

    def along(self, viewport: Viewport) -> Floats:
        parts = self._seen(viewport) if self.label else []
        ways = [np.linspace((a.x(), a.y()), (b.x(), b.y()), _ALONG) for a, b in parts]
        return np.concatenate(ways) if ways else NO_LINES

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        return None  # what it leads to is pointed at

    def _seen(self, viewport: Viewport) -> list[tuple[QPointF, QPointF]]:
        begin, end = self.ends(viewport)
        if not (is_place(begin) and is_place(end)):
            return []
        parts = clipped(np.array([[begin.x(), begin.y()], [end.x(), end.y()]]), viewport.rect)
        return [(QPointF(*part[0]), QPointF(*part[-1])) for part in parts]


@dataclass(frozen=True, eq=False)
class Links(ByIdentity, Mark):
    """Thin lines from `begins` (n, 2) to `ends` (n, 2), faint in the colour of a series.

    Raises ValueError for arrays of other shapes.
    """

    name: str
    begins: Floats
    ends: Floats
    colour: str

    def __post_init__(self) -> None:
        if self.begins.ndim != 2 or self.begins.shape[1] != 2 or self.begins.shape != self.ends.shape:
            raise ValueError(f"links {self.name}: {self.begins.shape} and {self.ends.shape} do not match")

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Paint the lines, 1 px wide; of a large bundle every n-th."""
        every = -(-len(self.begins) // _MOST_LINKS) or 1
        begins, ends = (viewport.pixels(xy[::every, 0], xy[::every, 1]) for xy in (self.begins, self.ends))
        both = np.column_stack([begins, ends])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.current().faint(self.colour), 1.0))
        painter.drawLines([QLineF(*line) for line in both[np.isfinite(both).all(axis=1)].tolist()])


def away(one: QPointF, other: QPointF) -> float:
    """How far two positions are from each other."""
    return hypot(one.x() - other.x(), one.y() - other.y())


def _paint_segment(
    painter: QPainter, name: str, begin: QPointF, end: QPointF, dashes: tuple[float, ...], cased: bool = True
) -> None:
    colours = theme.current()
    casing, line = colours.color("casing"), colours.line_colour(name or "text")
    strokes = ((casing, _SEGMENT + 2.5, ()), (line, _SEGMENT, dashes))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for colour, width, dashes in strokes if cased else strokes[1:]:
        painter.setPen(line_pen(colour.rgba(), width, dashes))
        painter.drawLine(begin, end)


def _paint_cut_arrow(painter: QPainter, viewport: Viewport, begin: QPointF, end: QPointF, colour: QColor) -> None:
    """An arrow that leaves the view has no head in it."""
    for part in clipped(np.array([[begin.x(), begin.y()], [end.x(), end.y()]]), viewport.rect):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(colour.rgba(), ARROW_WIDTH))
        painter.drawLine(QPointF(*part[0]), QPointF(*part[-1]))


def _paint_dot(painter: QPainter, rendering: Rendering, dot: Dot, centre: QPointF) -> None:
    colours, size = theme.current(), dot.diameter
    if dot.style == "ring":
        paint_ring(painter, rendering, centre, size, dot.line, colours.color("panel"), colours.color("casing"))
    elif dot.style in ("hollow", "same"):
        _draw_hollow(painter, centre, dot, size)
    elif dot.style == "number":
        _paint_number(painter, rendering, dot, centre, size)
    else:
        paint_marker(painter, rendering, dot.style, centre, size, dot.line, colours.color("casing"))


def _paint_number(painter: QPainter, rendering: Rendering, dot: Dot, centre: QPointF, size: float) -> None:
    colours = theme.current()
    line, halo = colours.text_colour(dot.colour or "muted"), colours.color("casing")
    if rendering.smooth or rendering.vector:
        _draw_number(painter, centre, dot.label, size, line, halo)
        return
    image = _number_sprite(dot.label, size, line.rgba(), halo.rgba(), rendering.scale)
    draw_sprite(painter, image, centre.x(), centre.y(), rendering.scale)


def _draw_number(painter: QPainter, centre: QPointF, label: str, size: float, line: QColor, halo: QColor) -> None:
    """A ring through which what lies below is seen, a cross at its middle, and beside it its number in a disc."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    for colour, wider in ((halo, 2.0), (line, 0.0)):
        painter.strokePath(shape_path("circle", size - _NUMBER_LINE), QPen(colour, _NUMBER_LINE + wider))
        painter.setPen(QPen(colour, 1.75 + wider, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(-_CROSS / 2, 0), QPointF(_CROSS / 2, 0))
        painter.drawLine(QPointF(0, -_CROSS / 2), QPointF(0, _CROSS / 2))
    painter.restore()
    _draw_badge(painter, _badge(centre, size, label), label, line, halo)


def _badge(centre: QPointF, size: float, label: str) -> QRectF:
    """Where the number of a ring stands: a disc, of two digits a wider one."""
    left, middle = centre.x() + _CORNER * size - _BADGE / 2, centre.y() - _CORNER * size
    return QRectF(left, middle - _BADGE / 2, max(_BADGE, text_size(label, "label").width() + 5), _BADGE)


def _draw_badge(painter: QPainter, box: QRectF, label: str, fill: QColor, halo: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(halo, 1.25))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, _BADGE / 2, _BADGE / 2)
    painter.setFont(plot_font("label"))
    painter.setPen(theme.current().text_on(fill))
    painter.drawText(box.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, label)
    painter.restore()


def _draw_hollow(painter: QPainter, centre: QPointF, dot: Dot, size: float) -> None:
    """The mark of a run that is compared: a dashed circle, its label inside or beside it."""
    colours = theme.current()
    is_same = dot.style == "same"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colours.text_colour(dot.colour or "text"), 1.75)
    pen.setDashPattern([2.2, 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_same else colours.color("panel"))
    painter.drawEllipse(centre, size / 2, size / 2)
    if not is_same:
        box = QRectF(-size / 2, -size / 2, size, size).translated(centre)
        painter.setFont(plot_font("label"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, dot.label)


@lru_cache(maxsize=64)
def _number_sprite(label: str, size: float, line: int, halo: int, scale: float) -> QImage:
    colours = QColor.fromRgba(line), QColor.fromRgba(halo)
    side = 2 * (_badge(QPointF(), size, label).right() + 1)
    return sprite(side, scale, lambda painter, middle: _draw_number(painter, middle, label, size, *colours))


def _ahead(begin: QPointF, end: QPointF) -> str:
    """The side of a tip that lies ahead of it."""
    across, down = end.x() - begin.x(), end.y() - begin.y()
    if abs(across) >= abs(down):
        return "right" if across >= 0 else "left"
    return "below" if down > 0 else "above"


def distance_to_segment(point: QPointF, begin: QPointF, end: QPointF) -> float:
    """The distance of a point from a straight segment, in pixels."""
    way = end - begin
    length = way.x() ** 2 + way.y() ** 2
    if length == 0:
        return away(point, begin)
    share = ((point.x() - begin.x()) * way.x() + (point.y() - begin.y()) * way.y()) / length
    return away(point, begin + way * min(1.0, max(0.0, share)))
