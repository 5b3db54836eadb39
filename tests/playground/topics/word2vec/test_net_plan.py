"""What stands where on the board and around it, in windows that are low or narrow."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from playground.topics.word2vec.net_plan import Plan
from playground.topics.word2vec.tab import Word2vecTab
from playground.window.window import Window
from widgets.base.labels import text_height
from widgets.grids.grid import Outline


@pytest.mark.parametrize("model", ["skip-gram", "cbow"])
def test_the_words_under_h_are_on_the_board(tab: Word2vecTab, model: str) -> None:
    tab.set_parameter("model", model)
    tab.run.advance(3)
    for height in (140.0, 200.0, 400.0):
        plan = Plan(tab.step_in(tab.view()), 640.0, height)
        _, top, _, high = plan.h_box
        lines = tab.texts.get("board", "hidden_mean" if model == "cbow" else "hidden_row").count("\n") + 1
        assert top + plan.units * high + 3 + lines * plan.line <= height
        assert high >= text_height("tick")  # its numbers can be read


def test_in_a_low_window_the_text_has_no_header(window: Window, tab: Word2vecTab, find: Any, settle: Any) -> None:
    own_text = find(QAbstractButton, "view.text")
    assert own_text.isVisible()
    window.resize(1100, 700)
    settle()
    assert not tab.key.isVisible()
    assert tab.centre.lead.isAncestorOf(own_text)  # a text of one's own can be given in any window
    assert own_text.isVisible()
    assert tab.strip.isVisible()


def test_the_button_of_the_map_is_at_hand_in_any_window(
    window: Window, tab: Word2vecTab, find: Any, settle: Any
) -> None:
    outputs = find(QAbstractButton, "view.outputs")
    for size in ((1440, 900), (1100, 700), (1440, 900)):
        window.resize(*size)
        settle()
        assert tab.centre.lead.isAncestorOf(outputs)
        assert outputs.isVisible()


def test_in_a_narrow_window_the_net_and_the_map_are_pages_of_one_deck(
    window: Window, tab: Word2vecTab, settle: Any
) -> None:
    window.resize(1100, 700)
    settle()
    assert (tab.in_view("net"), tab.in_view("map")) == (True, False)
    weights = tab.board.placed("W")
    assert weights is not None
    assert weights.cells(Outline(0, 0)).width() > 30  # numbers with two decimals
    tab.bring_forward("map")
    settle()
    assert (tab.in_view("net"), tab.in_view("map")) == (False, True)
    tab.run.advance(7)
    tab.stage.open("pair_by_pair")  # which speaks of the net
    settle()
    assert (tab.in_view("net"), tab.in_view("map")) == (True, False)
    window.resize(1440, 900)
    settle()
    assert (tab.in_view("net"), tab.in_view("map")) == (True, True)
    tab.stage.close()
