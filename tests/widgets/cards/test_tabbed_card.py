from __future__ import annotations

from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from widgets.cards.tabbed_card import Deck


def made(qtbot: QtBot, pages: int) -> Deck:
    deck = Deck()
    qtbot.addWidget(deck)
    for i in range(pages):
        page = QWidget()
        deck.add_page(page)
        deck.set_page_title(page, f"Page {i}", f"Page number {i}")
    deck.resize(260, 200)
    deck.show()
    return deck


def test_many_tabs_are_scrolled_and_do_not_widen_the_card(qtbot: QtBot) -> None:
    deck = made(qtbot, 9)
    tabs = deck.findChild(QTabBar)
    assert tabs is not None
    assert tabs.usesScrollButtons()
    assert deck.minimumSizeHint().width() < 260
    assert deck.width() == 260


def test_few_tabs_are_cut_short_instead(qtbot: QtBot) -> None:
    deck = made(qtbot, 3)
    tabs = deck.findChild(QTabBar)
    assert tabs is not None
    assert not tabs.usesScrollButtons()
