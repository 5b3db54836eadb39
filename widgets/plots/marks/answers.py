"""What the learner answered in a plot, dashed in the accent colour; beside it, once it is known, what is true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.base import theme
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.labels import clearest
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

XY = tuple[float, float]

_LINE = 3.0
_DASHES = (7 / _LINE, 4 / _LINE)
_KNOT, _HELD = 9.0, 11.0
_KNOTS = 8  # squares along a drawn curve, about
_RING, _GIVEN = 16.0, 6.0
_ARROW = 9.0
_GAP, _HAIR = 0.13, 0.35  # how much of the accent fills what lies between answer and truth, and draws its hairlines
_BRACKET = 5.0
_ACROSS, _NAME = 0.5, 0.88  # of a line through the plot: where the gap is measured, where its name stands
_APART = 6.0  # px between a mark and its words


@dataclass(frozen=True)
class AnswerCurve(Mark):
    """A curve drawn by hand, knots with rising x; `truth` is the true one, and what lies between is filled.

    `given` is where it begins, in its own words; `held` the knot in the hand, in its own. `widest` is the place (x, own
    y, true y) of the widest gap, in its own.
    """

    knots: tuple[XY, ...]
    truth: tuple[XY, ...] = ()
    given: tuple[XY, str] | None = None
    held: tuple[XY, str] | None = None
    widest: tuple[tuple[float, float, float], str] | None = None

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        accent = theme.current().color("accent_text")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = [viewport.point(*point) for point in (self._beside() if self.truth else self.knots)]
        if self.truth and len(places) > 1:
            self._fill_gap(painter, viewport, accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_dashed(accent))
        painter.drawPolyline(QPolygonF(places))
        if self.truth:
            self._bracket(painter, viewport, rendering)
        else:
            self._paint_hand(painter, viewport, rendering)
        if places:
            _write(painter, viewport, rendering, places[-1] + self._aside(viewport), _own(), "accent_text")

    def _beside(self) -> list[XY]:
        """Return the answer at the steps of the truth, by which it is judged."""
        steps = [x for x, _ in self.truth]
        return list(zip(steps, np.interp(steps, *np.array(self.knots).T).tolist(), strict=True))

    def _aside(self, viewport: Viewport) -> QPointF:
        """Return how far from the end of the answer its name stands: away from where the true curve ends."""
        if not self.truth:
            return QPointF(_APART, -2 * _APART)
        own, true = viewport.point(*self.knots[-1]), viewport.point(*self.truth[-1])
        return QPointF(_APART, -2 * _APART if own.y() < true.y() else 2 * _APART)

    def _paint_hand(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Paint what the hand made: the given start, squares to take, the one that is held."""
        accent, panel = theme.current().color("accent_text"), theme.current().color("panel")
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(panel)
        for knot in self.knots[:: max(1, len(self.knots) // _KNOTS)]:
            place = viewport.point(*knot)
            painter.drawRect(QRectF(place.x() - _KNOT / 2, place.y() - _KNOT / 2, _KNOT, _KNOT))
        if self.held:
            place = viewport.point(*self.held[0])
            painter.drawRect(QRectF(place.x() - _KNOT / 2, place.y() - _KNOT / 2, _KNOT, _KNOT))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(place, _HELD, _HELD)
            _write(painter, viewport, rendering, place + QPointF(_HELD + _APART, -2 * _HELD), self.held[1], "text")
        if self.given:
            place = viewport.point(*self.given[0])
            painter.setPen(QPen(panel, 1.5))
            painter.setBrush(theme.current().color("text"))
            painter.drawEllipse(place, _GIVEN, _GIVEN)
            _write(painter, viewport, rendering, place + QPointF(_GIVEN + _APART, -2 * _GIVEN), self.given[1], "text")

    def _fill_gap(self, painter: QPainter, viewport: Viewport, accent: QColor) -> None:
        forth = [viewport.point(*point) for point in self._beside()]
        back = [viewport.point(*point) for point in self.truth]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_thin(accent, _GAP))
        painter.drawPolygon(QPolygonF(forth + back[::-1]))
        painter.setPen(QPen(_thin(accent, _HAIR), 1))
        for one, other in zip(forth, back, strict=True):
            painter.drawLine(one, other)

    def _bracket(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Mark the widest gap and name it."""
        if self.widest is None:
            return
        (x, own, true), text = self.widest
        ends = viewport.point(x, own), viewport.point(x, true)
        painter.setPen(QPen(theme.current().color("text"), 1.5))
        painter.drawLine(*ends)
        for end in ends:
            painter.drawLine(end - QPointF(_BRACKET, 0), end + QPointF(_BRACKET, 0))
        top, low = sorted(ends, key=QPointF.y)
        places = _beside_bracket(viewport, top, low, text_size(text, "label"))
        lines = [(x, y) for x, y in (np.array(line).T for line in (self._beside(), self.truth))]
        place = clearest(places, viewport, lines)
        _write(painter, viewport, rendering, QPointF(place.left(), place.center().y()), text, "text")


def _beside_bracket(viewport: Viewport, top: QPointF, low: QPointF, size: QSizeF) -> list[QRectF]:
    """Where the name of a bracket may stand: beside its lower end, further up, below it, over it."""
    aside, x = _BRACKET + _APART, top.x()
    left = x - size.width() - aside
    sides = (left, x + aside) if left > 0 else (x + aside,)
    beside = [(corner, y) for y in (low.y(), (top.y() + low.y()) / 2, top.y()) for corner in sides]
    middle = min(max(2.0, x - size.width() / 2), viewport.width - size.width() - 2)
    apart = [(middle, low.y() + 2 * _APART), (middle, top.y() - 2 * _APART)]
    boxes = [QRectF(QPointF(corner, y - size.height() / 2), size) for corner, y in (*beside, *apart)]
    return [box for box in boxes if viewport.rect.contains(box)] or boxes[:1]


@dataclass(frozen=True)
class AnswerPoint(Mark):
    """A place pointed at; `truth` is the true one, joined to it by a line with its length in words.

    While it is in the hand four short arrows say that it can be moved. One of several has a name.
    """

    at: XY
    truth: XY | None = None
    apart: str = ""
    name: str = ""
    is_held: bool = True

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        accent, place = theme.current().color("accent_text"), viewport.point(*self.at)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.truth:
            painter.setPen(QPen(accent, 1.5))
            painter.drawLine(place, viewport.point(*self.truth))
        elif self.is_held:
            _paint_arrows(painter, place, accent)
        painter.setPen(_dashed(accent))
        painter.drawEllipse(place, _RING, _RING)
        for (words, at), token in zip(self._words(viewport), ("accent_text", "text"), strict=False):
            _write(painter, viewport, rendering, at, words, token)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [_box(viewport, at, words) for words, at in self._words(viewport)]

    def _words(self, viewport: Viewport) -> list[tuple[str, QPointF]]:
        """Return what is written, each with its place: whose it is, and how far from the truth, if it is at all."""
        place = viewport.point(*self.at)
        own = (_own(self.name), place + QPointF(_RING + _APART, 0))
        if not self.truth or not self.apart or QLineF(place, viewport.point(*self.truth)).length() < _RING:
            return [own]
        middle = QLineF(place, viewport.point(*self.truth)).center()
        return [own, (self.apart, middle + QPointF(_APART, 2 * _APART))]


@dataclass(frozen=True)
class AnswerPoints(Mark):
    """Places of several things."""

    points: tuple[AnswerPoint, ...]

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        for point in self.points:
            point.paint_over(painter, viewport, rendering)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [box for point in self.points for box in point.taken(viewport)]


@dataclass(frozen=True)
class AnswerLine(Mark):
    """A number on an axis as a line through the plot, upright or level; beside it `truth`, with the gap in words.

    One that lies beyond the axis stands at its end.
    """

    value: float
    upright: bool
    truth: float | None = None
    apart: str = ""

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        accent, text = theme.current().color("accent_text"), theme.current().color("text")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        own = self._line(self.value, viewport)
        painter.setPen(_dashed(accent))
        painter.drawLine(own)
        if self.truth is not None:
            true = self._line(self.truth, viewport)
            painter.setPen(QPen(text, 1.5))
            painter.drawLine(true)
            gap = QLineF(own.pointAt(_ACROSS), true.pointAt(_ACROSS))
            painter.setPen(QPen(accent, 1.5))
            painter.drawLine(gap)
            _write(painter, viewport, rendering, gap.center() + QPointF(_APART, -2 * _APART), self.apart, "text")
        for name, box in self.names(viewport).items():
            place = QPointF(box.left(), box.center().y())
            _write(painter, viewport, rendering, place, name, "text" if name == _true() else "accent_text")

    def names(self, viewport: Viewport) -> dict[str, QRectF]:
        """What the lines are called, and where that stands: clear of each other where the lines are nearly one."""
        own = self._name(self.value, _own(), viewport)
        if self.truth is None:
            return {_own(): own}
        true = self._name(self.truth, _true(), viewport)
        if own.intersects(true) and self.upright:
            own.moveTop(true.bottom())
        elif own.intersects(true):
            true.moveRight(viewport.width - 2)
            own.moveRight(true.left() - _APART)
        return {_true(): true, _own(): own}

    def _name(self, value: float, name: str, viewport: Viewport) -> QRectF:
        return _box(viewport, _beside(self._line(value, viewport), name, viewport), name)

    def _line(self, value: float, viewport: Viewport) -> QLineF:
        """Where a number stands: a line from the foot or the left of the plot to its other end."""
        if self.upright:
            x = min(max(viewport.point(value, 1.0).x(), 1.0), viewport.width - 1)
            return QLineF(x, viewport.height, x, 0)
        y = min(max(viewport.point(viewport.x0, value).y(), 1.0), viewport.height - 1)
        return QLineF(0, y, viewport.width, y)


def _beside(line: QLineF, name: str, viewport: Viewport) -> QPointF:
    """Return where the name of a line begins: at its right, or at its left where there is no room."""
    at, wide = line.pointAt(_NAME), text_size(name, "label").width()
    has_room = at.x() + _APART + wide < viewport.width
    return at + QPointF(_APART if has_room else -_APART - wide, 0 if line.dx() == 0 else -2 * _APART)


def _paint_arrows(painter: QPainter, place: QPointF, accent: QColor) -> None:
    painter.setPen(QPen(accent, 1.5))
    for across, up in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        way, side = QPointF(across, up), QPointF(up, across)
        tip = place + way * (_RING + _ARROW)
        painter.drawLine(place + way * (_RING + 2), tip)
        painter.drawLine(tip, tip - way * 4 + side * 3)
        painter.drawLine(tip, tip - way * 4 - side * 3)


def _dashed(colour: QColor) -> QPen:
    pen = QPen(colour, _LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(_DASHES)
    return pen


def _thin(colour: QColor, share: float) -> QColor:
    thin = QColor(colour)
    thin.setAlphaF(share)
    return thin


def _true() -> str:
    return QCoreApplication.translate("Answers", "run")


def _own(name: str = "") -> str:
    if name:
        return QCoreApplication.translate("Answers", "your {name}").format(name=name)
    return QCoreApplication.translate("Answers", "you")


def _box(viewport: Viewport, at: QPointF, text: str) -> QRectF:
    """Return where a name stands: the left of its middle at a place, or as near as the plot has room."""
    size = text_size(text, "label")
    left = max(2.0, min(at.x(), viewport.width - size.width() - 2))
    top = min(max(at.y() - size.height() / 2, 0.0), viewport.height - size.height())
    return QRectF(QPointF(left, top), size)


def _write(
    painter: QPainter, viewport: Viewport, rendering: Rendering, at: QPointF, text: str, token: str
) -> None:  # fmt: skip
    corner, colours = _box(viewport, at, text).topLeft(), theme.current()
    draw_label(painter, rendering, corner, text, "label", colours.color(token), colours.color("casing"))
