"""The middle of a tab: one big card and two decks, and how they share the room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from playground.tab.panel_area import Centre
from widgets.cards.card import Card


@pytest.fixture
def centre(dressed: QApplication, freed: Callable[[QWidget], None]) -> Centre:
    pages = [QLabel(name) for name in ("one", "two", "three")]
    centre = Centre(Card(body=QLabel("big")), pages)
    for page in pages:
        centre.set_page_title(page, page.text(), f"page {page.text()}", "muted")
    centre.resize(900, 600)
    centre.show()
    dressed.processEvents()
    freed(centre)
    return centre


def shown(centre: Centre) -> list[str]:
    return [label.text() for label in centre.findChildren(QLabel) if label.isVisible()]


def test_the_big_picture_takes_58_of_100(centre: Centre) -> None:
    assert centre.big.width() / (centre.big.width() + centre.first.width()) == pytest.approx(0.58, abs=0.01)
    assert shown(centre) == ["big", "one", "two"]


def test_a_card_fills_the_whole_and_goes_back(centre: Centre) -> None:
    for card, pages in ((centre.big, ["big"]), (centre.first, ["one"]), (centre.second, ["two"])):
        card.enlarge_requested.emit()
        assert shown(centre) == pages
        card.enlarge_requested.emit()
        assert shown(centre) == ["big", "one", "two"]


def test_another_card_can_be_enlarged_without_going_back(centre: Centre) -> None:
    centre.enlarge(centre.big)
    centre.enlarge(centre.second)
    assert shown(centre) == ["two"]


def test_the_card_under_a_widget_is_enlarged(centre: Centre) -> None:
    inner = next(label for label in centre.findChildren(QLabel) if label.text() == "one")
    centre.enlarge_under(inner)
    assert shown(centre) == ["one"]
    centre.enlarge_under(None)
    centre.enlarge_under(centre)
    assert shown(centre) == ["one"]


def test_in_a_low_centre_the_small_plots_share_one_card(centre: Centre, qapp: QApplication) -> None:
    centre.resize(900, 380)
    qapp.processEvents()
    assert shown(centre) == ["big", "one"]
    assert [page.text() for page in centre.second.pages() if isinstance(page, QLabel)] == ["one", "two", "three"]
    centre.resize(900, 600)
    qapp.processEvents()
    assert shown(centre) == ["big", "one", "two"]


def test_words_stay_with_their_page_when_it_moves(centre: Centre, qapp: QApplication) -> None:
    centre.resize(900, 380)
    qapp.processEvents()
    centre.resize(900, 600)
    qapp.processEvents()
    assert (centre.first.title(), centre.first.subtitle()) == ("page one", "muted")


def test_an_enlarged_card_that_gives_its_page_away_shows_it_still(centre: Centre, qapp: QApplication) -> None:
    centre.enlarge(centre.first)
    centre.resize(900, 380)
    qapp.processEvents()
    assert shown(centre) == ["one"]
    centre.resize(900, 600)
    qapp.processEvents()
    assert len(shown(centre)) >= 1
    centre.enlarge(centre.second)
    assert shown(centre) == ["big", "one", "two"]


def test_without_small_plots_the_big_one_fills_the_whole(
    dressed: QApplication, freed: Callable[[QWidget], None]
) -> None:
    centre = Centre(Card(body=QLabel("big")), ())
    freed(centre)
    for height in (600, 200):
        centre.resize(900, height)
        centre.show()
        dressed.processEvents()
        assert shown(centre) == ["big"]
        assert centre.big.width() == 900
    centre.enlarge_under(centre.big)
    assert shown(centre) == ["big"]
