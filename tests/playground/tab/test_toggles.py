"""The switches in the header of a card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from playground.tab.toggles import Toggles, switch
from playground.words import texts as words
from playground.words.texts import Texts
from widgets.cards.card import Card

TEXTS = Texts(
    {
        "toggles": {
            id: {"text": {"en": f"The {id}", "zh": f"这{id}"}, "tip": {"en": f"Show {id}", "zh": f"显示{id}"}}
            for id in ("one", "two", "three", "ring")
        }
    }
)


@pytest.fixture
def card(dressed: QApplication, freed: Callable[[QWidget], None]) -> Card:
    card = Card(body=QLabel("body"))
    freed(card)
    return card


@pytest.fixture
def toggles(card: Card) -> Toggles:
    made = Toggles(card, TEXTS, ("one", QLabel("between"), "two", "three", "ring"), ("one", "two", "three"))
    made.retranslate()
    return made


@pytest.fixture
def button(card: Card, toggles: Toggles) -> Callable[[str], QAbstractButton]:
    """Look a switch up by the name that scripts rely on."""

    def look_up(id: str) -> QAbstractButton:
        found = card.findChild(QAbstractButton, f"view.{id}")
        assert found is not None
        return found

    return look_up


def test_a_switch_stays_down_and_has_its_name(dressed: QApplication) -> None:
    made = switch("relief")
    made.click()
    assert (made.objectName(), made.isChecked(), made.property("role")) == ("view.relief", True, "toggle")


def test_what_is_on_are_the_options(toggles: Toggles, button: Any) -> None:
    button("ring").click()
    assert toggles.options() == {"one": False, "two": False, "three": False, "ring": True}
    assert toggles.is_on("ring")
    toggles.turn("ring", False)
    assert not button("ring").isChecked()


def test_a_switch_tells_of_each_turn(toggles: Toggles, button: Any) -> None:
    told: list[str] = []
    toggles.changed.connect(told.append)
    button("ring").click()
    button("ring").click()
    assert told == ["ring", "ring"]


def test_a_switch_that_brings_a_page_forward_lets_go_of_the_others_and_tells_once(
    toggles: Toggles, button: Any
) -> None:
    button("one").click()
    button("ring").click()
    told: list[tuple[str, str]] = []
    toggles.changed.connect(lambda id: told.append((id, toggles.page())))
    button("two").click()
    assert told == [("two", "two")]
    assert toggles.options() == {"one": False, "two": True, "three": False, "ring": True}


def test_with_no_page_forward_the_first_is_shown(toggles: Toggles, button: Any) -> None:
    assert toggles.page() == ""
    button("one").click()
    assert toggles.page() == "one"
    button("one").click()
    assert toggles.page() == ""


def test_a_page_is_shown_by_its_id_and_one_without_a_switch_by_letting_go(toggles: Toggles) -> None:
    toggles.show_page("three")
    assert toggles.page() == "three"
    toggles.show_page("one")
    assert [id for id, on in toggles.options().items() if on] == ["one"]
    toggles.show_page("sweep")
    assert toggles.page() == ""


def test_other_widgets_stand_between_the_switches(card: Card, toggles: Toggles) -> None:
    card.resize(900, 200)
    card.show()
    places = {w.objectName() or "between": w.mapTo(card, w.rect().topLeft()).x() for w in parts(card)}
    assert places["view.one"] < places["between"] < places["view.two"] < places["view.three"]


def parts(card: Card) -> list[QWidget]:
    labels = [label for label in card.findChildren(QLabel) if label.text() == "between"]
    return [*labels, *(b for b in card.findChildren(QAbstractButton) if b.objectName().startswith("view."))]


def test_words_follow_the_language(toggles: Toggles, button: Any) -> None:
    assert (button("one").text(), button("one").toolTip()) == ("The one", "Show one")
    words.use_language("zh")
    try:
        toggles.retranslate()
    finally:
        words.use_language("en")
    assert (button("one").text(), button("one").toolTip()) == ("这one", "显示one")


def test_a_switch_that_is_of_no_use_says_why_until_it_is_again(toggles: Toggles, button: Any) -> None:
    toggles.allow("one", "Not here")
    toggles.retranslate()
    assert (button("one").isEnabled(), button("one").toolTip()) == (False, "Not here")
    toggles.allow("one")
    assert (button("one").isEnabled(), button("one").toolTip()) == (True, "Show one")
