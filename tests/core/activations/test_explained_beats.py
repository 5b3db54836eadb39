"""What is said of each beat: forward, the error, the gradient, the update."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import activations
from core.activations import Params, explain
from core.activations.settings import data_of
from core.nn.update_rules import FIRST_ORDER
from core.run.explanation import Explanation, Focus
from core.run.recipe import Recipe
from core.run.replay import replay


def last_step(params: Params, steps: int) -> tuple[Any, Any]:
    *_, before, after = [frame for frame, _ in replay(activations, Recipe("activations", 1, 6, params), steps)]
    return before.state, after.made


def cells(told: Explanation, label: str) -> list[list[Any]]:
    return [[term.value for term in cell] for cell in dict(told.rows)[label]]


def told_of(params: Params, beat: str, focus: Focus | None = None, steps: int = 5) -> Explanation:
    return explain(*last_step(params, steps), params, focus, beat)


def test_without_a_beat_the_whole_step_is_told() -> None:
    params = Params()
    assert told_of(params, "") == activations.explained.explain(*last_step(params, 5), params, None)


def test_each_beat_is_told_in_its_own_words() -> None:
    for optimizer in FIRST_ORDER:
        params = Params(optimizer=optimizer)  # type: ignore[arg-type]
        told = [told_of(params, beat) for beat in activations.beats(params)]
        assert [one.sentence for one in told[:3]] == ["forward", "error", "backward"]
        assert len({repr(one) for one in told}) == 4
        assert all(one.rows for one in told)


def test_forward_is_of_the_weights_before() -> None:
    params = Params(functions=("softplus", "relu"))
    told = told_of(params, "forward", Focus("relu", (0, 1, 40)))
    held, x = activations.arrays(last_step(params, 5)[0], params), data_of(params).x[40]
    z = float(x @ held["relu.layer_1.W"][:, 1] + held["relu.layer_1.b"][1])
    assert told.values["z"] == pytest.approx(z)
    assert told.values["a"] == pytest.approx(max(z, 0))
    assert told.values["point"] == "41"
    assert 0 < float(told.values["p"]) < 1


@pytest.mark.parametrize("point", [3, 150])
def test_the_error_is_p_less_t_and_the_loss_a_logarithm(point: int) -> None:
    params = Params(functions=("tanh",))
    before, after = last_step(params, 5)
    told = explain(before, after, params, Focus("point", (point,)), "error")
    p, t = float(told.values["p"]), int(data_of(params).t[point])
    (e, *_), (loss, *_) = cells(told, "before")
    assert told.values["target"] == str(t)
    assert e == pytest.approx(p - t)
    assert loss == pytest.approx(-np.log(p if t else 1 - p))
    assert told.values["loss"] == after.nets[0].loss
    assert told.values["right"] == str(round(after.nets[0].accuracy * 200))


def test_a_point_outside_the_batch_gives_way() -> None:
    params = Params(batch_size=10)
    before, after = last_step(params, 5)
    outside = next(i for i in range(200) if i not in after.batch)
    for beat in activations.beats(params)[:2]:
        told = explain(before, after, params, Focus("point", (outside,)), beat)
        assert told.values["point"] == str(int(after.batch[0]) + 1)
        assert told.values["count"] == "10"
    last = int(after.batch[-1])
    told = explain(before, after, params, Focus("point", (last,)), "error")
    assert told.values["target"] == str(int(data_of(params).t[last]))


def test_the_gradient_of_both_ends() -> None:
    params = Params(functions=("sigmoid",), layers=4)
    before, after = last_step(params, 5)
    told = explain(before, after, params, Focus("sigmoid", (3, 1)), "backward")
    assert told.values["first"] == after.nets[0].grad_first
    assert told.values["last"] == after.nets[0].grad_last


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
def test_the_update_is_that_of_the_units_first_weight(optimizer: Any) -> None:
    params = Params(functions=("elu", "gelu"), optimizer=optimizer, units=3)
    before, after = last_step(params, 5)
    told = explain(before, after, params, Focus("gelu", (1, 2)), "update")
    old, new = (float(activations.arrays(state, params)["gelu.layer_2.W"][0, 2]) for state in (before, after))
    *_, last = cells(told, "first")
    assert last[0] == new
    assert old in last
    assert "θ" not in "".join(str(term.value) for column in told.rule for term in column)
    assert all(np.isfinite(term.value) for _, row in told.rows for cell in row for term in cell
               if isinstance(term.value, float))  # fmt: skip
    assert told.sentence in ("no_slope", "all_flat", "some_flat", "none_flat")
