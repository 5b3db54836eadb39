from __future__ import annotations

from PySide6.QtWidgets import QTabBar, QWidget
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


def test_few_tabs_are_cut_short_instead(qtbot: QtBot) -> None:
    card = made(qtbot, 3)
    tabs = card.findChild(QTabBar)
    assert tabs is not None
    assert not tabs.usesScrollButtons()
