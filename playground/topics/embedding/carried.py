"""What the threads of the Embedding layer give along: its rows, as input vectors of word2vec and as places."""

from __future__ import annotations

from core.data.corpora import read_corpus
from core.embedding.algorithm import weights_of
from core.embedding.settings import Params, data_of
from core.nn.principal_axes import main_axes
from core.run.refusal import Refusal
from core.run.values import Floats
from playground.playback.view import View
from playground.tab.threads import Plain, named_points

_CLUSTERS = 4


def rows_as_input_vectors(view: View) -> Plain:
    """Return the sentences as a text, and E without the row of padding as its W; nothing where rows are no words'."""
    params: Params = view.params
    data = data_of(params)
    text = "。\n".join(data.texts)
    try:
        words = read_corpus(text).vocabulary
    except Refusal:
        return {}
    rows = _rows(view)
    if params.encoding != "vocabulary" or words != data.vocabulary or len(rows) != len(words) + 1:
        return {}
    first = {"step": 0, "name": "W", "value": rows[1:].tolist()}
    return {"params": {"corpus": text, "vector_size": params.output_dim}, "changes": [first]}


def places_of_words(view: View) -> Plain:
    """Return where the rows of numbers that words have lie along the two directions in which they spread most."""
    data = data_of(view.params)
    used = sorted(set(data.number_of.values()))
    rows = _rows(view)[used]
    return named_points(rows @ main_axes(rows), tuple(map(data.word, used)), _CLUSTERS)


def _rows(view: View) -> Floats:
    return weights_of(view.state, view.params)["E"]
