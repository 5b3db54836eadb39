from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from widgets.cards.tabbed_card import TabbedCard


def made(qtbot: QtBot, pages: int) -> TabbedCard:
    card = TabbedCard()
    qtbot.addWidget(card)
    for i in range(pages):
        page = QWidget()
        card.add_page(page)
        card.set_page_title(page, f"Page {i}", f"Page number {i}")
    card.resize(260, 200)
    card.show()
    return card


def test_many_tabs_are_scrolled_and_do_not_widen_the_card(qtbot: QtBot) -> None:
    card = made(qtbot, 9)
    tabs = card.findChild(QTabBar)
    assert tabs is not None
    assert tabs.usesScrollButtons()
    assert card.minimumSizeHint().width() < 260
    assert card.width() == 260


@pytest.mark.parametrize("count", [3, 7])
def test_the_words_of_tabs_are_never_cut(qtbot: QtBot, count: int) -> None:
    card = made(qtbot, count)
    tabs = card.findChild(QTabBar)
    assert tabs is not None
    narrow = [tabs.tabRect(i).width() for i in range(count)]
    card.resize(1200, 200)
    QApplication.processEvents()
    assert narrow == [tabs.tabRect(i).width() for i in range(count)]


@pytest.mark.parametrize("current", range(4))
@pytest.mark.parametrize("moved", range(4))
def test_the_page_in_view_is_that_of_the_current_tab(qtbot: QtBot, current: int, moved: int) -> None:
    card, other = made(qtbot, 4), made(qtbot, 2)
    card.show_page(card.pages()[current])
    taken = card.pages()[moved]
    other.adopt(taken, card, 0)
    assert in_view(card)
    assert in_view(other)
    card.adopt(taken, other, 0)
    assert in_view(card)
    card.show_page(card.pages()[current])
    assert in_view(card)
    assert card.current() is card.pages()[current]


def in_view(card: TabbedCard) -> bool:
    """Tell whether the page in view is that of the current tab."""
    tabs = card.findChild(QTabBar)
    return tabs is not None and card.current() is card.pages()[tabs.currentIndex()]
