"""The middle of a tab: one big card and two decks, and how they share the room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget

from playground.tab.panel_area import PanelArea, Sharing
from widgets.cards.card import Card
from widgets.cards.folding_tabs import FoldingTabs


@pytest.fixture
def area(dressed: QApplication, freed: Callable[[QWidget], None]) -> PanelArea:
    pages = [QLabel(name) for name in ("one", "two", "three")]
    area = PanelArea(Card(body=QLabel("big")), pages)
    for page in pages:
        area.set_page_title(page, page.text(), f"page {page.text()}", "muted")
    area.resize(900, 600)
    area.show()
    dressed.processEvents()
    freed(area)
    return area


def shown(area: PanelArea) -> list[str]:
    return [label.text() for label in area.findChildren(QLabel) if label.isVisible()]


def test_the_big_picture_takes_58_of_100(area: PanelArea) -> None:
    assert area.big.width() / (area.big.width() + area.first.width()) == pytest.approx(0.58, abs=0.01)
    assert shown(area) == ["big", "one", "two"]


def test_a_card_fills_the_whole_and_goes_back(area: PanelArea) -> None:
    for card, pages in ((area.big, ["big"]), (area.first, ["one"]), (area.second, ["two"])):
        card.enlarge_requested.emit()
        assert shown(area) == pages
        card.enlarge_requested.emit()
        assert shown(area) == ["big", "one", "two"]


def test_another_card_can_be_enlarged_without_going_back(area: PanelArea) -> None:
    area.enlarge(area.big)
    area.enlarge(area.second)
    assert shown(area) == ["two"]


def test_the_card_under_a_widget_is_enlarged(area: PanelArea) -> None:
    inner = next(label for label in area.findChildren(QLabel) if label.text() == "one")
    area.enlarge_under(inner)
    assert shown(area) == ["one"]
    area.enlarge_under(None)
    area.enlarge_under(area)
    assert shown(area) == ["one"]


def test_in_a_low_area_the_small_plots_share_one_card(area: PanelArea, qapp: QApplication) -> None:
    area.resize(900, 380)
    qapp.processEvents()
    assert shown(area) == ["big", "one"]
    assert [page.text() for page in area.second.pages() if isinstance(page, QLabel)] == ["one", "two", "three"]
    area.resize(900, 600)
    qapp.processEvents()
    assert shown(area) == ["big", "one", "two"]


class Stretching(QLabel):
    """A small plot whose card is made too high while it is given its room, as layouts within layouts do; once."""

    card: QWidget | None = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        card, self.card = self.card, None
        if card:
            card.resize(card.width(), 400)


def test_decks_given_other_heights_amid_a_resize_lie_below_each_other(
    dressed: QApplication, freed: Callable[[QWidget], None]
) -> None:
    page = Stretching("one")
    area = PanelArea(Card(body=QLabel("big")), [page, QLabel("two")])
    area.resize(900, 700)
    area.show()
    dressed.processEvents()
    freed(area)
    page.card = area.first
    area.resize(900, 600)
    dressed.processEvents()
    assert not area.first.geometry().intersects(area.second.geometry())


def test_a_tab_says_how_low_a_small_plot_may_be(dressed: QApplication, freed: Callable[[QWidget], None]) -> None:
    area = PanelArea(Card(body=QLabel("big")), [QLabel("one"), QLabel("two")], Sharing(low=280))
    area.resize(900, 600)
    area.show()
    dressed.processEvents()
    freed(area)
    assert shown(area) == ["big", "one"]


def test_words_stay_with_their_page_when_it_moves(area: PanelArea, qapp: QApplication) -> None:
    area.resize(900, 380)
    qapp.processEvents()
    area.resize(900, 600)
    qapp.processEvents()
    assert (area.first.title(), area.first.subtitle()) == ("page one", "muted")


def test_an_enlarged_card_that_gives_its_page_away_shows_it_still(area: PanelArea, qapp: QApplication) -> None:
    area.enlarge(area.first)
    area.resize(900, 380)
    qapp.processEvents()
    assert shown(area) == ["one"]
    area.resize(900, 600)
    qapp.processEvents()
    assert shown(area) == ["one"]
    area.enlarge(area.first)
    assert shown(area) == ["big", "one", "two"]


def test_a_page_that_fills_the_whole_does_so_still_where_the_decks_part(area: PanelArea, qapp: QApplication) -> None:
    _, _, three = [*area.first.pages(), *area.second.pages()]
    area.bring_forward(three)
    area.enlarge(area.second)
    for height in (380, 600):
        area.resize(900, height)
        qapp.processEvents()
        assert shown(area) == ["three"]


def test_without_small_plots_the_big_one_fills_the_whole(
    dressed: QApplication, freed: Callable[[QWidget], None]
) -> None:
    area = PanelArea(Card(body=QLabel("big")), ())
    freed(area)
    for height in (600, 200):
        area.resize(900, height)
        area.show()
        dressed.processEvents()
        assert shown(area) == ["big"]
        assert area.big.width() == 900
    area.enlarge_under(area.big)
    assert shown(area) == ["big"]


def test_a_card_that_fills_it_all_asks_for_the_room_beside_it(
    dressed: QApplication, freed: Callable[[QWidget], None]
) -> None:
    lone = PanelArea(Card(body=QLabel("big")), [])
    freed(lone)
    asked: list[bool] = []
    lone.asks_for_all.connect(asked.append)
    lone.big.enlarge_requested.emit()
    lone.big.enlarge_requested.emit()
    assert asked == [True, False]


def test_one_with_small_plots_asks_for_nothing_more(area: PanelArea) -> None:
    asked: list[bool] = []
    area.asks_for_all.connect(asked.append)
    area.enlarge(area.big)
    assert not asked


def test_the_big_card_stands_over_a_small_plot_and_beside_it_again(area: PanelArea, settle: Callable[[], None]) -> None:
    area.give_room(area.second.pages()[1], below=True)
    settle()
    assert area.big.width() == area.second.width() == area.width()
    assert shown(area) == ["big", "three"]
    area.give_room(None)
    settle()
    assert shown(area) == ["big", "one", "three"]
    assert area.big.width() < area.width()


@pytest.mark.parametrize(("height", "below"), [(430, True), (600, False)])
def test_a_small_plot_has_all_the_room_beside_the_big_card(
    area: PanelArea, settle: Callable[[], None], height: int, below: bool
) -> None:
    """Where the room is too low to stand below it, or where that is not wanted."""
    area.resize(900, height)
    area.give_room(area.first.pages()[0], below)
    settle()
    assert shown(area) == ["big", "one"]
    assert area.big.width() < area.width()
    assert area.first.height() == area.height()


def test_a_small_plot_with_all_the_room_stays_in_front_in_a_low_window(
    area: PanelArea, settle: Callable[[], None]
) -> None:
    one, two, _ = [*area.first.pages(), *area.second.pages()]
    area.bring_forward(one)  # and two was in front of its deck anyway
    area.give_room(two)
    area.resize(900, 340)
    settle()
    assert shown(area) == ["big", "two"]


def test_tabs_that_come_while_cards_are_laid_out_have_their_room(area: PanelArea, settle: Callable[[], None]) -> None:
    _, two, _ = [*area.first.pages(), *area.second.pages()]
    for height, room in ((600, two), (380, None), (600, two), (600, None)):
        area.resize(900, height)
        area.give_room(room)
        settle()
        for tabs in area.findChildren(FoldingTabs):
            if tabs.isVisible():
                shown = [i for i in range(tabs.count()) if tabs.isTabVisible(i)]
                assert tabs.width() >= sum(tabs.tabRect(i).width() for i in shown)


def test_a_page_that_moves_does_not_set_out_again_on_its_way(area: PanelArea, qapp: QApplication) -> None:
    heights = iter((600, 380, 600, 380))
    area.second.page_changed.connect(lambda page: area.resize(900, next(heights, 380)))
    for height in (380, 600, 380, 600, 380):
        area.resize(900, height)
        qapp.processEvents()
        for deck in (area.first, area.second):
            (bar,) = deck.findChildren(QTabBar)
            assert bar.count() == len(deck.pages())
    assert len(area.first.pages()) + len(area.second.pages()) == 3


def test_what_was_brought_forward_stays_in_front_when_the_plots_share_a_card(
    area: PanelArea, qapp: QApplication
) -> None:
    two, three = area.second.pages()
    for page in (three, two):
        area.bring_forward(page)
        area.resize(900, 380)
        qapp.processEvents()
        assert len(area.second.pages()) == 3
        assert area.second.current() is page
        area.resize(900, 600)
        qapp.processEvents()
        assert area.second.current() is page


def test_two_plots_brought_forward_in_a_shared_card_both_stand_in_front_where_it_parts(
    area: PanelArea, qapp: QApplication
) -> None:
    one, _, three = [*area.first.pages(), *area.second.pages()]
    area.resize(900, 380)
    qapp.processEvents()
    area.bring_forward(three)
    area.bring_forward(one)
    assert area.second.current() is one
    area.resize(900, 600)
    qapp.processEvents()
    assert (area.first.current(), area.second.current()) == (one, three)


@pytest.fixture
def folding(dressed: QApplication, freed: Callable[[QWidget], None]) -> PanelArea:
    """An area with one deck, whose big card is a page of that under 700 px."""
    big = Card(body=QLabel("big"))
    big.add_control(QLabel("switch"))
    area = PanelArea(big, [QLabel("one"), QLabel("two")], Sharing((65, 35), decks=1, folds=700))
    area.resize(900, 400)
    area.show()
    dressed.processEvents()
    freed(area)
    return area


def in_view(area: PanelArea) -> set[str]:
    return {*shown(area)} - {""}


def test_where_there_is_no_room_beside_it_the_big_card_is_a_page_of_the_deck(
    folding: PanelArea, settle: Callable[[], None]
) -> None:
    area, told = folding, list[bool]()
    area.folded.connect(lambda: told.append(area.is_folded))
    two = area.second.pages()[1]
    area.bring_forward(two)
    assert in_view(area) == {"big", "two", "switch"}
    for _ in range(2):
        area.resize(600, 400)
        settle()
        assert in_view(area) == {"big", "switch"}
        assert not area.has_decks
        assert area.lead.isAncestorOf(next(label for label in area.findChildren(QLabel) if label.text() == "switch"))
        area.bring_forward(two)
        assert in_view(area) == {"two", "switch"}
        area.bring_forward(area.big)
        area.enlarge(area.second)  # it fills the whole
        assert in_view(area) == {"big", "switch"}
        area.resize(900, 400)
        settle()
        assert in_view(area) == {"big", "two", "switch"}
        assert area.lead is area.big
    assert told == [True, False] * 2


def test_what_has_all_the_room_stays_in_front_when_the_area_narrows(
    folding: PanelArea, settle: Callable[[], None]
) -> None:
    one = folding.second.pages()[0]
    folding.give_room(one)
    folding.resize(600, 400)
    settle()
    assert in_view(folding) == {"one", "switch"}


def test_a_big_card_over_the_decks_has_the_whole_width(dressed: QApplication, freed: Callable[[QWidget], None]) -> None:
    area = PanelArea(Card(body=QLabel("big")), [QLabel("one"), QLabel("two")], Sharing((64, 36), over=True))
    freed(area)
    area.resize(900, 600)
    area.show()
    dressed.processEvents()
    assert shown(area) == ["big", "one", "two"]
    assert area.big.width() == area.width()
    assert area.big.height() / (area.big.height() + area.first.height()) == pytest.approx(0.64, abs=0.02)
    assert area.first.geometry().top() == area.second.geometry().top()
    area.resize(500, 600)  # side by side they would be too narrow
    dressed.processEvents()
    assert len(shown(area)) == 2
