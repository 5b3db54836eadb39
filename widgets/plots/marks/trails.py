"""Trails: the path a point has taken over the plane, with its marker where it is now.

While playing, the lines come from a kept picture; they are stroked whole when they must be fine.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.letters import SIDE, paint_letter_mark
from widgets.base.markers import FOCUSED_MARKER, MARKER, at_edge, draw_edge_tick, draw_ring, paint_marker
from widgets.base.rendering import Rendering
from widgets.plots.identity import OfSeries
from widgets.plots.marks.arrows_and_dots import away
from widgets.plots.marks.handle import Handle
from widgets.plots.marks.labels import NO_LINES, Label, is_place, label_beside, marker_box
from widgets.plots.marks.mark import HIT_RADIUS, Hit, Mark, nearest_of
from widgets.plots.picture_cache import Stable, kept_images, stable
from widgets.plots.polyline import is_rough, lies_in, line_pen, pieces, polygon, seen_pieces, thinned
from widgets.plots.viewport import Viewport

NO_MARKER = "none"
_LIT_RING = 7.0
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
_GAP = np.full((1, 2), np.nan)
_BETWEEN = 6  # points of each step that labels keep off
_GHOST_DASH = (4.0, 3.0)


@dataclass(frozen=True, eq=False)
class Trail(OfSeries):
    """A path `xy` (n, 2), its last point being now; `colour` is a series name of the theme.

    The marker is by default that of the colour; "none" leaves it out. `faint_xy` is what is recorded ahead, from now
    on; `ghost_xy` the same run before a change. One with a letter is of a run that is compared: it is dashed, and its
    marker is the letter. Raises ValueError for arrays of another shape.
    """

    focus: Hashable
    xy: Floats
    colour: str
    marker: str = ""
    focused: bool = False
    faint_xy: Floats | None = None
    ghost_xy: Floats | None = None
    draggable: bool = False
    letter: str = ""
    label: str = ""  # beside its marker, where there is room
    said: str = ""  # its name where it can be dragged, else its label

    def __post_init__(self) -> None:
        for path in (self.xy, self.faint_xy, self.ghost_xy):
            if path is not None and (path.ndim != 2 or path.shape[1] != 2):
                raise ValueError(f"trail {self.focus}: shape {path.shape} is not (n, 2)")

    @property
    def marker_size(self) -> float:
        """How large the marker is drawn."""
        return FOCUSED_MARKER if self.focused else MARKER

    def now(self, viewport: Viewport) -> QPointF | None:
        """Where the marker stands in pixels; None if there is no such place or no marker."""
        if not len(self.xy) or self.marker == NO_MARKER:
            return None
        point = viewport.point(*self.xy[-1].tolist())
        return point if is_place(point) else None


@dataclass(frozen=True)
class Trails(Mark):
    """Paths, each over those before it, ghosts and what is ahead lowest; their markers lie over all marks."""

    trails: tuple[Trail, ...]

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
        if rendering.smooth or rendering.vector:
            ahead, past = [_ahead(trail, 0) for trail in self.trails], [trail.xy for trail in self.trails]
            _draw(painter, viewport, self.trails, ahead, past)
        else:
            _paint_kept(painter, viewport, rendering.scale, self.trails)

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Paint where each trail is now, and an arrow head at the edge for those out of view."""
        for trail, now in _now(self.trails, viewport):
            _paint_marker(painter, viewport, rendering, trail, now)

    def taken(self, viewport: Viewport) -> list[QRectF]:
        return [box for _, now in _now(self.trails, viewport) for box in marker_box(now)]

    def labels(self, viewport: Viewport) -> list[Label]:
        named = ((trail, now) for trail, now in _now(self.trails, viewport) if trail.label and not trail.letter)
        return [
            replace(label, optional=True)
            for trail, now in named
            for label in label_beside(
                viewport, at_edge(now, viewport.rect), trail.label, trail.colour, 3, gap=trail.marker_size / 2 + 3
            )
        ]

    def along(self, viewport: Viewport) -> Floats:
        """Points close to each other along the last stretches of trails, where names stand among them."""
        if not any(trail.label for trail in self.trails):
            return NO_LINES
        parts = [part for trail in self.trails for part in (trail.xy[-MOST_DOTS:], _GAP)]
        pixels = viewport.pixels(*np.concatenate(parts).T)
        ways = np.diff(pixels, axis=0)[:, None] * np.linspace(0, 1, _BETWEEN)[:, None]
        return np.asarray((pixels[:-1, None] + ways).reshape(-1, 2))

    def handles(self) -> list[Handle]:
        held = [trail for trail in self.trails if trail.draggable and len(trail.xy) and trail.marker != NO_MARKER]
        return [
            Handle(trail.focus, tuple(trail.xy[-1].tolist()), trail.said or trail.label, size=trail.marker_size)
            for trail in held
        ]

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        return nearest_of(
            Hit(trail.focus, distance, trail.draggable, tuple(trail.xy[-1].tolist()))
            for trail, now in _now(self.trails, viewport)
            if (distance := away(at, now)) <= HIT_RADIUS
        )


