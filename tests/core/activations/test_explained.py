"""What is said of a step: the sums of a unit before and after, its gradient, and where its inputs lie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import activations
from core.activations import Params
from core.activations.explained import FORMULAS, Chosen, explain
from core.activations.settings import FUNCTIONS, data_of
from core.nn.activations import value
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay


def last_step(params: Params, steps: int, *edits: Change) -> tuple[Any, Any]:
    *_, before, after = [frame for frame, _ in replay(activations, Recipe("activations", 1, 2, params, edits), steps)]
    return before.state, after.made


def test_before_the_first_step_only_the_rule_is_told() -> None:
    params = Params()
    (frame, _), *_ = replay(activations, Recipe("activations", 1, 2, params), 0)
    told = explain(None, frame.made, params, Focus("relu"))
    assert told.rows == ()
    assert told.sentence == "rule"
    assert ["".join(str(term.value) for term in column) for column in told.rule] == [
        "z = x₁·w₁ + x₂·w₂ + b", "a = max(0, z)",
    ]  # fmt: skip


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_rows_are_of_the_weights_before_and_after(function: Any) -> None:
    params = Params(functions=FUNCTIONS, units=3)
    before, after = last_step(params, 7)
    x = data_of(params).x[11]
    told = explain(before, after, params, Focus(function, (0, 2, 11)))
    for label, state in (("before", before), ("after", after)):
        held = activations.arrays(state, params)
        w, b = held[f"{function}.layer_1.W"][:, 2], held[f"{function}.layer_1.b"][2]
        (z, *_), (*_, a) = dict(told.rows)[label][:2]
        assert z.value == pytest.approx(float(x @ w + b), rel=1e-12)
        assert a.value == pytest.approx(float(value(function, np.array([x @ w + b]))[0]), rel=1e-12)
        assert [str(w[0]), str(w[1]), str(b)] == [
            str(term.value) for term in dict(told.rows)[label][0] if term.mark in (Focus("weight"), Focus("bias"))
        ]
    assert told.rule[1][0].mark == Focus("output")
    assert FORMULAS[function] in "".join(str(term.value) for term in told.rule[1])


def test_of_a_deeper_layer_the_inputs_are_what_the_one_before_gives() -> None:
    params = Params(functions=("tanh", "relu"), units=8, layers=3)
    before, after = last_step(params, 4)
    told = explain(before, after, params, Focus("tanh", (2, 5, 3)))
    products = [term for term in dict(told.rows)["before"][0] if isinstance(term.value, float)]
    assert len(products) == 1 + 2 * 8 + 1
    z = sum(float(a.value) * float(w.value) for a, w in zip(products[1:-1:2], products[2:-1:2], strict=True))
    assert products[0].value == pytest.approx(z + float(products[-1].value))
    assert (told.values["layer"], told.values["unit"]) == ("3", "6")


def test_the_gradient_told_is_the_one_of_the_step() -> None:
    params = Params(functions=("swish",), optimizer="sgd", learning_rate=0.5)
    before, after = last_step(params, 3)
    told = explain(before, after, params, Focus("swish", (1, 2)))
    moved = [activations.arrays(state, params)["swish.layer_2.W"][:, 2] for state in (before, after)]
    slopes = (moved[0] - moved[1]) / 0.5
    assert told.values["gradient"] == pytest.approx(np.linalg.norm(slopes), rel=1e-9)


def test_where_the_inputs_lie() -> None:
    params = Params(functions=("relu", "sigmoid"), layers=1, optimizer="sgd")
    b = Change(3, SetArray("layer_1.b", np.array([-20.0, 30, 5, 0, 0, 0, 0, 0])))
    before, after = last_step(params, 4, b)
    keys = {(f, unit): explain(before, after, params, Focus(f, (0, unit))).sentence
            for f in params.functions for unit in (0, 1, 2, 3)}  # fmt: skip
    assert keys["relu", 0] == "no_slope"
    assert keys["relu", 1] == "none_flat"
    assert keys["sigmoid", 0] == keys["sigmoid", 1] == "all_flat"
    assert keys["sigmoid", 2] == "some_flat"
    told = explain(before, after, params, Focus("relu", (0, 0)))
    assert told.values["gradient"] == 0
    assert float(told.values["high"]) < 0


def test_a_net_that_left_is_told_to_have_left() -> None:
    params = Params(functions=("relu",), optimizer="sgd")
    far = [Change(1, SetArray(f"layer_{k}.W", np.full(shape, 1e9))) for k, shape in ((1, (2, 8)), (2, (8, 8)))]
    before, after = last_step(params, 2, *far)
    told = explain(before, after, params, None)
    assert (told.sentence, told.rows) == ("diverged", ())


def test_what_is_in_focus() -> None:
    params = Params(functions=("elu", "gelu"), units=4, layers=2, n_samples=30, batch_size=5)
    before, after = last_step(params, 3)
    first = int(after.batch[0])
    chosen = [Chosen.of(focus, after, params) for focus in (
        None, Focus("gelu"), Focus("gelu", (1,)), Focus("gelu", (1, 3)), Focus("gelu", (1, 3, 7)), Focus("point", (9,)),
        Focus("relu", (1, 1, 1)), Focus("gelu", (9, 9, 99)),
    )]  # fmt: skip
    assert chosen == [
        Chosen("elu", 0, 0, first), Chosen("gelu", 0, 0, first), Chosen("gelu", 1, 0, first),
        Chosen("gelu", 1, 3, first), Chosen("gelu", 1, 3, 7), Chosen("elu", 0, 0, 9), Chosen("elu", 0, 0, first),
        Chosen("gelu", 1, 3, 29),
    ]  # fmt: skip
    assert before.t == 2
