"""The card of a scene: what is offered while none is on, the keys, and how it keeps its height."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QSlider
from pytestqt.qtbot import QtBot

from widgets.shell.answer_field import Asked
from widgets.shell.scene_card import CardContent, SceneCard
from widgets.shell.scene_list import SceneRow

LONG = "One ball in a narrow valley. " * 40
ASKING = CardContent("Title", "Text", question="How many?", asked=Asked("number", (), 0, 9), play="Play it · 8 s")
NEXT, AGAIN = SceneRow("a", "First", note="next"), SceneRow("b", "Second", due=True, note="again")


@pytest.fixture
def card(qtbot: QtBot) -> SceneCard:
    card = SceneCard()
    qtbot.addWidget(card)
    card.setFixedWidth(320)
    card.show()
    return card


def button(card: SceneCard, name: str) -> QAbstractButton:
    found = card.findChild(QAbstractButton, name)
    assert found is not None
    return found


def test_while_none_is_on_the_next_and_one_to_do_again_are_offered(card: SceneCard, qtbot: QtBot, settle: Any) -> None:
    card.offers.set_rows([NEXT, AGAIN])
    with qtbot.waitSignal(card.offered) as told:
        button(card, "scene.offer.1").click()
    assert told.args == ["b"]
    settle()
    assert 118 <= card.sizeHint().height() <= 150
    card.show_scene(ASKING)
    assert not button(card, "scene.offer.0").isVisible()


def test_only_where_something_is_offered_again_the_word_is_explained(card: SceneCard) -> None:
    def explained() -> bool:
        return any(label.isVisible() and "earlier day" in label.text() for label in card.findChildren(QLabel))

    card.offers.set_rows([NEXT])
    assert not explained()
    card.offers.set_rows([NEXT, AGAIN])
    assert explained()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_what_leads_on(card: SceneCard, qtbot: QtBot, key: Qt.Key) -> None:
    card.show_scene(ASKING)
    field = card.findChild(QLineEdit, "scene.answer")
    assert field is not None
    with qtbot.waitSignal(card.played):
        QTest.keyClick(field, key)
    card.show_scene(replace(ASKING, asked=None, play="", following="Next: other"))
    with qtbot.waitSignal(card.next_asked):
        QTest.keyClick(card, key)


def test_enter_does_not_play_without_an_answer(card: SceneCard, qtbot: QtBot) -> None:
    card.show_scene(replace(ASKING, can_play=False))
    with qtbot.assertNotEmitted(card.played):
        QTest.keyClick(card, Qt.Key.Key_Return)
    assert not card.press()


def test_a_long_text_is_folded_until_more_is_asked_for(card: SceneCard, settle: Any) -> None:
    card.show_scene(replace(ASKING, text=LONG))
    text = card.findChild(QLabel, "scene.text")
    more = next(b for b in card.findChildren(QAbstractButton) if b.text() == "more")
    assert text is not None
    assert more.isVisible()
    assert text.text().endswith("…")
    settle()
    assert card.heightForWidth(320) <= 400
    more.click()
    assert text.text() == LONG
    card.show_scene(replace(ASKING, text="Text"))
    assert not more.isVisible()


def test_a_large_number_is_slid_in_plain_digits(card: SceneCard) -> None:
    card.show_scene(replace(ASKING, asked=Asked("number", (), 0, 5_000_000)))
    slider, field = card.findChild(QSlider), card.findChild(QLineEdit, "scene.answer")
    assert slider is not None
    assert field is not None
    slider.setValue(slider.maximum() // 5)
    assert (field.text(), field.placeholderText()) == ("1000000", "0 … 5\u2009000\u2009000")
