"""Over every topic: fields let go of the keyboard, a wheel changes none, the window's keys work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    QSlider,
    QWidget,
)

from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS
from playground.window.window import Window
from widgets.shell.painted_slider import PaintedSlider

IDS = [entry.id for entry in TOPICS]
Key, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
FIELDS = (QAbstractSpinBox, QComboBox, QLineEdit)


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
@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape])
def test_a_field_left_by_return_or_escape_gives_the_keyboard_to_the_picture(visit: Any, id: str, key: Qt.Key) -> None:
    tab = visit(id)
    for field in reached(tab):
        QTest.keyClick(field, key)
        assert is_on_the_picture(tab), field.objectName()
        before = tab.run.position
        QTest.keyClick(in_focus(), Key.Key_Right)
        assert tab.run.position == before + 1


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
