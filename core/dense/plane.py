"""What a net makes of the plane: its field, the line of one unit, and two gates for a unit with one input.

    line      w·x + b = 0: the points at −b/|w| from the origin, along w
    middle    of σ(w·x + b) over one number x: −b/w, where it is 0.5
    gates     below 0.05 at x = 2 and above 0.95 at x = 4

Without a bias the line passes through the origin and the middle is 0, whatever w is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from core.dense.algorithm import State
from core.dense.nets import NetName, named
from core.dense.settings import Params
from core.nn.activations import sigmoid
from core.nn.training import Net
from core.run.topic import NOTHING
from core.run.values import Floats, kept, locked

_BLOCK = 2000  # points at once: what the layers make of them stays near the processor, which is three times as fast


def scores_at(net: Net, weights: Floats, x: Floats) -> Floats:
    """Return z (m, units) of the last layer for some points (m, features)."""
    forward = net.bare[0].forward
    with np.errstate(all="ignore"):
        blocks = [forward(weights, x[i : i + _BLOCK]).outputs[-1] for i in range(0, len(x), _BLOCK)]
    return np.concatenate(blocks)


def field(net: Net, weights: Floats, xs: Floats, ys: Floats) -> Floats:
    """Return z (rows, columns, units) over a grid of the plane: a row for each of ys, a column for each of xs.

    The net must have two features. The grid of the same xs and ys is kept.
    """
    return scores_at(net, weights, _grid(xs, ys)).reshape(len(ys), len(xs), -1)


def fields_of_units(net: Net, weights: Floats, xs: Floats, ys: Floats) -> tuple[Floats, ...]:
    """Return what every unit gives over a grid of the plane, (rows, columns, units) for each layer; see `field`."""
    with np.errstate(all="ignore"):
        outputs = net.stack.forward(weights, _grid(xs, ys)).outputs
    return tuple(given.reshape(len(ys), len(xs), -1) for given in outputs)


@kept(4)
def _grid(xs: Floats, ys: Floats) -> Floats:
    return locked(np.column_stack([np.tile(xs, len(ys)), np.repeat(ys, len(xs))]))


@dataclass(frozen=True)
class Line:
    """The points of the plane where w·x + b = 0."""

    w: tuple[float, float]
    b: float

    @property
    def distance(self) -> float:
        """How far along w the line lies from the origin, −b/|w|: below 0 on the other side; nan where w is 0."""
        length = math.hypot(*self.w)
        return -self.b / length if length else NOTHING

    @property
    def foot(self) -> tuple[float, float]:
        """The point of the line that is nearest to the origin; nan where w is 0."""
        length, away = math.hypot(*self.w), self.distance
        return (away * (self.w[0] / length), away * (self.w[1] / length)) if length else (NOTHING, NOTHING)

    def within(self, low: tuple[float, float], high: tuple[float, float]) -> tuple[Floats, Floats] | None:
        """Return both ends (2,) of the piece of the line in a rectangle between two corners, or None.

        Liang & Barsky (1984): the line foot + s·d is cut by one side after the other.
        """
        if not math.isfinite(self.distance):
            return None
        foot, (u, v) = np.array(self.foot), self.w
        d = np.array([-v, u]) / math.hypot(u, v)
        begin, end = -math.inf, math.inf
        for at, way, least, most in zip(foot.tolist(), d.tolist(), low, high, strict=True):
            if not way:
                if not least <= at <= most:
                    return None
                continue
            one, other = sorted(((least - at) / way, (most - at) / way))
            begin, end = max(begin, one), min(end, other)
        return (foot + begin * d, foot + end * d) if begin < end else None

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """Return the w, as long as before, with which the line goes through (x, y) while b stays.

        Of the two there are, the one nearer to the old; where (x, y) is nearer to the origin than the line can come,
        the w that brings it nearest.
        """
        length, away = math.hypot(*self.w), math.hypot(x, y)
        if not (length and away):
            return self.w
        between = math.acos(max(-1.0, min(1.0, self.distance / away)))
        ways = (math.atan2(y, x) + side * between for side in (1.0, -1.0))
        both = ((length * math.cos(way), length * math.sin(way)) for way in ways)
        return max(both, key=lambda w: w[0] * self.w[0] + w[1] * self.w[1])

    def shifted(self, x: float, y: float) -> float:
        """Return the b with which the line goes through (x, y) while w stays."""
        return -(self.w[0] * x + self.w[1] * y)


def has_lines(params: Params) -> bool:
    """Tell whether the unit has one straight line, which can be taken hold of."""
    return not params.hidden and params.units == 1


def has_curve(params: Params) -> bool:
    """Tell whether there is one sigmoid unit right behind the points: σ over the places along w."""
    return has_lines(params) and params.activation == "sigmoid"


def slope_and_bias(state: State, net: NetName, params: Params) -> tuple[float, float]:
    """Return what z is along w: |w|·s + b at the place s; with one input w itself."""
    return _slope_and_bias(getattr(state, net).weights, net, params)


@kept(8)
def _slope_and_bias(weights: Floats, net: NetName, params: Params) -> tuple[float, float]:
    own = named(weights, net, params)
    w = own["W"][:, 0]
    length = float(w[0]) if len(w) == 1 else float(np.linalg.norm(w))
    return length, float(own["b"][0]) if "b" in own else 0.0


def middle(w: float, b: float) -> float:
    """Return where σ(w·x + b) is 0.5: −b/w, nan where w is 0."""
    return -b / w if w else NOTHING


def weight_through(x: float, p: float, b: float) -> float:
    """Return the w with which σ(w·x + b) is p, strictly between 0 and 1, at a place other than 0 while b stays."""
    return (math.log(p / (1.0 - p)) - b) / x


@dataclass(frozen=True)
class Gate:
    """A place x that a curve must pass below or above a level."""

    x: float
    level: float
    is_below: bool

    def value(self, w: float, b: float) -> float:
        """Return σ(w·x + b) at the gate."""
        return float(sigmoid(np.array(w * self.x + b)))

    def lets(self, value: float) -> bool:
        """Tell whether a value passes."""
        return value < self.level if self.is_below else value > self.level


GATES = (Gate(2.0, 0.05, is_below=True), Gate(4.0, 0.95, is_below=False))


def passes(w: float, b: float) -> bool:
    """Tell whether σ(w·x + b) goes through both gates."""
    return all(gate.lets(gate.value(w, b)) for gate in GATES)
