"""Curves over steps, split at a cursor: what is past in full colour, what is recorded ahead of it faint.

While playing, the lines come from kept pictures; they are stroked whole when they must be fine.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from math import hypot, inf

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.letters import dashes
from widgets.base.rendering import Rendering
from widgets.plots.identity import OfSeries
from widgets.plots.marks.curve_gaps import Gap, gap_boxes, paint_bars, write_gaps
from widgets.plots.marks.curve_labels import Tag, boxes_of, in_column, paint_labels, paint_markers, whole_at
from widgets.plots.marks.labels import is_place
from widgets.plots.marks.mark import HIT_RADIUS, Hit, Mark
from widgets.plots.picture_cache import Stable, Still, kept_images, stable
from widgets.plots.polyline import (
    POINTS_PER_PIXEL,
    draw_polyline,
    draw_whole,
    is_rough,
    kept_indices,
    lies_in,
    line_pen,
)
from widgets.plots.viewport import Viewport

LINE = 1.75
FOCUSED_LINE = 2.5
ROUGH_LINE = 1.0
_DASH = (5.0, 4.0)
_DOTS = (1.5, 3.0)
_OUTSIDE = 4000.0
_CURSOR_DASH = (3.0, 3.0)
_FOOT = 8.0  # px of what stands at the foot of a plot
_MOST_PLOTS = 8  # of curves, in view at once


@dataclass(frozen=True, eq=False)
class Curve(OfSeries):
    """One curve: x rising, y with nan where there is no value, shapes (n,); `colour` is a series name of the theme.

    A curve with an empty label gets no text; a ghost is a pinned run, dashed and muted; a pale one is what is behind
    another, such as single losses behind their mean; one with a letter is of a run that is compared, drawn as that is
    unless it is the one in front. Raises ValueError for arrays that do not match.
    """

    focus: Hashable
    label: str
    x: Floats
    y: Floats
    colour: str
    dashed: bool = False
    focused: bool = False
    ghost: bool = False
    marker: str = ""
    pale: bool = False
    letter: str = ""
    front: bool = True
    dotted: bool = False  # the level at which a run stays that has ended

    def __post_init__(self) -> None:
        if self.x.ndim != 1 or self.x.shape != self.y.shape:
            raise ValueError(f"curve {self.focus}: x {self.x.shape} and y {self.y.shape} do not match")


@dataclass(frozen=True)
class Curves(Mark):
    """Curves with the cursor at a step (None: no cursor, all is past); ghosts lowest, focused ones on top."""

    curves: tuple[Curve, ...]
    cursor: float | None = None
    gaps: tuple[Gap, ...] = ()  # between curves of compared runs, at the cursor

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        ordered = sorted(self.curves, key=lambda curve: (not curve.ghost, curve.front, curve.focused))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
        if rendering.smooth or rendering.vector:
            _paint_whole(painter, viewport, ordered, self.cursor)
        elif self.cursor is None:
            whole = [(curve, Stable(len(curve.x))) for curve in ordered]
            draw = partial(_draw_beginnings, viewport=viewport, begun=whole, faint=False)
            self._still.paint(painter, viewport, rendering.scale, draw)
        else:
            _paint_kept(painter, viewport, rendering.scale, ordered, self.cursor)
        paint_cursor(painter, viewport, self.cursor)

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Paint a marker at each curve's last value up to the cursor, if there is one, and the labels."""
        if self._is_mute:
            return
        tags = tags_of(viewport, self.curves, self.cursor)
        if self.cursor is not None:
            paint_bars(painter, viewport, tags, self.gaps)
            paint_markers(painter, viewport, rendering, tags)
        lines = self._lines
        taken = paint_labels(painter, viewport, rendering, tags, lines)
        write_gaps(painter, viewport, rendering, tags, self.gaps, taken, lines)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        if self._is_mute:
            return []
        tags, lines = tags_of(viewport, self.curves, self.cursor), self._lines
        taken = boxes_of(viewport, tags, in_column(viewport, tags, lines))
        return [*taken, *(box for _, box in gap_boxes(viewport, tags, self.gaps, taken, lines))]

    @property
    def _lines(self) -> list[tuple[Floats, Floats]]:
        return [(curve.x, curve.y) for curve in self.curves]

    @cached_property
    def _still(self) -> Still:
        return Still()

    @property
    def _is_mute(self) -> bool:
        """Whether there is neither a marker nor a label."""
        return self.cursor is None and not any(curve.label for curve in self.curves)

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        """The point nearest by steps, then the nearest curve there; however far, but all other marks win over it."""
        step = float(viewport.data(at.x(), at.y())[0])
        found: list[tuple[float, float, Hit]] = []
        for curve in self.curves:
            index = _nearest_index(curve, step)
            if index is not None:
                place = float(curve.x[index]), float(curve.y[index])
                way = _place(curve, index, viewport)[0] - at
                hit = Hit(curve.focus, hypot(way.x(), way.y()) + 2 * HIT_RADIUS, place=place)
                found.append((round(abs(way.x()), 3), abs(way.y()), hit))
        return min(found, key=lambda near: near[:2])[2] if found else None


