"""What is said of each beat, against the numbers of the step."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from core import loss_metrics
from core.loss_metrics import Params, beats
from core.loss_metrics.explained_beats import explain
from core.loss_metrics.settings import data_of
from core.nn.losses import LOSSES
from core.nn.update_rules import FIRST_ORDER
from core.run.explanation import Focus, Line
from core.run.recipe import Recipe
from core.run.replay import replay


def numbers(line: Line) -> list[float]:
    return [term.value for term in line if isinstance(term.value, float)]


def steps(params: Params, count: int = 5) -> Any:
    frames = [f for f, _ in replay(loss_metrics, Recipe("loss-metrics", 1, 1, params), count)]
    return [(one.state, other.made) for one, other in pairwise(frames)]


def test_forward_tells_the_weighted_sum_and_what_the_point_is_called() -> None:
    params, focus = Params(threshold=0.7), Focus("point", (150,))
    x, y = data_of(params).points[150].tolist()
    for before, after in steps(params):
        seen = explain(before, after, params, focus, "forward")
        (_, (weighted, squashed)), (w_x, w_y, b) = seen.rows[0], before.weights.tolist()
        z, *rest = numbers(weighted)
        assert rest == [w_x, x, w_y, y, b]
        assert z == pytest.approx(w_x * x + w_y * y + b)
        assert numbers(squashed) == pytest.approx([1 / (1 + np.exp(-z)), np.exp(-z)])
        assert seen.sentence == f"forward.{int(numbers(squashed)[0] >= 0.7)}"
        assert seen.values["class"] == "1"


@pytest.mark.parametrize("loss", LOSSES)
def test_error_says_which_way_the_point_pushes(loss: Any) -> None:
    params = Params(loss=loss, batch_size=9)
    for before, after in steps(params):
        seen = explain(before, after, params, None, "error")
        place, order = int(after.batch[0]), LOSSES.index(loss)
        told = loss_metrics.arrays(after, params)
        assert seen.values["loss"] == pytest.approx(told["loss_values"][order][place])
        slope = told["loss_slopes"][order][place]
        assert seen.values["slope"] == pytest.approx(slope)
        assert seen.sentence == ("error.flat" if not slope else "error.up" if slope < 0 else "error.down")
        taken = after.batch[after.batch >= 0]
        assert seen.values["mean"] == pytest.approx(told["loss_values"][order][taken].mean())
        assert seen.values["count"] == str(len(taken))


@pytest.mark.parametrize("optimizer", list(FIRST_ORDER))
def test_backward_and_update_show_the_gradient_and_what_the_rule_made_of_it(optimizer: Any) -> None:
    params = Params(optimizer=optimizer, learning_rate=0.1)
    for before, after in steps(params):
        back, update = (explain(before, after, params, None, beat) for beat in ("backward", "update"))
        gradient = [numbers(cell)[0] for cell in back.rows[0][1]]
        assert gradient == pytest.approx(after.memory.gradient.tolist())
        assert back.values["length"] == pytest.approx(np.linalg.norm(gradient))
        assert (back.sentence == "backward.ahead") == (optimizer == "nesterov")
        weights = {label: [numbers(cell)[0] for cell in cells] for label, cells in update.rows}
        assert weights == {"before": before.weights.tolist(), "after": after.weights.tolist()}
        if optimizer == "sgd":
            for cell, (new,) in zip(update.rows[0][1], map(numbers, update.rows[1][1]), strict=True):
                old, rate, slope = numbers(cell)
                assert new == pytest.approx(old - rate * slope)
                assert rate == 0.1
        assert all(("η" in str(column[-1].value)) == (optimizer == "sgd") for column in update.rule)


def test_every_beat_is_told_in_its_own_words_and_the_last_in_those_of_the_step() -> None:
    params = Params()
    before, after = steps(params)[-1]
    whole = explain(before, after, params, None)
    said = [explain(before, after, params, None, beat) for beat in beats(params)]
    assert len({one.sentence for one in said}) == 4
    assert said[-1].sentence == whole.sentence
    assert explain(None, after, params, None, "forward").sentence == "rule"


def test_a_score_far_out_is_told_without_a_power_that_is_no_number() -> None:
    before, after = steps(Params(dataset=np.array([[1.0, 0, 1], [2.0, 0, 0]])))[0]
    far = before.with_array("weights", np.array([-900.0, 0, 0]), Params())
    seen = explain(far, after, Params(dataset=np.array([[1.0, 0, 1], [2.0, 0, 0]])), Focus("point", (0,)), "forward")
    assert numbers(seen.rows[0][1][1]) == [0.0, 0.0]
