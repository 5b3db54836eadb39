"""The main window: names, menus, keys, size, language, theme, drops and the question at its end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QPointF, QSettings, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QMenu,
    QMessageBox,
    QPushButton,
    QSlider,
    QTabWidget,
    QToolButton,
    QWidget,
)

from playground.playback.player import Player
from playground.start.app import Program
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS, TopicEntry
from playground.window import window as module
from playground.window.window import Page, Window

Find = Callable[[type[Any], str], Any]
Make = Callable[[], Program]
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


def test_names_of_the_window_and_its_tabs(window: Window) -> None:
    assert window.objectName() == "window"
    tabs: Any = window.findChild(QTabWidget, "tabs")
    assert [tabs.widget(i).objectName() for i in range(tabs.count())] == [
        "tab.start", *(f"tab.{entry.id}" for entry in TOPICS)
    ]  # fmt: skip


def test_a_tab_is_built_at_its_first_visit(make_program: Make, two_topics: None) -> None:
    program = make_program()
    window = program.window
    assert [window.page(id).tab for id in ("optimizers", "twin")] == [None, None]
    program.load()
    assert window.page("optimizers").tab is not None
    assert window.page("twin").tab is None
    built = window.visit("twin")
    assert window.page("twin").tab is built
    assert window.visit("twin") is built


def test_a_hidden_tab_costs_nothing(make_program: Make, two_topics: None, settle: Any) -> None:
    program = make_program()
    window = program.window
    window.show()
    program.load()
    first: Any = window.visit("optimizers")
    program.player.play()
    buttons = [button.text() for button in first.transport.findChildren(QPushButton)]
    assert "Pause" in buttons
    second = window.visit("twin")
    assert not program.player.playing
    assert [button.text() for button in first.transport.findChildren(QPushButton)] == [
        text.replace("Pause", "Play") for text in buttons
    ]
    assert [timer for timer in window.findChildren(QTimer) if timer.isActive()] == []
    drawn: list[Any] = []
    first.draw = drawn.append
    second.run.advance(3)
    settle()
    assert drawn == []
    assert first.run.timeline.budget < second.run.timeline.budget


def test_ctrl_and_a_number_and_ctrl_tab_choose_a_topic(make_program: Make, two_topics: None, settle: Any) -> None:
    program = make_program()
    window = program.window
    window.show()
    program.load()
    settle()
    QTest.keyClick(window, Key.Key_2, CTRL)
    assert window.tabs.currentIndex() == 2
    QTest.keyClick(window, Key.Key_1, CTRL)
    assert window.tabs.currentIndex() == 1
    QTest.keyClick(window.focusWidget(), Key.Key_Tab, CTRL)
    assert window.tabs.currentIndex() == 2
    QTest.keyClick(window, Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert window.tabs.currentIndex() == 0
    assert window.front.start is not None


def test_every_menu_holds_its_actions_in_words(window: Window) -> None:
    for menu in window.menuBar().findChildren(QMenu):
        for action in menu.actions():
            assert action.isSeparator() or action.text()


# Size.


def test_the_navigation_shrinks_in_a_narrow_window(window: Window, settle: Any) -> None:
    for width, compact in ((1440, False), (1290, False), (1289, True), (1100, True)):
        window.resize(width, 900)
        settle()
        assert (window.tabs.navigation_bar.width() < 100) is compact, width


def test_the_centre_is_never_under_760(window: Window, tab: TopicTab, settle: Any) -> None:
    for width in (1100, 1200, 1289, 1290, 1399, 1400, 1440, 1920):
        window.resize(width, 800)
        settle()
        assert tab.width() - tab.side.width() >= 760, width


def test_the_window_is_not_smaller_than_1100_by_700(window: Window, settle: Any) -> None:
    window.resize(300, 200)
    settle()
    assert (window.width(), window.height()) == (1100, 700)


def test_size_is_remembered(make_program: Make, settle: Any) -> None:
    first = make_program().window
    first.resize(1100, 750)  # the screen of the test is too small for more
    first.show()
    settle()
    first.close()
    second = make_program().window
    second.show()
    settle()
    assert (second.width(), second.height()) == (1100, 750)


def test_senseless_settings_do_not_keep_it_from_opening(make_program: Make, settings: QSettings) -> None:
    for key in ("geometry", "state", "recent", "folder", "lessons/optimizers", "theme", "language"):
        settings.setValue(key, "nonsense")
    program = make_program()
    program.load()
    assert program.window.tab is not None


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
    from widgets.base import theme

    button = next(b for b in tab.header.findChildren(QToolButton) if "Dark" in b.toolTip())
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


def test_a_dropped_session_opens(
    window: Window, tab: TopicTab, tmp_path: Path, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playground.files import session

    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)
    tab.run.advance(4)
    recipe = tab.run.recipe
    session.save(tmp_path / "a.mlplay", session.session_of(tab.run.timeline, 4))
    tab.set_parameter("start", [1, 1])
    assert drop(window, tmp_path / "a.mlplay")
    settle()
    assert (tab.run.recipe, tab.run.position) == (recipe, 4)


def test_a_dropped_stranger_leaves_the_work(window: Window, tab: TopicTab, tmp_path: Path, settle: Any) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(range(256)))
    tab.run.advance(4)
    assert drop(window, tmp_path / "a.bin")
    settle()
    assert tab.run.position == 4
    box = window.findChild(QMessageBox, "import.nobody")
    assert box is not None
    assert "a.bin" in box.text()
    box.close()


def test_what_is_dragged_and_holds_nothing_is_not_taken(window: Window) -> None:
    data = QMimeData()
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


def test_a_closed_window_plays_no_more(window: Window, player: Player, tab: TopicTab) -> None:
    player.play()
    window.close()
    assert not player.playing


def test_pages_know_their_topic(window: Window) -> None:
    assert {page.entry for page in window.findChildren(Page)} == set(TOPICS)


def test_sliders_take_focus_by_tab(tab: TopicTab) -> None:
    visible = [slider for slider in tab.findChildren(QSlider) if slider.isVisible()]
    assert visible
    assert all(slider.focusPolicy() & Qt.FocusPolicy.TabFocus for slider in visible)


@pytest.mark.parametrize(
    ("screen", "size", "smallest"),
    [
        ((3840, 2160), (1440, 900), (1100, 700)),
        ((1366, 768), (1350, 728), (1100, 700)),
        ((1280, 720), (1264, 680), (1100, 680)),
        ((1024, 576), (1008, 536), (1008, 536)),
    ],
)
def test_it_is_no_larger_than_the_screen(
    make_program: Make, screen: tuple[int, int], size: tuple[int, int], smallest: tuple[int, int]
) -> None:
    window = make_program().window
    window.fit(QSize(*screen))
    assert (window.size().toTuple(), window.minimumSize().toTuple()) == (size, smallest)
