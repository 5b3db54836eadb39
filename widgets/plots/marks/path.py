"""A line through the plane, such as the border between two classes: straight or not, in one piece or in several."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import pairwise
from math import nan

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.letters import dashes, paint_letter_mark
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity
from widgets.plots.marks.arrows_and_dots import XY, distance_to_segment
from widgets.plots.marks.labels import Label, is_place, label_beside
from widgets.plots.marks.mark import Hit, Mark
from widgets.plots.polyline import line_pen, runs, seen_pieces
from widgets.plots.viewport import Viewport

_LINE, _FAINT_LINE, _LIT_LINE, _BESIDE_LINE = 2.5, 1.0, 4.0, 1.75  # px
_CASING = 2.5  # px more than the line
_DASHES = (4.0, 2.5)
_REACH = 6.0  # px
_APART = 8.0  # px between the places that labels keep off


@dataclass(frozen=True, eq=False)
class Path(ByIdentity, Mark):
    """A line through points `xy` (n, 2), with gaps where they are nan; `colour` a series name, "" the text colour.

    A `faint` one is of another time, and cannot be pointed at. The label stands beside the place `at`; one with a
    letter is of a run beside ours, dashed as its lines are, and that letter stands there.
    """

    focus: Hashable
    xy: Floats
    colour: str = ""
    dashed: bool = False
    faint: bool = False
    label: str = ""
    at: XY = (nan, nan)
    letter: str = ""

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours, is_lit = theme.current(), self.focus == rendering.lit
        line = colours.line_colour("accent_text" if is_lit else self.colour or "text")
        usual = _BESIDE_LINE if self.letter else _LINE
        pattern, width = self._pattern, _LIT_LINE if is_lit else usual
        strokes = [(colours.color("casing"), width + _CASING, ()), (line, width, pattern)]
        if self.faint:
            strokes = [(colours.faint(self.colour or "black"), _FAINT_LINE, pattern)]
        painter.setRenderHint(painter.RenderHint.Antialiasing, rendering.smooth)
        pieces = seen_pieces(self._pixels(viewport), viewport.rect.adjusted(-9, -9, 9, 9), rendering.smooth)
        for colour, wide, dashes_of in strokes if rendering.smooth else strokes[-1:]:  # a moving line needs no casing
            painter.setPen(line_pen(colour.rgba(), wide, dashes_of))
            for piece in pieces:
                painter.drawPolyline(piece)

    def paint_over(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        place = viewport.point(*self.at)
        if self.letter and is_place(place) and viewport.rect.contains(place):
            ink = theme.current().line_colour(self.colour or "text")
            paint_letter_mark(painter, rendering, place, self.letter, ink)

    @property
    def _pattern(self) -> tuple[float, ...]:
        if self.letter:
            return dashes(self.letter, _BESIDE_LINE)
        return _DASHES if self.dashed else ()

    def labels(self, viewport: Viewport) -> list[Label]:
        return label_beside(viewport, viewport.point(*self.at), self.label, self.colour, 1)

    def along(self, viewport: Viewport) -> Floats:
        if self.faint:
            return np.empty((0, 2))
        parts = [_filled(part) for part in runs(self._pixels(viewport)) if len(part) > 1]
        return np.concatenate([np.empty((0, 2)), *parts])

    def nearest(self, at: QPointF, viewport: Viewport) -> Hit | None:
        if self.faint:
            return None
        parts = [part.tolist() for part in runs(self._pixels(viewport))]
        ends = (pair for part in parts for pair in pairwise(part))
        away = min((distance_to_segment(at, QPointF(*a), QPointF(*b)) for a, b in ends), default=_REACH + 1)
        # points win over lines that pass under them
        return Hit(self.focus, away + _REACH) if away <= _REACH else None

    def _pixels(self, viewport: Viewport) -> Floats:
        return viewport.pixels(self.xy[:, 0], self.xy[:, 1])


def _filled(points: Floats) -> Floats:
    """Return places along a polyline that stand close to each other."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    at = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.linspace(0.0, at[-1], min(int(at[-1] / _APART) + 2, 2000))
    return np.column_stack([np.interp(places, at, points[:, axis]) for axis in (0, 1)])
