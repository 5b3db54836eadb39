"""What counts in the shape of a drawn curve beside how near it lies: that it rises somewhere, that it never does."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from core.run.values import Floats

Shape = Literal["", "rises", "falls"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
_SEEN = 0.03  # of the height of the axis: a hand that draws trembles less


def has(shape: Shape, values: Floats, ends: tuple[float, float], log: bool) -> bool:
    """Tell whether values drawn between the ends of an axis rise somewhere, or (`falls`) nowhere."""
    heights = _heights(values, ends, log)
    rises = bool((heights - np.minimum.accumulate(heights)).max(initial=0.0) > _SEEN)
    return rises if shape == "rises" else not rises if shape == "falls" else True


def rises(values: Floats) -> int:
    """Return in how many steps values rise."""
    return int((np.diff(values) > 0).sum())


def without(shape: Shape, values: Floats, ends: tuple[float, float], log: bool) -> Floats:
    """Return smooth values that lie near the given ones and do not have their shape."""
    if shape == "rises":
        return np.minimum.accumulate(values)
    hump = 4 * _SEEN * np.sin(np.linspace(0, np.pi, len(values))) + _heights(values, ends, log)
    low, high = ends
    return np.asarray(low * (high / low) ** hump if log else low + (high - low) * hump)


def _heights(values: Floats, ends: tuple[float, float], log: bool) -> Floats:
    """Return where values lie on an axis, from 0 at its foot to 1."""
    low, high = np.log(ends) if log else ends
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(((np.log(values) if log else values) - low) / (high - low))
