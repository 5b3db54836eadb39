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
    WRITTEN,
    Room,
    edge,
    fitting,
)
from playground.topics.convolution.sweep_view import Look
from widgets.base import numbers
from widgets.base.fonts import scale
from widgets.base.labels import text_width
from widgets.grids.board import Bar, Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Ramp
from widgets.grids.number_format import NumberForm

_OVER = " / "
_RULE = f"⌊(n + 2p − d(k − 1) − 1){_OVER}s⌋ + 1"
_LEAST_LIMIT, _LARGEST_LIMIT = 0.01, 10_000  # of the colours, to be written with the decimals of the cells


def outputs(look: Look, room: Room, map: int) -> list[Item]:
    """Place a map, and the one that is wanted or the difference from that of another run."""
    items: list[Item] = []
    wide, y = look.sweep.geometry.output[1] * room.map_cell, room.row_y(map)
    for i, (name, title, grid) in enumerate(_maps(look, map)):
        x = room.map_x + i * (wide + GAP)
        end = room.others_x - MARGIN if i == look.across - 1 else x + wide
        items += _heads(look, name, title, grid, x, y, end)
        items.append(Placed(name, grid, x, y + room.top, room.map_cell))
    return items


def _heads(look: Look, name: str, title: str, grid: Grid, x: float, y: float, end: float) -> list[Item]:
    """What a map is called, and its size; rather a shorter name than one cut short."""
    size = look.text("size_of", rows=grid.rows, columns=grid.columns)
    if not name.startswith("output"):
        return fitting([(title, size), (title, "")], x, y, end)
    is_compared = look.others and look.rows == 1
    titles = [f"{look.view.letter} · {title}", look.view.letter] if is_compared else [title]
    long = [(titles[0], f"{size} · {look.text('faint')}")] if grid.has_ahead else []
    short, is_only = look.text("map_short"), look.rows == 1 and not (is_compared or look.pools or look.learns)
    last = [(short, size), (short, "")] if is_only else [(titles[-1], "")]
    return fitting([*long, *((said, size) for said in titles), *last], x, y, end)


def _maps(look: Look, map: int) -> Iterator[tuple[str, str, Grid]]:
    """Yield name, title and grid of what stands in a row; a map that is learned is another at every step."""
    full = look.full
    only = "pooled" if look.pools else "map"  # the name of the only map
    ramp = look.map_ramp
    if look.parts is not None and look.view.beat in ("error", "backward"):
        width = WRITTEN if look.view.beat == "error" else READ
        yield f"error {map}", look.text("map_error"), _framed(look, look.parts.error[map], width)
        yield _wanted(look, map)
        return
    values = full.output[map]
    grid = Grid(values, ramp, full.form, outlines=_outlines(look, map), kept=not look.learns, filled=look.filled(map),
                ahead=look.ahead)  # fmt: skip
    yield f"output {map}", look.text(only) if look.rows == 1 else look.text("map_n", n=map + 1), grid
    if look.learns:
        yield _wanted(look, map)
    if look.difference:
        letter, maps = look.difference
        yield f"pinned {map}", f"{letter} · {look.text('map')}", _apart(look, maps[map])


def _apart(look: Look, values: Floats) -> Grid:
    """Return the difference of two maps, nan where one is not reached."""
    most = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
    return Grid(values, look.signed(most), NumberForm.of(values), kept=True)


def _wanted(look: Look, map: int) -> tuple[str, str, Grid]:
    width = READ if look.view.beat == "error" else 0.0
    return f"wanted {map}", look.text("wanted"), _framed(look, look.full.wanted[map], width, look.map_ramp)


def _framed(look: Look, values: Floats, width: float, ramp: Ramp | None = None) -> Grid:
    """Return a map edged as a beat reads or writes it; without a ramp its own largest value is the strongest."""
    ramp, form = ramp or look.signed(float(np.abs(values).max())), NumberForm.of(values)
    return Grid(values, ramp, form, outlines=edge(values, width), kept=not width)


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
    """Return the formula of the output's size with its numbers, and what dilation does: what there is room for."""
    title, lines = Caption(look.text("output_size"), MARGIN, y, "section", "text"), _formulas(look)
    x = MARGIN + title.width + 12
    wide = {role: max(text_width(text, role) for text in lines) for role in ("cell", "tick")}
    beside = {role: x - MARGIN + text_width(_RULE, role) for role in ("cell", "tick")}
    role = "cell" if max(wide["cell"], beside["cell"]) <= widest else "tick"  # rather smaller than cut
    if wide[role] > widest:
        lines = _shorter(look, lines)
    items: list[Item] = [title]
    items += [Caption(_RULE, x, y + 1, role, "muted", widest=widest + MARGIN - x)] if beside[role] <= widest else []
    line = LINE * scale()
    items += [Caption(text, MARGIN, y + (i + 1.1) * line, role, "text", widest=widest) for i, text in enumerate(lines)]
    reach = Caption(_dilated(look), MARGIN, y + (len(lines) + 1.1) * line, widest=widest)
    return [*items, reach] if reach.text and reach.width <= widest else items


def _formulas(look: Look) -> list[str]:
    """Return the formula of rows and of columns with their numbers; one, where they are alike."""
    axes = zip(look.sweep.geometry.axes, look.sweep.geometry.output, strict=True)
    lines = [f"⌊({n} + 2·{p} − {d}·({k} − 1) − 1){_OVER}{s}⌋ + 1 = {size}" for (n, k, p, s, d), size in axes]
    return list(dict.fromkeys(lines))


def _shorter(look: Look, lines: list[str]) -> list[str]:
    """Break a formula that is too wide before it divides; of two say what comes out."""
    if len(lines) == 1:
        above, _, below = lines[0].partition(_OVER)
        return [above, f"{_OVER}{below}"]
    rows, columns = look.sweep.geometry.output
    return [look.text("size_of", rows=rows, columns=columns)]


def _dilated(look: Look) -> str:
    geometry = look.sweep.geometry
    if geometry.dilation == (1, 1) or look.view.covered:
        return ""
    (kh, kw), (rows, columns) = geometry.window, geometry.reach
    return look.text("dilated_pool" if look.pools else "dilated", weights=kh * kw, reach=rows, wide=columns)


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
    _, limit = look.map_ramp.ends
    if not _LEAST_LIMIT <= limit <= _LARGEST_LIMIT:
        return numbers.compact(limit)
    return numbers.fixed(limit, min(look.full.form.decimals, 2))
