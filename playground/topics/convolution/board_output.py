"""The right of the board: the maps as far as they are reached; below, their size by the formula and their colours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.topics.convolution.board_layout import GAP, HEADER, MOST_OUTLINES, POINTED, Room
from playground.topics.convolution.sweep_view import Look, largest, ramp_of
from widgets.base import numbers
from widgets.base.fonts import scale
from widgets.grids.board import Bar, Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed, cell_size
from widgets.grids.number_format import NumberForm

_LEAST_LIMIT, _LARGEST_LIMIT = 0.01, 10_000  # of the colours, to be written with the decimals of the cells


def outputs(look: Look, room: Room) -> list[Item]:
    """Place the maps, those that are wanted, and those of the pinned run."""
    items: list[Item] = []
    rows, columns = look.sweep.geometry.output
    wide, high = columns * room.right_cell, rows * room.right_cell
    for i, (name, title, grid) in enumerate(_maps(look)):
        x = room.right_x + i % room.right_across * (wide + GAP)
        y = room.top + i // room.right_across * (high + HEADER * scale())
        head = Caption(title, x, y - room.top + 2, "section", "text", widest=room.width - x)
        items.append(head)
        size = Caption(look.text("size_of", rows=grid.rows, columns=grid.columns), x + head.width + 8, head.y + 1)
        if size.x + size.width < min(room.width, x + grid.columns * room.right_cell + 90):
            items.append(size)
        items.append(Placed(name, grid, x, y, cell_size(wide, high, grid.rows, grid.columns)))
    return items


def _maps(look: Look) -> Iterator[tuple[str, str, Grid]]:
    """Yield name, title and grid of every map; one that is learned is another at every step."""
    full = look.full
    only = "pooled" if look.pools else "map"  # the name of the only map
    ramp = full.ramp if look.pools else Signed(largest(full.form))
    for m, values in enumerate(full.output):
        title = look.text(only) if len(full.output) == 1 else look.text("map_n", n=m)
        filled = None if look.learns else min(max(0, look.state.t - look.sweep.cell(m, 0, 0)), values.size)
        outlines = _outlines(look, m)
        yield (
            f"output {m}",
            title,
            Grid(values, ramp, full.form, outlines=outlines, kept=not look.learns, filled=filled, ahead=look.ahead),
        )
    for m, values in enumerate(full.wanted):
        yield f"wanted {m}", look.text("wanted"), Grid(values, ramp, full.form, kept=True)
    for m, values in enumerate(look.pinned):
        known = values[np.isfinite(values)]
        ramp = ramp_of(known) if known.size else Signed(0.0)
        yield f"pinned {m}", look.text("pinned"), Grid(values, ramp, NumberForm.of(values), kept=True)


def _outlines(look: Look, map: int) -> list[Outline]:
    """What sees the cell of the picture that is pointed at, and the cell in view."""
    outlines: list[Outline] = []
    spot = look.spot
    is_elsewhere = look.pools and spot is not None and spot.kind == "channel" and spot.number != map
    if spot and spot.is_picture and not is_elsewhere:
        seers = look.sweep.geometry.seers(spot.row, spot.column)
        outlines = [Outline(i, j, colour=POINTED, filled=True) for _, _, i, j in seers[:MOST_OUTLINES]]
    if look.cell is not None and look.cell[0] == map:
        outlines.append(Outline(*look.cell[1:]))
    return outlines


def foot(look: Look, room: Room, y: float) -> list[Item]:
    """The formula of the output's size with its numbers, and the key to the colours of the map."""
    geometry = look.sweep.geometry
    widest = room.middle_x + room.middle_width - room.left_x
    title = Caption(look.text("output_size"), room.left_x, y, "section", "text")
    rule = Caption("⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1", room.left_x + title.width + 12, y + 1, "cell", "muted")
    items: list[Item] = [title, rule]
    axes = zip(geometry.axes, geometry.output, strict=True)
    lines = [f"⌊({n} + 2·{p} − {d}·({k} − 1) − 1) / {s}⌋ + 1 = {size}" for (n, k, p, s, d), size in axes]
    for i, line in enumerate(dict.fromkeys(lines)):
        items.append(Caption(line, room.left_x, y + (20 + 16 * i) * scale(), "cell", "text", widest=widest))
    limit = _limit(look)
    words = 2 * Caption(f"+{limit}", 0, 0, "tick").width + Caption("0", 0, 0, "tick").width + 2 * GAP
    most = max(180.0 * scale(), words)
    wide = min(most, max(110.0, words, geometry.output[1] * room.right_cell), room.width - room.right_x - 8)
    if not look.pools and wide > 60:
        items.append(Bar(room.right_x, y + 16 * scale(), wide, limit, look.text("key")))
    return items


def _limit(look: Look) -> str:
    """Return the end of the colours as the cells are written, or short where that is too long or all zeros."""
    limit = largest(look.full.form) or 1.0
    if not _LEAST_LIMIT <= limit <= _LARGEST_LIMIT:
        return numbers.compact(limit)
    return numbers.fixed(limit, min(look.full.form.decimals, 2))
