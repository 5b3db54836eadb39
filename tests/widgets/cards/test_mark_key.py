"""A key says what a shape in the picture means: in the header, where it has no room under it; never cut."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from widgets.cards.card import Card
from widgets.cards.mark_key import MarkKey


@pytest.fixture
def card(dressed: Any, freed: Any) -> Card:
    made = Card("Loss surface", QLabel("body"))
    freed(made)
    made.resize(500, 200)
    made.show()
    dressed.processEvents()
    return made


def key_of(card: Card) -> MarkKey:
    found = card.findChild(MarkKey)
    assert found is not None
    return found


def test_it_stands_in_the_header_until_there_are_no_words(dressed: Any, card: Card) -> None:
    plain = card.grab().toImage()
    card.set_key("stretch", "loss rose")
    dressed.processEvents()
    assert card.key() == "loss rose"
    assert key_of(card).mapTo(card, key_of(card).rect().center()).y() < 36
    card.set_key("", "")
    dressed.processEvents()
    assert card.grab().toImage() == plain


def test_where_controls_leave_no_room_it_stands_under_the_header_whole(dressed: Any, card: Card) -> None:
    card.add_control(QLabel("as many switches as there are in the header of a convolution"))
    card.set_key("corners", "the corner, and what sees it")
    card.resize(380, 200)
    for _ in range(3):  # laid out, moved, laid out anew
        dressed.processEvents()
    key = key_of(card)
    assert key.mapTo(card, key.rect().topLeft()).y() >= 36
    assert key.width() == key.sizeHint().width()


def test_under_the_header_it_begins_where_the_title_does(dressed: Any, card: Card) -> None:
    """In a card that was too narrow from the start, too."""
    card.add_control(QLabel("as many switches as there are in the header of a convolution"))
    card.resize(380, 200)
    dressed.processEvents()
    card.set_key("corners", "the corner, and what sees it")
    for _ in range(3):
        dressed.processEvents()
    at = key_of(card).mapTo(card, key_of(card).rect().topLeft())
    assert at.y() >= 36
    assert at.x() >= 12


def test_a_title_is_not_cut_for_it(dressed: Any, card: Card) -> None:
    card.set_key("corners", "the corner")
    card.set_title("A title that takes nearly all of the room there is in this")
    for _ in range(3):
        dressed.processEvents()
    assert key_of(card).mapTo(card, key_of(card).rect().topLeft()).y() >= 36
    card.set_title("Coverage")
    for _ in range(3):
        dressed.processEvents()
    assert key_of(card).mapTo(card, key_of(card).rect().topLeft()).y() < 36


@pytest.mark.parametrize("shape", ["stretch", "corners", "crosses"])
def test_shapes_are_told_apart(card: Card, shape: str) -> None:
    card.set_key("", "none")
    none = card.grab().toImage()
    card.set_key(shape, "none")
    assert card.grab().toImage() != none