def _nearest_index(curve: Curve, x: float) -> int | None:
    """The finite point of a curve whose x is nearest."""
    finite = np.flatnonzero(np.isfinite(curve.y))
    if not len(finite):
        return None
    after = int(np.searchsorted(curve.x[finite], x))
    around = finite[max(0, after - 1) : after + 1]
    return int(around[np.argmin(np.abs(curve.x[around] - x))])


def tags_of(viewport: Viewport, curves: Sequence[Curve], cursor: float | None) -> list[Tag]:
    """Where each curve's marker and label stand: at its last value up to the cursor, a ghost's at its last value."""
    tags = []
    for curve in curves:
        found = last_value(curve, None if curve.ghost else cursor)
        if found is None:
            continue
        index, ended = found
        point, is_zero = _place(curve, index, viewport)
        if is_place(point) and -1 <= point.x() <= viewport.width + 1:
            point = whole_at(point, viewport) if curve.letter and curve.label else point
            is_end = ended and not curve.ghost
            label = f"{curve.label}  0" if is_zero and curve.label and not curve.letter else curve.label
            look = (curve.colour, curve.shape, curve.focused, curve.ghost, is_end, curve.letter, curve.front, is_zero)
            tags.append(Tag(label, point, *look))
    return tags


def _place(curve: Curve, index: int, viewport: Viewport) -> tuple[QPointF, bool]:
    """Where a point of a curve stands; a zero, which a log axis cannot hold, at its foot."""
    x, y = float(curve.x[index]), float(curve.y[index])
    if y == 0 and viewport.log_y:
        return QPointF(viewport.point(x, 1.0).x(), viewport.height - _FOOT), True
    return viewport.point(x, y), False


def last_value(curve: Curve, cursor: float | None) -> tuple[int, bool] | None:
    """The index of the last finite value up to the cursor, and whether the curve ended there for good.

    None if there is no value yet.
    """
    stop = len(curve.x) if cursor is None else int(np.searchsorted(curve.x, cursor, side="right"))
    if stop and np.isfinite(curve.y[stop - 1]):
        return stop - 1, False
    finite = np.isfinite(curve.y)
    if not finite[:stop].any():
        return None
    index = int(np.flatnonzero(finite[:stop])[-1])
    return index, not finite[stop:].any()


# Shapes in pixels.


@dataclass(frozen=True, eq=False)
class CurveShape:
    """What is drawn of a curve: its thinned points in pixels and their steps, and whether the line is rough."""

    steps: Floats
    pixels: Floats
    rough: bool


