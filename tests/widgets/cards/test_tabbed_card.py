from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.cards.folding_tabs import FoldingTabs
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


def tabs_of(card: TabbedCard) -> FoldingTabs:
    tabs = card.findChild(FoldingTabs)
    assert tabs is not None
    return tabs


def test_without_tabs_the_title_of_the_page_in_view_stands_over_it(qtbot: QtBot) -> None:
    card = made(qtbot, 9)
    card.set_turned_by_tabs(False)
    card.show_page(card.pages()[2])
    card.resize(200, 200)
    assert card.title() == "Page number 2"
    assert not [part for part in (tabs_of(card), tabs_of(card).more) if part.isVisible()]
    card.set_turned_by_tabs(True)
    assert card.title() == ""
    assert tabs_of(card).isVisible()


def test_tabs_without_room_are_in_a_menu_and_do_not_widen_the_card(qtbot: QtBot) -> None:
    card = made(qtbot, 9)
    tabs = tabs_of(card)
    QApplication.processEvents()
    assert card.minimumSizeHint().width() < 260
    assert card.width() == 260
    there = tabs.names()
    assert 1 < len(there) < 9
    assert there == [f"Page {i}" for i in range(len(there))]
    assert tabs.sizeHint().width() <= tabs.width()  # none is cut
    assert tabs.more.isVisible()
    tabs.fill_menu()
    offered = tabs.more.menu().actions()
    assert [action.text() for action in offered] == [f"Page {i}" for i in range(len(there), 9)]
    offered[-1].trigger()
    QApplication.processEvents()
    assert card.current() is card.pages()[8]
    assert tabs.names()[-1] == "Page 8"
    assert tabs.sizeHint().width() <= tabs.width()


def test_tabs_that_have_room_are_all_there(qtbot: QtBot) -> None:
    card = made(qtbot, 9)
    card.resize(1200, 200)
    QApplication.processEvents()
    assert len(tabs_of(card).names()) == 9
    assert not tabs_of(card).more.isVisible()


def test_a_widget_in_the_header_takes_room_from_the_tabs(qtbot: QtBot) -> None:
    card = made(qtbot, 4)
    before = len(tabs_of(card).names())
    control = QWidget()
    control.setFixedWidth(120)
    card.add_control(control)
    qtbot.waitUntil(lambda: len(tabs_of(card).names()) < before)


@pytest.mark.parametrize("count", [3, 7])
def test_the_words_of_tabs_are_never_cut(qtbot: QtBot, count: int) -> None:
    card = made(qtbot, count)
    tabs = card.findChild(QTabBar)
    assert tabs is not None
    narrow = {i: tabs.tabRect(i).width() for i in range(count) if tabs.isTabVisible(i)}
    card.resize(1200, 200)
    QApplication.processEvents()
    assert narrow == {i: tabs.tabRect(i).width() for i in narrow}


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


def test_tabs_that_come_back_are_seen_from_their_beginning(qtbot: QtBot) -> None:
    card = made(qtbot, 6)
    card.show_page(card.pages()[3])
    tabs = tabs_of(card)
    for width in (180, 320, 200, 260):
        card.resize(width, 200)
        QApplication.processEvents()
        first = next(i for i in range(tabs.count()) if tabs.isTabVisible(i))
        assert tabs.tabRect(first).left() == 0
    assert len(tabs.names()) > 1


def test_a_widget_of_a_page_stands_in_the_header_while_that_is_shown_and_goes_with_it(qtbot: QtBot) -> None:
    card, other = made(qtbot, 3), made(qtbot, 1)
    page, button = card.pages()[0], QToolButton()
    room = card.leading_room()
    card.set_page_control(page, button)
    card.show_page(page)
    assert button.isVisibleTo(card)
    assert card.leading_room() < room
    card.show_page(card.pages()[1])
    assert not button.isVisibleTo(card)
    other.adopt(page, card, 0)
    assert other.isAncestorOf(button)
    assert button.isVisibleTo(other)
    other.show_page(other.pages()[1])
    assert not button.isVisibleTo(other)
