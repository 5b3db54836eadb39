"""A square a unit: how steep its function is where its inputs lie, and × where it is flat for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.activations.explained import Chosen
from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.scenes.mark import Spoken
from playground.scenes.scene import scenes
from playground.topics.activations.squares import Squares
from playground.topics.activations.tile import Tile
from widgets.grids.board import Caption
from widgets.grids.board_lines import Corners
from widgets.grids.grid import Placed

Record = Callable[..., Timeline[Any, Any]]
pytestmark = pytest.mark.usefixtures("qapp")


def squares(run: Timeline[Any, Any], t: int, function: Any, chosen: Chosen, entry: Any) -> Squares:
    return Squares(Tile(View(run, t), function, entry.texts), chosen)


def test_each_layer_has_its_units_and_the_chosen_one_a_frame(record: Record, entry: Any) -> None:
    shown = squares(record(4), 4, "tanh", Chosen("tanh", 1, 5, 0), entry)
    placed = [item for item in shown.arrange(300.0, 18.0) if isinstance(item, Placed)]
    assert [item.name for item in placed] == ["layer 0", "layer 1"]
    for layer, item in enumerate(placed):
        np.testing.assert_array_equal(item.grid.values[0], shown.tile.net.steepness[layer])
        assert [outline.column for outline in item.grid.outlines] == ([5] if layer else [])
    assert placed[1].rect.right() <= 300


def test_a_dead_unit_is_crossed_out(record: Record, entry: Any) -> None:
    run = record(2)
    dead = run.fork(run.recipe.edited(2, SetArray("layer_1.b", np.array([0.0, -20, *[0.0] * 6]))))
    crosses = {}
    for function in ("relu", "tanh"):
        items = squares(dead, 2, function, Chosen("relu", 0, 0, 0), entry).arrange(300.0, 18.0)
        (first, *_) = (item for item in items if isinstance(item, Placed))
        at = [item.x for item in items if isinstance(item, Caption) and item.text == "×"]
        crosses[function] = [int((x - first.left) // first.cell) for x in at]
    assert 1 in crosses["relu"]
    assert 1 in crosses["tanh"]  # far out tanh is flat, too
    plain = squares(run, 2, "tanh", Chosen("relu", 0, 0, 0), entry).arrange(300.0, 18.0)
    assert not any(isinstance(item, Caption) and item.text == "×" for item in plain)


@pytest.mark.parametrize(("layers", "units", "shown"), [(2, 12, [0, 1]), (3, 4, [2]), (1, 13, [0])])
def test_of_a_large_net_the_layer_told_of_is_shown(
    record: Record, entry: Any, layers: int, units: int, shown: list[int]
) -> None:
    run = record(1, layers=layers, units=units)
    made = squares(run, 1, "relu", Chosen("relu", layers - 1, 0, 0), entry)
    assert made.layers == shown
    placed = [item for item in made.arrange(160.0, 18.0) if isinstance(item, Placed)]
    assert all(item.rect.right() <= 160 for item in placed)


def test_the_units_a_scene_speaks_of_have_corners(entry: Any) -> None:
    scene = next(scene for scene in scenes(entry) if scene.id == "too_large_a_step")
    run = scene.recorded()
    view = View(run, run.recorded, spoken=Spoken(scene.mark))
    made = Squares(Tile(view, "relu", entry.texts), Chosen("relu", 0, 0, 0))
    items = made.arrange(300.0, 18.0)
    (placed,) = (item for item in items if isinstance(item, Placed))
    corners = sorted(item.rect.left() for item in items if isinstance(item, Corners))
    dead = np.flatnonzero(made.tile.net.dead[0])
    np.testing.assert_allclose(corners, placed.left + dead * placed.cell)
    assert len(dead) == 7
