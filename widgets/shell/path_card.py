"""A card for a path of several stations: which are done, which is next."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import fonts, icons, theme
from widgets.shell.card_button import CardButton, write

_LEAST = 180  # px
_HEIGHT, _EDGE, _ICON, _GAP, _BAR = 66, 12, 16, 4, 5


class PathWords(NamedTuple):
    """What a path shows: icon, title, a count and what is next in words, and of each station whether it is done."""

    icon: str
    title: str
    tally: str = ""
    following: str = ""
    done: tuple[bool, ...] = ()


class PathCard(CardButton):
    """Three lines: icon, title and count; a segment a station, the next one framed; what is next."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words = PathWords("", "")

    def show_words(self, words: PathWords) -> None:
        """Show this; a screen reader says it all."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(", ".join(filter(None, (words.title, words.tally, words.following))))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(_LEAST, fonts.scaled(_HEIGHT))

    def _paint(self, painter: QPainter, room: QRectF) -> None:
        words, inner = self._words, room.adjusted(_EDGE - 2, 5, 2 - _EDGE, -4)
        third = inner.height() / 3
        upper = QRectF(inner.left(), inner.top(), inner.width(), third + 2)
        if words.icon:
            square = QRectF(upper.left(), upper.center().y() - _ICON / 2, _ICON, _ICON)
            icons.draw(painter, words.icon, square, theme.current().color("text"))
        write(painter, upper, words.tally, "subtitle", "muted", right=True)
        taken = painter.fontMetrics().horizontalAdvance(words.tally) + 8
        write(painter, upper.adjusted(_ICON + 6, 0, -taken, 0), words.title, "strong", "text")
        self._paint_stations(painter, QRectF(inner.left(), upper.bottom() + 4, inner.width(), _BAR))
        lower = QRectF(inner.left(), inner.bottom() - third, inner.width(), third)
        write(painter, lower, words.following, "subtitle", "muted")

    def _paint_stations(self, painter: QPainter, bar: QRectF) -> None:
        done = self._words.done
        width = (bar.width() - _GAP * (len(done) - 1)) / max(1, len(done))
        following = done.index(False) if False in done else -1
        for place, is_done in enumerate(done):
            segment = QRectF(bar.left() + place * (width + _GAP), bar.top(), width, bar.height())
            self._paint_station(painter, segment, is_done, place == following and any(done))

    def _paint_station(self, painter: QPainter, segment: QRectF, is_done: bool, is_next: bool) -> None:
        colours = theme.current()
        painter.setPen(QPen(colours.color("accent"), 1.0) if is_next else Qt.PenStyle.NoPen)
        painter.setBrush(colours.color("accent" if is_done else "panel" if is_next else "border"))
        edge = 0.5 if is_next else 0.0
        painter.drawRoundedRect(segment.adjusted(edge, edge, -edge, -edge), 2.5, 2.5)
