"""The Optimizers tab: what its pictures show of a frame, and what the learner does in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSlider
from widgets.plots.plane_plot import Trail

from core import optimizers as core
from core.optimizers.surfaces import SURFACES
from playground.playback.run import Run
from playground.tab.histories import steps_shown
from playground.tab.topic_tab import TopicTab
from playground.topic_list import topic
from playground.topics.optimizers.cost import costs
from playground.topics.optimizers.tab import OptimizersTab
from playground.window.window import Window


@pytest.fixture
def race(tab: TopicTab) -> OptimizersTab:
    assert isinstance(tab, OptimizersTab)
    return tab


def trails(race: OptimizersTab) -> dict[str, Trail]:
    return {str(trail.name): trail for trail in race.plane._trails}


def test_every_method_stands_where_its_frame_says(race: OptimizersTab) -> None:
    race.run.advance(9)
    race.run.seek(6)
    for method, trail in trails(race).items():
        racer = getattr(race.run.frame.state, method)
        assert trail.xy[-1].tolist() == racer.x.tolist()
        assert len(trail.xy) == 7
        assert trail.faint_xy is not None
        assert len(trail.faint_xy) == 4  # what is recorded ahead, joined to the point in view


def test_the_focused_method_lies_on_top(race: OptimizersTab) -> None:
    race.set_focus("adam")
    assert list(trails(race))[-1] == "adam"
    assert [trail.focused for trail in trails(race).values()].count(True) == 1


def test_hidden_methods_are_not_drawn(race: OptimizersTab) -> None:
    race.run.advance(3)
    race.set_parameter("methods", ["sgd", "adam"])
    assert set(trails(race)) == {"sgd", "adam"}
    assert {curve.name for curve in race.loss._curves} == {"sgd", "adam"}


def test_the_loss_curves_are_the_series(race: OptimizersTab) -> None:
    race.run.advance(12)
    for curve in race.loss._curves:
        assert curve.y.tolist() == race.run.timeline.series.column(f"{curve.name}.loss").tolist()
        assert curve.x.tolist() == list(range(13))


def test_a_loss_that_can_be_negative_is_drawn_above_the_lowest(race: OptimizersTab) -> None:
    race.set_parameter("function", "two-basins")
    race.run.advance(200)
    assert all((curve.y > 0).all() for curve in race.loss._curves)
    assert "lowest" in race.loss.axes["left"].name


def test_arrows_add_up_to_the_step(race: OptimizersTab) -> None:
    race.run.advance(8)
    arrows = {arrow.name: np.subtract(arrow.end, arrow.start) for arrow in race.plane._arrows}
    assert set(arrows) == {"velocity", "gradient", "step"}
    assert np.allclose(arrows["velocity"] + arrows["gradient"], arrows["step"])
    assert np.allclose(arrows["step"] / 3, race.run.frame.made.momentum.step)  # drawn three times as long


def test_arrows_can_be_scaled_and_taken_away(race: OptimizersTab) -> None:
    race.run.advance(8)
    box: Any = race.findChild(QComboBox, "view.arrows")
    box.setCurrentIndex(1)
    arrows = {arrow.name: np.subtract(arrow.end, arrow.start) for arrow in race.plane._arrows}
    assert np.allclose(arrows["step"], race.run.frame.made.momentum.step)
    box.setCurrentIndex(0)
    assert race.plane._arrows == ()


def test_no_arrows_before_the_first_step(race: OptimizersTab) -> None:
    assert race.plane._arrows == ()


def test_nesterov_shows_where_it_looks(race: OptimizersTab) -> None:
    race.run.advance(5)
    assert "ahead" not in {dot.name for dot in race.plane._dots}
    race.set_focus("nesterov")
    ahead = next(dot for dot in race.plane._dots if dot.name == "ahead")
    assert np.allclose(ahead.xy, race.run.frame.made.nesterov.memory.ahead)


def test_the_hessians_axes_are_those_of_the_matrix(race: OptimizersTab) -> None:
    race.set_parameter("function", "ravine")
    button: Any = race.findChild(QAbstractButton, "view.hessian")
    button.click()
    directions = [np.subtract(segment.end, segment.start) for segment in race.plane._segments]
    assert len(directions) == 2
    assert np.allclose(sorted(abs(d[0]) > abs(d[1]) for d in directions), [False, True])
    assert np.linalg.norm(directions[0]) > np.linalg.norm(directions[1])  # flat directions are long


def test_the_relief_shows_the_same_race(race: OptimizersTab, settle: Any) -> None:
    race.run.advance(5)
    button: Any = race.findChild(QAbstractButton, "view.relief")
    button.click()
    settle()
    assert race.relief.isVisible()
    assert not race.plane.isVisible()
    button.click()
    assert race.plane.isVisible()


def test_every_surface_can_be_drawn_with_its_start_inside(race: OptimizersTab, settle: Any) -> None:
    for function in (*SURFACES, "linear-regression", "logistic-regression", "x^2 + 3*sin(y)"):
        race.set_parameter("function", function)
        race.run.advance(3)
        settle()
        assert not race.grab().isNull()
        x0, x1, y0, y1 = race.plane._home
        x, y = race.run.params.start
        assert x0 < x < x1, function
        assert y0 < y < y1, function


def test_a_named_surface_brings_its_start_and_one_undo(race: OptimizersTab) -> None:
    before = race.run.recipe
    race.set_parameter("function", "rosenbrock")
    assert race.run.params.start == SURFACES["rosenbrock"].start
    race.run.undo()
    assert race.run.recipe == before
    assert not race.run.can_undo


def test_a_click_in_the_picture_moves_the_start(race: OptimizersTab) -> None:
    race.plane.clicked.emit(1.5, -0.5, None)
    assert race.run.params.start == (1.5, -0.5)


def test_dragging_a_marker_moves_that_method_alone(race: OptimizersTab) -> None:
    race.run.advance(5)
    others = race.run.frame.state
    race.plane.dragged.emit("adam", 2.0, 2.0, False)
    race.plane.dragged.emit("adam", 2.5, 2.0, True)
    state = race.run.frame.state
    assert state.adam.x.tolist() == [2.5, 2.0]
    assert state.sgd == others.sgd
    assert len(race.run.recipe.edits) == 1
    race.run.undo()
    assert race.run.frame.state == others


def test_the_ghost_shows_only_what_the_change_touched(race: OptimizersTab) -> None:
    race.run.advance(10)
    race.run.seek(4)
    race.set_parameter("adam.learning_rate", 0.5)
    ghosts = {name for name, trail in trails(race).items() if trail.ghost_xy is not None}
    assert ghosts == {"adam"}
    race.run.pin()
    race.run.advance(2)
    race.set_parameter("start", [1, 1])
    ghosts = {name for name, trail in trails(race).items() if trail.ghost_xy is not None}
    assert ghosts == set(core.METHODS)


def test_who_diverged_and_who_left_is_said_in_the_picture(race: OptimizersTab) -> None:
    race.set_parameter("function", "bowl")
    race.set_parameter("methods", ["sgd", "adam"])
    race.set_parameter("sgd.learning_rate", 1.5)
    race.run.advance(6)
    assert race.plane._note.startswith("SGD left the picture at step ")
    race.run.advance(100)
    assert race.plane._note.startswith("SGD diverged at step ")


def test_a_diverged_method_has_a_dash_and_the_others_go_on(race: OptimizersTab) -> None:
    race.set_parameter("function", "bowl")
    race.set_parameter("sgd.learning_rate", 9.0)
    race.run.advance(100)
    values = race.row_values(race.run.frame)
    assert values["sgd"] == "–"
    assert values["adam"] != "–"


def test_the_fit_shows_data_batch_and_lines(race: OptimizersTab, settle: Any) -> None:
    race.set_parameter("function", "linear-regression")
    race.set_parameter("batch_size", 16)
    race.centre.deck_of(race.fit).show_page(race.fit)
    race.run.advance(3)
    settle()
    points = {p.name: p for p in race.fit._points}
    assert len(points["data"].xy) == 150
    assert len(points["batch"].xy) == 16
    racer = race.run.frame.state.adam
    line = next(curve for curve in race.fit._curves if curve.name == "adam")
    assert np.allclose(line.y, racer.x[0] * line.x + racer.x[1])


def test_data_without_a_regression_is_said(race: OptimizersTab, settle: Any) -> None:
    race.centre.deck_of(race.fit).show_page(race.fit)
    settle()
    assert race.fit.empty_text == race.texts.get("panels", "no_data")


@pytest.mark.parametrize("n", [1, 1000, 10**9])
def test_costs_follow_the_textbook(n: int) -> None:
    rows = {name: (kept, work) for name, kept, work in costs(n)}
    assert rows["first_order"] == (n, n)
    assert rows["hessian"][0] == n**2
    assert rows["solve"][1] == pytest.approx(n**3 / 3)


def test_the_cost_table_follows_its_slider(race: OptimizersTab) -> None:
    before = race.cost.accessibleDescription()
    slider = race.cost.findChild(QSlider, "cost.weights")
    assert slider is not None
    slider.setValue(60)
    assert race.cost.number == 10**6
    assert race.cost.accessibleDescription() != before


def test_the_step_axis_ends_at_a_round_number(dressed: Any) -> None:
    run = Run(topic("optimizers"))
    for recorded, shown in ((0, 20), (20, 20), (21, 50), (99, 100), (501, 1000), (4000, 5000)):
        run.advance(recorded - run.position)
        assert steps_shown(run) == shown


def test_pointing_tells_values_in_the_status_bar(window: Window, race: OptimizersTab) -> None:
    race.set_parameter("function", "bowl")
    race.plane.pointed.emit(1.0, 2.0, None)
    assert "x 1.000   y 2.000   f 5.000" in window.statusBar().currentMessage()
    race.plane.left.emit()
    assert window.statusBar().currentMessage() == ""


def test_a_long_run_draws_few_points(race: OptimizersTab) -> None:
    race.run.advance(5_000)
    assert all(2_000 < len(trail.xy) <= 4_100 for trail in trails(race).values() if trail.name != "newton")
    assert not race.grab().isNull()
