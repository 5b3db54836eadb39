"""Functions of a unit: what it makes of its sum z, and how steep that is.

    sigmoid     1/(1 + e^−z)                      softplus   log(1 + e^z)
    tanh        (e^z − e^−z)/(e^z + e^−z)         swish      z·σ(z)
    relu        max(0, z)                         gelu       z·Φ(z), Φ the normal distribution
    leaky-relu  z, below zero 0.01·z              linear     z
    elu         z, below zero e^z − 1             softmax    e^z_i / Σ_j e^z_j, over all units of a layer

The slope at a kink is that of its left side. None of them overflows, and softmax stands still when the same number is
added to every z.

Sources: Nair & Hinton (2010) for relu; Maas, Hannun & Ng (2013) leaky-relu; Clevert, Unterthiner & Hochreiter (2016)
eq. 15, elu; Dugas et al. (2001) softplus; Hendrycks & Gimpel (2016) gelu; Ramachandran, Zoph & Le (2017) swish;
Bridle (1990) softmax.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from core.run.values import Floats

Function = Literal["sigmoid", "tanh", "relu", "leaky-relu", "elu", "gelu", "swish", "softplus", "linear"]
Activation = Literal[Function, "softmax"]

FUNCTIONS: tuple[Function, ...] = get_args(Function)
LEAK = 0.01  # slope of leaky-relu below zero


@dataclass(frozen=True)
class Curve:
    """A function of one number: its value at z, and its slope at z where the value y is known already."""

    value: Callable[[Floats], Floats]
    slope: Callable[[Floats, Floats], Floats]


def sigmoid(z: Floats) -> Floats:
    """Return 1/(1 + e^−z) of an array, without overflow and with full precision in both tails."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def softplus(z: Floats) -> Floats:
    """Return log(1 + e^z) = max(z, 0) + log(1 + e^−|z|)."""
    return np.asarray(np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z))))


def elu(z: Floats) -> Floats:
    """Return z above zero and e^z − 1 below."""
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def softmax(z: Floats, axis: int = -1) -> Floats:
    """Return shares that add up to 1 along an axis; the largest z is taken off first, so that no power overflows."""
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def log_softmax(z: Floats, axis: int = -1) -> Floats:
    """Return log softmax(z) = z − log Σ e^z, finite where softmax itself is too small for a number."""
    away = z - z.max(axis=axis, keepdims=True)
    return np.asarray(away - np.log(np.exp(away).sum(axis=axis, keepdims=True)))


# The error function by rational functions: Cody (1969), Rational Chebyshev approximations for the error function,
# in the coefficients of his program CALERF; the highest power first. NumPy has no error function.

_NEAR = (
    (1.85777706184603153e-1, 3.16112374387056560e0, 1.13864154151050156e2, 3.77485237685302021e2,
     3.20937758913846947e3),
    (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3),
)  # fmt: skip
_MIDDLE = (
    (2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594e0, 6.61191906371416295e1,
     2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
     1.23033935479799725e3),
    (1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
     3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3),
)  # fmt: skip
_FAR = (
    (1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
     1.60837851487422766e-2, 6.58749161529837803e-4),
    (1.0, 2.56852019228982242e0, 1.87295284992346725e0, 5.27905102951428412e-1, 6.05183413124413191e-2,
     2.33520497626869185e-3),
)  # fmt: skip
_ROOT_PI = float(np.sqrt(np.pi))
_ROOT_2 = float(np.sqrt(2.0))


def _ratio(powers: tuple[tuple[float, ...], tuple[float, ...]], x: Floats) -> Floats:
    above, below = powers
    return np.asarray(np.polyval(above, x) / np.polyval(below, x))


def erfc(x: Floats) -> Floats:
    """Return 1 − erf(x) = 2/√π · ∫ₓ^∞ e^−t² dt, in any shape and with its leading digits far out too."""
    x = np.asarray(x, dtype=np.float64)
    away = np.minimum(np.abs(x), 30.0)  # beyond, it is 0 or 2 in any case
    made = np.empty_like(away)
    near, far = away <= 0.46875, away > 4.0
    middle = ~(near | far)
    made[near] = 1.0 - away[near] * _ratio(_NEAR, away[near] ** 2)
    made[middle] = np.exp(-(away[middle] ** 2)) * _ratio(_MIDDLE, away[middle])
    y = away[far]
    made[far] = np.exp(-(y**2)) / y * (1.0 / _ROOT_PI - _ratio(_FAR, y**-2) * y**-2)
    return np.where(x < 0, 2.0 - made, made)


def normal(z: Floats) -> Floats:
    """Return Φ(z), the share of a normal distribution below z: erfc(−z/√2)/2."""
    return np.asarray(erfc(-z / _ROOT_2) / 2.0)


def _density(z: Floats) -> Floats:
    return np.asarray(np.exp(-(np.minimum(np.abs(z), 40.0) ** 2) / 2.0) / (_ROOT_2 * _ROOT_PI))


def _slope_of_gelu(z: Floats, y: Floats) -> Floats:
    share = np.divide(y, z, out=np.full_like(z, 0.5), where=np.abs(z) > 1e-300)  # Φ(z) once more
    return np.asarray(share + z * _density(z))


def _slope_of_swish(z: Floats, y: Floats) -> Floats:
    share = sigmoid(z)
    return np.asarray(share + y * (1.0 - share))


CURVES: dict[Function, Curve] = {
    "sigmoid": Curve(sigmoid, lambda _z, y: y * (1.0 - y)),
    "tanh": Curve(np.tanh, lambda _z, y: 1.0 - y * y),
    "relu": Curve(lambda z: np.maximum(z, 0.0), lambda _z, y: (y > 0).astype(np.float64)),
    "leaky-relu": Curve(lambda z: np.maximum(z, LEAK * z), lambda z, _y: np.where(z > 0, 1.0, LEAK)),
    "elu": Curve(elu, lambda z, y: np.where(z > 0, 1.0, y + 1.0)),
    "gelu": Curve(lambda z: z * normal(z), _slope_of_gelu),
    "swish": Curve(lambda z: z * sigmoid(z), _slope_of_swish),
    "softplus": Curve(softplus, lambda z, _y: sigmoid(z)),
    "linear": Curve(lambda z: z, lambda z, _y: np.ones_like(z)),
}


def value(function: Activation | None, z: Floats, axis: int = -1) -> Floats:
    """Return what a layer's function makes of its sums z, in their shape; softmax runs over `axis`."""
    if function == "softmax":
        return softmax(z, axis)
    return CURVES[function or "linear"].value(z)


def steepness(function: Activation | None, z: Floats, y: Floats) -> Floats | None:
    """Return f′(z) in the shape of z, where y = f(z); None for softmax, where every y depends on every z."""
    return None if function == "softmax" else CURVES[function or "linear"].slope(z, y)


def slope(function: Function, z: Floats) -> Floats:
    """Return f′(z) of a curve, in the shape of z."""
    curve = CURVES[function]
    return curve.slope(z, curve.value(z))


def back(function: Activation | None, z: Floats, y: Floats, slope: Floats, axis: int = -1) -> Floats:
    """Return ∂L/∂z from `slope` = ∂L/∂y, where y = f(z).

    Of a curve it is slope · f′(z). In softmax every y depends on every z: y_i·(slope_i − Σ_j slope_j·y_j).
    """
    if function == "softmax":
        return np.asarray(y * (slope - (slope * y).sum(axis=axis, keepdims=True)))
    if function in (None, "linear"):
        return slope
    return slope * CURVES[function].slope(z, y)
