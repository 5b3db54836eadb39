"""The way of data through a stack: what a row holds, its numbers against SciPy, and edits on the way."""

from __future__ import annotations

from time import process_time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import correlate2d

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
    stack_of,
    written,
)
from core.nn.layers.shapes import as_written
from core.run.recipe import Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams
from core.shapes.algorithm import MOST_NUMBERS, example, has_numbers, rows_of, tensors, typed_example
from core.shapes.settings import Params

PICTURE = (Conv2D(3, 3, input_shape=(7, 6, 2), activation="relu"), MaxPooling2D(2), Flatten(), Dense(4))


def frames(params: Params, seed: int = 0, edits: Any = ()) -> list[Any]:
    recipe = Recipe("shapes", shapes.VERSION, seed, params)
    for step, edit in edits:
        recipe = recipe.edited(step, edit)
    return [frame.state for frame, _ in replay(shapes, recipe, 99)]


def test_a_row_tells_of_the_layer_that_led_to_it() -> None:
    params = Params()
    rows = [shapes.series(state, params) for state in frames(params)]
    assert all(np.isnan(value) for value in rows[0].values())
    assert rows[1:] == [
        {"layer": 0.0, "parameters": 328.0}, {"layer": 1.0, "parameters": 0.0}, {"layer": 2.0, "parameters": 528.0},
    ]  # fmt: skip


def test_the_shapes_of_the_default_stack() -> None:
    params = Params()
    first, *_, last = frames(params)
    for state in (first, last):
        shown = shapes.arrays(state, params)
        assert shown["shapes"].tolist() == [[0, 4, -1], [0, 4, 8], [0, 32, -1], [0, 16, -1]]
        assert shown["shapes"].dtype == shown["data_shape"].dtype == np.int64
        assert shown["data_shape"].tolist() == [3, 1]
    assert shapes.arrays(first, Params(data=5))["data_shape"].shape == (0,)


def test_what_a_layer_gives_is_there_from_its_step_on() -> None:
    params = Params(layers=PICTURE)
    for t, state in enumerate(frames(params)):
        shown = shapes.arrays(state, params)
        outputs = [shown[f"layer_{k}.output"] for k in range(1, 5)]
        assert [y.shape for y in outputs] == [(3, 5, 4), (3, 2, 2), (12,), (4,)]
        assert [bool(np.isnan(y).all()) for y in outputs] == [k > t for k in range(1, 5)]
        assert shown["input"].shape == (2, 7, 6)
        assert shown["layer_1.W"].shape == (3, 2, 3, 3)


def test_beyond_the_last_layer_there_is_nothing_to_tell() -> None:
    params = Params()
    state = frames(params)[-1]
    later = shapes.step(state, params, Streams.step(0, 4))
    assert np.isnan(float(shapes.series(later, params)["layer"]))
    assert shapes.events(state, later, params) == ()
    assert len(shapes.arrays(later, params)) == len(shapes.arrays(state, params))


# ---- the numbers


