"""The base class of the tabs, seen through the one topic there is: settings, refusals, focus, marks, reflow."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QSlider, QWidget

from core.run.explanation import Focus
from core.run.parameters import parameters
from playground.playback.player import Player
from playground.playback.view import View
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window

Find = Callable[[type[Any], str], Any]
RATE = "momentum.learning_rate"


def type_into(field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def drag(slider: Any, *shares: float) -> None:
    """Drag a slider's handle to shares of its length, and let go."""
    places = [
        QPointF(slider.margin + share * (slider.width() - 2 * slider.margin), slider.height() / 2) for share in shares
    ]
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    kinds = [QMouseEvent.Type.MouseButtonPress, *[QMouseEvent.Type.MouseMove] * (len(places) - 1)]
    for kind, place in zip(kinds, places, strict=True):
        press = left if kind == QMouseEvent.Type.MouseButtonPress else none
        event = QMouseEvent(kind, place, slider.mapToGlobal(place), press, left, Qt.KeyboardModifier.NoModifier)
        slider.event(event)
    end = places[-1]
    release = QMouseEvent.Type.MouseButtonRelease
    slider.event(QMouseEvent(release, end, slider.mapToGlobal(end), left, none, Qt.KeyboardModifier.NoModifier))


def test_typing_and_return_is_an_edit(tab: TopicTab, find: Find) -> None:
    tab.run.advance(4)
    type_into(find(QWidget, f"param.{RATE}"), "0.0125")
    assert tab.run.params.momentum.learning_rate == 0.0125
    assert [c.step for c in tab.run.recipe.edits] == [4]


def test_a_typed_number_is_kept_exactly(tab: TopicTab, find: Find) -> None:
    for text in ("1e-08", "0.1", "0.30000000000000004", "2.5"):
        type_into(find(QWidget, f"param.{RATE}"), text)
        assert tab.run.params.momentum.learning_rate == float(text)


def test_one_drag_of_a_slider_is_one_undo(tab: TopicTab, find: Find) -> None:
    tab.run.advance(4)
    before = tab.run.params.momentum.learning_rate
    drag(find(QSlider, f"param.{RATE}.slider"), 0.2, 0.35, 0.5, 0.8)
    assert tab.run.params.momentum.learning_rate != before
    assert len(tab.run.recipe.edits) == 1
    tab.run.undo()
    assert tab.run.params.momentum.learning_rate == before
    assert not tab.run.can_undo


def test_one_drag_of_the_start_in_the_picture_is_one_undo(tab: TopicTab, mouse: Any) -> None:
    plot: Any = tab.plots()["surface"]
    before = tab.run.params.start
    mouse.drag(plot, before, (-3.0, 1.0), (-2.0, 1.0), (-1.0, 1.0))
    assert tab.run.params.start == pytest.approx((-1.0, 1.0), abs=mouse.pixel(plot))
    tab.run.undo()
    assert tab.run.params.start == before
    assert not tab.run.can_undo


def test_a_refused_number_says_so_and_keeps_the_run(tab: TopicTab, find: Find) -> None:
    tab.run.advance(4)
    field, error = find(QWidget, f"param.{RATE}"), find(QLabel, f"param.{RATE}.error")
    for text in ("-1", "nan", "inf", "1e13", "abc", "", "0,5", "1e", "11"):
        recipe = tab.run.recipe
        type_into(field, text)
        assert tab.run.recipe == recipe, text
        assert error.text(), text
        assert error.isVisible(), text
        type_into(field, "0.01")
        assert (error.text(), error.isVisible()) == ("", False), text
        assert tab.run.params.momentum.learning_rate == 0.01


def test_a_refused_value_does_not_stop_the_run(player: Player, tab: TopicTab, find: Find) -> None:
    player.play()
    type_into(find(QWidget, f"param.{RATE}"), "-1")
    assert player.playing
    tab.run.advance(3)
    assert find(QLabel, f"param.{RATE}.error").text()


def test_a_refused_pair(tab: TopicTab, find: Find) -> None:
    start = tab.run.params.start
    for text in ("[1, 2", "[1]", "[1, 2, 3]", '["a", 1]', "[1e400, 0]", "x"):
        type_into(find(QLineEdit, "param.start"), text)
        assert tab.run.params.start == start
        assert find(QLabel, "param.start.error").text(), text
        type_into(find(QLineEdit, "param.start"), json.dumps(start))


def test_a_pair_is_typed_as_json(tab: TopicTab, find: Find) -> None:
    type_into(find(QLineEdit, "param.start"), "[1.5, -2]")
    assert tab.run.params.start == (1.5, -2.0)


def test_a_function_of_ones_own_is_typed(tab: TopicTab, find: Find) -> None:
    box = find(QComboBox, "param.function")
    type_into(box.lineEdit(), "x^2 + 3*sin(y)")
    assert tab.run.params.function == "x^2 + 3*sin(y)"
    type_into(box.lineEdit(), "x^^2")
    assert tab.run.params.function == "x^2 + 3*sin(y)"
    assert find(QLabel, "param.function.error").text()


def test_a_choice_is_made_by_its_index(tab: TopicTab, find: Find) -> None:
    box = find(QComboBox, "param.function")
    box.setCurrentIndex(box.findData("bowl"))
    assert tab.run.params.function == "bowl"


