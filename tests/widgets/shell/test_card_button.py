from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from widgets.base import appearance
from widgets.base.theme import LIGHT
from widgets.shell.card_button import CardButton, neighbour, write


class Plain(CardButton):
    def _paint(self, painter: QPainter, room: QRectF) -> None:
        write(painter, room, self.objectName(), "body", "text")


@pytest.fixture
def cards(qapp: QApplication, freed: Callable[[QWidget], None]) -> list[Plain]:
    """Six cards in three columns, on a page that is shown; the last row has two only."""
    appearance.apply(qapp, "light")
    page = QWidget()
    freed(page)
    grid = QGridLayout(page)
    made = [Plain(f"card.{i}") for i in range(5)]
    for i, card in enumerate(made):
        grid.addWidget(card, i // 3, i % 3)
    page.resize(600, 300)
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_a_card(cards: list[Plain], key: Qt.Key) -> None:
    pressed: list[bool] = []
    cards[1].clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(cards[1], key)
    assert len(pressed) == 1


@pytest.mark.parametrize(
    ("begin", "key", "end"),
    [(0, Qt.Key.Key_Right, 1), (1, Qt.Key.Key_Left, 0), (0, Qt.Key.Key_Down, 3), (4, Qt.Key.Key_Up, 1),
     (2, Qt.Key.Key_Down, 4), (0, Qt.Key.Key_Left, None), (4, Qt.Key.Key_Down, None), (0, Qt.Key.Key_A, None)],
)  # fmt: skip
def test_arrows_lead_to_the_nearest_card_that_way(cards: list[Plain], begin: int, key: Qt.Key, end: int | None) -> None:
    cards[begin].setFocus()
    assert neighbour(cards, key) is (None if end is None else cards[end])


def test_without_focus_arrows_lead_nowhere(cards: list[Plain]) -> None:
    assert neighbour(cards, Qt.Key.Key_Right) is None


def test_a_card_in_focus_has_a_ring_and_is_told(cards: list[Plain]) -> None:
    told: list[bool] = []
    cards[0].pointed.connect(told.append)
    edge = QPoint(1, cards[0].height() // 2)
    plain = cards[0].grab().toImage().pixelColor(edge)
    cards[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert told[-1]
    assert plain != cards[0].grab().toImage().pixelColor(edge) == LIGHT.color("accent_text")
    cards[1].setFocus(Qt.FocusReason.TabFocusReason)
    assert not told[-1]
