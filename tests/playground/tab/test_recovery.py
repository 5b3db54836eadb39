from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton

from playground.playback.player import Player
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window


def diverge(tab: TopicTab) -> None:
    tab.set_parameter("methods", ["sgd"])
    tab.run.advance(5)
    tab.set_parameter("sgd.learning_rate", 5.0)
    tab.run.timeline.record(200)
    tab.run.seek(200)


def test_a_dead_end_offers_the_way_back_and_play_goes_on_from_there(
    window: Window, tab: TopicTab, player: Player
) -> None:
    rewind = window.actions_["run.rewind"]
    assert not rewind.isEnabled()
    assert tab.recovery.dead_end.isHidden()
    diverge(tab)
    assert not window.actions_["transport.play"].isEnabled()
    assert "diverged" in tab.recovery.dead_end.words()
    rewind.trigger()
    assert tab.run.position == 5
    assert tab.recovery.dead_end.isHidden()
    field: Any = QApplication.focusWidget()
    assert field.objectName() == "param.sgd.learning_rate"
    field.selectAll()
    QTest.keyClicks(field, "0.001")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.actions_["transport.play"].isEnabled()
    player.play()
    assert player.playing


def test_defaults_bring_all_settings_back_in_one_undo(window: Window, tab: TopicTab) -> None:
    diverge(tab)
    before = tab.run.recipe
    window.actions_["run.defaults"].trigger()
    assert tab.run.params == tab.entry.core.Params()
    window.actions_["edit.undo"].trigger()
    assert tab.run.recipe == before


def test_a_changed_setting_has_a_way_back_of_its_own(tab: TopicTab, find: Any) -> None:
    mark = find(QToolButton, "param.momentum.learning_rate.default")
    assert mark.isHidden()
    tab.run.advance(4)
    tab.set_parameter("momentum.learning_rate", 0.01)
    assert mark.isVisible()
    mark.click()
    assert tab.run.params == tab.entry.core.Params()
    assert mark.isHidden()
    assert tab.run.position == 4


def test_all_and_but_one_of_the_race_in_one_click_each(tab: TopicTab, find: Any) -> None:
    find(QToolButton, "param.methods.none").click()
    assert len(tab.run.params.methods) == 1
    assert [box.isChecked() for box in tab.rows.findChildren(QCheckBox)].count(True) == 1
    find(QToolButton, "param.methods.all").click()
    assert len(tab.run.params.methods) == 7
    assert all(box.isChecked() for box in tab.rows.findChildren(QCheckBox))
