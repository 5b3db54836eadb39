"""Plots of the plane: at equal scale with all kinds of marks, and of named points."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QWidget

from widgets.plots.marks.arrows_and_dots import Arrow, Dot, Links, Segment
from widgets.plots.marks.contours import Field
from widgets.plots.marks.mark import Hit, Mark
from widgets.plots.marks.named_points import NamedPoints, Spot
from widgets.plots.marks.note import Note
from widgets.plots.marks.points import Clouds, Points, Targets
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.plot import Plot

__all__ = ["Arrow", "Dot", "Field", "LabelMap", "Links", "PlanePlot", "Points", "Segment", "Spot", "Trail"]


class PlanePlot(Plot):
    """A plot of the plane."""

    marked = Signal(str)

    def __init__(self, x_name: str = "x", y_name: str = "y", parent: QWidget | None = None) -> None:
        super().__init__(x_name, y_name, parent, equal_scale=True)
        self._ground: Mark | None = None
        self._trails: tuple[Trail, ...] = ()
        self._arrows: tuple[Arrow, ...] = ()
        self._dots: tuple[Dot, ...] = ()
        self._segments: tuple[Segment, ...] = ()
        self._points: tuple[Points, ...] = ()
        self._links: tuple[Links, ...] = ()
        self._targets: Points | None = None
        self._note = ""
        self.hit_changed.connect(lambda hit: self.marked.emit(_name(hit)))

    def set_ground(self, ground: Mark | None) -> None:
        """Show a picture of the plane (a `Field`, for one) under the marks, in place of the grid; None: the grid."""
        self._set("_ground", ground)

    def set_field(self, field: Field | None) -> None:
        """Show the contours of a field under the marks; None: the grid."""
        self._set("_ground", field)

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
        self._set("_targets", targets)

    def set_note(self, text: str) -> None:
        """Write one line at the bottom left of the picture; "" takes it away."""
        self._set("_note", text)

    def mark_at(self, position: QPointF) -> str:
        """The name of the mark within 10 px of a position in pixels of the view, the nearest first; "" if none."""
        return _name(self.hit_at(position))

    def _set(self, field: str, value: object) -> None:
        if value != getattr(self, field):
            setattr(self, field, value)
            self.set_marks(self._all_marks())

    def _all_marks(self) -> list[Mark]:
        marks: list[Mark] = [self._ground] if self._ground else []
        marks += [*self._links, Clouds(self._points), *self._segments, Trails(self._trails), *self._dots]
        marks += [*self._arrows, Note(self._note)]
        if self._targets:
            marks.append(Targets(self._targets.xy, _focuses(str(self._targets.name), len(self._targets.xy))))
        return marks


@lru_cache(maxsize=8)
def _focuses(name: str, count: int) -> tuple[str, ...]:
    return tuple(f"{name} {index}" for index in range(count))


class LabelMap(Plot):
    """A plane of named points around its origin."""

    picked = Signal(str)
    hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self.clicked.connect(lambda x, y, hit: self.picked.emit(hit.focus) if hit else None)
        self.hit_changed.connect(lambda hit: self.hovered.emit(_name(hit)))

    def set_spots(self, spots: Sequence[Spot]) -> None:
        """Show these points."""
        self._spots = tuple(spots)
        self.set_marks([NamedPoints(self._spots)])

    def spots(self) -> tuple[Spot, ...]:
        """What is shown."""
        return self._spots


def _name(hit: Hit | None) -> str:
    return str(hit.focus) if hit else ""
