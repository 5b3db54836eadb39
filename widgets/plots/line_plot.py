"""Plots over steps: of curves, and of bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from widgets.plots.marks.bars import Bar, Bars
from widgets.plots.marks.change_marks import ChangeMark, ChangeMarks
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Hit
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

__all__ = ["BarPlot", "ChangeMark", "Curve", "LinePlot", "Nearest", "Points"]


class Nearest(NamedTuple):
    """The curve point nearest to a position."""

    name: str
    step: float
    value: float


class LinePlot(Plot):
    """A plot of curves."""

    def __init__(self, x_name: str = "", y_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(x_name, y_name, parent)
        self._curves: tuple[Curve, ...] = ()
        self._changes: tuple[ChangeMark, ...] = ()
        self._points: tuple[Points, ...] = ()
        self._cursor: float | None = None

    def set_curves(
        self, curves: Sequence[Curve], cursor: float | None = None, marks: Sequence[ChangeMark] = ()
    ) -> None:
        """Show these curves, with the cursor at a step (None: no cursor, all is past) and marks of changed settings."""
        self._curves, self._cursor, self._changes = tuple(curves), cursor, tuple(marks)
        self._show_marks()

    def set_points(self, points: Sequence[Points]) -> None:
        """Show these points under the curves: data beside a fitted line, or single values on a curve."""
        self._points = tuple(points)
        self._show_marks()

    def nearest(self, x: float, y: float) -> Nearest | None:
        """The point in view nearest to a position in data units: nearest step first, then the nearest curve there."""
        viewport = self.viewport_now()
        hit = Curves(self._curves, self._cursor).nearest(viewport.point(x, y), viewport)
        return Nearest(str(hit.focus), *hit.place) if hit else None

    def _show_marks(self) -> None:
        self.set_marks([*self._points, Curves(self._curves, self._cursor), ChangeMarks(self._changes)])


class BarPlot(Plot):
    """A plot of bars."""

    bar_clicked = Signal(int)

    def __init__(self, x_name: str = "", y_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(x_name, y_name, parent)
        self._bars: tuple[Bar, ...] = ()
        self.clicked.connect(self._tell_bar)

    def set_bars(
        self, bars: Sequence[Bar], apart: float = 1.0, cursor: float | None = None, marks: Sequence[ChangeMark] = ()
    ) -> None:
        """Show bars that stand `apart` from each other on the x axis, a cursor, and marks of changed settings."""
        self._bars = tuple(bars)
        self.set_marks([Bars(self._bars, apart, cursor), ChangeMarks(tuple(marks))])

    def _tell_bar(self, x: float, y: float, hit: Hit | None) -> None:
        if hit:
            self.bar_clicked.emit(hit.focus)
