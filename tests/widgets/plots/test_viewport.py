import numpy as np
import pytest

from widgets.plots.viewport import Viewport


def test_pixels_and_data_are_inverse() -> None:
    viewport = Viewport(-5.0, 5.0, 0.0, 2.0, 200.0, 100.0)
    pixels = viewport.pixels([-5.0, 5.0, 0.0], [0.0, 2.0, 1.0])
    assert pixels.tolist() == [[0.0, 100.0], [200.0, 0.0], [100.0, 50.0]]
    x, y = viewport.data(pixels[:, 0], pixels[:, 1])
    assert x.tolist() == [-5.0, 5.0, 0.0]
    assert y.tolist() == [0.0, 2.0, 1.0]


def test_log_axis_places_powers_of_ten_evenly_and_refuses_zero() -> None:
    viewport = Viewport(0.0, 4.0, -2.0, 2.0, 40.0, 400.0, log_y=True)
    pixels = viewport.pixels([0, 1, 2, 3, 4], [0.01, 1.0, 100.0, 0.0, np.inf])
    assert pixels[:3, 1].tolist() == pytest.approx([400.0, 200.0, 0.0])
    assert np.isnan(pixels[3:, 1]).all()
    assert np.isnan(viewport.point(0.0, -1.0).y())
    assert viewport.point(1.0, 1.0).toTuple() == pytest.approx((10.0, 200.0))


def test_empty_viewports_are_told() -> None:
    assert Viewport(0, 1, 0, 1, 0, 10).is_empty
    assert not Viewport(0, 1, 0, 1, 10, 10).is_empty


def test_a_click_where_there_is_no_room_lies_somewhere() -> None:
    viewport = Viewport(0.0, 4.0, 0.0, 2.0, 0.0, 0.0)
    assert np.isfinite(viewport.data(0.0, 0.0)).all()
