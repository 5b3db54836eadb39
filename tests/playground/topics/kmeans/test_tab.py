"""The K-means tab: what the learner does in it, and what it says of a view."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView, QWidget

from core.kmeans.algorithm import MoveCentroid, MovePoint
from core.run.explanation import Focus
from core.run.recipe import Origin, SetArray
from playground.playback.player import Player
from playground.topics.kmeans.plane import home_of
from playground.topics.kmeans.tab import KMeansTab
from widgets.plots.marks.arrows_and_dots import Dot, Measure
from widgets.plots.marks.captions import Caption
from widgets.shell.run_list import RunList

WAIT = 30_000


def free_point(tab: KMeansTab) -> int:
    """Return a point that no centre covers."""
    state = tab.run.frame.state
    away = (np.hypot(*(state.centroids - xy).T).min() for xy in state.points)
    return next(i for i, distance in enumerate(away) if distance > 1.0)


def corner(tab: KMeansTab) -> tuple[float, float]:
    """Return a place in the plane where nothing lies."""
    x0, x1, y0, y1 = home_of(tab.run.recipe)
    return x0 + 0.01 * (x1 - x0), y0 + 0.01 * (y1 - y0)


def cells(tab: KMeansTab, name: str) -> Any:
    found = tab.findChild(QTableView, f"cells.{name}")
    assert isinstance(found, QTableView)
    return found


def draw_points(tab: KMeansTab) -> None:
    button = tab.findChild(QAbstractButton, "view.draw_points")
    assert button is not None
    button.click()


# ---- with the mouse


def test_dragging_a_centre_is_one_edit_and_asks_for_an_assign(tab: KMeansTab, mouse: Any) -> None:
    tab.run.advance(4)
    before, near = tab.run.recipe, 2 * mouse.pixel(tab.plane)
    mouse.drag(tab.plane, tuple(tab.run.frame.state.centroids[2]), (1.0, -1.0), (2.0, -2.0), (3.0, -3.0))
    ((edit,),) = [[change.edit for change in tab.run.recipe.edits]]
    assert isinstance(edit, MoveCentroid)
    assert edit.cluster == 2
    assert (edit.x, edit.y) == pytest.approx((3, -3), abs=near)
    assert tab.run.frame.state.centroids[2].tolist() == [edit.x, edit.y]
    tab.run.advance(1)
    assert tab.view().row["phase"] == "assign"
    tab.run.undo()
    assert tab.run.recipe == before


def test_a_point_can_be_dragged_at_the_start_and_in_mid_run(tab: KMeansTab, mouse: Any) -> None:
    moved = []
    for step, place in ((0, (1.5, 1.5)), (3, (-1.5, 1.5))):
        tab.run.advance(step)
        moved.append(free_point(tab))
        mouse.drag(tab.plane, tuple(tab.run.frame.state.points[moved[-1]]), (0.0, 0.0), place)
    near = 2 * mouse.pixel(tab.plane)
    assert tab.run.frame.state.points[moved] == pytest.approx(np.array([[1.5, 1.5], [-1.5, 1.5]]), abs=near)
    assert [change.step for change in tab.run.recipe.edits] == [0, 3]
    assert [change.edit.target for change in tab.run.recipe.edits] == [f"point {i}" for i in moved]


def test_a_click_chooses_what_is_explained(tab: KMeansTab, mouse: Any) -> None:
    tab.run.advance(4)
    mouse.click(tab.plane, *tab.run.frame.state.centroids[3])
    assert tab.focus == Focus("cluster", (3,))
    point = free_point(tab)
    mouse.click(tab.plane, *tab.run.frame.state.points[point])
    assert tab.focus is not None
    assert tab.focus.kind == "point"
    clicked = tab.run.frame.state.points[tab.focus.at[0]]
    assert clicked == pytest.approx(tab.run.frame.state.points[point], abs=5 * mouse.pixel(tab.plane))
    assert tab.numbers.subtitle().startswith(f"Point {tab.focus.at[0] + 1} · ")
    mouse.click(tab.plane, *corner(tab))
    assert tab.focus is None


def test_drawing_adds_and_takes_away_points(tab: KMeansTab, mouse: Any) -> None:
    draw_points(tab)
    place = corner(tab)
    mouse.click(tab.plane, *place)
    assert tab.run.frame.state.points[-1] == pytest.approx(np.array(place), abs=mouse.pixel(tab.plane))
    assert len(tab.run.params.points) == 281
    mouse.click(tab.plane, *tab.run.frame.state.points[-1])
    assert len(tab.run.params.points) == 280
    tab.run.undo()
    tab.run.undo()
    assert tab.run.params.points == "blobs"


def test_few_points_can_be_drawn_away_down_to_one(tab: KMeansTab, mouse: Any) -> None:
    tab.set_parameter("points", [[0, 0], [4, 4], [0, 9]])
    tab.set_parameter("centroids", [[2, 2], [6, 6], [-3, 3]])  # beside the points, which they would cover
    draw_points(tab)
    for point, left in (((0, 0), 2), ((4, 4), 1)):
        mouse.click(tab.plane, *point)
        assert (len(tab.run.params.points), tab.run.params.n_clusters) == (left, left)
        tab.set_parameter("centroids", [[2, 2], [-3, 3]][:left])
    mouse.click(tab.plane, 0, 9)
    assert len(tab.run.params.points) == 1  # the last one is refused


def test_pointing_at_a_point_shows_its_distances(tab: KMeansTab, forward: Any, mouse: Any) -> None:
    forward("distances")
    tab.run.advance(1)
    listed = tab.distances.findChild(RunList)
    assert listed is not None
    state = tab.run.frame.state
    mouse.move(tab.plane, *state.points[free_point(tab)])
    assert tab.pointed is not None
    assert listed.accessibleName().startswith(f"Point {tab.pointed.at[0] + 1} ")
    assert tab.pointed.at[0] != 0
    mouse.leave(tab.plane)
    assert listed.accessibleName().startswith("Point 1 ")


def test_pointing_tells_which_centres_are_near(tab: KMeansTab, mouse: Any) -> None:
    said: list[str] = []
    tab.status.connect(said.append)
    tab.run.advance(2)
    x, y = tab.run.frame.state.centroids[2]
    mouse.move(tab.plane, x + 1.0, y)
    away = np.hypot(*(tab.run.frame.state.centroids - (x + 1.0, y)).T)
    first, second = np.argsort(away)[:2] + 1
    numbers_said = [word.strip(".,;") for word in said[-1].split()]
    assert {str(first), str(second)} <= set(numbers_said)
    mouse.leave(tab.plane)
    assert said[-1] == ""


def test_a_focus_that_another_run_does_not_have_is_let_go_of(tab: KMeansTab) -> None:
    tab.run.advance(1)
    tab.choose(Focus("cluster", (3,)))
    tab.set_parameter("n_clusters", 3)
    assert tab.view().focus is None
    assert tab.focus is None


# ---- by typing


def test_cells_typed_at_the_start_are_the_parameter(tab: KMeansTab, forward: Any) -> None:
    forward("cells")
    model = cells(tab, "centroids").model()
    assert model.setData(model.index(1, 0), "9.5")
    assert tab.run.params.init == "by hand"
    assert tab.run.frame.state.centroids[1, 0] == 9.5
    assert tab.run.recipe.edits == ()


def test_cells_typed_in_mid_run_are_an_edit(tab: KMeansTab, forward: Any) -> None:
    forward("cells")
    tab.run.advance(3)
    for name, edit in (("centroids", MoveCentroid), ("points", MovePoint)):
        table = cells(tab, name)
        assert table.model().setData(table.model().index(2, 1), "7")
        assert isinstance(tab.run.recipe.edits[-1].edit, edit)
        assert getattr(tab.run.frame.state, name)[2, 1] == 7
    table.setCurrentIndex(table.model().index(0, 0))
    table.paste("1\t2\n3\t4")
    assert isinstance(tab.run.recipe.edits[-1].edit, SetArray)
    assert tab.run.frame.state.points[:2].tolist() == [[1, 2], [3, 4]]


def test_a_dropped_centre_is_put_back_by_typing(tab: KMeansTab, forward: Any) -> None:
    forward("cells")
    tab.set_parameter("centroids", [[0, 0], [3, 0], [-3, 0], [50, 50]])
    tab.set_parameter("empty", "drop")
    tab.run.advance(4)
    model = cells(tab, "centroids").model()
    assert model.index(3, 0).data() == "–"
    assert model.setData(model.index(3, 0), "2")
    assert tab.run.frame.state.centroids[3].tolist() == [2, 50]
    assert tab.run.frame.state.in_use.tolist() == [1, 1, 1, 1]


def test_a_point_that_is_gone_to_in_the_table_is_explained(tab: KMeansTab, forward: Any) -> None:
    forward("cells")
    cells(tab, "points").picked.emit(17, 0)
    assert tab.focus == Focus("point", (17,))


def test_another_number_of_clusters_lets_go_of_centres_by_hand(tab: KMeansTab) -> None:
    tab.set_parameter("centroids", [[0, 0], [3, 0]])
    assert tab.run.params.n_clusters == 2
    tab.set_parameter("n_clusters", 3)
    assert tab.run.params.centroids is None
    assert len(tab.choices()) == 3
    tab.set_parameter("centroids", [[0, 0], [3, 0]])
    tab.set_parameter("init", "k-means++")
    assert tab.run.params.centroids is None


# ---- what it says


def test_settings_that_do_nothing_are_hidden(tab: KMeansTab) -> None:
    assert {"n_samples", "spread", "data_seed"} <= set(tab.settings_shown())
    assert "centroids" not in tab.settings_shown()
    tab.set_parameter("points", "iris")
    assert not {"n_samples", "spread", "data_seed"} & set(tab.settings_shown())
    tab.set_parameter("init", "by hand")
    assert "centroids" in tab.settings_shown()


def test_the_run_list_counts_points_and_their_part_of_inertia(tab: KMeansTab) -> None:
    assert set(tab.row_values(tab.view()).values()) == {("–", "–")}
    tab.run.advance(4)
    values = tab.row_values(tab.view())
    assert sum(int(count) for count, _ in values.values()) == 280
    assert sum(float(part) for _, part in values.values()) == pytest.approx(tab.view().row["inertia"], abs=0.01)


def test_the_phase_shown_is_the_half_step_made_last(tab: KMeansTab) -> None:
    phases = []
    for _ in range(4):
        phases.append(tab.phase.phase())
        tab.run.advance(1)
    assert phases == [-1, 0, 1, 0]


def test_events_count_clusters_from_1(tab: KMeansTab) -> None:
    assert tab.event_text("empty cluster 3", 1) == "Cluster 4 has no points at half-step 1"
    assert tab.event_text("converged", 25).startswith("Converged at half-step 25")


@pytest.mark.parametrize(
    ("edit", "said"),
    [(MoveCentroid(2, 1.5, -0.25), "3"), (MovePoint(16, 1.5, -0.25), "17"), (SetArray("points", np.zeros((2, 2))), "")],
)
def test_gestures_are_told_in_words(tab: KMeansTab, edit: Any, said: str) -> None:
    words = tab.gesture_text(edit)
    assert said in words
    assert ("1.500" in words) is bool(said)


def test_play_pauses_where_it_comes_to_rest_and_can_go_on(tab: KMeansTab, player: Player, qtbot: Any) -> None:
    box: Any = tab.transport.speed_box
    box.setCurrentIndex(box.findData("fastest"))
    with qtbot.waitSignal(player.stopped, timeout=WAIT) as why:
        player.play()
    assert why.args == ["rest"]
    assert "converged" in tab.run.timeline.events_at(tab.run.position)
    player.play()
    qtbot.waitUntil(lambda: tab.run.position > 40, timeout=WAIT)
    player.pause()


@pytest.mark.parametrize(
    ("lesson", "panel", "focus"),
    [("nearest_centre", "distances", "point 55"), ("empty_cluster", "", "cluster 3")],
)
def test_a_lesson_brings_its_panel_in_front(tab: KMeansTab, settle: Any, lesson: str, panel: str, focus: str) -> None:
    tab.stage.open(lesson)
    settle()
    assert tab.focus == Focus.of(focus)
    assert not panel or tab.plots()[panel].isVisible()


def test_the_silhouettes_that_a_scene_asks_for_stand_in_the_table_in_front(tab: KMeansTab, settle: Any) -> None:
    tab.stage.open("start_decides")  # its panel is another page of the same card
    tab.stage.open("which_k")
    settle()
    table = tab.findChild(QWidget, "compare.cursor")
    assert table
    assert table.isVisible()


@pytest.mark.parametrize("id", ["shapes_matter", "long_groups", "unequal_groups", "first_centres", "ways_to_start"])
def test_a_scene_does_not_leave_in_front_what_the_one_before_it_spoke_of(tab: KMeansTab, settle: Any, id: str) -> None:
    tab.shown.bring_forward("studies")
    tab.stage.open(id)
    settle()
    assert not tab.studies.isVisible()


def test_pointing_joins_a_point_to_the_centres_until_the_pointer_leaves(tab: KMeansTab, mouse: Any) -> None:
    tab.run.advance(2)
    mouse.move(tab.plane, *tab.run.frame.state.points[free_point(tab)])
    assert sum(isinstance(mark, Measure) for mark in tab.plane.marks) == 4
    tab.run.seek(1)
    assert sum(isinstance(mark, Measure) for mark in tab.plane.marks) == 4
    mouse.leave(tab.plane)
    assert not any(isinstance(mark, Measure) for mark in tab.plane.marks)


def test_the_strip_counts_half_steps(tab: KMeansTab) -> None:
    tab.run.advance(12)
    assert tab.numbers.subtitle() == "half-step 11 → 12"


@pytest.mark.parametrize(("size", "is_whole"), [((1100, 700), False), ((2200, 1200), True)])
def test_the_subtitle_has_room_beside_the_phases(
    tab: KMeansTab, settle: Any, size: tuple[int, int], is_whole: bool
) -> None:
    tab.window().resize(*size)
    settle()
    words = [*tab.card.findChildren(QWidget)]
    cut = [word for word in words if word.isVisible() and word.toolTip().startswith(tab.card.title())]
    assert not cut
    assert (tab.phase.width() > 100) is is_whole


def test_the_default_run_takes_ten_to_twenty_seconds_with_gliding_centres(tab: KMeansTab) -> None:
    tab.run.advance(60)
    rest = next(t for t, keys in tab.run.timeline.events.items() if "converged" in keys)
    speed = tab.transport.speed()
    assert isinstance(speed, int)
    assert 10 <= rest / speed <= 20
    tab.run.seek(2)
    tab.glide(0.5)
    before, now = (tab.run.timeline.frame(t).state.centroids for t in (1, 2))
    shown = [mark.xy for mark in tab.plane.marks if isinstance(mark, Dot) and mark.style == "number"]
    assert sorted(shown) == sorted(map(tuple, (0.5 * (before + now)).tolist()))


def test_new_points_fit_the_picture_and_a_ghost_does_not_widen_it(tab: KMeansTab) -> None:
    tab.run.advance(4)
    tab.set_parameter("points", "iris")
    seen = tab.plane.viewport_now()
    points = tab.run.frame.state.points
    assert seen.x0 <= points[:, 0].min()
    assert seen.x1 >= points[:, 0].max()
    tab.run.gesture(MovePoint(0, 900.0, 900.0))
    tab.run.undo()
    assert tab.plane.viewport_now() == seen


# ---- names that come with a file

TOWNS = Origin("points", "towns.csv", ("east, km", "north, km"))


@pytest.fixture
def towns(tab: KMeansTab) -> KMeansTab:
    with tab.run.reading(TOWNS):
        names = ["Ulm", "Bern", "Graz"]
        tab.run.restart_with({"points": [[0.0, 1.0], [2.0, 3.0], [9.0, 9.0]], "point_names": names, "n_clusters": 2})
    return tab


def axes(tab: KMeansTab) -> tuple[str, str]:
    return tab.plane.axes["bottom"].name, tab.plane.axes["left"].name


def test_axes_cells_and_the_field_have_the_names_of_the_file(towns: KMeansTab) -> None:
    assert axes(towns) == ("east, km", "north, km")
    towns.bring_forward("cells")
    headers = [cells(towns, "points").model().headerData(i, Qt.Orientation.Horizontal) for i in range(2)]
    assert headers == ["east, km", "north, km"]
    field = towns.findChild(QComboBox, "param.points")
    assert field is not None
    assert field.currentText() == "towns.csv · 3 × 2"
    towns.set_parameter("standardise", True)
    assert axes(towns)[0] == towns.texts.get("panels", "standardised").format(name="east, km")
    towns.set_parameter("points", "blobs")
    assert axes(towns)[1].startswith("y")


def test_the_mean_in_the_strip_has_the_names_of_the_axes(towns: KMeansTab) -> None:
    towns.run.advance(2)
    assert [label for label, _ in towns.explanation(towns.view()).rows] == ["east, km", "north, km"]
    towns.set_parameter("points", "blobs")
    towns.run.advance(2)
    assert [label for label, _ in towns.explanation(towns.view()).rows] == ["x_axis", "y_axis"]


def test_iris_has_the_names_of_its_columns(tab: KMeansTab) -> None:
    tab.set_parameter("points", "iris")
    assert axes(tab) == ("petal_length", "petal_width")


def test_a_point_with_a_name_is_called_by_it_wherever_it_is_told_of(towns: KMeansTab) -> None:
    towns.run.advance()
    towns.choose(Focus("point", (2,)))
    assert towns.focus_name(towns.view()).endswith("Graz")
    assert "Graz" in [mark.text for mark in towns.plane.marks if isinstance(mark, Caption)]
    towns.choose(None)
    assert not [mark for mark in towns.plane.marks if isinstance(mark, Caption)]
