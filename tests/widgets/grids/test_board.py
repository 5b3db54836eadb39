from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.base import appearance, theme
from widgets.base.rendering import without_painted_controls
from widgets.grids.board import Bar, Button, Caption, GridBoard, Hint, Item, Spot
from widgets.grids.board_lines import Beam, Pages
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import NumberForm

VALUES = np.arange(-6.0, 6.0).reshape(3, 4)


def arrange(width: float, height: float) -> list[Item]:
    left = Placed("left", Grid(VALUES, Signed(6), NumberForm.of(VALUES), (1, 1)), 10, 30, 20)
    right = Placed("right", Grid(VALUES, Signed(6)), width - 100, 50, 20)
    beam = Beam(left.cells(Outline(0, 0, 2, 2)), right.inner)
    return [Caption("Input", 10, 5, "section", "text"), left, right, beam, Bar(10, 170, 120, "6", "value")]


@pytest.fixture
def board(dressed: Any, qtbot: QtBot) -> GridBoard:
    made = GridBoard()
    qtbot.addWidget(made)
    made.resize(320, 220)
    made.set_arrangement(arrange)
    made.show()
    qtbot.waitExposed(made)
    return made


def middle(board: GridBoard, name: str, row: int, column: int) -> QPoint:
    placed = board.placed(name)
    assert placed is not None
    return placed.cells(Outline(row, column)).center().toPoint()


def test_pointing_tells_the_cell_once(board: GridBoard) -> None:
    told: list[Any] = []
    board.hovered.connect(lambda *cell: told.append(cell))
    board.left.connect(lambda: told.append("left"))
    QTest.mouseMove(board, middle(board, "left", 1, 2))
    QTest.mouseMove(board, middle(board, "left", 1, 2) + QPoint(2, 2))
    QTest.mouseMove(board, middle(board, "right", 0, 3))
    QTest.mouseMove(board, QPoint(1, 1))
    assert told == [("left", 1, 2), ("right", 0, 3), "left"]


def test_buttons_and_bars_for_rows_are_for_the_screen_alone(board: GridBoard) -> None:
    def inked() -> int:
        picture = board.grab().toImage()
        return len({picture.pixel(x, y) for x in range(0, 320, 2) for y in range(0, 220, 2)})

    board.set_arrangement(lambda w, h: [Button("copy", QRectF(9, 9, 80, 20), words="Copy")])
    assert inked() > 1
    with without_painted_controls():
        assert inked() == 1
    board.set_arrangement(lambda w, h: [Pages(QRectF(200, 0, 12, 200), 3, 4, 20)])
    assert inked() > 1
    with without_painted_controls():
        assert inked() == 1


def test_a_hint_is_for_the_screen_alone(board: GridBoard) -> None:
    board.set_arrangement(lambda w, h: [])
    bare = board.grab().toImage()
    board.set_arrangement(lambda w, h: [Hint("point at a cell", 9, 9)])
    assert board.grab().toImage() != bare
    with without_painted_controls():
        assert board.grab().toImage() == bare


def test_a_button_is_clicked_by_its_name(board: GridBoard, qtbot: QtBot) -> None:
    board.set_arrangement(lambda w, h: [Button("copy", QRectF(9, 9, 80, 20), words="Copy")])
    with qtbot.waitSignal(board.clicked, check_params_cb=lambda *told: told == ("copy", 0, 0)):
        QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))


def test_cells_of_the_ring_are_told_too(board: GridBoard) -> None:
    assert board.cell_at(QPointF(middle(board, "left", -1, 4))) == ("left", -1, 4)


def test_a_click_is_a_press_and_release_on_one_cell(board: GridBoard) -> None:
    clicks: list[Any] = []
    strokes: list[Any] = []
    board.clicked.connect(lambda *cell: clicks.append(cell))
    board.pressed.connect(lambda *cell: strokes.append(cell))
    board.dragged.connect(lambda *cell: strokes.append(cell))
    board.released.connect(lambda: strokes.append("up"))
    QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=middle(board, "right", 2, 1))
    assert clicks == [("right", 2, 1)]
    QTest.mousePress(board, Qt.MouseButton.LeftButton, pos=middle(board, "left", 0, 0))
    QTest.mouseMove(board, middle(board, "left", 0, 1))
    QTest.mouseRelease(board, Qt.MouseButton.LeftButton, pos=middle(board, "left", 0, 1))
    assert clicks == [("right", 2, 1)]
    assert strokes == [("right", 2, 1), "up", ("left", 0, 0), ("left", 0, 1), "up"]


