"""Text on plots: with a halo where it lies on a picture, and spread so that no two labels touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import count
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QStaticText,
    QTextLayout,
    QTransform,
)

from widgets.base.fonts import role_font
from widgets.base.images import painted_image
from widgets.base.rendering import Rendering

APART = 14.0
_HALO = 3.0
_AROUND = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]  # px, where a quick halo is written
_PAD = 2.0
_ANY_GLYPH = 3
_TURNS = count(1)  # tenths of a degree


@cache
def plot_font(role: str) -> QFont:
    """The font of a role, kept for what is painted at each frame."""
    return role_font(role)


@cache
def metrics(role: str) -> QFontMetricsF:
    """What texts in the font of a role measure."""
    return QFontMetricsF(plot_font(role))


def forget_fonts() -> None:
    """Ask for the fonts anew, after the user has changed them."""
    for kept in (plot_font, metrics, text_width, text_height, text_size, laid_out, _label_image):
        kept.cache_clear()


@lru_cache(maxsize=1024)
def text_width(text: str, role: str) -> float:
    """How wide a text is in the font of a role."""
    return metrics(role).horizontalAdvance(text)


@cache
def text_height(role: str) -> float:
    """How high a line is in the font of a role."""
    return metrics(role).height()


@lru_cache(maxsize=512)
def text_size(text: str, role: str) -> QSizeF:
    """The room a label takes, without its halo."""
    return QSizeF(ceil(text_width(text, role)), ceil(text_height(role)))


def write(painter: QPainter, left: float, baseline: float, text: str, role: str) -> None:
    """Write a text in the font of a role and the colour of the pen; what was written before takes half the time."""
    painter.setFont(plot_font(role))
    made, ascent = laid_out(text, role)
    painter.drawStaticText(QPointF(left, baseline - ascent), made)


def fitting(text: str, role: str, widest: float) -> str:
    """A text as it is, or cut short where it is wider than allowed, in the font of a role."""
    if text_width(text, role) <= widest + 0.5:
        return text
    return metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, widest + 0.5)


@lru_cache(maxsize=2048)
def laid_out(text: str, role: str) -> tuple[QStaticText, float]:
    """Return a text laid out, and how far its base line is below its top: signs of another font may lift that."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.prepare(font=plot_font(role))
    layout = QTextLayout(text, plot_font(role))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return made, line.ascent()


def corner_box(text: str, room: QRectF, right: bool) -> QRectF:
    """The place of an axis' name that stands in a corner: the bottom right, or else the top left."""
    size = text_size(text, "tick")
    x = room.width() - size.width() - 8 if right else 8.0
    y = room.height() - size.height() - 6 if right else 6.0
    return QRectF(QPointF(x, y), size)


def draw_label(
    painter: QPainter, rendering: Rendering, corner: QPointF, text: str, role: str, ink: QColor, halo: QColor
) -> None:
    """Write `text` in the font of a role with a halo, the top left of its box at `corner`.

    While playing the halo is a quick one: a number is another text at each step.
    """
    if rendering.vector:
        painter.save()
        painter.translate(corner)
        _paint_label(painter, text, role, ink, halo)
        painter.restore()
        return
    image = _label_image(text, role, ink.rgba(), halo.rgba(), rendering.scale, not rendering.smooth)
    # On whole device pixels the letters stay as sharp as Qt draws them.
    across = round((corner.x() - _PAD) * rendering.scale) / rendering.scale
    down = round((corner.y() - _PAD) * rendering.scale) / rendering.scale
    painter.drawImage(QPointF(across, down), image)


@lru_cache(maxsize=256)
def _label_image(text: str, role: str, ink: int, halo: int, scale: float, is_quick: bool) -> QImage:
    size = text_size(text, role)

    def draw(painter: QPainter) -> None:
        painter.translate(_PAD, _PAD)
        _paint_label(painter, text, role, QColor.fromRgba(ink), QColor.fromRgba(halo), is_quick)

    return painted_image(size.width() + 2 * _PAD, size.height() + 2 * _PAD, scale, draw)


