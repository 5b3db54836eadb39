"""The K-means tab: what its pictures show of a frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from widgets.plots.plane_plot import Dot, Points, Trail

from core import kmeans as core
from core.kmeans.algorithm import MoveCentroid, MovePoint
from core.nn.similarity import squared_distances
from playground.topics.kmeans import plane
from playground.topics.kmeans.clusters import colour, marker
from playground.topics.kmeans.small_plots import rounded_out
from playground.topics.kmeans.tab import KMeansTab
from playground.window.window import Window
from widgets.plots.marks.regions import Regions

WAIT = 30_000


@pytest.fixture
def tab(window: Window, settle: Any) -> KMeansTab:
    made = window.visit("kmeans")
    assert isinstance(made, KMeansTab)
    settle()
    return made


def clouds(tab: KMeansTab) -> dict[str, Points]:
    return {str(group.name): group for group in tab.plane._points}


def dots(tab: KMeansTab) -> dict[str, Dot]:
    return {str(dot.name): dot for dot in tab.plane._dots}


def trails(tab: KMeansTab) -> dict[str, Trail]:
    return {str(trail.name): trail for trail in tab.plane._trails}


def show(tab: KMeansTab, panel: Any, settle: Any) -> None:
    tab.centre.deck_of(panel).show_page(panel)
    settle()


# ---- the plane


def test_every_point_has_the_look_of_its_cluster(tab: KMeansTab) -> None:
    assert set(clouds(tab)) == {"unassigned"}
    tab.run.advance(3)
    state = tab.run.frame.state
    for j in range(4):
        group = clouds(tab)[f"cluster {j}"]
        assert (group.colour, group.shape) == (colour(j), marker(j))
        assert (group.xy == state.points[state.labels == j]).all()


def test_no_two_of_twenty_clusters_look_alike() -> None:
    assert len({(colour(j), marker(j)) for j in range(core.MOST_CLUSTERS)}) == core.MOST_CLUSTERS


def test_the_points_about_to_switch_are_ringed_and_do_switch(tab: KMeansTab) -> None:
    tab.run.advance(4)
    ringed = clouds(tab)["switching"]
    assert ringed.hollow
    assert f"{len(ringed.xy)} will switch" in tab.plane._note
    labels = tab.run.frame.state.labels
    tab.run.advance(1)
    after = tab.run.frame.state
    assert (ringed.xy == after.points[after.labels != labels]).all()
    assert "switching" not in clouds(tab)


def test_centres_are_numbered_where_the_frame_says(tab: KMeansTab) -> None:
    tab.run.advance(6)
    for j, (x, y) in enumerate(tab.run.frame.state.centroids.tolist()):
        dot = dots(tab)[f"centroid_{j}"]
        assert (dot.xy, dot.label, dot.draggable, dot.style) == ((x, y), str(j + 1), True, "number")


def test_regions_are_those_of_the_centres_shown_and_can_be_left_out(tab: KMeansTab) -> None:
    tab.run.advance(2)
    ground = tab.plane.marks[0]
    assert isinstance(ground, Regions)
    assert np.array(ground.centres).tolist() == tab.run.frame.state.centroids.tolist()
    tab.set_parameter("shading", False)
    assert not tab.plane.marks[0].is_ground


def test_trails_are_the_ways_of_the_centres(tab: KMeansTab) -> None:
    tab.run.advance(12)
    tab.run.seek(6)
    states = [tab.run.timeline.frame(t).state.centroids for t in range(13)]
    for j in range(4):
        trail = trails(tab)[f"way {j}"]
        assert trail.xy.tolist() == [states[t][j].tolist() for t in (0, 2, 4, 6)]
        assert trail.faint_xy is not None
        assert trail.faint_xy.tolist() == [states[t][j].tolist() for t in (6, 8, 10, 12)]
    tab.set_parameter("trails", False)
    assert all(len(trail.xy) == 1 for trail in trails(tab).values())
    assert "start 0" not in dots(tab)


def test_trails_of_an_edited_run_share_only_what_was_before(tab: KMeansTab) -> None:
    tab.run.advance(8)
    tab.run.seek(4)
    tab.run.gesture(MoveCentroid(1, 0.0, 0.0))
    tab.run.advance(4)
    own = tab.run.timeline
    expected = [own.frame(t).state.centroids[1].tolist() for t in (0, 2, 4, 6, 8)]
    assert trails(tab)["way 1"].xy.tolist() == expected
    assert trails(tab)["way 1"].ghost_xy is not None


def test_a_centre_out_of_the_picture_has_an_arrow_at_its_edge(tab: KMeansTab) -> None:
    tab.set_parameter("centroids", [[0, 0], [500, 0]])
    assert trails(tab)["way 0"].marker == "none"
    assert trails(tab)["way 1"].marker == ""


def test_points_are_joined_to_their_centres(tab: KMeansTab) -> None:
    tab.run.advance(2)
    assert tab.plane._links == ()
    tab.set_parameter("lines", True)
    state = tab.run.frame.state
    bundles: Any = tab.plane._links
    begins = np.concatenate([links.begins for links in bundles])
    assert len(begins) == len(state.points)
    for links in bundles:
        j = int(links.name.split()[1])
        assert (links.ends == state.centroids[j]).all()


def test_the_medoid_is_the_data_point_with_the_smallest_sum_of_distances(tab: KMeansTab) -> None:
    tab.run.advance(6)
    state = tab.run.frame.state
    for j in range(4):
        own = state.points[state.labels == j]
        sums = np.sqrt(squared_distances(own, own)).sum(axis=1)
        assert dots(tab)[f"medoid {j}"].xy == tuple(own[sums.argmin()].tolist())
    tab.set_focus("cluster 2")
    assert [name for name in dots(tab) if name.startswith("medoid")] == ["medoid 2"]
    assert dots(tab)["medoid 2"].label == "medoid"
    tab.set_parameter("medoid", False)
    assert "medoid 2" not in dots(tab)


@pytest.mark.parametrize("empty", ["stay", "farthest", "drop"])
def test_an_empty_cluster_is_shown_with_its_remedy(tab: KMeansTab, empty: str) -> None:
    tab.set_parameter("centroids", [[0, 0], [3, 0], [-3, 0], [50, 50]])
    tab.set_parameter("empty", empty)
    tab.run.advance(1)
    assert tab.plane._note.startswith("Cluster 4 is empty: its centre ")
    assert tab.texts.get("methods", empty) in tab.plane._note
    tab.run.advance(1)
    assert ("centroid_3" in dots(tab)) is (empty != "drop")


def test_the_view_keeps_all_points_of_the_run_inside(tab: KMeansTab) -> None:
    tab.run.advance(2)
    before = tab.plane._home
    tab.run.gesture(MovePoint(3, 40.0, -30.0))
    x0, x1, y0, y1 = tab.plane._home
    assert x1 > 40
    assert y0 < -30
    assert x0 <= before[0]
    assert y1 >= before[3]


def test_markers_are_the_smaller_the_more_points_there_are() -> None:
    sizes = [plane.marker_size(n) for n in (10, 600, 601, 5000, 50_000, 10**6)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[-1] >= 1


def test_all_points_in_one_place_can_be_shown(tab: KMeansTab, settle: Any) -> None:
    tab.set_parameter("points", [[2, 2]] * 5)
    tab.run.advance(4)
    settle()
    assert not tab.grab().isNull()
    assert tab.run.timeline.error == ""


# ---- beside the plane


def test_inertia_is_the_series_hollow_after_an_assign(tab: KMeansTab) -> None:
    tab.run.advance(9)
    tab.run.seek(5)
    inertia = tab.run.timeline.series.column("inertia")
    curve = tab.inertia._curves[-1]
    assert curve.y[1:].tolist() == inertia[1:].tolist()
    groups = {str(group.name): group for group in tab.inertia._points}
    assert groups["assign past"].xy[:, 0].tolist() == [1, 3, 5]
    assert groups["move past"].xy[:, 0].tolist() == [2, 4]
    assert groups["assign ahead"].xy[:, 0].tolist() == [7, 9]
    assert groups["assign past"].hollow
    assert not groups["move past"].hollow
    assert groups["move ahead"].faint


def test_the_pinned_run_stays_beside_the_new_one(tab: KMeansTab) -> None:
    tab.run.advance(9)
    tab.run.pin()
    tab.run.reseed(5)
    tab.run.advance(3)
    assert [curve.label for curve in tab.inertia._curves if curve.ghost] == ["A"]
    pinned: Any = tab.run.pinned
    assert tab.inertia._home[3] > pinned.series.extremes("inertia")[1]


def test_bars_count_the_points_that_changed(tab: KMeansTab) -> None:
    tab.run.advance(40)
    changed = tab.run.timeline.series.column("changed")
    expected = {t: changed[t] for t in range(3, 40) if changed[t] > 0}
    bars = {bar.x: bar.height for bar in tab.changed._bars}
    assert {t: bars[t] for t in expected} == expected
    zeros = [x for x, height in bars.items() if height == 0]
    assert zeros == [25]  # the first assign that changed nothing, and no further one
    tab.run.seek(9)
    assert [bar.x for bar in tab.changed._bars if not bar.faint] == [3, 5, 7, 9]


def test_round_ranges_hold_what_they_are_for() -> None:
    for low, high in ((334.2, 2769.5), (0.0, 25.0), (19.5, 60.0), (5.0, 5.0), (0.0, 0.0), (1e-9, 3e-9), (0, 1e12)):
        below, above = rounded_out(low, high)
        assert below <= low
        assert above > high


def test_the_distance_table_marks_the_smallest(tab: KMeansTab, settle: Any) -> None:
    show(tab, tab.distances, settle)
    tab.run.advance(3)
    state = tab.run.frame.state
    for point in (0, 17, 200):
        tab.set_focus(f"point {point}")
        assert tab.distances.nearest() == f"cluster {state.labels[point]}"
        shown = [values[1] for values in tab.distances._rows._values.values()]
        squared = ((state.points[point] - state.centroids) ** 2).sum(axis=1)
        assert [float(text) for text in shown] == pytest.approx(squared.tolist(), abs=5e-4)


def test_pointing_at_a_point_shows_its_distances(tab: KMeansTab, settle: Any) -> None:
    show(tab, tab.distances, settle)
    tab.run.advance(1)
    tab.plane.marked.emit("point 42")
    assert tab.distances._rows._title.startswith("Point 43 ")
    tab.plane.marked.emit("")
    assert tab.distances._rows._title.startswith("Point 1 ")


def test_the_run_list_counts_points_and_their_part_of_inertia(tab: KMeansTab) -> None:
    assert set(tab.row_values(tab.run.frame).values()) == {("–", "–")}
    tab.run.advance(4)
    values = tab.row_values(tab.run.frame)
    assert sum(int(count) for count, _ in values.values()) == 280
    assert sum(float(part) for _, part in values.values()) == pytest.approx(tab.run.row["inertia"], abs=0.01)


def test_the_phase_shown_is_the_half_step_made_last(tab: KMeansTab) -> None:
    phases = []
    for _ in range(4):
        phases.append(tab.controls._phase.phase())
        tab.run.advance(1)
    assert phases == [-1, 0, 1, 0]


def test_events_count_clusters_from_1(tab: KMeansTab) -> None:
    assert tab.event_text("empty cluster 3", 1) == "Cluster 4 has no points at half-step 1"
    assert tab.event_text("converged", 25).startswith("Converged at half-step 25")
