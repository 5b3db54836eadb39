"""A function over a rectangle as a surface in space, and how it is projected to the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from widgets.base.arrays import Floats
from widgets.plots.marks.contours import Field

HEIGHT = 1.0
_RAY_STEPS = 28
_RAY_LENGTH = 2.6
_ABOVE = 0.012
_LOWEST_FLOOR = 1e-4  # share of the whole height below which a log height does not reach
_FLOOR = 0.25  # of the middle height, likewise: so both basins and walls are seen
_AROUND = 1.42  # how far the corners of the floor are from its middle
_LOWEST_RISE, _HIGHEST_RISE = 0.6, 1.7
_MARGIN_ACROSS, _MARGIN_ABOVE, _MARGIN_BELOW = 42.0, 14.0, 30.0  # px for ticks and names


@dataclass(frozen=True, eq=False)
class Surface:
    """Grid points of a field: x, y in -1..1, and values (nan where there are none), shapes (n+1, n+1)."""

    field: Field
    log: bool
    x: Floats
    y: Floats
    values: Floats
    low: float
    high: float

    @cached_property
    def z(self) -> Floats:
        """The heights of the grid points, 0..1."""
        return self.height(self.values)

    def place(self, xy: Floats) -> Floats:
        """Points of the plane (data units, (n, 2)) on the surface, shape (n, 3); nan outside the rectangle."""
        x0, x1, y0, y1 = self.field.home
        x = (xy[:, 0] - x0) / (x1 - x0) * 2 - 1
        y = (xy[:, 1] - y0) / (y1 - y0) * 2 - 1
        with np.errstate(invalid="ignore"):
            outside = ~((np.abs(x) <= 1 + 1e-9) & (np.abs(y) <= 1 + 1e-9))
        z = self.height(self.field.values(xy[:, 0], xy[:, 1]))
        placed = np.stack((x, y, np.clip(z, 0.0, HEIGHT)), axis=1)
        placed[outside] = np.nan
        return placed

    def height(self, values: Floats) -> Floats:
        """The height 0..1 of values of the field."""
        share = (values - self.low) / (self.high - self.low if self.high > self.low else 1.0)
        if self.log:
            share = 1 - np.log10(np.clip(share, self._floor, None)) / np.log10(self._floor)
        return share * HEIGHT

    @cached_property
    def _floor(self) -> float:
        middle = (np.nanmedian(self.values) - self.low) / (self.high - self.low) if self.high > self.low else 1.0
        return float(np.clip(_FLOOR * middle, _LOWEST_FLOOR, _FLOOR))


@dataclass(frozen=True)
class Camera:
    """A view from afar: turned about the vertical by `turn`, seen from `tilt` above the horizon (degrees).

    Heights are drawn `rise` times as long as they are.
    """

    turn: float = 35.0
    tilt: float = 42.0
    zoom: float = 1.0
    rise: float = 1.0

    def filling(self, width: float, height: float) -> Camera:
        """The camera with the rise at which the box, turned in any way, fills a picture of this size."""
        room = height - _MARGIN_ABOVE - _MARGIN_BELOW
        floor = 2 * _AROUND * sin(radians(self.tilt))
        rise = (room / self._across(width) - floor) / (HEIGHT * cos(radians(self.tilt)))
        return replace(self, rise=min(_HIGHEST_RISE, max(_LOWEST_RISE, rise)))

    def _across(self, width: float) -> float:
        """Pixels of a unit where the width alone decides."""
        return max(1.0, width - 2 * _MARGIN_ACROSS) / (2 * _AROUND)

    def project(self, points: Floats, width: float, height: float) -> tuple[Floats, Floats]:
        """Pixel positions (n, 2) of points (n, 3) in a picture, and their depths (n,), larger being farther away."""
        turn, tilt = radians(self.turn), radians(self.tilt)
        across = points[:, 0] * cos(turn) - points[:, 1] * sin(turn)
        away = points[:, 0] * sin(turn) + points[:, 1] * cos(turn)
        up = (points[:, 2] - HEIGHT / 2) * self.rise * cos(tilt) + away * sin(tilt)
        high = HEIGHT * self.rise * cos(tilt) + 2 * _AROUND * sin(tilt)
        room = max(1.0, height - _MARGIN_ABOVE - _MARGIN_BELOW)
        scale = self.zoom * min(self._across(width), room / high)
        middle = _MARGIN_ABOVE + room / 2
        pixels = np.stack((width / 2 + across * scale, middle - up * scale), axis=1)
        return pixels, away * cos(tilt) - points[:, 2] * self.rise * sin(tilt)

    def towards(self) -> Floats:
        """The direction from the surface to the eye, in units of the box."""
        turn, tilt = radians(self.turn), radians(self.tilt)
        return np.array([-sin(turn) * cos(tilt), -cos(turn) * cos(tilt), sin(tilt) / self.rise])


@dataclass(frozen=True, eq=False)
class Shot:
    """A surface seen by a camera in a picture of some size."""

    surface: Surface
    camera: Camera
    width: float
    height: float

    @property
    def bounds(self) -> QRectF:
        """The picture."""
        return QRectF(0.0, 0.0, self.width, self.height)

    def project(self, points: Floats) -> tuple[Floats, Floats]:
        """Pixel positions (n, 2) and depths (n,) of points (n, 3)."""
        return self.camera.project(points, self.width, self.height)


@lru_cache(maxsize=6)
def surface_of(field: Field, cells: int, log: bool) -> Surface:
    """The surface of a field on `cells` by `cells` quads."""
    x0, x1, y0, y1 = field.home
    x, y = np.meshgrid(np.linspace(x0, x1, cells + 1), np.linspace(y0, y1, cells + 1))
    values = field.values(x, y)
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    unit_x, unit_y = np.meshgrid(np.linspace(-1, 1, cells + 1), np.linspace(-1, 1, cells + 1))
    return Surface(field, log, unit_x, unit_y, values, low, high)


def is_hidden(surface: Surface, points: Floats, camera: Camera) -> NDArray[np.bool_]:
    """Which points (n, 3) the surface hides from the eye: those from which a ray to it runs under the surface."""
    steps = np.linspace(_RAY_LENGTH / _RAY_STEPS, _RAY_LENGTH, _RAY_STEPS)
    ray = points[:, None, :] + steps[None, :, None] * camera.towards()
    cells = surface.z.shape[0] - 1
    with np.errstate(invalid="ignore"):
        inside = (np.abs(ray[..., 0]) <= 1) & (np.abs(ray[..., 1]) <= 1)
        place = np.where(inside[..., None], (ray[..., :2] + 1) / 2 * cells, 0.0)
        column, row = np.minimum(place[..., 0].astype(int), cells - 1), np.minimum(place[..., 1].astype(int), cells - 1)
        right, up = place[..., 0] - column, place[..., 1] - row
        low = surface.z[row, column] * (1 - right) + surface.z[row, column + 1] * right
        high = surface.z[row + 1, column] * (1 - right) + surface.z[row + 1, column + 1] * right
        under: NDArray[np.bool_] = inside & (ray[..., 2] + _ABOVE < low * (1 - up) + high * up)
    return np.asarray(np.any(under, axis=1))
