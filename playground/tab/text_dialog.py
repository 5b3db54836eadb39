"""The dialog in which a text of one's own is typed or pasted, or a shipped one is changed."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from core.data.corpora import SHIPPED, sentences_of, shipped
from playground.words.texts import Texts
from widgets.base import numbers

_MOST_COUNTED = 200_000  # characters: of a longer text typing would be slow


class TextDialog(QDialog):
    """A field of several lines, and under it what the program reads in it: sentences, words, different words."""

    def __init__(self, corpus: str, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.text")
        self.setWindowTitle(texts.get("text", "title"))
        self._texts = texts
        self._edit, self._counts, self._error = QPlainTextEdit(), QLabel(), QLabel()
        self._edit.setObjectName("text.edit")
        self._edit.setAccessibleName(texts.get("text", "title"))
        self._edit.setTabChangesFocus(True)
        self._edit.setPlainText(shipped(corpus) if corpus in SHIPPED else corpus)
        self._edit.textChanged.connect(self._count)
        self._counts.setProperty("role", "muted")
        self._error.setObjectName("text.error")
        self._error.setProperty("role", "error")
        self._error.setWordWrap(True)
        hint = QLabel(texts.get("text", "hint"))
        hint.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for part in (hint, self._edit, self._counts, self._error, buttons):
            column.addWidget(part)
        self._count()

    def text(self) -> str:
        """What stands in the field."""
        return self._edit.toPlainText()

    def show_error(self, message: str) -> None:
        """Say why the text is not taken."""
        self._error.setText(message)

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def _count(self) -> None:
        self._error.clear()
        if len(self.text()) > _MOST_COUNTED:
            self._counts.clear()
            return
        sentences = sentences_of(self.text())
        words = [word for sentence in sentences for word in sentence]
        counts = {"sentences": len(sentences), "words": len(words), "different": len(set(words))}
        shown = {name: numbers.count(n) for name, n in counts.items()}
        self._counts.setText(self._texts.get("text", "counts").format(**shown))
