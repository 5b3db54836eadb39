"""What it takes to find a word's vector and to score words."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QSlider

from core.word2vec import Params
from core.word2vec.net import multiplications
from playground.topic_list import topic
from playground.topics.word2vec.cost import LARGEST, LookUp


@pytest.fixture
def table(dressed: Any, freed: Any) -> LookUp:
    made = LookUp(topic("word2vec").texts)
    freed(made)
    made.retranslate()
    return made


def counts(table: LookUp) -> list[int]:
    """Return the last number of each row, as a screen reader is told them."""
    rows = table.accessibleDescription().replace("\N{THIN SPACE}", "").split("; ")
    return [int(row.split()[-1]) for row in rows]


def test_multiplications_are_counted_up_to_a_hundred_thousand_words(table: LookUp) -> None:
    slider = table.findChild(QSlider, "lookup.words")
    assert slider is not None
    assert table.number == LARGEST == 100_000
    assert counts(table)[0] == 600_000
    slider.setValue(slider.minimum())
    assert table.number == 2
    assert counts(table)[0] == 12


def test_they_are_those_of_the_settings(table: LookUp) -> None:
    table.show_params(Params(vector_size=50, negative=9))
    assert counts(table) == [n for _, n in multiplications(100_000, 50, 9)]
