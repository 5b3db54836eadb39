"""Curves over steps, with a cursor: what is past in full colour, what is recorded ahead of it faint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from widgets.base.rendering import Rendering
from widgets.plots.marks.curve_labels import change_mark_boxes, paint_change_marks, paint_tags
from widgets.plots.marks.curve_lines import CurveLines
from widgets.plots.marks.curves import ChangeMark, Curve
from widgets.plots.marks.points import Points, paint_points
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

__all__ = ["ChangeMark", "Curve", "LinePlot", "Nearest", "Points"]


class Nearest(NamedTuple):
    """The curve point nearest to a position."""

    name: str
    step: float
    value: float


class LinePlot(Plot):
    """A plot of curves; all of them are one painted item."""

    def __init__(self, x_name: str = "", y_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(x_name, y_name, parent)
        self._curves: tuple[Curve, ...] = ()
        self._marks: tuple[ChangeMark, ...] = ()
        self._points: tuple[Points, ...] = ()
        self._cursor: float | None = None
        self._lines = CurveLines()
        self._item = self.add_layer(self._paint, 0)

    def set_curves(
        self, curves: Sequence[Curve], cursor: float | None = None, marks: Sequence[ChangeMark] = ()
    ) -> None:
        """Show these curves, with the cursor at a step (None: no cursor, all is past) and marks of changed settings."""
        if (tuple(curves), cursor, tuple(marks)) == (self._curves, self._cursor, self._marks):
            return
        self._curves, self._cursor, self._marks = tuple(curves), cursor, tuple(marks)
        self._item.update()

    def set_points(self, points: Sequence[Points]) -> None:
        """Show these points under the curves: data beside a fitted line, or single values on a curve."""
        if tuple(points) != self._points:
            self._points = tuple(points)
            self._item.update()

    def nearest(self, x: float, y: float) -> Nearest | None:
        """The point in view nearest to a position in data units: nearest step first, then the nearest curve there."""
        viewport = self.viewport_now()
        here = viewport.point(x, y)
        best: tuple[tuple[float, float], Nearest] | None = None
        for curve in self._curves:
            index = _nearest_index(curve, x)
            if index is None:
                continue
            value = Nearest(curve.name, float(curve.x[index]), float(curve.y[index]))
            place = viewport.point(value.step, value.value)
            distance = (round(abs(place.x() - here.x()), 3), abs(place.y() - here.y()))
            if best is None or distance < best[0]:
                best = distance, value
        return best[1] if best else None

    def tip_at(self, position: QPointF) -> str:
        for mark, box in change_mark_boxes(self.viewport_now(), self._marks):
            if box.contains(position):
                return mark.text
        return ""

    def _paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        paint_points(painter, viewport, rendering, self._points)
        self._lines.paint(painter, viewport, rendering, self._curves, self._cursor)
        paint_change_marks(painter, viewport, rendering, self._marks)
        paint_tags(painter, viewport, rendering, self._curves, self._cursor)


def _nearest_index(curve: Curve, x: float) -> int | None:
    """The finite point of a curve whose x is nearest."""
    finite = np.flatnonzero(np.isfinite(curve.y))
    if not len(finite):
        return None
    after = int(np.searchsorted(curve.x[finite], x))
    around = finite[max(0, after - 1) : after + 1]
    return int(around[np.argmin(np.abs(curve.x[around] - x))])
