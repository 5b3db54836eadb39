import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from widgets.base import appearance, theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.ground import ColourGround, Shade
from widgets.plots.viewport import Viewport

VIEW = Viewport(-1, 1, -1, 1, 100, 100)
HOME = (-1.0, 1.0, -1.0, 1.0)
LEFT = np.zeros((4, 10, 2))
LEFT[:, :5, 0] = LEFT[:, 5:, 1] = 1.0


def _picture(ground: ColourGround, viewport: Viewport = VIEW, vector: bool = False) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    ground.paint(painter, viewport, Rendering(vector=vector))
    painter.end()
    return image


@pytest.mark.parametrize("vector", [False, True])
def test_each_place_has_the_colour_of_its_cell(qapp: QApplication, vector: bool) -> None:
    image, colours = _picture(ColourGround(LEFT, HOME, ("blue", "orange")), vector=vector), theme.current()
    assert image.pixel(20, 50) == colours.region("blue").rgb()
    assert image.pixel(80, 50) == colours.region("orange").rgb()


def test_the_first_row_is_the_uppermost(qapp: QApplication) -> None:
    shares = np.zeros((2, 1, 1))
    shares[0] = 1.0
    image, colours = _picture(ColourGround(shares, HOME, ("green",))), theme.current()
    assert image.pixel(50, 5) == colours.region("green").rgb()
    assert image.pixel(50, 95) == colours.color("panel").rgb()


def test_shares_are_mixed_and_what_is_unknown_is_sunken(qapp: QApplication) -> None:
    shares = np.full((1, 2, 2), 0.5)
    shares[0, 1] = np.nan
    image, colours = _picture(ColourGround(shares, HOME, ("blue", "orange"))), theme.current()
    halfway = colours.mix(colours.region("blue"), colours.region("orange"), 0.5)
    near = image.pixelColor(5, 50)
    assert max(abs(near.red() - halfway.red()), abs(near.green() - halfway.green())) <= 1
    assert image.pixel(95, 50) == colours.color("sunken").rgb()


def test_it_stays_in_its_place_when_the_view_moves(qapp: QApplication) -> None:
    image = _picture(ColourGround(LEFT, HOME, ("blue", "orange")), Viewport(0, 4, -1, 1, 100, 100))
    assert image.pixel(10, 50) == theme.current().region("orange").rgb()
    assert image.pixel(60, 50) == theme.current().color("panel").rgb()


def test_a_new_theme_has_new_colours(qapp: QApplication) -> None:
    ground = ColourGround(LEFT, HOME, ("blue", "orange"))
    seen: list[int] = []
    try:
        for name in ("light", "dark"):
            appearance.apply(qapp, name)
            seen.append(_picture(ground).pixel(20, 50))
    finally:
        appearance.apply(qapp, "light")
    assert seen == [theme.LIGHT.region("blue").rgb(), theme.DARK.region("blue").rgb()]


def test_equal_numbers_are_equal_grounds() -> None:
    ground = ColourGround(LEFT, HOME, ("blue", "orange"))
    assert ground == ColourGround(LEFT.copy(), HOME, ("blue", "orange"))
    assert hash(ground) == hash(ColourGround(LEFT.copy(), HOME, ("blue", "orange")))
    assert ground != ColourGround(1 - LEFT, HOME, ("blue", "orange"))
    assert ground != ColourGround(LEFT, HOME, ("blue", "green"))


def test_shares_that_do_not_match_the_series_are_refused() -> None:
    with pytest.raises(ValueError, match="do not match 3 colours"):
        ColourGround(LEFT, HOME, ("blue", "orange", "green"))


def test_a_vector_picture_holds_no_pixmap(qapp: QApplication) -> None:
    buffer, generator = QBuffer(), QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(100, 100))
    painter = QPainter(generator)
    ColourGround(LEFT, HOME, ("blue", "orange")).paint(painter, VIEW, Rendering(vector=True))
    painter.end()
    made = bytes(buffer.data().data()).decode()
    assert "<image" not in made
    assert theme.current().region("orange").name() in made


@pytest.mark.parametrize("vector", [False, True])
def test_a_shade_goes_from_one_colour_to_the_other(qapp: QApplication, vector: bool) -> None:
    share = np.array([[0.0, 0.5, 1.0, np.nan]])
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    Shade(share, HOME, ("orange", "blue")).paint(painter, VIEW, Rendering(vector=vector))
    painter.end()
    colours = theme.current()
    ends = [colours.region("orange"), colours.mix(colours.region("orange"), colours.region("blue"), 0.5)]
    for x, wanted in zip((3, 37, 62, 97), (*ends, colours.region("blue"), colours.color("sunken")), strict=True):
        seen = image.pixelColor(x, 50)
        apart = max(abs(a - b) for a, b in zip(seen.getRgb(), wanted.getRgb(), strict=True))  # type: ignore[call-overload]
        assert apart <= 2


def test_shades_are_the_same_where_their_array_is(qapp: QApplication) -> None:
    share = np.zeros((1, 1))
    assert Shade(share, HOME, ("orange", "blue")) == Shade(share, HOME, ("orange", "blue"))
    assert Shade(share, HOME, ("orange", "blue")) != Shade(share.copy(), HOME, ("orange", "blue"))