def test_the_numbers_are_those_of_scipy() -> None:
    params = Params(layers=PICTURE)
    state = frames(params, seed=11)[-1]
    shown = shapes.arrays(state, params)
    maps = [sum(map(correlated, shown["input"], kernel)) for kernel in shown["layer_1.W"]]
    y = np.maximum(np.array(maps), 0.0)
    np.testing.assert_allclose(shown["layer_1.output"], y, rtol=1e-12, atol=1e-14)
    y = y[:, :4, :4].reshape(3, 2, 2, 2, 2).max(axis=(2, 4))
    np.testing.assert_allclose(shown["layer_2.output"], y, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(shown["layer_3.output"], y.ravel(), rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(shown["layer_4.output"], shown["layer_4.W"].T @ y.ravel(), rtol=1e-12, atol=1e-14)


def correlated(channel: Any, kernel: Any) -> Any:
    return correlate2d(channel, kernel, "valid")


def test_a_row_of_the_table_by_hand() -> None:
    params = Params()
    state = frames(params)[-1]
    shown = shapes.arrays(state, params)
    numbers = shown["input"].astype(int)
    assert np.array_equal(shown["layer_1.output"], shown["layer_1.E"][numbers])
    assert np.array_equal(shown["layer_2.output"], np.concatenate(list(shown["layer_1.E"][numbers])))
    np.testing.assert_allclose(shown["layer_3.output"], shown["layer_2.output"] @ shown["layer_3.W"], rtol=1e-12)


def test_the_seed_draws_and_the_step_does_not() -> None:
    params = Params(layers=PICTURE)
    one, again, other = (frames(params, seed) for seed in (1, 1, 2))
    assert one == again
    assert not np.array_equal(one[0].x, other[0].x)
    assert not np.array_equal(one[0].weights, other[0].weights)
    assert all(state.x is one[0].x and state.weights is one[0].weights for state in one)


@given(seed=st.integers(0, 2**31 - 1))
def test_drawn_numbers_have_one_decimal_and_words_a_row(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x = example(Params(layers=PICTURE), rng)
    assert x.shape == (2, 7, 6)
    assert np.array_equal(x, np.round(x, 1))
    assert np.abs(x).max() <= 1
    assert set(np.unique(example(Params(layers=(Embedding(3, 2, input_length=40),)), rng))) <= {0.0, 1.0, 2.0}


def test_the_smallest_table_decides() -> None:
    layers = (TimeDistributed(Embedding(7, 2), input_shape=(2, 3)), Embedding(5, 2))
    assert rows_of(layers) == 5
    assert rows_of((Dense(2),)) == 0


def test_typed_data_of_the_input_s_shape_are_what_goes_in() -> None:
    """Of a batch the first example; a picture is typed with its channels last."""
    data = tuple(tuple(tuple((r * 10 + c, -1) for c in range(6)) for r in range(7)) for _ in range(2))
    params = Params(layers=PICTURE, data=data)
    x = frames(params)[0].x
    assert x.shape == (2, 7, 6)
    assert np.array_equal(as_written(x[None])[0], np.array(data[0]))
    np.testing.assert_array_equal(frames(Params(layers=(Dense(2, input_shape=(1,)),)))[0].x, [1.0])


@pytest.mark.parametrize(
    ("layer", "data", "batch_size", "is_taken"),
    [
        (Dense(2, input_shape=(2,)), ((1, 2), (3, 4)), None, True),
        (Dense(2, input_shape=(2,)), ((1, 2), (3, 4)), 2, True),
        (Dense(2, input_shape=(2,)), ((1, 2), (3, 4)), 3, False),
        (Dense(2, input_shape=(2,)), (1, 2), None, False),
        (Dense(2, input_shape=(2,)), 5, None, False),
        (Flatten(input_shape=()), (5,), None, True),
        (Embedding(5, 2, input_length=2), ((0, 4),), None, True),
        (Embedding(5, 2, input_length=2), ((0, 5),), None, False),
        (Embedding(5, 2, input_length=2), ((0, -1),), None, False),
        (Embedding(5, 2, input_length=2), ((0, 0.5),), None, False),
    ],
)
def test_which_data_are_a_batch_of_the_input(layer: Any, data: Any, batch_size: int | None, is_taken: bool) -> None:
    typed = typed_example(Params(layers=(layer,), data=data, batch_size=batch_size))
    assert (typed is not None) == is_taken
    if typed is not None:
        assert typed.tolist() == (list(data[0]) if isinstance(data[0], tuple) else data[0])


def test_many_numbers_are_counted_but_not_made() -> None:
    layers = (Flatten(input_shape=(224, 224, 3)), Dense(4096), Dense(4096), Dense(1000))
    params = Params(layers=layers)
    assert not has_numbers(params)
    assert shapes.settable(params) == ()
    begin = process_time()
    states = frames(params)
    rows = [shapes.series(state, params) for state in states]
    assert process_time() - begin < 0.5
    assert [row["parameters"] for row in rows[1:]] == [0.0, 616_566_784.0, 16_781_312.0, 4_097_000.0]
    assert set(shapes.arrays(states[-1], params)) == {"shapes", "data_shape"}
    assert tensors(states[-1], params) == ()


def test_where_a_size_is_open_there_are_no_numbers() -> None:
    assert not has_numbers(Params(layers=(SimpleRNN(2, input_shape=(None, 3)),)))
    assert has_numbers(Params(layers=(SimpleRNN(2, input_shape=(5, 3)),)))
    most = MOST_NUMBERS // 2 - 1
    assert has_numbers(Params(layers=(Flatten(input_shape=(most,)),)))
    assert not has_numbers(Params(layers=(Flatten(input_shape=(most + 2,)),)))


def test_numbers_end_where_a_table_has_no_row() -> None:
    """An Embedding may stand behind a Dense; Keras takes the whole part, and a number beyond the table has no row."""
    params = Params(layers=(Dense(2, input_shape=(2,)), Embedding(9, 3), Flatten()), data=((2, 3),))
    assert shapes.check(params) is None
    state = shapes.start(params, Streams.start(0))
    inside = state.with_array("layer_1.W", np.array([[1.0, 2.9], [0.0, 0.0]]), params)
    known = tensors(inside, params)
    assert len(known) == 4
    table = shapes.arrays(inside, params)["layer_2.E"]
    np.testing.assert_array_equal(known[2], table[[2, 5]])
    outside = state.with_array("layer_1.W", np.array([[1.0, 5.0], [0.0, 0.0]]), params)
    assert len(tensors(outside, params)) == 2
    shown = shapes.arrays(frames(params, edits=[(0, SetArray("layer_1.W", np.full((2, 2), 9.0)))])[-1], params)
    assert not np.isnan(shown["layer_1.output"]).any()
    assert np.isnan(shown["layer_2.output"]).all()
    assert np.isnan(shown["layer_3.output"]).all()


def test_numbers_end_where_they_are_not_finite() -> None:
    params = Params(layers=(Dense(1, input_shape=(1,)),) + (Dense(1),) * 49)
    state = shapes.start(params, Streams.start(0))
    for k in range(1, 51):
        state = state.with_array(f"layer_{k}.W", np.array([[1e12]]), params)
    known = tensors(state, params)
    assert 20 < len(known) < 51
    assert all(np.isfinite(y).all() for y in known)


# ---- edits


def test_weights_may_be_set_on_the_way() -> None:
    params = Params()
    before, after = frames(params), frames(params, edits=[(1, SetArray("layer_3.b", np.arange(16.0)))])
    assert after[0] == before[0]
    for t in (1, 2, 3):
        np.testing.assert_array_equal(shapes.arrays(after[t], params)["layer_3.b"], np.arange(16.0))
    was, now = (shapes.arrays(states[3], params)["layer_3.output"] for states in (before, after))
    np.testing.assert_allclose(now - was, np.arange(16.0), atol=1e-12)


def test_every_weight_can_be_set_and_keeps_its_shape() -> None:
    params = Params(layers=PICTURE)
    state = shapes.start(params, Streams.start(0))
    assert shapes.settable(params) == ("layer_1.W", "layer_1.b", "layer_4.W", "layer_4.b")
    for name in shapes.settable(params):
        old = shapes.arrays(state, params)[name]
        changed = state.with_array(name, old + 1, params)
        for other, array in shapes.arrays(changed, params).items():
            is_it = other == name
            assert np.array_equal(array, old + 1 if is_it else shapes.arrays(state, params)[other], equal_nan=True)
        with pytest.raises(ValueError, match="keep its shape"):
            state.with_array(name, old[..., None], params)


# ---- claims


def test_two_ways_to_say_784() -> None:
    """S4: input_dim=784 and input_shape=(784,) are the same to the byte."""
    runs = [Params(layers=(Dense(3, input_dim=784), Dense(2))), Params(layers=(Dense(3, input_shape=(784,)), Dense(2)))]
    one, other = ([shapes.arrays(state, params) for state in frames(params)] for params in runs)
    for row, same in zip(one, other, strict=True):
        assert all(np.array_equal(row[name], same[name], equal_nan=True) for name in row)
        assert list(row) == list(same)


def test_only_the_first_layer_is_told() -> None:
    """S6: without its shape nothing is built; told to a later one it changes nothing; another one is named."""
    told = (Embedding(41, 8, input_length=4), SimpleRNN(6, return_sequences=True), TimeDistributed(Dense(3)), Flatten())
    untold = (Embedding(41, 8), *told[1:])
    assert shapes.check(Params(layers=told)) is None
    assert shapes.check(Params(layers=untold)) is None  # of any length, until something needs it
    refusal = shapes.check(Params(layers=(*untold, Dense(1))))
    assert refusal is not None
    assert (refusal.key, refusal.values["layer"], refusal.values["after"]) == ("layer_axis_open", "Dense", "Flatten")
    for layer in (Dense(3), Conv2D(2, 3), AveragePooling2D(), SimpleRNN(2), Flatten(), TimeDistributed(Dense(2))):
        refusal = shapes.check(Params(layers=(layer,)))
        assert refusal is not None
        assert refusal.key == "layer_input_missing"
    again = (*told[:1], SimpleRNN(6, return_sequences=True, input_shape=(4, 8)), *told[2:])
    assert stack_of(again).shapes == stack_of(told).shapes
    refusal = shapes.check(Params(layers=(*told[:1], SimpleRNN(6, input_shape=(4, 9)))))
    assert refusal is not None
    assert refusal.key == "layer_told_otherwise"


def test_the_shapes_of_the_notes() -> None:
    """S5: a colour picture is (64, 64, 3); the batch is not among what a layer is told."""
    assert [written(s) for s in stack_of([Conv2D(8, 3, input_shape=(64, 64, 3))]).shapes] == [
        (None, 64, 64, 3), (None, 62, 62, 8),
    ]  # fmt: skip
