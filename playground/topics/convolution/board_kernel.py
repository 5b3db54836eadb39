"""The middle of the board: kernel and products of the window in view, layer by layer; or the block that is pooled."""

from __future__ import annotations

import numpy as np

from core.run.explanation import number
from core.run.values import Floats
from playground.topics.convolution.board_layout import (
    BEAM_ROOM,
    GAP,
    POINTED,
    UNDER_LAYER,
    Room,
    channel_name,
    has_layers,
)
from playground.topics.convolution.sweep_view import Look, largest
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import NumberForm


def middle(look: Look, room: Room) -> list[Item]:
    """Place kernel and products, or the block."""
    if has_layers(look):
        return _layers(look, room)
    return _block(look, room) if look.pools else _stacked(look, room)


def _centred(look: Look, room: Room) -> float:
    return room.middle_x + (room.middle_width - look.sweep.geometry.window[1] * room.middle_cell) / 2


def _head(look: Look, room: Room, title: str, layers: int = 1) -> list[Item]:
    """A title, and beside it the size of the window, with its layers where there are several."""
    rows, columns = look.sweep.geometry.window
    size = look.text("size_of", rows=rows, columns=columns)
    size = look.text("size_of", rows=layers, columns=size) if layers > 1 else size
    head = Caption(look.text(title), room.middle, 2, "section", "text", "middle")
    beside = head.x + head.width / 2 + 8
    widest = room.right_x - beside - 8
    return [head, Caption(size, beside, 3, widest=widest)] if widest > 40 else [head]


def _signed(look: Look) -> Signed:
    """The colours of weights; the largest is not the strongest, so that numbers stay easy to read."""
    target = float(np.abs(look.target).max()) if look.learns else 0.0
    return Signed(1.3 * max(largest(look.full.weight_form), target))


def _kernel(look: Look, channel: int) -> Grid:
    return Grid(look.weights[look.map, channel], _signed(look), look.full.weight_form,
                outlines=_pointed(look, channel), frame="accent_text", bold=True, kept=not look.learns)  # fmt: skip


def _products(look: Look, channel: int, products: Floats, bold: bool) -> Grid:
    form = look.full.product_form
    frame = "accent_text" if bold else "border"
    return Grid(products, Signed(largest(form)), form, outlines=_pointed(look, channel), frame=frame, bold=bold)


def _pointed(look: Look, channel: int) -> list[Outline]:
    spot = look.spot
    if spot and spot.kind in ("kernel", "field") and spot.number == channel:
        return [Outline(spot.row, spot.column, colour=POINTED)]
    return []


def _stacked(look: Look, room: Room) -> list[Item]:
    """The kernel, and below it the products of the window in view."""
    geometry, products = look.sweep.geometry, look.products
    above = Placed("kernel 0", _kernel(look, 0), _centred(look, room), room.top, room.middle_cell)
    items = [*_head(look, room, "kernel"), above]
    (kh, kw), (rows, columns) = geometry.window, geometry.reach
    lines = [] if products is None else [(look.text("field"), "section", "text")]
    if geometry.dilation != (1, 1):
        lines.append((look.text("dilated", weights=kh * kw, reach=rows, wide=columns), "subtitle", "muted"))
    elif products is not None:
        lines.append((look.text("products", count=kh * kw), "subtitle", "muted"))
    y, widest = above.rect.bottom() + 6, room.middle_width + 2 * BEAM_ROOM[0] - 10
    for text, role, colour in lines:
        caption = Caption(text, room.middle, y, role, colour, "middle", widest)
        items.append(caption)
        y += caption.height
    if products is not None:
        items.append(Placed("field 0", _products(look, 0, products[0], True), above.left, y + 4, room.middle_cell))
    return items


def _layers(look: Look, room: Room) -> list[Item]:
    """For each channel its layer of the kernel, the products beside it, and their sum below."""
    tall = look.sweep.geometry.window[0] * room.middle_cell + UNDER_LAYER * scale()
    items = _head(look, room, "kernel_now" if look.learns else "kernel", len(look.image))
    for c in range(min(3, len(look.image))):
        left = Placed(f"kernel {c}", _kernel(look, c), room.middle_x, room.top + c * tall, room.middle_cell)
        items += [left, *_beside_the_layer(look, c, left)]
    return items


def _beside_the_layer(look: Look, c: int, left: Placed) -> list[Item]:
    """The products of a layer with their sum below; while a kernel is learned, the layer it shall become."""
    x, y = left.rect.right() + GAP, left.rect.bottom() + 2
    name, colour = channel_name(look, c)
    items: list[Item] = [Caption(name, left.left, y, "tick", colour)] if len(look.image) > 1 else []
    if look.learns:
        target = look.target[0, c]
        grid = Grid(target, _signed(look), NumberForm.of(target), kept=True)
        items += [Placed(f"target {c}", grid, x, left.top, left.cell), Caption(look.text("target"), x, y, "tick")]
    elif look.products is not None:
        products = look.products[c]
        right = Placed(f"field {c}", _products(look, c, products, False), x, left.top, left.cell)
        total = look.text("partial", value=number(float(products.sum())))
        items += [right, Caption(total, right.rect.right(), y, "strong", "text", "right", moves=True)]
    return items


def _block(look: Look, room: Room) -> list[Item]:
    """The block in view; of a maximum the cell that is kept is framed."""
    is_max = look.params.operation == "max pooling"
    cells = np.full(look.sweep.geometry.window, np.nan) if look.cells is None else look.cells[0]
    outlines = _pointed(look, 0)
    if look.cells is not None and is_max:
        row, column = divmod(int(np.nanargmax(cells)), cells.shape[1])
        outlines = [Outline(row, column, colour="vermillion"), *outlines]
    grid = Grid(cells, look.full.ramp, look.full.picture_form, outlines=outlines, frame="accent_text", bold=True)
    placed = Placed("field 0", grid, _centred(look, room), room.top, room.middle_cell)
    items = [*_head(look, room, "block"), placed]
    if look.cell is not None:
        said = f"{'max' if is_max else 'mean'} = {number(float(look.full.output[look.cell]))}"
        items.append(Caption(said, room.middle, placed.rect.bottom() + 8, "strong", "text", "middle", moves=True))
    return items
