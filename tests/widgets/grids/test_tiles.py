"""Small grids on one scale: each in its place, its colours, told by a row that is counted on, outlined."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.grids.board import GridBoard
from widgets.grids.grid import Outline, Signed
from widgets.grids.tiles import Tiles

VALUES = np.array([[[1.0, 0.0, -1.0], [0.0, 0.0, 0.0]], [[0.0, 1.0, 0.0], [0.0, 0.0, np.nan]]])
CORNERS = [(10.0, 20.0), (50.0, 40.0)]


def tiles(*outlines: tuple[int | None, Outline]) -> Tiles:
    return Tiles("maps", VALUES, Signed(1.0), CORNERS, 8.0, outlines)


def drawn(item: Tiles) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    return image


def middle(image: QImage, tile: int, row: int, column: int) -> str:
    left, top = CORNERS[tile]
    return QColor(image.pixel(int(left + 8 * column + 4), int(top + 8 * row + 4))).name()


def test_every_tile_has_its_colours_at_its_corner(qapp: QApplication) -> None:
    image, colours = drawn(tiles()), theme.current()
    assert middle(image, 0, 0, 0) == middle(image, 1, 0, 1) == colours.signed(1.0).name()
    assert middle(image, 0, 0, 2) == colours.signed(-1.0).name()
    assert middle(image, 0, 1, 1) == colours.signed(0.0).name()
    assert middle(image, 1, 1, 2) == colours.color("sunken").name()
    assert QColor(image.pixel(40, 30)).name() == QColor("magenta").name()


@pytest.mark.parametrize(
    ("x", "y", "cell"),
    [
        (11, 21, (0, 0)), (33, 35, (1, 2)), (51, 41, (2, 0)), (73, 55, (3, 2)),
        (35, 21, None), (11, 37, None), (9, 21, None),
    ],
)  # fmt: skip
def test_cells_are_told_by_a_row_that_is_counted_on(x: int, y: int, cell: tuple[int, int] | None) -> None:
    assert tiles().cell_at(x, y) == cell


def test_an_outline_goes_around_cells_of_one_tile_or_of_all(qapp: QApplication) -> None:
    accent = theme.current().color("accent_text").name()
    around = Outline(1, 1, 1, 2, width=2.0)
    for which, expected in ((0, [True, False]), (None, [True, True])):
        image = drawn(tiles((which, around)))
        lines = [QColor(image.pixel(int(left + 12), int(top + 8))).name() == accent for left, top in CORNERS]
        assert lines == expected


def test_an_outline_may_have_the_colour_of_a_series(qapp: QApplication) -> None:
    image = drawn(tiles((0, Outline(0, 0, 2, 3, colour="orange", width=2.0))))
    assert QColor(image.pixel(22, 20)) == theme.current().line_colour("orange")


def test_a_board_tells_their_cells(qapp: QApplication) -> None:
    board = GridBoard()
    board.set_arrangement(lambda width, height: [tiles()])
    assert board.cell_at(QPointF(52, 49)) == ("maps", 3, 0)
    assert board.cell_at(QPointF(5, 5)) is None
    board.deleteLater()


def test_tiles_that_touch_are_one_picture_with_an_edge_around_each_and_nothing_between_blocks(
    qapp: QApplication,
) -> None:
    values = np.linspace(-1.0, 1.0, 6 * 4).reshape(6, 2, 2)  # two blocks of two tiles side by side and one below
    corners = [(x + dx, y + dy) for x, y in ((3.0, 5.0), (40.0, 5.4)) for dx, dy in ((0, 0), (9, 0), (0, 9))]
    image, colours = drawn(Tiles("slices", values, Signed(1.0), corners, 4.0)), theme.current()
    for tile, (left, top) in enumerate(corners):
        for row, column in ((0, 0), (0, 1), (1, 0), (1, 1)):
            pixel = QColor(image.pixel(round(left) + 4 * column + 2, round(top) + 4 * row + 2))
            assert pixel == QColor(colours.signed(values[tile, row, column]).rgb())
        ends = (round(left), round(left) + 8)
        assert all(QColor(image.pixel(x, round(top) + 4)).rgb() == colours.color("border").rgb() for x in ends)
    assert QColor(image.pixel(3 + 9 + 4, 5 + 9 + 4)) == colours.color("panel")  # the place of a fourth tile
    assert QColor(image.pixel(30, 10)).name() == QColor("magenta").name()
