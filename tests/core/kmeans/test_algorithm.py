"""k-means beside scikit-learn's, half-step by half-step, and what must hold of any run."""

from __future__ import annotations

import math
import warnings
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.cluster import KMeans, kmeans_plusplus

from core import kmeans
from core.kmeans import Params, State, check, implied
from core.kmeans.algorithm import MoveCentroid, MovePoint, assign, inertia_of, plus_plus, random_points
from core.run.recipe import Recipe, SetArray, SetParam
from core.run.replay import replay
from core.run.streams import Streams
from core.run.values import Floats

FAR = np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0]])
REMEDIES = ("stay", "farthest", "drop")


def recipe(params: Params, *edits: tuple[int, Any], seed: int = 0) -> Recipe[Params]:
    made = Recipe("kmeans", 1, seed, params)
    for step, edit in edits:
        made = made.edited(step, edit)
    return made


def states(run: Recipe[Params], steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(kmeans, run, steps)]


def table(run: Recipe[Params], steps: int) -> tuple[list[dict[str, Any]], list[tuple[str, ...]]]:
    rows, events = [], []
    for frame, began in replay(kmeans, run, steps):
        rows.append({**kmeans.series(frame.state, frame.params), **kmeans.arrays(frame.state, frame.params)})
        events.append(began)
    return rows, events


def by_hand(points: Floats, centroids: Floats, empty: Any = "stay") -> Params:
    return Params(points=points, n_clusters=len(centroids), init="by hand", centroids=centroids, empty=empty)


def cloud(seed: int, n: int, k: int) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(n, 2)) * rng.uniform(0.5, 4, 2) + rng.choice([-3.0, 0.0, 3.0], (n, 2))
    return points, points[rng.choice(n, k, replace=False)]


# ---- beside scikit-learn


def fitted(points: Floats, centroids: Floats, iterations: int) -> Any:
    with warnings.catch_warnings(action="ignore"):
        model = KMeans(len(centroids), init=centroids, n_init=1, max_iter=iterations, tol=0, algorithm="lloyd")
        return model.fit(points)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("n", "k"), [(40, 2), (300, 5), (5000, 4)])
def test_every_assign_and_every_move_is_scikit_learns(seed: int, n: int, k: int) -> None:
    points, centroids = cloud(seed, n, k)
    run = states(recipe(by_hand(points, centroids)), 16)
    for iteration in range(1, 8):
        judge = fitted(points, centroids, iteration)
        if judge.n_iter_ < iteration:
            break
        assert np.allclose(run[2 * iteration].centroids, judge.cluster_centers_, rtol=1e-9, atol=1e-9)
        # scikit-learn assigns once more to the centres it returns
        assert (run[2 * iteration + 1].labels == judge.labels_).all()
        assert inertia_of(run[2 * iteration + 1]) == pytest.approx(judge.inertia_, rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_it_converges_to_scikit_learns_answer(seed: int) -> None:
    points, centroids = cloud(100 + seed, 200, 4)
    judge = fitted(points, centroids, 300)
    frames = replay(kmeans, recipe(by_hand(points, centroids)), 600)
    frame = next(frame for frame, began in frames if "converged" in began)
    assert frame.t == 2 * judge.n_iter_ - 1 or frame.t == 2 * judge.n_iter_ + 1
    assert (frame.state.labels == judge.labels_).all()
    assert np.allclose(frame.state.centroids, judge.cluster_centers_)


def test_k_means_plus_plus_spreads_as_scikit_learns_does() -> None:
    """The expected inertia of the first centroids, over many seeds; scikit-learn's with one trial each."""
    points, _ = cloud(7, 300, 2)
    ours: list[float] = []
    theirs: list[float] = []
    plain: list[float] = []
    for seed in range(300):
        rng = Streams.start(seed).generator
        for drawn, kept in ((plus_plus, ours), (random_points, plain)):
            state = kmeans.start(by_hand(points, points[drawn(points, 5, rng)]), Streams.start(0))
            kept.append(inertia_of(assign(state)))
        judged, _ = kmeans_plusplus(points, 5, random_state=seed, n_local_trials=1)
        theirs.append(inertia_of(assign(kmeans.start(by_hand(points, judged), Streams.start(0)))))
    error = math.hypot(np.std(ours), np.std(theirs)) / math.sqrt(300)
    assert abs(np.mean(ours) - np.mean(theirs)) < 4 * error
    assert np.mean(ours) < np.mean(plain) - 4 * error


def test_k_means_plus_plus_draws_by_the_squared_distance() -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]])
    seconds = {0: [0, 0, 0], 1: [0, 0, 0], 2: [0, 0, 0]}
    for seed in range(3000):
        first, second = plus_plus(points, 2, np.random.default_rng(seed))
        seconds[int(first)][int(second)] += 1
    for first, weights in ((0, [0, 1, 9]), (1, [1, 0, 4]), (2, [9, 4, 0])):
        shares = np.array(seconds[first]) / sum(seconds[first])
        assert np.allclose(shares, np.array(weights) / sum(weights), atol=0.05)


