"""The chain of layers: the shapes at a fixed length; without one no number of weights, and the reason."""

from __future__ import annotations

from itertools import product
from typing import Any

from core.embedding.nets import chain
from core.run.refusal import Refusal
from playground.topics.embedding.chain import LAYERS
from playground.topics.embedding.painted import Chip
from playground.topics.embedding.tab import EmbeddingTab
from playground.words import languages
from playground.words.refusals import sentence
from playground.words.texts import LANGUAGES
from widgets.grids.board import Caption


def told(tab: EmbeddingTab) -> list[str]:
    tab.shown.show("chain", tab.view())
    return [item.text for item in tab.chain.items() if isinstance(item, Caption)]


def test_shapes_follow_the_settings(tab: EmbeddingTab) -> None:
    tab.chain.resize(340, 400)
    assert {"(4)", "(4, 8)", "(32)", "(1)", "(None, 8)", "33 weights", "328 weights"} <= set(told(tab))
    tab.run.set_parameter("input_length", 7)
    tab.run.set_parameter("output_dim", 3)
    assert {"(7)", "(7, 3)", "(21)", "(1)", "(None, 3)", "22 weights", "123 weights"} <= set(told(tab))


def test_without_a_fixed_length_dense_is_not_built_and_says_why(tab: EmbeddingTab) -> None:
    tab.chain.resize(340, 400)
    words = told(tab)
    refused = chain(tab.run.params, is_fixed=False)
    assert isinstance(refused, Refusal)
    assert sentence(refused, tab.texts) in " ".join(words)
    boxes = [item.text for item in tab.chain.items() if isinstance(item, Chip)]
    assert boxes == [*LAYERS, *LAYERS[:2], "Dense ✗"]


def test_all_of_it_has_room(qapp: Any, tab: EmbeddingTab) -> None:
    for language, (width, height) in product(LANGUAGES, ((270, 300), (340, 400))):
        languages.use(qapp, language)
        tab.chain.resize(width, height)
        told(tab)
        for item in tab.chain.items():
            if isinstance(item, Caption):
                assert item.width <= item.widest + 1, item.text
                assert item.y + item.height <= height


def test_while_a_scene_asks_how_many_numbers_it_does_not_tell(tab: EmbeddingTab) -> None:
    tab.stage.open("laid_end_to_end")
    assert tab.view().covered
    assert not {"(32)", "33 weights"} & set(told(tab))
    assert "(?)" in told(tab)
