"""What does not go together, each with one clear refusal; and that whatever is taken can be walked through."""

from __future__ import annotations

from typing import Any

from core import shapes
from core.nn.layers import Conv2D, Dense, Embedding, Flatten, SimpleRNN, written
from core.run.recipe import Recipe
from core.run.replay import replay
from core.shapes.settings import MOST_AXES, Params, cells_in, check, stack


def test_every_legal_stack_is_walked_through(legal: Any) -> None:
    """Shapes by Keras's rules in the table of each row: 0 where Keras says None, −1 beyond the last axis."""
    params, sizes, counts = legal
    assert check(params) is None
    frames = list(replay(shapes, Recipe("shapes", shapes.VERSION, 3, params), 99))
    widest = max(map(len, sizes))
    table = [[size or 0 for size in row] + [-1] * (widest - len(row)) for row in sizes]
    for frame, began in frames:
        row = shapes.series(frame.state, params)
        assert shapes.arrays(frame.state, params)["shapes"].tolist() == table
        assert began == (("end",) if frame.t == len(counts) else ())
        if frame.t:
            assert row == {"layer": frame.t - 1.0, "parameters": counts[frame.t - 1]}
    assert len(frames) == len(counts) + 1


def test_every_illegal_stack_is_refused(illegal: Any) -> None:
    params, _, key, given = illegal
    refusal = check(params)
    assert refusal is not None
    assert (refusal.field, refusal.key, refusal.values.get("given", "")) == ("layers", key, given)


def test_the_batch_fixes_the_first_axis() -> None:
    """S5: (6, 8) with a batch of 32 is (32, 6, 8), and one sample of (100, 64, 32) is (64, 32)."""
    made = stack(Params(layers=(SimpleRNN(4, input_shape=(6, 8)),), batch_size=32))
    assert [written(shape) for shape in made.shapes] == [(32, 6, 8), (32, 4)]
    made = stack(Params(layers=(SimpleRNN(4, input_shape=(64, 32)),), batch_size=100))
    assert written(made.shapes[0]) == (100, 64, 32)
    refusal = check(Params(layers=(Dense(1, batch_input_shape=(8, 3)),), batch_size=9))
    assert refusal is not None
    assert (refusal.key, refusal.values["name"], refusal.values["other"]) == (
        "layer_input_twice", "batch_input_shape", "batch_size",
    )  # fmt: skip


def test_ragged_data_are_refused() -> None:
    refusal = check(Params(data=((1, 2), (3,))))
    assert refusal is not None
    assert (refusal.field, refusal.key, refusal.values["place"]) == ("data", "data_ragged", "data[1]")


def test_tensors_that_nobody_can_count_are_refused() -> None:
    largest = Dense(1_000_000, use_bias=False, input_shape=(1_000_000, 1_000_000))
    assert check(Params(layers=(largest,))) is None  # 10¹² cells, and as many weights
    for one in (
        (Flatten(input_shape=(1_000_000,) * 4),),
        (Dense(1_000_000, input_shape=(1_000_000, 1_000_000)),),
        (largest, Embedding(9, 2)),
        (Conv2D(1_000_000, 1000, input_shape=(1000, 1000, 1000)),),
    ):
        refusal = check(Params(layers=one))
        assert refusal is not None
        assert (refusal.field, refusal.key) == ("layers", "layers_size")
        assert refusal.values["place"] == len(one)
    assert check(Params(layers=(Embedding(2, 2, input_shape=(1,) * (MOST_AXES - 2)),))) is None
    refusal = check(Params(layers=(Embedding(2, 2, input_shape=(1,) * (MOST_AXES - 1)),)))
    assert refusal is not None
    assert (refusal.key, refusal.values["given"]) == ("layers_axes", MOST_AXES + 1)


def test_open_axes_count_as_one_cell() -> None:
    assert cells_in(stack(Params(layers=(Dense(2, input_shape=(None, 7)),))).shapes[0]) == 7
