"""The registry of actions: ids, keys, words and where the keys act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QSpinBox, QTabBar, QWidget

from playground.actions import ACTIONS, MENUS, SUBMENUS, plain_text
from playground.playback.player import Player
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window

Find = Callable[[type[Any], str], Any]
Key = Qt.Key
CTRL, NONE, SHIFT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "No", "Shift"))

PROMISED = (  # in CONTRACT
    "transport.play", "transport.step", "transport.back", "transport.start", "transport.end", "transport.next_event",
    "transport.restart", "transport.new_seed", "file.open", "file.save", "file.save_as", "file.export",
    "file.copy_picture", "file.copy_data", "file.quit", "edit.undo", "edit.redo", "view.theme.light", "view.theme.dark",
    "view.theme.system", "view.language.en", "view.language.zh", "view.full_screen", "view.code", "view.numbers",
    "view.compare", "help.topic", "help.keys", "help.about",
)  # fmt: skip


def test_every_promised_action_sits_once_on_the_window(window: Window) -> None:
    assert {id: len(window.findChildren(QAction, id)) for id in PROMISED} == dict.fromkeys(PROMISED, 1)


def test_no_key_stands_for_two_actions() -> None:
    keys = Counter(key for spec in ACTIONS for key in spec.keys.split())
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for spec in ACTIONS:
        for key in spec.keys.split():
            assert QKeySequence(key).toString(), (spec.id, key)


@pytest.mark.parametrize(
    ("id", "keys"),
    [
        ("transport.play", "Space"), ("transport.step", "Right"), ("transport.back", "Left"),
        ("transport.start", "Home"), ("transport.end", "End"), ("transport.ten_on", "Shift+Right"),
        ("transport.ten_back", "Shift+Left"), ("transport.restart", "R F5"), ("view.compare", "P"),
        ("file.export", "Ctrl+E"), ("view.enlarge", "E"), ("help.topic", "F1"), ("view.full_screen", "F11"),
        ("file.quit", "Ctrl+Q"),
    ],
)  # fmt: skip
def test_keys_of_the_table_in_look(id: str, keys: str) -> None:
    assert next(spec.keys for spec in ACTIONS if spec.id == id) == keys


def test_every_action_stands_in_a_menu(window: Window) -> None:
    listed = [id for _, ids in MENUS for id in ids if id]
    listed += [spec.id for spec in ACTIONS if spec.id.startswith(("view.theme.", "view.language."))]
    assert sorted(listed) == sorted([spec.id for spec in ACTIONS] + list(SUBMENUS))


def test_a_choice_has_exactly_one_tick(window: Window) -> None:
    for prefix in ("view.theme.", "view.language."):
        ticked = [s.id for s in ACTIONS if s.id.startswith(prefix) and window.actions_[s.id].isChecked()]
        assert len(ticked) == 1


@pytest.mark.parametrize(
    ("text", "plain"), [("&Open…", "Open"), ("Save &as…", "Save as"), ("打开(&O)…", "打开"), ("Play", "Play")]
)
def test_plain_words_have_no_mnemonic(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_tips_name_the_key(window: Window) -> None:
    assert window.actions_["transport.step"].toolTip() == "Step (Right)"
    assert window.actions_["help.about"].toolTip() == "About ML Playground"


# Keys.


@pytest.fixture
def plot(tab: TopicTab) -> Any:
    panel: Any = tab.plots()["surface"]
    panel.setFocus()
    return panel


ARROWS = [(Key.Key_Right, NONE, 6), (Key.Key_Left, NONE, 4), (Key.Key_Home, NONE, 0), (Key.Key_End, NONE, 20),
          (Key.Key_Right, SHIFT, 15), (Key.Key_Left, SHIFT, 0)]  # fmt: skip


@pytest.mark.parametrize("where", ["plot", "scrub bar"])
def test_arrows_step_in_plots_and_on_the_scrub_bar(tab: TopicTab, plot: Any, where: str) -> None:
    widget = plot if where == "plot" else tab.transport.scrub_bar
    tab.run.advance(20)
    widget.setFocus()
    for key, modifier, shown in ARROWS:
        tab.run.seek(5)
        QTest.keyClick(widget, key, modifier)
        assert tab.run.position == shown, key


def test_space_plays_and_pauses_in_a_plot(player: Player, plot: Any) -> None:
    QTest.keyClick(plot, Key.Key_Space)
    assert player.playing
    QTest.keyClick(plot, Key.Key_Space)
    assert not player.playing


def test_plus_and_minus_change_the_speed(tab: TopicTab, plot: Any) -> None:
    before = tab.transport.speed_box.currentIndex()
    QTest.keyClick(plot, Key.Key_Plus)
    assert tab.transport.speed_box.currentIndex() == before + 1
    QTest.keyClick(plot, Key.Key_Minus)
    assert tab.transport.speed_box.currentIndex() == before


def test_a_focused_button_keeps_space_and_leaves_arrows_to_the_run(player: Player, tab: TopicTab) -> None:
    tab.run.advance(5)
    for button in tab.findChildren(QAbstractButton):
        if not (button.isVisible() and button.isEnabled() and button.focusPolicy() & Qt.FocusPolicy.TabFocus):
            continue
        button.blockSignals(True)  # what it does is not the question here
        for action in button.actions():
            action.blockSignals(True)
        button.setFocus()
        QTest.keyPress(button, Key.Key_Space)
        assert button.isDown(), button.accessibleName()
        QTest.keyRelease(button, Key.Key_Space)
        tab.run.seek(5)
        QTest.keyClick(button, Key.Key_Left)
        assert (player.playing, tab.run.position) == (False, 4)


def test_a_tick_box_keeps_space(player: Player, tab: TopicTab, find: Find) -> None:
    tab.set_parameter("function", "linear-regression")
    box = find(QCheckBox, "param.standardise")
    box.setFocus()
    QTest.keyClick(box, Key.Key_Space)
    assert box.isChecked()
    assert tab.run.params.standardise
    assert not player.playing


def test_fields_keep_the_keys_that_are_typed(player: Player, tab: TopicTab, find: Find) -> None:
    tab.run.advance(5)
    fields = ((QWidget, "param.momentum.learning_rate"), (QComboBox, "param.function"),
              (QSpinBox, "transport.seed"), (QComboBox, "transport.speed"))  # fmt: skip
    for kind, name in fields:
        field = find(kind, name)
        field.setFocus()
        sideways = () if name == "transport.speed" else (Key.Key_Left, Key.Key_Right)  # a list has no use for them
        for key in (Key.Key_R, Key.Key_P, Key.Key_E, Key.Key_N, *sideways, Key.Key_Home):
            QTest.keyClick(field, key)
            assert (tab.run.position, tab.run.compared, player.playing) == (5, (), False), (name, key)


def test_single_letters_act_where_no_field_has_the_focus(tab: TopicTab, plot: Any) -> None:
    tab.run.advance(5)
    QTest.keyClick(plot, Key.Key_P)
    assert tab.run.compared[0].timeline is tab.run.timeline
    QTest.keyClick(plot, Key.Key_R)
    assert tab.run.position == 0


def test_f5_and_ctrl_space_act_everywhere(player: Player, tab: TopicTab, find: Find) -> None:
    field = find(QWidget, "param.momentum.learning_rate")
    field.setFocus()
    tab.run.advance(5)
    QTest.keyClick(field, Key.Key_F5)
    assert tab.run.position == 0
    QTest.keyClick(field, Key.Key_Space, CTRL)
    assert player.playing
    QTest.keyClick(field, Key.Key_Space, CTRL)
    assert not player.playing


def test_escape_leaves_full_screen_and_nothing_else(window: Window, plot: Any, tab: TopicTab) -> None:
    tab.run.advance(3)
    QTest.keyClick(plot, Key.Key_F11)
    assert window.isFullScreen()
    QTest.keyClick(plot, Key.Key_Escape)
    assert not window.isFullScreen()
    QTest.keyClick(plot, Key.Key_Escape)
    assert window.isVisible()
    assert tab.run.position == 3


def test_e_enlarges_the_panel_under_the_pointer(tab: TopicTab, plot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "widgetAt", lambda *_: plot.viewport())
    QTest.keyClick(plot, Key.Key_E)
    assert not tab.centre.first.isVisible()
    assert plot.isVisible()
    QTest.keyClick(plot, Key.Key_E)
    assert tab.centre.first.isVisible()


# Order and words for those who do not see or do not point.


def focus_chain(tab: TopicTab) -> list[QWidget]:
    chain: list[QWidget] = []
    widget: Any = tab.window().nextInFocusChain()
    while widget is not tab.window():
        if tab.isAncestorOf(widget) and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def test_tab_goes_through_header_centre_transport_and_side_column(tab: TopicTab) -> None:
    parts: list[QWidget] = [tab.header, tab.centre, tab.numbers, tab.transport, tab.stage.card, tab.side]
    met: list[int] = []
    for widget in focus_chain(tab):
        at = next(i for i, part in enumerate(parts) if part.isAncestorOf(widget))
        if not met or met[-1] != at:
            met.append(at)
    assert met == [0, 1, 2, 3, 4, 5]


def test_everything_that_takes_the_focus_has_a_name(tab: TopicTab) -> None:
    nameless = []
    for widget in focus_chain(tab):
        if isinstance(widget, QTabBar) or widget.focusProxy():
            continue  # the tabs of a bar have names of their own; a proxy's name is told
        text = getattr(widget, "text", lambda: "")
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and text())):
            nameless.append((type(widget).__name__, widget.objectName(), widget.parentWidget()))
    assert nameless == []


def test_every_plot_tells_its_name_and_its_state(tab: TopicTab) -> None:
    tab.run.advance(2)
    for id, panel in tab.plots().items():
        if panel.isVisible():
            assert panel.accessibleName(), id
            assert panel.accessibleDescription(), id
