"""Changes of a stack by hand: a layer more, one less, one elsewhere, an axis of another length.

The input stays what it was: where another layer comes first, it is told what the first one was. Whether the changed
stack builds is not asked here; a layer is counted from 1, and so is its tensor, 0 being what goes in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.nn.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    LayerRecord,
    MaxPooling2D,
    SimpleRNN,
    Stack,
    TimeDistributed,
    input_of,
    written,
)
from core.nn.layers.shapes import Sizes
from core.run.refusal import Refusal
from core.shapes.settings import Params

NEW: tuple[LayerRecord, ...] = (
    Dense(8), Conv2D(4, 3), MaxPooling2D(2), AveragePooling2D(2), Flatten(), Embedding(10, 4), SimpleRNN(8),
    TimeDistributed(Dense(8)),
)  # fmt: skip
"""What a layer of each kind begins as."""

_OWN = {"Dense": "units", "Conv2D": "filters", "Embedding": "output_dim", "SimpleRNN": "units"}
LONGEST = 1_000_000  # of an axis


# ---- layers


def added(params: Params, below: int, kind: str) -> Params:
    """Return the params with a new layer of a kind below layer `below`. Raises StopIteration for no such kind."""
    layer = next(layer for layer in NEW if layer.type == kind)
    return replace(params, layers=(*params.layers[:below], layer, *params.layers[below:]))


def without(params: Params, k: int, built: Stack | None = None) -> Params:
    """Return the params without layer k. The next is first after the first: it is told what it is given in `built`."""
    first, *others = params.layers
    if k > 1 or not others:
        return replace(params, layers=(*params.layers[: k - 1], *params.layers[k:]))
    given = written(built.shapes[1]) if built and len(built.shapes) > 1 else _told_to(first, params)
    return replace(params, layers=(_first(others[0], given, params), *others[1:]))


def moved(params: Params, k: int, to: int) -> Params:
    """Return the params with layer k in another place: in the end it is layer `to`."""
    layers = [*params.layers]
    layers.insert(to - 1, layers.pop(k - 1))
    given = _told_to(params.layers[0], params)
    if layers[0] is not params.layers[0] and given:
        layers = [untold(layer) if layer is params.layers[0] else layer for layer in layers]
        layers[0] = _first(layers[0], given, params)
    return replace(params, layers=tuple(layers))


def _told_to(first: Any, params: Params) -> Sizes:
    """Return what the first layer is given, as written; nothing where it was told nothing, or two things."""
    try:
        return written(input_of(first, params.batch_size))
    except Refusal:
        return ()


def _first(layer: Any, given: Sizes, params: Params) -> Any:
    """Return a layer as the first one; a batch size that is a setting of the stack need not be told to it."""
    if not given:
        return layer
    return told(layer, (None, *given[1:]) if params.batch_size is not None else given)


def inside(layer: Any, change: Callable[[Any], Any]) -> Any:
    """Return a layer with a change made in it, or in what it wraps."""
    return replace(layer, layer=inside(layer.layer, change)) if isinstance(layer, TimeDistributed) else change(layer)


def innermost(layer: Any) -> Any:
    """Return what a layer wraps, however often, or the layer itself."""
    return innermost(layer.layer) if isinstance(layer, TimeDistributed) else layer


def untold(layer: Any) -> Any:
    """Return a layer that is told nothing of its input; the vocabulary of an Embedding stays."""
    names = ("input_shape", "batch_input_shape", "input_length" if layer.type == "Embedding" else "input_dim")
    return replace(layer, **dict.fromkeys(names))


def told(layer: Any, sizes: Sizes) -> Any:
    """Return a layer that is told its input, as written and with the batch."""
    if sizes[0] is None:
        return replace(untold(layer), input_shape=sizes[1:])
    return replace(untold(layer), batch_input_shape=sizes)


# ---- axes


def owner_of(made: Stack, k: int, axis: int) -> int | None:
    """Return which layer says how long an axis of tensor k is: 0 the input, k the layer's own units; else None.

    The batch, an axis that is not fixed and one that only follows from others can not be set.
    """
    sizes = written(made.shapes[k])
    if not 0 < axis < len(sizes) or sizes[axis] is None:
        return None
    if not k:
        return 0
    is_own = axis == len(sizes) - 1 and innermost(made.layers[k - 1]).type in _OWN
    return k if is_own else None


def resized(params: Params, k: int, axis: int, size: int) -> Params:
    """Return the params with an axis that has an owner of another length, from 1 to `LONGEST`."""
    size = max(1, min(size, LONGEST))
    layers = [*params.layers]
    if k:
        own = _OWN[innermost(layers[k - 1]).type]
        layers[k - 1] = inside(layers[k - 1], lambda layer: replace(layer, **{own: size}))
    else:
        layers[0] = _retold(layers[0], axis, size)
    return replace(params, layers=tuple(layers))


def _retold(first: Any, axis: int, size: int) -> Any:
    """Return a first layer that is told one other size, by whatever arguments it was told."""
    said: dict[str, Any] = {}
    for name, sizes in first.told().items():
        new = (*sizes[:axis], size, *sizes[axis + 1 :])
        said[name] = new if name == "batch_input_shape" else new[1:] if name == "input_shape" else size
    return replace(first, **said)
