"""The lines of curves, split at the cursor: from kept pictures while playing, stroked whole when it must be fine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.marks.curves import Curve, CurveShape, CurveShapes, curve_shape
from widgets.plots.picture_cache import KeptImages, stable_length
from widgets.plots.polyline import POINTS_PER_PIXEL, draw_polyline, draw_whole, kept_indices, lies_in
from widgets.plots.viewport import Viewport

LINE = 1.75
FOCUSED_LINE = 2.5
ROUGH_LINE = 1.0
_DASH = (5.0, 4.0)
_OUTSIDE = 4000.0
_CURSOR_DASH = [3.0, 3.0]


class CurveLines:
    """Paints the lines of curves; it keeps shapes and pictures, none of which changes what is seen."""

    def __init__(self) -> None:
        self._shapes = CurveShapes()
        self._kept = KeptImages()

    def paint(
        self,
        painter: QPainter,
        viewport: Viewport,
        rendering: Rendering,
        curves: Sequence[Curve],
        cursor: float | None,
    ) -> None:
        """Paint all lines and the cursor; ghosts lowest, focused curves on top, what is ahead of the cursor faint."""
        ordered = sorted(curves, key=lambda curve: (not curve.ghost, curve.focused))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
        if rendering.smooth or rendering.vector:
            self._paint_whole(painter, viewport, ordered, cursor)
        else:
            self._paint_kept(painter, viewport, rendering.scale, ordered, cursor)
        paint_cursor(painter, viewport, cursor)

    def _paint_whole(
        self, painter: QPainter, viewport: Viewport, curves: Sequence[Curve], cursor: float | None
    ) -> None:
        self._shapes.forget_all_but({curve.name for curve in curves})
        shapes = [self._shapes.shape(curve, viewport) for curve in curves]
        for shape in shapes:
            if cursor is not None and not shape.curve.ghost:
                _stroke(painter, viewport, shape, _ahead(shape, viewport, cursor), faint=True)
        for shape in shapes:
            past = shape.pixels if cursor is None or shape.curve.ghost else _up_to(shape, viewport, cursor)
            _stroke(painter, viewport, shape, past)

    def _paint_kept(
        self, painter: QPainter, viewport: Viewport, scale: float, curves: Sequence[Curve], cursor: float | None
    ) -> None:
        lengths = [len(curve.x) if curve.ghost else stable_length(len(curve.x)) for curve in curves]
        begun = list(zip(curves, lengths, strict=True))
        # Curves of one plot mostly share their steps.
        steps = {id(curve.x): curve.x[:length] for curve, length in begun}
        data = (*steps.values(), *(curve.y[:length] for curve, length in begun))
        look = tuple((hash(curve), length) for curve, length in begun)
        self._kept.prepare(data, look, viewport, scale)
        split = viewport.width if cursor is None else viewport.point(cursor, 1.0).x()
        split = min(max(round(split * scale) / scale, 0.0), viewport.width)
        if split > 0:
            past = self._kept.image("past", partial(_draw_beginnings, viewport=viewport, begun=begun, faint=False))
            _blit(painter, past, scale, 0.0, split)
        if split < viewport.width and _any_beyond(begun, cursor):
            faint = self._kept.image("faint", partial(_draw_beginnings, viewport=viewport, begun=begun, faint=True))
            _blit(painter, faint, scale, split, viewport.width)
        _paint_tails(painter, viewport, curves, cursor)


# Whole lines.


def _up_to(shape: CurveShape, viewport: Viewport, cursor: float) -> Floats:
    count = int(np.searchsorted(shape.steps, cursor, side="right"))
    return np.concatenate((shape.pixels[:count], _joint(shape, viewport, cursor)))


def _ahead(shape: CurveShape, viewport: Viewport, cursor: float) -> Floats:
    count = int(np.searchsorted(shape.steps, cursor, side="right"))
    if count == len(shape.steps):
        return shape.pixels[:0]
    return np.concatenate((_joint(shape, viewport, cursor), shape.pixels[count:]))


def _joint(shape: CurveShape, viewport: Viewport, cursor: float) -> Floats:
    """The curve's own last point up to the cursor: thinning may have left it out."""
    curve = shape.curve
    index = int(np.searchsorted(curve.x, cursor, side="right")) - 1
    return viewport.pixels(curve.x[max(0, index) : index + 1], curve.y[max(0, index) : index + 1])


