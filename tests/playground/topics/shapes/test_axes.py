"""What axes are called and in which colours they are drawn."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from core.nn.layers import Conv2D, Dense, Embedding, Flatten, SimpleRNN, stack_of
from playground.topics.shapes.axes import (
    COLOURS,
    Dimension,
    Drop,
    Handle,
    Hatch,
    JointBox,
    Passing,
    Sheets,
    Slices,
    Tints,
    Underline,
    colour_of,
    names_in,
)
from widgets.base import theme

pytestmark = pytest.mark.usefixtures("qapp")


def test_numbers_that_are_looked_up_stand_in_time() -> None:
    made = stack_of([Embedding(41, 8, input_length=4), Flatten(), Dense(2)])
    assert [names_in(made, k) for k in range(4)] == [
        ("batch", "time"), ("batch", "time", "features"), ("batch", "features"), ("batch", "features"),
    ]  # fmt: skip
    assert names_in(stack_of([Conv2D(1, 2, input_shape=(4, 4, 1))]), 0) == ("batch", "rows", "columns", "channels")
    assert names_in(stack_of([SimpleRNN(2, input_shape=(4, 1))]), 1) == ("batch", "features")


def test_every_axis_has_a_colour_of_its_own() -> None:
    assert len(set(COLOURS.values())) == len(COLOURS)
    assert colour_of("axis 1") not in COLOURS.values()


def painted(item: Any) -> QImage:
    image = QImage(120, 60, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    item.paint(painter)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_dimension_is_drawn_in_the_colour_of_its_axis() -> None:
    for line in (QLineF(10, 30, 110, 30), QLineF(60, 5, 60, 55)):
        found = colours(painted(Dimension(line, "8", "orange")))
        assert theme.current().line("orange").name() in found
        assert theme.current().line("blue").name() not in found


def test_a_batch_that_is_not_fixed_is_dotted() -> None:
    ink = theme.current().line("black").name()
    counts = []
    for is_fixed in (True, False):
        image = painted(Sheets(QRectF(20, 20, 60, 30), is_fixed))
        counts.append(sum(image.pixelColor(x, y).name() == ink for x in range(120) for y in range(60)))
    assert counts[0] > 1.5 * counts[1] > 0


def test_the_layer_of_the_step_and_the_one_chosen_wear_accent() -> None:
    accent, bar = theme.current().color("accent").name(), QRectF(5, 5, 100, 28)
    boxes = JointBox(bar), JointBox(bar, "chosen"), Passing(bar)
    assert [accent in colours(painted(box)) for box in boxes] == [False, True, True]


@pytest.mark.parametrize(
    "item",
    [
        Handle(QPointF(50, 30), True), Handle(QPointF(50, 30), False), Hatch(QRectF(10, 10, 40, 20)),
        Tints((QRectF(10, 10, 20, 4), QRectF(30, 10, 20, 4)), "blue"), Underline(QLineF(10, 30, 60, 30), "green"),
        Slices(QRectF(10, 20, 40, 20), 2, 4.0), Drop(QLineF(5, 30, 100, 30)),
        Dimension(QLineF(30, 40, 42, 28), "3", "vermillion"),
    ],
    ids=lambda item: type(item).__name__,
)  # fmt: skip
def test_each_is_seen(item: Any) -> None:
    assert len(colours(painted(item))) > 1


def test_strips_of_an_axis_have_two_tints() -> None:
    strips = tuple(QRectF(10 + 20 * i, 10, 20, 4) for i in range(3))
    image = painted(Tints(strips, "blue"))
    first, second, third = (image.pixelColor(20 + 20 * i, 12).name() for i in range(3))
    assert first == third != second
