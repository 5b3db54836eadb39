"""The panels of a tab: where they stand, when they are drawn, what is said over them and in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel, Panels
from playground.topic_list import topic
from playground.words.texts import Texts
from widgets.plots.plot import Plot

IDS = ("plane", "relief", "below", "loss", "rates", "cost", "text")
TREE: dict[str, Any] = {
    "toggles": {"relief": {"text": {"en": "3-D", "zh": "立体"}}},
    "panels": {
        **{id: {"en": f"The {id}", "zh": f"这{id}"} for id in IDS},
        **{f"{id}_short": {"en": id.title(), "zh": id} for id in ("loss", "rates", "cost")},
        "rates_subtitle": {"en": "of each method", "zh": "各方法"},
        "rates_hint": {"en": "click one", "zh": "点击一个"},
    },
}


class Board:
    """Panels of every kind, and a diary of what was drawn."""

    def __init__(self) -> None:
        self.drawn: list[tuple[str, int]] = []
        self.widgets = {id: Plot() for id in IDS}
        self.tab = QWidget()
        column = QVBoxLayout(self.tab)
        self.shown = Panels(
            (
                self._panel(
                    "plane",
                    "big",
                    subtitle=lambda view: f"step {view.t}",
                    runs="all",
                    waits=True,
                    hint=lambda view: "drag it" if view.t == 4 else "",
                ),
                self._panel("relief", "page"),
                self._panel("below", "under"),
                self._panel("loss", "deck", empty=lambda view: "" if view.t else "press Play"),
                self._panel("rates", "deck"),
                self._panel("cost", "deck", always=True),
                self._panel("text", "above", subtitle=lambda view: f"sentence {view.t}"),
            ),
            Texts(TREE),
            ("relief",),
            Sharing(),
        )
        self.shown.toggles.changed.connect(lambda _: self.shown.turn_page())
        for card in (*self.shown.above.values(), self.shown.area):
            column.addWidget(card)
        self.shown.retranslate()
        self.tab.resize(1200, 900)
        self.tab.show()

    def _panel(self, id: str, place: Any, **more: Any) -> Panel:
        return Panel(id, self.widgets[id], lambda view: self.drawn.append((id, view.t)), place, **more)

    def show(self, t: int, in_turn: bool = False) -> list[str]:
        """Show a step, `in_turn` as in a busy frame, and return which panels were drawn."""
        self.drawn.clear()
        view = View(TIMELINE, t)
        self.shown.draw_big(view, self.tab, in_turn)
        for draw in self.shown.beside(view, self.tab, in_turn):
            draw()
        assert {step for _, step in self.drawn} <= {t}
        return [id for id, _ in self.drawn]


CORE = topic("optimizers").core
TIMELINE: Timeline[Any, Any] = Timeline(CORE, Recipe("optimizers", CORE.VERSION, 0, CORE.Params()))
TIMELINE.frame(5)


@pytest.fixture
def board(dressed: QApplication, freed: Callable[[QWidget], None]) -> Board:
    made = Board()
    freed(made.tab)
    dressed.processEvents()
    return made


def test_every_panel_has_its_name(board: Board) -> None:
    assert {id: board.tab.findChild(QWidget, f"panel.{id}") for id in IDS} == board.widgets
    assert [widget.accessibleName() for widget in board.widgets.values()] == [f"The {id}" for id in IDS]


def test_what_is_covered_is_not_drawn(board: Board) -> None:
    assert board.show(1) == ["plane", "below", "text", "loss", "rates", "cost"]
    assert not board.widgets["cost"].isVisible()  # it is drawn nevertheless: it says so


def test_what_comes_forward_is_drawn_and_what_it_covers_is_not(board: Board) -> None:
    board.show(1)
    board.shown.bring_forward("relief")
    board.shown.bring_forward("cost")
    assert board.show(2) == ["relief", "text", "loss", "cost"]
    board.shown.bring_forward("plane")
    board.shown.bring_forward("rates")
    assert board.show(3) == ["plane", "below", "text", "loss", "rates", "cost"]


def test_the_switch_turns_the_page_and_back(board: Board) -> None:
    board.shown.toggles.turn("relief", True)
    assert board.shown.in_front().id == "relief"
    assert (board.widgets["relief"].isVisible(), board.widgets["below"].isVisible()) == (True, False)
    board.shown.toggles.turn("relief", False)
    assert board.shown.in_front().id == "plane"
    assert (board.widgets["relief"].isVisible(), board.widgets["below"].isVisible()) == (False, True)


def test_what_fills_the_whole_covers_the_rest(board: Board) -> None:
    board.shown.area.enlarge(board.shown.card)
    assert board.show(1) == ["plane", "below", "text", "cost"]
    board.shown.area.enlarge(board.shown.card)
    assert "loss" in board.show(1)


def test_a_panel_that_stands_above_all_needs_not_be_brought_forward(board: Board) -> None:
    board.shown.bring_forward("text")
    assert board.shown.in_front().id == "plane"


def test_each_panel_stands_in_its_card_under_its_words(board: Board) -> None:
    board.show(4)
    assert (board.shown.card.title(), board.shown.card.subtitle()) == ("The plane", "step 4 · drag it")
    assert (board.shown.area.first.title(), board.shown.area.first.subtitle()) == ("The loss", "")
    assert (board.shown.area.second.title(), board.shown.area.second.subtitle()) == ("", "of each method · click one")
    above = board.shown.above["text"]
    assert (above.title(), above.subtitle()) == ("The text", "sentence 4")
    board.shown.bring_forward("relief")
    board.show(4)
    assert (board.shown.card.title(), board.shown.card.subtitle()) == ("The relief", "")


def test_where_all_take_turns_what_waits_and_what_is_hidden_is_not_drawn(board: Board) -> None:
    every, some = board.show(1), board.show(2, in_turn=True)
    assert "cost" in every
    assert not board.widgets["cost"].isVisibleTo(board.tab)
    assert set(every) - set(some) == {"plane", "cost"}


def test_a_panel_says_why_it_is_empty(board: Board) -> None:
    board.show(0)
    assert board.widgets["loss"].empty_text == "press Play"
    board.show(1)
    assert board.widgets["loss"].empty_text == ""


def test_what_cannot_say_that_it_is_empty_is_drawn_all_the_same(dressed: QApplication) -> None:
    drawn: list[int] = []
    panel = Panel("note", QLabel(), lambda view: drawn.append(view.t), empty=lambda view: "nothing")
    panel.show(View(TIMELINE, 3))
    assert drawn == [3]


def test_where_runs_are_compared_a_panel_that_draws_one_says_which(board: Board) -> None:
    pinned, changed = Compared(TIMELINE, "A"), Compared(TIMELINE.fork(replace(TIMELINE.recipe, seed=1)), "B")
    view = View(changed.timeline, 0, compared=(pinned, changed), letter="B")
    board.shown.draw_big(view, board.tab)
    for draw in board.shown.beside(view, board.tab):
        draw()
    assert (board.shown.card.line(), board.shown.area.first.line()) == ("", "B only")
    board.shown.bring_forward("rates")
    assert board.shown.area.second.line() == "B only"
    board.show(1)
    assert board.shown.area.first.line() == ""


def test_a_page_that_is_no_panel_is_brought_forward_by_its_name(board: Board) -> None:
    page = QWidget()
    page.setObjectName("compare.cursor")
    board.shown.area.add_page(page)
    board.shown.bring_forward("cost")
    assert not page.isVisible()
    board.shown.bring_forward("compare.cursor")
    assert page.isVisible()
    with pytest.raises(KeyError):
        board.shown.bring_forward("nowhere")
