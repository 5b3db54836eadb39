"""A kernel in its row: its layers, below them the products with the window in view or the target; or the block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.convolution.settings import kernel_of, layers
from core.run.explanation import number
from core.run.values import Floats
from playground.topics.convolution.board_layout import (
    GAP,
    LINE,
    MARGIN,
    POINTED,
    READ,
    ROW_INSET,
    WRITTEN,
    Room,
    channel_name,
    edge,
    has_parts,
    layers_drawn,
)
from playground.topics.convolution.sweep_view import AHEAD, Look, largest
from widgets.base.fonts import scale
from widgets.grids.board import Caption, Item
from widgets.grids.board_lines import Arrow
from widgets.grids.grid import Grid, Outline, Placed, Signed, rounding
from widgets.grids.number_format import NumberForm, RoundedForm

_SUM_BOX = (48.0, 26.0)  # px


def kernel_parts(look: Look, room: Room, map: int) -> list[Item]:
    """Place what stands left of a map."""
    if look.pools:
        return _block(look, room, map)
    top = room.row_y(map) + room.top
    grids: list[Item] = []
    for c in range(layers_drawn(look)):
        x = room.row_x + c * (look.sweep.geometry.window[1] * room.kernel_cell + GAP)
        above = Placed(f"kernel {look.layer(map, c)}", _kernel(look, map, c), x, top, room.kernel_cell)
        grids += [above, *_below(look, room, above, map, c)]
    return [*_head(look, room, map), *grids]


def _head(look: Look, room: Room, map: int) -> list[Item]:
    """What the kernel is called."""
    key = ("kernel_now" if look.state is look.view.state else "kernel_before") if look.learns else "kernel"
    title = look.text(key) if look.rows == 1 else look.text("kernel_n", n=map + 1)
    head = Caption(title, room.row_x, room.row_y(map) + 3, "section", "text")
    x = room.row_x + head.width + 8
    name = look.kernel_name(map) or look.text("size_of", rows=look.weights.shape[2], columns=look.weights.shape[3])
    more = len(look.image) - layers_drawn(look)
    words = f"{name} · {look.text('more_layers', count=more)}" if more > 0 else name
    end = room.row_x + (room.kernel_width + GAP) / 2 if room.beside or room.step else room.map_x
    widest = end - x - 8
    return [head, Caption(words, x, room.row_y(map) + 4, widest=widest)] if widest > 40 else [head]


def _signed(look: Look) -> Signed:
    """The colours of weights; the largest is not the strongest, so that numbers stay easy to read.

    Of a kernel that is learned they are those of where it begins and where it shall come, however far off it gets.
    """
    if not look.learns:
        return Signed(1.3 * largest(look.full.weight_form))
    ends = kernel_of(look.params), look.target
    return Signed(1.3 * max(float(np.abs(end).max()) for end in ends))


def _kernel(look: Look, map: int, channel: int) -> Grid:
    outlines, values = _pointed(look, look.layer(map, channel)), look.weights[map, channel]
    if look.learns:
        width = {"forward": READ, "update": WRITTEN}.get(look.view.beat, 0.0)
        return _learned(values, _signed(look), width, outlines)
    return Grid(values, _signed(look), look.full.weight_forms[map], bold=True, kept=True, outlines=outlines,
                frame=_frame(look, map))  # fmt: skip


def _learned(values: Floats, ramp: Signed, width: float, outlines: Sequence[Outline] = ()) -> Grid:
    """Return weights or slopes that are others at every step, edged as a beat reads or writes them."""
    form = RoundedForm(float(np.abs(values).max()))
    return Grid(values, ramp, form, outlines=[*outlines, *edge(values, width)])


def _step(look: Look, above: Placed) -> list[Item]:
    """Beside the kernel what it was before the step, and below that the slope that it went against."""
    items: list[Item] = []
    if look.before is not None and look.parts is not None and look.has_come_to("update"):
        values = layers(look.before.kernel, 1)[0, 0]
        items += _beside(look, "before", _learned(values, _signed(look), _read(look, "update")), above, above.top)
    if look.parts is not None and look.has_come_to("backward"):
        slope = layers(look.parts.slope, 1)[0, 0]
        width = WRITTEN if look.view.beat == "backward" else _read(look, "update")
        noise = rounding(look.image, look.full.wanted)
        grid = _learned(slope, Signed(1.3 * float(np.abs(slope).max()), noise), width)
        items += _beside(look, "gradient", grid, above, above.rect.bottom() + 1 + LINE * scale())
    return items


def _read(look: Look, beat: str) -> float:
    return READ if look.view.beat == beat else 0.0


def _beside(look: Look, kind: str, grid: Grid, left: Placed, top: float) -> list[Item]:
    x = left.inner.right() + GAP
    words = Caption(look.text(kind), x, top - LINE * scale(), "tick", moves=True)
    return [words, Placed(f"{kind} 0", grid, x, top, left.cell)]


def _frame(look: Look, map: int) -> str:
    return "accent_text" if map == look.map else "border"


def _pointed(look: Look, layer: int) -> list[Outline]:
    spot, at = look.spot, None if look.pools else look.mark_of(layer)
    beat = [Outline(*at)] if at else []
    if spot and spot.kind in ("kernel", "field") and spot.number == layer:
        return [*beat, Outline(spot.row, spot.column, colour=POINTED)]
    return beat


def _below(look: Look, room: Room, above: Placed, map: int, c: int) -> list[Item]:
    """Below a layer its channel's name, and the products with their sum or the layer it shall become."""
    x, y, line = above.left, above.rect.bottom() + 1, LINE * scale()
    items: list[Item] = []
    if len(look.image) > 1:
        name, colour = channel_name(look, c)
        items.append(Caption(name, x, y, "tick", colour, widest=above.rect.width()))
        y += line
    products = look.products(map)
    if look.learns:
        target = look.target[map, c]
        grid = Grid(target, _signed(look), NumberForm.of(target), kept=True)
        words = look.text("target") if c == 0 else ""
        items += _titled("target", grid, words, above, y, look.layer(map, c), room.beside)
        return [*items, *(_step(look, above) if room.step and not map else [])]
    if products is None:
        return items
    words = look.text("field") if c == 0 else ""
    grid = _products(look, map, c, products[c])
    items += _titled("field", grid, words, above, y, look.layer(map, c), room.beside)
    if has_parts(look) and look.product is None:
        bottom = y + line + look.sweep.geometry.window[0] * above.cell
        items.append(_partial(look, float(products[c].sum()), x, bottom + 1, above.rect.width() + GAP - 4))
    return items


