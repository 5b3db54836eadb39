"""What it takes to find a word's vector and to score words: multiplications, by the size of the vocabulary."""

from __future__ import annotations

from math import log10

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from core.word2vec import Params
from core.word2vec.net import multiplications
from playground.words.texts import Texts
from widgets.base import fonts, numbers
from widgets.tables.text_table import TextTable

LARGEST = 100_000  # words
_STEPS = 40  # of the slider, a decade


class LookUp(QWidget):
    """A slider for the number of words V over the table of multiplications."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._params = Params()
        self._label, self._count = QLabel(), QLabel()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("lookup.words")
        self._slider.setRange(round(_STEPS * log10(2)), round(_STEPS * log10(LARGEST)))
        self._slider.setValue(self._slider.maximum())
        self._count.setFont(fonts.fixed_font())
        self._table = TextTable((0.66, 0.34), self)
        row = QHBoxLayout()
        row.addWidget(self._label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._table, 1)
        self._slider.valueChanged.connect(lambda _: self.retranslate())

    @property
    def words(self) -> int:
        """The number of words chosen."""
        return round(10 ** (self._slider.value() / _STEPS))

    def show_params(self, params: Params) -> None:
        """Count for vectors of this size and this many negatives."""
        if params != self._params:
            self._params = params
            self.retranslate()

    def retranslate(self) -> None:
        """Show the table in the language shown."""
        texts, params = self._texts, self._params
        self._label.setText(texts.get("lookup", "words"))
        self.setToolTip(texts.get("lookup", "note").format(size=params.vector_size, negative=params.negative))
        self._count.setText(numbers.count(self.words).rjust(7))
        head = [texts.get("lookup", "way"), texts.get("lookup", "products")]
        counts = multiplications(self.words, params.vector_size, params.negative)
        rows = [[texts.get("lookup", key), numbers.count(n)] for key, n in counts]
        self._table.show_rows([head, *rows])
        self.setAccessibleDescription("; ".join(" ".join(cells) for cells in rows))
