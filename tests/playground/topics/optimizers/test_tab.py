"""The Optimizers tab: what the learner does in its pictures, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTabBar, QTableView

from core.optimizers.algorithm import held
from core.optimizers.surfaces import SURFACES
from core.run.explanation import Focus
from playground.topics.optimizers.surface import home_of
from playground.topics.optimizers.tab import OptimizersTab
from playground.window.window import Window
from widgets.plots.marks.arrows_and_dots import Arrow, Segment
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.trails import Trails


@pytest.fixture
def choose(race: OptimizersTab) -> Callable[[str, int], None]:
    """Choose an item of a box in the header, by its place."""

    def item(name: str, index: int) -> None:
        box = race.findChild(QComboBox, name)
        assert box is not None
        box.setCurrentIndex(index)

    return item


@pytest.fixture
def press(race: OptimizersTab) -> Callable[[str], None]:
    """Press a button in the header."""

    def click(name: str) -> None:
        button = race.findChild(QAbstractButton, name)
        assert button is not None
        button.click()

    return click


def steps_drawn(race: OptimizersTab) -> list[float]:
    """Return how long the arrow of the whole step is, where there is one."""
    arrows = [mark for mark in race.plane.marks if isinstance(mark, Arrow) and mark.focus == Focus("step")]
    return [float(np.hypot(*np.subtract(arrow.end, arrow.start))) for arrow in arrows]


# ---- the header


def test_arrows_can_be_scaled_and_taken_away(race: OptimizersTab, choose: Any) -> None:
    race.run.advance(8)
    step = float(np.hypot(*race.run.frame.made.momentum.step))
    assert steps_drawn(race) == pytest.approx([3 * step])
    for index, scale in ((1, 1), (3, 10)):
        choose("view.arrows", index)
        assert steps_drawn(race) == pytest.approx([scale * step])
    choose("view.arrows", 0)
    assert steps_drawn(race) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_header_leaves_room_and_no_tab_is_cut_in_the_smallest_window(
    window: Window, race: OptimizersTab, settle: Any, language: Any
) -> None:
    window.resize(1100, 700)
    window.set_language(language)
    settle()
    for name in ("view.hessian", "view.relief"):
        button = race.findChild(QAbstractButton, name)
        assert button is not None
        assert button.width() <= 56
        assert len(button.toolTip()) > len(button.text())
    assert race.arrows.width() <= 84
    assert race.arrows.toolTip()
    for rate in (0.1, 1.3):  # a run that diverged leaves so little room that all small plots share one card
        race.set_parameter("function", "bowl")
        race.set_parameter("methods", ["sgd"])
        race.set_parameter("sgd.learning_rate", rate)
        race.run.advance(60)
        settle()
        bars = [bar for bar in race.findChildren(QTabBar) if bar.isVisible()]
        assert bars
        assert all(bar.width() >= bar.sizeHint().width() for bar in bars)
    assert max(bar.count() for bar in bars) == 6


def test_the_hessians_axes_are_shown_on_request(race: OptimizersTab, press: Any) -> None:
    for count in (2, 0):
        press("view.hessian")
        assert sum(isinstance(mark, Segment) for mark in race.plane.marks) == count


def test_the_relief_shows_the_same_race(race: OptimizersTab, press: Any, settle: Any) -> None:
    race.run.advance(5)
    press("view.relief")
    settle()
    assert race.relief.isVisible()
    assert not race.plane.isVisible()
    assert race.relief.accessibleDescription() == race.plane.accessibleDescription()
    press("view.relief")
    assert race.plane.isVisible()


def test_what_was_covered_is_drawn_when_it_comes_forward(race: OptimizersTab, press: Any) -> None:
    race.run.advance(5)
    press("view.relief")
    race.run.advance(5)
    assert race.plane.accessibleDescription() != race.relief.accessibleDescription()
    press("view.relief")
    assert race.plane.accessibleDescription() == race.relief.accessibleDescription()


# ---- with the mouse


def test_a_click_in_the_picture_moves_the_start(race: OptimizersTab, mouse: Any) -> None:
    mouse.click(race.plane, 1.5, -0.5)
    assert race.run.params.start == pytest.approx((1.5, -0.5), abs=mouse.pixel(race.plane))


def test_dragging_a_marker_moves_that_method_alone(race: OptimizersTab, mouse: Any) -> None:
    race.run.advance(5)
    others = race.run.frame.state
    mouse.drag(race.plane, tuple(others.adam.x), (2.0, 2.0), (2.5, 2.0))
    state = race.run.frame.state
    assert state.adam.x == pytest.approx(np.array([2.5, 2.0]), abs=2 * mouse.pixel(race.plane))
    assert state.sgd == others.sgd
    assert [change.edit.target for change in race.run.recipe.edits] == ["point of adam"]
    race.run.undo()
    assert race.run.frame.state == others


def test_pointing_at_a_marker_explains_its_method(race: OptimizersTab, mouse: Any) -> None:
    race.run.advance(5)
    mouse.move(race.plane, *race.run.frame.state.adam.x)
    assert race.focus == Focus("adam")
    assert race.numbers.source.endswith("Adam.step")
    (trails,) = (mark for mark in race.plane.marks if isinstance(mark, Trails))
    assert [trail.focus for trail in trails.trails if trail.focused] == [Focus("adam")]


def test_there_is_always_a_method_that_is_told_of(race: OptimizersTab) -> None:
    race.choose(None)
    assert race.focus == Focus("momentum")


def test_pointing_tells_values_in_the_status_bar(window: Window, race: OptimizersTab, mouse: Any) -> None:
    race.set_parameter("function", "bowl")
    mouse.move(race.plane, 1.0, 2.0)
    _, x, _, y, _, f = window.statusBar().currentMessage().replace("−", "-").split()
    near = mouse.pixel(race.plane)
    assert (float(x), float(y)) == pytest.approx((1.0, 2.0), abs=near)
    assert float(f) == pytest.approx(float(x) ** 2 + float(y) ** 2, abs=0.01)
    mouse.leave(race.plane)
    assert window.statusBar().currentMessage() == ""


def test_pointing_at_a_loss_tells_whose_it_is(window: Window, race: OptimizersTab, mouse: Any) -> None:
    race.run.advance(12)
    losses = race.run.timeline.series
    mouse.move(race.loss, 7, losses.row(7)["sgd.loss"])
    name, step, value = window.statusBar().currentMessage().split("   ")
    assert (name, step) == ("SGD", "7")
    assert float(value) == pytest.approx(losses.row(7)["sgd.loss"], rel=1e-3)
    mouse.leave(race.loss)
    assert window.statusBar().currentMessage() == ""


def test_what_is_told_is_the_loss_also_where_the_axis_is_above_the_minimum(
    window: Window, race: OptimizersTab, mouse: Any
) -> None:
    race.set_parameter("function", "two-basins")
    race.run.advance(12)
    loss = race.run.timeline.series.row(12)["sgd.loss"]
    mouse.move(race.loss, 12, loss - SURFACES["two-basins"].lowest)
    name, _, value = window.statusBar().currentMessage().replace("−", "-").split("   ")
    assert name == "SGD"
    assert float(value) == pytest.approx(loss, abs=1e-3)


def test_a_loss_of_the_run_before_a_change_is_told_by_the_name_of_its_method(
    window: Window, race: OptimizersTab, mouse: Any
) -> None:
    race.run.advance(20)
    race.run.seek(5)
    race.set_parameter("sgd.learning_rate", 1e-4)
    race.run.advance(1)
    mouse.move(race.loss, 8, race.view().others[0].timeline.series.row(8)["sgd.loss"])
    assert window.statusBar().currentMessage().startswith("SGD   8   ")


# ---- surfaces


def test_every_surface_can_be_drawn_with_its_start_inside(race: OptimizersTab, settle: Any) -> None:
    for function in (*SURFACES, "linear-regression", "logistic-regression", "x^2 + 3*sin(y)"):
        race.set_parameter("function", function)
        race.run.advance(3)
        settle()
        assert not race.grab().isNull()
        shown, (x, y) = race.plane.viewport_now(), race.run.params.start
        assert shown.x0 < x < shown.x1, function
        assert shown.y0 < y < shown.y1, function


def test_a_named_surface_brings_its_start_and_one_undo(race: OptimizersTab) -> None:
    before = race.run.recipe
    race.set_parameter("function", "rosenbrock")
    assert race.run.params.start == SURFACES["rosenbrock"].start
    race.run.undo()
    assert race.run.recipe == before
    assert not race.run.can_undo


def test_a_start_outside_widens_the_picture(race: OptimizersTab) -> None:
    race.set_parameter("function", "bowl")
    race.set_parameter("start", [40.0, 0.0])
    assert race.plane.viewport_now().x1 >= home_of(SURFACES["bowl"], (40.0, 0.0))[1] > 40


# ---- what it says


def test_what_is_faint_is_said_only_where_something_is_ahead(race: OptimizersTab, settle: Any) -> None:
    said = race.texts.get("panels", "ahead_subtitle")
    race.run.advance(8)
    settle()
    assert race.centre.deck_of(race.loss).subtitle() == ""
    race.run.seek(3)
    assert race.centre.deck_of(race.loss).subtitle() == said


def test_the_scene_of_adams_step_shows_how_long_it_is(race: OptimizersTab, settle: Any) -> None:
    race.stage.open("adam_steps_by_the_learning_rate")
    race.stage.skip()
    race.run.advance(6)
    settle()
    assert race.in_view("lengths")
    (drawn,) = (mark for mark in race.lengths.marks if isinstance(mark, Curves))
    assert sorted(curve.letter for curve in drawn.curves) == ["A", "B", "C"]
    assert [curve.y[-1] for curve in drawn.curves] == pytest.approx([0.1 * 2**0.5] * 3, rel=0.01)


def test_data_say_whose_they_are_only_where_tables_differ(race: OptimizersTab, settle: Any) -> None:
    race.set_parameter("function", "linear-regression")
    race.run.pin()
    race.bring_forward("fit")
    race.set_parameter("sgd.learning_rate", 0.01)
    race.run.advance(3)
    settle()
    deck = race.centre.deck_of(race.fit)
    assert deck.line() == ""
    race.set_parameter("data", "iris:sepal_length,sepal_width")
    settle()
    assert deck.line() == f"{race.view().letter} only"


def test_a_diverged_method_has_a_dash_and_the_others_go_on(race: OptimizersTab) -> None:
    race.set_parameter("function", "bowl")
    race.set_parameter("sgd.learning_rate", 9.0)
    race.run.advance(100)
    values = race.row_values(race.view())
    assert values["sgd"] == "–"
    assert values["adam"] != "–"


def test_data_without_a_regression_is_said(race: OptimizersTab, settle: Any) -> None:
    race.bring_forward("fit")
    settle()
    assert race.fit.empty_text == race.texts.get("panels", "no_data")
    race.set_parameter("function", "linear-regression")
    assert race.fit.empty_text == ""


def test_the_last_method_stays(race: OptimizersTab) -> None:
    said: list[str] = []
    race.status.connect(said.append)
    race.set_parameter("methods", ["adam"])
    race.rows.toggled.emit("adam", False)
    assert race.run.params.methods == ("adam",)
    assert said[-1] == race.texts.get("panels", "one_stays")


def test_gradients_that_are_given_stand_in_for_a_function(race: OptimizersTab, settle: Any) -> None:
    race.set_parameter("function", "gradients")
    assert race.run.params.gradients is not None
    assert "gradients" in race.settings_shown()
    race.run.advance(9)
    settle()
    assert race.run.timeline.end == len(race.run.params.gradients)
    race.bring_forward("loss")
    settle()
    assert race.loss.empty_text == race.texts.get("panels", "no_function")
    assert race.row_values(race.view())["newton"] == "–"
    race.set_parameter("function", "bowl")
    assert race.run.params.gradients is None


def test_what_a_rule_remembers_is_typed_and_the_next_step_uses_it(race: OptimizersTab, settle: Any) -> None:
    race.set_parameter("function", "bowl")
    race.run.advance(2)
    for name, value in (("adam.m", 0.5), ("adam.steps", 7.0), ("momentum.velocity", -1.5), ("sgd.position", 0.75)):
        table = race.findChild(QTableView, f"cells.{name}")
        assert table is not None
        assert table.model().setData(table.model().index(0, 0), str(value), Qt.ItemDataRole.EditRole)
        settle()
        method = name.partition(".")[0]
        assert held(method, race.run.frame.state)[name][0] == value  # type: ignore[arg-type]
    kept = race.run.params.momentum.momentum * -1.5
    slope = race.view().row["momentum.grad_x"]
    race.run.advance(1)
    moved = race.view().row["momentum.step_x"]
    assert moved == pytest.approx(kept - race.run.params.momentum.learning_rate * slope)


def test_a_long_run_can_be_drawn(race: OptimizersTab) -> None:
    race.run.advance(5_000)
    assert not race.grab().isNull()


@pytest.mark.filterwarnings("error")
def test_beside_given_gradients_the_loss_of_another_run_is_seen(race: OptimizersTab, settle: Any) -> None:
    race.run.advance(3)
    race.run.pin()
    race.set_parameter("function", "gradients")
    race.run.advance(2)
    race.bring_forward("loss")
    settle()
    assert race.loss.empty_text == ""
    race.bring_forward("relief")
    settle()
    assert race.relief.empty_text == race.texts.get("panels", "no_function")
