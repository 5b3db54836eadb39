"""The left of the board: the picture with its padding, its channels, the window in view and what is pointed at."""

from __future__ import annotations

from itertools import islice
from math import ceil

import numpy as np

from playground.topics.convolution.board_layout import GAP, MOST_OUTLINES, POINTED, Room, channel_name, pair_text
from playground.topics.convolution.sweep_view import Look
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, cell_size


def inputs(look: Look, room: Room) -> list[Item]:
    """Place the picture, with colour as a whole and channel by channel."""
    image, geometry = look.image, look.sweep.geometry
    rows, columns = geometry.picture
    ring = pair_text(geometry.padding)
    size = look.text("ring" if any(geometry.padding) else "size_of", rows=rows, columns=columns, padding=ring)
    title = Caption(look.text("input"), room.left_x, 2, "section", "text")
    limit = room.middle_x - room.left_x - title.width - 16
    items: list[Item] = [title, Caption(size, room.left_x + title.width + 8, 3, widest=limit)]
    in_colour = len(image) == 3
    values = image if in_colour else image[look.map if look.pools else 0]
    form = None if in_colour else look.full.picture_form
    ring_text = "" if look.pools else "0"
    grid = Grid(values, look.full.ramp, form, geometry.padding, ring_text, [*_window(look), *_pointed(look)], kept=True)
    placed = Placed("input", grid, room.left_x, room.top, room.left_cell)
    return [*items, placed, *(_channels(look, room, placed) if len(image) > 1 else [])]


def _channels(look: Look, room: Room, above: Placed) -> list[Item]:
    """Each channel by itself below the picture."""
    image = look.image
    top = above.rect.bottom() + 20 * scale()
    wide = (room.middle_x - room.left_x - 16) / min(len(image), 4) - GAP
    down = ceil(len(image) / 4)
    rows, columns = look.sweep.geometry.picture
    cell = cell_size(wide, (room.top + room.height - top) / down - 18 * scale(), rows, columns)
    items: list[Item] = []
    for c, channel in enumerate(image):
        x = room.left_x + c % 4 * (cell * columns + GAP)
        y = top + c // 4 * (cell * rows + 20 * scale())
        name, colour = channel_name(look, c)
        items.append(Caption(name, x, y - 16 * scale(), "tick", colour, widest=cell * columns + GAP))
        grid = Grid(channel, look.full.ramp, look.full.picture_form, outlines=_inside(look), kept=True)
        items.append(Placed(f"channel {c}", grid, x, y, cell))
    return items


def _inside(look: Look) -> list[Outline]:
    """The window, as far as it lies inside the picture."""
    seen = look.sweep.geometry.seen(*look.cell[1:]) if look.cell else []
    if not seen:
        return []
    _, _, rows, columns = zip(*seen, strict=True)
    top, left = min(rows), min(columns)
    return [Outline(top, left, max(rows) - top + 1, max(columns) - left + 1, width=2.0)]


def _window(look: Look) -> list[Outline]:
    """The window, and in a dilated one each cell that a weight meets."""
    if look.cell is None:
        return []
    geometry, place = look.sweep.geometry, look.cell[1:]
    whole = Outline(*geometry.corner(*place), *geometry.reach)
    if geometry.dilation == (1, 1) or geometry.window == (1, 1):
        return [whole]
    taps = [geometry.tap(a, b, *place) for a, b in islice(np.ndindex(geometry.window), MOST_OUTLINES)]
    return [*(Outline(*tap, filled=True, width=1.5) for tap in taps), whole]


def _pointed(look: Look) -> list[Outline]:
    """The cell pointed at; the cells a weight meets; the cell under one place of the window."""
    spot, geometry = look.spot, look.sweep.geometry
    if spot is None:
        return []
    if spot.is_picture:
        return [Outline(spot.row, spot.column, colour=POINTED)]
    if spot.kind == "field" and look.cell is not None:
        return [Outline(*geometry.tap(spot.row, spot.column, *look.cell[1:]), colour=POINTED)]
    if spot.kind != "kernel":
        return []
    if geometry.stride == (1, 1):
        first = geometry.tap(spot.row, spot.column, 0, 0)
        return [Outline(*first, *geometry.output, colour=POINTED, filled=True)]
    places = islice(np.ndindex(geometry.output), MOST_OUTLINES)
    met = [geometry.tap(spot.row, spot.column, i, j) for i, j in places]
    return [Outline(*cell, colour=POINTED, filled=True) for cell in met]
