"""Runs that are compared stand in parts of one board, each under its letter; the front one can be pointed at."""

from __future__ import annotations

from typing import Any

import pytest

from core import shapes
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from core.shapes.settings import Params
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.tab.runs_on_board import Moved, arranged
from playground.topics.shapes.nested_boxes import Picture
from playground.words.texts import topic_texts
from widgets.grids.board import Caption, GridBoard
from widgets.grids.board_series import RunLetter
from widgets.grids.grid import Placed

pytestmark = pytest.mark.usefixtures("qapp")
LISTS = {"A": (1, 2, 3), "B": ((7,), (8,), (9,))}


def board_of(front: str, count: int = 2, size: tuple[int, int] = (800, 300)) -> GridBoard:
    runs = {
        letter: Timeline(shapes, Recipe("shapes", 1, 0, Params(data=data))) for letter, data in [*LISTS.items()][:count]
    }
    compared = tuple(Compared(run, letter) for letter, run in runs.items()) if count > 1 else ()
    view = View(runs[front], 0, compared=compared, letter=front if count > 1 else "")
    board = GridBoard()
    board.resize(*size)
    board.set_arrangement(arranged(view, lambda run: Picture(run, topic_texts("shapes")).arrange))
    return board


def words(board: GridBoard) -> list[tuple[str, float, float]]:
    return [(item.text, item.x, item.y) for item in board.items() if isinstance(item, Caption)]


@pytest.mark.parametrize("front", ["A", "B"])
def test_both_shapes_are_seen_at_their_letters(front: str) -> None:
    board = board_of(front)
    letters = [item for item in board.items() if isinstance(item, RunLetter)]
    assert [(item.letter, item.is_front) for item in letters] == [("A", front == "A"), ("B", front == "B")]
    halves = ["".join(text for text, x, _ in words(board) if (x > 400) is right) for right in (False, True)]
    assert "(3,)" in halves[0]
    assert "(3, 1)" in halves[1]


def test_what_can_be_pointed_at_is_the_front_run() -> None:
    named = {item.name: item.left > 400 for item in board_of("B").items() if isinstance(item, Placed)}
    assert named == {"": False, "typed": True, "level 0": True, "level 1": True}


def test_in_a_narrow_card_they_stand_below_each_other() -> None:
    tops = [item.centre.y() for item in board_of("A", size=(400, 500)).items() if isinstance(item, RunLetter)]
    assert tops[1] - tops[0] == pytest.approx(258)


def test_one_run_has_the_whole_board() -> None:
    items: Any = board_of("A", 1).items()
    assert not [item for item in items if isinstance(item, RunLetter | Moved)]
