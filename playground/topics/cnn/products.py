"""The largest products of a Dense layer as lines from what it is given to its units, where both stand as strips."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.run.values import Floats
from widgets.grids.board import Item
from widgets.grids.board_series import Polyline

MOST = 26  # lines
_AWAY = 2.0  # px from a strip to its lines


def lines(given: Floats, weights: Floats, ends: tuple[float, float], top: float, height: float) -> Iterator[Item]:
    """Yield the products x[i]·W[i, u] that are largest in size, of given (inputs,) and weights (inputs, units).

    From x `ends[0]` to `ends[1]`, strips being as high as given; blue ones add to their unit, orange ones take away.
    """
    products = given[:, None] * weights
    sizes = np.abs(products).ravel()
    for at in np.argsort(-sizes, kind="stable")[:MOST].tolist():
        i, u = divmod(at, weights.shape[1])
        if sizes[at]:
            y, to = (top + (n + 0.5) * height / count for n, count in zip((i, u), weights.shape, strict=True))
            points = np.array([[ends[0] + _AWAY, y], [ends[1] - _AWAY, to]])
            yield Polyline(points, "blue" if products[i, u] > 0 else "orange", width=1.0)
