"""Which cells a cell comes from, back to the data, and which it goes to, on to the last layer.

Cells are marked in masks: truth values in the form of a tensor, as written (rows, columns, channels) and without the
batch, since no layer mixes examples. A layer says of a block of cells what it reads and what it makes of them; marked
cells are taken block by block, so that none is marked that has no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from core.nn.layers import Cells, Flatten, Layer, Shape, Stack, TimeDistributed, written
from core.nn.layers.shapes import as_computed, as_written
from core.shapes.settings import cells_in

Mask = NDArray[np.bool_]
MOST_CELLS = 1_000_000  # of all tensors whose cells are followed: while a pointer moves, that is done often
Way = Callable[[Shape, Cells], Cells]


def can_be_followed(made: Stack) -> bool:
    """Tell whether cells can be followed: all sizes but the batch are fixed, and the tensors have not too many."""
    shapes = [shape[1:] for shape in made.shapes]
    is_fixed = all(axis.size is not None for shape in shapes for axis in shape)
    return is_fixed and sum(map(cells_in, shapes)) <= MOST_CELLS


def comes_from(made: Stack, k: int, at: tuple[int, ...]) -> tuple[Mask, ...]:
    """Return what the cell at a place of tensor k comes from: masks of tensors 0 (the data), …, k, the last the cell.

    Tensor k is what layer k gives, counted from 1. All sizes but the batch must be fixed.
    """
    masks = [_only(made, k, at)]
    for layer, given in reversed(list(zip(made.layers[:k], made.shapes[:k], strict=True))):
        masks.insert(0, _seen(layer, given, masks[0]))
    return tuple(masks)


def goes_to(made: Stack, k: int, at: tuple[int, ...]) -> tuple[Mask, ...]:
    """Return what the cell at a place of tensor k goes to: masks of tensors k, …, n, the first the cell."""
    masks = [_only(made, k, at)]
    for layer, given, shape in zip(made.layers[k:], made.shapes[k:], made.shapes[k + 1 :], strict=False):
        masks.append(_through(layer.reaches, given, masks[-1], shape))
    return tuple(masks)


def reads(layer: Layer, given: Shape, at: tuple[int, ...]) -> Mask:
    """Return which cells of its input one cell of what a layer gives is computed from."""
    return comes_from(Stack((layer,), (given, layer.shape(given))), 1, at)[0]


def sizes_of(shape: Shape) -> tuple[int, ...]:
    """Return the sizes of one example, as written. Those that are not fixed are 0."""
    return tuple(size or 0 for size in written(shape)[1:])


def _only(made: Stack, k: int, at: tuple[int, ...]) -> Mask:
    mask = np.zeros(sizes_of(made.shapes[k]), dtype=bool)
    mask[at] = True
    return mask


def _seen(layer: Layer, given: Shape, mask: Mask) -> Mask:
    """Return what marked cells of a layer's output see. Flatten would name the block that several of them lie in."""
    if isinstance(layer, Flatten):
        laid_out = mask.reshape([1, *(axis.size or 0 for axis in given[1:])])
        return np.asarray(as_written(laid_out)[0])
    if isinstance(layer, TimeDistributed):
        return np.stack([_seen(layer.layer, layer.inner(given), at_a_time) for at_a_time in mask])
    return _through(layer.sees, given, mask, given)


def _through(way: Way, given: Shape, mask: Mask, shape: Shape) -> Mask:
    """Return the cells of a tensor of that shape to which a way leads from the marked cells."""
    found = as_computed(np.zeros((1, *sizes_of(shape)), dtype=bool))
    for block in _blocks(as_computed(mask[None])[0]):
        found[np.ix_(*(np.array(places, dtype=np.int64) for places in way(given, ((0,), *block))))] = True
    return np.asarray(as_written(found)[0])


def _blocks(mask: Mask) -> Iterator[Cells]:
    """Yield blocks of cells that together are the marked ones: all at once if they are a block, else slice by slice."""
    if not mask.any():
        return
    axes = [np.flatnonzero(mask.any(axis=tuple(a for a in range(mask.ndim) if a != axis))) for axis in range(mask.ndim)]
    places = tuple(tuple(axis.tolist()) for axis in axes)
    if mask[np.ix_(*axes)].all():
        yield places
        return
    for i in places[0]:
        yield from (((i,), *block) for block in _blocks(mask[i]))
