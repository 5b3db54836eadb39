"""An analogy asked of the vectors: a − b + c is nearest to which word?"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from core.data.corpora import GROUPS, Corpus
from core.nn.similarity import analogy
from core.run.values import Floats
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.base.manners import Manners
from widgets.tables.text_table import TextTable

_SHOWN = 5
_SIGNS = ("", "−", "+")


class Analogy(QWidget):
    """Three fields for words over the words that complete them best; `asked` tells that words were typed."""

    asked = Signal()

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._is_asked = False
        self._words: tuple[str, ...] = ()  # of the text
        self._vectors: Floats = np.empty((0, 0))
        self._runs: Mapping[str, Floats] = {}  # the vectors of those that are compared, by letter
        self._known = QStringListModel(self)
        self._fields = tuple(self._field(name) for name in "abc")
        self._table = TextTable((0.7, 0.3), self)
        self._error = QLabel()
        self._error.setObjectName("analogy.error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        row = QGridLayout()
        for i, (sign, field) in enumerate(zip(_SIGNS, self._fields, strict=True)):
            row.addWidget(QLabel(sign), 0, 2 * i)
            row.addWidget(field, 0, 2 * i + 1)
            row.setColumnStretch(2 * i + 1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(row)
        column.addWidget(self._error)
        column.addWidget(self._table, 1)
        self._error.hide()

    def ask(self, *words: str) -> None:
        """Put three words into the fields."""
        for field, word in zip(self._fields, words, strict=True):
            field.setText(word)

    def show_vectors(
        self, corpus: Corpus, corpus_id: str, vectors: Floats, runs: Mapping[str, Floats] = MappingProxyType({})
    ) -> None:
        """Answer from these vectors, with the cosines in compared runs, by letter; a new text brings its own words."""
        self._vectors, self._runs = vectors, runs
        if corpus.vocabulary is not self._words:
            self._words = corpus.vocabulary
            self._known.setStringList(list(self._words))
            first = GROUPS.get(corpus_id, ())
            self.ask(*((first[0][0], *first[1]) if first else (self._words * 2)[:3]))
        self._answer()

    def retranslate(self) -> None:
        """Show words and answers in the language shown."""
        for field, name in zip(self._fields, "abc", strict=True):
            field.setAccessibleName(f"{self._texts.get('panels', 'analogy')} {name}")
        self._answer()

    def answers(self) -> list[tuple[str, float]]:
        """Return the words that complete the analogy with their cosines; nothing where a word is not known."""
        if not self._words or self._unknown():
            return []
        a, b, c = map(self._words.index, self._asked())
        return [(self._words[word], cosine) for word, cosine in analogy(self._vectors, a, b, c, _SHOWN)]

    def _cosines(self, vectors: Floats) -> dict[str, float]:
        """Return how well each word of the text completes the analogy by the vectors of a run."""
        a, b, c = map(self._words.index, self._asked())
        return {self._words[word]: cosine for word, cosine in analogy(vectors, a, b, c, len(vectors))}

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(f"analogy.{name}")
        Manners(field)
        completer = QCompleter(self._known, field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        field.setCompleter(completer)
        field.textChanged.connect(lambda _: self._answer())
        field.textEdited.connect(lambda _: self._tell_asked())
        return field

    def asked_by_hand(self) -> tuple[str, ...]:
        """Return the three words once any was typed, else none."""
        return tuple(self._asked()) if self._is_asked else ()

    def _tell_asked(self) -> None:
        self._is_asked = True
        self.asked.emit()

    def _asked(self) -> list[str]:
        return [field.text().strip().lower() for field in self._fields]

    def _unknown(self) -> list[str]:
        return [word for word in self._asked() if word not in self._words]

    def _answer(self) -> None:
        unknown = self._unknown() if self._words else []
        self._error.setVisible(bool(unknown))
        if unknown:
            self._error.setText(self._texts.get("analogy", "unknown").format(word=unknown[0]))
        answers, cosine = self.answers(), self._texts.get("running_value")
        head = [self._texts.get("analogy", "nearest"), *(f"{cosine} {letter}" for letter in self._runs or ("",))]
        columns = [self._cosines(vectors) for vectors in self._runs.values() if answers] or [dict(answers)]
        rows = [[word, *(numbers.coordinate(column[word]) for column in columns)] for word, _ in answers]
        share = 0.3 if len(columns) == 1 else 0.6 / len(columns)
        self._table.show_rows([head, *rows] if rows else [], (1 - share * len(columns), *[share] * len(columns)))
        self.setAccessibleDescription("; ".join(" ".join(cells) for cells in rows))
