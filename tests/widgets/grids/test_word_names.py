from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.grids.word_names import Name, Place, paint_names

WORDS = ["king", "queen", "a", "小猫"]


def drawn(names: list[Name], below: bool = False) -> QImage:
    image = QImage(200, 120, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    paint_names(painter, names, QPointF(5, 5), Place(24, 60, below))
    painter.end()
    return image


def inked(image: QImage, left: int, top: int, wide: int, high: int) -> bool:
    panel = theme.current().color("panel").rgb()
    return any(image.pixel(x, y) != panel for x in range(left, left + wide) for y in range(top, top + high))


def test_each_name_stands_in_its_row(qapp: QApplication) -> None:
    image = drawn([Name(word) for word in WORDS])
    assert all(inked(image, 5, 5 + 24 * row, 60, 24) for row in range(4))
    assert not inked(image, 70, 0, 100, 120)


def test_each_name_stands_below_its_column(qapp: QApplication) -> None:
    image = drawn([Name(word) for word in WORDS], below=True)
    assert all(inked(image, 5 + 24 * column, 5, 24, 60) for column in range(4))
    assert not inked(image, 0, 70, 200, 50)


def test_a_marked_name_takes_the_place_of_the_plain_one(qapp: QApplication) -> None:
    plain = drawn([Name(word) for word in WORDS])
    marked = drawn([Name(word, "blue" if word == "queen" else "") for word in WORDS])
    assert plain != marked
    assert plain.copy(0, 55, 200, 65) == marked.copy(0, 55, 200, 65)
    again = drawn([Name(word) for word in WORDS])
    assert again == plain


def test_one_sign_stands_upright_and_a_word_lies_on_its_side(qapp: QApplication) -> None:
    one = drawn([Name("1")], below=True)
    widths = [x for x in range(5, 29) if inked(one, x, 5, 1, 60)]
    heights = [y for y in range(5, 65) if inked(one, 5, y, 24, 1)]
    assert len(heights) > len(widths)  # a one is higher than wide
    word = drawn([Name("king")], below=True)
    assert len([y for y in range(5, 65) if inked(word, 5, y, 24, 1)]) > 2 * len(heights)
