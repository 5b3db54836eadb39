"""What is made ready ahead: modules and tabs, bit by bit, and nothing while the program is busy."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from playground.start import ahead
from playground.start.ahead import Ahead, InBits
from playground.start.app import Program
from playground.topic_list import TOPICS
from playground.window.window import Window
from widgets.base import theme
from widgets.plots.plot_frame import PlotFrame


@pytest.fixture
def front() -> str:
    """The race is in front, not the topic that is built ahead."""
    return TOPICS[0].id


def test_every_tab_is_built_to_its_end_once_its_modules_are_loaded() -> None:
    asked: list[str] = []

    def build(id: str) -> bool:
        assert f"playground.topics.{id.replace('-', '_')}.tab" in sys.modules
        asked.append(id)
        return asked.count(id) < 3

    for step in ahead.steps(build):
        step()
        assert "numpy.random.tests" not in sys.modules, "only what the program is made of"
    assert asked == [entry.id for entry in TOPICS for _ in range(3)]


def test_steps_are_taken_one_by_one_and_only_at_rest(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[tuple[str, int]] = []
    asked, frozen, parent = [0], [0], QObject()

    def is_at_rest() -> bool:
        asked[0] += 1
        return asked[0] > 3

    steps = [partial(lambda name: taken.append((name, asked[0])), name) for name in ("first", "second")]
    monkeypatch.setattr(ahead, "_LATER_MS", 1)
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(len(taken)))
    Ahead(iter(steps), is_at_rest, parent)
    qtbot.waitUntil(lambda: len(frozen) == 2)
    assert taken == [("first", 4), ("second", 5)], "three times it was not at rest"
    assert frozen == [0, 2], "what is loaded stays"


def test_what_follows_the_last_step_comes_in_its_turn(qtbot: Any) -> None:
    taken: list[str] = []
    parent = QObject()

    def first() -> None:
        taken.append("first")
        QTimer.singleShot(0, parent, lambda: taken.append("another's"))

    InBits(iter([first, lambda: taken.append("last")]), parent, lambda: taken.append("then"))
    qtbot.waitUntil(lambda: len(taken) == 4)
    assert taken[0] == "first"
    assert taken.index("then") == taken.index("last") + 1


def test_begun_anew_it_takes_no_step_of_before(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    monkeypatch.setattr(gc, "freeze", lambda: taken.append("frozen"))
    parent = QObject()
    monkeypatch.setattr(ahead, "_LATER_MS", 1)
    begun: list[bool] = []
    steps = [partial(taken.append, name) for name in ("old", "older")]
    made = Ahead(iter(steps), lambda: not taken or bool(begun), parent)
    qtbot.waitUntil(lambda: taken == ["old"])
    made.begin_anew(iter([partial(taken.append, "new")]))
    begun.append(True)
    qtbot.waitUntil(lambda: "frozen" in taken)
    assert taken == ["old", "new", "frozen"]


def test_what_a_new_look_has_freed_is_built_anew(window: Window) -> None:
    gone: list[bool] = []
    window.unseen_gone.connect(lambda: gone.append(window.page("kmeans").may_be_filled()))
    built_ahead(window, "kmeans")
    assert window.page("kmeans").may_be_filled()
    window.set_theme("dark")
    assert gone == [False]


def test_before_a_new_look_is_put_on_tabs_are_freed_one_in_a_turn(window: Window, settle: Any) -> None:
    for id in ("kmeans", "cnn"):
        built_ahead(window, id)
    left: list[int] = []
    window.unseen_gone.connect(lambda: left.append(sum(window.page(id).may_be_filled() for id in ("kmeans", "cnn"))))
    window.actions_["view.theme.dark"].trigger()
    assert theme.choice() == "light", "not yet"
    settle()
    assert left == [0]
    assert theme.choice() == "dark"


# The page in front, which comes first.


def test_a_page_that_comes_to_the_front_meanwhile_is_the_one_that_is_loaded(
    make_program: Callable[[], Program], settle: Any
) -> None:
    program = make_program()
    window = program.window
    window.begin_with("start")
    window.show()
    for number, step in enumerate(ahead.page_in_front(window)):
        if number == 1:
            assert window.front.start is None
            window.begin_with("kmeans")
        step()
        settle()
    assert window.tab is not None
    assert window.tab.entry.id == "kmeans"
    assert window.tab.isVisible()


def test_a_card_of_the_start_page_leads_on_before_anybody_serves_it(make_program: Callable[[], Program]) -> None:
    program = make_program()
    window = program.window
    window.begin_with("start")
    window.show()
    for step in ahead.page_in_front(window):
        step()
    assert window.front.start
    window.front.start.topic_asked.emit("kmeans")
    for step in ahead.rest(window, program._serve):
        step()
    assert window.tab is not None
    assert window.tab.entry.id == "kmeans"


# A tab that is built ahead.


def built_ahead(window: Window, id: str) -> QWidget:
    """Build a tab whole that nobody has visited, and return it."""
    while window.build_ahead(id):
        pass
    (tab,) = [child for child in window.page(id).children() if isinstance(child, QWidget)]
    return tab


@pytest.mark.parametrize("id", [entry.id for entry in TOPICS])
def test_the_window_can_be_drawn_while_a_tab_is_being_built(window: Window, id: str, qtbot: Any) -> None:
    with qtbot.captureExceptions() as faults:
        while window.build_ahead(id):
            window.page(id).grab(QRect(0, 0, 1, 1))  # all that is there is laid out first
    assert faults == []


@pytest.mark.parametrize("bits", [0, 1, 3, 5, 8, 999])
def test_a_visit_shows_what_was_built_ahead_however_far_that_was(window: Window, settle: Any, bits: int) -> None:
    filled: list[Any] = []
    window.filled.connect(filled.append)
    more = [window.build_ahead("kmeans") for _ in range(bits)]
    page = window.page("kmeans")
    begun = [child for child in page.children() if isinstance(child, QWidget)]
    assert page.tab is None, "nobody has seen it"
    assert filled == []
    assert not any(more[60:])
    tab = window.visit("kmeans")
    settle()
    assert filled == [tab]
    assert begun in ([], [tab])
    assert tab.isVisible()
    assert tab.in_view("points")
    assert page.findChild(QWidget, "param.n_clusters") is not None
    assert page.findChild(QWidget, "param.data_seed") is not None, "hidden settings are there, too"
    assert not window.build_ahead("kmeans"), "what was visited is built"


def test_no_bit_shows_anything_or_takes_the_focus(window: Window, settle: Any) -> None:
    tab, focused = window.tab, window.focusWidget()
    while window.build_ahead("kmeans"):
        settle()
        assert window.tab is tab
        assert window.focusWidget() is focused
        assert not any(child.isVisible() for child in window.page("kmeans").findChildren(QWidget))


def test_the_same_picture_whether_built_ahead_or_not(make_program: Callable[[], Program], settle: Any) -> None:
    seen = []
    for is_ahead in (True, False):
        program = make_program()
        program.window.show()
        program.load()
        if is_ahead:
            built_ahead(program.window, "kmeans")
        tab = program.window.visit("kmeans")
        settle()
        seen.append(tab.grab().toImage())
    assert seen[0] == seen[1]


@pytest.mark.parametrize("change", [lambda window: window.set_theme("dark"), lambda window: window.set_language("zh")])
def test_another_look_or_language_waits_for_no_tab_that_nobody_has_seen(
    window: Window, change: Callable[[Window], None], settle: Any
) -> None:
    built_ahead(window, "kmeans")
    visited = window.tab
    change(window)
    assert [child for child in window.page("kmeans").children() if isinstance(child, QWidget)] == []
    assert window.tab is visited
    tab = window.visit("kmeans")
    settle()
    assert tab.isVisible()


# When.


def test_nothing_is_built_while_something_plays_or_is_typed(program: Program, settle: Any) -> None:
    assert program.is_at_rest()
    program.player.play()
    assert not program.is_at_rest()
    program.player.pause()
    assert program.is_at_rest()
    field: Any = program.window.tab.form.findChild(QLineEdit)  # type: ignore[union-attr]
    program.window.activateWindow()
    field.setFocus()
    settle()
    assert field.hasFocus()
    assert not program.is_at_rest()


@pytest.mark.parametrize("id", [entry.id for entry in TOPICS[1:]])
def test_a_tab_that_is_given_up_half_built_takes_its_plots_along(window: Window, id: str) -> None:
    known = set(QApplication.topLevelWidgets())
    for _ in range(6):  # until all is laid out
        assert window.build_ahead(id)
        lost = {widget for widget in QApplication.topLevelWidgets() if not widget.parent()} - known
        assert [widget for widget in lost if isinstance(widget, PlotFrame) or widget.findChildren(PlotFrame)] == []


@pytest.mark.parametrize("id", [entry.id for entry in TOPICS[1:]])
def test_a_tab_that_is_half_built_is_sent_events_and_raises_nothing(
    window: Window, id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *fault: caught.append(fault))
    for _ in range(6):
        assert window.build_ahead(id)
        [half] = [child for child in window.page(id).children() if isinstance(child, QWidget)]
        for event in (QResizeEvent(QSize(900, 600), QSize(800, 500)), QEvent(QEvent.Type.LanguageChange)):
            QApplication.sendEvent(half, event)
    assert caught == []
