"""What the threads of word2vec give along: where its words lie on the map."""

from __future__ import annotations

from core.data.corpora import read_corpus
from core.word2vec.algorithm import word_map
from playground.playback.view import View
from playground.tab.threads import Plain, named_points

_CLUSTERS = 4


def places_of_words(view: View) -> Plain:
    """Return where the words lie on the map, as far as it shows them."""
    places, _ = word_map(view.state.vectors, view.state.axes)
    return named_points(places, read_corpus(view.params.corpus).vocabulary[: len(places)], _CLUSTERS)
