"""The board of the sweep: the input, and a row for each kernel with products, sum and map; lines lead from each on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF

from core.run.explanation import Focus
from playground.tab.marked_cells import cells
from playground.topics.convolution.board_beside import beside
from playground.topics.convolution.board_input import inputs
from playground.topics.convolution.board_kernel import kernel_parts, sum_parts
from playground.topics.convolution.board_layout import GAP, KEY, LINE, MARGIN, ROW_INSET, Room, asked_cell, wrapped
from playground.topics.convolution.board_output import foot, key, outputs
from playground.topics.convolution.board_pages import pages, pages_width
from playground.topics.convolution.sweep_view import Look, Spot
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.board_lines import Beam, Frame
from widgets.grids.grid import Outline, Placed

_ABOVE_FOOT = 14.0


def arrange(look: Look, width: float, height: float) -> Sequence[Item]:
    """Place everything on a board of this size."""
    room = Room.of(look, width, height)
    if wide := pages_width(look, room):
        room = Room.of(look, width - wide, height)
    left = inputs(look, room)
    items: list[Item] = [*left]
    for map in room.maps_in_view:
        items += _row(look, room, map)
    if room.has_foot:
        items += _foot(look, room, items, height)
        items += [] if look.view.covered else key(look, room, height)
    items += pages(look, room, width)
    grids = [item for item in items if isinstance(item, Placed)]
    return [*items, *_beams(look, room, grids), *cells(look.view, partial(_cell, grids))]


def _cell(grids: Sequence[Placed], thing: Focus) -> QRectF | None:
    """Where a cell of the picture or of a map in view stands."""
    spot = Spot.of(thing)
    named = {placed.name: placed for placed in grids}
    placed = named.get("input" if thing.kind == "input" else f"{thing.kind} {thing.at[0]}") if thing.at else None
    return placed.cells(Outline(spot.row, spot.column)) if placed and spot else None


def _foot(look: Look, room: Room, items: Sequence[Item], height: float) -> list[Item]:
    """The formula below the input; where it is too wide for that and there is room, below the kernel, too."""
    grids = [item for item in items if isinstance(item, Placed)]
    y = max(placed.rect.bottom() for placed in grids if placed.left < room.row_x - ROW_INSET) + _ABOVE_FOOT
    made = foot(look, y, room.row_x - MARGIN - 20)
    if look.rows > 1 or _texts(made) == _texts(foot(look, y, room.width)):
        return made
    inner = [item.rect.bottom() for item in grids if item.left < room.map_x]
    inner += [item.y + item.height for item in items if isinstance(item, Caption) and item.x < room.map_x]
    wide = foot(look, max(inner) + _ABOVE_FOOT, room.map_x - MARGIN - GAP)
    ends = [item.y + item.height for item in wide if isinstance(item, Caption)]
    return wide if max(ends) <= height - KEY * scale() else made  # beside the key there is no room for it


def _texts(items: Sequence[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Caption)]


def _row(look: Look, room: Room, map: int) -> list[Item]:
    """A kernel, its products with the window in view, their sum, and its map."""
    parts, maps = kernel_parts(look, room, map), outputs(look, room, map)
    fields = [item for item in parts if isinstance(item, Placed) and item.name.startswith("field")]
    target = next(item for item in maps if isinstance(item, Placed))
    others = beside(look, room.others, map, room.others_x, room.row_y(map), room.row_right)
    if look.view.covered:  # the maps would tell the answer
        kept = parts[-1].inner.right() if isinstance(parts[-1], Placed) else target.left
        if map > room.first:  # it is said once
            return [*parts, *others]
        return [*parts, *covered(look, kept + GAP, target.top, room.others_x - GAP), *others]
    items = [*parts, *sum_parts(look, room, map, fields, target), *maps, *others]
    if look.cell and look.is_unknown(map):
        items.append(asked_cell(target.cells(Outline(*look.cell[1:]))))
    if look.rows > 1 and map == look.map:
        y, x = room.row_y(map), room.row_x - ROW_INSET
        items.append(Frame(QRectF(x, y + 0.5, room.row_right + MARGIN - 1 - x, room.row_height - 3)))
    return items


def covered(look: Look, left: float, top: float, right: float) -> list[Item]:
    """Say between two edges that what would tell the answer is drawn later: at the right, in lines that fit."""
    words = Caption(look.text("covered"), 0, top, "subtitle")
    x = max(left, min(right - words.width, right - (right - left) / 2))
    lines = wrapped(words.text, right - x)
    return [Caption(line, x, top + LINE * i * scale(), "subtitle", widest=right - x) for i, line in enumerate(lines)]


def _beams(look: Look, room: Room, grids: Sequence[Placed]) -> list[Item]:
    """From the window to the kernels in view that it meets; those that are not chosen are muted."""
    if look.cell is None:
        return []
    named = {placed.name: placed for placed in grids}
    window = named["input"].cells(Outline(*look.sweep.geometry.corner(*look.cell[1:]), *look.sweep.geometry.reach))
    kind = "field" if look.pools else "kernel"
    aims = [(map, named[f"{kind} {look.layer(map, 0)}"].inner) for map in room.maps_in_view]
    return [Beam(window, aim, "accent" if map == look.map else "muted") for map, aim in aims]
