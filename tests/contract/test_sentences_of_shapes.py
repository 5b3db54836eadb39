"""What a sentence about a layer says is what its arrays show, on random stacks: shapes, counts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from core import shapes
from core.nn.layers import (
    AveragePooling2D,
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    MaxPooling2D,
    SimpleRNN,
    TimeDistributed,
)
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.shapes import Params

ENDS = ("kept", "changed", "open")


class Draws:
    """Random layers, sizes and lists."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def one_of(self, *values: Any) -> Any:
        return values[int(self.rng.integers(len(values)))]

    def size(self, least: int = 1) -> int:
        return int(self.rng.integers(least, 6))

    def first(self) -> Any:
        """Return a layer that is told what it is given, now and then with sizes that are not fixed."""
        features, n = self.size(), self.one_of(self.size(3), self.size(3), None)
        picture = (n, self.size(3), self.size())
        return self.one_of(
            Dense(self.size(), input_shape=(features,)), Dense(self.size(), use_bias=False, input_shape=(n, features)),
            Conv2D(self.size(), self.one_of(1, 2, (1, 3)), padding=self.one_of("same", "valid"), input_shape=picture),
            self.one_of(MaxPooling2D, AveragePooling2D)(
                2, strides=self.one_of(1, 2), padding=self.one_of("same", "valid"), input_shape=picture
            ),
            Flatten(input_shape=self.one_of((), (3,), (n, 2), picture)),
            Embedding(self.size(2), self.size(), input_length=n),
            SimpleRNN(self.size(), return_sequences=self.one_of(True, False), input_shape=(n, features)),
            TimeDistributed(Dense(self.size()), input_shape=(n, features)),
            TimeDistributed(Conv2D(2, 2), input_shape=(self.size(), 3, 4, features)),
        )  # fmt: skip

    def other(self) -> Any:
        return self.one_of(
            Dense(self.size()), Flatten(), Embedding(self.size(2), 2), SimpleRNN(2), MaxPooling2D(2, padding="same")
        )

    def data(self) -> Any:
        return self.one_of(((1,), (2,), (3,)), (1, 2, 3, 4), (((1, 2),), ((3, 4),)), ((0, 1, 1), (1, 0, 1)))

    def params(self) -> Params:
        """Return layers that fit, as many as have come before one did not."""
        batch, data, layers = self.one_of(None, None, self.size()), self.data(), [self.first()]
        for _ in range(int(self.rng.integers(3))):
            more = Params(layers=(*layers, self.other()), batch_size=batch, data=data)
            if shapes.check(more) is None:
                layers = [*more.layers]
        return Params(layers=tuple(layers), batch_size=batch, data=data)


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    draws, done = Draws(5), 0
    while done < count:
        params = draws.params()
        names = shapes.settable(params)
        wild = [Change(0, SetArray(name, 40 * np.ones(array.shape))) for name, array in held(params, names).items()]
        recipe = Recipe("shapes", 1, int(draws.rng.integers(99)), params, tuple(draws.one_of((), (), wild)))
        before, focus = None, draws.one_of(None, None, None, Focus("level", (0,)), Focus("level", (1,)))
        for frame, _ in replay(shapes, recipe, 9):
            step = before, frame.made, params, focus
            yield shapes.explain(*step), step
            before, done = frame.state, done + 1
            if frame.t == len(params.layers):
                break


def held(params: Params, names: Any) -> dict[str, Any]:
    (frame, _), *_ = replay(shapes, Recipe("shapes", 1, 0, params), 0)
    return {name: array for name, array in shapes.arrays(frame.state, params).items() if name in names}


# ---- the same, found in the arrays


def printed(sizes: Any) -> str:
    """Return sizes as Python prints them; 0 in the table is one that is not fixed."""
    return str(tuple(sizes))


def rows(after: Any, params: Params) -> list[list[Any]]:
    table = shapes.arrays(after, params)["shapes"].tolist()
    return [[None if n == 0 else n for n in row if n >= 0] for row in table]


def weights(layer: Any, given: list[Any]) -> Any:
    match layer:
        case TimeDistributed():
            return weights(layer.layer, [given[0], *given[2:]])
        case Dense():
            return (given[-1] + layer.use_bias) * layer.units
        case Conv2D():
            side = layer.kernel_size
            return (given[-1] * math.prod((side, side) if isinstance(side, int) else side) + 1) * layer.filters
        case Embedding():
            return layer.input_dim * layer.output_dim
        case SimpleRNN():
            return (given[-1] + layer.units + 1) * layer.units
    return 0