def _partial(look: Look, total: float, x: float, y: float, wide: float) -> Caption:
    """Return the sum of a layer, rather with fewer digits than over that of the next."""
    words = [look.text("partial", value=number(total, digits)) for digits in (4, 3, 2)]
    captions = [Caption(text, x, y, "strong", "text", moves=True) for text in words]
    return next((caption for caption in captions if caption.width <= wide), captions[-1])


def _titled(kind: str, grid: Grid, words: str, above: Placed, y: float, number: int, beside: bool) -> list[Item]:
    x, line = above.left, LINE * scale()
    if beside:
        x, y = above.rect.right() + GAP, above.top - line
    placed = Placed(f"{kind} {number}", grid, x, y + line, above.cell)
    return [placed, Caption(words, x, y, "tick")] if words else [placed]


def _products(look: Look, map: int, channel: int, products: Floats) -> Grid:
    form, outlines = look.full.product_forms[map], _pointed(look, look.layer(map, channel))
    filled = None
    if look.product is not None:
        filled = max(0, min(look.product + 1 - channel * products.size, products.size))
    return Grid(products, Signed(largest(form)), form, outlines=outlines, filled=filled, ahead=AHEAD)


def _block(look: Look, room: Room, map: int) -> list[Item]:
    """The block in view; of a maximum the cell that is kept, or the largest so far, is framed."""
    block = look.block(map)
    cells = np.full(look.sweep.geometry.window, np.nan) if block is None else block
    outlines = _pointed(look, map)
    filled = None if look.product is None else look.product + 1
    seen = cells.ravel()[:filled]
    if look.params.operation == "max pooling" and np.isfinite(seen).any():
        row, column = divmod(int(np.nanargmax(seen)), cells.shape[1])
        outlines = [Outline(row, column, colour="vermillion"), *outlines]
    grid = Grid(cells, look.full.plane_ramp, look.full.picture_form, outlines=outlines, frame=_frame(look, map),
                bold=True, filled=filled, ahead=AHEAD)  # fmt: skip
    y = room.row_y(map)
    rows, columns = cells.shape
    title = look.text("block") if look.rows == 1 else channel_name(look, map)[0]
    head = Caption(title, room.row_x, y + 3, "section", "text")
    size = Caption(look.text("size_of", rows=rows, columns=columns), room.row_x + head.width + 8, y + 4)
    return [head, size, Placed(f"field {map}", grid, room.row_x, y + room.top, room.kernel_cell)]


def sum_parts(look: Look, room: Room, map: int, fields: list[Placed], target: Placed) -> list[Item]:
    """From the products to their sum, and from there to its map, at the height of the cell it fills."""
    if look.cell is None or look.learns or not look.shows(map) or not fields:
        return []
    last, (wide, high) = fields[-1], (room.grown * side * scale() for side in _SUM_BOX)
    grid = Grid(
        np.array([[look.sum_so_far(map)]]), target.grid.ramp, look.full.form, frame=_frame(look, map), bold=True
    )
    x = (room.row_x + room.kernel_width + room.map_x - ROW_INSET - wide) / 2
    y = max(last.inner.center().y() - high / 2, room.row_y(map) + room.top + LINE * scale())
    box = Placed(f"sum {map}", grid, x, y, wide, high)
    said = _SUMS[look.params.operation] if look.product is None else "sum_so_far"
    cell = target.cells(Outline(*look.cell[1:]))
    begin, middle = last.inner.right() + 3, box.inner.center().y()
    above = cell.center().y() >= middle  # the arrow goes down, or level, and is not in the way there
    words = Caption(
        look.text(said), x + wide / 2, y - LINE * scale() if above else y + high + 1, "tick", align="middle"
    )
    colour = "accent_text" if map == look.map else "muted"
    items: list[Item] = [words, Arrow(begin, middle, x - 1, middle, colour, head=False), box]
    if look.product is None:
        items.append(Arrow(x + wide + 2, middle, target.left - MARGIN / 2, cell.center().y(), colour))
    return items


_SUMS = {"convolution": "sum", "max pooling": "largest", "average pooling": "mean"}
