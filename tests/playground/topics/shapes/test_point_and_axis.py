"""Three numbers as a way in space and as one axis of length 3."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QLineF

from core import shapes
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.playback.view import View
from playground.topics.shapes.point_and_axis import EXAMPLE, Picture, Space
from playground.words.texts import topic_texts
from widgets.grids.board import Caption, GridBoard
from widgets.grids.grid import Placed

pytestmark = pytest.mark.usefixtures("qapp")


def items(data: Any, kind: Any, focus: str = "", covered: bool = False) -> list[Any]:
    timeline = Timeline(shapes, Recipe("shapes", 1, 0, Params(data=data)))
    view = View(timeline, 0, focus=Focus.of(focus), covered=covered)
    return [item for item in Picture(view, topic_texts("shapes")).arrange(420.0, 220.0) if isinstance(item, kind)]


def words(*args: Any, **more: Any) -> list[str]:
    return [caption.text for caption in items(args[0], Caption, *args[1:], **more)]


def test_each_number_is_a_way_along_its_own_direction() -> None:
    (space,) = items((2, 1, -3), Space)
    ways = [QLineF(a, b) for a, b in zip(space.stops, space.stops[1:], strict=False)]
    axes = [QLineF(space.axes[0], end) for end in space.axes[1:]]
    unit = ways[0].length() / axes[0].length() / 2
    for way, axis, number in zip(ways, axes, (2, 1, -3), strict=True):
        assert way.length() == pytest.approx(abs(number) * unit * axis.length())
        along = way.dx() * axis.dx() + way.dy() * axis.dy()
        assert (along > 0) is (number > 0)


def test_the_tensor_has_one_axis() -> None:
    (row,) = items((2, 1, -3), Placed)
    assert row.grid.values.tolist() == [[2, 1, -3]]
    assert {"(3,)", "rank 1", "(2, 1, −3)"} <= set(words((2, 1, -3)))
    assert not {"(3,)", "rank 1"} & set(words((2, 1, -3), covered=True))


def test_what_is_no_list_of_three_is_replaced_by_an_example_that_says_so() -> None:
    (row,) = items(((1,), (2,), (3,)), Placed)
    assert tuple(row.grid.values[0]) == EXAMPLE
    assert any(text.startswith("An example") for text in words(((1,), (2,), (3,))))
    assert not any(text.startswith("An example") for text in words((4, 0, 1)))


def test_a_number_is_lit_in_both() -> None:
    (space,), (row,) = items((2, 1, 3), Space, "entry 1"), items((2, 1, 3), Placed, "entry 1")
    assert space.lit == 1
    assert [outline.column for outline in row.grid.outlines] == [1]
    assert items((2, 1, 3), Space, "entry 3")[0].lit == -1


@pytest.mark.parametrize("data", [(0, 0, 0), (1e9, -1e-9, 5), (-1, -1, -1)])
def test_any_three_numbers_can_be_painted(data: Any) -> None:
    board = GridBoard()
    board.resize(420, 220)
    board.set_arrangement(lambda wide, high: [*items(data, object)])
    assert not board.grab().toImage().isNull()
    (space,) = items(data, Space)
    assert all(0 <= point.x() <= 210 and 0 <= point.y() <= 220 for point in space.stops)
