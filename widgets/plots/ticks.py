"""Where the ticks of an axis stand and what is written at them."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor, isfinite, log10

import numpy as np

from widgets.base.numbers import MINUS, fixed
from widgets.plots import symmetric

MOST = 6
FEWEST = 3
_NICE = (1.0, 2.0, 5.0, 2.5)
_DECADES = (1, 2, 3, 5, 10, 20, 50, 100, 200, 500)
_PLAIN_DECIMALS = 4
_PLAIN_LIMIT = 1e5

Tick = tuple[float, str]
"""Position in axis units (log10 of the value on a log axis), and text."""


@lru_cache(maxsize=64)
def ticks(low: float, high: float, log: bool = False, most: int = MOST, near: float = 0.0) -> tuple[Tick, ...]:
    """The ticks between two ends in axis units, at most `most` of them; none if the ends are not a range.

    They are kept, since a plot asks for the same ones at every paint.
    """
    if not (isfinite(low) and isfinite(high)) or high <= low:
        return ()
    if near:
        return tuple(_symmetric_ticks(low, high, near, most))
    return tuple(_log_ticks(low, high, most) if log else _linear_ticks(low, high, most))


def step_between(low: float, high: float, most: int = MOST) -> float:
    """The round distance (1, 2, 5, or else 2.5, times a power of ten) with the most ticks, but at most `most`."""
    rough = (high - low) / max(1, most)
    power = floor(log10(rough))
    steps = [nice * 10.0**exponent for exponent in (power, power + 1) for nice in _NICE]
    fitting = [step for step in steps if _count(low, high, step) <= most] or [10.0 ** (power + 2)]
    usual = [step for step in fitting if not _is_quarter(step)]
    best = min(usual or fitting)
    return best if _count(low, high, best) >= FEWEST else min(fitting)


def _is_quarter(step: float) -> bool:
    return abs(step / 10.0 ** floor(log10(step)) - 2.5) < 1e-6


def _count(low: float, high: float, step: float) -> int:
    slack = (high - low) * 1e-9
    return max(0, floor((high + slack) / step) - ceil((low - slack) / step) + 1)


def _linear_ticks(low: float, high: float, most: int) -> list[Tick]:
    step = step_between(low, high, most)
    first = ceil((low - (high - low) * 1e-9) / step)
    values = [(first + index) * step for index in range(_count(low, high, step))]
    largest = max((abs(value) for value in values), default=0.0)
    return [(value, text(value, step, largest)) for value in values]


def _log_ticks(low: float, high: float, most: int) -> list[Tick]:
    first, last = ceil(low - 1e-9), floor(high + 1e-9)
    if last - first >= 1:
        apart = next(step for step in _DECADES if (last - first + 1) <= most * step)
        start = ceil(first / apart) * apart
        return [(float(power), power_text(power)) for power in range(start, last + 1, apart)]
    return _within_a_decade(low, high, most)


def _within_a_decade(low: float, high: float, most: int) -> list[Tick]:
    """A log axis too short for two powers of ten: 1, 2, 5 times a power, or else evenly spaced values."""
    powers = range(floor(low), ceil(high) + 1)
    values = [nice * 10.0**power for power in powers for nice in (1, 2, 5)]
    inside = [value for value in values if low - 1e-9 <= log10(value) <= high + 1e-9][:most]
    if len(inside) >= 2:
        return [(log10(value), text(value, value, value)) for value in inside]
    return [(log10(value), label) for value, label in _linear_ticks(10.0**low, 10.0**high, most) if value > 0]


def _symmetric_ticks(low: float, high: float, near: float, most: int) -> list[Tick]:
    """Zero and powers of ten on both sides of it, or else evenly spaced values."""
    found = symmetric.round_values(low, high, near, most)
    if len(found) >= FEWEST:
        return [(symmetric.unit(value, near), _signed_power_text(value)) for value in found]
    bottom, top = symmetric.values(np.array([low, high]), near).tolist()
    return [(symmetric.unit(value, near), label) for value, label in _linear_ticks(bottom, top, most)]


def _signed_power_text(value: float) -> str:
    return "0" if value == 0 else (MINUS if value < 0 else "") + power_text(round(log10(abs(value))))


def text(value: float, step: float, largest: float) -> str:
    """The text of a tick among ticks `step` apart, with a true minus; like 0.5, 100, 1.5e6."""
    if value == 0:
        return "0"
    decimals = max(0, _decimals(step))
    if largest < _PLAIN_LIMIT * 10 and decimals <= _PLAIN_DECIMALS:
        return fixed(value, decimals)
    power = floor(log10(abs(value)) + 1e-9)
    places = min(6, max(0, power + _decimals(step)))
    return f"{value / 10.0**power:.{places}f}e{power}".replace("-", MINUS)


def power_text(power: int) -> str:
    """The text of a power of ten: 0.001 to 100 000 in full (1000, 0.01), beyond as 1e6."""
    if -_PLAIN_DECIMALS <= power <= 5:
        return f"{10.0**power:.{max(0, -power)}f}"
    return f"1e{power}".replace("-", MINUS)


def _decimals(step: float) -> int:
    exponent = floor(log10(step) + 1e-9)
    return -exponent + (1 if _is_quarter(step) else 0)
