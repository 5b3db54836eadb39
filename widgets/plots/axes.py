"""The left and bottom axes of a plot: a few ticks and a name; the axis line is at the edge of the view's backdrop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, inf
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from widgets.base import theme
from widgets.base.labels import plot_font, text_height, text_width
from widgets.base.rendering import has_controls
from widgets.plots.lean_pyqtgraph import pg
from widgets.plots.plot_view import PlotView, paint_soon
from widgets.plots.ticks import MOST, Tick, ticks

_GAP = 6.0
# Axes keep off the view by more than Qt's margin for antialiasing, so that a moved curve does not repaint them.
_CLEAR = 5.0
_OVERHANG = 40.0
_ROOM_PER_TICK = 22.0
_LEAST_TEXT = 26.0


@dataclass(frozen=True)
class Part:
    """A stretch of the left axis with a name of its own, between two ends in axis units."""

    name: str
    low: float
    high: float


@dataclass(frozen=True)
class Beneath:
    """What stands under each tick of the bottom axis, as `told` makes it, and how both rows are headed."""

    upper: str
    lower: str
    told: Callable[[float], str]


class Axis(pg.GraphicsWidget):  # type: ignore[misc]
    """An axis that paints itself straight onto any device, so that exports have the same layout at every scale.

    pyqtgraph's own axis brings a label of HTML, units and pictures of its ticks, none of which are wanted here.
    """

    def __init__(self, side: str, view: PlotView) -> None:
        super().__init__()
        self._view = view
        self._direction = 1 if side == "left" else 0
        (view.sigYRangeChanged if side == "left" else view.sigXRangeChanged).connect(self._moved)
        self.name = self.hint = ""
        self.is_log = False
        self.near = 0.0  # of a symmetric log axis: where it becomes straight
        self.parts: tuple[Part, ...] = ()  # names in place of one; ticks stand in the first of them alone
        self.numbered_from, self.numbered_to = -inf, inf  # beyond stands what has no place on it
        self.beneath: Beneath | None = None
        self._side = side

    def set_hint(self, hint: str) -> None:
        """Say behind the name of a bottom axis what can be done there; on paper that is left out."""
        if hint != self.hint:
            self.hint = hint
            paint_soon(self)

    def ticks(self) -> tuple[Tick, ...]:
        """The ticks of the range shown now."""
        low, high = self._view.viewRange()[self._direction]
        if not self.parts:
            return self._numbered(ticks(low, high, self.is_log, self._most(), self.near))
        first, whole = self.parts[0], high - low
        low, high = max(low, first.low), min(high, first.high)
        return ticks(low, high, self.is_log, self._most((high - low) / whole), self.near)

    def _numbered(self, every: Sequence[Tick]) -> tuple[Tick, ...]:
        return tuple(tick for tick in every if self.numbered_from <= tick[0] <= self.numbered_to)

    def fit(self, low: float, high: float) -> None:
        """Give the axis the room its name and the ticks from `low` to `high` (axis units) need."""
        if self._side == "bottom":
            rows = 2 if self.beneath else 1
            self.setFixedHeight(ceil(_GAP + rows * text_height("tick") + self._name_room()))
            return
        if self.parts:
            low, high = self.parts[0].low, self.parts[0].high
        texts = [text for _, text in self._numbered(ticks(low, high, self.is_log, near=self.near))]
        widest = max((text_width(text, "tick") for text in texts), default=0.0)
        self.setFixedWidth(ceil(max(widest, _LEAST_TEXT) + _GAP + self._name_room() + 1))

    def boundingRect(self) -> QRectF:
        rect: QRectF = self.mapRectFromParent(self.geometry())
        if self._side == "left":
            return rect.adjusted(0, -_GAP - 2, -_CLEAR, _GAP + 2)
        return rect.adjusted(-_OVERHANG, _CLEAR, _OVERHANG, 0)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        self.draw(painter)

    def draw(self, painter: QPainter) -> None:
        """Paint the axis with its own top left corner at the origin."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.current().color("muted"))
        painter.setFont(plot_font("tick"))
        width, height = self.size().width(), self.size().height()
        if self._side == "left":
            self._draw_left(painter, width, height)
        else:
            self._draw_bottom(painter, width, height)

    def _moved(self) -> None:
        paint_soon(self)

    def wheelEvent(self, event: Any) -> None:
        self._view.wheelEvent(event, axis=self._direction)

    def mouseDragEvent(self, event: Any) -> None:
        """Pan along this axis only; called by pyqtgraph's scene."""
        self._view.mouseDragEvent(event, axis=self._direction)

    def _most(self, share: float = 1.0) -> int:
        length = share * (self.size().height() if self._side == "left" else self.size().width() / 2.2)
        return max(2, min(MOST, int(length / _ROOM_PER_TICK))) if length > 0 else MOST

    def _name_room(self) -> float:
        return text_height("axis") + 2 if self.name or self.parts else 0.0

    def _share(self, position: float) -> float:
        low, high = self._view.viewRange()[self._direction]
        share: float = (position - low) / (high - low)
        return share

    def _draw_left(self, painter: QPainter, width: float, height: float) -> None:
        line = text_height("tick")
        for position, text in self.ticks():
            middle = height * (1 - self._share(position))
            box = QRectF(0, middle - line / 2, width - _GAP - 1, line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        if not self.parts:
            self._draw_upright(painter, self.name, 0.0, height)
        for part in self.parts:
            top, foot = (min(max(height * (1 - self._share(end)), 0.0), height) for end in (part.high, part.low))
            self._draw_upright(painter, part.name, top, foot)

    def _draw_upright(self, painter: QPainter, name: str, top: float, foot: float) -> None:
        """Write a name along the axis, in the middle between two heights in pixels."""
        if name and foot > top:
            painter.save()
            painter.translate(0, (top + foot) / 2)
            painter.rotate(-90)
            self._draw_name(painter, name, QRectF((top - foot) / 2, 0, foot - top, self._name_room()))
            painter.restore()

    def _draw_bottom(self, painter: QPainter, width: float, height: float) -> None:
        for position, text in self.ticks():
            half = text_width(text, "tick") / 2 + 1
            middle = min(width * self._share(position), width + 10 - half)
            box = QRectF(middle - half, _GAP - 1, 2 * half, text_height("tick"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            if self.beneath:
                lower = box.translated(0, box.height()).adjusted(-_OVERHANG / 2, 0, _OVERHANG / 2, 0)
                painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, self.beneath.told(position))
        self._draw_heads(painter)
        if self._name_room():
            name = f"{self.name}  ({self.hint})" if self.hint and has_controls() else self.name
            self._draw_name(painter, name, QRectF(0, height - self._name_room(), width, self._name_room()))

    def _draw_heads(self, painter: QPainter) -> None:
        """Head both rows of ticks, left of where they begin."""
        heads = (self.beneath.upper, self.beneath.lower) if self.beneath else ()
        for row, head in enumerate(heads):
            box = QRectF(-_OVERHANG, _GAP - 1 + row * text_height("tick"), _OVERHANG, text_height("tick"))
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft, head)

    def _draw_name(self, painter: QPainter, name: str, box: QRectF) -> None:
        font = plot_font("axis")
        painter.setFont(font)
        fitting = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, fitting)
