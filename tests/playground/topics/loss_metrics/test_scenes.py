"""The scenes' numbers are those of their runs, and the tasks are done by hand alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.recipe import SetArray, SetParam
from core.run.timeline import Timeline
from playground.recipes.plain_recipes import read_recipe
from playground.scenes.scene import Scene, scenes
from playground.topics.loss_metrics.tab import LossMetricsTab


def scene_of(entry: Any, id: str) -> Scene:
    return next(scene for scene in scenes(entry) if scene.id == id)


@pytest.mark.parametrize(("id", "truth"), [
    ("another_metric", 0.0), ("far_too_long", 1.625), ("three_items", 0.639), ("one_neuron_twice", 0.203),
    ("four_pulled_down", 0.801), ("wrong_at_the_flat_end", 11014.2), ("twenty_answers", [0.1, 0.5]),
])  # fmt: skip
def test_what_is_true(entry: Any, id: str, truth: Any) -> None:
    outcome = scene_of(entry, id).check()
    assert outcome.holds
    assert outcome.truth == pytest.approx(truth, rel=1e-3)


def test_twenty_answers_are_those_of_the_paper(entry: Any) -> None:
    """Scores and classes of Fawcett (2006), figure 3, and what it says of them: 70 % at 0.54."""
    scores = [.9, .8, .7, .6, .55, .54, .53, .52, .51, .505, .4, .39, .38, .37, .36, .35, .34, .33, .3, .1]  # fmt: skip
    rows = scene_of(entry, "twenty_answers").recipe().params.dataset
    assert 1 / (1 + np.exp(-rows[:, 0])) == pytest.approx(scores, abs=1e-6)
    assert "".join("np"[int(t)] for t in rows[:, 2]) == "ppnpppnnpnpnpnnnpnpn"
    assert scene_of(entry, "twenty_answers").check().values["accuracy"] == "0.70"


def test_a_drawn_threshold_finds_all_ten_and_the_run_alone_does_not(entry: Any) -> None:
    task = scene_of(entry, "find_all_ten")
    run = Timeline(entry.core, task.recipe())
    run.record(400)
    assert not task.reached(run)
    run = Timeline(entry.core, task.recipe().edited(150, SetParam("threshold", 0.2)))
    run.record(151)
    assert not task.reached_at(run, 0)
    assert task.reached_at(run, 151)


@pytest.mark.parametrize(("weights", "done"), [
    ((6, 0, 0), True), ((1, 0, 0), False), ((-6, 0, 0), False), ((0, 0, 0), False),
])  # fmt: skip
def test_both_rise_where_a_weight_is_pulled_far(entry: Any, weights: tuple[float, ...], done: bool) -> None:
    task = scene_of(entry, "both_rise_by_hand")
    recipe = task.recipe().edited(0, SetArray("weights", np.array(weights, dtype=float)))
    assert task.reached_at(Timeline(entry.core, recipe), 0) == done


def test_points_of_ones_own_are_not_those_of_the_task(entry: Any) -> None:
    points = {"dataset": [[1, 0, 1], [-1, 0, 0], [2, 0, 1]]}
    recipe = recipe_of(entry, points).edited(0, SetArray("weights", np.array([6.0, 0, 0])))
    assert not scene_of(entry, "both_rise_by_hand").reached_at(Timeline(entry.core, recipe), 0)


def recipe_of(entry: Any, plain: dict[str, Any]) -> Any:
    data = {"topic": entry.id, "version": entry.core.VERSION, "seed": 0, "changes": [], "params": plain}
    return read_recipe(data)


def test_what_is_asked_does_not_stand_in_the_pictures(tab: LossMetricsTab) -> None:
    tab.complete()
    tab.stage.open("twenty_answers")
    assert tab.view().covered
    assert set(tab.row_values(tab.view()).values()) == {"–"}
    for panel in ("roc", "weight"):
        tab.shown.show(panel, tab.view())
    assert [plot.marks for plot in (tab.roc, tab.pr, tab.weight)] == [(), (), ()]