def _paint_label(painter: QPainter, text: str, role: str, ink: QColor, halo: QColor, is_quick: bool = False) -> None:
    baseline = QPointF(0.0, round(metrics(role).ascent()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(plot_font(role))
    paint_halo = _paint_quick_halo if is_quick else _paint_halo
    paint_halo(painter, text, role, baseline, halo)
    painter.setPen(ink)
    painter.drawText(baseline, text)


def _paint_halo(painter: QPainter, text: str, role: str, baseline: QPointF, halo: QColor) -> None:
    outline = outlined(text, role, baseline)
    pen = QPen(halo, _HALO, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(outline, pen)


def outlined(text: str, role: str, baseline: QPointF) -> QPainterPath:
    """The outline of a text in the font of a role, the same one whatever was written before.

    Glyphs run programs of their face, which leave traces there: the next outline would come out up to a hundredth of
    a pixel apart. A glyph at an angle that Qt has none of in its cache lets the face begin anew.
    """
    shape = QRawFont.AntialiasingType.PixelAntialiasing
    QRawFont.fromFont(plot_font(role)).alphaMapForGlyph(_ANY_GLYPH, shape, QTransform().rotate(0.1 * next(_TURNS)))
    outline = QPainterPath()
    outline.addText(baseline, plot_font(role), text)
    return outline


def _paint_quick_halo(painter: QPainter, text: str, _role: str, baseline: QPointF, halo: QColor) -> None:
    """Write the text around its place, which takes a fifth of the time to stroke its outline."""
    painter.setPen(halo)
    for x, y in _AROUND:
        painter.drawText(baseline + QPointF(x, y), text)


def spread(wanted: Sequence[float], low: float, high: float, apart: float = APART) -> list[float]:
    """Positions at least `apart` from each other, in the order of `wanted` and as near to it as can be, in low..high.

    Neighbours that would touch form a block around their mean. If the room is too small the last ones pass `high`.
    """
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    blocks: list[list[float]] = []  # each [start, how many]; members stand `apart` from each other
    for index in order:
        blocks.append([min(max(wanted[index], low), high), 1])
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][1] * apart > blocks[-1][0]:
            _merge(blocks, apart)
    return _placed(blocks, order, low, high, apart)


def _merge(blocks: list[list[float]], apart: float) -> None:
    """Join the last two blocks where the sum of the ways their members move is balanced."""
    start, count = blocks[-2]
    other, others = blocks.pop()
    blocks[-1] = [(start * count + (other - count * apart) * others) / (count + others), count + others]


def _placed(blocks: list[list[float]], order: list[int], low: float, high: float, apart: float) -> list[float]:
    ranked = [start + step * apart for start, count in blocks for step in range(int(count))]
    limit = high
    for rank in reversed(range(len(ranked))):
        ranked[rank] = min(ranked[rank], limit)
        limit = ranked[rank] - apart
    limit = low
    for rank in range(len(ranked)):
        ranked[rank] = max(ranked[rank], limit)
        limit = ranked[rank] + apart
    positions = [0.0] * len(order)
    for rank, index in enumerate(order):
        positions[index] = ranked[rank]
    return positions


_SIDES = ("right", "left", "above", "below", "right above", "right below", "left above", "left below")


def place_beside(
    point: QPointF, size: QSizeF, gap: float, bounds: QRectF, taken: Iterable[QRectF], first: str = "right"
) -> QRectF:
    """A box of `size` beside a point, inside `bounds`: on the side asked for, or the first one that is free.

    If none is, the one that covers least of what is taken.
    """
    others, boxes = list(taken), boxes_beside(point, size, gap, gap, first)
    inside = [box for box in boxes if bounds.contains(box)]
    for box in inside:
        if not any(map(box.intersects, others)):
            return box
    candidates = inside or [_kept_inside(boxes[0], bounds)]
    return min(candidates, key=lambda box: sum(_area(box.intersected(other)) for other in others))


def boxes_beside(point: QPointF, size: QSizeF, across: float, down: float, first: str = "right") -> list[QRectF]:
    """The boxes at the sides and corners of a point, `across` or `down` px away from it, best places first."""
    return list(each_box_beside(point, size, across, down, first))


def each_box_beside(point: QPointF, size: QSizeF, across: float, down: float, first: str = "right") -> Iterator[QRectF]:
    """Yield these boxes one by one: as a rule one of the first is free."""
    for side in (first, *(side for side in _SIDES if side != first)):
        yield _box_beside(point, size, across, down, side)


def _box_beside(point: QPointF, size: QSizeF, across: float, down: float, side: str) -> QRectF:
    width, height = size.width(), size.height()
    x, y = point.x() - width / 2, point.y() - height / 2
    if "right" in side:
        x = point.x() + across
    elif "left" in side:
        x = point.x() - across - width
    if "above" in side:
        y = point.y() - down - height
    elif "below" in side:
        y = point.y() + down
    return QRectF(x, y, width, height)


def _area(box: QRectF) -> float:
    return max(0.0, box.width()) * max(0.0, box.height())


def _kept_inside(box: QRectF, bounds: QRectF) -> QRectF:
    x = max(bounds.left(), min(box.left(), bounds.right() - box.width()))
    y = max(bounds.top(), min(box.top(), bounds.bottom() - box.height()))
    return QRectF(x, y, box.width(), box.height())
