import sys

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.marks.contours import Field, levels_of
from widgets.plots.viewport import Viewport

HOME = (-5.0, 5.0, -5.0, 5.0)
VIEW = Viewport(-5, 5, -5, 5, 200, 200)


def bowl(x: Floats, y: Floats) -> Floats:
    return x * x + y * y


def half(x: Floats, y: Floats) -> Floats:
    return np.log(x) ** 2 + y * y


def _picture(field: Field, viewport: Viewport = VIEW) -> QImage:
    image = QImage(int(viewport.width), int(viewport.height), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    field.paint(painter, viewport, Rendering())
    painter.end()
    return image


def test_levels_depend_on_function_and_home_alone(qapp: QApplication) -> None:
    levels = Field(bowl, HOME).levels
    _picture(Field(bowl, HOME), Viewport(-1, 1, -1, 1, 150, 150))
    assert Field(bowl, HOME).levels == levels
    assert Field(bowl, (-1.0, 1.0, -1.0, 1.0)).levels != levels


def test_the_lowest_band_is_nearest_to_panel_and_the_highest_farthest(qapp: QApplication) -> None:
    image, colours = _picture(Field(bowl, HOME)), theme.current()
    assert image.pixelColor(100, 100) == colours.surface(0.0)
    assert image.pixelColor(1, 1) == colours.surface(1.0)


def test_a_place_keeps_its_colour_when_the_view_moves(qapp: QApplication) -> None:
    near = _picture(Field(bowl, HOME), Viewport(2, 4, 2, 4, 200, 200))
    far = _picture(Field(bowl, HOME))
    assert near.pixelColor(100, 104) == far.pixelColor(160, 41)


def test_where_there_is_no_value_it_is_hatched(qapp: QApplication) -> None:
    image, colours = _picture(Field(half, HOME)), theme.current()
    left = {image.pixelColor(x, 50).rgb() for x in range(2, 90)}
    assert colours.color("sunken").rgb() in left
    assert len(left) > 1
    assert colours.surface(0.0).rgb() not in left
    right = {image.pixelColor(x, 50).rgb() for x in range(110, 198)}
    assert colours.color("sunken").rgb() not in right


def test_a_field_without_any_value_still_draws(qapp: QApplication) -> None:
    image = _picture(Field(lambda x, y: np.full_like(x, np.nan), HOME))
    assert image.pixelColor(0, 0) == theme.current().color("sunken")


def test_constant_functions_are_spread_over_the_grid_and_inf_is_nan() -> None:
    x = np.zeros((3, 4))
    assert Field(lambda x, y: np.array(2.0), HOME).values(x, x).shape == (3, 4)
    assert np.isnan(Field(lambda x, y: 1 / x, HOME).values(x, x)).all()


def test_contourpy_is_not_imported_before_it_is_needed() -> None:
    import subprocess

    code = "import sys, widgets.plots.marks.contours; sys.exit('contourpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_fields_of_one_function_and_home_are_equal() -> None:
    assert Field(bowl, HOME) == Field(bowl, HOME)
    assert Field(bowl, HOME) != Field(half, HOME)


def _grid(side: float) -> tuple[np.ndarray, np.ndarray]:
    line = np.linspace(-side, side, 81)
    x, y = np.meshgrid(line, line)
    return x, y


def test_levels_rise_and_are_denser_near_the_lowest_value() -> None:
    x, y = _grid(5.0)
    levels = levels_of((x * x + y - 11) ** 2 + (x + y * y - 7) ** 2)
    assert 14 <= len(levels.values) + 1 <= 19
    steps = np.diff(levels.values)
    assert (steps > 0).all()
    assert np.median(steps[:5]) < 0.05 * np.median(steps[-5:])
    assert tuple(levels.round) == (10.0, 100.0, 1000.0)[: len(levels.round)]
    assert set(levels.round) <= set(levels.values)
    assert levels.round[10.0] == "10"


def test_a_field_whose_lowest_value_is_not_zero_has_round_levels_too() -> None:
    x, y = _grid(2.5)
    levels = levels_of(x**4 / 4 - x * x + 0.3 * x + y * y)
    assert levels.values[0] < 0
    assert levels.round[0.0] == "0"
    assert 0.123 not in levels.round


@pytest.mark.parametrize("size", [1e-4, 1.0, 1e4])
def test_an_even_slope_has_levels_as_far_apart_as_each_other(size: float) -> None:
    x, y = np.meshgrid(np.linspace(-5, 5, 41), np.linspace(-5, 5, 41))
    levels = levels_of(size * (x + y))
    assert 6 <= len(levels.values) <= 20
    assert np.diff(levels.values) == pytest.approx(levels.values[1] - levels.values[0])
    assert levels.round[0.0] == "0"
    assert set(levels.round) < set(levels.values)


def test_a_wall_at_the_edge_does_not_take_all_levels() -> None:
    x, y = np.meshgrid(np.linspace(-5, 5, 41), np.linspace(-5, 5, 41))
    assert np.median(levels_of(np.exp(2 * x + 0 * y)).values) < 100


def test_flat_and_empty_fields_have_no_levels() -> None:
    assert levels_of(np.full((5, 5), 3.0)).values == ()
    assert levels_of(np.full((5, 5), np.nan)).values == ()
