"""Over every topic: fields let go of the keyboard, a wheel changes none, the window's keys work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSlider,
    QTableView,
    QWidget,
)

from playground.scenes.scene import scenes
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS
from playground.window.window import Window
from widgets.shell.painted_slider import PaintedSlider

IDS = [entry.id for entry in TOPICS]
Key, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
FIELDS = (QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)


@pytest.fixture
def visit(window: Window, settle: Any) -> Callable[[str], TopicTab]:
    """Bring a topic to the front, laid out and painted."""

    def to(id: str) -> TopicTab:
        tab = window.visit(id)
        settle()
        return tab

    return to


def in_focus() -> Any:
    return QApplication.focusWidget()


def fields_of(tab: TopicTab) -> Iterator[Any]:
    """Yield every field of a tab, shown or not; the text parts of others are no fields of their own."""
    for kind in FIELDS:
        for field in tab.findChildren(kind):
            if not isinstance(field.parentWidget(), QAbstractSpinBox | QComboBox):
                yield field


def reached(tab: TopicTab) -> Iterator[Any]:
    """Yield the fields that can be gone to now, each with the focus."""
    there = [field for field in fields_of(tab) if field.isVisible() and field.isEnabled()]
    assert len(there) > 3
    for field in there:
        if field.isVisible():  # what was done to those before may have hidden it
            field.setFocus(Qt.FocusReason.TabFocusReason)
            assert in_focus() is field, field.objectName()
            yield field


def is_on_the_picture(tab: TopicTab) -> bool:
    return in_focus() in tab.plots().values()


def said_by(field: Any) -> Any:
    if isinstance(field, QComboBox):
        return field.currentIndex(), field.currentText()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.value() if isinstance(field, QSlider) else field.text()


def turn(widget: QWidget) -> QWheelEvent:
    place = QPointF(8, 8)
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(widget, event)
    return event


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("has_focus", [False, True])
def test_a_turned_wheel_changes_no_field(visit: Any, id: str, has_focus: bool) -> None:
    tab = visit(id)
    sliders = [slider for slider in tab.findChildren(QSlider) if not isinstance(slider, PaintedSlider)]
    fields = [*fields_of(tab), *sliders]
    assert len(fields) > 3
    for field in fields:
        if has_focus:
            field.setFocus()
        before = said_by(field)
        turn(field)
        assert said_by(field) == before, field.objectName()


@pytest.mark.parametrize("id", IDS)
def test_a_clicked_button_leaves_the_keyboard_where_it_is(visit: Any, id: str) -> None:
    tab = visit(id)
    tab.run.pin()
    tab.stage.open(next(iter(tab.stage.scenes)))
    buttons = [button for button in tab.findChildren(QAbstractButton) if button.isVisibleTo(tab)]
    assert len(buttons) > 10
    for button in buttons:
        assert not button.focusPolicy() & Qt.FocusPolicy.ClickFocus, button.objectName()


@pytest.mark.parametrize("id", IDS)
def test_tab_goes_through_the_settings_as_they_stand_and_then_to_the_seed(visit: Any, id: str) -> None:
    tab = visit(id)
    fields = [tab.form.field(name) for name in tab.form.names() if tab.form.field(name).isVisible()]
    seed = tab.findChild(QAbstractSpinBox, "transport.seed")
    fields[0].setFocus()
    passed = [fields[0]]
    while passed[-1] is not seed:
        QTest.keyClick(in_focus(), Key.Key_Tab)
        assert in_focus() not in passed
        passed.append(in_focus())
    assert [field for field in passed if field in fields] == fields
    heights = [field.mapTo(tab, QPoint()).y() + field.height() // 2 for field in passed]
    assert all(after - before > -8 for before, after in pairwise(heights))


@pytest.mark.parametrize("id", IDS)
def test_escape_closes_the_list_of_scenes_wherever_it_has_the_keyboard(visit: Any, id: str) -> None:
    tab = visit(id)
    for is_on_a_row in (False, True):
        QTest.keyClick(in_focus(), Key.Key_S)
        assert tab.stage.list.isVisible()
        if is_on_a_row:
            QTest.keyClick(in_focus(), Key.Key_Tab)
            assert in_focus() in tab.stage.list.buttons()
        QTest.keyClick(in_focus(), Key.Key_Escape)
        assert not tab.stage.list.isVisible()
        assert is_on_the_picture(tab)


ASKED: dict[str, tuple[str, str]] = {
    scene.question.kind: (entry.id, scene.id) for entry in TOPICS for scene in scenes(entry) if scene.question
}


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_an_answer_left_by_return_or_escape_gives_the_keyboard_to_the_picture(
    visit: Any, settle: Any, kind: str, key: Qt.Key
) -> None:
    id, scene = ASKED[kind]
    tab = visit(id)
    tab.stage.open(scene)
    settle()
    answer = tab.stage.card.answer
    fields = [f for f in answer.findChildren(QWidget) if isinstance(f, QLineEdit | QListWidget) and f.isVisible()]
    assert fields or kind == "choice"
    for field in fields[:1]:  # a whole answer is played
        field.setFocus()
        assert in_focus() is field
        QTest.keyClick(field, key)
        assert is_on_the_picture(tab)


def test_a_wheel_over_an_answer_changes_nothing(visit: Any, settle: Any) -> None:
    id, scene = ASKED["number"]
    tab = visit(id)
    tab.stage.open(scene)
    settle()
    [slider] = tab.stage.card.answer.findChildren(QSlider)
    turn(slider)
    assert (slider.value(), tab.stage.on and tab.stage.on.answer) == (0, None)


def test_what_goes_out_of_sight_gives_the_keyboard_to_the_picture(visit: Any) -> None:
    tab = visit("kmeans")
    tab.run.pin()
    cross = tab.findChild(QAbstractButton, "compare.a.remove")
    assert cross is not None
    cross.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(cross, Key.Key_Space)
    assert tab.run.compared == ()
    assert is_on_the_picture(tab)


def test_escape_leaves_a_table_and_then_what_is_pinned_there(visit: Any, settle: Any) -> None:
    tab = visit("kmeans")
    tab.bring_forward("cells")
    settle()
    table = tab.findChild(QTableView, "cells.points")
    assert table is not None
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.model().index(0, 0)).center()
    )
    assert table.hasFocus()
    assert tab.pinned()
    QTest.keyClick(table, Key.Key_Escape)
    assert is_on_the_picture(tab)
    assert tab.pinned()
    QTest.keyClick(in_focus(), Key.Key_Escape)
    assert not tab.pinned()


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_a_field_left_by_return_or_escape_gives_the_keyboard_to_the_picture(visit: Any, id: str, key: Qt.Key) -> None:
    tab = visit(id)
    for field in reached(tab):
        has_lines = isinstance(field, QPlainTextEdit) and key == Key.Key_Return
        QTest.keyClick(field, key, Qt.KeyboardModifier.ControlModifier if has_lines else NONE)
        assert is_on_the_picture(tab), field.objectName()
        tab.run.seek(0)  # some runs are short
        QTest.keyClick(in_focus(), Key.Key_Right)
        assert tab.run.position == 1


@pytest.mark.parametrize("id", IDS)
def test_choosing_in_a_list_gives_the_keyboard_to_the_picture(visit: Any, id: str, settle: Any) -> None:
    tab = visit(id)
    boxes = [field for field in reached(tab) if isinstance(field, QComboBox)]
    assert boxes
    for box in boxes:
        if not box.isVisible():
            continue
        box.setFocus()
        box.showPopup()
        settle()
        QTest.keyClick(box.view(), Key.Key_Down)
        QTest.keyClick(box.view(), Key.Key_Return)
        settle()
        assert is_on_the_picture(tab), box.objectName()


@pytest.mark.parametrize("id", IDS)
def test_undo_and_arrows_reach_the_run_from_everything_that_is_no_text(visit: Any, id: str) -> None:
    tab = visit(id)
    tab.run.advance(3)
    for widget in tab.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        if takes and isinstance(widget, QAbstractButton | QSlider):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            is_dial = isinstance(widget, QSlider) and not isinstance(widget, PaintedSlider)
            tab.run.seek(1)
            if not is_dial:
                QTest.keyClick(widget, Key.Key_Right)
                assert tab.run.position == 2, widget.objectName()
            tab.run.reseed(7)
            QTest.keyClick(widget, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            assert tab.run.recipe.seed == 0, widget.objectName()


@pytest.mark.parametrize("id", IDS)
def test_undo_reaches_the_run_from_a_field_in_which_nothing_is_typed(visit: Any, id: str) -> None:
    tab = visit(id)
    for field in reached(tab):
        tab.run.reseed(7)
        QTest.keyClick(field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert tab.run.recipe.seed == 0, field.objectName()


def test_a_field_with_something_typed_keeps_undo_for_it(visit: Any) -> None:
    tab = visit("kmeans")
    tab.run.reseed(7)
    field: Any = tab.form.field("n_clusters")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "5")
    QTest.keyClick(field, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tab.run.recipe.seed == 7
    assert field.text() != "5"


def test_a_refused_value_keeps_the_keyboard_until_escape(visit: Any) -> None:
    tab = visit("optimizers")
    field: Any = tab.form.field("momentum.learning_rate")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "99")
    QTest.keyClick(field, Key.Key_Return)
    assert field.hasFocus()
    QTest.keyClick(field, Key.Key_Escape)
    assert is_on_the_picture(tab)
    assert field.text() == "0.003"


def test_a_seed_that_is_being_typed_is_dropped_by_escape(visit: Any, find: Any) -> None:
    seed = find(QAbstractSpinBox, "transport.seed")
    seed.setFocus()
    seed.selectAll()
    QTest.keyClicks(seed, "41")
    QTest.keyClick(seed, Key.Key_Escape)
    assert (seed.text(), visit("optimizers").run.recipe.seed) == ("0", 0)


def test_arrows_on_a_list_choose_and_keep_it(visit: Any, settle: Any) -> None:
    tab = visit("kmeans")
    box: Any = tab.form.field("init")
    box.setFocus()
    QTest.keyClick(box, Key.Key_Down)
    assert box.hasFocus()
    assert tab.run.params.init == "k-means++" or box.currentIndex() > 0


def test_the_boxes_of_the_race_are_reached_by_tab_and_ticked_by_space(visit: Any, player: Any) -> None:
    tab = visit("optimizers")
    tab.rows.setFocus(Qt.FocusReason.TabFocusReason)
    names = []
    for name in ("all", "none"):
        QTest.keyClick(in_focus(), Key.Key_Tab)
        assert in_focus().objectName() == f"param.methods.{name}"
    for _ in range(7):
        QTest.keyClick(in_focus(), Key.Key_Tab)
        box = in_focus()
        assert isinstance(box, QCheckBox)
        names.append(box.objectName())
        bare = box.grab().toImage()
        before = box.isChecked()
        QTest.keyClick(box, Key.Key_Space)
        assert box.isChecked() is not before
        assert not player.playing
        QTest.keyClick(box, Key.Key_Space)
        box.clearFocus()
        assert box.grab().toImage() != bare  # the ring
        box.setFocus(Qt.FocusReason.TabFocusReason)
    assert names == [f"param.methods.{row.choice}" for row in tab.choices()]
    QTest.keyClick(box, Key.Key_Up)
    assert in_focus().objectName() == names[-2]
