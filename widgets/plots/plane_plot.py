"""A map of the plane at equal scale: a field under trails, arrows and points that can be pointed at and dragged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from widgets.base import theme
from widgets.base.labels import draw_label, text_size
from widgets.base.markers import arrow_is_seen
from widgets.base.rendering import Rendering
from widgets.plots.backdrop import Ground
from widgets.plots.marks.arrows_and_dots import (
    Arrow,
    Dot,
    Segment,
    distance_to_segment,
    is_place,
    marker_boxes,
    paint_arrows,
    paint_dots,
    paint_labels,
    paint_segments,
)
from widgets.plots.marks.contours import Field
from widgets.plots.marks.links import Links, paint_links
from widgets.plots.marks.points import KeptPoints, Points
from widgets.plots.marks.trail_lines import TrailLines
from widgets.plots.marks.trails import Trail, paint_markers, paint_trail_labels
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

__all__ = ["Arrow", "Dot", "Field", "Links", "PlanePlot", "Points", "Segment", "Trail"]

HIT_RADIUS = 10.0
_ARROW_REACH = 6.0
_NOTE_LEFT, _NOTE_UP = 8.0, 6.0


class PlanePlot(Plot):
    """A plot of the plane; all marks are one painted item over the field."""

    marked = Signal(str)
    dragged = Signal(str, float, float, bool)

    def __init__(self, x_name: str = "x", y_name: str = "y", parent: QWidget | None = None) -> None:
        super().__init__(x_name, y_name, parent)
        self._view.setAspectLocked(True)
        self._view.takes_drag = self._take_drag
        self._trails: tuple[Trail, ...] = ()
        self._arrows: tuple[Arrow, ...] = ()
        self._dots: tuple[Dot, ...] = ()
        self._segments: tuple[Segment, ...] = ()
        self._points: tuple[Points, ...] = ()
        self._links: tuple[Links, ...] = ()
        self._targets: Points | None = None
        self._lit = ""
        self._under_pointer = ""
        self._dragging = ""
        self._note = ""
        self._lines = TrailLines()
        self._clouds = KeptPoints()
        self._item = self.add_layer(self._paint, 0)

    # What is set.

    def set_ground(self, ground: Ground | None) -> None:
        """Show a picture of the plane (a `Field`, for one) under the marks, in place of the grid; None: the grid."""
        if ground != self._backdrop.ground:
            self._backdrop.ground = ground
            self.set_grid(ground is None)
            self._back.update()

    def set_field(self, field: Field | None) -> None:
        """Show the contours of a field under the marks; None: the grid."""
        self.set_ground(field)

    def set_trails(self, trails: Sequence[Trail]) -> None:
        """Show these paths and the markers at their ends."""
        self._set("_trails", tuple(trails))

    def set_arrows(self, arrows: Sequence[Arrow]) -> None:
        """Show these arrows."""
        self._set("_arrows", tuple(arrows))

    def set_dots(self, dots: Sequence[Dot]) -> None:
        """Show these single points."""
        self._set("_dots", tuple(dots))

    def set_segments(self, segments: Sequence[Segment]) -> None:
        """Show these straight lines."""
        self._set("_segments", tuple(segments))

    def set_points(self, points: Sequence[Points]) -> None:
        """Show these clouds of points, under all other marks."""
        self._set("_points", tuple(points))

    def set_links(self, links: Sequence[Links]) -> None:
        """Show these bundles of lines, under the clouds of points."""
        self._set("_links", tuple(links))

    def set_targets(self, targets: Points | None) -> None:
        """Let each of these points be pointed at and dragged as `<name> <index>`; they are not painted."""
        self._targets = targets

    def set_note(self, text: str) -> None:
        """Write one line at the bottom left of the picture; "" takes it away."""
        self._set("_note", text)

    def highlight(self, name: str) -> None:
        """Light the mark of this name, and no other; "" lights none."""
        self._set("_lit", name)

    def _set(self, field: str, value: object) -> None:
        if value != getattr(self, field):
            setattr(self, field, value)
            self._item.update()

    # How it is painted.

    def _paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        paint_links(painter, viewport, self._links)
        self._clouds.paint(painter, viewport, rendering, self._points)
        paint_segments(painter, viewport, rendering, self._segments)
        self._lines.paint(painter, viewport, rendering, self._trails)
        paint_dots(painter, viewport, self._dots, self._lit, rendering)
        paint_arrows(painter, viewport, self._arrows, self._lit)
        paint_markers(painter, viewport, rendering, self._trails, self._lit)
        self._paint_labels(painter, viewport, rendering)

    def _paint_labels(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        places = [now for trail in self._trails if (now := trail.now(viewport)) is not None]
        places += [viewport.point(*dot.xy) for dot in self._dots]
        taken = marker_boxes(viewport, places)
        if self._note:
            taken.append(self._paint_note(painter, viewport, rendering))
        paint_labels(painter, viewport, rendering, self._arrows, self._dots, self._segments, taken)
        paint_trail_labels(painter, viewport, rendering, self._trails, taken)

    def _paint_note(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> QRectF:
        size, shown = text_size(self._note, "tick"), theme.current()
        box = QRectF(QPointF(_NOTE_LEFT, viewport.height - size.height() - _NOTE_UP), size)
        draw_label(painter, rendering, box.topLeft(), self._note, "tick", shown.color("text"), shown.color("panel"))
        return box

    # Pointing and dragging.

    def mark_at(self, position: QPointF) -> str:
        """The name of the mark within 10 px of a position in pixels of the view, the nearest first; "" if none."""
        found = [(distance, name) for name, distance, _ in self._reachable(position)]
        return min(found)[1] if found else ""

    def handle_at(self, position: QPointF) -> str:
        """The name of the nearest mark there that can be dragged; "" if none."""
        found = [(distance, name) for name, distance, draggable in self._reachable(position) if draggable]
        return min(found)[1] if found else ""

    def _reachable(self, position: QPointF) -> Iterator[tuple[str, float, bool]]:
        viewport = self.viewport_now()
        for trail in self._trails:
            now = trail.now(viewport)
            if now is not None and _distance(position, now) <= HIT_RADIUS:
                yield trail.name, _distance(position, now), trail.draggable
        for dot in self._dots:
            place = viewport.point(*dot.xy)
            if is_place(place) and _distance(position, place) <= HIT_RADIUS:
                yield dot.name, _distance(position, place), dot.draggable
        yield from self._reachable_targets(position, viewport)
        lines: tuple[Arrow | Segment, ...] = (*self._arrows, *self._segments)
        for line in lines:
            begin, end = viewport.point(*line.start), viewport.point(*line.end)
            if not (is_place(begin) and is_place(end) and arrow_is_seen(begin, end)):
                continue
            distance = distance_to_segment(position, begin, end)
            if distance <= _ARROW_REACH:
                # Points win over lines that pass under them.
                yield line.name, distance + _ARROW_REACH, False

    def _reachable_targets(self, position: QPointF, viewport: Viewport) -> Iterator[tuple[str, float, bool]]:
        """The nearest of the targets; other marks win over it."""
        if self._targets is None or not len(self._targets.xy):
            return
        pixels = viewport.pixels(self._targets.xy[:, 0], self._targets.xy[:, 1])
        distances = np.hypot(pixels[:, 0] - position.x(), pixels[:, 1] - position.y())
        nearest = int(distances.argmin())
        if distances[nearest] <= HIT_RADIUS:
            yield f"{self._targets.name} {nearest}", float(distances[nearest]) + HIT_RADIUS, True

    def point_at(self, position: QPointF) -> None:
        super().point_at(position)
        self._mark(self.mark_at(position))
        handle = self._dragging or self.handle_at(position)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if handle else Qt.CursorShape.ArrowCursor)

    def point_away(self) -> None:
        super().point_away()
        self._mark("")

    def _mark(self, name: str) -> None:
        if name != self._under_pointer:
            self._under_pointer = name
            self.marked.emit(name)

    def _take_drag(self, event: Any) -> bool:
        """Move a handle; False leaves the drag to the view, which pans."""
        if event.isStart():
            self._dragging = self.handle_at(event.buttonDownPos())
        if not self._dragging:
            return False
        x, y = self.viewport_now().data(event.pos().x(), event.pos().y())
        self.dragged.emit(self._dragging, float(x), float(y), event.isFinish())
        if event.isFinish():
            self._dragging = ""
        return True


def _distance(one: QPointF, other: QPointF) -> float:
    return hypot(one.x() - other.x(), one.y() - other.y())