def starts(before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    assert before is None or after.t == 0
    given, example = rows(after, params)[0], shapes.arrays(after, params).get("input")
    if example is not None and example.ndim < 3:
        assert [None if params.batch_size is None else params.batch_size, *example.shape] == given
    return {"given": printed(given), "example": printed(given[1:]), "batch": str(params.batch_size)}


def typed(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    first = np.array(params.data[0], dtype=float)
    assert np.array_equal(shapes.arrays(after, params)["input"], first)
    return starts(before, after, params, focus)


def layer_of_step(_before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    k = after.t
    layer, (given, shape) = params.layers[k - 1], rows(after, params)[k - 1 : k + 1]
    own = [
        a for name, a in shapes.arrays(after, params).items() if name.startswith(f"layer_{k}.") and "out" not in name
    ]
    count = weights(layer, given)
    assert not own or sum(array.size for array in own) == count
    window = getattr(layer, "kernel_size", getattr(layer, "pool_size", 0))
    return {
        "before": " × ".join(map(str, given[1:-1])), "after": " × ".join(map(str, shape[1:-1])),
        "inputs": str(given[-1]), "outputs": str(shape[-1]), "weights": str(count),
        "window": printed((window, window) if isinstance(window, int) else window),
        "axes": " × ".join(map(str, given[1:])), "product": str(shape[-1]), "rows": str(getattr(layer, "input_dim", 0)),
        "times": str(([*given, 0, 0])[1]),
    }  # fmt: skip


def of_size(kind: type, end: str) -> Any:
    def check(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
        told = layer_of_step(before, after, params, focus)
        assert isinstance(params.layers[after.t - 1], kind)
        given, shape = (sizes.split(" × ") for sizes in (told["before"], told["after"]))
        assert end == ("open" if "None" in given else "kept" if given == shape else "changed")
        return told

    return check


def all_seen(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    assert len(rows(after, params)[after.t]) == 2
    return layer_of_step(before, after, params, focus)


def laid_out(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    """Nothing is lost, added or changed: the same numbers stand in the row."""
    arrays = shapes.arrays(after, params)
    given = arrays.get("input" if after.t == 1 else f"layer_{after.t - 1}.output")
    if given is not None:
        assert np.array_equal(np.sort(given, axis=None), np.sort(arrays[f"layer_{after.t}.output"]), equal_nan=True)
    told = layer_of_step(before, after, params, focus)
    assert "None" in told["axes"] or math.prod(map(int, filter(None, told["axes"].split(" × ")))) == int(
        told["product"]
    )
    return told


def computed(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    named = params.layers[after.t - 2]
    after_name = f"TimeDistributed({named.layer.type})" if isinstance(named, TimeDistributed) else named.type
    return {**layer_of_step(before, after, params, focus), "after": after_name}


def at_a_time(before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    given, shape = rows(after, params)[after.t - 1 : after.t + 1]
    layer: Any = params.layers[after.t - 1]
    assert given[1] == shape[1]
    more = {"layer": layer.layer.type, "one": printed(given[2:]), "made": printed(shape[2:])}
    return {**layer_of_step(before, after, params, focus), **more}


def lost(_before: Any, after: Any, params: Params, _focus: Any) -> dict[str, Any]:
    outputs = [shapes.arrays(after, params)[f"layer_{k}.output"] for k in range(1, after.t + 1)]
    first = next(k for k, output in enumerate(outputs, 1) if np.isnan(output).all())
    names = [params.layers[k - 1].type for k in (after.t, first)]
    return {"layer": names[0], "place": str(first), "which": names[1]}


def of_level(_before: Any, after: Any, params: Params, focus: Any) -> dict[str, Any]:
    (level,), shape = focus.at, np.array(params.data).shape
    return {"level": str(level + 1), "rank": str(len(shape)), "size": str(shape[level]), "shape": printed(shape)}


CHECKERS: dict[str, Any] = {
    **{f"start.{batch}.{kind}": typed if kind == "typed" else starts
       for batch in ("open", "fixed") for kind in ("drawn", "typed", "none")},
    "dense.all": all_seen, "dense.last": layer_of_step,
    **{f"{name}.{end}": of_size(kind, end) for name, kind in
       (("conv2d", Conv2D), ("max", MaxPooling2D), ("average", AveragePooling2D)) for end in ENDS},
    **{f"flatten.{kind}": laid_out for kind in ("laid", "kept", "one", "open")},
    "embedding.row": layer_of_step, "embedding.computed": computed, "rnn.last": layer_of_step,
    "rnn.every": layer_of_step, "time_distributed": at_a_time, "lost": lost, "level": of_level,
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:overflow")
@pytest.mark.parametrize("steps", [4000])
def test_sentences_say_what_the_states_show(steps: int, check_sentences: Any) -> None:
    assert check_sentences("shapes", steps_of(steps), CHECKERS) == set(CHECKERS)
