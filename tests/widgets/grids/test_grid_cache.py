from functools import partial
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from widgets.base import appearance, theme
from widgets.grids.board import GridBoard
from widgets.grids.grid import Grid, Ink, Outline, Placed, Signed
from widgets.grids.grid_cache import still_key
from widgets.grids.number_format import NumberForm

VALUES = np.arange(-7.0, 8.0).reshape(3, 5)


def board_with(grid: Grid, qtbot: Any, cell: float = 26) -> GridBoard:
    made = GridBoard()
    qtbot.addWidget(made)
    made.resize(200, 160)
    made.set_arrangement(lambda w, h: [Placed("a", grid, 12, 14, cell)])
    return made


def placed(grid: Grid, _width: float, _height: float) -> list[Placed]:
    return [Placed("a", grid, 12, 14, 26)]


def picture(board: GridBoard) -> QImage:
    return board.grab().toImage()


@pytest.mark.parametrize("filled", [None, 0, 1, 5, 8, 15])
@pytest.mark.parametrize("cell", [26.0, 7.0])
def test_a_kept_grid_looks_as_one_that_is_painted_anew(dressed: Any, qtbot: Any, filled: Any, cell: float) -> None:
    form = NumberForm.of(VALUES)
    one, other = (
        picture(board_with(Grid(VALUES, Signed(7), form, kept=kept, filled=filled), qtbot, cell))
        for kept in (False, True)
    )
    assert one == other


@pytest.mark.parametrize("filled", [0, 1, 7, 15])
def test_what_is_ahead_of_a_kept_grid_is_faint_and_fills_step_by_step(dressed: Any, qtbot: Any, filled: int) -> None:
    def pixel(grid: Grid, cell: int) -> int:
        x, y = 12 + 26 * (cell % 5) + 4, 14 + 26 * (cell // 5) + 4
        return picture(board_with(grid, qtbot)).pixelColor(x, y).lightness()

    form = NumberForm.of(VALUES)
    whole = Grid(VALUES, Signed(7), form, kept=True)
    grid = Grid(VALUES, Signed(7), form, kept=True, filled=filled, ahead=0.45)
    for cell in (0, 14):
        assert (pixel(grid, cell) > pixel(whole, cell)) is (cell >= filled)


def test_a_board_shows_every_step_whatever_was_shown_before(dressed: Any, qtbot: Any) -> None:
    def at(filled: int) -> Grid:
        return Grid(
            VALUES, Signed(7), NumberForm.of(VALUES), kept=True, filled=filled, outlines=[Outline(0, filled % 5)]
        )

    board = board_with(at(3), qtbot)
    three = picture(board)
    for filled in (4, 9, 0):
        board.set_arrangement(partial(placed, at(filled)))
        assert picture(board) != three
    board.set_arrangement(lambda w, h: [Placed("a", at(3), 12, 14, 26)])
    assert picture(board) == three


def test_another_look_has_another_key(dressed: Any) -> None:
    def key(grid: Grid, left: float = 0.0, scale: float = 1.0) -> Any:
        return still_key(Placed("a", grid, left, 0, 20), scale)

    first = key(Grid(VALUES, Signed(7)))
    assert key(Grid(VALUES.copy(), Signed(7), outlines=[Outline(1, 1)])) == first
    changed = VALUES.copy()
    changed[2, 2] += 1
    others = [
        key(Grid(changed, Signed(7))), key(Grid(VALUES, Signed(8))), key(Grid(VALUES, Ink(0, 7))),
        key(Grid(VALUES, Signed(7), ring=(1, 1))), key(Grid(VALUES, Signed(7), bold=True)),
        key(Grid(VALUES, Signed(7)), left=1.0), key(Grid(VALUES, Signed(7)), scale=2.0),
        key(Grid(VALUES, Signed(7), NumberForm.of(VALUES))), key(Grid(VALUES, Signed(7), filled=2)),
    ]  # fmt: skip
    assert first not in others


def test_locked_arrays_are_known_by_their_place(dressed: Any) -> None:
    locked, other = VALUES.copy(), VALUES + 1
    for array in (locked, other):
        array.setflags(write=False)
    one = still_key(Placed("a", Grid(locked, Signed(7)), 0, 0, 20), 1.0)
    assert still_key(Placed("a", Grid(locked[:], Signed(7)), 0, 0, 20), 1.0) == one
    assert still_key(Placed("a", Grid(other, Signed(7)), 0, 0, 20), 1.0) != one


def test_the_other_theme_is_painted_anew(dressed: Any, qtbot: Any, qapp: Any) -> None:
    board = board_with(Grid(VALUES, Signed(7), kept=True), qtbot)
    picture(board)
    appearance.apply(qapp, "dark")
    try:
        assert picture(board).pixel(14, 16) == theme.DARK.signed(-1).rgb()
    finally:
        appearance.apply(qapp, "light")


def test_a_larger_picture_is_painted_in_its_own_pixels(dressed: Any, qtbot: Any) -> None:
    """A tab is exported by rendering its widgets, scaled."""
    board = board_with(Grid(VALUES, Signed(7), NumberForm.of(VALUES), kept=True), qtbot)
    pictures = []
    for kept in (True, False):
        board.set_arrangement(partial(placed, Grid(VALUES, Signed(7), NumberForm.of(VALUES), kept=kept)))
        image = QImage(600, 480, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.scale(3, 3)
        board.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
        painter.end()
        pictures.append(image)
    assert pictures[0] == pictures[1]


def test_a_vector_has_all_that_is_shown(dressed: Any, qtbot: Any, exports: Any) -> None:
    board = board_with(Grid(VALUES, Signed(7), NumberForm.of(VALUES), kept=True, filled=2), qtbot)
    text = exports.svg(board, 200, 160)
    assert "−7" in text
    assert "−6" in text
    assert "−5" not in text
    assert "<image" not in text
