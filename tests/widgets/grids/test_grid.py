from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from widgets.base import theme
from widgets.grids.grid import Grid, Ink, Light, Outline, Placed, Signed, cell_size, rounding


def test_a_drawing_is_ink_on_paper_and_a_photograph_is_light(dressed: Any) -> None:
    drawing = Grid(np.array([[0.0, 9.0]]), Ink(0, 9)).pixels()
    assert QColor(int(drawing[0, 0])) == theme.current().color("panel")
    assert QColor(int(drawing[0, 1])).rgb() == theme.current().grey(1.0).rgb()
    photo = Grid(np.array([[0.0, 255.0]]), Light(0, 255)).pixels()
    assert photo.tolist() == [[0xFF000000, 0xFFFFFFFF]]


def test_three_channels_are_red_green_and_blue(dressed: Any) -> None:
    values = np.array([[[255.0]], [[128.0]], [[0.0]]])
    assert Grid(values, Light(0, 255)).pixels().tolist() == [[0xFFFF8000]]


def test_a_matrix_of_one_value_can_be_shown(dressed: Any) -> None:
    for ramp in (Signed(0.0), Ink(3, 3), Light(3, 3)):
        assert Grid(np.full((2, 2), 3.0), ramp).pixels().shape == (2, 2)


def test_colours_have_a_floor(dressed: Any) -> None:
    floor = rounding(np.array([[3.0, -200.0]]), np.array([0.5]))
    assert floor == pytest.approx(1e-7)
    assert Signed(1e-9, floor).ends == (-floor, floor)
    assert Signed(1e-6, floor).ends == (-1e-6, 1e-6)
    assert Signed(0.0, rounding(np.zeros(3))).ends == (-1.0, 1.0)


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


@pytest.mark.parametrize(
    ("room", "shape", "side"),
    [
        ((330, 400), (10, 10), 33),
        ((900, 900), (3, 3), 40),
        ((256, 300), (512, 512), 0.5),
        ((64, 90), (100, 512), 0.125),
        ((50, 50), (20, 10), 2),
    ],
)
def test_cells_are_as_large_as_the_room_allows(room: tuple[float, float], shape: tuple[int, int], side: float) -> None:
    assert cell_size(*room, *shape) == side


def test_a_grid_filled_by_steps_shows_the_cells_so_far(dressed: Any) -> None:
    grid = Grid(np.arange(6.0).reshape(2, 3), Signed(5), filled=4)
    assert grid.shown[1].tolist()[0] == 3
    assert np.isnan(grid.shown[1, 1:]).all()
    assert (grid.places[1] < 0).tolist() == [False, True, True]


def test_cells_that_are_not_square_are_found(dressed: Any) -> None:
    placed = Placed("a", Grid(np.zeros((2, 3)), Signed(1)), 10, 10, 20, 12)
    assert placed.rect == QRectF(10, 10, 60, 24)
    assert placed.cell_at(11, 11) == (0, 0)
    assert placed.cell_at(69.9, 33.9) == (1, 2)
    assert placed.cell_at(9.9, 11) is None
    assert placed.cell_at(70, 11) is None


def test_numbers_are_white_where_black_could_not_be_read(dressed: Any) -> None:
    for ramp in (Signed(1), Ink(-1, 1), Light(-1, 1)):
        grid = Grid(np.linspace(-1, 1, 21)[None], ramp)
        for colour, is_dark in zip(grid.pixels()[0].tolist(), grid.is_dark()[0].tolist(), strict=True):
            assert theme.contrast(QColor("white" if is_dark else "black"), QColor(colour)) > 4.5


@pytest.mark.parametrize(("cell", "high"), [(10.0, -0.5), (0.0, 0.0), (-3.0, 0.0)])
def test_a_grid_without_room_still_has_cells(cell: float, high: float) -> None:
    placed = Placed("a", Grid(np.zeros((3, 4)), Signed(1)), 10, 20, cell, high)
    assert placed.rect.isValid()
    assert placed.cells(Outline(2, 1)).isValid()
    assert placed.cell_at(10.01, 20.01) == (0, 0)
