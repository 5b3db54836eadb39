"""How the board of the sweep is shared: the input at the left, and at the right a row for each kernel and its map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from PySide6.QtCore import QRectF

from core.nn.convolution import Pair
from core.run.values import Floats
from playground.topics.convolution.board_others import Column
from playground.topics.convolution.sweep_view import Look
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import LARGEST_CELL, Outline, cell_size
from widgets.grids.number_format import SMALLEST_WITH_NUMBERS

MARGIN = 6.0
HEADER = 24.0  # px above each grid
LINE = 17.0  # of a line of words between grids
FOOT, KEY = 60.0, 30.0  # px below the input for the formula, and below the rows for the key to the colours
GAP = 12.0
BEAM_ROOM = 34.0  # px between the input and the rows
SUM_ROOM = 96.0  # px between a kernel and its map
ROW_INSET, ROW_BELOW = 8.0, 8.0  # px from the frame of a row to what is in it, and from one row to the next
ROWS_IN_VIEW, LEAST_ROW = 2, 150.0  # px
_DESIGNED = 850.0  # px of the width at which the largest cells are as large as said here; on a wider board they grow
_FORMULA = 330.0  # px of the formula of the output's size with its numbers
LARGEST_WEIGHT, LARGEST_OF_SEVERAL = 35.0, 27.0  # px of the cells of a kernel, and of one map among others
LEAST_LEARNED = 30.0  # px of a cell of a kernel that is learned, with a sign and a decimal
WITH_STEP, LARGEST_OF_STEP = 780.0, 30.0  # px of a board with four kernels of a step, and of their cells
MOST_LAYERS = 3  # of a kernel that are drawn
MOST_OUTLINES = 400
READ, WRITTEN = 1.0, 2.5  # px of an edge around what a beat reads and what it writes
# A word, or one Chinese character, with the marks that close it.
_PIECE = re.compile("(?:[^\u3000-\uffee ]+|[\u3000-\uffee])[，。）]* ?")
POINTED = "orange"  # the series of what is pointed at and all that belongs to it


def pair_text(size: Pair) -> str:
    """Rows and columns in words: 1, or 1, 2 where they differ."""
    return ", ".join(map(str, dict.fromkeys(size)))


@dataclass(frozen=True)
class Room:
    """Where input and rows stand, and how large their cells are."""

    width: float
    top: float  # of the first row of grids
    left_cell: float
    left_height: float
    row_x: float
    row_height: float
    kernel_cell: float
    kernel_width: float
    map_x: float
    map_cell: float
    step: bool  # whether kernel before and slope stand beside the kernel that is learned
    beside: bool  # whether products stand beside their kernel, where a row is low, not below it
    first: int  # which rows are in view
    rows: int
    has_foot: bool
    others: Column
    grown: float  # by what the largest cells are larger than on a board as designed

    @classmethod
    def of(cls, look: Look, width: float, height: float) -> Room:
        """Share a board: kernels take what they need, the input and the maps get cells of one size if they can."""
        has_foot, grown = height > 260, grown_in(width)
        tall = height - (KEY if has_foot else 0.0) * scale()
        rows = min(look.rows, ROWS_IN_VIEW if tall >= ROWS_IN_VIEW * LEAST_ROW * scale() else 1)
        high = tall / rows
        step = look.learns and layers_drawn(look) == 1 and width >= WITH_STEP * scale()
        kernel_cell = _kernel_cell(look, width, high - ROW_BELOW, step, grown)
        least = LEAST_LEARNED if look.learns and not step else SMALLEST_WITH_NUMBERS
        beside = kernel_cell < least and layers_drawn(look) == 1 and not look.pools
        if beside:
            kernel_cell, step = _cell_beside(look, width, high - ROW_BELOW, grown), False
        kernel = _kernel_width(look, kernel_cell, 2 if beside or step else layers_drawn(look))
        left_high = height - (HEADER + (_foot_height(look) if has_foot else 0.0)) * scale() - MARGIN
        fixed = 2 * MARGIN + 2 * ROW_INSET + beam_room(look) + kernel + sum_room(look, grown)
        columns = look.sweep.geometry.picture[1] + 2 * look.sweep.geometry.padding[1]
        others = Column.of(look, width, width - fixed, high - ROW_BELOW,
                           columns + look.across * look.sweep.geometry.output[1], grown)  # fmt: skip
        fixed += others.width
        left_cell, map_cell = _cells(look, width - fixed, left_high, high - ROW_BELOW, grown)
        spare = width - fixed - columns * left_cell - _maps_width(look, map_cell)
        left = max(columns * left_cell, min(_FORMULA * scale(), columns * left_cell + spare))
        spare -= left - columns * left_cell
        row_x = MARGIN + left + beam_room(look) + min(max(0.0, spare / 2), grown * BEAM_ROOM) + ROW_INSET
        map_x = row_x + kernel + sum_room(look, grown) + min(max(0.0, spare / 4), grown * BEAM_ROOM)
        return cls(width, HEADER * scale(), left_cell, left_high, row_x, high, kernel_cell, kernel, map_x, map_cell,
                   step, beside, look.first_row(rows), rows, has_foot, others, grown)  # fmt: skip

    @property
    def maps_in_view(self) -> range:
        """The maps whose rows are in view."""
        return range(self.first, self.first + self.rows)

    def row_y(self, map: int) -> float:
        """Where the row of a map begins: its words are there, its grids a header lower."""
        return (map - self.first) * self.row_height

    @property
    def others_x(self) -> float:
        """Where the runs compared stand; without any the right edge of the rows."""
        return self.row_right - self.others.width + (GAP if self.others.width else 0.0)

    @property
    def row_right(self) -> float:
        """The right edge of the rows."""
        return self.width - MARGIN


def grown_in(width: float) -> float:
    """By what the largest cells are larger on a board of this width: a wide window and a slide are filled, too."""
    return max(1.0, width / (_DESIGNED * scale()))


def _cells(look: Look, width: float, left_high: float, row_high: float, grown: float) -> tuple[float, float]:
    """Return how large the cells of the input and of the maps are, in a width that both share."""
    geometry = look.sweep.geometry
    rows, columns = (n + 2 * ring for n, ring in zip(geometry.picture, geometry.padding, strict=True))
    across, gaps = look.across * geometry.output[1], (look.across - 1) * GAP
    largest = grown * LARGEST_CELL
    most = largest if look.rows == 1 else grown * LARGEST_OF_SEVERAL
    alike = (width - gaps) / (columns + across)
    map_room = max(alike, (width - gaps - columns * largest) / across) * across
    down = thumbs_down(len(look.image))
    thumbs = (0.2 + 0.1 * down) * left_high if len(look.image) > 1 else 0.0  # below the picture, for its channels
    map_cell = cell_size(map_room, row_high - HEADER * scale(), geometry.output[0], across, largest=most)
    left_cell = cell_size(width - gaps - across * map_cell, left_high - thumbs, rows, columns, largest)
    return left_cell, map_cell


def _maps_width(look: Look, cell: float) -> float:
    return look.across * look.sweep.geometry.output[1] * cell + (look.across - 1) * GAP


def _foot_height(look: Look) -> float:
    return FOOT + (LINE if look.sweep.geometry.dilation != (1, 1) else 0.0)


def layers_drawn(look: Look) -> int:
    """How many layers of a kernel stand beside each other."""
    return 1 if look.pools else min(MOST_LAYERS, len(look.image))


def edge(values: Floats, width: float) -> list[Outline]:
    """Return the edge of a grid that a beat reads or writes; of width 0 none."""
    rows, columns = values.shape
    return [Outline(0, 0, rows, columns, width=width)] if width else []


def has_parts(look: Look) -> bool:
    """Whether the sum of each layer stands below it."""
    return len(look.image) > 1 and not look.pools and not look.learns


def _cell_beside(look: Look, width: float, high: float, grown: float) -> float:
    """The cells of a kernel that has its products beside it."""
    rows, columns = look.sweep.geometry.window
    wide, tall = (0.32 if look.learns else 0.24) * width - GAP, high - (HEADER + LINE) * scale()
    return cell_size(wide, tall, rows, 2 * columns, grown * LARGEST_WEIGHT)


def _kernel_width(look: Look, cell: float, count: int) -> float:
    return max(96.0 * scale(), count * look.sweep.geometry.window[1] * cell + (count - 1) * GAP)


def _kernel_cell(look: Look, width: float, high: float, step: bool, grown: float) -> float:
    """The cells of a kernel and of what stands below it: products, target; a block stands alone."""
    (rows, columns), count = look.sweep.geometry.window, layers_drawn(look) + step
    if look.pools:
        return cell_size(0.22 * width, high - HEADER * scale(), rows, columns, grown * LARGEST_CELL)
    words = HEADER + LINE * (3 if has_parts(look) else 1) + LINE * (look.learns and len(look.image) > 1)
    wide = (0.2 if count == 1 else 0.36) * width - (count - 1) * GAP
    return cell_size(wide, high - words * scale() - MARGIN, 2 * rows, count * columns,
                     grown * (LARGEST_OF_STEP if step else LARGEST_WEIGHT))  # fmt: skip


def sum_room(look: Look, grown: float) -> float:
    """Px between a kernel and its map, for the sum; while it is learned there is none."""
    return GAP if look.learns else grown * SUM_ROOM * scale()


def beam_room(look: Look) -> float:
    """Px between the input and the rows, for the lines between; while a kernel is learned there are none."""
    return GAP if look.learns else BEAM_ROOM


def channel_name(look: Look, channel: int) -> tuple[str, str]:
    """Return what a channel is called, and the colour of its name: red, green and blue where there are three."""
    if len(look.image) != 3:
        return look.text("channel", n=channel + 1), "muted"
    return look.text(("red", "green", "blue")[channel]), ("vermillion", "green", "blue")[channel]


def thumbs_down(count: int) -> int:
    """How many lines of channels there are, four in each."""
    return ceil(count / 4)


def asked_cell(place: QRectF) -> Caption:
    """Return the mark in the middle of a place that a question is about."""
    mark = Caption("?", place.center().x(), place.center().y(), "cell_bold", "accent_text", "middle", moves=True)
    return replace(mark, y=mark.y - mark.height / 2)


def fitting(heads: Sequence[tuple[str, str]], x: float, y: float, end: float, colour: str = "muted") -> list[Item]:
    """Return the first title with the size after it that ends before `end`; the last one, if none does, cut there."""
    for title, size in heads:
        head = Caption(title, x, y + 3, "section", "text", widest=end - x)
        words = Caption(size, x + head.width + 8 if title else x, y + 4, colour=colour)
        if (words.x + words.width if size else x + head.width) <= end:
            break
    return [caption for caption in (head, words) if caption.text]


def wrapped(text: str, width: float) -> list[str]:
    """Return a text in lines that fit, broken after spaces and between Chinese characters, before no closing mark."""
    first, *rest = _PIECE.findall(text)
    lines = [first]
    for piece in rest:
        if Caption(f"{lines[-1]}{piece}".rstrip(), 0, 0).width <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines]
