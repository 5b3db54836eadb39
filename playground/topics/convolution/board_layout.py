"""How the board of the sweep is shared among input, kernel and output."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from core.nn.convolution import Pair
from playground.topics.convolution.sweep_view import Look
from widgets.base.fonts import scale
from widgets.grids.grid import cell_size

MARGIN = 6.0
HEADER = 24.0  # px above each grid
FOOT = 66.0
GAP = 12.0
UNDER_LAYER, UNDER_KERNEL = 22.0, 46.0  # px for the words under a layer, and between kernel and products
BEAM_ROOM = (40.0, 140.0)  # px between columns: least and most
MOST_OUTLINES = 400
POINTED = "orange"  # the series of what is pointed at and all that belongs to it


def pair_text(size: Pair) -> str:
    """Rows and columns in words: 1, or 1, 2 where they differ."""
    return ", ".join(map(str, dict.fromkeys(size)))


@dataclass(frozen=True)
class Room:
    """Where the three columns stand, and how large their cells are."""

    width: float
    top: float
    height: float  # of the grids
    left_x: float
    left_cell: float
    middle_x: float
    middle_width: float
    middle_cell: float
    right_x: float
    right_cell: float
    right_across: int  # maps beside each other
    has_foot: bool

    @classmethod
    def of(cls, look: Look, width: float, height: float) -> Room:
        """Share a board among input, kernel and output: input and output get cells of one size if they can."""
        header, foot = HEADER * scale(), (FOOT * scale() if height > 260 else 0.0)
        tall = height - header - foot - MARGIN
        middle_cell = _middle_cell(look, width, tall)
        middle = _middle_columns(look) * middle_cell + (GAP if has_layers(look) else 0.0)
        middle = max(middle, 96.0 * scale())
        room = width - middle - 2 * BEAM_ROOM[0] - 2 * MARGIN
        geometry = look.sweep.geometry
        rows, columns = (n + 2 * ring for n, ring in zip(geometry.picture, geometry.padding, strict=True))
        maps, out = len(look.full.output) + len(look.full.wanted) + len(look.pinned), geometry.output
        across, cell = _best_mosaic(maps, out, columns, room, tall)
        thumbs = 0.3 * tall if len(look.image) > 1 else 0.0  # below the picture, for its channels
        left = cell_size(cell * columns + 0.5, tall - thumbs, rows, columns)
        right = cell_size(cell * out[1] + 0.5, (tall + header) / ceil(maps / across) - header, *out)
        used = left * columns + middle + across * (right * out[1] + GAP) - GAP + 2 * MARGIN
        gap = min(BEAM_ROOM[1], max(BEAM_ROOM[0] * 0.6, (width - used) / 2))
        middle_x = MARGIN + left * columns + gap
        right_x = middle_x + middle + gap
        return cls(width, header, tall, MARGIN, left, middle_x, middle, middle_cell, right_x, right, across, foot > 0)

    @property
    def middle(self) -> float:
        """The middle of the column in the middle."""
        return self.middle_x + self.middle_width / 2


def _best_mosaic(maps: int, out: tuple[int, int], in_columns: int, width: float, height: float) -> tuple[int, float]:
    """Return how many maps stand side by side so that cells are largest, and how large they are."""
    best = (1, 0.0)
    for across in range(1, maps + 1):
        wide = (width - (across - 1) * GAP) / (in_columns + across * out[1])
        down = ceil(maps / across)
        tall = (height - (down - 1) * HEADER) / (down * out[0])
        if min(wide, tall, 40.0) > best[1]:
            best = across, min(wide, tall, 40.0)
    return best


def has_layers(look: Look) -> bool:
    """Whether two grids stand beside each other, a row a channel: weights and products, or weights and target."""
    return look.learns or (len(look.image) > 1 and not look.pools)


def _middle_columns(look: Look) -> int:
    return look.sweep.geometry.window[1] * (2 if has_layers(look) else 1)


def _middle_cell(look: Look, width: float, height: float) -> float:
    if has_layers(look):
        stacked = min(len(look.image), 3)
        words = stacked * UNDER_LAYER
    else:
        stacked, words = (1, 0.0) if look.pools else (2, UNDER_KERNEL)
    tall = (height - words * scale()) / stacked
    return cell_size(0.26 * width, tall, look.sweep.geometry.window[0], _middle_columns(look))


def channel_name(look: Look, channel: int) -> tuple[str, str]:
    """Return what a channel is called, and the colour of its name: red, green and blue where there are three."""
    if len(look.image) != 3:
        return look.text("channel", n=channel), "muted"
    return look.text(("red", "green", "blue")[channel]), ("vermillion", "green", "blue")[channel]
