"""Where tensors and layers stand on a board of one size, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QRectF

from core.nn.layers import Shape, Stack, text_of, written
from core.shapes.cells import sizes_of
from widgets.base.labels import text_width

JOINT, HEAD, FOOT = 28.0, 22.0, 12.0  # px of a layer's bar; over and under the cells of a tensor
MOST, MOST_IN_ROW, MOST_SLICES = 16, 32, 4  # cells of an axis that are drawn, of the only one, slices behind each other
SLICE = 4.0  # px by which a slice stands behind the next
_WORDS, _NOTES = 184.0, 88.0  # px at the left for shapes, at the right for what is left out
_NARROW, _WORDS_NARROW, _NOTES_NARROW = 480.0, 164.0, 24.0  # px of a board that has less room for both
_SLIM, _WORDS_SLIM, _LINE = 340.0, 34.0, 18.0  # px of one where shapes stand over their tensors, in a line of their own
BAR = 9.0  # px of the bar that tells which layers are in view, where not all are
_MOST_WORDS, _SIZE = 0.55, 42.0  # of the width, for shapes; px behind one for the size of the axis that goes down
_DEEP = 66.0  # px at the right for an axis that leads into the depth, with its handle and its size
_UNDER = 12.0  # px at the foot, where it is said how many layers are left out
_ROW, _SMALLEST = 20.0, 4.0  # px of the height of a cell
_WIDEST, _WIDE_CELL = 44.0, 26.0  # px of the width of a cell: where there is one row, and else


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a tensor: so many rows and columns of cells, with so many slices behind each other."""

    rows: int
    columns: int
    slices: int = 1
    is_picture: bool = False  # its cells are squares

    @property
    def is_row(self) -> bool:
        """Whether it is one row of cells, which keeps its height."""
        return self.rows == 1 and not self.is_picture

    @classmethod
    def of(cls, sizes: tuple[int, ...]) -> Drawn:
        """Return what is drawn of one example of these sizes, as written; an axis that is not fixed is drawn as one."""
        known = [max(1, size) for size in sizes]
        if len(known) < 2:
            return cls(1, min(MOST_IN_ROW, *known, MOST_IN_ROW) if known else 1)
        if len(known) == 2:
            return cls(min(MOST, known[0]), min(MOST, known[1]))
        rows, columns, channels = known[-3:]
        return cls(min(MOST, rows), min(MOST, columns), min(MOST_SLICES, channels), True)


@dataclass(frozen=True)
class Place:
    """Where the cells of a tensor stand; `cell` is (width, height)."""

    k: int
    drawn: Drawn
    left: float
    top: float
    cell: tuple[float, float]
    end: float  # the right end of the board
    words: float  # the top of the line in which its shape stands
    names: bool  # whether there is room for the names of its axes

    @property
    def right(self) -> float:
        """The right end of the front cells."""
        return self.left + self.drawn.columns * self.cell[0]

    @property
    def bottom(self) -> float:
        """The lower end of the front cells."""
        return self.top + self.drawn.rows * self.cell[1]

    @property
    def front(self) -> QRectF:
        """Where the front cells stand."""
        return QRectF(self.left, self.top, self.right - self.left, self.bottom - self.top)

    def cell_at(self, at: tuple[int, ...]) -> QRectF | None:
        """Return where a cell of an example stands, by its place; None for one that is not drawn."""
        row, column = (0, *at)[-2:] if len(at) < 3 else at[-3:-1]
        if row >= self.drawn.rows or column >= self.drawn.columns:
            return None
        wide, high = self.cell
        return QRectF(self.left + column * wide, self.top + row * high, wide, high)


