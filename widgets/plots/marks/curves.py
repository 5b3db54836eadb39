"""Curves over steps as data, and their shapes in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from widgets.base.arrays import Floats
from widgets.base.markers import SERIES_MARKERS
from widgets.plots.polyline import is_rough, kept_indices
from widgets.plots.viewport import Viewport


@dataclass(frozen=True, eq=False)
class Curve:
    """One curve: x rising, y with nan where there is no value, shapes (n,); `colour` is a series name of the theme.

    A curve with an empty label gets no text; a ghost is a pinned run, dashed and muted; a pale one is what is behind
    another, such as single losses behind their mean. Raises ValueError for
    arrays that do not match.
    """

    name: str
    label: str
    x: Floats
    y: Floats
    colour: str
    dashed: bool = False
    focused: bool = False
    ghost: bool = False
    marker: str = ""
    pale: bool = False

    def __post_init__(self) -> None:
        if self.x.ndim != 1 or self.x.shape != self.y.shape:
            raise ValueError(f"curve {self.name}: x {self.x.shape} and y {self.y.shape} do not match")

    def __eq__(self, other: object) -> bool:
        # Arrays are the same when they are one object: comparing numbers would cost more than drawing.
        return isinstance(other, Curve) and self._look() == other._look() and self.x is other.x and self.y is other.y

    def __hash__(self) -> int:
        return hash(self._look())

    @property
    def shape(self) -> str:
        """The marker shape, by default that of the colour."""
        return self.marker or SERIES_MARKERS[self.colour]

    def _look(self) -> tuple[str | bool, ...]:
        return self.name, self.label, self.colour, self.dashed, self.focused, self.ghost, self.marker, self.pale


@dataclass(frozen=True)
class ChangeMark:
    """A setting changed at step x; the text says how, such as "η 0.004 → 0.003"."""

    x: float
    text: str


@dataclass(frozen=True, eq=False)
class CurveShape:
    """What is drawn of a curve: its thinned points in pixels and their steps, and whether the line is rough."""

    curve: Curve
    viewport: Viewport
    steps: Floats
    pixels: Floats
    rough: bool


class CurveShapes:
    """Keeps the shapes of the curves shown last, so that a moved cursor costs nothing."""

    def __init__(self) -> None:
        self._kept: dict[str, CurveShape] = {}

    def shape(self, curve: Curve, viewport: Viewport) -> CurveShape:
        """The shape of a curve in a viewport."""
        kept = self._kept.get(curve.name)
        if kept is None or kept.viewport != viewport or kept.curve.x is not curve.x or kept.curve.y is not curve.y:
            kept = self._kept[curve.name] = curve_shape(curve, viewport)
        return kept

    def forget_all_but(self, names: set[str]) -> None:
        """Let go of the curves that are not shown any more."""
        for name in self._kept.keys() - names:
            del self._kept[name]


def curve_shape(curve: Curve, viewport: Viewport) -> CurveShape:
    """The points of a curve to draw: at most about two for each pixel column."""
    low, high = _data_ends(viewport)
    kept = kept_indices(curve.x, curve.y, low, high, int(viewport.width))
    steps = curve.x[kept]
    pixels = viewport.pixels(steps, curve.y[kept])
    return CurveShape(curve, viewport, steps, pixels, is_rough(pixels))


def last_value(curve: Curve, cursor: float | None) -> tuple[int, bool] | None:
    """The index of the last finite value up to the cursor, and whether the curve ended there for good.

    None if there is no value yet.
    """
    stop = len(curve.x) if cursor is None else int(np.searchsorted(curve.x, cursor, side="right"))
    if stop and np.isfinite(curve.y[stop - 1]):
        return stop - 1, False
    finite = np.isfinite(curve.y)
    if not finite[:stop].any():
        return None
    index = int(np.flatnonzero(finite[:stop])[-1])
    return index, not finite[stop:].any()


def _data_ends(viewport: Viewport) -> tuple[float, float]:
    x, _ = viewport.data([0.0, viewport.width], [0.0, 0.0])
    return float(x[0]), float(x[1])
