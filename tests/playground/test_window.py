"""The main window: names, menus, keys, size, language, theme, drops and the question at its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QMenu,
    QMessageBox,
    QSlider,
    QSpinBox,
    QTabBar,
    QTabWidget,
    QWidget,
)

from playground import window as module
from playground.topic_tab import TopicTab
from playground.topics import TOPICS, TopicEntry
from playground.window import Page, Window

Find = Callable[[type[Any], str], Any]
Make = Callable[[], Window]
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Twin(TopicEntry):
    """A second topic for tests: the first one under another name."""

    @property
    def stem(self) -> str:
        return "optimizers"


@pytest.fixture
def two_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TOPICS", (*TOPICS[:1], Twin("twin", "layers", "layers")))


@pytest.fixture
def plot(tab: TopicTab) -> Any:
    panel: Any = tab.plots()["surface"]
    panel.setFocus()
    return panel


def test_names_of_the_window_and_its_tabs(window: Window) -> None:
    assert window.objectName() == "window"
    tabs = window.findChild(QTabWidget, "tabs")
    assert [tabs.widget(i).objectName() for i in range(tabs.count())] == [f"tab.{entry.id}" for entry in TOPICS]


def test_a_tab_is_built_at_its_first_visit(make_window: Make, two_topics: None) -> None:
    window = make_window()
    assert [window.page(id).tab for id in ("optimizers", "twin")] == [None, None]
    window.load()
    assert window.page("optimizers").tab is not None
    assert window.page("twin").tab is None
    built = window.visit("twin")
    assert window.page("twin").tab is built
    assert window.visit("twin") is built


def test_a_hidden_tab_costs_nothing(make_window: Make, two_topics: None, settle: Any) -> None:
    window = make_window()
    window.show()
    window.load()
    first = window.visit("optimizers")
    assert window.player is not None
    window.player.play()
    second = window.visit("twin")
    assert not window.player.playing
    assert first.transport._play.text() == "Play"
    assert [timer for timer in window.findChildren(QTimer) if timer.isActive()] == []
    drawn: list[Any] = []
    first.draw = drawn.append  # type: ignore[method-assign]
    second.run.advance(3)
    settle()
    assert drawn == []
    assert first.run.timeline.budget < second.run.timeline.budget


def test_ctrl_and_a_number_and_ctrl_tab_choose_a_topic(make_window: Make, two_topics: None, settle: Any) -> None:
    window = make_window()
    window.show()
    window.load()
    settle()
    QTest.keyClick(window, Key.Key_2, CTRL)
    assert window.tabs.currentIndex() == 1
    QTest.keyClick(window, Key.Key_1, CTRL)
    assert window.tabs.currentIndex() == 0
    QTest.keyClick(window.focusWidget(), Key.Key_Tab, CTRL)
    assert window.tabs.currentIndex() == 1


def test_every_menu_holds_its_actions_in_words(window: Window) -> None:
    for menu in window.menuBar().findChildren(QMenu):
        for action in menu.actions():
            assert action.isSeparator() or action.text()


# Keys.


@pytest.mark.parametrize(
    ("key", "modifier", "shown"),
    [
        (Key.Key_Right, Qt.KeyboardModifier.NoModifier, 6),
        (Key.Key_Left, Qt.KeyboardModifier.NoModifier, 4),
        (Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Key.Key_End, Qt.KeyboardModifier.NoModifier, 20),
        (Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 15),
        (Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 0),
    ],
)
@pytest.mark.parametrize("where", ["plot", "scrub bar"])
def test_arrows_step_in_plots_and_on_the_scrub_bar(
    tab: TopicTab, plot: Any, key: Key, modifier: Qt.KeyboardModifier, shown: int, where: str
) -> None:
    widget = plot if where == "plot" else tab.transport.scrub_bar
    tab.run.advance(20)
    tab.run.seek(5)
    widget.setFocus()
    QTest.keyClick(widget, key, modifier)
    assert tab.run.position == shown


def test_space_plays_and_pauses_in_a_plot(window: Window, plot: Any) -> None:
    assert window.player is not None
    QTest.keyClick(plot, Key.Key_Space)
    assert window.player.playing
    QTest.keyClick(plot, Key.Key_Space)
    assert not window.player.playing


def test_plus_and_minus_change_the_speed(tab: TopicTab, plot: Any) -> None:
    before = tab.transport.speed_box.currentIndex()
    QTest.keyClick(plot, Key.Key_Plus)
    assert tab.transport.speed_box.currentIndex() == before + 1
    QTest.keyClick(plot, Key.Key_Minus)
    assert tab.transport.speed_box.currentIndex() == before


def test_a_focused_button_keeps_space_and_arrows(window: Window, tab: TopicTab) -> None:
    assert window.player is not None
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
        QTest.keyClick(button, Key.Key_Left)
        assert (window.player.playing, tab.run.position) == (False, 5)


def test_a_tick_box_keeps_space(window: Window, tab: TopicTab, find: Find) -> None:
    assert window.player is not None
    tab.set_parameter("function", "linear-regression")
    box = find(QCheckBox, "param.standardise")
    box.setFocus()
    QTest.keyClick(box, Key.Key_Space)
    assert box.isChecked()
    assert tab.run.params.standardise
    assert not window.player.playing


def test_fields_keep_the_keys_that_are_typed(window: Window, tab: TopicTab, find: Find) -> None:
    assert window.player is not None
    tab.run.advance(5)
    for kind, name in ((QWidget, "param.momentum.learning_rate"), (QComboBox, "param.function"), (QSpinBox, "transport.seed"),
                       (QComboBox, "transport.speed")):  # fmt: skip
        field = find(kind, name)
        field.setFocus()
        for key in (Key.Key_R, Key.Key_P, Key.Key_E, Key.Key_N, Key.Key_Left, Key.Key_Right, Key.Key_Home):
            QTest.keyClick(field, key)
            assert (tab.run.position, tab.run.pinned, window.player.playing) == (5, None, False), (name, key)


def test_single_letters_act_where_no_field_has_the_focus(tab: TopicTab, plot: Any) -> None:
    tab.run.advance(5)
    QTest.keyClick(plot, Key.Key_P)
    assert tab.run.pinned is tab.run.timeline
    QTest.keyClick(plot, Key.Key_R)
    assert tab.run.position == 0


def test_f5_and_ctrl_space_act_everywhere(window: Window, tab: TopicTab, find: Find) -> None:
    assert window.player is not None
    field = find(QWidget, "param.momentum.learning_rate")
    field.setFocus()
    tab.run.advance(5)
    QTest.keyClick(field, Key.Key_F5)
    assert tab.run.position == 0
    QTest.keyClick(field, Key.Key_Space, CTRL)
    assert window.player.playing
    QTest.keyClick(field, Key.Key_Space, CTRL)
    assert not window.player.playing


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
    chain, widget = [], tab.window().nextInFocusChain()
    while widget is not tab.window():
        if tab.isAncestorOf(widget) and widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


def test_tab_goes_through_header_centre_transport_and_side_column(tab: TopicTab) -> None:
    parts: list[QWidget] = [tab.header, tab.centre, tab.numbers, tab.transport, tab.side]
    met: list[int] = []
    for widget in focus_chain(tab):
        at = next(i for i, part in enumerate(parts) if part.isAncestorOf(widget))
        if not met or met[-1] != at:
            met.append(at)
    assert met == [0, 1, 2, 3, 4]


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


# Size.


@pytest.mark.parametrize(("width", "compact"), [(1440, False), (1290, False), (1289, True), (1100, True)])
def test_the_navigation_shrinks_in_a_narrow_window(window: Window, settle: Any, width: int, compact: bool) -> None:
    window.resize(width, 900)
    settle()
    assert (window.tabs.navigation_bar.width() < 100) is compact


def test_the_centre_is_never_under_760(window: Window, tab: TopicTab, settle: Any) -> None:
    for width in (1100, 1200, 1289, 1290, 1399, 1400, 1440, 1920):
        window.resize(width, 800)
        settle()
        assert tab.width() - tab.side.width() >= 760, width


def test_the_window_is_not_smaller_than_1100_by_700(window: Window, settle: Any) -> None:
    window.resize(300, 200)
    settle()
    assert (window.width(), window.height()) == (1100, 700)


def test_size_is_remembered(make_window: Make, settle: Any) -> None:
    first = make_window()
    first.resize(1100, 750)  # the screen of the test is too small for more
    first.show()
    settle()
    first.close()
    second = make_window()
    second.show()
    settle()
    assert (second.width(), second.height()) == (1100, 750)


def test_senseless_settings_do_not_keep_it_from_opening(make_window: Make, settings: QSettings) -> None:
    for key in ("geometry", "state", "recent", "folder", "lessons/optimizers", "theme", "language"):
        settings.setValue(key, "nonsense")
    window = make_window()
    window.load()
    assert window.tab is not None


# Look and language.


def picture_of(widget: QWidget) -> NDArray[np.uint8]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels[:, :, :3].copy()


def test_the_theme_reaches_everything_and_is_remembered(window: Window, tab: TopicTab, settle: Any) -> None:
    light = picture_of(tab)
    window.actions_["view.theme.dark"].trigger()
    settle()
    dark = picture_of(tab)
    assert QSettings().value("theme") == "dark"
    assert window.actions_["view.theme.dark"].isChecked()
    assert (dark.min(axis=2) > 235).mean() < 0.02  # letters and markers only
    assert (light.min(axis=2) > 235).mean() > 0.5
    window.actions_["view.theme.light"].trigger()
    settle()
    assert (picture_of(tab) != light).any(axis=2).mean() < 0.001  # but for the edges of labels


def test_the_header_button_turns_the_theme_also_after_the_menu_did(window: Window, tab: TopicTab, settle: Any) -> None:
    from widgets import theme

    button = tab.header._theme
    window.actions_["view.theme.dark"].trigger()
    settle()
    assert "Light" in button.toolTip()
    button.click()
    assert not theme.current().is_dark
    assert "Dark" in button.toolTip()


def test_the_language_is_remembered(window: Window, settle: Any) -> None:
    window.actions_["view.language.zh"].trigger()
    settle()
    assert QSettings().value("language") == "zh"
    assert window.windowTitle().startswith("优化器")


# Dropped files.


def drop(window: Window, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), copy, data, left, none)
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(50, 50), copy, data, left, none))
    return enter.isAccepted()


def test_a_dropped_session_opens(window: Window, tab: TopicTab, tmp_path: Path, settle: Any) -> None:
    from playground import session

    tab.run.advance(4)
    recipe = tab.run.recipe
    session.save(tmp_path / "a.mlplay", session.session_of(tab.run.timeline, 4))
    tab.set_parameter("start", [1, 1])
    assert drop(window, tmp_path / "a.mlplay")
    settle()
    assert (tab.run.recipe, tab.run.position) == (recipe, 4)


def test_a_dropped_stranger_leaves_the_work(window: Window, tab: TopicTab, tmp_path: Path, settle: Any) -> None:
    (tmp_path / "a.txt").write_text("hello")
    tab.run.advance(4)
    assert drop(window, tmp_path / "a.txt")
    settle()
    assert tab.run.position == 4
    box = window.findChild(QMessageBox, "complaint")
    assert box is not None
    assert "a.txt" in box.text()
    box.close()


def test_dropped_text_is_not_taken(window: Window) -> None:
    data = QMimeData()
    data.setText("hello")
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), Qt.DropAction.CopyAction, data, left, none)
    enter.ignore()
    window.dragEnterEvent(enter)
    assert not enter.isAccepted()


# The end.


@pytest.mark.parametrize("answer", ["Discard", "Cancel"])
def test_unsaved_work_is_asked_about(
    window: Window, tab: TopicTab, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    asked: list[str] = []

    def question(*args: Any) -> Any:
        asked.append(args[2])
        return QMessageBox.StandardButton[answer]

    monkeypatch.setattr(QMessageBox, "question", question)
    tab.set_parameter("sgd.learning_rate", 0.02)
    assert window.isWindowModified()
    assert window.close() is (answer == "Discard")
    assert len(asked) == 1
    assert "Optimizers" in asked[0]


def test_untouched_work_is_not_asked_about(window: Window, tab: TopicTab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: pytest.fail("asked"))
    tab.run.advance(5)
    tab.set_parameter("methods", ["sgd"])
    assert window.close()


def test_a_closed_window_plays_no_more(window: Window, tab: TopicTab) -> None:
    assert window.player is not None
    window.player.play()
    window.close()
    assert not window.player.playing


def test_pages_know_their_topic(window: Window) -> None:
    assert [page.entry for page in window.findChildren(Page)] == list(TOPICS)


def test_sliders_take_focus_by_tab(tab: TopicTab) -> None:
    visible = [slider for slider in tab.findChildren(QSlider) if slider.isVisible()]
    assert visible
    assert all(slider.focusPolicy() & Qt.FocusPolicy.TabFocus for slider in visible)
