"""The tasks can be done, and are not done by something else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import convolution
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.recipes.plain_recipes import read_params, with_changes
from playground.scenes.scene import scenes
from playground.topic_list import topic
from widgets.grids.board import Caption
from widgets.grids.grid import Outline, Placed

TASKS = {scene.id: scene for scene in scenes(topic("convolution")) if scene.is_task}
CORNERS = [[1, -2, 1], [-2, 4, -2], [1, -2, 1]]


def attempt(id: str, steps: int = 100, changes: tuple[tuple[int, str, Any], ...] = (), **given: Any) -> bool:
    recipe = Recipe("convolution", 1, 0, read_params(convolution, {**TASKS[id].plain[0][1]["params"], **given}))
    edits = [{"step": step, "name": name, "value": value} for step, name, value in changes]
    timeline = Timeline(convolution, with_changes(convolution, recipe, edits))
    while timeline.recorded < steps and not timeline.ended:
        timeline.extend()
    return TASKS[id].reached(timeline)


@pytest.mark.parametrize("id", TASKS)
def test_playing_alone_does_not_do(id: str) -> None:
    assert not attempt(id, 400)


@pytest.mark.parametrize("id", TASKS)
def test_the_opening_state_has_reached_nothing(id: str) -> None:
    run = Timeline(convolution, Recipe("convolution", 1, 0, convolution.Params()))
    while not run.ended:
        run.extend()
    assert not TASKS[id].reached(run)


@pytest.mark.parametrize("id", TASKS)
@pytest.mark.parametrize("operation", ["convolution", "max pooling", "average pooling", "learn"])
def test_pictures_and_kernels_of_ones_own_do_not_disturb(id: str, operation: str) -> None:
    picture = np.arange(192.0).reshape(3, 8, 8).tolist()
    kernels = np.ones((2, 3, 3, 3)).tolist()
    given = {"operation": operation, "image": picture, "kernel": kernels, "target": kernels}
    assert attempt(id, 5, **given) is False


def test_stride_and_padding_halve_the_output() -> None:
    assert attempt("halve_the_output", stride=2, padding=1)
    assert attempt("halve_the_output", stride=2, kernel_size=2)
    assert not attempt("halve_the_output", stride=2)
    assert not attempt("halve_the_output", operation="max pooling")
    assert not attempt("halve_the_output", input_size=6)


def test_two_rings_keep_the_size() -> None:
    assert attempt("keep_the_size", kernel_size=5, padding=2)
    assert not attempt("keep_the_size", kernel_size=5, padding=1)
    assert not attempt("keep_the_size", kernel_size=3, padding=1)


def test_dilation_three_sees_seven() -> None:
    assert attempt("see_seven_with_nine", dilation=3)
    assert not attempt("see_seven_with_nine", kernel_size=7)
    assert not attempt("see_seven_with_nine", dilation=2)


def test_a_kernel_that_looks_up_and_down_is_blind_to_the_bars() -> None:
    assert attempt("blind_to_the_bars", kernel="horizontal-edge")
    assert attempt("blind_to_the_bars", kernel=[[0, 1, 0], [0, 0, 0], [0, -1, 0]])
    assert not attempt("blind_to_the_bars", kernel="zeros")
    assert not attempt("blind_to_the_bars", 10, kernel="horizontal-edge")  # not swept to the end
    assert not attempt("blind_to_the_bars", kernel="horizontal-edge", image="circle")
    assert not attempt("blind_to_the_bars", kernel="outline")


def test_rows_and_columns_that_sum_to_nothing_find_corners() -> None:
    assert attempt("find_corners", kernel=CORNERS)
    assert attempt("find_corners", kernel=[[1, 0, -1], [0, 0, 0], [-1, 0, 1]])
    assert attempt("find_corners", changes=((3, "kernel", CORNERS),))
    for name in ("vertical-edge", "outline", "blur"):
        assert not attempt("find_corners", kernel=name)
    assert not attempt("find_corners", kernel="sharpen", kernel_size=5)
    assert not attempt("find_corners", kernel=np.ones((3, 3)).tolist())


def test_a_larger_rate_learns_in_thirty_steps() -> None:
    assert attempt("learn_in_thirty_steps", learning_rate=0.0085)
    assert not attempt("learn_in_thirty_steps", learning_rate=0.02)
    assert not attempt("learn_in_thirty_steps", learning_rate=0.0085, kernel="vertical-edge")
    helped = ((3, "kernel", [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]),)
    assert not attempt("learn_in_thirty_steps", changes=helped)


@pytest.mark.parametrize("id", ["padding_keeps_the_edge", "as_a_matrix"])
def test_a_page_that_tells_the_answer_is_drawn_when_the_film_begins(window: Any, settle: Any, id: str) -> None:
    tab = window.visit("convolution")
    tab.stage.open(id)
    settle()
    page = tab.plots()[tab.stage.scenes[id].set_up.panels[0]]
    name = page.objectName().removeprefix("panel.")
    assert page.isVisibleTo(tab)
    assert np.isnan(page.placed(name).grid.values).all()  # its cells are there, and what is asked of them
    assert "?" in {item.text for item in page.items() if isinstance(item, Caption)}
    tab.stage.skip()
    settle()
    assert np.isfinite(page.placed(name).grid.values).any()
    assert "?" not in {item.text for item in page.items() if isinstance(item, Caption)}
    tab.stage.open("one_map_per_kernel")  # which speaks of the sweep
    assert tab.sweep.isVisibleTo(tab)
    tab.stage.close()


def test_the_asked_cell_is_marked_until_the_film_begins(window: Any, settle: Any) -> None:
    tab = window.visit("convolution")
    tab.stage.open("one_window_one_cell")
    settle()
    marks = [item for item in tab.sweep.items() if isinstance(item, Caption) and item.text == "?"]
    first = tab.sweep.placed("output 0").cells(Outline(0, 0))
    assert [first.contains(mark.x, mark.y) for mark in marks] == [True]
    assert tab.sweep.placed("input").grid.outlines  # the window it is made of
    assert tab.sweep.placed("field 0") is None  # but not its products
    tab.stage.skip()
    tab.run.advance(1)
    assert tab.focus is None  # the film goes on from cell to cell
    tab.run.advance(1)
    assert "?" not in {item.text for item in tab.sweep.items() if isinstance(item, Caption)}
    assert tab.look().cell == (0, 0, 1)
    tab.stage.close()


@pytest.mark.parametrize("id", ["output_size", "dilation_like_a_chessboard", "one_map_per_kernel"])
def test_while_a_scene_asks_nothing_tells_how_large_maps_get(window: Any, settle: Any, id: str) -> None:
    tab = window.visit("convolution")
    tab.stage.open(id)
    settle()
    cells = tab.texts.get("measures", "cells")
    assert cells not in {measure.label for measure in tab.measures(tab.view())}
    assert not any("7 × 7" in item.text for item in tab.sweep.items() if isinstance(item, Caption))
    tab.stage.skip()
    assert cells in {measure.label for measure in tab.measures(tab.view())}
    tab.stage.close()


def test_coverage_of_compared_runs_stands_side_by_side(window: Any, settle: Any) -> None:
    tab = window.visit("convolution")
    tab.stage.open("padding_keeps_the_edge")
    tab.stage.skip()
    settle()
    grids = [item for item in tab.coverage.items() if isinstance(item, Placed)]
    assert [item.grid.values[0, 0] for item in grids] == [9, 4, 1]
    titles = [item.text for item in tab.coverage.items() if isinstance(item, Caption) and " · " in item.text]
    assert [title[:3] for title in titles] == ["A ·", "B ·", "C ·"]
    said = [item.text for item in tab.coverage.items() if isinstance(item, Caption)]
    counted = ["corner 9, edge 9, most 9", "corner 4, edge 6, most 9", "corner 1, edge 3, most 9"]
    assert [text for text in said if text.startswith("corner")] == counted  # each tells its own
    tab.stage.close()


def test_maps_compared_have_the_same_colours_for_the_same_numbers(window: Any, settle: Any) -> None:
    tab = window.visit("convolution")
    tab.stage.open("one_map_per_kernel")
    tab.stage.skip()
    tab.run.advance(36)
    settle()
    own, other = (tab.sweep.placed(name).grid for name in ("output 0", "pinned 0"))
    assert np.array_equal(own.values, other.values)
    assert own.ramp == other.ramp
    tab.stage.close()


def test_the_moments_light_what_sees_a_cell(window: Any, settle: Any) -> None:
    tab = window.visit("convolution")
    tab.stage.open("receptive_field")
    tab.stage.skip()
    for step, lit in ((8, 4), (15, 1)):
        tab.run.seek(0)
        tab.run.advance(step)
        assert tab.stage.on.moment
        outlines = tab.sweep.placed("output 0").grid.outlines
        assert sum(outline.colour == "orange" for outline in outlines) == lit
        tab.stage.play()
    tab.stage.close()


def test_a_kernel_that_is_learned_shows_its_numbers_in_a_small_window(window: Any, settle: Any) -> None:
    window.resize(1100, 700)
    tab = window.visit("convolution")
    tab.stage.open("learned_from_a_copy")
    tab.stage.skip()
    tab.run.advance(5)
    settle()
    placed = tab.sweep.placed("kernel 0")
    assert placed.grid.form.fit(*placed.size) is not None
    tab.stage.close()


def test_a_run_beside_is_told_whole_though_its_window_has_more_products(window: Any) -> None:
    tab = window.visit("convolution")
    tab.stage.open("pooling_beside_convolution")
    tab.stage.skip()
    tab.run.advance(1)
    tab.set_playing(False)  # paused, a step may be taken apart
    view = tab.view()
    beside = view.of(view.beside[0])
    assert view.beat == tab.beats()[-1]
    told = tab.explanation(beside).rows[-1][1][-1][-1].value
    assert float(str(told).replace("\N{MINUS SIGN}", "-")) == beside.row["value"]
    tab.stage.close()


def test_one_runs_size_stands_beside_its_letter_where_names_are_too_long(window: Any, settle: Any) -> None:
    window.resize(1100, 700)
    tab = window.visit("convolution")
    tab.stage.open("dilation_like_a_chessboard")
    tab.stage.skip()
    tab.run.advance(1)
    settle()
    said = {item.text for item in tab.sweep.items() if isinstance(item, Caption)}
    assert {"4 × 4", "6 × 6", "8 × 8"} <= said
    tab.stage.close()