def test_ticking_shows_and_hides_a_method_without_an_edit(tab: TopicTab, find: Find) -> None:
    tab.run.advance(4)
    find(QCheckBox, "param.methods.adam").click()
    assert "adam" not in tab.run.params.methods
    assert len(tab.run.params.methods) == 6
    assert tab.run.recipe.edits == ()
    find(QCheckBox, "param.methods.adam").click()
    assert tab.run.params.methods == tuple(tab.parameters["methods"].choices)


def test_undo_shows_the_old_values_in_the_fields(tab: TopicTab, find: Find) -> None:
    field = find(QWidget, f"param.{RATE}")
    before = field.text()
    type_into(field, "0.0125")
    tab.run.undo()
    assert field.text() == before


def test_every_setting_has_a_row_and_those_of_the_focus_are_shown(tab: TopicTab) -> None:
    for method in ("sgd", "adam", "newton"):
        tab.choose(Focus(method))
        shown = [p.name for p in parameters(tab.entry.core.Params) if is_shown(tab, p.name)]
        assert [name for name in shown if "." in name] == [n for n in tab.parameters if n.startswith(f"{method}.")]


def is_shown(tab: TopicTab, name: str) -> bool:
    return name in tab.form.names() and tab.form.field(name).isVisibleTo(tab.form)


def test_the_strip_explains_the_focus(tab: TopicTab) -> None:
    tab.run.advance(2)
    tab.choose(Focus("adam"))
    assert tab.numbers.source.endswith("Adam.step")
    assert "Adam" in tab.numbers.subtitle()


def test_playing_draws_fast_and_pausing_draws_well(player: Player, tab: TopicTab) -> None:
    plot: Any = tab.plots()["loss"]
    tab.run.advance(9)
    well = plot.grab().toImage()
    player.play()
    assert plot.grab().toImage() != well
    player.pause()
    assert plot.grab().toImage() == well


def button(tab: TopicTab, action: str) -> QPushButton:
    """Return the button of the transport that does what an action does."""
    tip = tab.actions_[action].toolTip()
    return next(b for b in tab.transport.findChildren(QPushButton) if b.toolTip() == tip)


# Reflow, after section 8 of LOOK.


def test_below_1400_the_side_column_shrinks(window: Window, tab: TopicTab, settle: Any) -> None:
    for width, narrow in ((1440, False), (1400, False), (1399, True), (1100, True)):
        window.resize(width, 900)
        settle()
        assert (tab.side.width() < 320) is narrow, width


def test_below_800_the_sentence_hides_and_the_strip_is_short(window: Window, tab: TopicTab, settle: Any) -> None:
    tab.run.advance(3)
    for height, low in ((900, False), (800, False), (799, True), (700, True)):
        window.resize(1440, height)
        settle()
        (sentence,) = (label for label in tab.header.findChildren(QLabel) if label.text() == tab.texts.get("subtitle"))
        assert sentence.isVisible() is not low, height
        assert (len(tab.numbers.view.text().splitlines()) == 1) is low, height


def test_a_visit_puts_the_focus_on_the_big_picture(window: Window, tab: TopicTab) -> None:
    focus: Any = window.focusWidget()
    assert focus is tab.plots()["surface"]


def test_what_was_said_of_the_run_before_is_taken_back(window: Window, tab: TopicTab) -> None:
    tab.status.emit("SGD diverged at step 31")
    tab.set_parameter("noise", 0.5)
    assert window.statusBar().currentMessage() == ""


def test_a_zoom_goes_with_the_surface_it_was_made_into(tab: TopicTab) -> None:
    plane: Any = tab.plots()["surface"]
    plane.zoom_to((-1.0, 1.0, -1.0, 1.0))
    tab.run.advance(3)
    assert plane.user_zoomed
    tab.set_parameter("start", [1.0, 1.0])
    assert plane.user_zoomed
    tab.set_parameter("function", "bowl")  # on the same rectangle
    assert not plane.user_zoomed


# A run that stops by itself.


def test_the_frame_in_which_a_run_stops_draws_no_more_than_others_and_nothing_stays_behind(
    window: Window, player: Player, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = window.visit("shapes")
    settle()
    tab.transport.speed_box.setCurrentIndex(tab.transport.speed_box.findData(60))
    shown: dict[str, int] = {}
    drawn: list[str] = []
    show = Panel.show

    def note(panel: Panel, view: View) -> None:
        drawn.append(panel.id)
        shown[panel.id] = view.t
        show(panel, view)

    monkeypatch.setattr(Panel, "show", note)
    player.set_speed(None, 1)
    player.play()
    clock: Any = player.findChild(QTimer)
    while player.playing:
        drawn.clear()
        clock.timeout.emit()
    assert len(drawn) <= 2, "the big picture, and what has its turn"
    settle()
    assert set(shown.values()) == {tab.run.position}
    assert [timer for timer in tab.findChildren(QTimer) if timer.isActive()] == []


def test_who_pauses_sees_all_at_once(
    window: Window, player: Player, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = window.visit("kmeans")
    settle()
    tab.transport.speed_box.setCurrentIndex(tab.transport.speed_box.findData(60))
    player.set_speed(None, 1)
    player.play()
    clock: Any = player.findChild(QTimer)
    clock.stop()
    clock.timeout.emit()
    views: list[View] = []
    monkeypatch.setattr(tab, "drawn", views.append)
    player.pause()
    assert [view.t for view in views] == [1]
    assert [timer for timer in tab.findChildren(QTimer) if timer.isActive()] == []
