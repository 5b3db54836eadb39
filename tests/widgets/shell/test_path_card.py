from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from widgets.base import appearance
from widgets.base.theme import LIGHT
from widgets.shell.path_card import PathCard, PathWords


@pytest.fixture
def card(qapp: QApplication, freed: Callable[[QWidget], None]) -> PathCard:
    appearance.apply(qapp, "light")
    made = PathCard("path")
    freed(made)
    made.resize(280, 66)
    return made


def test_a_screen_reader_says_all_its_words(card: PathCard) -> None:
    card.show_words(PathWords("star", "Downhill", "1 of 3", "next: On a saddle", (True, False, False)))
    assert card.accessibleName() == "Downhill, 1 of 3, next: On a saddle"


def runs(card: PathCard, token: str) -> int:
    """How many stretches of a colour there are along the stations."""
    image = card.grab().toImage()
    rows = [[image.pixelColor(x, y) == LIGHT.color(token) for x in range(image.width())] for y in range(24, 36)]
    return max(sum(now and not before for before, now in zip([False, *row], row, strict=False)) for row in rows)


@pytest.mark.parametrize("done", [(True, True, False, False), (True, False, False, False)])
def test_each_station_done_is_filled(card: PathCard, done: tuple[bool, ...]) -> None:
    card.show_words(PathWords("star", "Downhill", done=done))
    framed = 2  # the edges of the next one
    assert sum(done) <= runs(card, "accent") <= sum(done) + framed


def test_stations_ahead_are_pale_where_none_is_done(card: PathCard) -> None:
    card.show_words(PathWords("star", "Downhill", done=(False,) * 5))
    assert (runs(card, "accent"), runs(card, "border")) == (0, 5 + 2)  # and both edges of the card