@pytest.mark.parametrize("draw", [random_points, plus_plus])
def test_the_first_centroids_are_different_points(draw: Any) -> None:
    twins = np.zeros((6, 2))
    for seed in range(20):
        assert len(set(draw(twins, 6, np.random.default_rng(seed)).tolist())) == 6


# ---- what a row holds


def test_row_0_is_the_start_with_nothing_assigned() -> None:
    row = table(recipe(Params()), 0)[0][0]
    assert row["phase"] == "start"
    assert (row["labels"] == -1).all()
    assert all(math.isnan(row[name]) for name in ("inertia", "changed", "shift"))


def test_assign_and_move_take_turns_and_fill_their_own_columns() -> None:
    rows, _ = table(recipe(Params()), 7)
    assert [row["phase"] for row in rows] == ["start", *("assign", "move") * 3, "assign"]
    for row in rows[1:]:
        assert math.isnan(row["shift"]) is (row["phase"] == "assign")
        assert math.isnan(row["changed"]) is (row["phase"] == "move")
        assert not math.isnan(row["inertia"])
    assert rows[1]["changed"] == len(rows[0]["points"])


def test_a_row_agrees_with_its_arrays() -> None:
    rows, _ = table(recipe(Params(init="k-means++"), (3, MoveCentroid(1, 9.0, -9.0)), (6, MovePoint(5, 8.0, 8.0))), 9)
    for before, row in pairwise(rows):
        away = row["points"] - row["centroids"][row["labels"]]
        assert row["inertia"] == pytest.approx(float((away**2).sum()))
        if row["phase"] == "assign":
            assert row["changed"] == (row["labels"] != before["labels"]).sum()


def test_shift_is_the_farthest_move() -> None:
    rows, _ = table(recipe(Params(points="iris", n_clusters=3)), 8)
    for before, row in pairwise(rows):
        if row["phase"] == "move":
            assert row["shift"] == pytest.approx(np.linalg.norm(row["centroids"] - before["centroids"], axis=1).max())


def test_converged_comes_once_at_the_assign_that_changed_nothing() -> None:
    rows, events = table(recipe(Params()), 60)
    at = [t for t, keys in enumerate(events) if "converged" in keys]
    assert len(at) == 1
    assert rows[at[0]]["phase"] == "assign"
    assert rows[at[0]]["changed"] == 0
    assert all(row["changed"] > 0 for row in rows[1 : at[0]] if row["phase"] == "assign")
    assert len(rows) == 61  # and the run goes on


def test_the_data_have_a_seed_of_their_own() -> None:
    one, other, third = (
        kmeans.start(Params(data_seed=data_seed), Streams.start(seed)) for data_seed, seed in ((0, 0), (0, 1), (1, 0))
    )
    assert (one.points == other.points).all()
    assert (one.centroids != other.centroids).any()
    assert (one.points != third.points).any()


# ---- edits


def test_after_an_edit_the_next_step_is_an_assign() -> None:
    for edit in (MoveCentroid(0, 1.0, 1.0), MovePoint(3, 0.0, 0.0), SetArray("centroids", FAR)):
        for t in (1, 2, 3, 4):
            rows, _ = table(recipe(Params(), (t, edit)), t + 2)
            assert [row["phase"] for row in rows[t:]] == [rows[t]["phase"], "assign", "move"]


def test_a_changed_remedy_is_no_edit_of_points() -> None:
    rows, _ = table(recipe(Params(), (1, SetParam("empty", "drop"))), 2)
    assert rows[2]["phase"] == "move"


def test_an_edit_shows_in_its_row_and_what_the_step_made_stays() -> None:
    plain, _ = table(recipe(Params()), 4)
    edited, _ = table(recipe(Params(), (4, MoveCentroid(2, 7.0, 7.0))), 4)
    assert edited[4]["centroids"][2].tolist() == [7, 7]
    assert edited[4]["phase"] == "move"
    assert edited[4]["shift"] == plain[4]["shift"]
    assert (edited[4]["labels"] == plain[4]["labels"]).all()


@pytest.mark.parametrize("edit", [MoveCentroid(4, 0.0, 0.0), MoveCentroid(-1, 0.0, 0.0), MovePoint(280, 0.0, 0.0)])
def test_there_is_no_such_centroid_or_point(edit: Any) -> None:
    state = kmeans.start(Params(), Streams.start(0))
    with pytest.raises(ValueError, match="count from 0"):
        edit.apply(state, Params(), Streams.edit(0, 0, 0))


