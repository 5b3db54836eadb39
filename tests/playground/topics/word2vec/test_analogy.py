"""An analogy asked of the vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from core.data.corpora import read_corpus
from core.nn.similarity import analogy
from core.word2vec import Params
from playground.topic_list import topic
from playground.topics.word2vec.analogy import Analogy
from widgets.base import numbers

PARAMS = Params()


@pytest.fixture
def panel(dressed: Any, freed: Any) -> Analogy:
    made = Analogy(topic("word2vec").texts)
    freed(made)
    made.retranslate()
    made.show()
    return made


def type_into(panel: Analogy, field: str, word: str) -> None:
    found = panel.findChild(QLineEdit, f"analogy.{field}")
    assert found is not None
    found.setText(word)


def error(panel: Analogy) -> QLabel:
    found = panel.findChild(QLabel, "analogy.error")
    assert found is not None
    return found


def test_it_is_answered_from_the_vectors(panel: Analogy) -> None:
    corpus, vectors = read_corpus(PARAMS.corpus), np.random.default_rng(2).normal(size=(20, 4))
    panel.show_vectors(corpus, PARAMS.corpus, vectors)
    for field, word in zip("abc", ("queen", "cat", "man"), strict=True):
        type_into(panel, field, word.upper())
    a, b, c = (corpus.vocabulary.index(word) for word in ("queen", "cat", "man"))
    wanted = [(corpus.vocabulary[i], cosine) for i, cosine in analogy(vectors, a, b, c, 5)]
    assert panel.answers() == wanted
    assert panel.accessibleDescription().startswith(f"{wanted[0][0]} ")


def test_trained_vectors_know_the_queen(tab: Any, forward: Any) -> None:
    tab.set_parameter("model", "cbow")
    tab.run.advance(4000)
    assert forward("analogy").answers()[0][0] == "queen"  # king − man + woman


def test_a_word_that_is_not_known_is_said(panel: Analogy) -> None:
    panel.show_vectors(read_corpus(PARAMS.corpus), PARAMS.corpus, np.ones((20, 3)))
    assert not error(panel).isVisible()
    type_into(panel, "b", "unicorn")
    assert error(panel).isVisible()
    assert "unicorn" in error(panel).text()
    assert panel.answers() == []
    type_into(panel, "b", "king")
    assert not error(panel).isVisible()


def test_a_text_without_analogies_of_its_own_begins_with_its_first_words(panel: Analogy) -> None:
    params = Params(corpus="one two three four")
    panel.show_vectors(read_corpus(params.corpus), params.corpus, np.ones((4, 3)))
    assert [field.text() for field in panel.findChildren(QLineEdit)] == ["one", "two", "three"]


def test_compared_runs_have_their_cosines_for_the_same_words(panel: Analogy) -> None:
    corpus, rng = read_corpus(PARAMS.corpus), np.random.default_rng(2)
    one, other = rng.normal(size=(20, 4)), rng.normal(size=(20, 6))
    panel.show_vectors(corpus, PARAMS.corpus, one, {"A": one, "B": other})
    asked = [corpus.vocabulary.index(word) for word in ("king", "man", "woman")]
    for field, place in zip("abc", asked, strict=True):
        type_into(panel, field, corpus.vocabulary[place])
    a, b, c = asked
    there = dict(analogy(other, a, b, c, 20))
    told = panel.accessibleDescription().split("; ")
    for (word, cosine), row in zip(panel.answers(), told, strict=True):
        wanted = [cosine, there[corpus.vocabulary.index(word)]]
        assert row.split(" ") == [word, *(numbers.coordinate(value) for value in wanted)]
    type_into(panel, "b", "nobody")
    assert panel.accessibleDescription() == ""


def test_the_nearest_words_have_their_cosines_in_both_runs(tab: Any, settle: Any) -> None:
    tab.run.advance(30)
    assert {len(values) for values in tab.rows.values().values()} == {1}
    tab.run.pin()
    tab.set_parameter("learning_rate", 0.02)
    tab.run.advance(20)
    settle()
    view = tab.view()
    weights = [run.state.W for run in view.pair]
    words = read_corpus(PARAMS.corpus).vocabulary
    centre = tab.step_in(view).centre
    for word, values in tab.rows.values().items():
        other = words.index(word)
        cosines = [
            float(W[other] @ W[centre] / np.sqrt((W[other] @ W[other]) * (W[centre] @ W[centre]))) for W in weights
        ]
        assert list(values) == [numbers.coordinate(cosine) for cosine in cosines]
