"""Sentences typed, chips moved, taken out, zeros put between them, words tried and kept; and what the keys do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from core.embedding.algorithm import arrays
from core.embedding.sentence import PAD
from core.embedding.settings import data_of
from core.run.explanation import Focus
from playground.topics.embedding.painted import Chip, Waterfall
from playground.topics.embedding.ribbon import Ribbon
from playground.topics.embedding.tab import EmbeddingTab
from playground.topics.embedding.vote_table import VoteTable

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
Key = Qt.Key


@pytest.fixture
def hands(tab: EmbeddingTab) -> EmbeddingTab:
    tab.run.advance(60)
    tab.ribbon.resize(500, 520)
    tab.votes.resize(380, 480)
    return tab


def chips(tab: EmbeddingTab) -> list[Chip]:
    return [item for item in tab.ribbon.items() if isinstance(item, Chip)]


def write(tab: EmbeddingTab, text: str) -> None:
    tab.hand.field.clear()
    QTest.keyClicks(tab.hand.field, text)


def drag(tab: EmbeddingTab, chip: int, right: int, down: int = 0) -> None:
    begin = chips(tab)[chip].rect.center().toPoint()
    end = begin + QPoint(right, down)
    QTest.mousePress(tab.ribbon, _LEFT, _NONE, begin)
    QTest.mouseMove(tab.ribbon, begin + QPoint(right // 2, down // 2))
    QTest.mouseMove(tab.ribbon, end)
    QTest.mouseRelease(tab.ribbon, _LEFT, _NONE, end)


def press(board: Any, *keys: Key, held: Qt.KeyboardModifier = _NONE) -> None:
    for key in keys:
        QTest.keyClick(board, key, held)


def test_a_typed_sentence_flows_to_its_score(hands: EmbeddingTab) -> None:
    write(hands, "My trip was LOVELY!")
    held, known = arrays(hands.run.frame.state, hands.run.params), data_of(hands.run.params).number_of
    numbers = [known[word] for word in ("my", "trip", "was", "lovely")]
    assert [chip.text for chip in chips(hands)] == ["my", "trip", "was", "lovely"]
    z = float(held["E"][numbers].ravel() @ held["W"][:, 0] + held["b"][0])
    (fall,) = (item for item in hands.ribbon.items() if isinstance(item, Waterfall))
    assert fall.steps[-1].end == pytest.approx(z, rel=1e-9)
    told = hands.explanation(hands.view())
    assert (told.sentence, told.values["text"]) == ("by_hand", "my trip was lovely")
    recipe = hands.run.recipe
    hands.run.advance(5)  # it goes on flowing, in another language too, and is no part of the run
    hands.retranslate()
    assert (hands.hand.words, hands.run.recipe) == (("my", "trip", "was", "lovely"), recipe)


def test_words_without_a_number_are_struck_through_and_said(hands: EmbeddingTab) -> None:
    said: list[str] = []
    hands.status.connect(said.append)
    write(hands, "this film was odd")
    assert [(chip.text, chip.struck) for chip in chips(hands) if chip.struck] == [("odd", True)]
    assert "“odd”" in said[-1]
    hands.show_beat("numbers")
    assert hands.explanation(hands.view()).sentence == "left_out"
    hands.run.set_parameter("encoding", "hashing")
    assert not any(chip.struck for chip in chips(hands))


def test_it_goes_the_way_forward_but_has_no_loss(hands: EmbeddingTab) -> None:
    write(hands, "what a lovely trip")
    for beat in hands.beats()[:6]:
        hands.show_beat(beat)
        assert [chip.text for chip in chips(hands)] == ["what", "a", "lovely", "trip"], beat
    for beat in ("loss", "backward"):
        hands.show_beat(beat)
        shown = Ribbon(hands.view(), hands.texts)
        assert shown.chosen.sentence in hands.run.frame.made.batch, beat
        assert shown.sentence.label is not None


def test_back_leads_to_the_sentence_it_was(hands: EmbeddingTab) -> None:
    hands.pick(Focus("sentence", (9,)))
    write(hands, "what a lovely trip")
    assert not hands.hand.back.isHidden()
    hands.hand.back.click()
    assert [chip.text for chip in chips(hands)] == list(data_of(hands.run.params).words[9])
    assert (hands.hand.field.text(), hands.hand.back.isHidden()) == ("", True)


def test_a_row_of_the_list_and_a_scene_let_it_go(hands: EmbeddingTab) -> None:
    write(hands, "what a lovely trip")
    hands.rows.focused.emit("sentence 4")
    assert not hands.hand.words
    write(hands, "what a lovely trip")
    hands.stage.open("a_look_up")
    assert not hands.hand.words


def test_a_chip_dragged_to_another_changes_the_order(hands: EmbeddingTab) -> None:
    first, *_, last = chips(hands)
    drag(hands, 0, 0, round(last.rect.y() - first.rect.y()))
    assert hands.hand.words[-1] == "the"
    assert [chip.text for chip in chips(hands)] == list(hands.hand.words)
    assert hands.hand.field.text() == " ".join(hands.hand.words)


def test_a_chip_dragged_out_to_the_side_is_taken_out(hands: EmbeddingTab) -> None:
    drag(hands, 1, 90)
    assert hands.hand.words == ("the", "was", "good")
    assert [chip.text for chip in chips(hands)] == ["pad", "the", "was", "good"]
    drag(hands, 2, 8)  # a little to the side: it stays
    assert hands.hand.words == ("the", "was", "good")


def test_keys_carry_take_out_and_put_zeros(hands: EmbeddingTab) -> None:
    k = int(data_of(hands.run.params).test[0])
    hands.choose(Focus("place", (k, 3)))
    press(hands.ribbon, Key.Key_Left, held=Qt.KeyboardModifier.AltModifier)
    assert hands.hand.words == ("the", "film", "good", "was")
    assert hands.focus == Focus("place", (k, 2))
    press(hands.ribbon, Key.Key_Delete)
    assert [chip.text for chip in chips(hands)] == ["pad", "the", "film", "was"]
    press(hands.ribbon, Key.Key_Down, Key.Key_Insert)
    assert list(hands.hand.words) == [PAD, "the", "film", PAD, "was"]


def test_a_word_tried_at_a_place_is_kept_by_return(hands: EmbeddingTab) -> None:
    k, number = int(data_of(hands.run.params).test[0]), data_of(hands.run.params).number_of["boring"]
    hands.choose(Focus("vote", (number, 3, k)))
    tried = chips(hands)[3]
    assert (tried.text, tried.dashed) == ("boring", True)
    press(hands.votes, Key.Key_Return)
    assert hands.hand.words == ("the", "film", "was", "boring")
    assert not chips(hands)[3].dashed


def test_arrows_go_from_vote_to_vote(hands: EmbeddingTab) -> None:
    press(hands.votes, Key.Key_Down)
    shown = VoteTable(hands.view(), hands.texts)
    first = hands.focus
    assert first is not None
    press(hands.votes, Key.Key_Left)
    assert hands.focus == Focus("vote", (first.at[0], first.at[1] - 1, shown.chosen.sentence))
    press(hands.votes, *[Key.Key_Up] * 60)
    values = arrays(hands.run.frame.state, hands.run.params)
    assert hands.focus is not None
    assert hands.focus.at[0] == int(np.argmax((values["E"] @ values["W"].reshape(4, 8).T).sum(axis=1)))


def test_page_keys_go_through_the_sentences_held_out(hands: EmbeddingTab) -> None:
    test = data_of(hands.run.params).test
    press(hands.ribbon, Key.Key_PageDown, Key.Key_PageDown)
    assert hands.focus == Focus("sentence", (int(test[2]),))
    press(hands.votes, Key.Key_PageUp)
    assert hands.focus == Focus("sentence", (int(test[1]),))
    press(hands.ribbon, *[Key.Key_PageUp] * 3)
    assert hands.focus == Focus("sentence", (int(test[0]),))
