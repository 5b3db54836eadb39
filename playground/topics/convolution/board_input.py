"""The left of the board: the picture with its padding, its channels, the window in view and what is pointed at."""

from __future__ import annotations

from itertools import islice

import numpy as np

from playground.topics.convolution.board_layout import (
    GAP,
    MARGIN,
    MOST_OUTLINES,
    POINTED,
    Room,
    channel_name,
    pair_text,
    thumbs_down,
)
from playground.topics.convolution.sweep_view import Look
from widgets.base import theme
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Ink, Outline, Placed, cell_size


def inputs(look: Look, room: Room) -> list[Item]:
    """Place the picture, with colour as a whole and channel by channel."""
    image, geometry = look.image, look.sweep.geometry
    rows, columns = geometry.picture
    ring = pair_text(geometry.padding)
    words = [look.text("size_of", rows=rows, columns=columns)]
    if geometry.dilation != (1, 1) and look.cell:
        words.append(window_words(look))
    if isinstance(look.full.plane_ramp, Ink) and not _in_colour(look):
        words.append(look.text("bright_is_high" if theme.current().is_dark else "dark_is_high"))
    words += [look.text("ring", padding=ring)] if any(geometry.padding) else []
    title = Caption(_title(look), MARGIN, 3, "section", "text")
    limit = room.row_x - MARGIN - title.width - 24
    heads = [Caption(" · ".join(words[:n]), MARGIN + title.width + 8, 4) for n in range(len(words), 0, -1)]
    items: list[Item] = [title, *[head for head in heads if head.width <= limit][:1]]
    placed = Placed("input", picture(look, [*window(look), *_pointed(look)]), MARGIN, room.top, room.left_cell)
    return [*items, placed, *(_channels(look, room, placed) if len(image) > 1 else [])]


def window_words(look: Look) -> str:
    """Say how many rows and columns of the picture a window covers."""
    rows, columns = look.sweep.geometry.reach
    return look.text("window_of", rows=rows, columns=columns)


def picture(look: Look, outlines: list[Outline]) -> Grid:
    """Return the picture with its padding: in colour as a whole, unless the numbers of a channel were asked for."""
    ring_text, ring = "" if look.pools else "0", look.sweep.geometry.padding
    if _in_colour(look):
        return Grid(look.image, look.full.ramp, None, ring, ring_text, outlines, kept=True)
    values = look.image[look.channel or (look.map if look.pools else 0)]
    return Grid(values, look.full.plane_ramp, look.full.picture_form, ring, ring_text, outlines, kept=True)


def _in_colour(look: Look) -> bool:
    return len(look.image) == 3 and look.channel is None


def _title(look: Look) -> str:
    """What the large picture is: the whole, or the channel whose numbers were asked for."""
    return look.text("input") if look.channel is None else channel_name(look, look.channel)[0]


def _channels(look: Look, room: Room, above: Placed) -> list[Item]:
    """Each channel by itself below the picture."""
    image = look.image
    top = above.rect.bottom() + 20 * scale()
    wide = (room.row_x - MARGIN - 24) / min(len(image), 4) - GAP
    down = thumbs_down(len(image))
    rows, columns = look.sweep.geometry.picture
    cell = cell_size(wide, (room.top + room.left_height - top) / down - 18 * scale(), rows, columns)
    items: list[Item] = []
    for c, channel in enumerate(image):
        x = MARGIN + c % 4 * (cell * columns + GAP)
        y = top + c // 4 * (cell * rows + 20 * scale())
        name, colour = channel_name(look, c)
        short = name[:1] if len(image) == 3 else f"{c + 1}"
        said = [Caption(text, x, y - 16 * scale(), "tick", colour) for text in (name, short)]
        items.append(said[0] if said[0].width <= cell * columns + GAP else said[1])
        grid = Grid(channel, look.full.plane_ramp, look.full.picture_form, outlines=_inside(look), kept=True)
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


def window(look: Look) -> list[Outline]:
    """The window, and in a dilated one each cell that a weight meets."""
    if look.cell is None:
        return []
    geometry, place = look.sweep.geometry, look.cell[1:]
    whole = Outline(*geometry.corner(*place), *geometry.reach)
    if geometry.dilation == (1, 1) or geometry.window == (1, 1):
        return [*_tap_of_beat(look), whole]
    taps = [geometry.tap(a, b, *place) for a, b in islice(np.ndindex(geometry.window), MOST_OUTLINES)]
    return [*(Outline(*tap, filled=True, width=1.5) for tap in taps), *_tap_of_beat(look), whole]


def _tap_of_beat(look: Look) -> list[Outline]:
    """The cell that the product of the beat in view is made of."""
    rows, columns = look.sweep.geometry.window
    at = None if look.product is None else look.mark_of(look.product // (rows * columns))
    return [Outline(*look.sweep.geometry.tap(*at, *look.cell[1:]))] if at and look.cell else []


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
