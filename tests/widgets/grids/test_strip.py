from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from widgets.base.rendering import Rendering
from widgets.grids.grid import Grid, Outline, Signed
from widgets.grids.grid_painting import paint
from widgets.grids.strip import Strip

VALUES = np.array([[-2.0, 0.0, 1.0, 0.4], [np.nan, 2.0, -1.0, 1.7], [0.1, -0.2, 0.3, -1.9]])


def strip(cell: float) -> Strip:
    grid = Grid(VALUES, Signed(2.0), outlines=[Outline(1, 0, 1, 4, "accent_text", 1.5)], finest=6.0)
    return Strip("e", grid, 10.3, 12.7, cell, 15.0, 4 * cell + 6.0)


def painted(draw: Any) -> QImage:
    image = QImage(240, 60, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("cell", [0.4, 3.7, 10.4, 16.0])
def test_each_row_looks_as_a_grid_by_itself(dressed: Any, cell: float) -> None:
    whole = strip(cell)

    def one_by_one(painter: QPainter) -> None:
        for row in range(3):
            paint(painter, whole.part(row), Rendering())

    assert painted(whole.paint) == painted(one_by_one)


def test_as_a_vector_it_has_no_pictures(dressed: Any, exports: Any, qtbot: Any) -> None:
    from widgets.grids.board import GridBoard

    board = GridBoard()
    qtbot.addWidget(board)
    board.resize(240, 60)
    board.set_arrangement(lambda *_: [strip(10.0)])
    assert "<image" not in exports.svg(board, 240, 60)


def test_a_cell_is_told_by_its_row_and_column(dressed: Any) -> None:
    whole = strip(10.0)
    for row in range(3):
        inner: QRectF = whole.part(row).inner
        assert whole.cell_at(inner.left() + 25, inner.center().y()) == (row, 2)
        assert whole.cell_at(inner.right() + 3, inner.center().y()) is None
        assert whole.cell_at(inner.left() + 25, inner.bottom() + 1) is None
    assert whole.cell_at(whole.left - 1, whole.top + 1) is None
    assert whole.cell_at(whole.left + 3 * whole.pace + 1, whole.top + 1) is None
