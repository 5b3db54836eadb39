"""The Word2vec tab in its window, and runs to look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from core import word2vec as core
from core.data.corpora import read_corpus
from core.run.timeline import Timeline

if TYPE_CHECKING:
    from playground.topics.word2vec.tab import Word2vecTab
    from playground.window.window import Window
    from widgets.text.text_strip import TextStrip


@pytest.fixture
def words(window: Window, settle: Any) -> Word2vecTab:
    from playground.topics.word2vec.tab import Word2vecTab

    tab = window.visit("word2vec")
    assert isinstance(tab, Word2vecTab)
    settle()
    return tab


@pytest.fixture
def forward(words: Word2vecTab, settle: Any) -> Callable[[str], Any]:
    """Bring a panel of the tab forward, and return its widget."""

    def show(id: str) -> Any:
        words.bring_forward(id)
        settle()
        return words.plots()[id]

    return show


@pytest.fixture
def strip(words: Word2vecTab, freed: Any) -> TextStrip:
    """A strip of its own with the same text, to be marked by hand."""
    from widgets.text.text_strip import TextStrip

    corpus = read_corpus(words.run.params.corpus)
    made = TextStrip(words.window())
    freed(made)
    made.set_text(tuple(corpus.vocabulary[i] for i in corpus.tokens), tuple(corpus.sentences.tolist()))
    made.resize(words.strip.size())
    return made


@pytest.fixture
def record(record_of: Callable[..., Timeline[Any, Any]]) -> Callable[..., Timeline[Any, Any]]:
    """Make a record of so many steps, with other settings than the defaults where they are given."""
    return partial(record_of, "word2vec", core)


@pytest.fixture(scope="session")
def long_text() -> str:
    """Some 600 words, most of them rare."""
    pairs = (("cat", "dog"), ("king", "queen"))
    return "\n".join(f"the {a} number{i} sees a {b}" for i in range(600) for a, b in pairs)


@pytest.fixture(scope="session")
def twenty_thousand() -> str:
    """A text of twenty thousand words."""
    return "\n".join(" ".join(f"w{(7 * i + j) % 1500}" for j in range(10)) for i in range(2000))
