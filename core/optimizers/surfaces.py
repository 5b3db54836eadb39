"""The named surfaces on which optimizers race, with gradients and Hessians written out by hand.

Every function takes plain floats; the values also take arrays. Formulas are those of the topic's list: f(x, y) first,
then (f_x, f_y), then (f_xx, f_xy, f_yy). Sources: Rosenbrock (1960); Beale (1958); Himmelblau (1972); Rastrigin (1974).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np

from core.run.values import LARGEST, Floats

Number = TypeVar("Number", float, Floats)
Point = tuple[float, float]
Curvature = tuple[float, float, float]  # f_xx, f_xy, f_yy


class Loss(Protocol):
    """A function of two numbers that can be descended: a surface, a typed expression, a regression's loss."""

    def value(self, x: Number, y: Number, /) -> Number:
        """Return f at a point, or at every point of two arrays that broadcast."""

    def gradient(self, x: float, y: float, /) -> Point:
        """Return (f_x, f_y)."""

    def hessian(self, x: float, y: float, /) -> Curvature:
        """Return (f_xx, f_xy, f_yy)."""

    @property
    def lowest(self) -> float | None:
        """The value it is known never to fall below; None where nothing is known."""

    @property
    def bound(self) -> float:
        """How large a value or a coordinate may be before a method counts as diverged."""

    @property
    def unit(self) -> float:
        """A power of ten of the size of its slopes, beside which a slope is called level."""


@dataclass(frozen=True)
class Surface:
    """A function f(x, y) and what a picture of it needs. Far outside, where numbers overflow, inf or nan comes out."""

    start: Point  # where a race begins unless the learner says otherwise
    rectangle: tuple[float, float, float, float]  # x0, x1, y0, y1 worth seeing
    minima: tuple[Point, ...]  # deepest first; of rastrigin's lattice of minima the global one only
    f: Callable[[Any, Any], Any]
    f_gradient: Callable[[float, float], Point]
    f_hessian: Callable[[float, float], Curvature]
    bound: ClassVar[float] = LARGEST
    unit: ClassVar[float] = 1.0

    @cached_property
    def lowest(self) -> float:
        """The value at the deepest minimum."""
        return self.value(*self.minima[0])

    def value(self, x: Number, y: Number, /) -> Number:
        """Return f at a point, or at every point of two arrays that broadcast."""
        if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
            with np.errstate(over="ignore", invalid="ignore"):
                return np.asarray(self.f(np.asarray(x, dtype=float), np.asarray(y, dtype=float)))
        try:
            return float(self.f(float(x), float(y)))
        except (OverflowError, ValueError):  # from ** and cos, where arrays give inf and nan
            return float(self.value(np.array(x, dtype=float), np.array(y, dtype=float)))

    def gradient(self, x: float, y: float, /) -> Point:
        """Return (f_x, f_y); nan where they overflow."""
        try:
            return self.f_gradient(float(x), float(y))
        except (OverflowError, ValueError):
            return math.nan, math.nan

    def hessian(self, x: float, y: float, /) -> Curvature:
        """Return (f_xx, f_xy, f_yy); nan where they overflow."""
        try:
            return self.f_hessian(float(x), float(y))
        except (OverflowError, ValueError):
            return math.nan, math.nan, math.nan


def _bowl(x: Number, y: Number) -> Number:
    """x² + y²: round, the easiest of all."""
    return x**2 + y**2


def _bowl_gradient(x: float, y: float) -> Point:
    return 2 * x, 2 * y


def _bowl_hessian(x: float, y: float) -> Curvature:
    return 2.0, 0.0, 2.0


def _ravine(x: Number, y: Number) -> Number:
    """0.5x² + 10y²: twenty times steeper across than along."""
    return 0.5 * x**2 + 10 * y**2


def _ravine_gradient(x: float, y: float) -> Point:
    return x, 20 * y


def _ravine_hessian(x: float, y: float) -> Curvature:
    return 1.0, 0.0, 20.0


def _saddle(x: Number, y: Number) -> Number:
    """x² − y² + y⁴/4: up along x, down along y, until two minima at y = ±√2 catch the fall."""
    return x**2 - y**2 + y**4 / 4


def _saddle_gradient(x: float, y: float) -> Point:
    return 2 * x, -2 * y + y**3


def _saddle_hessian(x: float, y: float) -> Curvature:
    """Return the saddle's curvature; its f_yy is negative for |y| < √(2/3)."""
    return 2.0, 0.0, -2 + 3 * y**2


def _two_basins(x: Number, y: Number) -> Number:
    """x⁴/4 − x² + 0.3x + y²: a deep basin at negative x, a shallow one at positive x."""
    return x**4 / 4 - x**2 + 0.3 * x + y**2


def _two_basins_gradient(x: float, y: float) -> Point:
    return x**3 - 2 * x + 0.3, 2 * y


def _two_basins_hessian(x: float, y: float) -> Curvature:
    return 3 * x**2 - 2, 0.0, 2.0


