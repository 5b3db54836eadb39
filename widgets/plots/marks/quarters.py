"""The plane in four quarters around a place: each with a number and a word in its outer corner, some of them hatched.

The upright line between left and right is a handle. It may go on above the quarters, into another picture.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.images import painted_image
from widgets.base.labels import draw_label, text_size
from widgets.base.markers import draw_sprite, paint_ring, sprite
from widgets.base.rendering import Rendering
from widgets.plots.identity import once_a_view
from widgets.plots.marks.captions import Off
from widgets.plots.marks.handle import Handle, Span
from widgets.plots.marks.labels import NO_LINES, any_within, ends_of
from widgets.plots.marks.mark import HIT_RADIUS, Hit, Mark
from widgets.plots.viewport import Viewport

_GROUND, _HATCH = 0.08, 0.25  # shares of the hatching's colour over the panel
_MARGIN = 8.0  # px
_WORD_GAP = 6.0
_RING = 15.0
_SIGN = 2.5, 2.5  # px: how far the tips of the two arrow heads in the ring are from its middle, and their arms' length
_CLEAR = 4.0  # px that a word keeps off points and the line
Text = tuple[str, str, str, QRectF]
_BESIDE = 11.0  # px between the line and what is written beside it
_LINE, _LIT_LINE = 2.0, 3.5


@dataclass(frozen=True)
class Quarter:
    """What stands in a corner, in short where the word has no room; a hatched one is where things are wrong."""

    number: str
    word: str
    short: str = ""
    hatched: bool = False


@dataclass(frozen=True)
class Quarters(Mark):
    """Four quarters around (x, y), in data units: left above, right above, left below, right below.

    The line at x has a focus, and a tag at its right; it stands at the edge where x lies outside. The quarters end at
    `top`, and the line wears its ring at `ring`, with one more word at its left.
    """

    x: float
    y: float
    quarters: tuple[Quarter, Quarter, Quarter, Quarter]
    focus: Hashable
    tag: str = ""
    top: float | None = None  # None: at the upper end of the view
    ring: float | None = None  # None: where the quarters meet
    left: str = ""
    off: Off | None = None  # places that no word of a quarter covers
    own: Span | None = None  # the number that the line stands for, where that is not x
    said: str = ""  # the name of the line

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        middle, colours = self._middle(viewport), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for quarter, box in zip(self.quarters, self._boxes(viewport), strict=True):
            if quarter.hatched:
                _paint_hatched(painter, viewport, rendering, box)
        painter.setPen(QPen(colours.color("control"), 1.0))
        painter.drawLine(QPointF(0, middle.y()), QPointF(viewport.width, middle.y()))
        width = _LIT_LINE if rendering.lit == self.focus else _LINE
        painter.setPen(QPen(colours.color("accent"), width))
        painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), viewport.height))

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        ring = colours.color("accent"), colours.color("panel"), colours.color("casing")
        paint_ring(painter, rendering, self._ring(viewport), _RING, *ring)
        _paint_sign(painter, rendering, self._ring(viewport))
        for text, role, ink, box in self.texts(viewport):
            draw_label(painter, rendering, box.topLeft(), text, role, colours.color(ink), colours.color("panel"))

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [box for *_, box in self.texts(viewport)]

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        away = abs(self._middle(viewport).x() - at.x())
        return Hit(self.focus, away, draggable=True, place=(self.x, self.y)) if away <= HIT_RADIUS else None

    def handles(self) -> list[Handle]:
        place = self.x, self.y if self.ring is None else self.ring
        return [Handle(self.focus, place, self.said, "x" if self.own is None else "", self.own, _RING)]

    @once_a_view
    def _middle(self, viewport: Viewport) -> QPointF:
        """Where the four meet, in pixels, kept within the view."""
        place = viewport.point(min(max(self.x, viewport.x0), viewport.x1), self.y)
        return QPointF(place.x(), min(max(place.y(), 0.0), viewport.height))

    @once_a_view
    def _ring(self, viewport: Viewport) -> QPointF:
        middle = self._middle(viewport)
        return middle if self.ring is None else QPointF(middle.x(), viewport.point(self.x, self.ring).y())

    def _top(self, viewport: Viewport) -> float:
        return 0.0 if self.top is None else max(0.0, viewport.point(0.0, self.top).y())

    @once_a_view
    def _boxes(self, viewport: Viewport) -> list[QRectF]:
        middle, end = self._middle(viewport), viewport.rect.bottomRight()
        across = (0.0, middle.x()), (middle.x(), end.x())
        down = (self._top(viewport), middle.y()), (middle.y(), end.y())
        return [QRectF(QPointF(left, top), QPointF(right, foot)) for top, foot in down for left, right in across]

    @once_a_view
    def texts(self, viewport: Viewport) -> list[Text]:
        """Each text with its role, its ink and its place; words need room in their quarter."""
        texts, points = [], NO_LINES if self.off is None else self.off.along(viewport)
        for place, (quarter, room) in enumerate(zip(self.quarters, self._boxes(viewport), strict=True)):
            number, is_right, is_below = text_size(quarter.number, "title"), place % 2 == 1, place > 1
            top = viewport.height - _MARGIN - number.height() if is_below else self._top(viewport) + _MARGIN
            left = viewport.width - _MARGIN - number.width() if is_right else _MARGIN
            texts.append((quarter.number, "title", "text", QRectF(QPointF(left, top), number)))
            texts += _word_beside(quarter, texts[-1][3], is_right, room, points)
        return texts + ([self._tag(viewport)] if self.tag else []) + self._aside(viewport)

    @once_a_view
    def _tag(self, viewport: Viewport) -> Text:
        """The tag beside the line, under the numbers at the top, or beside the ring; on the side that has room."""
        size, x = text_size(self.tag, "label"), self._middle(viewport).x()
        under = 2 * _MARGIN + text_size("0", "title").height()
        top = under if self.ring is None else self._ring(viewport).y() - size.height() / 2
        fits = x + _BESIDE + size.width() <= viewport.width
        left = x + _BESIDE if fits else x - _BESIDE - size.width()
        return self.tag, "label", "accent_text", QRectF(QPointF(left, top), size)

    def _aside(self, viewport: Viewport) -> list[Text]:
        """The word at the left of the ring, where there is room for it beside the tag."""
        size, ring = text_size(self.left, "label"), self._ring(viewport)
        left = ring.x() - _BESIDE - size.width()
        has_room = self.left and left >= 0 and (not self.tag or self._tag(viewport)[3].left() > ring.x())
        box = QRectF(QPointF(left, ring.y() - size.height() / 2), size)
        return [(self.left, "label", "muted", box)] if has_room else []


def _paint_sign(painter: QPainter, rendering: Rendering, middle: QPointF) -> None:
    """Paint two arrow heads to the sides: what wears them can be dragged that way."""
    colour = theme.current().color("accent")
    if rendering.smooth or rendering.vector:
        _draw_sign(painter, middle, colour)
    else:
        draw_sprite(painter, _sign(colour.rgba(), rendering.scale), middle.x(), middle.y(), rendering.scale)


@lru_cache(maxsize=8)
def _sign(colour: int, scale: float) -> QImage:
    return sprite(_RING, scale, lambda painter, middle: _draw_sign(painter, middle, QColor.fromRgba(colour)))


def _draw_sign(painter: QPainter, middle: QPointF, colour: QColor) -> None:
    (tip, arm), x, y = _SIGN, middle.x(), middle.y()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5))
    for way in (-1, 1):
        end = QPointF(x + way * (tip + arm), y)
        painter.drawPolyline([QPointF(x + way * tip, y - arm), end, QPointF(x + way * tip, y + arm)])


def _word_beside(quarter: Quarter, number: QRectF, is_right: bool, room: QRectF, points: Floats) -> list[Text]:
    """Return the word beside a number, on the side of the middle, or the short one, or that over or under the number;
    none where it has no room anywhere.
    """
    for word, box in _places(quarter, number, is_right, room):
        clear = box.adjusted(-_CLEAR, -_CLEAR, _CLEAR, _CLEAR)
        if word and room.contains(clear) and not any_within(points, *ends_of(clear)):
            return [(word, "label", "error" if quarter.hatched else "ok", box)]
    return []


def _places(quarter: Quarter, number: QRectF, is_right: bool, room: QRectF) -> Iterator[tuple[str, QRectF]]:
    """Yield each word of a quarter with its box, the best place first."""
    for word in (quarter.word, quarter.short):
        size = text_size(word, "label")
        left = number.left() - _WORD_GAP - size.width() if is_right else number.right() + _WORD_GAP
        yield word, QRectF(QPointF(left, number.center().y() - size.height() / 2), size)
    size = text_size(quarter.short, "label")
    left = number.right() - size.width() if is_right else number.left()
    is_below = number.center().y() > room.center().y()
    top = number.top() - size.height() if is_below else number.bottom()
    yield quarter.short, QRectF(QPointF(left, top), size)


def _paint_hatched(painter: QPainter, viewport: Viewport, rendering: Rendering, box: QRectF) -> None:
    """Hatch a part of the view, out of a picture of all of it: patterns are slow to fill."""
    if rendering.vector:
        _fill_hatched(painter, box)
        return
    image = _hatching(viewport.width, viewport.height, rendering.scale, theme.current().name)
    part = QRectF(box.topLeft() * rendering.scale, box.size() * rendering.scale)
    painter.drawImage(box, image, part)


@lru_cache(maxsize=2)
def _hatching(width: float, height: float, scale: float, theme_name: str) -> QImage:
    return painted_image(width, height, scale, lambda painter: _fill_hatched(painter, QRectF(0, 0, width, height)))


def _fill_hatched(painter: QPainter, box: QRectF) -> None:
    colours = theme.current()
    ground, hatch = (colours.mix(colours.color("panel"), colours.line("vermillion"), s) for s in (_GROUND, _HATCH))
    painter.fillRect(box, ground)
    painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
