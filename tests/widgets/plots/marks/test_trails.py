import numpy as np
import pytest

from widgets.base.markers import FOCUSED_MARKER, MARKER
from widgets.plots.marks.trails import Trail
from widgets.plots.viewport import Viewport

XY = np.array([[0.0, 0.0], [1.0, 1.0]])
VIEW = Viewport(0, 2, 0, 2, 100, 100)


def test_the_marker_stands_at_the_last_point() -> None:
    now = Trail("a", "A", XY, "blue").now(VIEW)
    assert now is not None
    assert now.toTuple() == (50.0, 50.0)
    assert Trail("a", "A", XY[:0], "blue").now(VIEW) is None
    assert Trail("a", "A", XY, "blue", marker="none").now(VIEW) is None
    assert Trail("a", "A", np.array([[np.nan, 1.0]]), "blue").now(VIEW) is None


def test_the_focused_marker_is_larger() -> None:
    assert Trail("a", "A", XY, "blue").marker_size == MARKER
    assert Trail("a", "A", XY, "blue", focused=True).marker_size == FOCUSED_MARKER


def test_trails_are_equal_when_they_are_the_same_arrays() -> None:
    assert Trail("a", "A", XY, "blue") == Trail("a", "A", XY, "blue")
    assert Trail("a", "A", XY, "blue") != Trail("a", "A", XY, "blue", faint_xy=XY)


def test_another_shape_of_array_is_refused() -> None:
    with pytest.raises(ValueError, match="not \\(n, 2\\)"):
        Trail("a", "A", XY, "blue", ghost_xy=np.zeros(4))