def _now(trails: Sequence[Trail], viewport: Viewport) -> list[tuple[Trail, QPointF]]:
    return [(trail, now) for trail in trails if (now := trail.now(viewport)) is not None]


def _paint_marker(painter: QPainter, viewport: Viewport, rendering: Rendering, trail: Trail, now: QPointF) -> None:
    colours = theme.current()
    colour, casing = colours.line(trail.colour), colours.color("casing")
    is_away = not viewport.rect.contains(now)
    if is_away:
        draw_edge_tick(painter, now, viewport.rect, colour, casing)
        now = at_edge(now, viewport.rect.adjusted(SIDE, SIDE, -SIDE, -SIDE))  # beside the arrow head
    if trail.letter:
        paint_letter_mark(painter, rendering, now, trail.letter, colour)
    if trail.letter or is_away:
        return
    if trail.focus == rendering.lit:
        draw_ring(painter, now, trail.marker_size + _LIT_RING, colours.color("text"), None)
    paint_marker(painter, rendering, trail.shape, now, trail.marker_size, colour, casing)


def _paint_kept(painter: QPainter, viewport: Viewport, scale: float, trails: Sequence[Trail]) -> None:
    """The picture holds the first blocks of each trail; what came after them is drawn over it."""
    longest = max((len(trail.xy) for trail in trails), default=0)
    parts = [stable(len(trail.xy), grows=len(trail.xy) == longest) for trail in trails]
    begun = [trail.xy[: part.first] for trail, part in zip(trails, parts, strict=True)]
    ahead = [_ahead(trail, part.first) for trail, part in zip(trails, parts, strict=True)]
    ghosts = [trail.ghost_xy for trail in trails if trail.ghost_xy is not None]
    look = tuple((t.colour, t.focused, t.ghost_xy is None, t.letter, _has_dots(t)) for t in trails)
    data = [(trail.xy, part) for trail, part in zip(trails, parts, strict=True)]
    if any(part.length for part in parts) or any(map(len, (*ahead, *ghosts))):
        kept = kept_images(look, data, viewport, scale, (*ahead, *ghosts))
        draw = partial(_draw, viewport=viewport, trails=trails, ahead=ahead, past=begun)
        painter.drawImage(QPointF(0, 0), kept.grown("lines", draw, _pieces(viewport, trails, data)))
    _draw_pasts(painter, viewport, trails, [xy[max(0, part.length - 1) :] for xy, part in data])


