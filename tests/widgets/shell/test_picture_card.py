from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from widgets.base import appearance
from widgets.base.theme import LIGHT
from widgets.shell.picture_card import PictureCard, PictureWords


@pytest.fixture
def card(qapp: QApplication, freed: Callable[[QWidget], None]) -> PictureCard:
    appearance.apply(qapp, "light")
    made = PictureCard("card")
    freed(made)
    made.resize(240, 180)
    return made


def count(card: PictureCard, colour: QColor) -> int:
    image = card.grab().toImage()
    return sum(image.pixelColor(x, y) == colour for x in range(image.width()) for y in range(image.height()))


def test_a_screen_reader_says_all_its_words(card: PictureCard) -> None:
    card.show_words(PictureWords("K-means", "Clustering", "4 of 12 scenes", 1 / 3))
    assert card.accessibleName() == "K-means, Clustering, 4 of 12 scenes"


def test_the_picture_fills_its_room_in_its_shape(card: PictureCard) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    card.show_image(image)
    assert count(card, QColor("#123456")) == pytest.approx(232 * 116, rel=0.03)


def test_more_done_is_a_longer_bar(card: PictureCard) -> None:
    filled = []
    for share in (0.0, 0.5, 1.0):
        card.show_words(PictureWords("Title", share=share))
        filled.append(count(card, LIGHT.color("accent")))
    assert filled[0] == 0
    assert 1.8 < filled[2] / filled[1] < 2.3


def test_a_sign_says_that_it_plays(card: PictureCard) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#123456"))
    card.show_image(image, plays=True)
    assert count(card, LIGHT.color("accent")) > 100
    card.show_image(image)
    assert count(card, LIGHT.color("accent")) == 0
