"""A tile shows what its net makes of the plane with the weights that the step in view used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.activations import arrays
from core.activations.inside import field
from core.activations.settings import FUNCTIONS
from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.activations.tile import Tile, home_of
from widgets.plots.marks.ground import Shade
from widgets.plots.marks.path import Path
from widgets.plots.marks.points import Clouds

Record = Callable[..., Timeline[Any, Any]]


def parts(tile: Tile) -> dict[type, Any]:
    return {type(mark): mark for mark in tile.marks()}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_field_is_p_of_the_weights_before_the_step(record: Record, entry: Any, function: Any) -> None:
    run = record(6, functions=(function,))
    made = parts(Tile(View(run, 6), function, entry.texts))
    ground = made[Shade]
    x0, x1, y0, y1 = home_of(run.params_at(6))
    rows, columns = ground.share.shape
    x = x0 + (np.arange(columns) + 0.5) / columns * (x1 - x0)
    y = y0 + (np.arange(rows) + 0.5) / rows * (y1 - y0)
    used = run.frame(5).state.nets[0].weights
    p = field(used, function, run.params_at(6), x, y, single=True)
    np.testing.assert_allclose(ground.share[::-1], p)
    border = made[Path].xy[np.isfinite(made[Path].xy[:, 0])]
    at = np.array([field(used, function, run.params_at(6), xy[:1], xy[1:])[0, 0] for xy in border[::9]])
    assert np.abs(at - 0.5).max(initial=0) < 0.05


def test_the_title_is_the_accuracy_of_the_row(record: Record, entry: Any) -> None:
    run = record(30)
    for t in (7, 30):
        for function in run.params_at(0).functions:
            tile = Tile(View(run, t), function, entry.texts)
            accuracy = float(run.series.row(t)[f"{function}.accuracy"])
            assert float(tile.is_right.mean()) == accuracy
            assert f"{accuracy:.3f}" in tile.said


def test_a_net_that_left_says_so_in_place_of_a_share(record: Record, entry: Any) -> None:
    run = record(2, functions=("relu", "tanh"), optimizer="sgd")
    for k, shape in ((1, (2, 8)), (2, (8, 8))):
        run = run.fork(run.recipe.edited(2, SetArray(f"relu.layer_{k}.W", np.full(shape, 1e9))))
    run.frame(4)
    assert Tile(View(run, 4), "relu", entry.texts).said == "diverged"
    assert "right" in Tile(View(run, 4), "tanh", entry.texts).said
    assert "right" in Tile(View(run, 2), "relu", entry.texts).said


def test_wrong_points_are_ringed_and_classes_have_shapes(record: Record, entry: Any) -> None:
    run = record(10)
    wrong, *classes = parts(Tile(View(run, 10), "relu", entry.texts))[Clouds].groups
    held = arrays(run.frame(10).state, run.params_at(10))
    assert wrong.hollow
    assert len(wrong.xy) == round(200 * (1 - float(run.series.row(10)["relu.accuracy"])))
    assert [len(group.xy) for group in classes] == np.bincount(held["targets"]).tolist()
    assert len({group.shape for group in classes}) == 2


def test_what_does_not_change_from_step_to_step_is_the_same_value(record: Record, entry: Any) -> None:
    """So that the picture of the points is kept, and that of the field while the step in view is."""
    run = record(10)
    at = [parts(Tile(View(run, t), "relu", entry.texts)) for t in (9, 10, 10)]
    assert at[0][Clouds].groups[1:] == at[1][Clouds].groups[1:]
    assert at[0][Shade] != at[1][Shade]
    assert at[1][Shade] == at[2][Shade]


def test_after_an_edit_the_rows_own_weights_are_drawn(record: Record, entry: Any) -> None:
    run = record(8)
    edited = run.fork(run.recipe.edited(8, SetArray("tanh.layer_3.b", np.array([50.0]))))
    shares = parts(Tile(View(edited, 8), "tanh", entry.texts))[Shade].share
    assert shares.min() > 0.99
    assert parts(Tile(View(run, 8), "tanh", entry.texts))[Shade].share.min() < 0.5


def test_what_tells_an_answer_is_left_out(record: Record, entry: Any) -> None:
    made = parts(Tile(View(record(5), 5, covered=True), "relu", entry.texts))
    assert Shade not in made
    assert Path not in made
    assert not any(group.hollow for group in made[Clouds].groups)


def test_runs_beside_have_their_border_with_its_letter(record: Record, entry: Any) -> None:
    run, other = record(30), record(30, learning_rate=0.1)
    view = View(run, 30, compared=(Compared(run, "A"), Compared(other, "B")), letter="A")
    own, beside = (mark for mark in Tile(view, "tanh", entry.texts).marks() if isinstance(mark, Path))
    alone = parts(Tile(View(other, 30), "tanh", entry.texts))[Path]
    np.testing.assert_array_equal(beside.xy, alone.xy)
    assert (own.dashed, beside.dashed, beside.label) == (False, True, "B")
    assert beside.at in {tuple(xy) for xy in beside.xy.tolist()}