def curve_shape(x: Floats, y: Floats, viewport: Viewport) -> CurveShape:
    """The points of a curve to draw: at most about two for each pixel column."""
    ends, _ = viewport.data([0.0, viewport.width], [0.0, 0.0])
    kept = kept_indices(x, y, float(ends[0]), float(ends[1]), int(viewport.width))
    pixels = viewport.pixels(x[kept], y[kept])
    return CurveShape(x[kept], pixels, is_rough(pixels))


@lru_cache(maxsize=_MOST_PLOTS)
def _shapes(curves: tuple[Curve, ...], viewport: Viewport) -> tuple[CurveShape, ...]:
    """Kept for the curves of a plot, so that a moved cursor costs nothing."""
    return tuple(curve_shape(curve.x, curve.y, viewport) for curve in curves)


# Whole lines.


def _paint_whole(painter: QPainter, viewport: Viewport, curves: Sequence[Curve], cursor: float | None) -> None:
    shapes = zip(curves, _shapes(tuple(curves), viewport), strict=True)
    parts = [(curve, shape.rough, *_split(curve, shape, viewport, cursor)) for curve, shape in shapes]
    for curve, rough, _, ahead in parts:
        _stroke(painter, viewport, curve, rough, ahead, faint=True)
    for curve, rough, past, _ in parts:
        _stroke(painter, viewport, curve, rough, past)


def _split(curve: Curve, shape: CurveShape, viewport: Viewport, cursor: float | None) -> tuple[Floats, Floats]:
    """What is past and what is ahead. They meet in the curve's own last point up to the cursor, thinned out or not."""
    if cursor is None or curve.ghost:
        return shape.pixels, shape.pixels[:0]
    count = int(np.searchsorted(shape.steps, cursor, side="right"))
    stop = int(np.searchsorted(curve.x, cursor, side="right"))
    own = slice(max(0, stop - 1), stop)
    joint = viewport.pixels(curve.x[own], curve.y[own])
    ahead = np.concatenate((joint, shape.pixels[count:])) if count < len(shape.steps) else shape.pixels[:0]
    return np.concatenate((shape.pixels[:count], joint)), ahead


def _stroke(
    painter: QPainter, viewport: Viewport, curve: Curve, rough: bool, pixels: Floats, faint: bool = False
) -> None:
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth and not rough)
    painter.setPen(_pen(curve, rough, faint))
    draw_polyline(painter, pixels, viewport.rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)


def _pen(curve: Curve, rough: bool, faint: bool) -> QPen:
    colours = theme.current()
    series = colours.faint if faint else colours.pale if curve.pale else colours.line
    colour = colours.color("muted") if curve.ghost else series(curve.colour)
    width = ROUGH_LINE if rough else FOCUSED_LINE if curve.focused else LINE
    return line_pen(colour.rgba(), width, _dashes(curve, width))


def _dashes(curve: Curve, width: float) -> tuple[float, ...]:
    if curve.dotted:
        return tuple(part / width for part in _DOTS)
    if not curve.front:
        return dashes(curve.letter, width)
    return tuple(part / width * LINE for part in _DASH) if curve.dashed or curve.ghost else ()


# Kept pictures and what is not in them.


def _paint_kept(
    painter: QPainter, viewport: Viewport, scale: float, curves: Sequence[Curve], cursor: float | None
) -> None:
    begun = _begun(curves, cursor)
    # Curves of one plot mostly share their steps.
    steps = {id(curve.x): (curve.x, part) for curve, part in begun}
    data = [*steps.values(), *((curve.y, part) for curve, part in begun)]
    # A label that tells a value is another at each step.
    looks = tuple((replace(curve, label="") if curve.letter else curve).look for curve in curves)
    kept = kept_images(looks, data, viewport, scale)
    split = viewport.width if cursor is None else viewport.point(cursor, 1.0).x()
    split = min(max(round(split * scale) / scale, 0.0), viewport.width)
    if split > 0 and any(part.length for _, part in begun):
        past = kept.grown("past", *_drawn(viewport, begun, faint=False))
        _blit(painter, past, scale, 0.0, split)
    if split < viewport.width and _any_beyond(begun, cursor):
        faint = kept.grown("faint", *_drawn(viewport, begun, faint=True))
        _blit(painter, faint, scale, split, viewport.width)
    tails = [(curve, *_tail(curve, part.length, viewport)) for curve, part in begun if not curve.ghost]
    _paint_parts(painter, viewport, tails, cursor)


