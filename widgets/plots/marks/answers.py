"""What the learner answered in a plot, dashed in the accent colour; beside it, once it is known, what is true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.labels import Label
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
_ACROSS = 0.5  # of a line through the plot: where the gap is measured
_NAMES = (0.88, 0.7, 0.3, 0.12)  # of a line, where its name may stand
_POINTS = 200  # along a line, for words to keep off it
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
            self._bracket(painter, viewport)
        else:
            self._paint_hand(painter, viewport, rendering)

    def labels(self, viewport: Viewport) -> list[Label]:
        own = self._beside() if self.truth else list(self.knots)
        if not own:
            return []
        ends = [viewport.point(*point) for point in own]
        told = [_label(ends[-1], _own(), "accent_text", self._aside(viewport), _along_it(ends))]
        if self.truth and self.widest:
            (x, y, true), text = self.widest
            places = [viewport.point(x, value) for value in (min(y, true), (y + true) / 2, max(y, true))]
            told.append(_label(places[0], text, "text", "right", tuple(places[1:])))
        return told

    def along(self, viewport: Viewport) -> Floats:
        lines = (self._beside(), self.truth) if self.truth else (self.knots,)
        return np.concatenate([_pixels(line, viewport) for line in lines])

    def _beside(self) -> list[XY]:
        """Return the answer at the steps of the truth, by which it is judged."""
        steps = [x for x, _ in self.truth]
        return list(zip(steps, np.interp(steps, *np.array(self.knots).T).tolist(), strict=True))

    def _aside(self, viewport: Viewport) -> str:
        """Return on which side of the end of the answer its name stands: away from where the true curve ends."""
        own, true = (viewport.point(*line[-1]) for line in (self.knots, self.truth or self.knots))
        return "left above" if own.y() <= true.y() else "left below"

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

    def _bracket(self, painter: QPainter, viewport: Viewport) -> None:
        """Mark the widest gap."""
        if self.widest is None:
            return
        (x, own, true), _ = self.widest
        ends = viewport.point(x, own), viewport.point(x, true)
        painter.setPen(QPen(theme.current().color("text"), 1.5))
        painter.drawLine(*ends)
        for end in ends:
            painter.drawLine(end - QPointF(_BRACKET, 0), end + QPointF(_BRACKET, 0))


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

    def labels(self, viewport: Viewport) -> list[Label]:
        names = [(self.value, _own(), "accent_text")]
        if self.truth is None:
            return [self._name(*names[0], viewport)]
        ends = [self._line(value, viewport).pointAt(_ACROSS) for value in (self.value, self.truth)]
        gap = _label(QLineF(*ends).center(), self.apart, "text", "right above")
        return [self._name(*name, viewport) for name in ((self.truth, _true(), "text"), *names)] + [gap] * bool(
            self.apart
        )

    def along(self, viewport: Viewport) -> Floats:
        values = [value for value in (self.value, self.truth) if value is not None]
        ends = [self._line(value, viewport) for value in values]
        return np.array([line.pointAt(share).toTuple() for line in ends for share in np.linspace(0.0, 1.0, _POINTS)])

    def _name(self, value: float, name: str, token: str, viewport: Viewport) -> Label:
        line = self._line(value, viewport)
        places = tuple(line.pointAt(share) for share in _NAMES)
        return _label(places[0], name, token, "right" if self.upright else "above", places[1:])

    def _line(self, value: float, viewport: Viewport) -> QLineF:
        """Where a number stands: a line from the foot or the left of the plot to its other end."""
        if self.upright:
            x = min(max(viewport.point(value, 1.0).x(), 1.0), viewport.width - 1)
            return QLineF(x, viewport.height, x, 0)
        y = min(max(viewport.point(viewport.x0, value).y(), 1.0), viewport.height - 1)
        return QLineF(0, y, viewport.width, y)


def _label(at: QPointF, text: str, token: str, first: str, others: tuple[QPointF, ...] = ()) -> Label:
    """Return the words of an answer: they have their place before those of other marks."""
    colours = theme.current()
    return Label(text, at, colours.color(token), colours.color("casing"), _APART, first, -1, others=others)


def _along_it(points: Sequence[QPointF]) -> tuple[QPointF, ...]:
    """Return some points along a line, the last ones first."""
    return tuple(points[round(share * (len(points) - 1))] for share in _NAMES)


def _pixels(line: Sequence[XY], viewport: Viewport) -> Floats:
    """Return points (n, 2) in pixels along a line, near enough to each other that no word comes between two."""
    x, y = np.array(line).T
    steps = np.linspace(x[0], x[-1], _POINTS)
    return viewport.pixels(steps, np.interp(steps, x, y))


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
