"""The right of the board: the maps as far as they are reached; below, their size by the formula and their colours."""

from __future__ import annotations

import numpy as np

from core.run.values import Floats
from playground.topics.convolution.board_layout import GAP, HEADER, MOST_OUTLINES, POINTED, Room
from playground.topics.convolution.sweep_view import Look, ramp_of
from widgets.base import numbers
from widgets.base.fonts import scale
from widgets.grids.board import Bar, Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Ramp, Signed, cell_size
from widgets.grids.number_format import NumberForm

_LEAST_LIMIT, _LARGEST_LIMIT = 0.01, 10_000  # of the colours, to be written with the decimals of the cells


def _output_ramp(look: Look) -> Ramp:
    return look.full.ramp if look.pools else Signed(look.full.limit)


def outputs(look: Look, room: Room) -> list[Item]:
    """Place the maps, those that are wanted, and those of the pinned run."""
    named: list[tuple[str, str, Floats]] = []
    maps = look.sweep.maps
    for m, values in enumerate(look.full.output):
        title = look.text("pooled" if look.pools else "map") if maps == 1 else look.text("map_n", n=m)
        named.append((f"output {m}", title, values))
    if look.full.wanted is not None:
        named += [(f"wanted {m}", look.text("wanted"), values) for m, values in enumerate(look.full.wanted)]
    if look.pinned is not None:
        named += [(f"pinned {m}", look.text("pinned"), values) for m, values in enumerate(look.pinned)]
    items: list[Item] = []
    rows, columns = look.sweep.geometry.output
    for i, (name, title, values) in enumerate(named):
        x = room.right_x + i % room.right_across * (columns * room.right_cell + GAP)
        y = room.top + i // room.right_across * (rows * room.right_cell + HEADER * scale())
        items += _output(look, room, name, title, values, x, y)
    return items


def _output(look: Look, room: Room, name: str, title: str, values: Floats, x: float, y: float) -> list[Item]:
    head = Caption(title, x, y - room.top + 2, "section", "text", widest=room.width - x)
    rows, columns = values.shape
    size = Caption(look.text("size_of", rows=rows, columns=columns), x + head.width + 8, head.y + 1)
    items: list[Item] = [head]
    is_pinned = name.startswith("pinned")
    if x + head.width + 8 + size.width < min(room.width, x + columns * room.right_cell + 90):
        items.append(size)
    form = NumberForm.of(values) if is_pinned else look.full.form
    ramp = _pinned_ramp(values) if is_pinned else _output_ramp(look)
    cell = (
        room.right_cell
        if not is_pinned
        else cell_size(
            look.sweep.geometry.output[1] * room.right_cell,
            look.sweep.geometry.output[0] * room.right_cell,
            rows,
            columns,
        )
    )
    is_output = name.startswith("output")
    filled = _filled(look, int(name.partition(" ")[2])) if is_output else None
    kept = not (is_output and look.learns)  # a map that is learned is another one at every step
    grid = Grid(values, ramp, form, outlines=_output_outlines(look, name), kept=kept, filled=filled)
    return [*items, Placed(name, grid, x, y, cell)]


def _filled(look: Look, map: int) -> int | None:
    """How many cells of a map are reached; None where all of it is shown."""
    rows, columns = look.sweep.geometry.output
    return None if look.learns else min(max(0, look.state.t - map * rows * columns), rows * columns)


def _pinned_ramp(values: Floats) -> Ramp:
    known = values[np.isfinite(values)]
    signed = not known.size or known.min() < 0
    return Signed(float(np.abs(known).max(initial=0.0))) if signed else ramp_of(known)


def _output_outlines(look: Look, name: str) -> list[Outline]:
    kind, _, number_ = name.partition(" ")
    if kind != "output":
        return []
    outlines: list[Outline] = []
    spot = look.spot
    if spot and spot.is_picture:
        own = spot.number if look.pools and spot.kind == "channel" else None
        if own is None or own == int(number_):
            seers = look.sweep.geometry.seers(spot.row, spot.column)
            outlines += [Outline(i, j, colour=POINTED, filled=True) for _, _, i, j in seers[:MOST_OUTLINES]]
    if look.cell is not None and look.cell[0] == int(number_):
        outlines.append(Outline(look.cell[1], look.cell[2]))
    return outlines


def foot(look: Look, room: Room, y: float) -> list[Item]:
    """The formula of the output's size with its numbers, and the key to the colours of the map."""
    geometry = look.sweep.geometry
    widest = room.middle_x + room.middle_width - room.left_x
    title = Caption(look.text("output_size"), room.left_x, y, "section", "text")
    items: list[Item] = [title]
    rule = Caption("⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1", room.left_x + title.width + 12, y + 1, "cell", "muted")
    items.append(rule)
    lines = [_sized(look, axis) for axis in (0, 1)]
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
    limit = look.full.limit or 1.0
    if not _LEAST_LIMIT <= limit <= _LARGEST_LIMIT:
        return numbers.compact(limit)
    return numbers.fixed(limit, min(look.full.form.decimals, 2))


def _sized(look: Look, axis: int) -> str:
    geometry = look.sweep.geometry
    n, k, p, s, d = (
        pair[axis] for pair in (geometry.picture, geometry.window, geometry.padding, geometry.stride, geometry.dilation)
    )
    return f"⌊({n} + 2·{p} − {d}·({k} − 1) − 1) / {s}⌋ + 1 = {geometry.output[axis]}"
