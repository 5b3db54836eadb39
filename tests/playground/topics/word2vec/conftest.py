"""A strip to compare that of the Word2vec tab with, and texts to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core.data.corpora import read_corpus

if TYPE_CHECKING:
    from playground.topics.word2vec.tab import Word2vecTab
    from widgets.text.text_strip import TextStrip


@pytest.fixture
def strip(tab: Word2vecTab, freed: Any) -> TextStrip:
    """A strip of its own with the same text, to be marked by hand."""
    from widgets.text.text_strip import TextStrip

    corpus = read_corpus(tab.run.params.corpus)
    made = TextStrip(tab.window())
    freed(made)
    made.set_text(corpus.vocabulary, corpus.tokens, corpus.sentences)
    made.resize(tab.strip.size())
    return made


@pytest.fixture(scope="session")
def long_text() -> str:
    """Some 600 words, most of them rare."""
    pairs = (("cat", "dog"), ("king", "queen"))
    return "\n".join(f"the {a} number{i} sees a {b}" for i in range(600) for a, b in pairs)


@pytest.fixture(scope="session")
def twenty_thousand() -> str:
    """A text of twenty thousand words."""
    return "\n".join(" ".join(f"w{(7 * i + j) % 1500}" for j in range(10)) for i in range(2000))
