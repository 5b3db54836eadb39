"""Centroids that come and go in mid-run."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from core import kmeans
from core.kmeans import Params, State
from core.kmeans.algorithm import MoveCentroid, MovePoint, inertia_of
from core.run.recipe import Recipe, SetArray
from core.run.replay import replay

FAR = np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0]])


def recipe(params: Params, *edits: tuple[int, Any], seed: int = 0) -> Recipe[Params]:
    made = Recipe("kmeans", 1, seed, params)
    for step, edit in edits:
        made = made.edited(step, edit)
    return made


def states(run: Recipe[Params], steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(kmeans, run, steps)]


def regrouped(rows: Any, *, at: int = 5) -> Recipe[Params]:
    return recipe(Params(), (at, SetArray("centroids", np.array(rows))), seed=1)


def test_a_centroid_is_added_in_mid_run_and_the_run_goes_on_as_from_there() -> None:
    plain = states(recipe(Params(), seed=1), 5)
    added = np.vstack([plain[5].centroids, [[0.0, 0.0]]])
    run = states(regrouped(added), 12)
    assert [len(state.centroids) for state in run] == [4] * 5 + [5] * 8
    assert (run[5].labels == plain[5].labels).all()
    assert (run[6].labels == kmeans.algorithm.nearest(run[5].points, added)).all()
    assert run[6].phase == "assign"
    assert states(regrouped(added), 12) == run


def test_the_points_of_a_centroid_taken_away_belong_to_none_until_the_next_assign() -> None:
    plain = states(recipe(Params(), seed=1), 5)[5]
    run = states(regrouped(np.delete(plain.centroids, 1, axis=0)), 7)
    now = run[5]
    assert ((now.labels == -1) == (plain.labels == 1)).all()
    for old, new in ((0, 0), (2, 1), (3, 2)):
        assert ((now.labels == new) == (plain.labels == old)).all()
    assert math.isnan(inertia_of(now))
    assert run[6].labels.min() == 0
    assert run[6].changed >= (plain.labels == 1).sum() > 0
    assert not run[6].converged


def test_a_dropped_centroid_stays_dropped_while_others_come() -> None:
    away = states(recipe(Params(init="by hand", centroids=FAR, empty="drop")), 3)[3]
    assert away.in_use.tolist() == [1, 1, 1, 0]
    more = away.with_array("centroids", np.vstack([away.centroids, [[1.0, 1.0]]]), Params())
    assert more.in_use.tolist() == [1, 1, 1, 0, 1]


def test_a_whole_array_covers_what_was_moved_in_it_at_the_same_step() -> None:
    fewer = SetArray("centroids", FAR[:2])
    made = recipe(Params(), (2, SetArray("centroids", np.vstack([FAR, FAR[:1] + 1]))), (2, MoveCentroid(4, 1.0, 1.0)))
    assert [change.edit for change in made.edited(2, MovePoint(0, 1.0, 1.0)).edited(2, fewer).edits] == [
        MovePoint(0, 1.0, 1.0), fewer,
    ]  # fmt: skip
