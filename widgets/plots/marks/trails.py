"""Trails: the path a point has taken over the plane, with its marker where it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import draw_label, place_beside, text_size
from widgets.base.markers import FOCUSED_MARKER, MARKER, SERIES_MARKERS, draw_edge_tick, draw_ring, paint_marker
from widgets.base.rendering import Rendering
from widgets.plots.viewport import Viewport

NO_MARKER = "none"
_HIGHLIGHT = 7.0


@dataclass(frozen=True, eq=False)
class Trail:
    """A path `xy` (n, 2), its last point being now; `colour` is a series name of the theme.

    The marker is by default that of the colour; "none" leaves it out. `faint_xy` is what is recorded ahead, from now
    on; `ghost_xy` the same run before a change. Raises ValueError for arrays of another shape.
    """

    name: str
    label: str
    xy: Floats
    colour: str
    marker: str = ""
    focused: bool = False
    faint_xy: Floats | None = None
    ghost_xy: Floats | None = None
    draggable: bool = False

    def __post_init__(self) -> None:
        for path in (self.xy, self.faint_xy, self.ghost_xy):
            if path is not None and (path.ndim != 2 or path.shape[1] != 2):
                raise ValueError(f"trail {self.name}: shape {path.shape} is not (n, 2)")

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Trail)
            and self._look() == other._look()
            and self.xy is other.xy
            and self.faint_xy is other.faint_xy
            and self.ghost_xy is other.ghost_xy
        )

    def __hash__(self) -> int:
        return hash(self._look())

    @property
    def shape(self) -> str:
        """The marker shape, by default that of the colour."""
        return self.marker or SERIES_MARKERS[self.colour]

    @property
    def marker_size(self) -> float:
        """How large the marker is drawn."""
        return FOCUSED_MARKER if self.focused else MARKER

    def now(self, viewport: Viewport) -> QPointF | None:
        """Where the marker stands in pixels; None if there is no such place or no marker."""
        if not len(self.xy) or self.marker == NO_MARKER:
            return None
        point = viewport.point(float(self.xy[-1, 0]), float(self.xy[-1, 1]))
        return point if isfinite(point.x()) and isfinite(point.y()) else None

    def _look(self) -> tuple[str, str, str, str, bool, bool]:
        return self.name, self.label, self.colour, self.marker, self.focused, self.draggable


def paint_markers(
    painter: QPainter, viewport: Viewport, rendering: Rendering, trails: Sequence[Trail], lit: str
) -> None:
    """Paint where each trail is now, and an arrow head at the edge for those out of view; `lit` has a ring."""
    shown = theme.current()
    for trail in sorted(trails, key=lambda trail: trail.focused):
        now = trail.now(viewport)
        if now is None:
            continue
        colour, casing = shown.line(trail.colour), shown.color("casing")
        if not viewport.rect.contains(now):
            draw_edge_tick(painter, now, viewport.rect, colour, casing)
            continue
        if trail.name == lit:
            draw_ring(painter, now, trail.marker_size + _HIGHLIGHT, shown.color("text"), None)
        paint_marker(painter, rendering, trail.shape, now, trail.marker_size, colour, casing)


def paint_trail_labels(
    painter: QPainter, viewport: Viewport, rendering: Rendering, trails: Sequence[Trail], taken: list[QRectF]
) -> None:
    """Write each trail's label beside its marker; the boxes taken are added to `taken`."""
    shown = theme.current()
    for trail in trails:
        now = trail.now(viewport)
        if not trail.label or now is None or not viewport.rect.contains(now):
            continue
        box = place_beside(now, text_size(trail.label, "label"), trail.marker_size / 2 + 4, viewport.rect, taken)
        draw_label(
            painter, rendering, box.topLeft(), trail.label, "label", shown.ink(trail.colour), shown.color("casing")
        )
        taken.append(box)
