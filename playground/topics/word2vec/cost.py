"""What it takes to find a word's vector and to score words: multiplications, by the size of the vocabulary."""

from __future__ import annotations

from core.word2vec import Params
from core.word2vec.net import multiplications
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.tables.slider_table import SliderTable

LARGEST = 100_000  # words


class LookUp(SliderTable):
    """A slider for the number of words V over the table of multiplications."""

    def __init__(self, texts: Texts) -> None:
        super().__init__("lookup.words", (2, LARGEST), LARGEST, 40, (0.66, 0.34), gap=4)
        self._texts = texts
        self._params, self._tells = Params(), True

    def show_params(self, params: Params, tells: bool = True) -> None:
        """Count for vectors of this size and this many negatives; while that is asked, it `tells` no counts."""
        if (params, tells) != (self._params, self._tells):
            self._params, self._tells = params, tells
            self.retranslate()

    def retranslate(self) -> None:
        """Show the table in the language shown."""
        texts, params = self._texts, self._params
        self.setToolTip(texts.get("lookup", "note").format(size=params.vector_size, negative=params.negative))
        head = [texts.get("lookup", "way"), texts.get("lookup", "products")]
        counts = multiplications(self.number, params.vector_size, params.negative)
        rows = [[texts.get("lookup", key), numbers.count(n) if self._tells else "?"] for key, n in counts]
        self.show_contents(texts.get("lookup", "words"), [head, *rows])
