"""Which values a parameter's slider offers, and how far one step of its number field goes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import floor, inf, log10

from core.run.parameters import Parameter

_STEPS = 1000
_DECADES = 1e3  # what a slider reaches on either side of the default where the limits lie too far apart
_TOO_WIDE = 1000  # linear: so many times the reach


@dataclass(frozen=True)
class Scale:
    """The values a slider offers; `start` stands at its left end, and is 0 on a log scale that may be 0."""

    low: float
    high: float
    log: bool
    whole: bool
    start: float

    @cached_property
    def steps(self) -> int:
        """The slider's last position; its first is 0."""
        few = self.whole and not self.log and self.high - self.low <= _STEPS
        return max(1, round(self.high - self.low)) if few else _STEPS

    def value(self, position: int) -> float | int:
        """The value at a position, rounded to 3 significant digits, or whole."""
        if position in (0, self.steps):
            exact = self.high if position else self.start
        elif self.log:
            exact = self.low * (self.high / self.low) ** (position / self.steps)
        else:
            exact = self.low + (self.high - self.low) * position / self.steps
        rounded = exact if position in (0, self.steps) else min(self.high, max(self.low, self._rounded(exact)))
        return round(rounded) if self.whole else float(rounded)

    def position(self, value: float) -> int:
        """The position nearest to a value; beyond the ends, the nearer end."""
        inside = min(self.high, max(self.low, value))
        if self.log:
            share = log10(inside / self.low) / log10(self.high / self.low)
        else:
            share = (inside - self.low) / (self.high - self.low)
        return 0 if value <= self.start else round(share * self.steps)

    def _rounded(self, value: float) -> float:
        if self.whole and not self.log:
            return round(value)
        if not self.log:
            # What a position is worth tells how many decimals mean anything; without that, 0 may come out as 1e-17.
            value = round(value, 1 - floor(log10((self.high - self.low) / self.steps)))
        return float(f"{value:.3g}") + 0.0


def limits(parameter: Parameter) -> tuple[float, float]:
    """What a number must lie between, infinite where nothing is said."""
    low = -inf if parameter.low is None else parameter.low
    return low, inf if parameter.high is None else parameter.high


def scale_of(parameter: Parameter) -> Scale:
    """The scale of a number or integer: its limits, or a stretch about the default where those are far or missing."""
    whole = parameter.kind == "integer"
    default = parameter.default if isinstance(parameter.default, int | float) else 0
    low, high = limits(parameter)
    if parameter.log:
        centre = max(float(default), 1.0 if whole else 0.0) or 1.0
        inner = _narrowed_log(low, high, centre)
    else:
        inner = _narrowed(low, high, float(default), max(100.0 if whole else 1.0, 4.0 * abs(default)))
    inner = inner if inner[0] < inner[1] else (inner[0], inner[0] + 1)
    return Scale(*inner, log=parameter.log, whole=whole, start=0.0 if parameter.log and low == 0 else inner[0])


def _narrowed(low: float, high: float, centre: float, reach: float) -> tuple[float, float]:
    if high - low <= _TOO_WIDE * reach:
        return low, high
    return max(low, centre - reach), min(high, centre + reach)


def _narrowed_log(low: float, high: float, centre: float) -> tuple[float, float]:
    if low > 0 and high / low <= _DECADES**2:
        return low, high
    return max(low, centre / _DECADES), min(high, centre * _DECADES)


def stepped(parameter: Parameter, value: float, count: int) -> float | int:
    """The value `count` steps up (or down, if negative) from another, within the limits."""
    if parameter.kind == "integer":
        return _limited(parameter, int(value) + count)
    return float(_limited(parameter, float(Decimal(repr(float(value))) + count * _unit(parameter, value, count))))


def _unit(parameter: Parameter, value: float, count: int) -> Decimal:
    """One step: on a log scale of the leading digit, else about a hundredth of the slider."""
    scale = scale_of(parameter)
    if not parameter.log:
        return Decimal(10) ** (round(log10(scale.high - scale.low)) - 2)
    size = abs(value) or scale.low
    unit = Decimal(10) ** floor(log10(size))
    shrinks = (count < 0) == (value > 0)
    return unit / 10 if shrinks and size < 2 * float(unit) else unit


def _limited(parameter: Parameter, value: float | int) -> float | int:
    low, high = limits(parameter)
    inside = min(high, max(low, value))
    return round(inside) if parameter.kind == "integer" else inside
