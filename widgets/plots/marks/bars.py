"""Bars over an axis of steps or ranks, with their values written above, past in full colour and ahead faint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from widgets.base import theme
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.curve_labels import change_mark_boxes, paint_change_marks
from widgets.plots.marks.curve_lines import paint_cursor
from widgets.plots.marks.curves import ChangeMark
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

_GAP = 3.0
_SHARE = 0.72  # of the room between two bars
_WIDEST, _NARROWEST = 40.0, 1.0


@dataclass(frozen=True)
class Bar:
    """A bar from 0 to `height` at x. `text` stands above it, `tip` is its tooltip; a strong one has the accent ink."""

    x: float
    height: float
    text: str = ""
    tip: str = ""
    faint: bool = False
    strong: bool = False


class BarPlot(Plot):
    """A plot of bars; all of them are one painted item."""

    bar_clicked = Signal(int)

    def __init__(self, x_name: str = "", y_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(x_name, y_name, parent)
        self._bars: tuple[Bar, ...] = ()
        self._marks: tuple[ChangeMark, ...] = ()
        self._cursor: float | None = None
        self._apart = 1.0
        self._item = self.add_layer(self._paint, 0)
        self.clicked.connect(self._tell_bar)

    def set_bars(
        self, bars: Sequence[Bar], apart: float = 1.0, cursor: float | None = None, marks: Sequence[ChangeMark] = ()
    ) -> None:
        """Show bars that stand `apart` from each other on the x axis, a cursor, and marks of changed settings."""
        if (tuple(bars), apart, cursor, tuple(marks)) != (self._bars, self._apart, self._cursor, self._marks):
            self._bars, self._apart, self._cursor, self._marks = tuple(bars), apart, cursor, tuple(marks)
            self._item.update()

    def bar_at(self, x: float) -> int | None:
        """The index of the bar at a place of the x axis."""
        near = [i for i, bar in enumerate(self._bars) if abs(bar.x - x) <= self._apart / 2]
        return min(near, key=lambda i: abs(self._bars[i].x - x)) if near else None

    def tip_at(self, position: QPointF) -> str:
        for mark, box in change_mark_boxes(self.viewport_now(), self._marks):
            if box.contains(position):
                return mark.text
        index = self.bar_at(float(self.viewport_now().data(position.x(), position.y())[0]))
        return "" if index is None else self._bars[index].tip

    def _tell_bar(self, x: float, y: float) -> None:
        index = self.bar_at(x)
        if index is not None:
            self.bar_clicked.emit(index)

    def _paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        pixels = self._apart * viewport.width / (viewport.x1 - viewport.x0)
        width = max(_NARROWEST, min(_WIDEST, _SHARE * pixels))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for bar in self._bars:
            painter.fillRect(_box(bar, viewport, width), _fill(bar))
        paint_cursor(painter, viewport, self._cursor)
        paint_change_marks(painter, viewport, rendering, self._marks)
        free = viewport.width
        for bar in reversed(self._bars):  # where there is no room for all values, the later ones are written
            free = _write(painter, viewport, rendering, bar, free)


def _box(bar: Bar, viewport: Viewport, width: float) -> QRectF:
    foot, top = viewport.point(bar.x, 0.0), viewport.point(bar.x, bar.height)
    return QRectF(round(foot.x() - width / 2), top.y(), max(1.0, round(width)), foot.y() - top.y())


def _fill(bar: Bar) -> QColor:
    shown = theme.current()
    if bar.faint:
        return shown.mix(shown.color("panel"), shown.color("accent"), shown.faint_share)
    return shown.color("accent")


def _write(painter: QPainter, viewport: Viewport, rendering: Rendering, bar: Bar, free: float) -> float:
    """Write the value of a bar left of what is taken; return where that begins now."""
    size, top = text_size(bar.text, "label"), viewport.point(bar.x, bar.height)
    left = top.x() - size.width() / 2
    if not bar.text or left + size.width() > free or not 0 <= top.x() <= viewport.width:
        return free
    shown = theme.current()
    left = max(0.0, min(left, viewport.width - size.width()))
    corner = QPointF(left, max(0.0, top.y() - size.height() - _GAP))
    ink = shown.color("accent_text" if bar.strong else "muted")
    draw_label(painter, rendering, corner, bar.text, "label", ink, shown.color("panel"))
    return left - _GAP
