import sys

import numpy as np
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.marks.contours import Field, evaluated
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
    field.draw(painter, viewport, Rendering())
    painter.end()
    return image


def test_levels_depend_on_function_and_home_alone(qapp: QApplication) -> None:
    levels = Field(bowl, HOME).levels
    _picture(Field(bowl, HOME), Viewport(-1, 1, -1, 1, 150, 150))
    assert Field(bowl, HOME).levels == levels
    assert Field(bowl, (-1.0, 1.0, -1.0, 1.0)).levels != levels


def test_the_lowest_band_is_nearest_to_panel_and_the_highest_farthest(qapp: QApplication) -> None:
    image, shown = _picture(Field(bowl, HOME)), theme.current()
    assert image.pixelColor(100, 100) == shown.surface(0.0)
    assert image.pixelColor(1, 1) == shown.surface(1.0)


def test_a_place_keeps_its_colour_when_the_view_moves(qapp: QApplication) -> None:
    near = _picture(Field(bowl, HOME), Viewport(2, 4, 2, 4, 200, 200))
    far = _picture(Field(bowl, HOME))
    assert near.pixelColor(100, 104) == far.pixelColor(160, 41)


def test_where_there_is_no_value_it_is_hatched(qapp: QApplication) -> None:
    image, shown = _picture(Field(half, HOME)), theme.current()
    left = {image.pixelColor(x, 50).rgb() for x in range(2, 90)}
    assert shown.color("sunken").rgb() in left
    assert len(left) > 1
    assert shown.surface(0.0).rgb() not in left
    right = {image.pixelColor(x, 50).rgb() for x in range(110, 198)}
    assert shown.color("sunken").rgb() not in right


def test_a_field_without_any_value_still_draws(qapp: QApplication) -> None:
    image = _picture(Field(lambda x, y: np.full_like(x, np.nan), HOME))
    assert image.pixelColor(0, 0) == theme.current().color("sunken")


def test_constant_functions_are_spread_over_the_grid_and_inf_is_nan() -> None:
    x = np.zeros((3, 4))
    assert evaluated(lambda x, y: np.array(2.0), x, x).shape == (3, 4)
    assert np.isnan(evaluated(lambda x, y: 1 / x, x, x)).all()


def test_contourpy_is_not_imported_before_it_is_needed() -> None:
    import subprocess

    code = "import sys, widgets.plots.marks.contours; sys.exit('contourpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_fields_of_one_function_and_home_are_equal() -> None:
    assert Field(bowl, HOME) == Field(bowl, HOME)
    assert Field(bowl, HOME) != Field(half, HOME)
