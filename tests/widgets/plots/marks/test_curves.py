import numpy as np
import pytest

from widgets.plots.marks.curves import Curve, CurveShapes, curve_shape, last_value
from widgets.plots.viewport import Viewport

X = np.arange(10.0)
VIEW = Viewport(0, 9, 0, 9, 90, 90)


def test_curves_are_equal_when_they_are_the_same_arrays() -> None:
    assert Curve("a", "A", X, X, "black") == Curve("a", "A", X, X, "black")
    assert Curve("a", "A", X, X, "black") != Curve("a", "A", X, X.copy(), "black")
    assert Curve("a", "A", X, X, "black") != Curve("a", "A", X, X, "black", focused=True)


def test_arrays_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="do not match"):
        Curve("a", "A", X, X[:5], "black")


def test_markers_go_with_the_colour_unless_chosen() -> None:
    assert Curve("a", "A", X, X, "blue").shape == "triangle_down"
    assert Curve("a", "A", X, X, "blue", marker="star").shape == "star"


def test_last_value_and_whether_the_curve_ended() -> None:
    y = np.array([np.nan, 1, 2, 3, np.nan, np.nan])
    curve = Curve("a", "A", np.arange(6.0), y, "black")
    assert last_value(curve, 0.0) is None
    assert last_value(curve, 2.0) == (2, False)
    assert last_value(curve, 3.5) == (3, False)
    assert last_value(curve, 5.0) == (3, True)
    assert last_value(curve, None) == (3, True)


def test_shapes_are_kept_for_the_same_arrays_and_viewport() -> None:
    shapes, curve = CurveShapes(), Curve("a", "A", X, X, "black")
    first = shapes.shape(curve, VIEW)
    assert shapes.shape(Curve("a", "B", X, X, "blue"), VIEW) is first
    assert shapes.shape(Curve("a", "A", X, X.copy(), "black"), VIEW) is not first
    shapes.forget_all_but(set())
    assert shapes.shape(curve, VIEW) is not first


def test_a_long_curve_has_at_most_two_points_a_pixel() -> None:
    x = np.arange(200_000.0)
    shape = curve_shape(Curve("a", "A", x, np.sin(x), "black"), Viewport(0, 200_000, -1, 1, 400, 200))
    assert len(shape.steps) <= 2 * 400 + 4
    assert shape.rough
