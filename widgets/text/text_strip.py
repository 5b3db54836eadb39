"""A line of running text with words marked in it and a bracket under some of them; sentences are kept whole."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, theme
from widgets.base.labels import plot_font, text_width
from widgets.base.painted import PaintedWidget

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


@dataclass(frozen=True)
class _Line:
    """Some sentences that fit beside each other: the first word, and the left edges and widths of all."""

    first: int
    lefts: tuple[float, ...]
    widths: tuple[float, ...]

    @property
    def width(self) -> float:
        return self.lefts[-1] + self.widths[-1]


class TextStrip(PaintedWidget):
    """Shows the line of a text that holds a word. Lines break between sentences; a longer one scrolls with the word."""

    pointed = Signal(int)
    left = Signal()
    clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()
        self._starts: tuple[int, ...] = ()  # the first word of each sentence
        self._begins: frozenset[int] = frozenset()
        self._lines: list[_Line] = []  # none: the text is to be broken into lines
        self._at = 0
        self._marks: Mapping[int, WordMark] = {}
        self._bracket: Bracket | None = None
        self._under = -1
        self._lit = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, words: Sequence[str], sentences: Sequence[int]) -> None:
        """Show a text; `sentences` says of each word in which sentence it stands."""
        if words is not self._words:
            counts = [len(list(group)) for _, group in groupby(sentences)]
            self._words, self._starts = words, tuple(accumulate([0, *counts]))
            self._begins = frozenset(self._starts)
            self._lines = []
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
        return max(0, bisect_right(self._starts, word, hi=self.sentence_count) - 1)

    @property
    def sentence_count(self) -> int:
        """How many sentences the text has."""
        return max(0, len(self._starts) - 1)

    def shown(self) -> range:
        """The words of the line in view."""
        line = self._line()
        return range(line.first, line.first + len(line.lefts)) if line else range(0)

    def boxes(self) -> dict[int, QRectF]:
        """Where the words of the line in view stand."""
        line = self._line()
        if line is None:
            return {}
        offset, high = self._offset(line), fonts.scaled(_BOX)
        places = zip(line.lefts, line.widths, strict=True)
        return {line.first + i: QRectF(x - offset, _TOP, width, high) for i, (x, width) in enumerate(places)}

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
                if word + 1 in self._begins and word + 1 in boxes:
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
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, self._words[word])

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

    def _line(self) -> _Line | None:
        if not self._words:
            return None
        if not self._lines:
            self._break_into_lines()
        return self._lines[max(0, bisect_right(self._lines, self._at, key=lambda line: line.first) - 1)]

    def _offset(self, line: _Line) -> float:
        """How far a line that is too long is scrolled, so that the word stands in the middle."""
        if line.width <= self.width():
            return 0.0
        middle = line.lefts[self._at - line.first] + line.widths[self._at - line.first] / 2
        return max(0.0, min(middle - self.width() / 2, line.width - self.width()))

    def _break_into_lines(self) -> None:
        """Fill lines with whole sentences, as many as fit."""
        metrics = QFontMetricsF(plot_font("strong"))
        widths = {word: max(_LEAST, metrics.horizontalAdvance(word)) + 2 * _PAD for word in set(self._words)}
        first, taken = 0, -_BETWEEN
        for start, end in pairwise(self._starts):
            width = sum(widths[word] for word in self._words[start:end]) + _GAP * (end - start - 1)
            if start > first and taken + _BETWEEN + width > self.width():
                self._lines.append(self._line_from(first, start, widths))
                first, taken = start, -_BETWEEN
            taken += _BETWEEN + width
        self._lines.append(self._line_from(first, self._starts[-1], widths))

    def _line_from(self, first: int, end: int, widths: Mapping[str, float]) -> _Line:
        lefts, x = [], 0.0
        for word in range(first, end):
            if word > first:
                x += _BETWEEN if word in self._begins else _GAP
            lefts.append(x)
            x += widths[self._words[word]]
        return _Line(first, tuple(lefts), tuple(widths[word] for word in self._words[first:end]))

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
        self._lines = []

    def _forget(self) -> None:
        self._lines = []
        self.updateGeometry()
