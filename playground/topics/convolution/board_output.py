"""The maps at the right of their rows; below, the size of a map by the formula and the key to its colours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.run.values import Floats
from playground.topics.convolution.board_layout import (
    GAP,
    KEY,
    LINE,
    MARGIN,
    MOST_OUTLINES,
    POINTED,
    READ,
    ROW_BELOW,
    WRITTEN,
    Room,
    edge,
)
from playground.topics.convolution.sweep_view import Look, largest, ramp_of
from widgets.base import numbers
from widgets.base.fonts import scale
from widgets.base.labels import text_width
from widgets.grids.board import Bar, Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Ramp, Signed, cell_size
from widgets.grids.number_format import NumberForm

_RULE = "⌊(n + 2p − d(k − 1) − 1) / s⌋ + 1"
_LEAST_LIMIT, _LARGEST_LIMIT = 0.01, 10_000  # of the colours, to be written with the decimals of the cells


def outputs(look: Look, room: Room, map: int) -> list[Item]:
    """Place a map, the one that is wanted, and those of the runs compared, of which several share a place."""
    items: list[Item] = []
    rows, columns = look.sweep.geometry.output
    wide, tall = columns * room.map_cell, rows * room.map_cell
    shared = (room.row_height - ROW_BELOW) / max(1, len(look.pinned))
    for place, (name, title, grid) in enumerate(_maps(look, map)):
        below = max(0, place - look.across + 1)  # how many others stand above it
        i, is_one_of = place - below, len(look.pinned) > 1 and name.startswith("pinned")
        high = shared - room.top if is_one_of else tall
        x, y = room.map_x + i * (wide + GAP), room.row_y(map) + below * shared
        end = room.row_right if i == look.across - 1 else x + wide
        items += _heads(look, name, title, grid, x, y, end)
        items.append(Placed(name, grid, x, y + room.top, cell_size(wide, high, grid.rows, grid.columns)))
    return items


def _heads(look: Look, name: str, title: str, grid: Grid, x: float, y: float, end: float) -> list[Item]:
    """What a map is called, and its size; of runs compared rather the letter and the size than a name cut short."""
    letter = look.view.letter if name.startswith("output") else title.partition(" · ")[0]
    plain = look.text("size_of", rows=grid.rows, columns=grid.columns)
    has_letter = name.startswith("pinned") or (look.pinned and look.rows == 1)
    for said in (title, letter) if has_letter else (title,):
        head = Caption(said, x, y + 3, "section", "text")
        for words in (_size(look, name, grid), plain):
            size = Caption(words, x + head.width + 8, y + 4)
            if size.x + size.width < end:
                return [head, size]
    return [Caption(title, x, y + 3, "section", "text", widest=end - x)]


def _size(look: Look, name: str, grid: Grid) -> str:
    size = look.text("size_of", rows=grid.rows, columns=grid.columns)
    return f"{size} · {look.text('faint')}" if name.startswith("output") and grid.has_ahead else size


def _maps(look: Look, map: int) -> Iterator[tuple[str, str, Grid]]:
    """Yield name, title and grid of what stands in a row; a map that is learned is another at every step."""
    full = look.full
    only = "pooled" if look.pools else "map"  # the name of the only map
    ramp = full.plane_ramp if look.pools else Signed(largest(full.form))
    if look.parts is not None and look.view.beat in ("error", "backward"):
        width = WRITTEN if look.view.beat == "error" else READ
        yield f"error {map}", look.text("map_error"), _framed(look.parts.error[map], None, width)
        yield _wanted(look, map, ramp)
        return
    values = full.output[map]
    filled = None if look.learns else look.reached(map)
    grid = Grid(values, ramp, full.form, outlines=_outlines(look, map), kept=not look.learns, filled=filled,
                ahead=look.ahead)  # fmt: skip
    yield f"output {map}", look.text(only) if look.rows == 1 else look.text("map_n", n=map + 1), grid
    if look.learns:
        yield _wanted(look, map, ramp)
    for i, (letter, maps) in enumerate(look.pinned):
        if map < len(maps):
            number = map * len(look.pinned) + i
            yield f"pinned {number}", *_pinned(look, letter, maps[map], ramp)


def _pinned(look: Look, letter: str, values: Floats, ramp: Ramp) -> tuple[str, Grid]:
    """Return title and grid of a map of a run compared, or of the difference of two."""
    if look.view.way == "difference":
        most = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
        return f"{letter} · {look.text('map')}", Grid(values, Signed(most), NumberForm.of(values), kept=True)
    other = look.beside(letter)
    title = f"{letter} · {look.text('pooled' if other.pools else 'map')}"
    return title, Grid(values, _alike(other, ramp), NumberForm.of(values), kept=True)


def _alike(other: Look, ramp: Ramp) -> Ramp:
    """Return the colours of the maps of a run compared: those of the run in view, unless its numbers go beyond them."""
    if other.learns:
        return ramp
    maps, (low, high) = other.full.output, ramp.ends
    return ramp if low <= maps.min() and maps.max() <= high else ramp_of(maps.reshape(-1, maps.shape[-1]))


def _wanted(look: Look, map: int, ramp: Ramp) -> tuple[str, str, Grid]:
    width = READ if look.view.beat == "error" else 0.0
    return f"wanted {map}", look.text("wanted"), _framed(look.full.wanted[map], ramp, width, kept=not width)


def _framed(values: Floats, ramp: Ramp | None, width: float, kept: bool = False) -> Grid:
    """Return a map edged as a beat reads or writes it; without a ramp its own largest value is the strongest."""
    return Grid(
        values,
        ramp or Signed(float(np.abs(values).max())),
        NumberForm.of(values),
        outlines=edge(values, width),
        kept=kept,
    )


def _outlines(look: Look, map: int) -> list[Outline]:
    """What sees the cell of the picture that is pointed at, and the cell in view."""
    is_made = look.learns and look.view.beat == "forward" and look.parts is not None
    outlines = edge(look.full.output[map], WRITTEN if is_made else 0.0)
    spot = look.spot
    is_elsewhere = look.pools and spot is not None and spot.kind == "channel" and spot.number != map
    if spot and spot.is_picture and not is_elsewhere:
        seers = look.sweep.geometry.seers(spot.row, spot.column)
        outlines = [Outline(i, j, colour=POINTED, filled=True) for _, _, i, j in seers[:MOST_OUTLINES]]
    if look.cell is not None and look.cell[0] == map:
        outlines.append(Outline(*look.cell[1:]))
    return outlines


def foot(look: Look, y: float, widest: float) -> list[Item]:
    """Return the formula of the output's size with its numbers, and what dilation does."""
    geometry = look.sweep.geometry
    line = LINE * scale()
    title = Caption(look.text("output_size"), MARGIN, y, "section", "text")
    axes = zip(geometry.axes, geometry.output, strict=True)
    lines = [f"⌊({n} + 2·{p} − {d}·({k} − 1) − 1) / {s}⌋ + 1 = {size}" for (n, k, p, s, d), size in axes]
    lines = list(dict.fromkeys(lines))
    x = MARGIN + title.width + 12
    fits = max(title.width + 12 + text_width(_RULE, "cell"), *(text_width(text, "cell") for text in lines)) <= widest
    role = "cell" if fits else "tick"  # rather smaller than cut
    items: list[Item] = [title, Caption(_RULE, x, y + 1, role, "muted", widest=widest + MARGIN - x)]
    items += [Caption(text, MARGIN, y + (i + 1.1) * line, role, "text", widest=widest) for i, text in enumerate(lines)]
    if geometry.dilation != (1, 1) and not look.view.covered:
        (kh, kw), (rows, columns) = geometry.window, geometry.reach
        words = look.text("dilated", weights=kh * kw, reach=rows, wide=columns)
        items.append(Caption(words, MARGIN, y + (len(lines) + 1.1) * line, widest=widest))
    return items


def key(look: Look, room: Room, height: float) -> list[Item]:
    """The key to the colours of the maps, below the rows."""
    limit = _limit(look)
    words = 2 * Caption(f"+{limit}", 0, 0, "tick").width + Caption("0", 0, 0, "tick").width + 2 * GAP
    most = max(180.0 * scale(), words)
    wide = min(most, max(110.0, words, look.sweep.geometry.output[1] * room.map_cell))
    x = min(room.map_x, room.row_right - wide - GAP)
    shows = not look.pools and wide > 60
    y = height - (KEY - 3) * scale()
    word = Caption(look.text("key"), x - GAP, y - 1, "tick", align="right")
    return [word, Bar(x, y, wide, limit)] if shows else []


def _limit(look: Look) -> str:
    """Return the end of the colours as the cells are written, or short where that is too long or all zeros."""
    limit = largest(look.full.form) or 1.0
    if not _LEAST_LIMIT <= limit <= _LARGEST_LIMIT:
        return numbers.compact(limit)
    return numbers.fixed(limit, min(look.full.form.decimals, 2))
