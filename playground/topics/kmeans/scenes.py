"""Do the claims K1 to K6 hold in their runs, and has the learner reached what a task asks?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from core.kmeans.algorithm import MoveCentroid, State, empty_clusters, inertia_of
from core.kmeans.groups import in_another_group
from core.kmeans.lloyd import Labels
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
    told = {"same": _inertia(one), "other": _inertia(other)}
    return Outcome(alike and differs and drawn, {"steps": one.recorded, **told}, truth)


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
    first, last = assigned[0], assigned[-1]
    (near, second), (last_near, last_second) = _two_nearest(first), _two_nearest(last)
    told = {"near": near, "second": second, "last_near": last_near, "last_second": last_second}
    counts = {"points": len(first.points), "step": runs["run"].recorded}
    centres = {"centre": _centre(first), "last": _centre(last)}
    is_last = runs["run"].frame(runs["run"].recorded).state is last  # what is told of it stands there at the end
    return Outcome(len(assigned) >= 3 and all(right) and is_last, {**told, **counts, **centres}, str(_centre(first)))


def virtual_mean(runs: Runs) -> Outcome:
    """K3: every moved centre is the mean of x and of y of its points; at first all are data points, at rest none."""
    run = runs["run"]
    states = _states(run)
    means = [_is_mean(before, after) for before, after in pairwise(states) if after.phase == "move"]
    at, rest = first_step(run, "converged") or 0, states[-1]
    gaps = np.sqrt(squared_distances(rest.centroids, rest.points).min(axis=1))
    on = int((gaps < 1e-6).sum())
    holds = at > 0 and _is_point(states[0]) and len(means) >= 2 and all(means) and on == 0
    told = {"step": run.recorded, "on": on, "near": f"{gaps.min():.3f}", "far": f"{gaps.max():.3f}"}
    return Outcome(holds, told, "none" if not on else "all" if on == len(gaps) else "some")


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
    still = all(
        (run.frame(t).state.centroids == run.frame(at).state.centroids).all() for t in range(at, run.recorded + 1)
    )
    holds &= still
    told = {"step": at, "first": f"{inertia[0]:.0f}", "last": f"{inertia[-1]:.0f}"}
    return Outcome(holds, told, [[float(t), value] for t, value in enumerate(inertia.tolist(), 1)])


def start_decides(runs: Runs) -> Outcome:
    """K5: from two seeds on the same points k-means comes to rest at two different inertias."""
    good, bad = runs["good"], runs["bad"]
    same_points = bool((_start(good).points == _start(bad).points).all())
    rests = all(first_step(run, "converged") is not None for run in (good, bad))
    low, high = (float(column(run, "inertia")[-1]) for run in (good, bad))
    told = {"low": f"{low:.1f}", "high": f"{high:.1f}", "times": f"{high / low:.1f}"}
    sides = _centres_by_group(good) == [1, 1, 1, 1] and sorted(_centres_by_group(bad)) == [0, 1, 1, 2]
    return Outcome(same_points and rests and sides and high > 2 * low, told, round(high / low, 2))


def empty_cluster(runs: Runs) -> Outcome:
    """K5: a centre nobody is nearest to has an empty cluster; it stays, goes to the farthest point, or is dropped."""
    is_empty = all(first_step(run, "empty cluster 3") == 1 for run in runs.values())
    if not is_empty or any(run.recorded < 3 for run in runs.values()):
        return Outcome(False)
    moved = {name: run.frame(2).state for name, run in runs.items()}
    stays = bool((moved["stay"].centroids[3] == _start(runs["stay"]).centroids[3]).all())
    before = runs["farthest"].frame(1).state
    away = squared_distances(before.points, before.centroids)[np.arange(len(before.points)), before.labels]
    goes = bool((moved["farthest"].centroids[3] == before.points[away.argmax()]).all())
    sizes = {name: int((last_state(run).labels == 3).sum()) for name, run in runs.items()}
    dropped = moved["drop"].in_use.tolist() == [1, 1, 1, 0]
    with_points = [name for name, size in sizes.items() if size]
    low, high, third = (_inertia(runs[name]) for name in ("farthest", "stay", "drop"))
    holds = stays and goes and dropped and len(with_points) == 1 and high == third
    told = {"step": runs["stay"].recorded, "cured": sizes["farthest"], "stay": sizes["stay"], "low": low, "high": high}
    return Outcome(holds, told, with_points[0] if with_points else None)


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
    seen = _cut_wrongly(runs["rings"])
    groups, labels = _groups(runs["rings"]), last_state(runs["rings"]).labels
    inner, outer = (np.bincount(labels[groups == group], minlength=2).tolist() for group in (0, 1))
    told = {"inner": " + ".join(map(str, inner)), "outer": " + ".join(map(str, outer))}
    return Outcome(seen.holds and 0 not in inner + outer, {**seen.values, **told}, seen.truth)


def long_groups(runs: Runs) -> Outcome:
    """K6: long groups are cut across: labels hardly agree with the true groups, but with halves of the long side."""
    seen = _cut_wrongly(runs["stretched"])
    state = last_state(runs["stretched"])
    apart = np.abs(np.diff(state.centroids, axis=0)[0])
    along = bool(apart[np.argmax(np.ptp(state.points, axis=0))] == apart.max())
    return Outcome(seen.holds and along, seen.values, "across" if along else "gap")


def unequal_groups(runs: Runs) -> Outcome:
    """K6: groups of unequal size are cut wrongly, too: the wide one has two centres, the small ones share one."""
    seen = _cut_wrongly(runs["unequal"])
    in_wide = _majorities(runs["unequal"]).count(0)
    truth = {1: "each", 2: "two", 3: "three"}.get(in_wide)
    return Outcome(seen.holds and truth == "two", seen.values, truth)


def _cut_wrongly(run: Timeline) -> Outcome:
    share, groups, points = _agreement(run), _groups(run), last_state(run).points
    rested = first_step(run, "converged") is not None
    whole = sum(
        float(((own - own.mean(axis=0)) ** 2).sum()) for own in (points[groups == j] for j in np.unique(groups))
    )
    told = {"share": f"{100 * share:.0f}", "cut": _inertia(run), "groups": f"{whole:.0f}", "gap": f"{whole:.0f}"}
    return Outcome(rested and share <= 0.54, told, round(100 * share, 1))


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


def _is_point(state: State) -> bool:
    return bool((squared_distances(state.centroids, state.points).min(axis=1) == 0).all())


def _is_mean(before: State, after: State) -> bool:
    clusters = np.unique(before.labels)
    means = np.array([before.points[before.labels == j].mean(axis=0) for j in clusters])
    return bool(np.allclose(after.centroids[clusters], means, rtol=1e-12, atol=1e-12))


def _inertia(run: Timeline) -> str:
    """Return the inertia of the last recorded step, as it is told."""
    return f"{column(run, 'inertia')[-1]:.0f}"


def _centre(state: State) -> int:
    """Return the number, as people count, of the centre that the point spoken of belongs to."""
    return int(state.labels[POINT]) + 1


def _two_nearest(state: State) -> tuple[str, str]:
    """Return the distances of the point spoken of to the nearest centre and to the next, as they are told."""
    near, second = np.sort(np.sqrt(squared_distances(state.points, state.centroids)[POINT]))[:2]
    return f"{near:.3f}", f"{second:.3f}"


def _groups(run: Timeline) -> Labels:
    groups = true_groups(run.recipe.params)
    assert groups is not None
    return groups


def _majorities(run: Timeline) -> list[int]:
    """Return the true group that most points of each cluster were drawn from."""
    labels, groups = last_state(run).labels, _groups(run)
    return [int(np.bincount(groups[labels == j]).argmax()) for j in np.unique(labels)]


def _centres_by_group(run: Timeline) -> list[int]:
    """Return how many clusters have most of their points from each true group."""
    majorities = _majorities(run)
    return [majorities.count(group) for group in range(int(_groups(run).max()) + 1)]


def _agreement(run: Timeline) -> float:
    """Return the share of points whose label is their true group, under the naming of clusters that agrees best."""
    groups = _groups(run)
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
