"""The formulas of a step: the numbers are those of the step, told of what is in focus."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.nn.update_rules import FIRST_ORDER
from core.rnn import Params, arrays, explain
from core.rnn.explained import Chosen, class_name
from core.run.explanation import REST, Focus, Line


def text(line: Line) -> str:
    return "".join(str(term.value) for term in line)


def values(line: Line) -> list[float]:
    return [float(term.value) for term in line if isinstance(term.value, float)]


@pytest.mark.parametrize(("focus", "chosen"), [
    (None, (0, 7, 0)), (Focus("state", (3, 2, 5)), (3, 2, 5)), (Focus("sequence", (4,)), (4, 7, 0)),
    (Focus("time", (1,)), (0, 1, 0)), (Focus("unit", (9,)), (0, 7, 9)), (Focus("lag", (2,)), (0, 5, 0)),
    (Focus("output", (2, 6, 1)), (2, 6, 0)), (Focus("state", (99, 99, 99)), (15, 7, 15)), (Focus("other"), (0, 7, 0)),
    (Focus("lag", (99,)), (0, 0, 0)), (Focus("state", (1,)), (1, 7, 0)),
])  # fmt: skip
def test_what_is_in_focus_is_told_of(focus: Any, chosen: Any) -> None:
    found = Chosen.of(focus, Params())
    assert (found.sequence, found.time, found.unit) == chosen


@pytest.mark.parametrize("cell", ["tanh", "relu", "linear", "sigmoid"])
@pytest.mark.parametrize("task", ["echo", "parity", "adding"])
def test_z_is_the_sum_that_the_step_made(task: Any, cell: Any, run: Any) -> None:
    params = Params(task=task, cell=cell, stateful=True)
    before, after = run(params, 4)[-2:]
    old, told = arrays(before, params), arrays(after, params)
    for i, t, j in ((0, 0, 0), (3, 4, 7), (15, 7, 15)):
        (_, (total, value, *_)), = explain(before, after, params, Focus("state", (i, t, j))).rows  # fmt: skip
        x, h = told["inputs"][i, t], told["h"][i, t]
        z, *factors = values(total)
        assert z == pytest.approx(float(x @ old["W"][:, j] + h @ old["U"][:, j] + old["b"][j]), rel=1e-9, abs=1e-12)
        given = [*x[x != 0].tolist(), *h[h != 0].tolist()]
        assert factors[:-1:2] == given
        assert factors[-1] == old["b"][j]
        assert values(value) == [told["h"][i, t + 1, j]]
        assert any(term.mark == REST for term in total) == (len(given) > 4)


def test_of_nothing_that_comes_in_the_bias_is_left(run: Any) -> None:
    params = Params(task="parity", mode="one-to-many", radius=0.0, batch_size=64)
    before, after = run(params, 1)
    zero = int((arrays(after, params)["inputs"][:, 0, 0] == 0).argmax())
    (_, (total, *_)), = explain(before, after, params, Focus("state", (zero, 0, 0))).rows  # fmt: skip
    assert text(total) == "0.0 = 0.0"


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
@pytest.mark.parametrize("clip", [0.0, 0.01])
def test_the_update_is_that_of_the_weight_by_which_the_unit_sees_itself(optimizer: Any, clip: float, run: Any) -> None:
    params = Params(optimizer=optimizer, clip=clip)
    before, after = run(params, 4)[-2:]
    told = explain(before, after, params, Focus("unit", (5,)))
    rule = [text(column) for column in told.rule]
    assert rule[:2] == ["z = x(t)·W + h(t − 1)·U + b", "h(t) = tanh(z)"]
    assert rule[-1].startswith("U ← U")
    assert not any("θ" in column or "∇" in column for column in rule)
    last = values(told.rows[0][1][-1])
    assert last[:2] == [float(arrays(state, params)["U"][5, 5]) for state in (after, before)]


def test_an_edit_after_the_step_changes_nothing_that_is_told_of_it(run: Any) -> None:
    params = Params()
    plain, edited = run(params, 4), run(params, 4, 0, (4, "U", np.eye(16)))
    assert explain(plain[3], plain[4], params, None) == explain(plain[3], edited[4], params, None)


def test_the_start_has_no_rows_and_a_run_that_diverged_neither(run: Any) -> None:
    params = Params(task="adding", cell="linear", radius=2.0, length=20, optimizer="sgd", learning_rate=100.0)
    states = run(params, 60)
    assert explain(None, states[0], params, None).rows == ()
    told = explain(states[-2], states[-1], params, None)
    assert (told.rows, told.sentence) == ((), "diverged")


def test_classes_bear_the_names_of_their_characters() -> None:
    params = Params(task="next-character", text="a b\n\u200b床")
    assert [class_name(params, k) for k in range(6)] == ["a", "␣", "b", "↵", "U+200B", "床"]
    assert class_name(Params(), 3) == "3"
