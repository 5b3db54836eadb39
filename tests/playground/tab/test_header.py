"""The top of a tab: words and buttons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from playground.actions import Actions
from playground.tab.header import Header


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def header(dressed: QApplication, owner: QObject, freed: Callable[[QWidget], None]) -> Header:
    header = Header(Actions(owner))
    header.set_texts("A title", "One plain sentence.")
    header.resize(900, 48)
    header.show()
    freed(header)
    return header


def test_title_and_sentence(header: Header) -> None:
    assert (header._title.text(), header._sentence.text()) == ("A title", "One plain sentence.")
    assert header._sentence.toolTip() == "One plain sentence."


def test_a_low_window_hides_the_sentence(header: Header) -> None:
    header.set_low(True)
    assert not header._sentence.isVisible()
    header.set_low(False)
    assert header._sentence.isVisible()


def test_long_words_do_not_push_the_buttons_out(header: Header) -> None:
    header.set_texts("long " * 200, "long " * 200)
    assert header.minimumSizeHint().width() < 600


def test_the_buttons_are_the_actions(header: Header) -> None:
    actions = [b.defaultAction().objectName() for b in header.findChildren(QToolButton) if b.defaultAction()]
    assert actions == ["transport.restart", "view.compare", "help.topic"]


def test_the_theme_button_triggers_the_other_theme(header: Header) -> None:
    chosen: list[str] = []
    for name in ("light", "dark"):
        header._actions[f"view.theme.{name}"].triggered.connect(lambda _=False, name=name: chosen.append(name))
    header._theme.click()
    assert chosen == ["dark"]