def test_arrays_keep_their_shape_but_for_the_rows_of_the_centroids() -> None:
    state = kmeans.start(Params(), Streams.start(0))
    with pytest.raises(ValueError, match=r"\(4, 2\)"):
        state.with_array("centroids", np.zeros((4, 3)), Params())
    for rows in (0, 21):
        with pytest.raises(ValueError, match="1 to 20"):
            state.with_array("centroids", np.zeros((rows, 2)), Params())
    with pytest.raises(ValueError, match=r"\(280, 2\)"):
        state.with_array("points", FAR, Params())


# ---- an empty cluster


def run_with_far_centroid(empty: Any) -> tuple[list[dict[str, Any]], list[tuple[str, ...]]]:
    return table(recipe(Params(n_clusters=4, init="by hand", centroids=FAR, empty=empty)), 20)


@pytest.mark.parametrize("empty", REMEDIES)
def test_an_empty_cluster_is_told_once(empty: Any) -> None:
    _, events = run_with_far_centroid(empty)
    assert events[1] == ("empty cluster 3",)
    assert sum(key == "empty cluster 3" for keys in events for key in keys) == 1


def test_stay_leaves_the_centroid_where_it_is() -> None:
    rows, _ = run_with_far_centroid("stay")
    assert all(row["centroids"][3].tolist() == [50, 50] for row in rows)


def test_farthest_takes_the_point_farthest_from_its_centroid() -> None:
    rows, _ = run_with_far_centroid("farthest")
    before = rows[1]
    squared = ((before["points"] - before["centroids"][before["labels"]]) ** 2).sum(axis=1)
    assert (rows[2]["centroids"][3] == before["points"][squared.argmax()]).all()
    for j in range(3):
        assert np.allclose(rows[2]["centroids"][j], before["points"][before["labels"] == j].mean(axis=0))
    assert (rows[3]["labels"] == 3).any()


def test_farthest_gives_several_empty_clusters_distinct_points_ties_by_index() -> None:
    points = np.array([[0.0, 0.0], [-2.0, 0.0], [2.0, 0.0], [0.0, 2.0], [0.0, -1.0]])
    centroids = np.array([[0.0, 0.0], [90.0, 0.0], [0.0, 90.0]])
    moved = states(recipe(by_hand(points, centroids, "farthest")), 2)[2]
    assert moved.centroids[1:].tolist() == [[-2, 0], [2, 0]]


def test_a_dropped_centroid_takes_no_part_and_is_nan_in_exports() -> None:
    rows, events = run_with_far_centroid("drop")
    assert events[2] == ("dropped cluster 3",)
    assert np.isfinite(rows[1]["centroids"]).all()
    for row in rows[2:]:
        assert np.isnan(row["centroids"][3]).all()
        assert np.isfinite(row["centroids"][:3]).all()
        assert not (row["labels"] == 3).any()
    assert all(
        np.isfinite(state.centroids).all() for state in states(recipe(by_hand(rows[0]["points"], FAR, "drop")), 4)
    )


def test_a_dropped_centroid_set_by_hand_takes_part_again() -> None:
    params = Params(n_clusters=4, init="by hand", centroids=FAR, empty="drop")
    rows, _ = table(recipe(params, (4, MoveCentroid(3, 3.4, -1.6))), 6)
    assert np.isfinite(rows[4]["centroids"]).all()
    assert (rows[5]["labels"] == 3).any()


# ---- what holds of any run


clouds = st.tuples(st.integers(0, 10**6), st.integers(2, 80), st.integers(1, 8), st.sampled_from(REMEDIES))


def far_start(case: tuple[int, int, int, Any]) -> Params:
    """Return a run whose centroids start anywhere, so that clusters often are empty."""
    seed, n, k, empty = case
    rng = np.random.default_rng(seed)
    points = np.round(rng.normal(size=(n, 2)) * 3, rng.integers(0, 4))  # few decimals: ties and twins
    return by_hand(points, rng.normal(size=(min(k, n), 2)) * rng.choice([1, 10]), empty)


@settings(max_examples=150, deadline=None)
@given(clouds)
def test_inertia_never_rises_whatever_the_remedy(case: tuple[int, int, int, Any]) -> None:
    inertias = [inertia_of(state) for state in states(recipe(far_start(case)), 30)][1:]
    for before, after in pairwise(inertias):
        assert after <= before * (1 + 1e-12) + 1e-12


@settings(max_examples=80, deadline=None)
@given(clouds)
def test_it_comes_to_rest_and_stays_there(case: tuple[int, int, int, Any]) -> None:
    frames = list(replay(kmeans, recipe(far_start(case)), 400))
    at = next(frame.t for frame, began in frames if "converged" in began)
    rest = [frame.state for frame, _ in frames[at + 1 :]]
    if case[3] != "farthest":  # it may go on to try the remedy on a cluster that stays empty
        assert all((state.labels == frames[at][0].state.labels).all() for state in rest)
        assert all((state.centroids == rest[0].centroids).all() for state in rest)


