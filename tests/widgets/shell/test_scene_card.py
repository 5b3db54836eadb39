"""The card of a scene: what is offered while none is on, the keys, and how it keeps its height."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QSlider
from pytestqt.qtbot import QtBot

from widgets.base import appearance
from widgets.base.elided_label import ElidedLabel
from widgets.base.jump_slider import JumpSlider
from widgets.shell.answer_field import Asked
from widgets.shell.gap_table import GapTable
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


@pytest.mark.parametrize("width", [288, 320])
def test_nothing_in_the_bar_of_an_open_scene_is_cut(card: SceneCard, settle: Any, width: int) -> None:
    card.setFixedWidth(width)
    card.show_count(14, 15, 13)
    card.show_scene(ASKING)
    settle()
    labels = [label for label in card.findChildren(ElidedLabel) if label.isVisible() and label.text()]
    assert all(label.width() >= label.sizeHint().width() for label in labels)


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


def test_a_whole_number_is_slid_by_whole_numbers(card: SceneCard) -> None:
    given: list[str] = []
    card.answered.connect(given.append)
    card.show_scene(replace(ASKING, asked=Asked("number", (), 1, 10, is_whole=True)))
    field = card.findChild(QLineEdit, "scene.answer")
    assert field is not None
    assert field.placeholderText() == "1 … 10"
    slider = next(slider for slider in card.answer.findChildren(QSlider))
    slider.setValue(2)
    assert given == ["3"]
    assert slider.maximum() == 9


TALE = "Each of its steps is the velocity that it kept, plus a push downhill at the place where it stands"
RICH = CardContent("Title", "Text", question="Which?", asked=Asked("choice", (("a", TALE), ("b", "short & good"))))


def test_an_option_that_is_too_long_goes_on_in_another_line(card: SceneCard, settle: Any) -> None:
    card.show_scene(RICH)
    settle()
    card.resize(320, card.heightForWidth(320))
    settle()
    long, short = button(card, "scene.answer.a"), button(card, "scene.answer.b")
    assert long.text().replace("\n", " ") == TALE
    assert long.height() > short.height()
    metrics = long.fontMetrics()
    assert all(metrics.horizontalAdvance(line) < long.width() for line in long.text().split("\n"))
    assert short.text() == "short && good"  # with one sign, G would be its key


def test_buttons_keep_the_room_of_their_words_when_the_theme_changes(
    dressed: QApplication, settings: Any, card: SceneCard, settle: Any
) -> None:
    card.show_scene(CardContent("Title", "", result="So.", following=f"Next: {TALE}", again=True))
    card.resize(320, card.heightForWidth(320))
    settle()
    sizes = [button(card, name).size() for name in ("scene.next", "scene.again")]
    for choice in ("dark", "light"):
        appearance.apply(dressed, choice)
        settle()
        assert [button(card, name).size() for name in ("scene.next", "scene.again")] == sizes


def test_words_of_an_answer_and_of_the_next_scene_are_never_cut(card: SceneCard, settle: Any) -> None:
    plain = CardContent("Title", "", result="So.", gaps=(("", "yes", "no", ""),), following="Next: other", again=True)
    card.show_scene(plain)
    settle()
    table = card.findChild(GapTable)
    assert table is not None
    card.resize(320, card.heightForWidth(320))
    height, following = table.height(), button(card, "scene.next")
    card.show_scene(replace(plain, gaps=(("", TALE, "no", ""),), following=f"Next: {TALE}"))
    settle()
    card.resize(320, card.heightForWidth(320))
    settle()
    assert table.height() > height
    assert following.text().replace("\n", " ") == f"Next: {TALE}"
    assert following.geometry().right() < button(card, "scene.again").geometry().left()


def test_a_number_of_many_sizes_is_slid_by_factors(card: SceneCard) -> None:
    told: list[str] = []
    card.answered.connect(told.append)
    card.show_scene(replace(ASKING, asked=Asked("number", (), 0.001, 1e5)))
    slider = card.findChild(JumpSlider)
    assert slider is not None
    slider.setValue(slider.maximum() // 2)
    slider.setValue(slider.maximum())
    assert told == ["10", "100000"]
    field = card.findChild(QLineEdit, "scene.answer")
    assert field is not None
    assert field.placeholderText() == "0.00100 … 100 000"


def test_a_point_is_typed_as_its_two_coordinates(card: SceneCard) -> None:
    told: list[str] = []
    card.answered.connect(told.append)
    card.show_scene(replace(ASKING, asked=Asked("point")))
    x, y, both = (card.findChild(QLineEdit, f"scene.answer{part}") for part in (".x", ".y", ""))
    assert x
    assert y
    assert both
    card.answer.show_answer("[1.25, -3]")
    assert (x.text(), y.text(), both.isVisible()) == ("1.25", "-3", False)
    x.selectAll()
    QTest.keyClicks(x, "2,")
    assert told == ["[2.0, -3.0]", ""]  # it is no number any more
    both.setText("[4, 5]")
    both.textEdited.emit("[4, 5]")
    assert (x.text(), y.text(), told[-1]) == ("4", "5", "[4, 5]")
    card.answer.show_answer("")
    assert (x.text(), y.text()) == ("", "")


def test_a_large_number_is_slid_in_plain_digits(card: SceneCard) -> None:
    card.show_scene(replace(ASKING, asked=Asked("number", (), 0, 5_000_000)))
    slider, field = card.findChild(QSlider), card.findChild(QLineEdit, "scene.answer")
    assert slider is not None
    assert field is not None
    slider.setValue(slider.maximum() // 5)
    assert (field.text(), field.placeholderText()) == ("1000000", "0 … 5\u2009000\u2009000")


def test_no_line_ends_between_a_number_and_its_percent_sign(card: SceneCard) -> None:
    card.show_scene(replace(ASKING, question="", result="It is 90 % at first", text="Of 95 %"))
    said = [label.text() for label in card.findChildren(QLabel) if "%" in label.text()]
    assert sorted(said) == ["It is 90\u00a0% at first", "Of 95\u00a0%"]
