"""Where other marks draw a line that no label should cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from widgets.base.arrays import Floats
from widgets.plots.identity import ByIdentity
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Viewport

_BETWEEN = 4  # positions a stretch: no label slips in between two points of a steep line


@dataclass(frozen=True, eq=False)
class KeptOff(ByIdentity, Mark):
    """A line through x and y, (n,) in data units, which is drawn by another mark."""

    x: Floats
    y: Floats

    def along(self, viewport: Viewport) -> Floats:
        points, count = viewport.pixels(self.x, self.y), len(self.x)
        at, places = np.linspace(0, count - 1, _BETWEEN * (count - 1) + 1), np.arange(count)
        return np.column_stack([np.interp(at, places, column) for column in points.T])
