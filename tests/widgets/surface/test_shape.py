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


@pytest.mark.parametrize(("turn", "least"), [(0.0, 0.3), (35.0, 0.55), (45.0, 0.55), (200.0, 0.4)])
@pytest.mark.parametrize("size", [(420, 480), (330, 340), (500, 420)])
def test_the_box_fills_the_picture_and_stays_inside(size: tuple[int, int], turn: float, least: float) -> None:
    corners = np.array([(x, y, z) for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (0.0, 1.0)])
    pixels, _ = Camera(turn).filling(*size).project(corners, *size)
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    assert (low >= 0).all()
    assert (high <= size).all()
    assert np.prod((high - low) / size) > least


def test_a_higher_box_hides_what_is_behind_it_as_it_is_drawn() -> None:
    surface = surface_of(Field(hill, HOME), 40, False)
    points = surface.place(np.array([[0.0, 0.6]]))
    assert not is_hidden(surface, points, Camera(0.0, 45.0, rise=0.6)).any()
    assert is_hidden(surface, points, Camera(0.0, 45.0, rise=2.0)).all()


def test_a_log_height_shows_basins_and_walls() -> None:
    def basins(x: Floats, y: Floats) -> Floats:
        return (x * x - 1) ** 2 * 50 + y * y

    surface = surface_of(Field(basins, HOME), 40, True)
    even = surface_of(Field(basins, HOME), 40, False)
    between = np.array([[0.0, 0.0]])  # the rim between two basins
    assert surface.place(between)[0, 2] > 2 * even.place(between)[0, 2]
    assert surface.z.min() == pytest.approx(0.0)
