"""Four corners around a thing, as a photographer frames it: the shape in which pictures mark what is spoken of."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from widgets.base import theme

_ARM = 0.3  # of a side, but no more than
_LONGEST = 8.0  # px
_LINE, _CASING = 2.0, 5.0
_CROSS, _CROSS_LINE, _CROSS_CASING = 2.5, 1.75, 3.5


def paint_corners(painter: QPainter, rect: QRectF) -> None:
    """Paint the corners of a rectangle in the colour of text, on a casing that stands off whatever is under it."""
    across = min(_LONGEST, _ARM * rect.width())
    down = min(_LONGEST, _ARM * rect.height())
    lines = [_corner(corner, right * across, below * down) for corner, right, below in _corners(rect)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for token, width in (("casing", _CASING), ("text", _LINE)):
        style, cap, join = Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap, Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(theme.current().color(token), width, style, cap, join))
        for line in lines:
            painter.drawPolyline(line)


def paint_round(painter: QPainter, rect: QRectF) -> None:
    """Paint a ring around a rectangle that is too small to hold one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for token, width in (("casing", _CASING), ("text", _LINE)):
        painter.setPen(QPen(theme.current().color(token), width))
        painter.drawRoundedRect(rect.adjusted(-2, -2, 2, 2), _LONGEST, _LONGEST)


def paint_cross(painter: QPainter, centre: QPointF) -> None:
    """Paint a small cross, for things that are many and near each other."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for token, width in (("casing", _CROSS_CASING), ("text", _CROSS_LINE)):
        painter.setPen(QPen(theme.current().color(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for way in (QPointF(_CROSS, _CROSS), QPointF(_CROSS, -_CROSS)):
            painter.drawLine(centre - way, centre + way)


def _corners(rect: QRectF) -> list[tuple[QPointF, int, int]]:
    """Return each corner and which way it opens."""
    tops = (rect.topLeft(), 1, 1), (rect.topRight(), -1, 1)
    return [*tops, (rect.bottomLeft(), 1, -1), (rect.bottomRight(), -1, -1)]


def _corner(at: QPointF, across: float, down: float) -> QPolygonF:
    return QPolygonF([at + QPointF(across, 0), at, at + QPointF(0, down)])
