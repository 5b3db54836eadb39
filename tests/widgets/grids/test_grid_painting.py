from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.grids.grid_painting import Grid, Ink, Light, Outline, Placed, Signed, cell_size, paint, pixels
from widgets.grids.number_format import NumberForm

VALUES = np.array([[-2.0, 0.0, 1.0], [np.nan, 2.0, -1.0]])


def painted(placed: Placed, vector: bool = False) -> QImage:
    image = QImage(200, 160, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    paint(painter, placed, Rendering(vector=vector))
    painter.end()
    return image


def colour_at(image: QImage, placed: Placed, row: int, column: int) -> QColor:
    corner = placed.cells(Outline(row, column)).topLeft()
    return image.pixelColor(int(corner.x()) + 3, int(corner.y()) + 3)


@pytest.mark.parametrize("vector", [False, True])
@pytest.mark.parametrize("kept", [False, True])
def test_cells_have_the_colours_of_their_values(dressed: Any, vector: bool, kept: bool) -> None:
    placed = Placed("a", Grid(VALUES, Signed(2.0), kept=kept), 10, 10, 30)
    image, shown = painted(placed, vector), theme.current()
    for (row, column), value in np.ndenumerate(VALUES):
        assert colour_at(image, placed, row, column) == QColor(shown.signed(float(value) / 2).rgb()), (row, column)


def test_a_drawing_is_ink_on_paper_and_a_photograph_is_light(dressed: Any) -> None:
    drawing = pixels(Grid(np.array([[0.0, 9.0]]), Ink(0, 9)))
    assert QColor(*drawing[0, 0].tolist()) == theme.current().color("panel")
    assert QColor(*drawing[0, 1].tolist()).rgb() == theme.current().grey(1.0).rgb()
    photo = pixels(Grid(np.array([[0.0, 255.0]]), Light(0, 255)))
    assert photo[0, :, :3].tolist() == [[0, 0, 0], [255, 255, 255]]


def test_three_channels_are_red_green_and_blue(dressed: Any) -> None:
    values = np.array([[[255.0]], [[128.0]], [[0.0]]])
    assert pixels(Grid(values, Light(0, 255)))[0, 0].tolist() == [255, 128, 0, 255]


def test_a_matrix_of_one_value_can_be_shown(dressed: Any) -> None:
    for ramp in (Signed(0.0), Ink(3, 3), Light(3, 3)):
        assert pixels(Grid(np.full((2, 2), 3.0), ramp)).shape == (2, 2, 4)


def dark_pixels(image: QImage, rect: QRectF) -> int:
    xs = range(int(rect.left()) + 4, int(rect.right()) - 3)
    ys = range(int(rect.top()) + 4, int(rect.bottom()) - 3)
    return sum(image.pixelColor(x, y).lightness() < 60 for x in xs for y in ys)


def test_numbers_are_written_from_20_px_on(dressed: Any) -> None:
    grid = Grid(np.array([[1.0]]), Signed(40.0), NumberForm(-1, 1, 0))
    large, small = Placed("a", grid, 10, 10, 20), Placed("a", grid, 10, 10, 19)
    assert dark_pixels(painted(large), large.rect) > 3
    assert dark_pixels(painted(small), small.rect) == 0


def test_numbers_that_do_not_fit_are_left_out(dressed: Any) -> None:
    grid = Grid(np.array([[1.0]]), Signed(40.0), NumberForm(-12345, 1, 0))
    placed = Placed("a", grid, 10, 10, 30)
    assert dark_pixels(painted(placed), placed.rect) == 0


def test_a_kept_grid_looks_as_one_that_is_painted_anew(dressed: Any) -> None:
    form = NumberForm.of(VALUES)
    one, other = (
        painted(Placed("a", Grid(VALUES, Signed(2.0), form, (1, 1), kept=kept, outlines=[Outline(0, 0)]), 7, 5, 25))
        for kept in (False, True)
    )
    assert one == other


def test_a_cell_is_found_where_it_is_painted(dressed: Any) -> None:
    placed = Placed("a", Grid(np.zeros((3, 4)), Signed(1), ring=(1, 2)), 10, 20, 10)
    assert placed.rect == QRectF(10, 20, 80, 50)
    assert placed.inner == QRectF(30, 30, 40, 30)
    for row in range(-1, 4):
        for column in range(-2, 6):
            middle = placed.cells(Outline(row, column)).center()
            assert placed.cell_at(middle.x(), middle.y()) == (row, column)
    assert placed.cell_at(9.9, 25) is None
    assert placed.cell_at(90.1, 25) is None
    assert placed.cell_at(15, 70.1) is None


def test_an_outline_goes_around_its_cells(dressed: Any) -> None:
    grid = Grid(np.zeros((3, 3)), Signed(1), outlines=[Outline(1, 1, 2, 2, colour="blue", width=2)])
    placed = Placed("a", grid, 10, 10, 20)
    image, blue = painted(placed), theme.current().line("blue")
    assert image.pixelColor(40, 31) == blue
    assert image.pixelColor(20, 11) != blue


@pytest.mark.parametrize(
    ("room", "shape", "side"),
    [((330, 400), (10, 10), 33), ((900, 900), (3, 3), 40), ((256, 300), (512, 512), 0.5), ((50, 50), (20, 10), 2)],
)
def test_cells_are_as_large_as_the_room_allows(room: tuple[float, float], shape: tuple[int, int], side: float) -> None:
    assert cell_size(*room, *shape) == side


def test_a_grid_filled_by_steps_shows_the_cells_so_far(dressed: Any) -> None:
    grid = Grid(np.arange(6.0).reshape(2, 3), Signed(5), filled=4)
    assert grid.shown[1].tolist()[0] == 3
    assert np.isnan(grid.shown[1, 1:]).all()
    assert (grid.places[1] < 0).tolist() == [False, True, True]