def _rosenbrock(x: Number, y: Number) -> Number:
    """(1 − x)² + 100(y − x²)²: a curved valley, easy to find and hard to follow."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _rosenbrock_gradient(x: float, y: float) -> Point:
    return -2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)


def _rosenbrock_hessian(x: float, y: float) -> Curvature:
    return 2 - 400 * (y - 3 * x**2), -400 * x, 200.0


def _beale(x: Number, y: Number) -> Number:
    """(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²: flat in the middle, steep at the corners."""
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def _beale_residuals(x: float, y: float) -> tuple[float, float, float]:
    return 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3


def _beale_gradient(x: float, y: float) -> Point:
    """Return (f_x, f_y): twice the sum of each residual times its derivative."""
    r1, r2, r3 = _beale_residuals(x, y)
    fx = 2 * (r1 * (y - 1) + r2 * (y**2 - 1) + r3 * (y**3 - 1))
    fy = 2 * x * (r1 + r2 * 2 * y + r3 * 3 * y**2)
    return fx, fy


def _beale_hessian(x: float, y: float) -> Curvature:
    """Return Beale's curvature: products of the residuals' slopes, plus residuals times their own curvature."""
    r1, r2, r3 = _beale_residuals(x, y)
    fxx = 2 * ((y - 1) ** 2 + (y**2 - 1) ** 2 + (y**3 - 1) ** 2)
    fxy = 2 * (r1 + r2 * 2 * y + r3 * 3 * y**2) + 2 * x * ((y - 1) + (y**2 - 1) * 2 * y + (y**3 - 1) * 3 * y**2)
    fyy = 2 * x * (r2 * 2 + r3 * 6 * y) + 2 * x**2 * (1 + (2 * y) ** 2 + (3 * y**2) ** 2)
    return fxx, fxy, fyy


def _himmelblau(x: Number, y: Number) -> Number:
    """(x² + y − 11)² + (x + y² − 7)²: four minima, all of value 0."""
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def _himmelblau_gradient(x: float, y: float) -> Point:
    a, b = x**2 + y - 11, x + y**2 - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def _himmelblau_hessian(x: float, y: float) -> Curvature:
    return 12 * x**2 + 4 * y - 42, 4 * x + 4 * y, 4 * x + 12 * y**2 - 26


def _rastrigin(x: Number, y: Number) -> Number:
    """20 + x² + y² − 10(cos 2πx + cos 2πy): a bowl with a minimum near every whole number."""
    return 20 + x**2 + y**2 - 10 * (_cos(math.tau * x) + _cos(math.tau * y))


def _cos(a: Number) -> Number:
    return math.cos(a) if type(a) is float else np.cos(a)


def _rastrigin_gradient(x: float, y: float) -> Point:
    return 2 * x + 20 * math.pi * math.sin(math.tau * x), 2 * y + 20 * math.pi * math.sin(math.tau * y)


def _rastrigin_hessian(x: float, y: float) -> Curvature:
    return 2 + 40 * math.pi**2 * math.cos(math.tau * x), 0.0, 2 + 40 * math.pi**2 * math.cos(math.tau * y)


SURFACES = {
    "bowl": Surface((-4.0, 3.0), (-5.0, 5.0, -5.0, 5.0), ((0.0, 0.0),), _bowl, _bowl_gradient, _bowl_hessian),
    "ravine": Surface((-4.0, 2.0), (-4.8, 2.4, -3.6, 3.6), ((0.0, 0.0),), _ravine, _ravine_gradient, _ravine_hessian),
    "saddle": Surface(
        (-2.0, 0.001), (-2.5, 2.5, -2.5, 2.5), ((0.0, math.sqrt(2)), (0.0, -math.sqrt(2))),
        _saddle, _saddle_gradient, _saddle_hessian,
    ),
    "two-basins": Surface(
        (2.2, 1.5), (-2.5, 2.5, -2.0, 2.0), ((-1.4839678931977263, 0.0), (1.3322207371911865, 0.0)),
        _two_basins, _two_basins_gradient, _two_basins_hessian,
    ),
    "rosenbrock": Surface(
        (-1.2, 1.0), (-2.0, 2.0, -1.0, 3.0), ((1.0, 1.0),), _rosenbrock, _rosenbrock_gradient, _rosenbrock_hessian
    ),
    "beale": Surface((1.0, 1.5), (-4.5, 4.5, -4.5, 4.5), ((3.0, 0.5),), _beale, _beale_gradient, _beale_hessian),
    "himmelblau": Surface(
        (-4.6, 0.4), (-5.0, 5.0, -5.0, 5.0),
        ((3.0, 2.0), (-2.805118086952745, 3.131312518250573), (-3.779310253377747, -3.2831859912861696),
         (3.5844283403304917, -1.8481265269644036)),
        _himmelblau, _himmelblau_gradient, _himmelblau_hessian,
    ),
    "rastrigin": Surface(
        (-3.3, 2.4), (-5.12, 5.12, -5.12, 5.12), ((0.0, 0.0),), _rastrigin, _rastrigin_gradient, _rastrigin_hessian
    ),
}  # fmt: skip
