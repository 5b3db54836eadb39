"""The plane of k-means: what it shows of a view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.kmeans.algorithm import MoveCentroid, MovePoint
from core.kmeans.groups import in_another_group, matched
from core.kmeans.settings import true_groups
from core.nn.similarity import squared_distances
from core.run.explanation import Focus
from core.run.recipe import SetArray
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.kmeans.clusters import colour, marker
from playground.topics.kmeans.plane import Plane, home_of, marker_size
from playground.topics.kmeans.tab import KMeansTab
from playground.topics.kmeans.ways import Ways
from widgets.plots.marks.arrows_and_dots import Dot, Links
from widgets.plots.marks.points import Points
from widgets.plots.marks.regions import Regions
from widgets.plots.marks.trails import Trail

Run = Timeline[Any, Any]
Record = Callable[..., Run]
TEXTS = topic("kmeans").texts
FAR = np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0]])


def plane(run: Run, t: int, **seen: Any) -> Plane:
    return Plane(View(run, t, **seen), TEXTS, Ways(), defaultdict(Ways))


def seen_with(run: Run, **views: Any) -> Run:
    """Return a run with other parameters of what is shown."""
    recipe = run.recipe
    for name, value in views.items():
        recipe = recipe.viewed(name, value)
    return run.fork(recipe)


def clouds(shown: Plane) -> dict[str, Points]:
    return {group.name: group for group in shown.points()}


def dots(shown: Plane) -> dict[str, Dot]:
    return {str(dot.focus): dot for dot in shown.dots()}


def trails(shown: Plane) -> dict[str, Trail]:
    return {str(trail.focus): trail for trail in shown.trails()}


@pytest.fixture
def run(record: Record) -> Run:
    return record(12)


# ---- points


def test_every_point_has_the_look_of_its_cluster(run: Run) -> None:
    assert set(clouds(plane(run, 0))) == {"unassigned"}
    state, shown = run.frame(3).state, clouds(plane(run, 3))
    for j in range(4):
        group = shown[f"cluster {j}"]
        assert (group.colour, group.marker) == (colour(j), marker(j))
        assert (group.xy == state.points[state.labels == j]).all()


def test_the_points_about_to_switch_are_ringed_and_do_switch(run: Run) -> None:
    shown = plane(run, 4)
    ringed = clouds(shown)["switching"]
    assert ringed.hollow
    assert f"{len(ringed.xy)} will switch" in shown.note()
    labels, after = run.frame(4).state.labels, run.frame(5).state
    assert (ringed.xy == after.points[after.labels != labels]).all()
    assert "switching" not in clouds(plane(run, 5))


def test_the_point_in_focus_has_a_ring_of_its_own(run: Run) -> None:
    ring = clouds(plane(run, 4, focus=Focus("point", (17,))))["pinned"]
    assert ring.xy.tolist() == [run.frame(4).state.points[17].tolist()]
    assert "pinned" not in clouds(plane(run, 4, focus=Focus("cluster", (1,))))
    assert "pinned" not in clouds(plane(run, 4, focus=Focus("point", (280,))))  # another run had more


def test_markers_are_the_smaller_the_more_points_there_are() -> None:
    sizes = [marker_size(n) for n in (10, 600, 601, 5000, 50_000, 10**6)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 1


# ---- centres


def test_centres_are_numbered_where_the_frame_says(run: Run) -> None:
    shown = dots(plane(run, 6))
    for j, (x, y) in enumerate(run.frame(6).state.centroids.tolist()):
        dot = shown[f"centroid {j}"]
        assert (dot.xy, dot.label, dot.draggable, dot.style) == ((x, y), str(j + 1), True, "number")


def test_the_centre_of_the_cluster_in_focus_is_larger_and_lies_on_top(run: Run) -> None:
    shown = plane(run, 6, focus=Focus("cluster", (1,))).dots()
    assert shown[-1].focus == Focus("centroid", (1,))
    assert shown[-1].size > shown[-2].size


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_centre_on_its_way_is_a_share_of_it_from_the_step_before(run: Run, share: float) -> None:
    before, after = run.frame(1).state.centroids, run.frame(2).state.centroids
    shown = dots(plane(run, 2, share=share))
    for j in range(4):
        assert shown[f"centroid {j}"].xy == pytest.approx((1 - share) * before[j] + share * after[j])


def test_regions_are_those_of_the_centres_shown(run: Run) -> None:
    ground = plane(run, 2).regions()
    assert np.array(ground.centres).tolist() == run.frame(2).state.centroids.tolist()
    assert ground.colours == tuple(colour(j) for j in range(4))


@pytest.mark.parametrize(("view", "kind"), [("shading", Regions), ("lines", Links)])
def test_regions_and_lines_can_be_left_out(run: Run, view: str, kind: type) -> None:
    kinds = [[type(mark) for mark in plane(seen_with(run, **{view: on}), 2).marks()] for on in (True, False)]
    assert [kind in shown for shown in kinds] == [True, False]


def test_trails_can_be_left_out(run: Run) -> None:
    shown = plane(seen_with(run, trails=False), 6)
    assert all(len(trail.xy) == 1 for trail in trails(shown).values())
    assert "start 0" not in dots(shown)
    assert "start 0" in dots(plane(run, 6))


def test_trails_are_the_ways_of_the_centres(run: Run) -> None:
    states = [run.frame(t).state.centroids for t in range(13)]
    for j in range(4):
        trail = trails(plane(run, 6))[f"way {j}"]
        assert trail.xy.tolist() == [states[t][j].tolist() for t in (0, 2, 4, 6)]
        assert trail.faint_xy is not None
        assert trail.faint_xy.tolist() == [states[t][j].tolist() for t in (6, 8, 10, 12)]
        assert trails(plane(run, 6, ahead=False))[f"way {j}"].faint_xy is None


def test_trails_of_an_edited_run_share_only_what_was_before(record: Record) -> None:
    old = record(8)
    own = old.fork(old.recipe.edited(4, MoveCentroid(1, 0.0, 0.0)))
    own.frame(8)
    ways = Ways()
    Plane(
        View(old, 8), TEXTS, ways, defaultdict(Ways)
    ).trails()  # what was asked of the old run is not taken for the new one's
    shown = trails(Plane(View(own, 8, ghost=Compared(old, since=4)), TEXTS, ways, defaultdict(Ways)))
    assert shown["way 1"].xy.tolist() == [own.frame(t).state.centroids[1].tolist() for t in (0, 2, 4, 6, 8)]
    ghost = shown["way 1"].ghost_xy
    assert ghost is not None
    assert ghost.tolist() == [old.frame(t).state.centroids[1].tolist() for t in (4, 6, 8)]


def test_a_run_with_another_number_of_centres_is_no_ghost(run: Run, record: Record) -> None:
    three = record(8, n_clusters=3)
    assert trails(plane(run, 6, ghost=Compared(three)))["way 1"].ghost_xy is None
    assert trails(plane(run, 6, ghost=Compared(record(8, seed=3))))["way 1"].ghost_xy is not None


def test_a_centre_out_of_the_picture_has_an_arrow_at_its_edge(record: Record) -> None:
    far = record(0, n_clusters=2, init="by hand", centroids=np.array([[0.0, 0.0], [500.0, 0.0]]))
    shown = trails(plane(far, 0))
    assert (shown["way 0"].marker, shown["way 1"].marker) == ("none", "")


def test_points_are_joined_to_their_centres(run: Run) -> None:
    state = run.frame(2).state
    bundles = plane(run, 2).links()
    assert sum(len(links.begins) for links in bundles) == len(state.points)
    for links in bundles:
        j = int(links.name.split()[1])
        assert (links.begins == state.points[state.labels == j]).all()
        assert (links.ends == state.centroids[j]).all()


# ---- medoids and words


def test_the_medoid_is_the_data_point_with_the_smallest_sum_of_distances(run: Run) -> None:
    state, shown = run.frame(6).state, dots(plane(run, 6))
    for j in range(4):
        own = state.points[state.labels == j]
        sums = np.sqrt(squared_distances(own, own)).sum(axis=1)
        assert shown[f"medoid {j}"].xy == tuple(own[sums.argmin()].tolist())


def test_of_a_cluster_in_focus_only_the_medoid_is_shown_and_named(run: Run) -> None:
    focus = Focus("cluster", (2,))
    shown = dots(plane(run, 6, focus=focus))
    assert [name for name in shown if name.startswith("medoid")] == ["medoid 2"]
    assert shown["medoid 2"].label == "medoid of 3"
    assert "medoid 2" not in dots(plane(seen_with(run, medoid=False), 6, focus=focus))


@pytest.mark.parametrize("empty", ["stay", "farthest", "drop"])
def test_an_empty_cluster_is_shown_with_its_remedy(record: Record, empty: str) -> None:
    far = record(2, init="by hand", centroids=FAR, empty=empty)
    note = plane(far, 1).note()
    assert note.startswith("Cluster 4 is empty: its centre ")
    assert TEXTS.get("names", empty) in note
    assert ("centroid 3" in dots(plane(far, 2))) is (empty != "drop")
    assert plane(far, 2).note().startswith("Cluster 4 is empty") == (empty == "stay")  # else it was cured, or is gone


def test_a_centre_that_was_added_is_not_called_empty_before_points_are_assigned(run: Run) -> None:
    added = np.vstack([run.frame(6).state.centroids, [[-5.0, -5.0]]])
    more = run.fork(run.recipe.edited(6, SetArray("centroids", added)))
    assert "will switch at the next Assign" in plane(more, 6).note()


def test_a_screen_reader_is_told_where_the_centres_stand(run: Run) -> None:
    (x, y), *_ = run.frame(6).state.centroids.tolist()
    assert plane(run, 6).description().startswith(f"1: {x:.3f}, {y:.3f}; 2: ".replace("-", "−"))


# ---- the rectangle shown


def test_the_view_keeps_all_points_of_the_run_inside(run: Run) -> None:
    before = home_of(run.recipe)
    x0, x1, y0, y1 = home_of(run.recipe.edited(2, MovePoint(3, 40.0, -30.0)))
    assert x1 > 40
    assert y0 < -30
    assert x0 <= before[0]
    assert y1 >= before[3]
    moved = replace(run.recipe.edited(2, SetArray("points", np.full((280, 2), -90.0))))
    assert home_of(moved)[0] < -90
    assert home_of(moved)[1] == pytest.approx(before[1], abs=10)


def test_all_points_in_one_place_can_be_shown(tab: KMeansTab, settle: Any) -> None:
    tab.set_parameter("points", [[2, 2]] * 5)
    tab.run.advance(4)
    settle()
    assert not tab.grab().isNull()
    assert tab.run.timeline.error == ""


def test_regions_that_would_tell_the_answer_come_with_the_film(run: Run) -> None:
    asked, told = (plane(run, 0, covered=covered).marks() for covered in (True, False))
    assert [isinstance(mark, Regions) for mark in (asked[0], told[0])] == [False, True]


# ---- lines to the centres


def test_a_point_chosen_or_pointed_at_is_joined_to_every_centre_with_its_distance(run: Run) -> None:
    state, point = run.frame(6).state, 55
    away = np.hypot(*(state.centroids - state.points[point]).T)
    assert plane(run, 6).measures() == []
    for seen in ({"focus": Focus("point", (point,))}, {"pointed": Focus("point", (point,))}):
        lines = {str(line.focus): line for line in plane(run, 6, **seen).measures()}
        assert sorted(lines) == [f"measure {j}" for j in range(4)]
        for j, line in enumerate(lines[f"measure {j}"] for j in range(4)):
            assert line.start == tuple(state.points[point])
            assert line.end == tuple(state.centroids[j])
            assert float(line.label) == pytest.approx(away[j], abs=1e-3)
        assert [name for name, line in lines.items() if line.strong] == [f"measure {away.argmin()}"]


def test_a_point_that_the_run_has_not_is_joined_to_nothing(run: Run) -> None:
    assert plane(run, 6, focus=Focus("point", (5000,))).measures() == []


def test_the_word_start_stands_once(run: Run) -> None:
    starts = [dot for name, dot in dots(plane(run, 6)).items() if name.startswith("start")]
    assert len(starts) == 4
    assert sorted(dot.label for dot in starts) == ["", "", "", "start"]


def test_the_medoid_farthest_from_its_mean_is_named(run: Run) -> None:
    shown, state = dots(plane(run, 6)), run.frame(6).state
    away = [np.hypot(*(state.centroids[j] - shown[f"medoid {j}"].xy)) for j in range(4)]
    named = [j for j in range(4) if shown[f"medoid {j}"].label]
    assert named == [np.argmax(away)]
    assert shown[f"medoid {named[0]}"].label == f"medoid of {named[0] + 1}"


# ---- true groups


def test_true_groups_are_ringed_in_the_colour_of_the_cluster_that_stands_for_them(run: Run) -> None:
    assert not [name for name in clouds(plane(run, 6)) if name.startswith("group")]
    shown, state = clouds(plane(seen_with(run, groups=True), 6)), run.frame(6).state
    groups = true_groups(run.recipe.params)
    assert groups is not None
    pairs = {group: cluster for cluster, group in matched(state.labels, groups).items()}
    for group in range(4):
        ring = shown[f"group {group}"]
        assert ring.hollow
        assert (ring.xy == state.points[groups == group]).all()
        assert ring.colour == colour(pairs.get(group, 16 + group))
    unassigned = clouds(plane(seen_with(run, groups=True), 0))
    assert len({unassigned[f"group {group}"].colour for group in range(4)}) == 4


def test_the_points_in_another_group_are_counted_once_there_are_labels(run: Run) -> None:
    shown = seen_with(run, groups=True)
    assert [len(plane(shown, t).notes()) for t in (0, 6)] == [0, 2]
    groups = true_groups(run.recipe.params)
    assert groups is not None
    count = len(in_another_group(run.frame(6).state.labels, groups))
    assert plane(shown, 6).group_note() == f"{count} of 280 points lie with another group"
    assert len({note.above for note in plane(shown, 6).notes()}) == 2


def test_points_of_ones_own_have_no_true_groups(record: Record) -> None:
    own = record(2, points=np.random.default_rng(0).normal(size=(30, 2)), groups=True)
    assert plane(own, 2).group_rings() == ()
    assert plane(own, 2).group_note() == ""
    typed = seen_with(record(4), groups=True)
    typed = typed.fork(typed.recipe.edited(2, SetArray("points", np.zeros((280, 2)))))
    assert plane(typed, 2).group_rings() == ()


# ---- centres that come and go


def test_ways_begin_anew_where_a_centre_came_or_went(run: Run) -> None:
    fewer = np.delete(run.frame(6).state.centroids, 0, axis=0)
    changed = run.fork(run.recipe.edited(6, SetArray("centroids", fewer)))
    changed.frame(12)
    before, after = trails(plane(changed, 5)), trails(plane(changed, 10))
    assert list(before) == [f"way {j}" for j in range(4)]
    assert all(len(trail.xy) == 3 for trail in before.values())  # at 0, 2 and 4
    assert list(after) == [f"way {j}" for j in range(3)]
    for j in range(3):
        assert after[f"way {j}"].xy[0].tolist() == fewer[j].tolist()
    assert not [name for name in dots(plane(changed, 10)) if name.startswith("start")]


def test_points_whose_centre_went_have_no_cluster(run: Run) -> None:
    labels = run.frame(6).state.labels
    changed = run.fork(run.recipe.edited(6, SetArray("centroids", np.delete(run.frame(6).state.centroids, 1, axis=0))))
    shown = clouds(plane(changed, 6))
    assert len(shown["unassigned"].xy) == (labels == 1).sum()
    assert len(shown["cluster 2"].xy) == (labels == 3).sum()


# ---- scenes


def beside(run: Run) -> dict[str, Any]:
    others = Compared(run, "A"), Compared(run.fork(replace(run.recipe, seed=1)), "B")
    return {"compared": others, "letter": "A"}


def test_while_a_scene_asks_no_line_tells_the_nearest_centre(run: Run) -> None:
    covered = plane(run, 6, focus=Focus("point", (17,)), covered=True).measures()
    assert not any(line.strong for line in covered)
    assert [str(line.focus) for line in covered] == [f"measure {j}" for j in range(4)]
    assert any(line.strong for line in plane(run, 6, focus=Focus("point", (17,))).measures())


def test_of_many_centres_the_two_nearest_have_their_lengths(record: Record) -> None:
    many = plane(record(3, n_clusters=20), 3, focus=Focus("point", (17,))).measures()
    assert len(many) == 20
    assert [bool(line.label) for line in many] == [False] * 18 + [True, True]
    few = plane(record(3, n_clusters=6), 3, focus=Focus("point", (17,))).measures()
    assert all(line.label for line in few)


def test_centres_have_the_letter_of_their_run_where_others_stand_beside_it(run: Run) -> None:
    numbered = [dot.label for dot in plane(run, 3, **beside(run)).dots() if dot.style == "number"]
    assert sorted(numbered) == ["A1", "A2", "A3", "A4"]
    assert sorted(dot.label for dot in plane(run, 3).dots() if dot.style == "number") == ["1", "2", "3", "4"]


def test_the_arrow_to_a_centre_out_of_the_picture_has_its_number(record: Record) -> None:
    shown = trails(plane(record(3, init="by hand", centroids=FAR), 3))
    assert [shown[f"way {j}"].label for j in range(4)] == ["", "", "", "4"]