def test_a_double_click_opens_and_clicks_once(board: GridBoard) -> None:
    told: list[Any] = []
    board.clicked.connect(lambda *cell: told.append(("click", *cell)))
    board.opened.connect(lambda *cell: told.append(("open", *cell)))
    QTest.mouseClick(board, Qt.MouseButton.LeftButton, pos=middle(board, "left", 1, 1))
    QTest.mouseDClick(board, Qt.MouseButton.LeftButton, pos=middle(board, "left", 1, 1))
    QTest.mouseDClick(board, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert told == [("click", "left", 1, 1), ("open", "left", 1, 1)]


def test_what_is_placed_follows_the_size(board: GridBoard) -> None:
    before = middle(board, "right", 0, 0)
    board.resize(420, 220)
    assert middle(board, "right", 0, 0) == before + QPoint(100, 0)
    assert board.placed("nothing") is None


def test_an_empty_board_says_why(board: GridBoard) -> None:
    full = board.grab().toImage()
    board.set_empty("Press Play or Step to begin.")
    assert board.grab().toImage() != full
    board.set_empty("")
    assert board.grab().toImage() == full


def test_it_is_painted_alike_into_a_picture_and_in_the_other_theme(board: GridBoard, qapp: Any, exports: Any) -> None:
    image = exports.image(board, 640, 440)
    spot = middle(board, "left", 2, 3) + QPoint(7, 7)
    assert image.pixel(spot * 2) == theme.current().signed(5 / 6).rgb()
    appearance.apply(qapp, "dark")
    try:
        assert board.grab().toImage().pixel(spot) == theme.DARK.signed(5 / 6).rgb()
    finally:
        appearance.apply(qapp, "light")


def test_as_a_vector_it_has_no_pictures(board: GridBoard, exports: Any) -> None:
    text = exports.svg(board, board.width(), board.height())
    assert "<image" not in text
    assert "−6" in text


def test_a_caption_is_cut_where_it_is_too_wide(board: GridBoard) -> None:
    caption = Caption("a very long caption indeed", 0, 0)
    assert caption.width > 60
    board.set_arrangement(lambda w, h: [Caption(caption.text, 4, 4, widest=60)])
    image = board.grab().toImage()
    panel = theme.current().color("panel")
    assert all(image.pixelColor(x, y) == panel for x in range(68, 160) for y in range(30))


def test_over_a_grid_that_can_be_drawn_on_the_pointer_is_a_cross(board: GridBoard) -> None:
    board.set_drawable(frozenset({"left"}))
    QTest.mouseMove(board, middle(board, "left", 0, 0))
    assert board.cursor().shape() == Qt.CursorShape.CrossCursor
    QTest.mouseMove(board, middle(board, "right", 0, 0))
    assert board.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_spot_is_told_of_like_a_cell_and_how_far_it_is_dragged(board: GridBoard) -> None:
    cells: list[Any] = []
    ways: list[Any] = []
    resize = Qt.CursorShape.SizeHorCursor
    board.set_arrangement(lambda w, h: [*arrange(w, h), Spot("end", QRectF(100, 40, 12, 12), resize)])
    board.hovered.connect(lambda *cell: cells.append(cell))
    board.moved.connect(lambda x, y: ways.append((x, y)))
    board.clicked.connect(lambda *cell: cells.append(("clicked", *cell)))
    QTest.mouseMove(board, QPoint(105, 45))
    assert cells == [("end", 0, 0)]
    assert board.cursor().shape() == resize
    QTest.mousePress(board, Qt.MouseButton.LeftButton, pos=QPoint(105, 45))
    QTest.mouseMove(board, QPoint(108, 44))
    QTest.mouseMove(board, QPoint(140, 60))
    assert ways == [(3, -1), (35, 15)]
    QTest.mouseRelease(board, Qt.MouseButton.LeftButton, pos=QPoint(140, 60))
    QTest.mouseMove(board, QPoint(105, 45))
    assert ways == [(3, -1), (35, 15)]
    assert ("clicked", "end", 0, 0) not in cells
