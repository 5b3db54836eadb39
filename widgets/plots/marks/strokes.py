"""Many thin lines of one kind, painted as one item under all points; with heads they are arrows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import line_pen
from widgets.plots.viewport import Viewport

_WIDE = 1.25  # px
_HEAD, _SIDE = 8.0, 3.5  # px from the point of a head to its foot, and from its middle to its side


@dataclass(frozen=True, eq=False)
class Strokes(ByIdentity, Mark):
    """Lines from `begins` (n, 2) to `ends` (n, 2) in data units, in the colour of a series or of controls.

    Raises ValueError for arrays of other shapes.
    """

    name: str
    begins: Floats
    ends: Floats
    colour: str = ""
    heads: bool = False

    def __post_init__(self) -> None:
        if self.begins.ndim != 2 or self.begins.shape[1] != 2 or self.begins.shape != self.ends.shape:
            raise ValueError(f"strokes {self.name}: {self.begins.shape} and {self.ends.shape} do not match")

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        begins, ends = (viewport.pixels(xy[:, 0], xy[:, 1]) for xy in (self.begins, self.ends))
        known = np.isfinite(np.column_stack([begins, ends])).all(axis=1)
        begins, ends = begins[known], ends[known]
        colours = theme.current()
        line = colours.line_colour(self.colour) if self.colour else colours.color("control")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
        painter.setPen(line_pen(line.rgba(), _WIDE, ()))
        painter.drawLines([QLineF(*both) for both in np.column_stack([begins, ends]).tolist()])
        if self.heads:
            painter.setBrush(line)
            for corners in head_corners(begins, ends):
                painter.drawPolygon(QPolygonF([QPointF(*xy) for xy in corners.tolist()]))
            painter.setBrush(Qt.BrushStyle.NoBrush)


def head_corners(begins: Floats, ends: Floats) -> Floats:
    """Return the corners (m, 3, 2) in pixels of the heads of arrows that are longer than these."""
    along = ends - begins
    lengths = np.hypot(along[:, 0], along[:, 1])
    seen = lengths > _HEAD
    unit = along[seen] / lengths[seen, None]
    foot, across = ends[seen] - _HEAD * unit, _SIDE * unit[:, ::-1] * np.array([1.0, -1.0])
    return np.stack([ends[seen], foot + across, foot - across], axis=1)