_Begun = Sequence[tuple[Curve, Stable]]
_Parts = Sequence[tuple[Curve, Floats, Floats]]


def _begun(curves: Sequence[Curve], cursor: float | None) -> _Begun:
    """How much of each curve is put into the kept picture."""
    last = max((float(curve.x[-1]) for curve in curves if len(curve.x) and not curve.ghost), default=0.0)
    found: dict[int, Stable] = {}
    for curve in curves:
        if not curve.ghost and id(curve.x) not in found:
            found[id(curve.x)] = _stable_points(curve, cursor, last)
    return [(curve, Stable(len(curve.x)) if curve.ghost else found[id(curve.x)]) for curve in curves]


def _stable_points(curve: Curve, cursor: float | None, last: float) -> Stable:
    """Over steps it is the number of steps that decides: curves thinned to different lengths are drawn anew together.

    Those that have come to the last step are the ones that grow.
    """
    if cursor is None or not len(curve.x):
        return stable(len(curve.x))
    steps = stable(int(curve.x[-1]) + 1, grows=curve.x[-1] == last)
    first, *ends = curve.x.searchsorted((steps.first, *steps.ends)).tolist()
    return Stable(first, tuple(ends), steps.grows)


def _drawn(
    viewport: Viewport, begun: _Begun, faint: bool
) -> tuple[Callable[[QPainter], None], Sequence[Callable[[QPainter], None]]]:
    """What paints the whole blocks of the curves, and each piece of those that grow."""
    first = partial(_draw_beginnings, viewport=viewport, begun=begun, faint=faint)
    count = max(len(part.ends) for _, part in begun)
    return first, [partial(_draw_piece, viewport=viewport, begun=begun, faint=faint, i=i) for i in range(count)]


def _draw_beginnings(painter: QPainter, viewport: Viewport, begun: _Begun, faint: bool) -> None:
    for curve, part in begun:
        if part.first:
            shape = curve_shape(curve.x[: part.first], curve.y[: part.first], viewport)
            _stroke(painter, viewport, curve, shape.rough, shape.pixels, faint)


def _draw_piece(painter: QPainter, viewport: Viewport, begun: _Begun, faint: bool, i: int) -> None:
    rows = [(curve, part.pieces[i]) for curve, part in begun if part.ends]
    parts = [(curve, curve.x[row], curve.y[row]) for curve, row in rows]
    _paint_parts(painter, viewport, parts, -inf if faint else None)


def _any_beyond(begun: _Begun, cursor: float | None) -> bool:
    return cursor is not None and any(
        curve.ghost or (part.length and curve.x[part.length - 1] > cursor) for curve, part in begun
    )


def _blit(painter: QPainter, image: QImage, scale: float, left: float, right: float) -> None:
    source = QRectF(left * scale, 0, (right - left) * scale, image.height())
    painter.drawImage(QPointF(left, 0), image, source)


def _paint_parts(painter: QPainter, viewport: Viewport, parts: _Parts, cursor: float | None) -> None:
    """Stroke a part of each curve; all are mapped to pixels at once: many short arrays cost more than one."""
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


def _tail(curve: Curve, length: int, viewport: Viewport) -> tuple[Floats, Floats]:
    x, y = curve.x[max(0, length - 1) :], curve.y[max(0, length - 1) :]
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
    painter.setPen(line_pen(theme.current().color("muted").rgba(), 1.0, _CURSOR_DASH))
    across = int(across) + 0.5
    painter.drawLine(QPointF(across, 0), QPointF(across, viewport.height))
