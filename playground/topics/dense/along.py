"""Along w: the points by their place on it, σ of both nets over that, their middles, and the two gates to pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.dense.nets import NetName, named
from core.dense.plane import GATES, Gate, has_curve, middle, slope_and_bias, weight_through
from core.dense.settings import Params, data_of
from core.nn import activations
from core.run.explanation import Focus
from core.run.values import Floats, kept, locked
from playground.playback.picture import ViewPicture
from playground.topics.dense.fields import CLASSES, COLOURS
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.captions import Off
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points
from widgets.plots.marks.posts import Post
from widgets.plots.plot import Plot

_PLACES = 121
_CLOSE = 4  # times as many, which nothing written should cover
_RUG = 0.06  # beyond 0 and 1, where the points of both classes stand
_TICK = 6.0  # px
_STEEP = 2.2  # z of the handle that makes the curve steeper: p is 0.9 there
_INSET = 0.04  # of the axis, between its ends and that handle
_LOWEST_P = 0.02  # through which the curve is led, and the highest is as far from 1
_LEFT, _RIGHT = -1.0, 6.0  # of the axis at least: 0 and both gates are always seen


def made_long(length: float, state: Any, params: Params) -> Floats:
    """Return the W (features, 1) of the net with bias in the direction it has, of another length.

    One that is 0 points along the first input.
    """
    w: Floats = named(state.with_bias.weights, "with_bias", params)["W"]
    own = float(np.linalg.norm(w))
    return w * (length / own) if own else length * np.eye(*w.shape)


def led_through(handle: Focus, x: float, p: float, state: Any, params: Params) -> tuple[str, Floats] | None:
    """Return which array of the net with bias becomes what, so that its curve goes through (x, p).

    The middle is moved by b, all else by w, whose direction stays; at x = 0 no w can do anything.
    """
    w, b = slope_and_bias(state, "with_bias", params)
    if handle == Focus("middle with_bias"):
        return "b", np.array([-w * x])
    if handle != Focus("steep") or not (x and w):
        return None
    longer = weight_through(x, min(max(p, _LOWEST_P), 1 - _LOWEST_P), b) / w
    is_one = data_of(params).x.shape[1] == 1
    return ("W", named(state.with_bias.weights, "with_bias", params)["W"] * longer) if longer > 0 or is_one else None


@dataclass(frozen=True)
class Along(ViewPicture[Params]):
    """What the picture of one view is made of."""

    @cached_property
    def places(self) -> Floats:
        """Where each point lies along w, (n,)."""
        return _places(data_of(self.params).x, self.view.state.with_bias.weights, len(data_of(self.params).x[0]))

    @property
    def span(self) -> tuple[float, float]:
        """The ends of the axis: they change only where w comes to point away from the points."""
        return _span(data_of(self.params).x, bool(self.places.sum() < 0))

    def draw(self, plot: Plot) -> None:
        """Show the view."""
        low, high = self.span
        is_one = data_of(self.params).x.shape[1] == 1
        along = self.view.columns("points", ("x",))[0] if is_one else self.texts.get("panels", "along_axis")
        plot.set_names(along, "p")
        plot.set_range(low, high, -2 * _RUG, 1 + 2 * _RUG)
        plot.set_marks(self.marks(low, high))
        plot.setAccessibleDescription("; ".join(self._at_gate(gate) for gate in GATES))

    def marks(self, low: float, high: float) -> list[Mark]:
        """All that is shown, the lowest first."""
        if not has_curve(self.params):
            return []
        curves = (
            [] if self.view.covered else [*self._compared(low, high), *(self._curve(n, low, high) for n in COLOURS)]
        )
        off = [_off(curve) for curve in curves if self.view.beat]  # while it plays words stay where they are
        return [*self._posts(), Curves(tuple(curves)), *off, *self._rug(), *self._dots()]

    def _curve(self, net: NetName, low: float, high: float) -> Curve:
        w, b = slope_and_bias(self.view.state, net, self.params)
        x = np.linspace(low, high, _PLACES)
        is_own = net == "with_bias"
        letter = self.view.letter if is_own and self.view.beside else ""
        return Curve(Focus(net), letter, x, activations.sigmoid(w * x + b), COLOURS[net], dashed=not is_own,
                     focused=is_own, letter=letter)  # fmt: skip

    def _compared(self, low: float, high: float) -> Iterator[Curve]:
        """The curves with bias of the runs it is compared with, where they have one."""
        x = np.linspace(low, high, _PLACES)
        for other in self.view.beside:
            theirs = self.view.of(other)
            if has_curve(theirs.params):
                w, b = slope_and_bias(theirs.state, "with_bias", theirs.params)
                y = activations.sigmoid(w * x + b)
                yield Curve(Focus(other.letter), other.letter, x, y, "black", letter=other.letter, front=False)

    def _rug(self) -> Iterator[Points]:
        """The points of class 0 below, those of class 1 above; without targets all below."""
        data = data_of(self.params)
        if not data.has_targets:
            yield _rug("points", self.places, -_RUG, "black")
            return
        t = data.t.reshape(-1)
        for target, (colour, _) in enumerate(CLASSES):
            yield _rug(f"class {target}", self.places[t == target], 1 + _RUG if target else -_RUG, colour)

    def _posts(self) -> Iterator[Post]:
        """The part of each gate that the curve must not cross, and the value the solid one has there.

        The rules stand still: while the curve moves its values are what counts.
        """
        for gate in GATES:
            end, sign = (1.0, "<") if gate.is_below else (0.0, ">")
            value, is_covered = self._value(gate), self.view.covered
            rule = f"{sign} {gate.level:g}" if self.view.beat or is_covered else ""
            told = (None, "", False) if is_covered else (value, self._at_gate(gate), gate.lets(value))
            yield Post(gate.x, gate.level, end, rule, *told)

    def _dots(self) -> Iterator[Dot]:
        """The middles of both curves, and where the solid one can be made steeper."""
        if self.view.covered:
            return
        bare, (w, b) = (slope_and_bias(self.view.state, net, self.params) for net in ("without_bias", "with_bias"))
        if bare[0]:
            yield Dot(Focus("middle without_bias"), (middle(*bare), 0.5), "ring", "", COLOURS["without_bias"])
        if w:
            yield self._middle((middle(w, b), 0.5), b)
            yield _handle("steep", self._steep(w, b), "w" if self.view.beat else "")  # else nobody takes hold of it

    def _middle(self, at: tuple[float, float], b: float) -> Dot:
        """The middle of the solid curve: where b moves it, or where b is held only a ring that says so."""
        if self.params.train_bias:
            return _handle("middle with_bias", at, "b" if self.view.beat else "")
        held = self.texts.get("panels", "held").format(b=numbers.significant(b, 3)) if self.view.beat else ""
        return Dot(Focus("middle with_bias"), at, "ring", held, COLOURS["with_bias"])

    def _steep(self, w: float, b: float) -> tuple[float, float]:
        """Where the curve is taken to be made steeper: far up on it, or at the end of the axis."""
        low, high = self.span
        x = min(max((_STEEP - b) / w, low + _INSET * (high - low)), high - _INSET * (high - low))
        return x, float(activations.sigmoid(np.array(w * x + b)))

    def _value(self, gate: Gate) -> float:
        return gate.value(*slope_and_bias(self.view.state, "with_bias", self.params))

    def _at_gate(self, gate: Gate) -> str:
        value = self._value(gate)
        return f"{'✓' if gate.lets(value) else '✗'} {numbers.significant(value, 2)}"


def _off(curve: Curve) -> Off:
    """What is written keeps off a curve: close enough that nothing slips in between where it is steep."""
    x = np.linspace(curve.x[0], curve.x[-1], _CLOSE * (_PLACES - 1) + 1)
    return Off(np.column_stack([x, np.interp(x, curve.x, curve.y)]))


def _rug(name: str, places: Floats, level: float, colour: str) -> Points:
    xy = np.column_stack([places, np.full(len(places), level)])
    return Points(name, xy, colour, "circle", _TICK, clear=True)


def _handle(name: str, at: tuple[float, float], label: str) -> Dot:
    return Dot(Focus(name), at, "ring", label, "accent_text", draggable=True, size=13.0)


@kept(8)
def _span(points: Floats, is_reversed: bool) -> tuple[float, float]:
    """Return the ends of the axis: wherever w turns to, most points lie ahead of it, or where it is reversed behind."""
    if points.shape[1] == 1:
        return min(_LEFT, float(points.min())), max(_RIGHT, float(points.max()))
    reach = float(np.linalg.norm(points, axis=1).max())
    return min(_LEFT, -reach if is_reversed else -reach / 3), max(_RIGHT, reach / 3 if is_reversed else reach)


@kept(4)
def _places(points: Floats, weights: Floats, features: int) -> Floats:
    w = weights[:features]
    length = float(np.linalg.norm(w))
    along = w if features == 1 or not length else w / length
    return locked(points @ (np.ones(1) if features == 1 else along))
