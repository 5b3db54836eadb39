"""A line of running text with words marked in it and a bracket under some of them; sentences are kept whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, theme
from widgets.base.labels import plot_font, text_width
from widgets.base.painted import PaintedWidget

Places = NDArray[np.int64]

_PAD, _GAP, _BETWEEN = 9.0, 6.0, 22.0  # px: in a word's box, between words, between sentences
_BOX, _TOP = 28, 2
_FOOT = 20
_LEAST = 14.0  # a word of one letter can still be pointed at


@dataclass(frozen=True)
class WordMark:
    """How a word is marked: in a series colour, filled or as an outline."""

    colour: str
    filled: bool = False


@dataclass(frozen=True)
class Bracket:
    """A bracket under words `first` to `last` with a text."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, eq=False)
class _Line:
    """Some sentences that fit beside each other: the first word, and the left edges and widths of all, (n,) each."""

    first: int
    lefts: NDArray[np.float64]
    widths: NDArray[np.float64]

    @property
    def width(self) -> float:
        return float(self.lefts[-1] + self.widths[-1])


@dataclass(frozen=True, eq=False)
class _Layout:
    """How wide the words of a text are, and where its sentences end in a line that goes on for ever."""

    widths: NDArray[np.float64]  # (T,) px of each word's box
    ends: NDArray[np.float64]  # (S,) px, with the space behind each sentence


