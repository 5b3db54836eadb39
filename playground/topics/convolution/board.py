"""The board of the sweep: input, kernel and products, output, with the window in view and beams between them."""

from __future__ import annotations

from collections.abc import Sequence

from playground.topics.convolution.board_input import inputs
from playground.topics.convolution.board_kernel import middle
from playground.topics.convolution.board_layout import Room
from playground.topics.convolution.board_output import foot, outputs
from playground.topics.convolution.sweep_view import Look
from widgets.grids.board import Beam, Caption, Item
from widgets.grids.grid import Outline, Placed

_ABOVE_FOOT = 16.0


def arrange(look: Look, width: float, height: float) -> Sequence[Item]:
    """Place everything on a board of this size."""
    room = Room.of(look, width, height)
    items: list[Item] = [*inputs(look, room), *middle(look, room), *outputs(look, room)]
    grids = [item for item in items if isinstance(item, Placed)]
    if room.has_foot:
        bottoms = [item.y + item.height for item in items if isinstance(item, Caption)]
        bottoms += [placed.rect.bottom() for placed in grids]
        below = max(bottoms) + _ABOVE_FOOT
        items += foot(look, room, min(below, room.top + room.height + 4))
    return [*items, *_beams(look, grids)]


def _beams(look: Look, grids: Sequence[Placed]) -> list[Item]:
    """From the window to the kernel, and from the products to the output cell."""
    if look.cell is None:
        return []
    named = {placed.name: placed for placed in grids}
    fields = [placed for placed in grids if placed.name.startswith("field")]
    window = named["input"].cells(Outline(*look.sweep.geometry.corner(*look.cell[1:]), *look.sweep.geometry.reach))
    beams: list[Item] = [Beam(window, (named.get("kernel 0") or fields[0]).inner)]
    target = named.get(f"output {look.cell[0]}")
    if fields and target is not None and not _is_hidden(target, grids):
        whole = fields[0].inner.united(fields[-1].inner)
        beams.append(Beam(whole, target.cells(Outline(look.cell[1], look.cell[2]))))
    return beams


def _is_hidden(target: Placed, grids: Sequence[Placed]) -> bool:
    """Tell whether another map stands on the way from the middle, so that a beam would cross its numbers."""
    return any(grid.name.startswith(("output", "wanted")) and grid.left < target.left for grid in grids)
