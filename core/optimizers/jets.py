"""Exact first and second derivatives of a function f(x, y) built from small parts: jets.

A *jet* is the value together with what the derivatives say at one point:

    (f, f_x, f_y, f_xx, f_xy, f_yy)

The sum, product, quotient and chain rules turn the jets of the parts into the jet of the whole: forward differentiation
to second order, exact but for rounding. Where a function is not defined the numbers are nan or inf; nothing is raised.

Source: Griewank & Walther (2008), Evaluating Derivatives, chapters 3 and 13.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.nn.activations import sigmoid
from core.run.values import Floats

Jet = tuple[float, float, float, float, float, float]  # f, f_x, f_y, f_xx, f_xy, f_yy
Scalar = Callable[..., float]


# ---- one-variable functions and their first two derivatives


@dataclass(frozen=True, slots=True)
class Function:
    """A function of one variable for plain floats and for arrays; derivatives take the argument a and the value v."""

    scalar: Scalar
    array: Callable[..., Any]
    first: Scalar
    second: Scalar


def _guarded(function: Scalar, otherwise: Callable[..., Any] = lambda *_: math.nan) -> Scalar:
    """Return the function, saying what `otherwise` says where Python raises; without, that is nan."""

    def call(*arguments: float) -> float:
        try:
            return function(*arguments)
        except (ValueError, ArithmeticError):
            with np.errstate(all="ignore"):
                return float(otherwise(*arguments))

    return call


# what the standard for floats says (inf or nan) where Python raises
_power = _guarded(math.pow, np.power)
_quotient = _guarded(operator.truediv, np.divide)


def _sigmoid(a: float) -> float:
    small = math.exp(-abs(a))
    return (1.0 if a >= 0 else small) / (1.0 + small)


def _slope_of_sigmoid(a: float) -> float:
    return _sigmoid(a) * _sigmoid(-a)  # σ' = σ(1 − σ), without losing digits where σ is nearly 1


_WRITTEN: dict[str, tuple[Scalar, Callable[..., Any], Scalar, Scalar]] = {
    "sin": (math.sin, np.sin, lambda a, v: math.cos(a), lambda a, v: -v),
    "cos": (math.cos, np.cos, lambda a, v: -math.sin(a), lambda a, v: -v),
    "tan": (math.tan, np.tan, lambda a, v: 1 + v * v, lambda a, v: 2 * v * (1 + v * v)),
    "asin": (math.asin, np.arcsin, lambda a, v: (1 - a * a) ** -0.5, lambda a, v: a * (1 - a * a) ** -1.5),
    "acos": (math.acos, np.arccos, lambda a, v: -((1 - a * a) ** -0.5), lambda a, v: -a * (1 - a * a) ** -1.5),
    "atan": (math.atan, np.arctan, lambda a, v: 1 / (1 + a * a), lambda a, v: -2 * a / (1 + a * a) ** 2),
    "sinh": (math.sinh, np.sinh, lambda a, v: math.cosh(a), lambda a, v: v),
    "cosh": (math.cosh, np.cosh, lambda a, v: math.sinh(a), lambda a, v: v),
    "tanh": (math.tanh, np.tanh, lambda a, v: 1 - v * v, lambda a, v: -2 * v * (1 - v * v)),
    "asinh": (math.asinh, np.arcsinh, lambda a, v: (1 + a * a) ** -0.5, lambda a, v: -a * (1 + a * a) ** -1.5),
    "acosh": (math.acosh, np.arccosh, lambda a, v: (a * a - 1) ** -0.5, lambda a, v: -a * (a * a - 1) ** -1.5),
    "atanh": (math.atanh, np.arctanh, lambda a, v: 1 / (1 - a * a), lambda a, v: 2 * a / (1 - a * a) ** 2),
    "exp": (math.exp, np.exp, lambda a, v: v, lambda a, v: v),
    "log": (math.log, np.log, lambda a, v: 1 / a, lambda a, v: -1 / (a * a)),
    "log2": (math.log2, np.log2, lambda a, v: 1 / (a * math.log(2)), lambda a, v: -1 / (a * a * math.log(2))),
    "log10": (math.log10, np.log10, lambda a, v: 1 / (a * math.log(10)), lambda a, v: -1 / (a * a * math.log(10))),
    "sqrt": (math.sqrt, np.sqrt, lambda a, v: 0.5 / v, lambda a, v: -0.25 / (a * v)),
    # abs and relu have a corner at 0; there the derivative is taken to be 0, as autograd libraries do
    "abs": (math.fabs, np.abs, lambda a, v: a / v if a else 0.0, lambda a, v: 0.0),
    "relu": (lambda a: max(a, 0.0), lambda a: np.maximum(a, 0.0), lambda a, v: float(a > 0), lambda a, v: 0.0),
    "sigmoid": (_sigmoid, sigmoid, lambda a, v: _slope_of_sigmoid(a), lambda a, v: _slope_of_sigmoid(a) * (1 - 2 * v)),
    "softplus": (
        lambda a: max(a, 0.0) + math.log1p(math.exp(-abs(a))),
        lambda a: np.logaddexp(0.0, a),
        lambda a, v: _sigmoid(a),
        lambda a, v: _slope_of_sigmoid(a),
    ),
}

FUNCTIONS = {
    name: Function(_guarded(f, array), array, _guarded(first), _guarded(second))
    for name, (f, array, first, second) in _WRITTEN.items()
}
FUNCTIONS["ln"] = FUNCTIONS["log"]


# ---- rules for jets

UNDEFINED: Jet = (math.nan,) * 6


def _chain(v: float, first: float, second: float, inner: Jet) -> Jet:
    """Return the jet of g(f) from g's value and derivatives and the jet of f: g'·f_xx + g''·f_x² and so on."""
    _, x, y, xx, xy, yy = inner
    return (
        v,
        first * x,
        first * y,
        first * xx + second * x * x,
        first * xy + second * x * y,
        first * yy + second * y * y,
    )


def _add(a: Jet, b: Jet) -> Jet:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4], a[5] + b[5]


def _subtract(a: Jet, b: Jet) -> Jet:
    return a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3], a[4] - b[4], a[5] - b[5]


def _multiply(a: Jet, b: Jet) -> Jet:
    f, fx, fy, fxx, fxy, fyy = a
    g, gx, gy, gxx, gxy, gyy = b
    return (
        f * g,
        fx * g + f * gx,
        fy * g + f * gy,
        fxx * g + 2 * fx * gx + f * gxx,
        fxy * g + fx * gy + fy * gx + f * gxy,
        fyy * g + 2 * fy * gy + f * gyy,
    )


def _divide(a: Jet, b: Jet) -> Jet:
    """Return the jet of q = f/g, from f = q·g differentiated once and twice and solved for q's parts."""
    f, fx, fy, fxx, fxy, fyy = a
    g, gx, gy, gxx, gxy, gyy = b
    q, r = _quotient(f, g), _quotient(1.0, g)
    qx, qy = (fx - q * gx) * r, (fy - q * gy) * r
    return (
        q,
        qx,
        qy,
        (fxx - 2 * qx * gx - q * gxx) * r,
        (fxy - qx * gy - qy * gx - q * gxy) * r,
        (fyy - 2 * qy * gy - q * gyy) * r,
    )


