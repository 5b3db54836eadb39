"""What would make a stack fit: changes of the layers, each of which was tried and builds.

A misfit has a few usual reasons, and each has its usual change. Those that come to mind for the reason are tried in
turn, the most telling first; what does not build is no cure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from core.nn.convolution import pair
from core.nn.layers import Conv2D, Flatten, SimpleRNN, Stack, TimeDistributed, input_of, text_of, written
from core.nn.layers.layer import name_of
from core.nn.layers.pooling import Pooling
from core.nn.layers.shapes import Sizes, names_of
from core.shapes.changes import innermost, inside, told, untold, without
from core.shapes.keras_code import argument
from core.shapes.settings import Params, check, stack

MOST = 3
Layers = tuple[Any, ...]
Values = dict[str, str]
_USUAL = {"time": 6, "features": 8, "rows": 28, "columns": 28, "channels": 1}  # sizes where none is known
_INPUTS = ((784,), (6, 8), (28, 28, 1), (5, 28, 28, 1))  # what a first layer may be told
_BATCH = 32


@dataclass(frozen=True)
class Cure:
    """A change that makes the stack fit: the key of its words, what fills them, and what comes of it."""

    key: str
    values: Values
    params: Params
    ends: Sizes  # the shape the stack ends in, as written


Change = tuple[str, Values, Params]


@dataclass(frozen=True)
class Case:
    """A layer that does not fit: its place counted from 0, and the stack of those before it, where there is one."""

    params: Params
    at: int
    built: Stack | None

    @property
    def layers(self) -> Layers:
        """All layers as they are typed."""
        return self.params.layers

    @property
    def layer(self) -> Any:
        """The one that does not fit."""
        return self.layers[self.at]

    @property
    def given(self) -> Sizes:
        """What it is given, as written; nothing where no input is known."""
        return written(self.built.shapes[-1]) if self.built else ()

    def put(self, layer: Any, at: int | None = None) -> Params:
        """Return the params with another layer at a place: its own, if none is named."""
        at = self.at if at is None else at
        return replace(self.params, layers=(*self.layers[:at], layer, *self.layers[at + 1 :]))


def cures(case: Case, key: str) -> tuple[Cure, ...]:
    """Return at most three changes for the reason a layer is refused; none of them fails to build."""
    return tuple(islice(_those_that_build(case, key), MOST))


def _those_that_build(case: Case, key: str) -> Iterator[Cure]:
    tried: list[Params] = []
    for name, values, params in _changes(case, key):
        if params not in tried and check(params) is None:
            yield Cure(name, values, params, written(stack(params).shapes[-1]))
        tried.append(params)


def _changes(case: Case, key: str) -> Iterator[Change]:
    for usual in _USUAL_CHANGES.get(key, ()):
        yield from usual(case)
    if case.at:
        yield "take_out", {"layer": name_of(case.layer)}, without(case.params, case.at + 1)


# ---- axes: too few, too many


def _every_state(case: Case) -> Iterator[Change]:
    """The state at every time instead of the last: then there is a time for what comes next."""
    before = case.layers[case.at - 1] if case.at else None
    if isinstance(before, SimpleRNN) and not before.return_sequences:
        changed = case.put(replace(before, return_sequences=True), case.at - 1)
        yield "return_sequences", {"layer": name_of(before)}, changed


def _without_flatten(case: Case) -> Iterator[Change]:
    """What Flatten laid end to end is wanted: it goes, or comes later."""
    for at in (k for k in reversed(range(1, case.at)) if isinstance(case.layers[k], Flatten)):
        yield "take_out", {"layer": "Flatten"}, without(case.params, at + 1)
        moved = (*case.layers[:at], case.layer, *case.layers[at : case.at], *case.layers[case.at + 1 :])
        yield "move_above", {"layer": name_of(case.layer), "after": "Flatten"}, replace(case.params, layers=moved)


def _at_every_time(case: Case) -> Iterator[Change]:
    """One axis too many is a time at which the layer can be applied; or its rows can be flattened."""
    values = {"layer": name_of(case.layer)}
    yield "wrap", values, case.put(TimeDistributed(untold(case.layer)) if case.at else _wrapped_first(case.layer))
    if isinstance(case.layer, SimpleRNN) and case.at:
        between = (*case.layers[: case.at], TimeDistributed(Flatten()), *case.layers[case.at :])
        yield "between", {"between": "TimeDistributed(Flatten)"}, replace(case.params, layers=between)


def _wrapped_first(layer: Any) -> Any:
    return replace(
        TimeDistributed(untold(layer)), input_shape=layer.input_shape, batch_input_shape=layer.batch_input_shape
    )


def _unwrapped(case: Case) -> Iterator[Change]:
    """Where there is no time, the layer can be applied as it is."""
    if isinstance(case.layer, TimeDistributed):
        said = {name: getattr(case.layer, name) for name in ("input_shape", "batch_input_shape", "input_dim")}
        known = {name: value for name, value in said.items() if value is not None}
        yield "unwrap", {"layer": name_of(case.layer.layer)}, case.put(replace(case.layer.layer, **known))


def _more_axes_told(case: Case) -> Iterator[Change]:
    """A first layer can be told an axis more: of one channel, one feature; a row of n² numbers is a square picture."""
    if case.at or not case.given:
        return
    sizes = case.given
    square = round((sizes[-1] or 0) ** 0.5)
    shapes = [(*sizes, 1)] + ([(sizes[0], square, square, 1)] if square > 1 and square**2 == sizes[-1] else [])
    for shape in shapes:
        yield "tell", {"shape": text_of(shape[1:])}, case.put(told(case.layer, shape))


# ---- sizes that are not fixed


def _fixed_input(case: Case) -> Iterator[Change]:
    """The sizes that the first layer left open are fixed; the batch may stay open."""
    first = case.layers[0]
    sizes = written(input_of(first, case.params.batch_size))
    names = names_of(len(sizes))
    fixed = tuple(size or _USUAL.get(name, 4) for size, name in zip(sizes[1:], names[1:], strict=True))
    if fixed:
        yield "tell", {"shape": text_of(fixed)}, case.put(told(first, (sizes[0], *fixed)), 0)


def _fixed_batch(case: Case) -> Iterator[Change]:
    yield "batch", {"batch": str(_BATCH)}, replace(case.params, batch_size=_BATCH)
    yield "forget", {"layer": name_of(case.layer)}, case.put(inside(case.layer, partial(replace, stateful=False)))


# ---- windows


def _same_padding(case: Case) -> Iterator[Change]:
    yield "same", {"layer": name_of(case.layer)}, case.put(inside(case.layer, partial(replace, padding="same")))


def _smaller_window(case: Case) -> Iterator[Change]:
    """The window no larger than the picture, its cells beside each other."""
    window = innermost(case.layer)
    field = "pool_size" if isinstance(window, Pooling) else "kernel_size"
    picture = zip(pair(getattr(window, field)), case.given[-3:-1], strict=True)
    size = tuple(min(k, n or k) for k, n in picture)
    close: dict[str, Any] = {"dilation_rate": 1} if isinstance(window, Conv2D) else {}
    changed = inside(case.layer, partial(replace, **{field: size[0] if size[0] == size[1] else size}, **close))
    yield "smaller", {"layer": name_of(case.layer), "window": text_of(size)}, case.put(changed)


def _one_by_one(case: Case) -> Iterator[Change]:
    for field in ("strides", "dilation_rate"):
        changed = inside(case.layer, partial(replace, **{field: 1}))
        yield "set_to_one", {"field": field}, case.put(changed)


# ---- what a layer was told


def _told_nothing(case: Case) -> Iterator[Change]:
    changed = untold(case.layer)
    changed = inside(changed, untold) if isinstance(changed, TimeDistributed) else changed
    if isinstance(case.layer, TimeDistributed) and case.at == 0:
        changed = inside(case.layer, untold)
    yield "untold", {"layer": name_of(case.layer)}, case.put(changed)


def _told_one_thing(case: Case) -> Iterator[Change]:
    """Of two things that differ only one is said."""
    said = case.layer.told()
    for name, sizes in said.items():
        others = dict.fromkeys(other for other in said if other != name)
        yield "say_only", {"said": argument(name, sizes)}, case.put(replace(case.layer, **others))
    if "batch_input_shape" in said:
        changed = replace(case.params, batch_size=None)
        yield "say_only", {"said": argument("batch_input_shape", said["batch_input_shape"])}, changed


def _told_something(case: Case) -> Iterator[Change]:
    for shape in _INPUTS:
        yield "tell", {"shape": text_of(shape)}, case.put(told(case.layer, (None, *shape)))


_USUAL_CHANGES: dict[str, Sequence[Callable[[Case], Iterator[Change]]]] = {
    "layer_axes": (_every_state, _without_flatten, _more_axes_told, _unwrapped, _at_every_time),
    "layer_axis_open": (_fixed_input, _without_flatten),
    "layer_batch_open": (_fixed_batch,),
    "layer_window": (_same_padding, _smaller_window),
    "layer_strides_and_dilation": (_one_by_one,),
    "layer_told_otherwise": (_told_nothing,),
    "layer_input_missing": (_told_something,),
    "layer_input_twice": (_told_one_thing,),
}
