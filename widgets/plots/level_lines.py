"""Where a field over the plane passes a level."""

from __future__ import annotations

import numpy as np
from contourpy import FillType, LineType, SerialContourGenerator, ZInterp

from widgets.base.arrays import Floats

_GAP = np.full((1, 2), np.nan)


def lines_at(level: float, x: Floats, y: Floats, z: Floats) -> Floats:
    """The points (n, 2) of the lines where z is `level`, a row of nan before and behind each.

    x, y and z are (rows, columns): a place and the value there; lines end where a value is not finite.
    """
    gaps = ~np.isfinite(z)
    # The class itself: `contour_generator` would import NumPy's masked arrays and take thrice as long.
    made = SerialContourGenerator(
        x,
        y,
        z,
        gaps if gaps.any() else None,
        corner_mask=True,
        fill_type=FillType.OuterOffset,
        line_type=LineType.Separate,
        quad_as_tri=False,
        z_interp=ZInterp.Linear,
    )
    found = np.concatenate([_GAP, *(part for line in made.lines(level) for part in (np.asarray(line), _GAP))])
    found.setflags(write=False)
    return found
