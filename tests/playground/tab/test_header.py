"""The top of a tab: words and buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from playground.actions import Actions
from playground.tab.header import Header


@pytest.fixture
def actions(owner: QObject) -> Actions:
    return Actions(owner)


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def header(dressed: QApplication, actions: Actions, freed: Callable[[QWidget], None]) -> Header:
    header = Header(actions)
    header.set_texts("A title", "One plain sentence.")
    header.resize(900, 48)
    header.show()
    freed(header)
    return header


def shown(header: Header) -> list[str]:
    return [label.text() for label in header.findChildren(QLabel) if label.isVisible()]


def test_title_and_sentence(header: Header) -> None:
    assert shown(header) == ["A title", "One plain sentence."]
    assert header.title() == "A title"
    assert [label.toolTip() for label in header.findChildren(QLabel)] == ["", ""]


def test_a_sentence_that_is_cut_is_whole_in_its_tip(header: Header) -> None:
    header.set_texts("A title", sentence := "one plain word " * 40)
    assert [label.toolTip() for label in header.findChildren(QLabel)] == ["", sentence]


def back(header: Header) -> QToolButton:
    button = header.findChild(QToolButton, "thread.back")
    assert isinstance(button, QToolButton)
    return button


def test_the_way_back_is_offered_by_the_title_of_where_it_leads(header: Header, actions: Actions) -> None:
    went: list[bool] = []
    actions["view.go_back"].triggered.connect(lambda: went.append(True))
    assert not back(header).isVisible()
    header.show_back("K-means")
    assert (back(header).text(), back(header).isVisible()) == ("K-means", True)
    back(header).click()
    assert went == [True]
    header.show_back("")
    assert not back(header).isVisible()


@pytest.mark.parametrize(("width", "has_words"), [(700, False), (900, True)])
def test_the_way_back_is_an_icon_where_there_is_little_room(header: Header, width: int, has_words: bool) -> None:
    header.resize(width, 48)
    has = back(header).toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert has == has_words


def test_a_low_window_hides_the_sentence(header: Header) -> None:
    header.set_low(True)
    assert shown(header) == ["A title"]
    header.set_low(False)
    assert shown(header) == ["A title", "One plain sentence."]


def test_long_words_do_not_push_the_buttons_out(header: Header) -> None:
    header.set_texts("long " * 200, "long " * 200)
    assert header.minimumSizeHint().width() < 600


def test_the_buttons_are_the_actions(header: Header) -> None:
    actions = [b.defaultAction().objectName() for b in header.findChildren(QToolButton) if b.defaultAction()]
    assert actions == ["transport.restart", "view.compare", "view.elsewhere", "file.export", "help.topic"]


def test_the_theme_button_triggers_the_other_theme(header: Header, actions: Actions) -> None:
    chosen: list[str] = []
    for name in ("light", "dark"):
        actions[f"view.theme.{name}"].triggered.connect(lambda _=False, name=name: chosen.append(name))
    (button,) = (b for b in header.findChildren(QToolButton) if b.toolTip() == actions["view.theme.dark"].toolTip())
    button.click()
    assert chosen == ["dark"]
