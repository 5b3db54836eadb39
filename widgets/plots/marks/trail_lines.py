"""The lines of trails: from kept pictures while playing, stroked whole when it must be fine."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.marks.trails import Trail
from widgets.plots.picture_cache import KeptImages, stable_length
from widgets.plots.polyline import is_rough, polygon, seen_pieces, thinned
from widgets.plots.viewport import Viewport

LINE = 2.0
FOCUSED_LINE = 2.75
GHOST_LINE = 1.5
CASING_WIDER = 2.5
DOT = 5.0
MOST_DOTS = 120
_CELL = 1.5
_FEW = 64  # points that are drawn sooner than thinned
_DOT_CELL = 4.0
_FEW_DOTS = 16  # that are drawn sooner than thinned
_GHOST_DASH = [4.0, 3.0]


class TrailLines:
    """Paints the lines of trails; it keeps a picture, which does not change what is seen."""

    def __init__(self) -> None:
        self._kept = KeptImages()

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering, trails: Sequence[Trail]) -> None:
        """Paint the paths: ghosts and what is ahead lowest, focused trails on top."""
        ordered = sorted(trails, key=lambda trail: trail.focused)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
        if rendering.smooth or rendering.vector:
            _draw(painter, viewport, ordered, [_ahead(trail, 0) for trail in ordered], [trail.xy for trail in ordered])
        else:
            self._paint_kept(painter, viewport, rendering.scale, ordered)

    def _paint_kept(self, painter: QPainter, viewport: Viewport, scale: float, trails: Sequence[Trail]) -> None:
        """The picture holds the first blocks of each trail; what came after them is drawn over it."""
        lengths = [stable_length(len(trail.xy)) for trail in trails]
        begun = [trail.xy[:length] for trail, length in zip(trails, lengths, strict=True)]
        ahead = [_ahead(trail, length) for trail, length in zip(trails, lengths, strict=True)]
        ghosts = [trail.ghost_xy for trail in trails if trail.ghost_xy is not None]
        look = tuple((trail.colour, trail.focused, trail.ghost_xy is None, _has_dots(trail)) for trail in trails)
        if any(map(len, (*begun, *ahead, *ghosts))):
            self._kept.prepare((*begun, *ahead, *ghosts), (look, lengths), viewport, scale)
            draw = partial(_draw, viewport=viewport, trails=trails, ahead=ahead, past=begun)
            painter.drawImage(QPointF(0, 0), self._kept.image("lines", draw))
        tails = [trail.xy[max(0, length - 1) :] for trail, length in zip(trails, lengths, strict=True)]
        _draw_pasts(painter, viewport, trails, tails)


def _ahead(trail: Trail, length: int) -> Floats:
    """What is recorded ahead; beginning after the first `length` points, if those are in the kept picture.

    So it stays the same while the trail grows over it.
    """
    if trail.faint_xy is None or not len(trail.faint_xy):
        return np.empty((0, 2))
    if not length:
        return trail.faint_xy
    goes_on = bool((trail.xy[-1] == trail.faint_xy[0]).all())
    return np.concatenate((trail.xy[length - 1 : -1 if goes_on else None], trail.faint_xy))


def _has_dots(trail: Trail) -> bool:
    return len(trail.xy) <= MOST_DOTS


def _draw(
    painter: QPainter, viewport: Viewport, trails: Sequence[Trail], ahead: Sequence[Floats], past: Sequence[Floats]
) -> None:
    shown = theme.current()
    for trail in trails:
        if trail.ghost_xy is not None:
            _stroke(
                painter, viewport, _thin(trail.ghost_xy, viewport), [(shown.color("muted"), GHOST_LINE)], dashed=True
            )
    for trail, path in zip(trails, ahead, strict=True):
        if len(path):
            _stroke(painter, viewport, _thin(path, viewport), [(shown.faint(trail.colour), LINE)])
    _draw_pasts(painter, viewport, trails, past)


def _thin(path: Floats, viewport: Viewport) -> Floats:
    pixels = viewport.pixels(path[:, 0], path[:, 1])
    return pixels[thinned(pixels, _CELL)]


def _draw_pasts(painter: QPainter, viewport: Viewport, trails: Sequence[Trail], paths: Sequence[Floats]) -> None:
    """Paint these parts of the trails; all are mapped to pixels at once."""
    if not trails:
        return
    path = np.concatenate(paths)
    pixels = viewport.pixels(path[:, 0], path[:, 1])
    stop = 0
    for trail, part in zip(trails, paths, strict=True):
        start, stop = stop, stop + len(part)
        _draw_past(painter, viewport, trail, pixels[start:stop])


def _draw_past(painter: QPainter, viewport: Viewport, trail: Trail, pixels: Floats) -> None:
    """Casing, line and, while they are few, dots."""
    shown = theme.current()
    width = FOCUSED_LINE if trail.focused else LINE
    if len(pixels) > 1:
        strokes = [(shown.color("casing"), width + CASING_WIDER), (shown.line(trail.colour), width)]
        line = pixels[thinned(pixels, _CELL)] if len(pixels) > _FEW else pixels
        _stroke(painter, viewport, line, strokes)
    if _has_dots(trail) and len(pixels):
        _draw_dots(painter, viewport, pixels, shown.line(trail.colour))


def _stroke(
    painter: QPainter,
    viewport: Viewport,
    pixels: Floats,
    strokes: Sequence[tuple[QColor, float]],
    dashed: bool = False,
) -> None:
    """Stroke a thinned path in these colours and widths; one that shakes is thin and not antialiased."""
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    fine = smooth and not is_rough(pixels)
    edge = FOCUSED_LINE + CASING_WIDER
    lines = seen_pieces(pixels, viewport.rect.adjusted(-edge, -edge, edge, edge), fine and not dashed)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, fine)
    for colour, width in strokes:
        painter.setPen(_pen(colour.rgba(), width if fine or not smooth else min(width, LINE), fine, dashed))
        for line in lines:
            painter.drawPolyline(line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)


@lru_cache(maxsize=128)
def _pen(colour: int, width: float, smooth: bool, dashed: bool) -> QPen:
    pen = QPen(QColor.fromRgba(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if smooth else Qt.PenJoinStyle.BevelJoin)
    if dashed:
        pen.setDashPattern(_GHOST_DASH)
    return pen


def _draw_dots(painter: QPainter, viewport: Viewport, pixels: Floats, colour: QColor) -> None:
    dots = pixels[thinned(pixels, _DOT_CELL)] if len(pixels) > _FEW_DOTS else pixels
    with np.errstate(invalid="ignore"):
        seen = (dots >= 0).all(axis=1) & (dots <= [viewport.width, viewport.height]).all(axis=1)
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(polygon(dots[seen]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