@settings(max_examples=80, deadline=None)
@given(clouds)
def test_labels_are_the_argmin_and_centroids_the_means(case: tuple[int, int, int, Any]) -> None:
    run = states(recipe(far_start(case)), 12)
    for before, after in pairwise(run):
        if after.phase == "assign":
            squared = ((after.points[:, None] - after.centroids) ** 2).sum(axis=2)
            squared[:, after.in_use == 0] = np.inf
            assert np.allclose(squared[np.arange(len(squared)), after.labels], squared.min(axis=1))
        else:
            for j in np.unique(before.labels):
                assert np.allclose(after.centroids[j], before.points[before.labels == j].mean(axis=0))


@settings(max_examples=60, deadline=None)
@given(case=clouds, order=st.randoms(use_true_random=False))
def test_the_order_of_points_and_of_centroids_does_not_matter(case: tuple[int, int, int, Any], order: Any) -> None:
    """True of distinct distances, as drawn at random; ties go to the lowest index, which depends on the order."""
    seed, n, k, _ = case
    points, centroids = cloud(seed, n, min(k, n))
    rows, clusters = list(range(n)), list(range(len(centroids)))
    order.shuffle(rows)
    order.shuffle(clusters)
    plain = states(recipe(by_hand(points, centroids)), 9)
    shuffled = states(recipe(by_hand(points[rows], centroids[clusters])), 9)
    for one, other in zip(plain[1:], shuffled[1:], strict=True):
        assert np.allclose(other.centroids, one.centroids[clusters], atol=1e-9)
        assert (np.array(clusters)[other.labels] == one.labels[rows]).all()


@pytest.mark.parametrize("n", [100, 5000])
def test_a_moved_picture_gives_moved_centroids(n: int) -> None:
    points, centroids = cloud(3, n, 4)
    shift = np.array([1234.5, -77.0])
    plain, moved = (states(recipe(by_hand(points + by, centroids + by)), 10) for by in (0.0, shift))
    for one, other in zip(plain[1:], moved[1:], strict=True):
        assert np.allclose(other.centroids, one.centroids + shift, atol=1e-9)
        assert (one.labels == other.labels).all()


# ---- parameters that imply and exclude each other


def test_centroids_imply_by_hand_and_their_number() -> None:
    params = implied(replace(Params(), centroids=FAR[:3]), frozenset({"centroids"}))
    assert (params.init, params.n_clusters) == ("by hand", 3)
    assert check(params) is None


@pytest.mark.parametrize(
    ("params", "field", "key"),
    [
        (Params(centroids=FAR, init="by hand", n_clusters=3), "centroids", "centroids_number"),
        (Params(centroids=FAR, init="random"), "centroids", "centroids_init"),
        (Params(centroids=np.zeros(4), init="by hand"), "centroids", "centroids_shape"),
        (Params(centroids=np.zeros((2, 3)), init="by hand", n_clusters=2), "centroids", "centroids_shape"),
        (Params(centroids=np.zeros((0, 2)), init="by hand"), "centroids", "centroids_shape"),
        (Params(centroids=np.zeros((21, 2)), init="by hand"), "centroids", "centroids_shape"),
        (Params(points="blob"), "points", "points_unknown"),
        (Params(points=np.zeros((5, 3))), "points", "points_shape"),
        (Params(points=np.zeros(5)), "points", "points_shape"),
        (Params(points=np.zeros((0, 2))), "points", "points_shape"),
        (Params(points=np.zeros((3, 2)), n_clusters=4), "n_clusters", "more_clusters"),
        (Params(points="iris:sepal_length"), "points", "csv_two_columns"),
        (Params(points="iris:sepal_length,colour"), "points", "csv_column"),
    ],
)
def test_what_does_not_go_together_is_refused(params: Params, field: str, key: str) -> None:
    refusal = check(params)
    assert refusal is not None
    assert (refusal.field, refusal.key) == (field, key)


def test_another_start_lets_go_of_centroids_that_were_not_given_with_it() -> None:
    params = implied(Params(centroids=FAR, init="by hand"), frozenset({"centroids"}))
    assert implied(replace(params, init="random"), frozenset({"init"})).centroids is None
    fewer = implied(replace(params, n_clusters=2), frozenset({"n_clusters"}))
    assert fewer.centroids is None
    assert len(kmeans.start(fewer, Streams.start(0)).centroids) == 2


def test_few_points_allow_few_clusters_unless_the_number_was_given() -> None:
    params = replace(Params(), points=np.eye(2))
    assert implied(params, frozenset({"points"})).n_clusters == 2
    assert implied(params, frozenset({"points", "n_clusters"})).n_clusters == 4
