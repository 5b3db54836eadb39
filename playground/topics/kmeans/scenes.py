"""Do the claims K1 to K6 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from itertools import pairwise
from math import nan

import numpy as np

from core.kmeans.algorithm import MoveCentroid, State, empty_clusters, inertia_of
from core.kmeans.groups import in_another_group
from core.kmeans.settings import Params, true_groups
from core.nn.metrics import silhouette
from core.nn.similarity import squared_distances
from playground.scenes.scene import Outcome, Runs, Seen, Timeline, column, first_step, last_state

BAD, GOOD = 900.0, 340.0  # inertias of the four blobs: above the one k-means is trapped, below the other it is right
POINT = 55  # that the scene about the nearest centre speaks of


def first_centres(runs: Runs) -> Outcome:
    """K1: the same seed draws the same start and so makes the same run, another seed another."""
    one, again, other = (runs[name] for name in ("one", "again", "other"))
    alike = one.recorded > 5 and all(one.frame(t) == again.frame(t) for t in range(one.recorded + 1))
    differs = bool((_start(one).centroids != _start(other).centroids).any())
    drawn = all(_is_point(state) for state in map(_start, (one, other)))
    truth = "all" if alike and not differs else "a and b" if alike else "none"
    return Outcome(alike and differs and drawn, {"steps": one.recorded}, truth)


def ways_to_start(runs: Runs) -> Outcome:
    """K1: k-means++ and random draw points, by hand the centres are as given; they differ in how far there is to go."""
    given = runs["hand"].recipe.params.centroids
    placed = given is not None and bool((_start(runs["hand"]).centroids == given).all())
    drawn = _is_point(_start(runs["one"])) and _is_point(_start(runs["plus"]))
    ends = {name: float(column(run, "inertia")[-1]) for name, run in runs.items()}
    told = {name: f"{inertia:.0f}" for name, inertia in ends.items()}
    steps = min(run.recorded for run in runs.values())
    holds = placed and drawn and steps > 5 and len(set(told.values())) == len(told)
    return Outcome(holds, {"steps": steps, **told}, sorted(ends, key=lambda name: ends[name]))


def nearest_centre(runs: Runs) -> Outcome:
    """K2: after every assign the label of every point is the argmin of its distances."""
    assigned = [state for state in _states(runs["run"]) if state.phase == "assign"]
    right = [
        (squared_distances(state.points, state.centroids).argmin(axis=1) == state.labels).all() for state in assigned
    ]
    first = runs["run"].frame(1).state
    near, second = np.sort(np.sqrt(squared_distances(first.points, first.centroids)[POINT]))[:2]
    centre = int(first.labels[POINT]) + 1
    told = {"points": len(first.points), "centre": centre, "near": f"{near:.2f}", "second": f"{second:.2f}"}
    return Outcome(len(assigned) >= 3 and all(right), told, str(centre))


def virtual_mean(runs: Runs) -> Outcome:
    """K3: every moved centre is the mean of x and of y of its points; at rest none is a data point, a medoid is one."""
    run = runs["run"]
    states = _states(run)
    means = [_is_mean(before, after) for before, after in pairwise(states) if after.phase == "move"]
    at = first_step(run, "converged") or 0
    rest = states[at]
    gaps = np.sqrt(squared_distances(rest.centroids, rest.points).min(axis=1))
    on = int((gaps < 1e-6).sum())
    holds = at > 0 and len(means) >= 2 and all(means) and on == 0
    return Outcome(holds, {"step": at, "on": on, "near": f"{gaps.min():.3f}", "far": f"{gaps.max():.3f}"}, on)


def until_nothing_changes(runs: Runs) -> Outcome:
    """K4: inertia never rises, and the run has converged at the first assign whose labels are those before."""
    run = runs["run"]
    inertia, changed = column(run, "inertia")[1:], column(run, "changed")
    at = first_step(run, "converged")
    if at is None or at < 5:
        return Outcome(False)
    falls = bool((np.diff(inertia) <= 1e-9).all())
    repeats = (run.frame(at).state.labels == run.frame(at - 1).state.labels).all() and changed[at] == 0
    earlier = changed[1:at]
    holds = falls and bool(repeats) and bool((earlier[np.isfinite(earlier)] > 0).all())
    told = {"step": at, "first": f"{inertia[0]:.0f}", "last": f"{inertia[-1]:.0f}"}
    return Outcome(holds, told, [[float(t), value] for t, value in enumerate(inertia.tolist(), 1)])


def start_decides(runs: Runs) -> Outcome:
    """K5: from two seeds on the same points k-means comes to rest at two different inertias."""
    good, bad = runs["good"], runs["bad"]
    same_points = bool((_start(good).points == _start(bad).points).all())
    rests = all(first_step(run, "converged") is not None for run in (good, bad))
    low, high = (float(column(run, "inertia")[-1]) for run in (good, bad))
    told = {"low": f"{low:.1f}", "high": f"{high:.1f}"}
    return Outcome(same_points and rests and high > 2 * low, told, round(high / low, 2))


def empty_cluster(runs: Runs) -> Outcome:
    """K5: a centre nobody is nearest to has an empty cluster; it stays, goes to the farthest point, or is dropped."""
    told = all(first_step(run, "empty cluster 3") == 1 for run in runs.values())
    if not told or any(run.recorded < 3 for run in runs.values()):
        return Outcome(False)
    moved = {name: run.frame(2).state for name, run in runs.items()}
    stays = bool((moved["stay"].centroids[3] == _start(runs["stay"]).centroids[3]).all())
    before = runs["farthest"].frame(1).state
    away = squared_distances(before.points, before.centroids)[np.arange(len(before.points)), before.labels]
    goes = bool((moved["farthest"].centroids[3] == before.points[away.argmax()]).all())
    sizes = {name: int((run.frame(3).state.labels == 3).sum()) for name, run in runs.items()}
    dropped = moved["drop"].in_use.tolist() == [1, 1, 1, 0]
    with_points = [name for name, size in sizes.items() if size]
    holds = stays and goes and dropped and len(with_points) == 1
    return Outcome(holds, {"cured": sizes["farthest"], "stay": sizes["stay"]}, with_points[0] if with_points else None)


def which_k(runs: Runs) -> Outcome:
    """K6: inertia falls with every centre more; the silhouette is highest where the groups are."""
    ends = {name: last_state(run) for name, run in runs.items()}
    inertias = {name: inertia_of(state) for name, state in ends.items()}
    widths = {name: silhouette(state.points, state.labels) for name, state in ends.items()}
    best_first = sorted(widths, key=lambda name: -widths[name])
    gains = -np.diff(list(inertias.values()))
    bends = gains[0] > 5 * gains[1] > 0  # from 3 to 4 centres it gains much, from 4 to 5 little
    told = {f"k{name}": f"{width:.2f}" for name, width in widths.items()}
    told |= {f"i{name}": f"{inertia:.0f}" for name, inertia in inertias.items()}
    return Outcome(bool(bends) and best_first[0] == "4", told, best_first)


def shapes_matter(runs: Runs) -> Outcome:
    """K6: rings are cut wrongly: labels agree with the true groups hardly better than by chance."""
    return _cut_wrongly(runs["rings"])


def long_groups(runs: Runs) -> Outcome:
    """K6: long groups are cut across: labels hardly agree with the true groups, but with halves of the long side."""
    seen = _cut_wrongly(runs["stretched"])
    state = last_state(runs["stretched"])
    apart = np.abs(np.diff(state.centroids, axis=0)[0])
    along = bool(apart[np.argmax(np.ptp(state.points, axis=0))] == apart.max())
    return Outcome(seen.holds and along, seen.values, "across" if along else "gap")


def unequal_groups(runs: Runs) -> Outcome:
    """K6: groups of unequal size are cut wrongly, too."""
    return _cut_wrongly(runs["unequal"])


def _cut_wrongly(run: Timeline) -> Outcome:
    share = _agreement(run)
    rested = first_step(run, "converged") is not None
    return Outcome(rested and share <= 0.54, {"share": f"{100 * share:.0f}"}, round(100 * share, 1))


# ---- tasks


def trap_it(seen: Seen) -> bool:
    """Task: first centres placed by hand on the four blobs, each with points, come to rest above 900."""
    rests = seen.began("converged") and seen.row["inertia"] > BAD
    return rests and _is_blobs(seen) and _placed_by_hand(seen) and not empty_clusters(seen.state)


def empty_one(seen: Seen) -> bool:
    """Task: a centre was dragged so far away that its cluster lost all its points."""
    drags = (change for change in seen.recipe.edits if isinstance(change.edit, MoveCentroid))
    return any(seen.t > drag.step and seen.began(f"empty cluster {drag.edit.cluster}") for drag in drags)


def better_start(seen: Seen) -> bool:
    """Task: with k-means++ the four blobs are found within six half-steps."""
    return seen.t <= 6 and seen.recipe.params.init == "k-means++" and find_the_elbow(seen)


def find_the_elbow(seen: Seen) -> bool:
    """Task: as many centres as there are groups come to rest in them."""
    return seen.began("converged") and bool(seen.row["inertia"] < GOOD) and _is_blobs(seen)


# ---- what they look at


def _states(run: Timeline) -> list[State]:
    return [run.frame(t).state for t in range(run.recorded + 1)]


def _start(run: Timeline) -> State:
    state: State = run.frame(0).state
    return state


def _rest(run: Timeline) -> tuple[int, float]:
    """Return the step in which the run came to rest and its inertia there, nan where it has not."""
    at = first_step(run, "converged")
    return (0, nan) if at is None else (at, float(column(run, "inertia")[at]))


def _is_point(state: State) -> bool:
    return bool((squared_distances(state.centroids, state.points).min(axis=1) == 0).all())


def _is_mean(before: State, after: State) -> bool:
    clusters = np.unique(before.labels)
    means = np.array([before.points[before.labels == j].mean(axis=0) for j in clusters])
    return bool(np.allclose(after.centroids[clusters], means, rtol=1e-12, atol=1e-12))


def _agreement(run: Timeline) -> float:
    """Return the share of points whose label is their true group, under the naming of clusters that agrees best."""
    groups = true_groups(run.recipe.params)
    assert groups is not None
    return 1.0 - len(in_another_group(last_state(run).labels, groups)) / len(groups)


def _is_blobs(seen: Seen) -> bool:
    """Tell whether the run is on the four blobs as they are drawn, with four centres."""
    params: Params = seen.recipe.params
    drawn = (params.points, params.n_samples, params.spread, params.data_seed, params.n_clusters)
    untouched = all(isinstance(change.edit, MoveCentroid) for change in seen.recipe.edits)
    return untouched and isinstance(params.points, str) and drawn == ("blobs", 280, 1.0, 0, 4)


def _placed_by_hand(seen: Seen) -> bool:
    """Tell whether the learner placed the first centres, and left them alone afterwards."""
    params, steps = seen.recipe.params, [change.step for change in seen.recipe.edits]
    return params.init == "by hand" and not any(steps) and (params.centroids is not None or bool(steps))
