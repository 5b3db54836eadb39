"""All maps at once, small, at the right edge of the board, where not all rows are in view: a bar to turn to others."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from playground.topics.convolution.board_layout import LINE, Room
from playground.topics.convolution.sweep_view import Look
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.board_lines import Pages
from widgets.grids.grid import Grid, Placed, cell_size

_WIDEST, _LARGEST = 40.0, 8.0  # px of a small map, and of its cells
_GAP, _EDGE = 5.0, 4.0  # px between small maps, and around them


def pages_width(look: Look, room: Room) -> float:
    """Return how wide the bar is; 0 where all rows are in view."""
    if room.rows == look.rows:
        return 0.0
    return _GAP + 2 * _EDGE + sum(_wide(one, room, look) + _GAP for one in _columns(look)) - _GAP


def pages(look: Look, room: Room, right: float) -> list[Item]:
    """Place the bar, those in view on its handle; a column for each run compared, under its letter."""
    wide = pages_width(look, room)
    if not wide or look.view.covered:  # the number of maps may be asked for
        return []
    rect = QRectF(right - wide + _GAP, room.top, wide - _GAP, room.rows * room.row_height - room.top)
    items: list[Item] = [Pages(rect, room.first, room.rows, look.rows, "selection")]
    x, high = rect.x() + _EDGE, rect.height() / look.rows
    for number, one in enumerate(_columns(look)):
        width, cell = _wide(one, room, look), _cell(one, room, look)
        if look.others:
            y = room.top - LINE * scale()
            items.append(Caption(one.view.letter, x + width / 2, y, "tick", align="middle"))
        for map in range(min(one.rows, look.rows)):
            y = rect.y() + (map + 0.5) * high - one.sweep.geometry.output[0] * cell / 2
            items.append(Placed(f"all {number * look.rows + map}", _small(look, one, map), x, round(y), cell))
        x += width + _GAP
    return items


def _columns(look: Look) -> list[Look]:
    return [look, *look.others]


def _cell(one: Look, room: Room, look: Look) -> float:
    high = (room.rows * room.row_height - room.top) / look.rows - _EDGE
    return cell_size(_WIDEST, high, *one.sweep.geometry.output, largest=_LARGEST)


def _wide(one: Look, room: Room, look: Look) -> float:
    return one.sweep.geometry.output[1] * _cell(one, room, look)


def _small(look: Look, one: Look, map: int) -> Grid:
    """Return a map as far as it is reached, in the colours of the run in view."""
    return Grid(one.full.output[map], look.map_ramp, kept=True, filled=one.filled(map))
