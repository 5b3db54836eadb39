import numpy as np
import pytest

from widgets.base.arrays import Floats
from widgets.plots.marks.contours import Field
from widgets.surface.shape import Camera, is_hidden, surface_of

HOME = (-2.0, 2.0, -1.0, 1.0)


def hill(x: Floats, y: Floats) -> Floats:
    return np.exp(-4 * (x * x + y * y))


def test_heights_run_from_zero_to_one() -> None:
    for log in (False, True):
        surface = surface_of(Field(hill, HOME), 20, log)
        assert np.nanmin(surface.z) == pytest.approx(0.0, abs=1e-9)
        assert np.nanmax(surface.z) == pytest.approx(1.0)


def test_points_are_placed_on_the_surface_and_not_outside() -> None:
    surface = surface_of(Field(hill, HOME), 20, False)
    placed = surface.place(np.array([[0.0, 0.0], [2.0, 1.0], [3.0, 0.0]]))
    assert placed[0].tolist() == pytest.approx([0.0, 0.0, 1.0])
    assert placed[1, :2].tolist() == [1.0, 1.0]
    assert np.isnan(placed[2]).all()


def test_turning_by_a_full_circle_changes_nothing_and_up_is_up() -> None:
    points = np.array([[0.3, -0.4, 0.0], [0.3, -0.4, 1.0]])
    one, _ = Camera(20, 30).project(points, 400, 300)
    other, _ = Camera(380, 30).project(points, 400, 300)
    assert np.allclose(one, other)
    assert one[1, 1] < one[0, 1]
    assert one[1, 0] == pytest.approx(one[0, 0])


def test_what_is_farther_from_the_eye_has_more_depth() -> None:
    camera = Camera(20, 30)
    towards = camera.towards()
    _, depth = camera.project(np.array([towards, -towards]), 400, 300)
    assert depth[1] > depth[0]


def test_the_hill_hides_what_is_behind_it() -> None:
    surface = surface_of(Field(hill, HOME), 40, False)
    camera = Camera(0.0, 12.0)
    points = surface.place(np.array([[0.0, 0.6], [0.0, -0.6], [0.0, 0.0]]))
    assert is_hidden(surface, points, camera).tolist() == [True, False, False]
    assert not is_hidden(surface, points, Camera(0.0, 88.0)).any()
