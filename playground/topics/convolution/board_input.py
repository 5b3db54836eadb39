"""The left of the board: the picture with its padding, its channels, the window in view and what is pointed at."""

from __future__ import annotations

from math import ceil

from playground.topics.convolution.board_layout import GAP, MOST_OUTLINES, POINTED, Room, channel_name
from playground.topics.convolution.sweep_view import Look
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, cell_size


def inputs(look: Look, room: Room) -> list[Item]:
    """Place the picture, with colour as a whole and channel by channel."""
    image, geometry = look.image, look.sweep.geometry
    rows, columns = geometry.picture
    size = look.text("size_of", rows=rows, columns=columns)
    if any(geometry.padding):
        down, across = geometry.padding
        size = look.text("ring", rows=rows, columns=columns, padding=down if down == across else f"{down}, {across}")
    title = Caption(look.text("input"), room.left_x, 2, "section", "text")
    limit = room.middle_x - room.left_x - title.width - 16
    items: list[Item] = [title, Caption(size, room.left_x + title.width + 8, 3, widest=limit)]
    in_colour = len(image) == 3
    values = image if in_colour else image[look.map if look.pools else 0]
    form = None if in_colour else look.full.picture_form
    ring_text = "" if look.pools else "0"
    grid = Grid(values, look.full.ramp, form, geometry.padding, ring_text, _input_outlines(look), kept=True)
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
    if look.cell is None:
        return []
    seen = look.sweep.geometry.seen(*look.cell[1:])
    if not seen:
        return []
    rows, columns = [r for _, _, r, _ in seen], [c for _, _, _, c in seen]
    top, left = min(rows), min(columns)
    return [Outline(top, left, max(rows) - top + 1, max(columns) - left + 1, width=2.0)]


def _input_outlines(look: Look) -> list[Outline]:
    geometry, outlines = look.sweep.geometry, list[Outline]()
    if look.cell is not None:
        (top, left), (rows, columns) = geometry.corner(*look.cell[1:]), geometry.reach
        if geometry.dilation != (1, 1) and geometry.window != (1, 1):
            (d_rows, d_columns), (kh, kw) = geometry.dilation, geometry.window
            taps = [(top + a * d_rows, left + b * d_columns) for a in range(kh) for b in range(kw)]
            outlines += [Outline(r, c, filled=True, width=1.5) for r, c in taps[:MOST_OUTLINES]]
        outlines.append(Outline(top, left, rows, columns))
    return [*outlines, *_pointed_in_input(look)]


def _pointed_in_input(look: Look) -> list[Outline]:
    """The cell pointed at; the cells a weight meets; the cell under one place of the window."""
    spot, geometry = look.spot, look.sweep.geometry
    if spot is None:
        return []
    if spot.is_picture:
        return [Outline(spot.row, spot.column, colour=POINTED)]
    if spot.kind == "field" and look.cell is not None:
        top, left = geometry.corner(*look.cell[1:])
        place = top + spot.row * geometry.dilation[0], left + spot.column * geometry.dilation[1]
        return [Outline(*place, colour=POINTED)]
    if spot.kind != "kernel":
        return []
    rows, columns = geometry.output
    top, left = (
        o * d - p for o, d, p in zip((spot.row, spot.column), geometry.dilation, geometry.padding, strict=True)
    )
    if geometry.stride == (1, 1):
        return [Outline(top, left, rows, columns, colour=POINTED, filled=True)]
    s_rows, s_columns = geometry.stride
    met = [(top + i * s_rows, left + j * s_columns) for i in range(rows) for j in range(columns)]
    return [Outline(r, c, colour=POINTED, filled=True) for r, c in met[:MOST_OUTLINES]]
