"""The Dense layer on its board: the product and its slopes, gaps crossed out; and the net of candidates as numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.nn.layers import Dense
from core.ratings.algorithm import arrays
from core.ratings.candidates import served
from core.run.explanation import Focus
from playground.topics.ratings.as_dense import BY_W, BY_X, BY_Y, Crossed, DenseLayer, W, X, Y
from widgets.grids.board import Caption
from widgets.grids.grid import Placed


def grids(tab: Any, width: float = 360, height: float = 520) -> dict[str, Any]:
    items = DenseLayer(tab.view(), tab.texts).arrange(width, height)
    return {item.name: item for item in items if isinstance(item, Placed)}


def captions(items: Any) -> list[str]:
    return [item.text for item in items if isinstance(item, Caption)]


def test_what_stands_there_is_what_a_dense_layer_makes_and_gives_back(tab: Any) -> None:
    tab.run.advance(100)
    told, shown = arrays(tab.run.frame.state, tab.run.params), grids(tab)
    layer, weights, rated = Dense(4, use_bias=False), {"W": told["items"]}, ~np.isnan(told["ratings"])
    made, held = layer.forward(weights, told["users"])
    slope = np.where(rated, 2 / rated.sum() * (made - np.where(rated, told["ratings"], 0)), 0.0)
    by_x, by = layer.backward(weights, held, slope)
    penalty = 2 * tab.run.params.regularization / rated.sum()
    for name, array in ((X, told["users"]), (W, told["items"]), (Y, made)):
        np.testing.assert_array_equal(shown[name].grid.values, array)
    np.testing.assert_allclose(shown[BY_X].grid.values, by_x + penalty * rated.sum(1)[:, None] * told["users"])
    np.testing.assert_allclose(shown[BY_W].grid.values, by["W"] + penalty * rated.sum(0) * told["items"])
    np.testing.assert_allclose(shown[BY_Y].grid.values, np.where(rated, slope, np.nan))


def test_gaps_are_crossed_out_and_the_layer_is_named_as_in_keras(tab: Any) -> None:
    tab.run.advance(3)
    items = DenseLayer(tab.view(), tab.texts).arrange(360, 520)
    assert {(item.row, item.column) for item in items if isinstance(item, Crossed)} == {(0, 2), (1, 1), (2, 1), (3, 2)}
    said = " ".join(captions(items))
    assert "Dense(4" in said
    assert "input_dim=2" in said
    assert "batch_size=4" in said
    assert "10⁻¹²" in said


@pytest.mark.parametrize(("width", "height", "count"), [(360, 520, 6), (600, 200, 6), (240, 170, 3)])
def test_where_it_is_low_they_stand_beside_each_other_and_where_it_is_small_one_of_them(
    tab: Any, width: float, height: float, count: int
) -> None:
    tab.run.advance(3)
    shown = grids(tab, width, height)
    assert len(shown) == count
    for placed in shown.values():
        assert placed.rect.right() <= width
        assert placed.rect.bottom() <= height


def test_of_many_people_and_films_those_spoken_of_are_shown(tab: Any) -> None:
    tab.run.restart_with({"ratings": "films", "n_factors": 6})
    tab.run.advance(3)
    tab.choose(Focus("rating", (20, 9)))
    picture = DenseLayer(tab.view(), tab.texts)
    assert picture.focus_of(Y, 3, 3) == Focus("rating", (20, 9))
    now = tab.run.frame.state.learned
    np.testing.assert_array_equal(grids(tab)[X].grid.values, now.users[17:21, :4])
    np.testing.assert_array_equal(grids(tab)[Y].grid.values, (now.users @ now.items)[17:21, 6:10])


def test_someone_new_is_no_part_of_the_batch(tab: Any) -> None:
    tab.choose(Focus("user", (4,)))
    assert grids(tab)[X].grid.values.shape == (4, 2)


def test_the_net_of_candidates_goes_from_the_mean_over_relu_to_scores(tab: Any, forward: Any) -> None:
    tab.run.restart_with({"model": "candidates", "watched": [0, 6]})
    tab.run.advance(30)
    items = forward("dense").items()
    told = served(tab.run.frame.state.learned.weights, tab.run.params)
    shown = {item.name: item.grid.values[0] for item in items if isinstance(item, Placed)}
    np.testing.assert_array_equal(shown["net mean"], told.centre)
    np.testing.assert_allclose(shown["net mean"], (shown["net Soup"] + shown["net Piano"]) / 2)
    np.testing.assert_array_equal(shown["net u = ReLU"], told.user)
    assert f"{100 * told.probabilities.max():.1f}%" in captions(items)
