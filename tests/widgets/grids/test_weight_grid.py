from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.grids.weight_grid import Frame, WeightGrid

VALUES = np.array([[-1.0, 0.0, 1.0], [0.5, -0.25, 2.0]])


def grid(wide: float = 20, high: float = 12, frames: tuple[Frame, ...] = ()) -> WeightGrid:
    return WeightGrid("W", VALUES, 1.0, 10, 10, wide, high, frames)


def drawn(one: WeightGrid) -> QImage:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    one.paint(painter)
    painter.end()
    return image


def close(a: QColor, b: QColor) -> bool:
    return max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue())) <= 2


def test_colours_are_those_of_signed_values(qapp: QApplication) -> None:
    image = drawn(grid())
    for row in range(2):
        for column in range(3):
            at = QColor(image.pixel(10 + 20 * column + 4, 10 + 12 * row + 4))
            assert close(at, theme.current().signed(VALUES[row, column])), (row, column)


def test_the_cell_under_a_point(qapp: QApplication) -> None:
    assert grid().cell_at(11, 11) == (0, 0)
    assert grid().cell_at(69.9, 33.9) == (1, 2)
    assert grid().cell_at(9.9, 11) is None
    assert grid().cell_at(70, 11) is None


@pytest.mark.parametrize(("wide", "high", "decimals"), [(20, 8, None), (12, 30, None), (40, 20, 2), (60, 30, 2)])
def test_numbers_stand_where_they_have_room(qapp: QApplication, wide: int, high: int, decimals: int | None) -> None:
    one = grid(wide, high)
    assert one.decimals() == decimals
    bare = WeightGrid("W", np.zeros((2, 3)), 1.0, 10, 10, wide, high)
    flat = QColor(drawn(bare).pixel(10 + wide // 2, 10 + high // 2))
    seen = {drawn(bare).pixel(x, y) for x in range(12, 8 + wide) for y in range(12, 8 + high)}
    assert (len(seen) > 1) is (decimals is not None), flat.name()


def test_a_frame_goes_around_its_cells(qapp: QApplication) -> None:
    image = drawn(grid(frames=(Frame(1, 0, 1, 3, "blue"),)))
    assert QColor(image.pixel(40, 22)).name() == theme.current().line("blue").name()
    assert QColor(image.pixel(40, 11)).name() != theme.current().line("blue").name()
