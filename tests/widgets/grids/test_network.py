from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.grids.board import GridBoard
from widgets.grids.network import Lines, Network, Unit

SIDE = 20.0
FULL = np.ones((2, 2))


def units(left: float, fields: list[float]) -> list[Unit]:
    return [Unit(QRectF(left, 20 + 60 * j, SIDE, SIDE), value * FULL) for j, value in enumerate(fields)]


def net(weights: list[list[float]], told: bool = False) -> Network:
    array = np.array(weights)
    lines = Lines(array, np.full(array.shape, told), [[str(w) for w in row] for row in weights])
    return Network("net", [units(20, [1.0, -1.0]), units(160, [0.0])], [lines], 2.0, [(1, 0)])


def picture(drawing: Network) -> QImage:
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    drawing.paint(painter)
    painter.end()
    return image


def wide(image: QImage, series: str, x: int) -> int:
    """How many px of a colour a vertical cut has."""
    wanted = theme.current().line_colour(series)
    near = (image.pixelColor(x, y) for y in range(120))
    return sum(abs(c.red() - wanted.red()) + abs(c.green() - wanted.green()) < 40 for c in near)


def test_a_line_is_as_wide_as_its_weight_blue_above_0_and_vermillion_below(qapp: QApplication) -> None:
    image = picture(net([[2.0], [-1.0]]))
    assert wide(image, "blue", 60) > wide(image, "vermillion", 60) >= 2
    turned = picture(net([[-2.0], [1.0]]))
    assert wide(turned, "vermillion", 60) > wide(turned, "blue", 60) >= 2


def test_lines_that_move_are_hard_those_that_stand_are_soft(qapp: QApplication) -> None:
    still = net([[1.0], [-1.0]])
    moving = Network("net", still.columns, still.lines, still.limit, smooth=False)
    shades = [{picture(shown).pixel(x, y) for x in range(60, 140) for y in range(20, 100)} for shown in (still, moving)]
    assert len(shades[0]) > len(shades[1]) == 3  # the ground and two series


def test_a_unit_shows_its_field(qapp: QApplication) -> None:
    image, colours = picture(net([[1.0], [1.0]])), theme.current()
    for (x, y), value in (((30, 30), 1.0), ((30, 90), -1.0), ((170, 30), 0.0)):
        assert image.pixel(x, y) == colours.signed(value).rgb()
    assert image.pixel(160, 30) == colours.color("accent_text").rgb()


def test_numbers_stand_where_they_are_told_and_a_pale_line_is_another(qapp: QApplication) -> None:
    plain, told = picture(net([[2.0], [-1.0]])), picture(net([[2.0], [-1.0]], told=True))
    assert plain != told
    one = np.array([[2.0], [-1.0]])
    half = Network(
        "net", [units(20, [1.0, -1.0]), units(160, [0.0])],
        [Lines(one, np.array([[True], [False]]), [["2"], [""]])], 2.0,
    )  # fmt: skip
    assert wide(picture(half), "blue", 60) > 0
    assert wide(picture(half), "vermillion", 60) == 0


def test_numbers_that_would_hide_the_next_column_are_left_out(qapp: QApplication) -> None:
    def close(words: list[list[str]]) -> QImage:
        lines = Lines(np.array([[2.0], [-1.0]]), np.full((2, 1), True), words)
        return picture(Network("net", [units(20, [1.0, -1.0]), units(70, [0.0])], [lines], 2.0))

    assert close([["2.00000000"], ["−1.0000000"]]) == close([["3.33333333"], ["−4.4444444"]])
    assert close([["2"], ["−1"]]) != close([["3"], ["−4"]])


def test_a_board_tells_of_its_units_by_column_and_place(qapp: QApplication) -> None:
    drawing = net([[1.0], [1.0]])
    assert drawing.cell_at(30, 90) == (0, 1)
    assert drawing.cell_at(170, 30) == (1, 0)
    assert drawing.cell_at(100, 60) is None
    board = GridBoard()
    board.set_arrangement(lambda _width, _height: [drawing])
    assert board.cell_at(QRectF(165, 25, 1, 1).center()) == ("net", 1, 0)
    assert board.placed("net") is None


def test_a_weight_that_is_none_has_a_line_all_the_same(qapp: QApplication) -> None:
    lines, known = net([[float("nan")], [0.0]]), net([[0.0], [0.0]])
    assert picture(lines) == picture(known)
