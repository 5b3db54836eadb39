"""Runs that are compared in the ribbon and in the chain: what each read of the sentence, and what came of it."""

from __future__ import annotations

from typing import Any

import pytest

from core.embedding.algorithm import arrays
from core.run.explanation import Focus
from playground.topics.embedding.painted import Chip
from playground.topics.embedding.tab import EmbeddingTab
from widgets.base import numbers
from widgets.grids.board import Caption, GridBoard
from widgets.grids.board_series import RunLetter

LONG = 25  # "in the end it was a lovely book"


@pytest.fixture
def compared(tab: EmbeddingTab) -> EmbeddingTab:
    tab.stage.open("all_of_one_length")
    tab.stage.skip()
    tab.run.advance(20)
    tab.ribbon.resize(500, 400)
    return tab


def lines(board: GridBoard) -> list[list[str]]:
    """What stands beside each letter."""
    found = [item for item in board.items() if isinstance(item, RunLetter)]
    told = [item for item in board.items() if isinstance(item, Caption)]
    return [[text.text for text in told if abs(text.y - letter.centre.y()) < 9] for letter in found]


def test_each_run_says_what_it_read_and_what_came_of_it(compared: EmbeddingTab) -> None:
    compared.pick(Focus("sentence", (LONG,)))
    one, other = lines(compared.ribbon)
    assert one[1] == "was · a · lovely · book"
    assert other[1] == "in · the · end · it"
    for told, run in zip((one, other), compared.run.compared, strict=True):
        frame = run.timeline.frame(run.step(compared.view().t))
        held: Any = arrays(frame.state, frame.params)
        z = float(held["E"][held["sequences"][LONG]].ravel() @ held["W"][:, 0] + held["b"][0])
        assert f"z = {numbers.compact(z)} " in told[0]


def test_while_a_scene_asks_only_the_words_are_told(tab: EmbeddingTab) -> None:
    tab.stage.open("all_of_one_length")
    assert tab.view().covered
    tab.ribbon.resize(500, 400)
    assert [line[0] for line in lines(tab.ribbon)] == ["", ""]


@pytest.mark.parametrize("size", [(400, 190), (480, 220), (500, 520)])
def test_lines_of_runs_stand_within_the_board_and_below_all_else(compared: EmbeddingTab, size: tuple[int, int]) -> None:
    compared.ribbon.resize(*size)
    items = compared.ribbon.items()
    first = min(item.centre.y() for item in items if isinstance(item, RunLetter)) - 9
    told = [item for item in items if isinstance(item, Caption)]
    assert all(item.y + item.height <= size[1] + 2 for item in told)
    assert all(item.y >= first or item.y + item.height <= first + 6 for item in told)
    assert all(item.rect.bottom() <= first for item in items if isinstance(item, Chip))


def test_chains_of_runs_stand_beside_each_other_with_their_own_sizes(tab: EmbeddingTab) -> None:
    tab.stage.open("one_size_each")
    tab.chain.resize(270, 300)
    tab.shown.show("chain", tab.view())
    told = [item.text for item in tab.chain.items() if isinstance(item, Caption)]
    assert {"(4, 8)", "(4, 3)", "(7, 8)"} <= set(told)
    assert [text.replace(" ", "") for text in told if text.startswith("E")] == ["E60×8", "E41×3", "E41×8"]
    assert "W ? × 1" in told  # how many rows it has is asked
    tab.stage.skip()
    tab.shown.show("chain", tab.view())
    items = [item for item in tab.chain.items() if isinstance(item, Caption)]
    assert [item.text for item in items if item.text.startswith("W")] == ["W 32 × 1", "W 12 × 1", "W 56 × 1"]
    assert all(item.width <= item.widest for item in items)