def _stroke(painter: QPainter, viewport: Viewport, shape: CurveShape, pixels: Floats, faint: bool = False) -> None:
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth and not shape.rough)
    painter.setPen(_pen(shape.curve, shape.rough, faint))
    draw_polyline(painter, pixels, viewport.rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)


def _pen(curve: Curve, rough: bool, faint: bool) -> QPen:
    shown = theme.current()
    series = shown.faint if faint else shown.pale if curve.pale else shown.line
    colour = shown.color("muted") if curve.ghost else series(curve.colour)
    width = ROUGH_LINE if rough else FOCUSED_LINE if curve.focused else LINE
    return _made_pen(colour.rgba(), width, curve.dashed or curve.ghost)


@lru_cache(maxsize=128)
def _made_pen(colour: int, width: float, dashed: bool) -> QPen:
    pen = QPen(QColor.fromRgba(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    if dashed:
        pen.setDashPattern([part / width * LINE for part in _DASH])
    return pen


# Kept pictures and what is not in them.


def _draw_beginnings(painter: QPainter, viewport: Viewport, begun: Sequence[tuple[Curve, int]], faint: bool) -> None:
    for curve, length in begun:
        shape = curve_shape(replace(curve, x=curve.x[:length], y=curve.y[:length]), viewport)
        _stroke(painter, viewport, shape, shape.pixels, faint)


def _any_beyond(begun: Sequence[tuple[Curve, int]], cursor: float | None) -> bool:
    return cursor is not None and any(
        curve.ghost or (length and curve.x[length - 1] > cursor) for curve, length in begun
    )


def _blit(painter: QPainter, image: QImage, scale: float, left: float, right: float) -> None:
    source = QRectF(left * scale, 0, (right - left) * scale, image.height())
    painter.drawImage(QPointF(left, 0), image, source)


def _paint_tails(painter: QPainter, viewport: Viewport, curves: Sequence[Curve], cursor: float | None) -> None:
    """Stroke the last points of each curve; all are mapped to pixels at once: many short arrays cost more than one."""
    parts = [(curve, *_tail(curve, viewport)) for curve in curves if not curve.ghost]
    if not parts:
        return
    pixels = viewport.pixels(np.concatenate([x for _, x, _ in parts]), np.concatenate([y for _, _, y in parts]))
    # What is a little outside is cut by the view itself, which costs less than to look for it.
    bounds = viewport.rect.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)
    draw = draw_whole if lies_in(pixels, bounds) else partial(draw_polyline, bounds=bounds)
    stop = 0
    for curve, x, _ in parts:
        start, stop = stop, stop + len(x)
        split = stop if cursor is None else start + int(x.searchsorted(cursor, side="right"))
        if split < stop:
            painter.setPen(_pen(curve, False, faint=True))
            draw(painter, pixels[max(start, split - 1) : stop])
        if split > start + 1:
            painter.setPen(_pen(curve, False, faint=False))
            draw(painter, pixels[start:split])


def _tail(curve: Curve, viewport: Viewport) -> tuple[Floats, Floats]:
    first = max(0, stable_length(len(curve.x)) - 1)
    x, y = curve.x[first:], curve.y[first:]
    if len(x) > POINTS_PER_PIXEL * viewport.width:
        kept = kept_indices(x, y, float(x[0]), float(x[-1]), int(viewport.width))
        x, y = x[kept], y[kept]
    return x, y


def paint_cursor(painter: QPainter, viewport: Viewport, cursor: float | None) -> None:
    """Paint the dashed line at the step in view; None: no line."""
    if cursor is None:
        return
    across = viewport.point(cursor, 1.0).x()
    if not 0 <= across <= viewport.width:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    pen = QPen(theme.current().color("muted"), 1.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    pen.setDashPattern(_CURSOR_DASH)
    painter.setPen(pen)
    across = int(across) + 0.5
    painter.drawLine(QPointF(across, 0), QPointF(across, viewport.height))
