from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from widgets.base.arrays import Floats
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.of_seen import GroundOfSeen, OfSeen
from widgets.plots.marks.path import Path
from widgets.plots.viewport import Rectangle, Viewport

SLOPE = np.array([0.5])


def across(slope: Floats, focus: str, seen: Rectangle) -> Mark:
    x = np.array(seen[:2])
    return Path(focus, np.column_stack([x, slope[0] * x]))


def test_it_reaches_across_whatever_is_seen(qapp: QApplication) -> None:
    mark = OfSeen(across, SLOPE, ("a",))
    for far in (1.0, 40.0):
        view = Viewport(-far, far, -far, far, 200, 200)
        for at in (QPointF(5, 147), QPointF(195, 53)):
            hit = mark.nearest(at, view)
            assert hit
            assert hit.focus == "a"
        assert mark.along(view)[:, 0].max() == 200.0


def test_it_is_the_same_for_the_same_numbers(qapp: QApplication) -> None:
    assert OfSeen(across, SLOPE, ("a",)) == OfSeen(across, SLOPE, ("a",))
    assert OfSeen(across, SLOPE, ("a",)) != OfSeen(across, SLOPE.copy(), ("a",))
    assert OfSeen(across, SLOPE, ("a",)) != OfSeen(across, SLOPE, ("b",))
    assert GroundOfSeen(across, SLOPE, ("a",)).is_ground
