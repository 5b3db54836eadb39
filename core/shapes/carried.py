"""Where an axis goes on through the stack: which axes of the later tensors still are it, and which before were it.

An axis is kept where what stands at one of its places is made only of what stood there, or in a window around it. Dense
and Conv2D sum over the last axis and make a new one in its place, SimpleRNN that gives one state sums over the time,
too; Flatten lays all axes but the batch into one, in which they go on. Axes are counted as written, the batch is 0.
"""

from __future__ import annotations

from core.nn.layers import Conv2D, Dense, Flatten, Layer, Shape, SimpleRNN, Stack, TimeDistributed

Axes = frozenset[int]


def carried(layer: Layer, given: Shape, axis: int) -> Axes:
    """Return which axes of what a layer gives an axis of its input goes on in: none where it is summed over."""
    last = len(given) - 1
    match layer:
        case Dense() | Conv2D():
            return frozenset({axis} - {last})
        case SimpleRNN():
            return frozenset({axis} & ({0, 1} if layer.return_sequences else {0}))
        case Flatten():
            return frozenset({min(axis, 1)})
        case TimeDistributed() if axis > 1:
            return frozenset(i + 1 for i in carried(layer.layer, layer.inner(given), axis - 1))
    return frozenset({axis})  # an Embedding's new axis stands behind all it is given, pooling keeps all


def places_of(made: Stack, k: int, axis: int) -> dict[int, Axes]:
    """Return the axes of each tensor that are an axis of tensor k: those it came from, itself, those it goes on in."""
    found: dict[int, Axes] = {k: frozenset({axis})}
    for i in range(k, len(made.layers)):
        found[i + 1] = _through(made, i, found[i])
    for i in reversed(range(k)):
        before = range(len(made.shapes[i]))
        found[i] = frozenset(a for a in before if carried(made.layers[i], made.shapes[i], a) & found[i + 1])
    return {i: axes for i, axes in sorted(found.items()) if axes}


def ends_at(made: Stack, k: int, axis: int) -> int | None:
    """Return the layer, from 1, that sums over an axis of tensor k; None where it goes on to the end."""
    last = max(places_of(made, k, axis))
    return last + 1 if last < len(made.layers) else None


def _through(made: Stack, i: int, axes: Axes) -> Axes:
    return frozenset().union(*(carried(made.layers[i], made.shapes[i], axis) for axis in axes))