class Plan:
    """The places on a board. Where not all of a stack has room, the layers around the step are shown."""

    def __init__(self, made: Stack, t: int, width: float, height: float) -> None:
        self.is_slim = width < _SLIM
        self._words, self._notes = (_WORDS_NARROW, _NOTES_NARROW) if width < _NARROW else (_WORDS, _NOTES)
        if self.is_slim:
            self._words = _WORDS_SLIM
        self._head = HEAD + _LINE * self.is_slim
        drawn = [Drawn.of(sizes_of(shape)) for shape in made.shapes]
        if not self.is_slim:
            self._words = max(self._words, min(_MOST_WORDS * width, max(map(_words_of, made.shapes))))
            height -= _UNDER * (_least(drawn, self._head) > height)
        self.first, self.last = _shown(drawn, min(t, len(made.layers)), height, self._head)
        shown = drawn[self.first : self.last + 1]
        self.is_part = len(shown) < len(drawn)
        self.end = width - BAR * self.is_part
        fixed = (len(shown) - 1) * JOINT + sum(_fixed(one, self._head) for one in shown)
        rows = sum(0 if d.is_row else d.rows for d in shown)
        self._row = max(_SMALLEST, min(_ROW, floor((height - fixed) / rows))) if rows else _ROW
        gap = max(0.0, height - fixed - rows * self._row) / (2 * len(shown))
        self.places: list[Place] = []
        self.joints: dict[int, float] = {}  # by layer, from 1: the top of its bar
        top = 0.0
        for k, one in enumerate(shown, self.first):
            top += gap + self._head + (one.slices - 1) * SLICE
            self.places.append(self._place(k, one, top))
            top = self.places[-1].bottom + FOOT + gap
            if k < self.last:
                self.joints[k + 1] = floor(top)
                top += JOINT

    def _place(self, k: int, drawn: Drawn, top: float) -> Place:
        room = self.end - self._words - max(self._notes, _DEEP * (drawn.slices > 1))
        high = _ROW if drawn.is_row else self._row
        wide = max(3.0, floor(min(_WIDEST if drawn.is_row else _WIDE_CELL, room / drawn.columns)))
        if drawn.is_picture:
            wide = high = min(wide, high)
        left = self._words + max(0.0, floor((room - wide * drawn.columns) / 2))
        high_all = high * drawn.rows
        middle = floor(top) + high_all / 2 - _LINE
        above = floor(top) - self._head - (drawn.slices - 1) * SLICE
        words = above if self.is_slim else middle
        return Place(k, drawn, left, floor(top), (wide, high), self.end, words, not self.is_slim)


def _words_of(shape: Shape) -> float:
    """Return the width that a shape takes at the left of its tensor."""
    return text_width(text_of(written(shape)), "strong") + _SIZE


def _shown(drawn: list[Drawn], t: int, height: float, head: float) -> tuple[int, int]:
    """Return the first and the last tensor that are shown: all, or as many around the step as there is room for."""
    first = last = t
    while True:
        options = [(f, b) for f, b in ((first - 1, last), (first, last + 1)) if f >= 0 and b < len(drawn)]
        fitting = [(f, b) for f, b in options if _least(drawn[f : b + 1], head) <= height]
        if not fitting:
            return first, last
        first, last = fitting[0] if t - first <= last - t else fitting[-1]


def _least(drawn: list[Drawn], head: float) -> float:
    """Return the height that some tensors and the layers between them need at least."""
    cells = sum(0.0 if d.is_row else max(_SMALLEST * d.rows, _ROW) for d in drawn)
    return (len(drawn) - 1) * JOINT + sum(_fixed(one, head) for one in drawn) + cells


def _fixed(drawn: Drawn, head: float) -> float:
    """Return what a tensor needs besides rows that may be low."""
    return head + FOOT + (drawn.slices - 1) * SLICE + (_ROW if drawn.is_row else 0.0)


def left_out(sizes: tuple[int, ...], drawn: Drawn) -> tuple[int, int]:
    """Return how many rows and columns of a tensor are not drawn."""
    if len(sizes) < 2:
        return 0, (sizes[0] if sizes else 1) - drawn.columns
    rows, columns = sizes[:2] if len(sizes) == 2 else sizes[-3:-1]
    return rows - drawn.rows, columns - drawn.columns
