"""A nested list three times: as it is typed, as boxes in boxes, and as a shape. Each level has one colour in all three.

Numbers stand side by side, the boxes around them below each other, those around these side by side again, and so on.
Of the entries of a list the first few are drawn. A list that was tried and is ragged is written with the place that
disagrees underlined, and why.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.run.explanation import Focus, number
from core.run.refusal import Refusal
from core.run.values import Nested
from core.shapes.nested import Place, pieces_of, shape_of
from playground.playback.view import View
from playground.words.refusals import sentence
from playground.words.texts import Texts
from widgets.base import fonts, numbers, theme
from widgets.base.labels import plot_font, text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Placed, Signed

LEVELS = ("green", "blue", "orange", "purple", "vermillion", "sky", "yellow")
MOST = 6  # entries of a list that are drawn
_PAD, _GAP, _LEAST = 4.0, 4.0, 3.0  # px inside a box, between boxes, of a box's side that is still drawn
_MORE = 30.0  # px at the right of a list for how many entries it has, where not all are drawn
_LARGEST = (44.0, 30.0)  # px of a number's cell
_ROW = 24.0


def level_colour(level: int) -> str:
    """Return the series in whose colour a level is drawn."""
    return LEVELS[level % len(LEVELS)]


@dataclass(frozen=True)
class Box:
    """A list, or where it has a text a number, in the colour of its level; lit where its level is chosen."""

    rect: QRectF
    level: int
    text: str = ""
    is_lit: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        colour = level_colour(self.level)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = shown.color("border") if self.text else shown.line(colour)
        painter.setPen(QPen(edge, 3.0 if self.is_lit else 1.5))
        painter.setBrush(shown.region(colour) if self.is_lit else shown.color("panel"))
        painter.drawRoundedRect(self.rect.adjusted(1, 1, -1, -1), 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        has_room = self.rect.height() >= text_height("cell_small") - 2
        if self.text and has_room and text_width(self.text, "cell_small") <= self.rect.width() - 4:
            role = "cell" if text_width(self.text, "cell") <= self.rect.width() - 6 else "cell_small"
            painter.setFont(plot_font(role))
            painter.setPen(shown.color("text"))
            painter.drawText(self.rect, Qt.AlignmentFlag.AlignCenter, self.text)


@dataclass(frozen=True)
class Lit:
    """The ground of a bracket, or with an edge of a size in the shape, whose level is chosen."""

    rect: QRectF
    level: int
    has_edge: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(shown.line(level_colour(self.level)), 1.5)
        painter.setPen(edge if self.has_edge else Qt.PenStyle.NoPen)
        painter.setBrush(shown.region(level_colour(self.level)))
        painter.drawRoundedRect(self.rect, 3, 3)
        painter.setBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True)
class Underline:
    """A line under the place of a ragged list that disagrees."""

    line: QLineF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setPen(QPen(theme.current().color("error"), 2.0))
        painter.drawLine(self.line)


@dataclass(frozen=True)
class Picture:
    """What the board shows of a view; `data` that were tried stand before those of the run."""

    view: View
    texts: Texts

    @cached_property
    def data(self) -> Nested:
        """The list."""
        tried = self.view.options.get("tried")
        return (tried or self.view.params).data

    @cached_property
    def refusal(self) -> Refusal | None:
        """Why the list has no shape, or None where it has one."""
        try:
            shape_of(self.data)
        except Refusal as refusal:
            return replace(refusal)  # a raised one keeps the frames alive in which it was, and whoever paints in them
        return None

    @property
    def level(self) -> int | None:
        """The level under the pointer, or else the one chosen."""
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("level", (level,)):
                    return level
        return None

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        if self.refusal:
            return [*self._typed(width), *self._why(self.refusal, width)]
        boxes = QRectF(2, _ROW + 4, width - 4, height - 2 * _ROW - 10)
        return [*self._typed(width), *_boxes(self.data, boxes, (), self.level), *self._shape(height - _ROW, width)]

    def _typed(self, width: float) -> Iterator[Item]:
        """Yield the list as it is typed, brackets in the colours of their levels, cut short where it is too long."""
        x, y = 4.0, 4.0
        yield _blank("typed", QRectF(0, 0, width, _ROW))
        at: Place | None = self.refusal.values["at"] if self.refusal else None  # type: ignore[assignment]
        underlined: list[float] = []
        for piece in pieces_of(self.data):
            wide = text_width(piece.text, "formula")
            if x + wide > width - 16:
                yield Caption("…", x, y, "formula", "muted", moves=True)
                break
            is_bracket = piece.text in "[]"
            if is_bracket and piece.level == self.level:
                yield Lit(QRectF(x, y - 1, wide, text_height("formula") + 2), piece.level)
            colour = level_colour(piece.level) if is_bracket else "text"
            yield Caption(piece.text, x, y, "formula", colour, moves=True)
            if at is not None and piece.place[: len(at)] == at:
                underlined += [x, x + wide]
            x += wide
        if underlined:
            below = y + text_height("formula")
            yield Underline(QLineF(min(underlined), below, max(underlined), below))

    def _why(self, refusal: Refusal, width: float) -> Iterator[Item]:
        lines = fonts.wrapped(sentence(refusal, self.texts).strip(), plot_font("subtitle"), int(width) - 8)
        for i, line in enumerate(lines):
            y = _ROW + 8 + i * (text_height("subtitle") + 2)
            yield Caption(line, 4, y, "subtitle", "error", "left", width - 8, True)

    def _shape(self, y: float, width: float) -> Iterator[Item]:
        """Yield the shape, each of its numbers in the colour of its level, and the rank."""
        words = self.texts.get("nested", "shape")
        yield Caption(words, 4, y, "strong", "muted", moves=True)
        x = 4 + text_width(f"{words} ", "strong")
        if self.view.covered:  # it is asked for
            yield Caption("(?)", x, y, "strong", "muted", moves=True)
            return
        shape = shape_of(self.data)
        x = yield from self._sizes(shape, x, y)
        rank = self.texts.get("nested", "rank").format(rank=len(shape))
        yield Caption(rank, x + 12, y, "strong", "muted", moves=True)
        if self.level is not None and self.level < len(shape):
            words = self.texts.get("nested", "lit").format(size=numbers.count(shape[self.level]))
            room = max(0.0, width - x - text_width(rank, "strong") - 28)
            yield Caption(words, width - 4, y, "label", level_colour(self.level), "right", room, True)

    def _sizes(self, shape: tuple[int, ...], x: float, y: float) -> Generator[Item, None, float]:
        """Yield the sizes in their brackets, each to be clicked: `level 0`, …; return where they end."""
        for level, size in enumerate(shape):
            between, wide = "(" if level == 0 else ", ", text_width(str(size), "strong")
            yield Caption(between, x, y, "strong", "text", moves=True)
            x += text_width(between, "strong")
            yield _blank(f"level {level}", QRectF(x, y - 2, wide, text_height("strong") + 3))
            if level == self.level:
                yield Lit(QRectF(x - 1, y - 1, wide + 2, text_height("strong") + 2), level, True)
            yield Caption(str(size), x, y, "strong", level_colour(level), moves=True)
            x += wide
        end = "()" if not shape else ",)" if len(shape) == 1 else ")"
        yield Caption(end, x, y, "strong", "text", moves=True)
        return x + text_width(end, "strong")


def _blank(name: str, rect: QRectF) -> Placed:
    """Return what is not seen, and can be clicked."""
    grid = Grid(np.zeros((1, 1)), Signed(1.0), frame="", finest=1e6)
    return Placed(name, grid, rect.left(), rect.top(), rect.width(), rect.height())


def _boxes(data: Nested, room: QRectF, place: Place, lit: int | None) -> Iterator[Item]:
    """Yield the box of a list and those of its entries inside, or the cell of a number, in the middle of the room."""
    level = len(place)
    if not isinstance(data, tuple):
        wide, high = min(room.width(), _LARGEST[0]), min(room.height(), _LARGEST[1])
        if min(wide, high) >= _LEAST:
            middle = room.center()
            yield Box(QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high), level, number(data))
        return
    if min(room.width(), room.height()) < _LEAST:
        return
    yield Box(room, level, is_lit=level == lit)
    more = len(data) > MOST
    inside = room.adjusted(_PAD, _PAD, -_PAD - (_MORE if more else 0.0), -_PAD)
    is_across = (len(shape_of(data)) - 1) % 2 == 0
    for i, item in enumerate(data[:MOST]):
        yield from _boxes(item, _part(inside, i, min(MOST, len(data)), is_across), (*place, i), lit)
    if more:
        words, y = f"… {numbers.count(len(data))}", room.center().y() - text_height("tick") / 2
        yield Caption(words, room.right() - 6, y, "tick", level_colour(level), "right", moves=True)


def _part(room: QRectF, i: int, count: int, is_across: bool) -> QRectF:
    """Return the i-th of so many equal parts of a room, side by side or below each other."""
    length = ((room.width() if is_across else room.height()) - (count - 1) * _GAP) / count
    begin = i * (length + _GAP)
    if is_across:
        return QRectF(room.left() + begin, room.top(), length, room.height())
    return QRectF(room.left(), room.top() + begin, room.width(), length)
