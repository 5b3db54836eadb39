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
from playground.topics.convolution.sweep_view import Look
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import NumberForm


def middle(look: Look, room: Room) -> list[Item]:
    """Place kernel and products, or the block."""
    if look.pools:
        return _block(look, room)
    if has_layers(look):
        return _layers(look, room)
    return _stacked(look, room)


def _centred(look: Look, room: Room) -> float:
    return room.middle_x + (room.middle_width - look.sweep.geometry.window[1] * room.middle_cell) / 2


def _signed(look: Look) -> Signed:
    """The colours of weights; the largest is not the strongest, so that numbers stay easy to read."""
    target = float(np.abs(look.target).max()) if look.learns else 0.0
    return Signed(1.3 * max(look.full.weight_limit, target))


def _signed_products(look: Look) -> Signed:
    """The colours of products, which mean the same at every stop."""
    return Signed(look.full.product_limit)


def _head(look: Look, room: Room, title: str, size: str) -> list[Item]:
    head = Caption(title, room.middle_x + room.middle_width / 2, 2, "section", "text", "middle")
    beside = head.x + head.width / 2 + 8
    widest = room.right_x - beside - 8
    return [head, Caption(size, beside, 3, widest=widest)] if widest > 40 else [head]


def _kernel_size(look: Look) -> str:
    rows, columns = look.sweep.geometry.window
    return look.text("size_of", rows=rows, columns=columns)


def _stacked(look: Look, room: Room) -> list[Item]:
    """The kernel, and below it the products of the window in view."""
    weights = look.weights[look.map, 0]
    x = _centred(look, room)
    kernel = Grid(weights, _signed(look), look.full.weight_form, outlines=_pointed_in_kernel(look, 0),
                  frame="accent_text", bold=True, kept=not look.learns)  # fmt: skip
    above = Placed("kernel 0", kernel, x, room.top, room.middle_cell)
    below, lines = _under_the_kernel(look)
    y = above.rect.bottom() + 6
    items: list[Item] = [*_head(look, room, look.text("kernel"), _kernel_size(look)), above]
    middle = room.middle_x + room.middle_width / 2
    for text, role, colour in lines:
        caption = Caption(text, middle, y, role, colour, "middle", room.middle_width + 2 * BEAM_ROOM[0] - 10)
        items.append(caption)
        y += caption.height
    if below is not None:
        items.append(Placed("field 0", below, x, y + 4, room.middle_cell))
    return items


def _under_the_kernel(look: Look) -> tuple[Grid | None, list[tuple[str, str, str]]]:
    window = look.window()
    if window is None:
        return None, [(_reach(look), "subtitle", "muted")] if look.sweep.geometry.dilation != (1, 1) else []
    products = np.nan_to_num(window[0][0]) * window[1][0]
    count = look.text("products", count=products.size)
    grid = Grid(products, _signed_products(look), look.full.product_form,
                outlines=_pointed_in_kernel(look, 0), frame="accent_text", bold=True)  # fmt: skip
    second = _reach(look) if look.sweep.geometry.dilation != (1, 1) else count
    return grid, [(look.text("field"), "section", "text"), (second, "subtitle", "muted")]


def _reach(look: Look) -> str:
    rows, columns = look.sweep.geometry.reach
    kh, kw = look.sweep.geometry.window
    return look.text("dilated", weights=kh * kw, reach=rows, wide=columns)


def _layers(look: Look, room: Room) -> list[Item]:
    """For each channel its layer of the kernel, the products beside it, and their sum below."""
    window, rows = look.window(), look.sweep.geometry.window[0]
    tall = rows * room.middle_cell + UNDER_LAYER * scale()
    depth = look.text("size_of", rows=len(look.image), columns=_kernel_size(look))
    depth = depth if len(look.image) > 1 else _kernel_size(look)
    items = _head(look, room, look.text("kernel_now" if look.learns else "kernel"), depth)
    for c in range(min(3, len(look.image))):
        y = room.top + c * tall
        weights = look.weights[look.map, c]
        grid = Grid(weights, _signed(look), look.full.weight_form, outlines=_pointed_in_kernel(look, c),
                    frame="accent_text", bold=True, kept=not look.learns)  # fmt: skip
        left = Placed(f"kernel {c}", grid, room.middle_x, y, room.middle_cell)
        items.append(left)
        items += _beside_the_layer(look, room, c, left, window)
    return items


def _beside_the_layer(look: Look, room: Room, c: int, left: Placed, window: tuple[Floats, Floats] | None) -> list[Item]:
    """The products of a layer with their sum below; while a kernel is learned, the layer it shall become."""
    x, y = left.rect.right() + GAP, left.rect.bottom() + 2
    name, colour = channel_name(look, c)
    items: list[Item] = [Caption(name, left.left, y, "tick", colour)] if len(look.image) > 1 else []
    if look.learns:
        target = look.target[0, c]
        grid = Grid(target, _signed(look), NumberForm.of(target), kept=True)
        wanted = Caption(look.text("target"), x, y, "tick", "muted")
        return [*items, Placed(f"target {c}", grid, x, left.top, left.cell), wanted]
    if window is None:
        return items
    products = np.nan_to_num(window[0][c]) * window[1][c]
    outlines = _pointed_in_kernel(look, c)
    grid = Grid(products, _signed_products(look), look.full.product_form, outlines=outlines)
    right = Placed(f"field {c}", grid, x, left.top, left.cell)
    total = look.text("partial", value=number(float(products.sum())))
    return [*items, right, Caption(total, right.rect.right(), y, "strong", "text", "right", moves=True)]


def _pointed_in_kernel(look: Look, channel: int) -> list[Outline]:
    spot = look.spot
    if spot and spot.kind in ("kernel", "field") and spot.number == channel:
        return [Outline(spot.row, spot.column, colour=POINTED)]
    return []


def _block(look: Look, room: Room) -> list[Item]:
    """The block in view; of a maximum the cell that is kept is framed."""
    window = look.window()
    items = _head(look, room, look.text("block"), _kernel_size(look))
    cells = np.full(look.sweep.geometry.window, np.nan) if window is None else window[0][0]
    kept: list[Outline] = []
    if window is not None and look.params.operation == "max pooling":
        at = np.unravel_index(int(np.nanargmax(cells)), cells.shape)
        kept = [Outline(int(at[0]), int(at[1]), colour="vermillion")]
    outlines = [*kept, *_pointed_in_kernel(look, 0)]
    grid = Grid(cells, look.full.ramp, look.full.picture_form, outlines=outlines, frame="accent_text",
                bold=True)  # fmt: skip
    placed = Placed("field 0", grid, _centred(look, room), room.top, room.middle_cell)
    items.append(placed)
    if window is not None and look.cell is not None:
        word = "max" if look.params.operation == "max pooling" else "mean"
        said = f"{word} = {number(float(look.full.output[look.cell]))}"
        middle = room.middle_x + room.middle_width / 2
        items.append(Caption(said, middle, placed.rect.bottom() + 8, "strong", "text", "middle", moves=True))
    return items
