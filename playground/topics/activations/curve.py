"""Curve and rug: a function and its slope, where it is flat, and below them where the chosen unit's inputs lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.activations.explained import Chosen
from core.activations.inside import inside, is_flat
from core.activations.settings import Params, data_of
from core.nn import activations
from core.run.explanation import Focus
from core.run.values import Floats, locked
from playground.playback.view import View
from playground.topics.activations.shown import CLASSES, COLOURS, chosen_in, net_shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot, Segment
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.ground import ColourGround
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

_PLACES = 241
_LEFT, _RIGHT = -6.0, 6.0  # of the axis at least; it grows to hold the rug
_ROOM = 0.04  # of the axis, beyond the rug
_JUMP = 0.5
_APART = 0.08  # of the height, between the two rows of a rug
_TICK = 4.0  # px
_RUGS = 0.55  # of the height that the curve has, below it for both rugs


@dataclass(frozen=True)
class CurveAndRug:
    """The picture of the chosen unit in a view; x is a place on the curve that is pointed out."""

    view: View
    texts: Texts
    x: float = 1.0

    @property
    def params(self) -> Params:
        """The parameters in force."""
        params: Params = self.view.params
        return params

    @cached_property
    def chosen(self) -> Chosen:
        """The net and the unit."""
        return chosen_in(self.view)

    @cached_property
    def now(self) -> Floats:
        """What comes into the unit for each point, (n,)."""
        return np.asarray(net_shown(self.view, self.chosen.function).sums[self.chosen.layer][:, self.chosen.unit])

    @cached_property
    def start(self) -> Floats:
        """What came into it at the start, (n,)."""
        weights = self.view.timeline.frame(0).state.of(self.chosen.function, self.params).weights
        sums = inside(weights, self.chosen.function, self.params).sums
        return np.asarray(sums[self.chosen.layer][:, self.chosen.unit])

    @cached_property
    def span(self) -> tuple[float, float]:
        """Both ends of the axis: it holds the rug as it was and as it is."""
        every = np.concatenate([self.now, self.start])
        room = _ROOM * (max(every.max(), _RIGHT) - min(every.min(), _LEFT))
        low, high = float(every.min()), float(every.max())
        return min(_LEFT, low - room), max(_RIGHT, high + room)

    @cached_property
    def places(self) -> Floats:
        """The x of the curve, (places,)."""
        return np.linspace(*self.span, _PLACES)

    @cached_property
    def height(self) -> tuple[float, float]:
        """The lowest and the highest value of curve and slope within the axis that is always there."""
        x = np.linspace(_LEFT, _RIGHT, _PLACES)
        both = np.concatenate([getattr(activations, kind)(self.chosen.function, x) for kind in ("value", "slope")])
        return float(both.min()), min(float(both.max()), 3.0)

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
        deep = low - _RUGS * (high - low)
        plot.set_names("z", "")
        plot.number_left_from(low)
        plot.set_range(*self.span, deep - 0.08 * (high - low), high + 0.08 * (high - low))
        plot.set_marks(self.marks())
        plot.setAccessibleDescription(self._told())

    def marks(self) -> list[Mark]:
        """All that is shown, the lowest first."""
        return [self._zones(), Curves(self._curves()), *self._at_x(), *self._rugs(), *self._said_of_rugs()]

    def _told(self) -> str:
        start, now = self.counts
        values = {"n": numbers.count(len(self.now)), "start": numbers.count(start), "now": numbers.count(now)}
        return self.texts.get("panels", "with_slope").format(**values)

    def _zones(self) -> ColourGround:
        """Where the function is flat, sunken."""
        low, high = self.height
        shares = np.zeros((1, _PLACES, 1))
        shares[0, is_flat(self.chosen.function, self.places)] = np.nan
        home = *self.span, low - (high - low), high + (high - low)
        return ColourGround(locked(shares), home, (COLOURS[self.chosen.function],))

    def _curves(self) -> tuple[Curve, ...]:
        function = self.chosen.function
        values, slopes = (getattr(activations, kind)(function, self.places) for kind in ("value", "slope"))
        slopes[np.flatnonzero(np.abs(np.diff(slopes)) > _JUMP)] = np.nan  # at a kink it jumps
        x = locked(self.places.copy())
        return (
            Curve(Focus(function), "", x, locked(values), COLOURS[function], focused=True),
            Curve(Focus("slope"), "", x, locked(slopes), "orange", dashed=True),
        )

    def _at_x(self) -> Iterator[Mark]:
        """The place that is pointed out, with f and f′ there."""
        x = float(np.clip(self.x, *self.span))
        value, slope = (
            float(getattr(activations, kind)(self.chosen.function, np.array([x]))[0]) for kind in ("value", "slope")
        )
        low, high = self.height
        yield Segment(Focus("x"), (x, low), (x, high), "accent_text")
        colour = COLOURS[self.chosen.function]
        yield Dot(Focus("value"), (x, value), "circle", f"f = {numbers.significant(value, 3)}", colour, size=8.0)
        yield Dot(Focus("slope"), (x, slope), "circle", f"f′ = {numbers.significant(slope, 3)}", "orange", size=8.0)
        label = f"x = {numbers.significant(x, 3)}"
        yield Dot(Focus("x"), (x, high), "ring", label, "accent_text", draggable=True, size=13.0)

    def _rows(self) -> tuple[tuple[str, Floats, float], ...]:
        """Both rugs, and how far below the curve each lies, as a share of its height."""
        return ("start", self.start, 0.16), ("now", self.now, 0.38)

    def _said_of_rugs(self) -> Iterator[Dot]:
        """At the right end of each rug for how many points the function has a slope there."""
        low, high = self.height
        for (name, z, share), count in zip(self._rows(), self.counts, strict=True):
            said = self.texts.get("panels", f"rug_{name}").format(count=numbers.count(count))
            at = float(z.max()), low - (share + _APART / 2) * (high - low)
            is_dead = name == "now" and not count
            label, colour = (f"{said} ✗", "vermillion") if is_dead else (said, "black")
            yield Dot(Focus(name), at, "circle", label, colour, size=1.0)

    def _rugs(self) -> Iterator[Points]:
        """The inputs at the start, faint, and now: class 1 in the upper row of each, class 0 in the lower."""
        low, high = self.height
        targets = data_of(self.params).t
        for name, z, share in self._rows():
            for target, (colour, _) in enumerate(CLASSES):
                own = z[targets == target]
                level = low - (share + (0.0 if target else _APART)) * (high - low)
                xy = locked(np.column_stack([own, np.full(len(own), level)]))
                yield Points(f"{name} {target}", xy, colour, "circle", _TICK, faint=name == "start")
