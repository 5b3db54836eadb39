"""The small plots of the race: loss and effective step by step, and the data with the fitted lines."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core.nn.update_rules import SGD
from core.optimizers.settings import METHODS
from core.optimizers.surfaces import SURFACES
from core.run.explanation import Focus
from core.run.recipe import SetParam
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.divergence import sound_extremes
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.optimizers.small_plots import draw_fit, draw_lengths, draw_loss, draw_rates
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.points import Points

Record = Callable[..., Timeline[Any, Any]]
TEXTS = topic("optimizers").texts


def curves(paper: Any, draw: Any, run: Any, t: int, **seen: Any) -> list[Curve]:
    draw(paper, View(run, t, **{"focus": Focus("momentum"), **seen}), TEXTS)
    return [curve for mark in paper.told["set_marks"][0] if isinstance(mark, Curves) for curve in mark.curves]


def by_name(shown: list[Curve]) -> dict[str, Curve]:
    return {str(curve.focus): curve for curve in shown}


def test_the_loss_curves_are_the_series(paper: Any, record: Record) -> None:
    run = record(12)
    shown = by_name(curves(paper, draw_loss, run, 12))
    assert set(shown) == {f"{method}.loss" for method in METHODS}
    for name, curve in shown.items():
        assert curve.y.tolist() == run.series.column(name).tolist()
        assert curve.x.tolist() == list(range(13))
    assert [name for name, curve in shown.items() if curve.focused] == ["momentum.loss"]


def test_hidden_methods_have_no_curve(paper: Any, record: Record) -> None:
    run = record(3, methods=("sgd", "adam"))
    assert set(by_name(curves(paper, draw_loss, run, 3))) == {"sgd.loss", "adam.loss"}
    assert {name.partition(".")[0] for name in by_name(curves(paper, draw_rates, run, 3))} == {"sgd", "adam"}


@pytest.mark.parametrize("function", ["two-basins", "saddle"])
def test_a_loss_that_can_be_negative_is_drawn_above_the_surfaces_minimum(
    paper: Any, record: Record, function: str
) -> None:
    run = record(600, function=function)
    shown = by_name(curves(paper, draw_loss, run, 600))
    lowest = SURFACES[function].lowest
    assert lowest < 0
    assert shown["sgd.loss"].y[0] == run.series.column("sgd.loss")[0] - lowest
    assert all((curve.y >= 0).all() for curve in shown.values())
    assert not any(((curve.y > 0) & (curve.y < 1e-16)).any() for curve in shown.values())  # no cliffs of rounding
    assert "loss − min" in paper.told["set_names"][1]
    curves(paper, draw_loss, record(20, function=function, methods=("sgd",)), 20)
    assert paper.told["set_log"] == (True, 0.0)


def test_a_log_axis_is_straight_below_what_is_only_rounding_and_says_so(paper: Any, record: Record) -> None:
    run = record(400, function="bowl", start=(3.0, -2.0), methods=("sgd", "adagrad"), sgd=SGD(0.1))
    drawn = by_name(curves(paper, draw_loss, run, 400))
    assert drawn["sgd.loss"].y.tolist() == run.series.column("sgd.loss").tolist()
    assert drawn["sgd.loss"].y.min() < 1e-70
    assert paper.told["set_log"] == (False, pytest.approx(1e-14))
    assert paper.told["set_range"][2:] == (0.0, 100.0)
    assert paper.told["set_names"][1] == "log to 1e−14"
    curves(paper, draw_loss, record(100, function="bowl", start=(3.0, -2.0), methods=("sgd",), sgd=SGD(0.1)), 100)
    assert paper.told["set_log"] == (True, 0.0)


def test_each_line_of_few_methods_says_its_axis(paper: Any, record: Record) -> None:
    shown = by_name(curves(paper, draw_rates, record(3, methods=("adagrad", "rmsprop")), 3))
    assert sorted(curve.label for curve in shown.values()) == ["AdaGrad x", "AdaGrad y", "RMSProp x", "RMSProp y"]


def test_what_was_drawn_stays_while_a_run_goes_on(paper: Any, record: Record) -> None:
    run = record(300, function="two-basins")
    first = by_name(curves(paper, draw_loss, record(30, function="two-basins"), 30))
    later = by_name(curves(paper, draw_loss, run, 30))
    assert all(later[name].y[:31].tolist() == first[name].y.tolist() for name in first)


def test_a_typed_formula_has_a_symmetric_axis_and_is_drawn_as_it_is(paper: Any, record: Record) -> None:
    run = record(40, function="x^2 + 3*sin(y)")
    shown = by_name(curves(paper, draw_loss, run, 40))
    assert shown["sgd.loss"].y.tolist() == run.series.column("sgd.loss").tolist()
    is_log, near = paper.told["set_log"]
    assert not is_log
    assert 0.01 <= near <= 1
    low, high = paper.told["set_range"][2:]
    ends = [run.series.extremes(name) for name in shown]
    assert low <= min(end[0] for end in ends) < max(end[1] for end in ends) <= high


def test_nothing_recorded_falls_off_the_plot(paper: Any, record: Record) -> None:
    run = record(1000, function="bowl", start=(3.0, -2.0), methods=("sgd", "adagrad"), sgd=SGD(0.1))
    drawn = by_name(curves(paper, draw_loss, run, 1000)).values()
    low, high = paper.told["set_range"][2:]
    assert min(curve.y.min() for curve in drawn) < 1e-150
    assert all(low <= curve.y.min() and curve.y.max() <= high for curve in drawn)


def test_an_unplayed_plot_has_an_axis_about_its_start(paper: Any, record: Record) -> None:
    for function in (*SURFACES, "linear-regression"):
        run = record(0, function=function, start=SURFACES[function].start if function in SURFACES else (0.0, 0.0))
        for draw in (draw_loss, draw_rates):
            curves(paper, draw, run, 0)
            low, high = paper.told["set_range"][2:]
            assert low >= 1e-4, (function, draw)
            assert high <= 1e5


def test_the_axis_holds_all_losses_and_a_run_before_a_change_does_not_widen_it(paper: Any, record: Record) -> None:
    run, far = record(9), record(9, start=(20.0, -20.0))
    ends = []
    for seen in ({}, {"ghost": Compared(far)}, {"compared": (Compared(far, "A"),)}):
        curves(paper, draw_loss, run, 9, **seen)
        ends.append(paper.told["set_range"][2:])
    highest = [max(sound_extremes(one, f"{m}.loss")[1] for m in METHODS) for one in (run, far)]
    assert highest[1] > 10 * highest[0]
    assert ends[0] == ends[1]
    assert highest[0] < ends[0][1] < highest[1] < ends[2][1]


def test_only_what_a_change_touched_has_its_old_curve_beside_it(paper: Any, record: Record) -> None:
    old = record(10)
    new = old.fork(old.recipe.edited(4, SetParam("adam.learning_rate", 0.5)))
    shown = curves(paper, draw_loss, new, 4, ghost=Compared(old, since=4))
    assert [curve.focus for curve in shown if curve.ghost] == ["ghost adam.loss"]


def test_lengths_are_those_of_the_steps_one_line_a_method(paper: Any, record: Record) -> None:
    run = record(12, methods=("sgd", "adam", "newton"))
    shown = by_name(curves(paper, draw_lengths, run, 12))
    assert set(shown) == {"sgd.step_length", "adam.step_length", "newton.step_length"}
    for name, curve in shown.items():
        method = name.partition(".")[0]
        steps = np.hypot(run.series.column(f"{method}.step_x"), run.series.column(f"{method}.step_y"))
        assert curve.y[1:] == pytest.approx(steps[1:])
    low, high = paper.told["set_range"][2:]
    assert all(low <= curve.y[curve.y > 0].min() and np.nanmax(curve.y) <= high for curve in shown.values())


def test_steps_of_runs_compared_stand_over_each_other(paper: Any, record: Record) -> None:
    run, steep = (record(6, function=f, start=(0.0, 0.0), methods=("adam",)) for f in ("x + y", "10000*(x + y)"))
    compared = (Compared(run, "A"), Compared(steep, "B"))
    shown = by_name(curves(paper, draw_lengths, run, 6, focus=Focus("adam"), compared=compared, letter="A"))
    assert set(shown) == {"adam.step_length", "B adam.step_length"}
    assert shown["B adam.step_length"].y[1:] == pytest.approx(shown["adam.step_length"].y[1:])


def test_a_method_at_rest_does_not_take_the_room_of_all_others(paper: Any, record: Record) -> None:
    run = record(200, function="bowl", start=(3.0, -2.0), sgd=SGD(0.5))
    curves(paper, draw_lengths, run, 200)
    low, high = paper.told["set_range"][2:]
    is_log, near = paper.told["set_log"]
    assert (low, is_log) == (0.0, False)
    assert near == pytest.approx(1e-16 * high)
    assert "log to" in paper.told["set_names"][1]


@pytest.mark.parametrize("draw", [draw_loss, draw_lengths])
def test_the_axis_of_a_race_only_grows_while_it_is_played(paper: Any, record: Record, draw: Any) -> None:
    """In how many decades it shows; where it comes to its foot it stays, and leaps back by two of them at most."""
    decades, feet = [], []
    for t in range(2, 120, 3):
        curves(paper, draw, record(t), t)
        low, high = paper.told["set_range"][2:]
        near = paper.told["set_log"][1]
        feet.append(bool(near))
        decades.append(round(np.log10(high / (near or low))))
    assert feet == sorted(feet)
    assert feet[-1]
    assert all(after >= before - 2 for before, after in pairwise(decades))


def test_rates_are_solid_for_x_and_dashed_for_y_and_newton_has_none(paper: Any, record: Record) -> None:
    run = record(12)
    shown = by_name(curves(paper, draw_rates, run, 12))
    assert set(shown) == {f"{m}.rate_{axis}" for m in METHODS if m != "newton" for axis in "xy"}
    assert all(curve.dashed is name.endswith("_y") for name, curve in shown.items())
    assert shown["adam.rate_y"].y.tolist()[1:] == run.series.column("adam.rate_y").tolist()[1:]


@pytest.mark.parametrize("batch_size", [0, 16])
def test_the_fit_shows_data_batch_and_lines(paper: Any, record: Record, batch_size: int) -> None:
    run = record(3, function="linear-regression", batch_size=batch_size, sgd=SGD(0.01))
    shown = by_name(curves(paper, draw_fit, run, 3))
    groups = {mark.name: mark for mark in paper.told["set_marks"][0] if isinstance(mark, Points)}
    assert len(groups["data"].xy) == 150
    assert [len(group.xy) for name, group in groups.items() if name == "batch"] == [16] * bool(batch_size)
    racer = run.frame(3).state.adam
    assert np.allclose(shown["adam"].y, racer.x[0] * shown["adam"].x + racer.x[1])


def test_the_fit_shows_the_lines_of_the_runs_compared(paper: Any, record: Record) -> None:
    shallow, steep = (
        record(3, function="linear-regression", methods=("sgd", "adam"), sgd=SGD(r)) for r in (0.01, 0.03)
    )
    compared = (Compared(shallow, "A"), Compared(steep, "B"))
    shown = by_name(curves(paper, draw_fit, shallow, 3, focus=Focus("sgd"), compared=compared, letter="A"))
    assert set(shown) == {"sgd", "adam", "B sgd"}  # of Adam's both lines are one
    other, own = shown["B sgd"], shown["sgd"]
    assert (own.letter, own.front, other.letter, other.front) == ("A", True, "B", False)
    w, b = steep.frame(3).state.sgd.x
    assert np.allclose(other.y, w * other.x + b)
    assert not np.allclose(other.y, own.y)


def test_a_line_on_other_data_is_not_drawn_over_ours(paper: Any, record: Record) -> None:
    iris = record(3, function="linear-regression", methods=("sgd",))
    sepals = record(3, function="linear-regression", methods=("sgd",), data="iris:sepal_length,sepal_width")
    seen = {"focus": Focus("sgd"), "compared": (Compared(iris, "A"), Compared(sepals, "B")), "letter": "A"}
    assert set(by_name(curves(paper, draw_fit, iris, 3, **seen))) == {"sgd"}


def test_a_logistic_regression_is_a_curve_between_0_and_1(paper: Any, record: Record) -> None:
    run = record(3, function="logistic-regression", data="iris:petal_length,virginica")
    racer, curve = run.frame(3).state.adam, by_name(curves(paper, draw_fit, run, 3))["adam"]
    assert np.allclose(curve.y, 1 / (1 + np.exp(-(racer.x[0] * curve.x + racer.x[1]))))


def test_without_a_regression_there_is_nothing_to_fit(paper: Any, record: Record) -> None:
    assert curves(paper, draw_fit, record(3), 3) == []
    assert paper.told["set_marks"] == ([],)
    assert paper.told["set_range"] == (0, 1, 0, 1)  # no axes of the data that were there before


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"data": "iris"}, ("petal_length", "petal_width")),
        ({"data": "iris:sepal_length,sepal_width"}, ("sepal_length", "sepal_width")),
        ({"data": np.array([[1.0, 2.0], [2.0, 3.0]])}, ("u", "t")),
        ({"data": "iris", "standardise": True}, ("petal_length, standardised", "petal_width")),
    ],
)
def test_the_axes_of_the_data_are_its_columns(
    paper: Any, record: Record, params: dict[str, Any], names: tuple[str, str]
) -> None:
    draw_fit(paper, View(record(0, function="linear-regression", **params), 0), TEXTS)
    assert paper.told["set_names"] == names
