"""What the learner answered in a plot, dashed in the accent colour; beside it, once it is known, what is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.base import theme
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

XY = tuple[float, float]

_LINE = 3.0
_DASHES = (7 / _LINE, 4 / _LINE)
_KNOT = 9.0
_KNOTS = 8  # squares along a drawn curve, about
_RING = 16.0
_GAP = 0.13  # how much of the accent fills what lies between answer and truth


@dataclass(frozen=True)
class AnswerCurve(Mark):
    """A curve drawn by hand, knots with rising x; `truth` is the true one, and what lies between is filled."""

    knots: tuple[XY, ...]
    truth: tuple[XY, ...] = ()

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        accent = theme.current().color("accent_text")
        places = [viewport.point(*knot) for knot in self.knots]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.truth and len(places) > 1:
            self._fill_gap(painter, viewport, accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_dashed(accent))
        painter.drawPolyline(QPolygonF(places))
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(theme.current().color("panel"))
        for place in places[:: max(1, len(places) // _KNOTS)]:
            painter.drawRect(QRectF(place.x() - _KNOT / 2, place.y() - _KNOT / 2, _KNOT, _KNOT))
        if places:
            _write_own(painter, viewport, rendering, places[-1])

    def _fill_gap(self, painter: QPainter, viewport: Viewport, accent: QColor) -> None:
        steps = [x for x, _ in self.truth]
        own = np.interp(steps, *np.array(self.knots).T).tolist()
        forth = [viewport.point(x, y) for x, y in zip(steps, own, strict=True)]
        back = [viewport.point(*point) for point in reversed(self.truth)]
        fill = QColor(accent)
        fill.setAlphaF(_GAP)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(forth + back))


@dataclass(frozen=True)
class AnswerPoint(Mark):
    """A place pointed at; `truth` is the true one, joined to it by a line."""

    at: XY
    truth: XY | None = None

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        accent, place = theme.current().color("accent_text"), viewport.point(*self.at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.truth:
            painter.setPen(QPen(accent, 1.5))
            painter.drawLine(place, viewport.point(*self.truth))
        painter.setPen(_dashed(accent))
        painter.drawEllipse(place, _RING, _RING)
        _write_own(painter, viewport, rendering, place + QPointF(_RING, 0))


def _dashed(colour: QColor) -> QPen:
    pen = QPen(colour, _LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(_DASHES)
    return pen


def _write_own(painter: QPainter, viewport: Viewport, rendering: Rendering, at: QPointF) -> None:
    colours, text = theme.current(), QCoreApplication.translate("Answers", "you")
    size = text_size(text, "label")
    left = min(at.x() + 6, viewport.width - size.width() - 2)
    top = min(max(at.y() - size.height() / 2, 0.0), viewport.height - size.height())
    corner = QPointF(left, top)
    draw_label(painter, rendering, corner, text, "label", colours.color("accent_text"), colours.color("casing"))
