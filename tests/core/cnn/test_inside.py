"""What a cell sees, what excites a map, what never fires: each found once more by trying."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import cnn
from core.cnn import Params, State
from core.cnn.algorithm import outputs_for
from core.cnn.inside import Field, all_silent, field, outputs_on_test, patches, seen_by, silent, sum_of
from core.cnn.settings import net
from core.data.digits import digits
from core.nn.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D
from core.run.streams import Streams

LAST = Dense(10, activation="softmax")
STACKS: dict[str, Any] = {
    "default": Params().layers,
    "strides": (
        Conv2D(2, 3, strides=2, padding="same", activation="tanh"), AveragePooling2D(3, strides=1, padding="same"),
        Conv2D(2, (1, 2), activation="elu"), Dense(3), Flatten(), LAST,
    ),
    "holes": (Conv2D(2, (2, 3), dilation_rate=(3, 2), use_bias=False), Flatten(), Dense(4), LAST),
}  # fmt: skip


def trained(layers: Any, steps: int = 3) -> State:
    params = Params(layers=layers, learning_rate=0.01)
    state = cnn.start(params, Streams.start(1))
    for t in range(1, steps + 1):
        state = cnn.step(state, params, Streams.step(1, t))
    return state


def places(layers: Any, rng: np.random.Generator) -> list[tuple[int, tuple[int, ...]]]:
    shapes = net(layers).stack.shapes
    drawn = [(k, tuple(int(rng.integers(a.size or 1)) for a in shapes[k][1:])) for k in range(1, len(shapes))]
    return [*drawn, (1, tuple((axis.size or 1) - 1 for axis in shapes[1][1:])), (1, (0,) * (len(shapes[1]) - 1))]


@pytest.mark.parametrize("name", STACKS)
def test_a_cell_depends_on_the_cells_it_sees_and_on_no_other(name: str) -> None:
    layers, rng = STACKS[name], np.random.default_rng(2)
    weights = np.abs(trained(layers).weights) + 0.01  # so that no function is flat and no max hides a cell for good
    for k, place in places(layers, rng):
        counts = np.zeros((8, 8), dtype=bool)
        for _ in range(12):
            picture = rng.uniform(0.1, 1.0, (8, 8))
            was = outputs_for(weights, layers, picture)[k][place]
            for row, column in np.ndindex(8, 8):
                other = picture.copy()
                other[row, column] += 5.0
                counts[row, column] |= outputs_for(weights, layers, other)[k][place] != was
        seen = np.zeros((8, 8), dtype=bool)
        _, rows, columns = seen_by(layers, k, place)[0]
        seen[np.ix_(rows, columns)] = True
        assert (counts <= seen).all()
        if "holes" not in name:
            part = field(layers, k, place).inside
            assert counts.sum() == part.rows * part.columns
            assert counts[part.top : part.top + part.rows, part.left : part.left + part.columns].all()


def test_every_layer_on_the_way_is_told() -> None:
    """The cell of the second convolution sees 3 × 3 of every pooled map, those 6 × 6 of every map, those 8 × 8."""
    way = seen_by(Params().layers, 3, (4, 2, 1))
    sizes = [[len(axis) for axis in cells] for cells in way]
    assert sizes == [[1, 7, 7], [8, 6, 6], [8, 3, 3], [1, 1, 1]]
    assert way[-1] == ((4,), (2,), (1,))
    own = field(Params().layers, 3, (4, 2, 1))
    assert own == Field(1, -1, 8, 8)
    assert own.inside == Field(1, 0, 7, 7)
    assert field(Params().layers, 6, (3,)) == Field(0, 0, 8, 8)


def test_a_field_cut_out_of_a_picture_has_paper_where_there_is_padding() -> None:
    picture = np.arange(64.0).reshape(8, 8) + 1
    assert Field(-1, 6, 3, 3).cut(picture).tolist() == [[0, 0, 0], [7, 8, 0], [15, 16, 0]]
    assert not Field(9, 9, 2, 2).cut(picture).any()


def test_the_patches_of_a_first_map_times_its_kernel_are_its_largest_cells() -> None:
    """N5: patch · kernel + b is the map to the last digits, and patches are much more alike than random ones."""
    params, state = Params(), trained(Params().layers, 60)
    row = cnn.arrays(state, params)
    answers = outputs_on_test(state.weights, params.layers)[1]
    for map_ in range(8):
        found = patches(state.weights, params.layers, 1, map_)
        assert len({patch.digit for patch in found}) == 9
        assert sorted((patch.value for patch in found), reverse=True) == [patch.value for patch in found]
        assert [patch.value for patch in found] == sorted(answers[:, map_].max(axis=(1, 2)), reverse=True)[:9]
        for patch in found:
            assert patch.cells.shape == (3, 3)
            z = float((patch.cells * row["layer_1.W"][map_, 0]).sum() + row["layer_1.b"][map_])
            assert max(z, 0) == pytest.approx(patch.value, abs=1e-12)
    whole = patches(state.weights, params.layers, 3, 0)[0]
    assert whole.cells.shape == (8, 8)
    unit = patches(state.weights, params.layers, 6, 5)[0]
    np.testing.assert_array_equal(unit.cells, digits().images[unit.digit])


def test_silent_is_what_gives_0_for_every_held_out_digit() -> None:
    layers = Params().layers
    state = trained(layers, 20)
    dead = state.with_array("layer_1.b", np.array([-50.0, *[0.0] * 7]), Params())
    told = silent(dead.weights, layers)
    assert [len(one) for one in told] == [8, 8, 16, 16, 64, 64, 10]
    assert told[0].tolist() == told[1].tolist() == [True, *[False] * 7]
    hidden = [outputs_for(dead.weights, layers, digits().images[i])[6] for i in digits().test]
    assert told[5].tolist() == (np.max(hidden, axis=0) == 0).tolist()
    assert 0 < told[5].sum() < 40
    assert all_silent(dead.weights, layers) == ()
    gone = dead.with_array("layer_3.b", np.full(16, -50.0), Params())
    assert all_silent(gone.weights, layers) == (3, 4, 5)
    assert not silent(gone.weights, layers)[6].any()


@pytest.mark.parametrize("name", STACKS)
def test_the_parts_of_a_sum_add_up_to_what_the_layer_gives(name: str) -> None:
    layers, rng = STACKS[name], np.random.default_rng(3)
    state = trained(layers)
    outputs = outputs_for(state.weights, layers, digits().images[5])
    bare, own = net(layers).stack, net(layers).stack.by_layer(state.weights)
    for k, place in places(layers, rng):
        layer = bare.layers[k - 1]
        if not isinstance(layer, Conv2D | Dense):
            continue
        made = sum_of(layer, dict(own[k - 1]), outputs[k - 1], place)
        linear = layer.__class__(**{**_fields(layer), "activation": None})
        z = linear.forward(own[k - 1], outputs[k - 1][None])[0][0]
        assert made.total == pytest.approx(z[place], abs=1e-12)
        assert made.by_map.sum() + made.bias == pytest.approx(made.total, abs=1e-12)
        assert made.given.shape == made.weights.shape
        assert not made.given[..., ~made.is_seen].any()


def _fields(layer: Any) -> dict[str, Any]:
    return {name: getattr(layer, name) for name in layer.__dataclass_fields__ if name != "type"}


def test_a_max_is_seen_whole_though_only_one_cell_counts() -> None:
    assert seen_by((MaxPooling2D(2), Flatten(), LAST), 1, (0, 1, 3))[0] == ((0,), (2, 3), (6, 7))
