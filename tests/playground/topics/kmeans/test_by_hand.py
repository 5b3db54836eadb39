"""Points and centres by hand: strokes, centres that come and go in mid-run, standardised points, and the way back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu

from core.kmeans.settings import in_given_units, points_of
from core.run.explanation import Focus
from core.run.recipe import SetArray
from playground.topics.kmeans.plane import home_of
from playground.topics.kmeans.tab import KMeansTab
from widgets.plots.marks.mark import Hit
from widgets.plots.marks.points import Clouds


def corner(tab: KMeansTab, share: float = 0.02) -> tuple[float, float]:
    """Return a place in the plane where nothing lies."""
    x0, x1, y0, y1 = home_of(tab.run.recipe)
    return x0 + share * (x1 - x0), y0 + 0.02 * (y1 - y0)


def draw_points(tab: KMeansTab) -> None:
    button = tab.findChild(QAbstractButton, "view.draw_points")
    assert button is not None
    button.click()


def k_shown(tab: KMeansTab) -> Any:
    return tab.shown_values()["n_clusters"]


# ---- strokes


def test_a_stroke_over_empty_ground_adds_points_and_is_one_undo(tab: KMeansTab, mouse: Any) -> None:
    draw_points(tab)
    (x, y), wide = corner(tab), home_of(tab.run.recipe)[1] - home_of(tab.run.recipe)[0]
    mouse.drag(tab.plane, (x, y), *((x + share * wide, y) for share in (0.1, 0.2, 0.3, 0.4)))
    added = tab.run.frame.state.points[280:]
    assert len(added) >= 4
    assert (np.abs(added[:, 1] - y) < 0.2 * wide).all()
    tab.run.undo()
    assert tab.run.params.points == "blobs"
    assert not tab.run.can_undo


def test_a_stroke_is_seen_while_it_is_drawn_and_changes_nothing_yet(tab: KMeansTab) -> None:
    draw_points(tab)
    for x in (0.0, 1.0, 2.0):
        tab.plane.brushed.emit(x, -5.0, False)
    groups = [group for mark in tab.plane.marks if isinstance(mark, Clouds) for group in mark.groups]
    assert [len(group.xy) for group in groups if group.name == "stroke"] == [3]
    assert tab.run.params.points == "blobs"


def test_without_the_pencil_the_ground_is_dragged(tab: KMeansTab, mouse: Any) -> None:
    x, y = corner(tab)
    mouse.drag(tab.plane, (x, y), (x + 1, y), (x + 2, y))
    assert tab.run.params.points == "blobs"
    assert tab.plane.user_zoomed


def test_clearing_leaves_a_point_at_each_centre(tab: KMeansTab) -> None:
    tab.run.advance(6)
    centres = tab.run.frame.state.centroids
    tab.hand.clear()
    assert tab.run.frame.state.points.tolist() == centres.tolist()
    assert tab.run.params.n_clusters == 4
    tab.run.undo()
    assert tab.run.params.points == "blobs"


# ---- centres


def test_shift_and_click_add_a_centre_in_mid_run_and_on_a_centre_take_it_away(tab: KMeansTab, mouse: Any) -> None:
    tab.run.advance(5)
    before = tab.run.frame.state
    mouse.click(tab.plane, 0.0, 0.0, shift=True)
    assert tab.run.position == 5
    now = tab.run.frame.state.centroids
    assert now[:4].tolist() == before.centroids.tolist()
    assert now[4:] == pytest.approx(np.zeros((1, 2)), abs=2 * mouse.pixel(tab.plane))
    assert [row.choice for row in tab.rows.rows()] == [f"cluster {j}" for j in range(5)]
    tab.run.advance(4)
    assert len(tab.run.frame.state.centroids) == 5
    mouse.click(tab.plane, *tab.run.frame.state.centroids[1], shift=True)
    assert len(tab.run.frame.state.centroids) == 4
    assert [change.step for change in tab.run.recipe.edits] == [5, 9]
    tab.run.undo()
    tab.run.undo()
    assert tab.run.recipe.edits == ()


def test_the_form_shows_the_k_in_force_under_scrub(tab: KMeansTab) -> None:
    tab.run.advance(3)
    tab.hand.add_centre(0.0, 0.0)
    tab.run.advance(3)
    seen = []
    for t in (6, 2, 3, 0, 5):
        tab.run.seek(t)
        seen.append((k_shown(tab), len(tab.rows.rows())))
    assert seen == [(5, 5), (4, 4), (5, 5), (4, 4), (5, 5)]


def test_the_k_of_the_start_can_be_asked_for_while_another_is_in_force(tab: KMeansTab) -> None:
    tab.run.advance(3)
    tab.hand.add_centre(0.0, 0.0)
    tab.set_parameter("n_clusters", 4)
    assert (tab.run.position, tab.run.recipe.edits, k_shown(tab)) == (0, (), 4)


def test_at_the_start_a_centre_added_is_one_of_the_first(tab: KMeansTab) -> None:
    first = tab.run.frame.state.centroids
    tab.hand.add_centre(0.0, 0.0)
    assert tab.run.params.n_clusters == 5
    assert tab.run.params.centroids.tolist() == [*first.tolist(), [0.0, 0.0]]


def test_what_moved_before_a_centre_goes_at_the_same_step_stays_where_it_is(tab: KMeansTab, mouse: Any) -> None:
    tab.run.advance(4)
    mouse.drag(tab.plane, tuple(tab.run.frame.state.centroids[3]), (1.0, 0.0), (0.0, 0.0))
    moved = tab.run.frame.state.centroids
    tab.hand.remove_centre(0)
    assert tab.run.frame.state.centroids.tolist() == moved[1:].tolist()
    tab.hand.add_centre(5.0, 5.0)
    assert len(tab.run.recipe.edits) == 1
    assert tab.run.frame.state.centroids.tolist() == [*moved[1:].tolist(), [5.0, 5.0]]


@pytest.mark.parametrize("name", ["plane", "rows"])
def test_delete_takes_the_chosen_centre_away(tab: KMeansTab, settle: Any, name: str) -> None:
    tab.run.advance(4)
    tab.choose(Focus("cluster", (2,)))
    left = np.delete(tab.run.frame.state.centroids, 2, axis=0)
    widget = getattr(tab, name)
    widget.setFocus()
    settle()
    QTest.keyClick(widget, Qt.Key.Key_Delete)
    assert tab.run.frame.state.centroids.tolist() == left.tolist()


def test_the_last_centre_stays_and_there_are_twenty_at_most(tab: KMeansTab) -> None:
    tab.set_parameter("n_clusters", 1)
    tab.run.advance(2)
    tab.hand.remove_centre(0)
    assert len(tab.run.frame.state.centroids) == 1
    for i in range(25):
        tab.hand.add_centre(float(i), 0.0)
    assert len(tab.run.frame.state.centroids) == 20


def test_the_menu_says_what_can_be_done_at_a_place(tab: KMeansTab) -> None:
    tab.run.advance(3)
    words = [action.text() for action in tab.hand.menu(0, 0, Hit(Focus("centroid", (1,)), 0.0)).actions()]
    assert any("Remove centre 2" in word for word in words)
    assert not any("Remove" in action.text() for action in tab.hand.menu(0, 0, None).actions())
    tab.hand.menu(1.5, 1.5, None).actions()[0].trigger()
    assert tab.run.frame.state.centroids[-1].tolist() == [1.5, 1.5]


def test_the_right_button_opens_the_menu(tab: KMeansTab, mouse: Any) -> None:
    mouse.click(tab.plane, *tab.run.frame.state.centroids[1], button=Qt.MouseButton.RightButton)
    (menu,) = tab.plane.findChildren(QMenu)
    assert menu.isVisible()
    menu.close()


def test_a_centre_that_came_or_went_is_told_in_words(tab: KMeansTab) -> None:
    tab.run.advance(3)
    tab.hand.add_centre(0.0, 0.0)
    tab.run.advance(2)
    tab.hand.remove_centre(0)
    said = [tab.gesture_text(change.edit) for change in tab.run.recipe.edits]
    assert said == ["a centre added: k = 5", "a centre removed: k = 4"]
    same = SetArray("centroids", tab.run.frame.state.centroids)
    assert tab.gesture_text(same) == "centres typed in"


def test_a_run_whose_k_changed_plays_scrubs_and_is_compared(tab: KMeansTab, settle: Any) -> None:
    tab.set_parameter("lines", True)
    tab.set_parameter("groups", True)
    tab.run.advance(4)
    tab.hand.remove_centre(1)
    tab.run.advance(3)
    tab.hand.add_centre(0.0, 0.0)
    tab.hand.add_centre(1.0, 0.0)
    tab.run.advance(6)
    tab.run.pin()
    tab.set_parameter("n_clusters", 3)
    tab.run.advance(13)
    for t in range(13, -1, -1):
        tab.run.seek(t)
        tab.glide(0.5)
        settle()
    assert tab.run.timeline.error == ""


# ---- standardised


def test_drawn_on_standardised_points_the_given_ones_stay_as_they_were(tab: KMeansTab) -> None:
    given_points = np.array([[20.0, 30000.0], [30.0, 50000.0], [40.0, 90000.0], [60.0, 20000.0]])
    tab.set_parameter("points", given_points)
    tab.set_parameter("standardise", True)
    assert tab.run.frame.state.points.std(axis=0) == pytest.approx(1)
    tab.hand.set_points(np.vstack([tab.run.frame.state.points, [0.0, 0.0]]))
    assert tab.run.params.points[:4] == pytest.approx(given_points)
    assert tab.run.params.points[4] == pytest.approx(given_points.mean(axis=0))


def test_the_axes_say_that_points_are_standardised(tab: KMeansTab, settle: Any) -> None:
    axes = [tab.plane.axes["bottom"], tab.plane.axes["left"]]
    assert [axis.name for axis in axes] == ["x", "y"]
    tab.set_parameter("standardise", True)
    assert [axis.name for axis in axes] == ["x, standardised", "y, standardised"]


def test_new_units_fit_the_picture(tab: KMeansTab) -> None:
    points = np.column_stack([np.linspace(20, 60, 30), np.linspace(2e4, 9e4, 30)])
    tab.set_parameter("points", points)
    assert tab.plane.viewport_now().y1 > 8e4
    tab.set_parameter("standardise", True)
    assert tab.plane.viewport_now().y1 < 10
    assert in_given_units(tab.run.params, points_of(tab.run.params)) == pytest.approx(points)
