from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.grids.grid import Grid, Light, Outline, Placed, Signed
from widgets.grids.grid_painting import front, paint
from widgets.grids.number_format import NumberForm, RoundedForm

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
    image, colours = painted(placed, vector), theme.current()
    for (row, column), value in np.ndenumerate(VALUES):
        assert colour_at(image, placed, row, column) == QColor(colours.signed(float(value) / 2).rgb()), (row, column)


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


def test_an_outline_goes_around_its_cells(dressed: Any) -> None:
    grid = Grid(np.zeros((3, 3)), Signed(1), outlines=[Outline(1, 1, 2, 2, colour="blue", width=2)])
    placed = Placed("a", grid, 10, 10, 20)
    image, blue = painted(placed), theme.current().line("blue")
    assert image.pixelColor(40, 31) == blue
    assert image.pixelColor(20, 11) != blue


def weights(wide: float = 20, high: float = 12, outlines: tuple[Outline, ...] = ()) -> Placed:
    """Cells that are not square, with edges of their own and numbers of one or two decimals."""
    values = np.array([[-1.0, 0.0, 1.0], [0.5, -0.25, 2.0]])
    form = RoundedForm(1.0)
    return Placed("W", Grid(values, Signed(1.0), form, outlines=outlines, frame="", finest=5.0), 10, 10, wide, high)


@pytest.mark.parametrize("vector", [False, True])
def test_cells_need_not_be_square(dressed: Any, vector: bool) -> None:
    image, placed = painted(weights(), vector), weights()
    for (row, column), value in np.ndenumerate(placed.grid.values):
        at = image.pixelColor(10 + 20 * column + 4, 10 + 12 * row + 4)
        assert at == QColor(theme.current().signed(float(value)).rgb()), (row, column)


def test_edges_of_their_own_go_with_those_between_the_cells(dressed: Any) -> None:
    border = theme.current().color("border")
    seen = painted(weights())
    assert {seen.pixelColor(x, y).name() for x in (10, 30, 70) for y in (12, 30)} == {border.name()}
    assert painted(weights(20, 4)).pixelColor(70, 12) == theme.current().color("panel")


def test_hatched_cells_have_lines_across_them_and_others_none(dressed: Any) -> None:
    grid = Grid(np.zeros((1, 2)), Signed(1.0), hatched=np.array([[True, False]]), frame="")
    image = painted(Placed("a", grid, 10, 10, 20))
    first, second = ({image.pixel(x, y) for x in range(left, left + 16) for y in range(12, 28)} for left in (12, 32))
    assert len(first) == 2
    assert len(second) == 1


@pytest.mark.parametrize(("wide", "high", "has_numbers"), [(20, 8, False), (12, 30, False), (40, 20, True)])
def test_rounded_numbers_stand_where_they_have_room(dressed: Any, wide: int, high: int, has_numbers: bool) -> None:
    image = painted(weights(wide, high))
    seen = {image.pixel(x, y) for x in range(12 + wide, 8 + 2 * wide) for y in range(12, 8 + high)}
    assert (len(seen) > 1) is has_numbers  # the value in the middle is 0


def test_a_dashed_outline_has_gaps(dressed: Any) -> None:
    blue = theme.current().line("blue")
    for dashed in (False, True):
        image = painted(weights(20, 12, (Outline(0, 0, 2, 3, "blue", 2.0, dashed=dashed),)))
        assert (any(image.pixelColor(x, 10) != blue for x in range(14, 66))) is dashed


@pytest.mark.parametrize("vector", [False, True])
def test_cells_ahead_are_seen_at_a_part_of_their_strength(dressed: Any, vector: bool) -> None:
    placed = Placed("a", Grid(VALUES, Signed(2.0), filled=2, ahead=0.45), 10, 10, 30)
    image, colours = painted(placed, vector), theme.current()
    panel = colours.color("panel")
    for row, column, share in ((0, 0, 1.0), (0, 1, 1.0), (0, 2, 0.45), (1, 1, 0.45), (1, 2, 0.45)):
        whole = QColor(colours.signed(float(VALUES[row, column]) / 2).rgb())
        wanted, shown = colours.mix(panel, whole, share), colour_at(image, placed, row, column)
        parts = [(c.red(), c.green(), c.blue()) for c in (wanted, shown)]
        assert np.abs(np.diff(parts, axis=0)).max() <= 1, (row, column)


@pytest.mark.parametrize(
    ("filled", "line"),
    [(2, [(10, 40), (70, 40), (70, 10), (100, 10)]), (3, [(10, 40), (100, 40)]),
     (5, [(10, 70), (70, 70), (70, 40), (100, 40)])],
)  # fmt: skip
def test_the_front_parts_what_is_reached_from_what_is_ahead(dressed: Any, filled: int, line: Any) -> None:
    placed = Placed("a", Grid(VALUES, Signed(2.0), filled=filled, ahead=0.45), 10, 10, 30)
    assert [(point.x(), point.y()) for point in front(placed)] == line
    assert painted(placed).pixelColor(25, line[0][1]).lightness() < 100
    for grid in (Grid(VALUES, Signed(2.0), filled=filled), Grid(VALUES, Signed(2.0), filled=6, ahead=0.45)):
        assert painted(Placed("a", grid, 10, 10, 30)).pixelColor(25, line[0][1]).lightness() > 150


@pytest.mark.parametrize("cell", [0.25, 0.4, 0.125])
def test_thin_lines_of_a_large_picture_are_seen_in_a_small_one(dressed: Any, cell: float) -> None:
    lines = np.full((256, 256), 255.0)
    lines[:, 3::8] = 0.0
    placed = Placed("a", Grid(lines, Light(0.0, 255.0), frame=""), 10, 10, cell)
    image = painted(placed)
    inside = placed.inner.toRect().adjusted(3, 3, -3, -3)
    shades = [image.pixelColor(x, inside.center().y()).red() for x in range(inside.left(), inside.right())]
    assert np.mean(shades) == pytest.approx(255 * 7 / 8, abs=6)
    assert min(shades) < 240
