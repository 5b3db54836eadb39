from __future__ import annotations

import numpy as np

from widgets.plots.marks.kept_off import KeptOff
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 1, 300, 200)


def test_positions_lie_close_on_the_line_from_its_first_point_to_its_last() -> None:
    along = KeptOff(np.array([0.0, 5.0, 10.0]), np.array([0.0, 1.0, 1.0])).along(VIEW)
    assert along[0].tolist() == [0.0, 200.0]
    assert along[-1].tolist() == [300.0, 0.0]
    assert {(75.0, 100.0), (150.0, 0.0), (225.0, 0.0)} <= {(x, y) for x, y in along.tolist()}


def test_lines_of_one_array_are_the_same() -> None:
    x, y = np.arange(3.0), np.arange(3.0)
    assert KeptOff(x, y) == KeptOff(x, y)
    assert KeptOff(x, y) != KeptOff(x, y.copy())