def _real_power(a: float, b: float) -> float:
    return _power(a, b) if a >= 0 else math.nan


def _real_powers(a: Floats, b: Floats) -> Floats:
    return np.where(np.less(a, 0), np.nan, np.power(a, b))


def _raise(a: Jet, b: Jet) -> Jet:
    """Return the jet of f**g = exp(g·log f), which has derivatives for positive f only."""
    f, v = a[0], _real_power(a[0], b[0])
    if not f > 0:
        return (v, *UNDEFINED[1:])
    logarithm = _chain(math.log(f), 1 / f, -1 / f / f, a)
    return _chain(v, v, v, _multiply(b, logarithm))


# ---- the tree


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression: its value for floats, for arrays, and its jet; `constant` if it holds no x and no y."""

    value: Callable[[float, float], float]
    array: Callable[[Floats, Floats], Any]
    jet: Callable[[float, float], Jet]
    constant: float | None = None


VARIABLES = {
    "x": Node(lambda x, y: x, lambda x, y: x, lambda x, y: (x, 1.0, 0.0, 0.0, 0.0, 0.0)),
    "y": Node(lambda x, y: y, lambda x, y: y, lambda x, y: (y, 0.0, 1.0, 0.0, 0.0, 0.0)),
}

Operation = tuple[Callable[[float, float], float], Callable[..., Any], Callable[[Jet, Jet], Jet]]
OPERATIONS: dict[str, Operation] = {
    "+": (operator.add, np.add, _add),
    "-": (operator.sub, np.subtract, _subtract),
    "*": (operator.mul, np.multiply, _multiply),
    "/": (_quotient, np.divide, _divide),
    "**": (_real_power, _real_powers, _raise),
}


def constant(value: float) -> Node:
    """Return the node of a number."""
    jet = (value, 0.0, 0.0, 0.0, 0.0, 0.0)
    return Node(lambda x, y: value, lambda x, y: value, lambda x, y: jet, value)


def apply(function: Function, inner: Node) -> Node:
    """Return the node of function(inner); of a constant it is a constant."""
    scalar, array, first, second = function.scalar, function.array, function.first, function.second
    if inner.constant is not None:
        return constant(scalar(inner.constant))
    in_value, in_array, in_jet = inner.value, inner.array, inner.jet

    def jet(x: float, y: float) -> Jet:
        j = in_jet(x, y)
        a = j[0]
        v = scalar(a)
        return UNDEFINED if v != v else _chain(v, first(a, v), second(a, v), j)

    return Node(lambda x, y: scalar(in_value(x, y)), lambda x, y: array(in_array(x, y)), jet)


def combine(symbol: str, left: Node, right: Node) -> Node:
    """Return the node of `left symbol right`; a constant exponent makes a power of one variable, for any base."""
    if symbol == "**" and right.constant is not None:
        return power(left, right.constant)
    scalar, array, jet = OPERATIONS[symbol]
    if left.constant is not None and right.constant is not None:
        return constant(scalar(left.constant, right.constant))
    a_value, a_array, a_jet = left.value, left.array, left.jet
    b_value, b_array, b_jet = right.value, right.array, right.jet
    return Node(
        lambda x, y: scalar(a_value(x, y), b_value(x, y)),
        lambda x, y: array(a_array(x, y), b_array(x, y)),
        lambda x, y: jet(a_jet(x, y), b_jet(x, y)),
    )


def power(base: Node, n: float) -> Node:
    """Return the node of base ** n for a constant n."""
    if n == 0:
        return constant(1.0)
    if n == 1:
        return base
    a_to_the_n = Function(
        lambda a: _power(a, n),
        lambda a: np.power(a, n),
        lambda a, v: n * _power(a, n - 1),
        lambda a, v: n * (n - 1) * _power(a, n - 2),
    )
    return apply(a_to_the_n, base)
