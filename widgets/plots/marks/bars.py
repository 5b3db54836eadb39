"""Bars over an axis of steps or ranks, with their values written above, past in full colour and ahead faint."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from widgets.base import theme
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.curves import paint_cursor
from widgets.plots.marks.mark import Hit, Mark
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
    focus: Hashable = None


@dataclass(frozen=True)
class Bars(Mark):
    """Bars that stand `apart` from each other on the x axis, and a cursor."""

    bars: tuple[Bar, ...]
    apart: float = 1.0
    cursor: float | None = None

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        pixels = self.apart * viewport.width / (viewport.x1 - viewport.x0)
        width = max(_NARROWEST, min(_WIDEST, _SHARE * pixels))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for bar in self.bars:
            painter.fillRect(_box(bar, viewport, width), _fill(bar))
        paint_cursor(painter, viewport, self.cursor)

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Write the values; where there is no room for all, the later ones."""
        free = viewport.width
        for bar in reversed(self.bars):
            free = _write(painter, viewport, rendering, bar, free)

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        """The bar whose column it is, however high."""
        bar = self._at(at, viewport)
        if bar is None:
            return None
        return Hit(bar.focus, abs(viewport.point(bar.x, 0.0).x() - at.x()), place=(bar.x, bar.height))

    def tip(self, at: QPointF, viewport: Viewport) -> str:
        bar = self._at(at, viewport)
        return bar.tip if bar else ""

    def _at(self, at: QPointF, viewport: Viewport) -> Bar | None:
        x = float(viewport.data(at.x(), at.y())[0])
        near = [bar for bar in self.bars if abs(bar.x - x) <= self.apart / 2]
        return min(near, key=lambda bar: abs(bar.x - x), default=None)


def _box(bar: Bar, viewport: Viewport, width: float) -> QRectF:
    foot, top = viewport.point(bar.x, 0.0), viewport.point(bar.x, bar.height)
    return QRectF(round(foot.x() - width / 2), top.y(), max(1.0, round(width)), foot.y() - top.y())


def _fill(bar: Bar) -> QColor:
    colours = theme.current()
    if bar.faint:
        return colours.mix(colours.color("panel"), colours.color("accent"), colours.faint_share)
    return colours.color("accent")


def _write(painter: QPainter, viewport: Viewport, rendering: Rendering, bar: Bar, free: float) -> float:
    """Write the value of a bar left of what is taken; return where that begins now."""
    size, top = text_size(bar.text, "label"), viewport.point(bar.x, bar.height)
    left = top.x() - size.width() / 2
    if not bar.text or left + size.width() > free or not 0 <= top.x() <= viewport.width:
        return free
    colours = theme.current()
    left = max(0.0, min(left, viewport.width - size.width()))
    corner = QPointF(left, max(0.0, top.y() - size.height() - _GAP))
    ink = colours.color("accent_text" if bar.strong else "muted")
    draw_label(painter, rendering, corner, bar.text, "label", ink, colours.color("panel"))
    return left - _GAP