def _pieces(
    viewport: Viewport, trails: Sequence[Trail], data: Sequence[tuple[Floats, Stable]]
) -> Sequence[Callable[[QPainter], None]]:
    """What paints each piece of the trails that grow."""
    growing = [(trail, xy, part.pieces) for trail, (xy, part) in zip(trails, data, strict=True) if part.ends]
    count = max((len(pieces) for _, _, pieces in growing), default=0)
    who = [trail for trail, _, _ in growing]
    paths = [[xy[pieces[i]] for _, xy, pieces in growing] for i in range(count)]
    return [partial(_draw_pasts, viewport=viewport, trails=who, paths=path) for path in paths]


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
    return len(trail.xy) <= MOST_DOTS and not trail.letter


def _draw(
    painter: QPainter, viewport: Viewport, trails: Sequence[Trail], ahead: Sequence[Floats], past: Sequence[Floats]
) -> None:
    colours = theme.current()
    for trail in trails:
        if trail.ghost_xy is not None:
            _stroke(
                painter, viewport, _thin(trail.ghost_xy, viewport), [(colours.color("muted"), GHOST_LINE)], dashed=True
            )
    for trail, path in zip(trails, ahead, strict=True):
        if len(path):
            _stroke(painter, viewport, _thin(path, viewport), [(colours.faint(trail.colour), LINE)])
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
    whole = lies_in(pixels, _bounds(viewport))
    stop = 0
    for trail, part in zip(trails, paths, strict=True):
        start, stop = stop, stop + len(part)
        _draw_past(painter, viewport, trail, pixels[start:stop], whole)


def _draw_past(painter: QPainter, viewport: Viewport, trail: Trail, pixels: Floats, whole: bool) -> None:
    """Casing, line and, while they are few, dots; `whole`: nothing is to be cut from it."""
    colours = theme.current()
    width = FOCUSED_LINE if trail.focused else LINE
    if trail.letter:
        if len(pixels) < 2:
            return
        line = pixels[thinned(pixels, _CELL)] if len(pixels) > _FEW else pixels
        _stroke(painter, viewport, line, [(colours.line(trail.colour), GHOST_LINE)], dashed=True, whole=whole)
        return
    if len(pixels) > 1:
        strokes = [(colours.color("casing"), width + CASING_WIDER), (colours.line(trail.colour), width)]
        line = pixels[thinned(pixels, _CELL)] if len(pixels) > _FEW else pixels
        _stroke(painter, viewport, line, strokes, whole=whole)
    if _has_dots(trail) and len(pixels):
        _draw_dots(painter, viewport, pixels, colours.line(trail.colour))


def _stroke(
    painter: QPainter,
    viewport: Viewport,
    pixels: Floats,
    strokes: Sequence[tuple[QColor, float]],
    dashed: bool = False,
    whole: bool = False,
) -> None:
    """Stroke a thinned path in these colours and widths; one that shakes is thin and not antialiased."""
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    fine = smooth and not is_rough(pixels)
    cut = fine and not dashed
    lines = pieces(pixels, cut) if whole else seen_pieces(pixels, _bounds(viewport), cut)
    join = Qt.PenJoinStyle.RoundJoin if fine else Qt.PenJoinStyle.BevelJoin
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, fine)
    for colour, width in strokes:
        width = width if fine or not smooth else min(width, LINE)
        painter.setPen(line_pen(colour.rgba(), width, _GHOST_DASH if dashed else (), join))
        for line in lines:
            painter.drawPolyline(line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)


def _bounds(viewport: Viewport) -> QRectF:
    """What a line must lie in to be seen, its width included."""
    edge = FOCUSED_LINE + CASING_WIDER
    return viewport.rect.adjusted(-edge, -edge, edge, edge)


def _draw_dots(painter: QPainter, viewport: Viewport, pixels: Floats, colour: QColor) -> None:
    dots = pixels[thinned(pixels, _DOT_CELL)] if len(pixels) > _FEW_DOTS else pixels
    with np.errstate(invalid="ignore"):
        seen = (dots >= 0).all(axis=1) & (dots <= [viewport.width, viewport.height]).all(axis=1)
    smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(polygon(dots[seen]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
