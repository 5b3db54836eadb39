"""A symmetric log axis: the logarithm of the distance from zero on both of its sides, straight near zero.

An axis that falls to any depth needs values above zero; this one takes all. Source: asinh as in Lupton, Gunn & Szalay
(1999), whose softening is `near` here.
"""

from __future__ import annotations

from math import asinh, ceil, floor, log, log10, sinh

import numpy as np

from widgets.base.arrays import Floats

_TEN = log(10.0)


def units(values: Floats, near: float) -> Floats:
    """Axis units of values: decades above `near`, below it in proportion; nan stays nan."""
    return np.asarray(np.arcsinh(values / (2 * near)) / _TEN)


def unit(value: float, near: float) -> float:
    """The axis unit of one value."""
    return asinh(value / (2 * near)) / _TEN


def values(units: Floats, near: float) -> Floats:
    """The values at axis units."""
    return np.asarray(2 * near * np.sinh(units * _TEN))


def round_values(low: float, high: float, near: float, most: int) -> list[float]:
    """Zero and powers of ten on both sides of it between two ends in axis units, at most `most`, none too close."""
    closest = abs(2 * near * sinh((high - low) / most * _TEN))  # to zero, as a tick
    first = ceil(log10(max(near, closest)) - 1e-9)
    ends = [abs(2 * near * sinh(end * _TEN)) for end in (low, high)]
    last = floor(log10(max(*ends, near)) + 1e-9)
    for apart in range(1, max(2, last - first + 2)):
        powers = [10.0**power for power in range(last, first - 1, -apart)]
        found = [v for v in (*(-p for p in powers), 0.0, *reversed(powers)) if low <= unit(v, near) <= high]
        if len(found) <= most:
            return found
    return [v for v in (0.0,) if low <= 0.0 <= high]


def outwards(low: float, high: float, near: float) -> tuple[float, float]:
    """The ends of a range that holds both: 1, 2 or 5 times a power of ten, and zero for what is closer than `near`."""
    bottom, top = -_up(-low, near), _up(high, near)
    return (bottom, top) if bottom < top else (min(bottom, -near), max(top, near))


def _up(value: float, near: float) -> float:
    """The lowest round value at or above a value; between −near and 0 that is 0."""
    if -near < value <= 0:
        return 0.0
    size = max(abs(value), near)
    power = 10.0 ** floor(log10(size))
    if value > 0:
        return next(power * step for step in (1.0, 2.0, 5.0, 10.0) if power * step >= size * (1 - 1e-9))
    return -next(power * step for step in (5.0, 2.0, 1.0) if power * step <= size * (1 + 1e-9))
