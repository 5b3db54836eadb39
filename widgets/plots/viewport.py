"""What part of the data plane a plot shows, and how it maps to pixels."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, log10, nan

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QPointF, QRectF

from widgets.base.arrays import Floats
from widgets.plots import symmetric

Rectangle = tuple[float, float, float, float]
"""x0, x1, y0, y1 in data units."""


@dataclass(frozen=True)
class Viewport:
    """A rectangle of axis units (log10 of the data on a log axis) on `width` by `height` pixels, y upwards."""

    x0: float
    x1: float
    y0: float
    y1: float
    width: float
    height: float
    log_x: bool = False
    log_y: bool = False
    near: float = 0.0  # where a symmetric log axis upwards becomes straight; 0: it is none

    def pixels(self, x: ArrayLike, y: ArrayLike) -> Floats:
        """Pixel positions (n, 2) of data points (n,); nan where one is not finite or not above 0 on a log axis."""
        across = _axis_units(x, self.log_x)
        made = np.empty((*across.shape, 2))
        made[..., 0] = (across - self.x0) * (self.width / (self.x1 - self.x0))
        made[..., 1] = (self.y1 - _axis_units(y, self.log_y, self.near)) * (self.height / (self.y1 - self.y0))
        known = np.isfinite(made)
        if not known.all():
            made[~known] = np.nan
        return made

    def point(self, x: float, y: float) -> QPointF:
        """The pixel position of one data point; nan where there is none."""
        across = (_axis_unit(x, self.log_x) - self.x0) * (self.width / (self.x1 - self.x0))
        down = (self.y1 - _axis_unit(y, self.log_y, self.near)) * (self.height / (self.y1 - self.y0))
        return QPointF(across if isfinite(across) else nan, down if isfinite(down) else nan)

    def data(self, across: ArrayLike, down: ArrayLike) -> tuple[Floats, Floats]:
        """The data coordinates x and y of pixel positions; a view that has no room counts as one pixel."""
        x = self.x0 + np.asarray(across, dtype=float) * ((self.x1 - self.x0) / max(1.0, self.width))
        y = self.y1 - np.asarray(down, dtype=float) * ((self.y1 - self.y0) / max(1.0, self.height))
        with np.errstate(over="ignore"):
            up = symmetric.values(y, self.near) if self.near else 10.0**y if self.log_y else y
            return (10.0**x if self.log_x else x), up

    @property
    def rect(self) -> QRectF:
        """The pixels shown."""
        return QRectF(0.0, 0.0, self.width, self.height)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw on."""
        return self.width < 2 or self.height < 2 or self.x1 <= self.x0 or self.y1 <= self.y0


def _axis_units(values: ArrayLike, log: bool, near: float = 0.0) -> Floats:
    numbers = np.asarray(values, dtype=float)
    if near:
        return symmetric.units(numbers, near)
    if not log:
        return numbers
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithms: Floats = np.log10(numbers)
    return logarithms


def _axis_unit(value: float, log: bool, near: float = 0.0) -> float:
    if near:
        return symmetric.unit(value, near)
    if not log:
        return value
    return log10(value) if value > 0 else nan


def check_range(home: Rectangle, log: tuple[bool, bool]) -> None:
    """Raise ValueError if an end is not finite, or not above 0 on a log axis (across, up)."""
    for (low, high), is_log in zip((home[:2], home[2:]), log, strict=True):
        if not (isfinite(low) and isfinite(high)) or (is_log and min(low, high) <= 0):
            raise ValueError(f"not a range: {low} to {high}")


def axis_range(low: float, high: float, log: bool, near: float = 0.0) -> tuple[float, float]:
    """A range in axis units, low end first, widened if it has no width."""
    low, high = (_axis_unit(end, log, near) for end in (min(low, high), max(low, high)))
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        room = 0.5 * abs(low) if low != 0 and not (log or near) else 0.5
        return low - room, high + room
    return low, high
