"""Curve and rug: a function and its slope, where it is flat, and below them where the chosen unit's inputs lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from core.activations.explained import Chosen
from core.activations.inside import inside, is_flat
from core.activations.settings import Function, Params, data_of
from core.nn import activations
from core.run.explanation import Focus
from core.run.values import Floats, locked
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.topics.activations.reach import reach_of
from playground.topics.activations.shown import CLASSES, COLOURS, chosen_in, drawable, net_shown
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot, Segment
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points, Targets
from widgets.plots.marks.zones import PlacedText, Zone
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

_PLACES = 241
_ON_RUG = 60  # places along a rug that labels keep off
_LEFT, _RIGHT = -6.0, 6.0  # of the axis at least; it grows to hold the rug
_ROOM = 0.04  # of the axis, beyond the rug
_JUMP = 0.5
_APART = 0.09  # of the height, between the two rows of a rug
_WORDS = 0.15  # of the height, from the upper row of a rug to the words over it
_FOOT = 0.1  # of the height, below the lowest row
_HEAD, _HANDLE = 0.24, 0.12  # of the height, above the curve: the end of the axis, and the handle of x
_TICK = 4.0  # px
_FIRST, _ROW = (
    0.26,
    0.38,
)  # of the height that the curve has: how deep below it the first rug lies, and each further one
_LEVELS = (0.5, 0.75, 0.25)  # of the height, at which the name of a zone may stand
_ROUND = (1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 6.0, 8.0)
_OWN = ("start", "now")


@dataclass(frozen=True)
class CurveAndRug(ViewPicture[Params]):
    """The picture of the chosen unit in a view; x is a place on the curve that is pointed out."""

    x: float = 1.0

    @cached_property
    def chosen(self) -> Chosen:
        """The net and the unit."""
        return chosen_in(self.view)

    @cached_property
    def now(self) -> Floats:
        """What comes into the unit for each point, (n,)."""
        return _rug_of(self.view, self.chosen)

    @cached_property
    def start(self) -> Floats:
        """What came into it at the start, (n,)."""
        weights = self.view.timeline.frame(0).state.of(self.chosen.function, self.params).weights
        sums = inside(weights, self.chosen.function, self.params).sums
        return np.asarray(sums[self.chosen.layer][:, self.chosen.unit])

    @cached_property
    def span(self) -> tuple[float, float]:
        """Both ends of the axis: it holds the rug as it is, was at first and was on the way, so that it grows and
        seldom shrinks; it ends at round numbers to stand still.
        """
        views = (self.view, *self.beside)
        found = (made(view, self.chosen) for view in views for made in (_rug_of, reach_of))
        rugs = drawable(np.concatenate([self.start, *found]))
        return -_round_above(-float(rugs.min()), -_LEFT), _round_above(float(rugs.max()), _RIGHT)

    @property
    def places(self) -> Floats:
        """The x of the curve, (places,)."""
        return _both_curves(self.chosen.function, self.span)[0]

    @property
    def height(self) -> tuple[float, float]:
        """The lowest and the highest value of curve and slope within the axis that is always there."""
        return _height_of(self.chosen.function)

    @property
    def _x(self) -> float:
        return float(np.clip(self.x, *self.span))

    @property
    def subtitle(self) -> str:
        """Which unit it is."""
        place = {"layer": self.chosen.layer + 1, "unit": self.chosen.unit + 1}
        return self.texts.get("panels", "unit_of").format(**place)

    @property
    def counts(self) -> tuple[int, int]:
        """For how many points the function has a slope at the start and now."""
        start, now = (int((~is_flat(self.chosen.function, z)).sum()) for z in (self.start, self.now))
        return start, now

    def draw(self, plot: Plot) -> None:
        """Show the picture."""
        low, high = self.height
        deep = low - (self._rows[-1][2] + _APART + _FOOT) * (high - low)
        plot.set_names("z", "")
        plot.number_left_from(low)
        plot.set_range(*self.span, deep, high + _HEAD * (high - low))
        plot.set_marks(self.marks())
        plot.setAccessibleDescription(self._told())

    def marks(self) -> list[Mark]:
        """All that is shown, the lowest first."""
        own = self._curves()
        curves = [*self._zones(), Curves(own), *(KeptOff(curve.x, curve.y) for curve in own), *self._at_x()]
        return [*curves, *self._rugs(), *self._said_of_rugs(), *self._in_hand()]

    def _told(self) -> str:
        start, now = self.counts
        values = {"n": numbers.count(len(self.now)), "start": numbers.count(start), "now": numbers.count(now)}
        return self.texts.get("panels", "with_slope").format(**values)

    def _zones(self) -> Iterator[Zone]:
        """Where the function is flat: dead where it has no slope at all, else saturated."""
        low, high = self.height
        for first, last, key in _flat_parts(self.chosen.function, self.span):
            name = self.texts.get("panels", key)
            longer = max((first, min(self._x, last)), (max(self._x, first), last), key=lambda part: part[1] - part[0])
            middle = float(sum(longer)) / 2  # off the line at x
            yield Zone(first, last, low, high, name, self._clear_level(middle), middle)

    def _clear_level(self, x: float) -> float:
        """Return the share of the height at which words at a place are farthest from f and f′."""
        low, high = self.height
        lines = [(_at(kind, self.chosen.function, x) - low) / (high - low) for kind in ("value", "slope")]
        return max(_LEVELS, key=lambda level: min(abs(level - line) for line in lines))

    def _curves(self) -> tuple[Curve, ...]:
        function = self.chosen.function
        x, values, slopes = _both_curves(function, self.span)
        return (
            Curve(Focus(function), "", x, values, COLOURS[function], focused=True),
            Curve(Focus("slope"), "", x, slopes, "orange", dashed=True),
        )

    def _at_x(self) -> Iterator[Mark]:
        """The place that is pointed out, with f and f′ there."""
        x = self._x
        value, slope = (_at(kind, self.chosen.function, x) for kind in ("value", "slope"))
        low, high = self.height
        high += _HANDLE * (high - low)
        yield Segment(Focus("x"), (x, low), (x, high), "accent_text")
        yield KeptOff(np.full(_PLACES, x), np.linspace(low, high, _PLACES))
        colour = COLOURS[self.chosen.function]
        yield Dot(Focus("value"), (x, value), "circle", f"f = {numbers.significant(value, 3)}", colour, size=8.0)
        yield Dot(Focus("slope"), (x, slope), "circle", f"f′ = {numbers.significant(slope, 3)}", "orange", size=8.0)
        label = f"x = {numbers.significant(x, 3)}"
        yield Dot(Focus("x"), (x, high), "ring", label, "accent_text", draggable=True, size=13.0, goes="x", said="x")

    @cached_property
    def beside(self) -> tuple[View, ...]:
        """The runs beside that have the same unit."""
        return tuple(view for view in map(self.view.of, self.view.beside) if _has(view, self.chosen))

    @cached_property
    def _rows(self) -> tuple[tuple[str, Floats, float, NDArray[Any]], ...]:
        """Every rug: its name, its inputs, how deep below the curve it lies as a share of its height, the classes.

        That of the start gives way to those of the runs beside.
        """
        own = data_of(self.params).t
        start = [] if self.beside else [("start", self.start, own)]
        beside = ((run.letter, _rug_of(run, self.chosen), data_of(run.params).t) for run in self.beside)
        rugs = (*start, ("now", self.now, own), *beside)
        return tuple((name, z, _FIRST + _ROW * place, t) for place, (name, z, t) in enumerate(rugs))

    def _said_of_rugs(self) -> Iterator[PlacedText]:
        """Over each rug for how many points the function has a slope there."""
        low, high = self.height
        for name, z, share, _ in self._rows:
            count = int((~is_flat(self.chosen.function, z)).sum())
            letter = self.view.letter if name == "now" and self.view.beside else "" if name in _OWN else name
            said = self.texts.get("panels", f"rug_{name if name in _OWN else 'now'}").format(count=numbers.count(count))
            at = self.span[0], low - (share - _WORDS) * (high - low)
            is_dead = name != "start" and not count
            yield PlacedText(at, f"{letter} {said}{' ✗' * is_dead}".strip(), "error" if is_dead else "text")

    def _rugs(self) -> Iterator[Mark]:
        """The inputs at the start, faint, and now: class 1 in the upper row of each, class 0 in the lower."""
        low, high = self.height
        for name, z, share, targets in self._rows:
            level = low - (share + np.where(targets == 1, 0.0, _APART)) * (high - low)
            for row in (share, share + _APART):
                ends = float(z.min()), float(z.max())
                yield KeptOff(np.linspace(*ends, _ON_RUG), np.full(_ON_RUG, low - row * (high - low)))
            xy = locked(np.column_stack([z, level]))
            for target, (colour, _) in enumerate(CLASSES):
                own = locked(xy[targets == target])
                yield Points(f"{name} {target}", own, colour, "circle", _TICK, faint=name == "start")
            if name == "now":
                yield Targets(xy, lambda i: Focus("point", (i,)))

    def _in_hand(self) -> Iterator[Around]:
        """A ring around the tick of the point that is chosen or pointed at."""
        if (self.view.pointed or self.view.focus) is None:
            return
        low, high = self.height
        at = self.chosen.point
        is_one = data_of(self.params).t[at] == 1
        depth = next(depth for name, _, depth, _ in self._rows if name == "now")
        y = low - (depth + (0.0 if is_one else _APART)) * (high - low)
        yield Around(Focus("told"), (float(self.now[at]), y), "ring", "", "accent_text")


@lru_cache(maxsize=16)
def _both_curves(function: Function, span: tuple[float, float]) -> tuple[Floats, Floats, Floats]:
    """Return x, f and f′ between two places, (places,) each: while the axis stands still they stay."""
    x = np.linspace(*span, _PLACES)
    values, slopes = (getattr(activations, kind)(function, x) for kind in ("value", "slope"))
    slopes[np.flatnonzero(np.abs(np.diff(slopes)) > _JUMP)] = np.nan  # at a kink it jumps
    return locked(x), locked(values), locked(slopes)


@lru_cache(maxsize=16)
def _height_of(function: Function) -> tuple[float, float]:
    x = np.linspace(_LEFT, _RIGHT, _PLACES)
    both = np.concatenate([getattr(activations, kind)(function, x) for kind in ("value", "slope")])
    return float(both.min()), min(float(both.max()), 3.0)


@lru_cache(maxsize=16)
def _flat_parts(function: Function, span: tuple[float, float]) -> list[tuple[float, float, str]]:
    """Return both ends of each part where a function is flat, and what such a part is called."""
    x = _both_curves(function, span)[0]
    flat = np.concatenate([[False], is_flat(function, x), [False]])
    ends = np.flatnonzero(np.diff(flat.astype(int))).reshape(-1, 2)
    parts = [(float(x[a]), float(x[b - 1])) for a, b in ends.tolist()]
    slopes = (activations.slope(function, np.linspace(*part, 9)) for part in parts)
    return [(*part, "saturated" if slope.any() else "dead_zone") for part, slope in zip(parts, slopes, strict=True)]


class Around(Dot):
    """A ring around something that is pointed at, as what lies beside it is: it takes no place of its own."""

    def nearest(self, at: QPointF, viewport: Viewport) -> None:
        return None


@dataclass(frozen=True, eq=False)
class KeptOff(Mark):
    """A line, or a row of ticks, drawn by another mark, that no label should cover."""

    x: Floats
    y: Floats

    def along(self, viewport: Viewport) -> Floats:
        return viewport.pixels(self.x, self.y)


def _at(kind: str, function: Function, x: float) -> float:
    """Return f or its slope at a place."""
    return float(getattr(activations, kind)(function, np.array([x]))[0])


def _rug_of(view: View, chosen: Chosen) -> Floats:
    return np.asarray(net_shown(view, chosen.function).sums[chosen.layer][:, chosen.unit])


def _has(view: View, chosen: Chosen) -> bool:
    """Tell whether a run has the unit that is told of."""
    params: Params = view.params
    return chosen.function in params.functions and chosen.layer < params.layers and chosen.unit < params.units


def _round_above(value: float, least: float) -> float:
    """Return a round number at or above a value with some room, and no less than another."""
    room = value * (1 + _ROOM)
    if room <= least:
        return least
    return next(n * 10.0**k for k in range(13) for n in _ROUND if n * 10.0**k >= room)
