"""Named points on a plane: each has its word beside it where there is room, and no two words lie on each other."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.labels import corner_box, draw_label, each_box_beside, text_size
from widgets.base.markers import paint_marker, paint_ring
from widgets.base.rendering import Rendering
from widgets.plots.marks.arrows_and_dots import away
from widgets.plots.marks.handle import Handle
from widgets.plots.marks.labels import is_place, marker_box
from widgets.plots.marks.mark import Hit, Mark
from widgets.plots.viewport import Viewport

_SIZE, _MARKED_SIZE = 6.0, 10.0
RINGS = ((7.0, 4.0), (18.0, 14.0), (32.0, 26.0), (48.0, 40.0))  # px from a point to its label, the nearest first
_TIP = 14.0  # px of a place that labels keep off
_FRAMED = 20.0  # px that the corners around a spoken of point take
_NEAR = 12.0  # px from the pointer to what it points at
_MOST_LABELS = 60


@dataclass(frozen=True)
class Spot:
    """A named point; `colour` is a series, an empty one is muted. Those given first get their places first.

    A coloured spot always has its label, others where it fits. `hollow` ones are rings.
    """

    focus: Hashable
    x: float
    y: float
    label: str = ""
    colour: str = ""
    marker: str = "circle"
    hollow: bool = False
    spoken_of: bool = False  # by a scene: then it always has its label, too


@dataclass(frozen=True)
class Link:
    """A dashed line between two places; `colour` is a series."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: str


@dataclass(frozen=True)
class NamedPoints(Mark):
    """Named points around the origin of the plane, which is drawn as a cross.

    With `led` a word that has no room beside its point stands further away, at the end of a thin line. `corners` are
    the names of the axes, at the bottom right and the top left, which no label covers, nor does one `kept` places such
    as tips of arrows where there is another. With `movable` each point can be taken in hand.
    """

    spots: tuple[Spot, ...]
    links: tuple[Link, ...] = ()
    led: bool = False
    corners: tuple[str, str] = ("", "")
    kept: tuple[tuple[float, float], ...] = ()
    movable: bool = False

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        _paint_origin(painter, viewport)
        bounds, places = viewport.rect, [(spot, viewport.point(spot.x, spot.y)) for spot in self.spots]
        seen = [(spot, at) for spot, at in places if is_place(at) and bounds.contains(at)]
        for link in self.links:
            _paint_link(painter, viewport, link)
        named = zip(self.corners, (True, False), strict=True)
        kept = [corner_box(text, bounds, right) for text, right in named if text]
        tips = [box for place in self.kept for box in marker_box(viewport.point(*place), _TIP)]
        placed = label_places(seen, bounds, RINGS if self.led else RINGS[:1], kept, tips)
        for spot, corner in placed if self.led else ():
            _paint_leader(painter, viewport.point(spot.x, spot.y), QRectF(corner, text_size(spot.label, _role(spot))))
        for spot, at in reversed(seen):
            _paint_spot(painter, rendering, spot, at)
        colours = theme.current()
        for spot, corner in placed:
            ink = colours.text_colour(spot.colour or "muted")
            draw_label(painter, rendering, corner, spot.label, _role(spot), ink, colours.color("panel"))

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        found = None
        for spot in self.spots:
            distance = away(at, viewport.point(spot.x, spot.y))
            if distance < (found.distance if found else _NEAR):
                found = Hit(spot.focus, distance, self.movable, (spot.x, spot.y))
        return found

    def handles(self) -> list[Handle]:
        shown = self.spots if self.movable else ()
        return [Handle(spot.focus, (spot.x, spot.y), spot.label, size=_size(spot)) for spot in shown]


def _paint_origin(painter: QPainter, viewport: Viewport) -> None:
    origin = viewport.point(0.0, 0.0)
    painter.setPen(QPen(theme.current().color("grid"), 1.0))
    x, y = round(origin.x()) + 0.5, round(origin.y()) + 0.5
    painter.drawLine(QPointF(x, 0), QPointF(x, viewport.height))
    painter.drawLine(QPointF(0, y), QPointF(viewport.width, y))


def _paint_link(painter: QPainter, viewport: Viewport, link: Link) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.current().line(link.colour), 1.2, Qt.PenStyle.DashLine))
    painter.drawLine(viewport.point(*link.start), viewport.point(*link.end))


def _paint_leader(painter: QPainter, at: QPointF, box: QRectF) -> None:
    """Lead from a point to the nearest place of its word, where that stands apart."""
    x = min(max(at.x(), box.left()), box.right())
    y = min(max(at.y(), box.top() + 3), box.bottom() - 3)
    if hypot(x - at.x(), y - at.y()) > 2 * RINGS[0][0]:
        painter.setPen(QPen(theme.current().color("control"), 1.0))
        painter.drawLine(at, QPointF(x, y))


def label_places(
    seen: Sequence[tuple[Spot, QPointF]],
    bounds: QRectF,
    rings: Sequence[tuple[float, float]] = RINGS[:1],
    kept: Sequence[QRectF] = (),
    others: Sequence[QRectF] = (),
) -> list[tuple[Spot, QPointF]]:
    """Return the spots that get a label and the top left corner of each: none covers a label, a mark or what is kept.

    A coloured spot whose sides are all taken gets its label where it covers only marks, if there is such a place.
    `others` are marks, too.
    """
    marks = [*others]
    marks += [box for spot, at in seen for box in marker_box(at, _FRAMED if spot.spoken_of else _size(spot))]
    labels = list(kept)
    placed = []
    for spot, at in seen[:_MOST_LABELS]:
        if not spot.label:
            continue
        box = _free_box(spot, at, bounds, rings, labels, marks)
        if box is not None:
            labels.append(box)
            placed.append((spot, box.topLeft()))
    return placed


def _free_box(
    spot: Spot,
    at: QPointF,
    bounds: QRectF,
    rings: Sequence[tuple[float, float]],
    labels: list[QRectF],
    marks: list[QRectF],
) -> QRectF | None:
    """Return the nearest place for a label that is clear, else for a coloured spot one that covers only marks."""
    size, covering = text_size(spot.label, _role(spot)), None
    for ring in rings:
        across, down = (gap + (_FRAMED / 2 - 4 if spot.spoken_of else 0) for gap in ring)
        for box in each_box_beside(at, size, across, down):
            if not bounds.contains(box) or any(map(box.intersects, labels)):
                continue
            if not any(map(box.intersects, marks)):
                return box
            if covering is None and (spot.colour or spot.spoken_of):
                covering = box
    return covering


def _role(spot: Spot) -> str:
    return "label" if spot.colour else "tick"


def _size(spot: Spot) -> float:
    return _MARKED_SIZE if spot.colour else _SIZE


def _paint_spot(painter: QPainter, rendering: Rendering, spot: Spot, at: QPointF) -> None:
    colours = theme.current()
    fill = colours.line_colour(spot.colour or "control")
    panel = colours.color("panel")
    if spot.hollow:
        paint_ring(painter, rendering, at, _size(spot) - 2, fill, panel, panel)
    else:
        paint_marker(painter, rendering, spot.marker, at, _size(spot), fill, panel)