class TextStrip(PaintedWidget):
    """Shows the line of a text that holds a word. Lines break between sentences; a longer one scrolls with the word."""

    pointed = Signal(int)
    left = Signal()
    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vocabulary: Sequence[str] = ()
        self._tokens: Places = np.empty(0, dtype=np.int64)
        self._starts: Places = np.zeros(1, dtype=np.int64)  # (S + 1,) the first word of each sentence, and the end
        self._is_first = np.zeros(0, dtype=bool)  # (T,) whether a sentence begins with the word
        self._layout: _Layout | None = None
        self._breaks = [0]  # sentences that lines begin with, as far as the text is broken into lines
        self._line_shown: _Line | None = None
        self._at = 0
        self._marks: Mapping[int, WordMark] = {}
        self._bracket: Bracket | None = None
        self._under = -1
        self._lit = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, vocabulary: Sequence[str], tokens: Places, sentences: Places) -> None:
        """Show a text, (T,) places in the vocabulary; `sentences` (T,) says of each in which sentence it stands."""
        if tokens is not self._tokens:
            self._vocabulary, self._tokens = vocabulary, tokens
            self._is_first = np.diff(sentences, prepend=-1) != 0
            self._starts = np.append(np.flatnonzero(self._is_first), len(tokens))
            self._forget_lines()
            self.update()

    def show_marks(self, at: int, marks: Mapping[int, WordMark], bracket: Bracket | None = None) -> None:
        """Bring a word into view, mark words, and put a bracket under some."""
        if (at, marks, bracket) != (self._at, self._marks, self._bracket):
            self._at, self._marks, self._bracket = at, marks, bracket
            self.update()

    def highlight(self, colour: str) -> None:
        """Light the words marked in a series colour; "" lights none."""
        if colour != self._lit:
            self._lit = colour
            self.update()

    def sentence_of(self, word: int) -> int:
        """Return in which sentence a word stands."""
        place = int(np.searchsorted(self._starts, word, side="right")) - 1
        return max(0, min(place, self.sentence_count - 1))

    @property
    def sentence_count(self) -> int:
        """How many sentences the text has."""
        return max(0, len(self._starts) - 1)

    def shown(self) -> range:
        """The words of the line in view."""
        line = self._line()
        return range(line.first, line.first + len(line.lefts)) if line else range(0)

    def boxes(self) -> dict[int, QRectF]:
        """Where the words stand that are in view, or nearly."""
        line = self._line()
        if line is None:
            return {}
        offset, high = self._offset(line), fonts.scaled(_BOX)
        seen = np.searchsorted(line.lefts, [offset - self.width(), offset + 2 * self.width()])
        begin, end = max(0, int(seen[0]) - 1), int(seen[1])
        places = zip(line.lefts[begin:end].tolist(), line.widths[begin:end].tolist(), strict=True)
        return {line.first + i: QRectF(x - offset, _TOP, width, high) for i, (x, width) in enumerate(places, begin)}

    def word_at(self, position: QPointF) -> int:
        """The word at a point of the widget, −1 where there is none."""
        return next((word for word, box in self.boxes().items() if box.contains(position)), -1)

    def sizeHint(self) -> QSize:
        return QSize(480, _TOP + fonts.scaled(_BOX) + fonts.scaled(_FOOT) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    # How it is painted.

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self.boxes()
        for word, box in boxes.items():
            if box.right() > 0 and box.left() < self.width():
                self._paint_word(painter, word, box)
                if word + 1 in boxes and self._is_first[word + 1]:
                    self._paint_dot(painter, box)
        if self._bracket and self._bracket.first in boxes and self._bracket.last in boxes:
            self._paint_bracket(painter, self._bracket, boxes)

    def _paint_word(self, painter: QPainter, word: int, box: QRectF) -> None:
        colours, mark = theme.current(), self._marks.get(word)
        ink = colours.color("muted")
        if mark is not None:
            line = colours.line(mark.colour)
            is_lit = mark.colour == self._lit
            painter.setPen(QPen(colours.color("text") if is_lit else line, 2.5 if is_lit else 1.5))
            painter.setBrush(line if mark.filled else colours.region(mark.colour))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
            ink = colours.text_on(line) if mark.filled else colours.ink(mark.colour)
        painter.setFont(plot_font("strong" if mark else "body"))
        painter.setPen(ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self._word(word))

    def _paint_dot(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("muted"))
        painter.drawEllipse(QPointF(box.right() + _BETWEEN / 2, box.center().y()), 1.5, 1.5)

    def _paint_bracket(self, painter: QPainter, bracket: Bracket, boxes: Mapping[int, QRectF]) -> None:
        first, last = boxes[bracket.first], boxes[bracket.last]
        left, right, top = first.left() + 1.5, last.right() - 1.5, first.bottom() + 2.5
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("muted"), 1))
        painter.drawPolyline([QPointF(left, top), QPointF(left, top + 4), QPointF(right, top + 4), QPointF(right, top)])
        painter.setFont(plot_font("tick"))
        wide = text_width(bracket.text, "tick")
        x = max(0.0, min((left + right - wide) / 2, self.width() - wide))
        painter.drawText(QPointF(round(x), round(top + 5 + QFontMetricsF(plot_font("tick")).ascent())), bracket.text)

    # How it is laid out.

    def _word(self, place: int) -> str:
        return self._vocabulary[int(self._tokens[place])]

    def _line(self) -> _Line | None:
        """The line that holds the word in view; the text is broken into lines as far as that."""
        if not len(self._tokens):
            return None
        shown, sentence = self._line_shown, self.sentence_of(self._at)
        if shown is None or not shown.first <= self._at < shown.first + len(shown.lefts):
            while self._breaks[-1] <= sentence:
                self._breaks.append(self._next_break(self._breaks[-1]))
            place = bisect_right(self._breaks, sentence)
            first, end = self._starts[self._breaks[place - 1 : place + 1]].tolist()
            shown = self._line_shown = self._line_from(first, end)
        return shown

    def _offset(self, line: _Line) -> float:
        """How far a line that is too long is scrolled, so that the word stands in the middle."""
        if line.width <= self.width():
            return 0.0
        middle = float(line.lefts[self._at - line.first] + line.widths[self._at - line.first] / 2)
        return max(0.0, min(middle - self.width() / 2, line.width - self.width()))

    def _next_break(self, sentence: int) -> int:
        """Return the sentence after those that fit in a line which begins with this one: one at least does."""
        ends = self._laid_out().ends
        begin = float(ends[sentence - 1]) if sentence else 0.0
        fitting = int(np.searchsorted(ends, begin + self.width() + _BETWEEN, side="right"))
        return max(sentence + 1, fitting)

    def _laid_out(self) -> _Layout:
        if self._layout is None:
            metrics = QFontMetricsF(plot_font("strong"))
            own = [max(_LEAST, metrics.horizontalAdvance(word)) + 2 * _PAD for word in self._vocabulary]
            widths = np.array(own)[self._tokens]
            sizes = np.add.reduceat(widths + _GAP, self._starts[:-1]) - _GAP
            self._layout = _Layout(widths, np.cumsum(sizes + _BETWEEN))
        return self._layout

    def _line_from(self, first: int, end: int) -> _Line:
        widths = self._laid_out().widths[first:end]
        gaps = np.where(self._is_first[first + 1 : end], _BETWEEN, _GAP)
        return _Line(first, np.concatenate([[0.0], np.cumsum(widths[:-1] + gaps)]), widths)

    # Events.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        word = self.word_at(event.position())
        if word != self._under:
            self._under = word
            self.pointed.emit(word) if word >= 0 else self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        word = self.word_at(event.position())
        if word >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(word)

    def leaveEvent(self, event: QEvent) -> None:
        self._under = -1
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._breaks, self._line_shown = [0], None

    def _forget(self) -> None:
        self._forget_lines()
        self.updateGeometry()

    def _forget_lines(self) -> None:
        self._layout, self._breaks, self._line_shown = None, [0], None
