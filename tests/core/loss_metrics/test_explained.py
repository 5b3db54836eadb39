"""What is said of a whole step: the metric in its counts, the loss and slope of one point, before and after."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from core import loss_metrics
from core.loss_metrics import METRICS, Params, explain
from core.loss_metrics.settings import data_of
from core.nn.losses import LOSSES
from core.run.explanation import Explanation, Focus, Line
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay


def text(line: Line) -> str:
    return "".join(str(term.value) for term in line)


def told(params: Params, at: int = 3, focus: Focus | None = None, weights: Any = None) -> Explanation:
    edits = (Change(at - 1, SetArray("weights", np.array(weights, dtype=float))),) if weights else ()
    frames = [f for f, _ in replay(loss_metrics, Recipe("loss-metrics", 1, 0, params, edits), at)]
    return explain(frames[-2].state, frames[-1].made, params, focus)


def computed(line: Line) -> tuple[float, float] | None:
    """Return both sides of a line in full digits, or None where it is no equation of numbers."""
    left, _, right = text(line).partition(" = ")
    code = right.replace("−", "-").replace("·", "*").replace("²", "**2").replace("log ", "log ")
    if code.startswith("-log "):
        code = f"-log({code.removeprefix('-log ')})"
    if left.startswith("∂"):
        return None
    return float(left), float(eval(code, {"log": math.log, "max": max}))


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("weights", [None, (3.0, -2.0, 0.5), (-0.2, -0.1, 0.3), (4.0, 4.0, -19.0)])
def test_every_line_holds_for_every_point(loss: Any, weights: Any) -> None:
    params = Params(dataset="overlapping", n_samples=24, loss=loss)
    checked = 0
    for i in range(24):
        for _, cells in told(params, focus=Focus("point", (i,)), weights=weights).rows:
            for sides in filter(None, map(computed, cells)):
                assert sides[0] == pytest.approx(sides[1], rel=1e-9, abs=1e-12)
                checked += 1
    assert checked >= 24 * 2  # the loss; not every slope is a sum


@pytest.mark.parametrize("metric", METRICS)
def test_the_metric_is_the_share_it_says(metric: Any) -> None:
    seen = told(Params(dataset="overlapping", spread=2.0, metric=metric, threshold=0.4), weights=(0.5, 0.1, 0.2))
    for _, cells in seen.rows:
        left, right = computed(cells[-1]) or (0, 1)
        assert left == pytest.approx(right)


def test_a_share_of_nothing_has_no_value() -> None:
    rare = told(Params(imbalance=0.05, metric="precision"), at=60)
    assert text(rare.rows[0][1][-1]) == "0/0 = 0 / (0 + 0)"
    assert rare.sentence == "nothing.precision"
    ones = np.array([[1.0, 1, 1], [2, 2, 1]])
    assert told(Params(dataset=ones, metric="auc")).sentence == "one_class"


def test_without_a_focus_it_is_the_point_that_costs_most() -> None:
    params = Params(dataset="overlapping")
    frames = [f for f, _ in replay(loss_metrics, Recipe("loss-metrics", 1, 0, params), 9)]
    most = int(loss_metrics.arrays(frames[-1].made, params)["loss_values"][4].argmax())
    plain, chosen = (explain(frames[-2].state, frames[-1].made, params, f) for f in (None, Focus("point", (most,))))
    assert [cells[:2] for _, cells in plain.rows] == [cells[1:] for _, cells in chosen.rows]
    other = told(params, 9, Focus("point", (int(most == 0),)))
    assert [cells[1:] for _, cells in other.rows] != [cells[1:] for _, cells in chosen.rows]
    for wrong in (200, -1):
        with pytest.raises(IndexError):
            told(params, 9, Focus("point", (wrong,)))


def test_a_probability_too_small_for_a_number_leaves_the_loss_as_it_is() -> None:
    rows = np.array([[1000.0, 0, 0], [0, 1, 1]])
    seen = told(Params(dataset=rows, learning_rate=1e-9), focus=Focus("point", (0,)), weights=(1.0, 0, 0))
    assert text(seen.rows[0][1][1]) == "1000.0 = 1000.0"


@pytest.mark.parametrize(("t", "first"), [(1, "ℓ = −log p"), (0, "ℓ = −log(1 − p)")])
def test_the_rule_is_that_of_the_points_class(t: int, first: str) -> None:
    params = Params()
    place = int(np.flatnonzero(data_of(params).targets == t)[0])
    assert text(told(params, focus=Focus("point", (place,))).rule[1]) == first


@pytest.mark.parametrize("metric", METRICS)
def test_of_a_chosen_point_it_says_whether_it_is_right_and_that_no_metric_slopes_there(metric: Any) -> None:
    params = Params(dataset="overlapping", n_samples=60, metric=metric, threshold=0.4)
    weights, said = (0.5, 0.1, 0.2), set()
    for i in range(60):
        seen = told(params, focus=Focus("point", (i,)), weights=weights)
        p = seen.values["p_was"]
        assert isinstance(p, float)
        called, own = int(p >= 0.4), int(data_of(params).targets[i])
        assert (seen.values["called"], seen.values["class"]) == (str(called), str(own))
        assert seen.sentence == f"point.{'right' if called == own else 'wrong'}"
        assert text(seen.rule[0]) == f"∂{metric}/∂z = 0"
        assert [text(cells[0]) for _, cells in seen.rows] == [f"∂{metric}/∂z = 0"] * 2
        said.add(seen.sentence)
    assert len(said) == 2


def test_at_the_start_a_chosen_point_is_told_of_with_the_first_weights() -> None:
    params = Params(dataset=np.array([[1.0, 0, 1]]), loss="mse")
    edit = Change(0, SetArray("weights", np.array([-10.0, 0, 0])))
    (first, _), *_ = replay(loss_metrics, Recipe("loss-metrics", 1, 0, params, (edit,)), 1)
    seen = explain(None, first.state, params, Focus("point", (0,)))
    ((label, cells),) = seen.rows
    assert (label, seen.sentence, text(cells[0])) == ("point", "rule", "∂accuracy/∂z = 0")
    assert cells[2][0].value == pytest.approx(-2 * 4.54e-5, rel=0.01)


def test_a_share_of_nothing_has_no_slope() -> None:
    seen = told(Params(imbalance=0.05, metric="precision"), at=60, focus=Focus("point", (0,)))
    assert [text(cells[0]) for _, cells in seen.rows] == ["∂precision/∂z = –"] * 2


@pytest.mark.parametrize("metric", ["accuracy", "auc"])
def test_on_the_edge_of_a_step_a_metric_has_no_slope(metric: Any) -> None:
    seen = told(Params(metric=metric), at=1, focus=Focus("point", (0,)))  # weights of 0: every p is the threshold
    assert text(seen.rule[0]) == f"∂{metric}/∂z = –"
    assert [text(cells[0]) for _, cells in seen.rows] == [f"∂{metric}/∂z = –", f"∂{metric}/∂z = 0"]


def test_at_the_start_and_at_the_end_stand_the_symbols_alone() -> None:
    params = Params(dataset=np.array([[1e12, 0, 0], [1e12, 1, 1]]), loss="hinge", learning_rate=100.0)
    frames = [f for f, _ in replay(loss_metrics, Recipe("loss-metrics", 1, 0, params), 5)]
    first, last = explain(None, frames[0].made, params, None), explain(frames[-2].state, frames[-1].made, params, None)
    assert (first.sentence, first.rows) == ("rule", ())
    assert (last.sentence, last.rows) == ("diverged", ())


@pytest.mark.parametrize(("targets", "rule"), [((0, 0), "ℓ = p²"), ((0, 1), "ℓ = (p − 1)²"), ((1, 1), "ℓ = (p − 1)²")])
def test_before_the_first_step_the_loss_has_the_form_of_a_class_that_is_there(targets: Any, rule: str) -> None:
    params = Params(dataset=np.array([[1.0, 0, targets[0]], [2.0, 1, targets[1]]]), loss="mse")
    (first, _), *_ = replay(loss_metrics, Recipe("loss-metrics", 1, 0, params), 1)
    assert text(explain(None, first.made, params, None).rule[0]) == rule


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_and_its_slope_have_room_in_a_row_of_runs_compared(loss: Any) -> None:
    params = Params(dataset="overlapping", n_samples=24, loss=loss)
    for i in range(24):
        _, cost, slope = told(params, focus=Focus("point", (i,)), weights=(3.0, -2.0, 0.5)).rule
        assert len(text(cost)) + len(text(slope)) <= 40
