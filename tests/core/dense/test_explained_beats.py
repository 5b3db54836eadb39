"""A step beat by beat: each shows numbers of the step, and each tells something of its own."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from core import dense
from core.dense import Params, State, beats, explain
from core.dense.explained_beats import explain as explain_beat
from core.dense.nets import NETS, named
from core.dense.settings import data_of
from core.run.explanation import Focus, Line
from core.run.recipe import Recipe
from core.run.replay import replay
from core.run.streams import Streams

KINDS: list[dict[str, Any]] = [
    {}, {"units": 3, "activation": "softmax"}, {"units": 2}, {"activation": "linear", "learning_rate": 0.01},
    {"activation": "tanh", "units": 3, "batch_size": 8},
]  # fmt: skip


def run(params: Params, steps: int) -> list[State]:
    return [frame.state for frame, _ in replay(dense, Recipe("dense", 1, 0, params), steps)]


def marked(line: Line, mark: str) -> list[float]:
    return [float(term.value) for term in line if term.mark == Focus.of(mark)]


@pytest.mark.parametrize("given", KINDS)
def test_every_beat_is_told_in_its_own_words(given: Any) -> None:
    params = Params(**given)
    before, after = run(params, 4)[-2:]
    told = [explain_beat(before, after, params, None, beat) for beat in beats(params)]
    assert len(set(map(repr, told))) == 4
    assert [explanation.sentence for explanation in told[:3]] == list(beats(params)[:3])
    assert told[3].sentence == explain(before, after, params, None).sentence


@pytest.mark.parametrize(("given", "hidden"), list(product(KINDS, [(), (4,)])))
def test_forward_and_error_are_of_the_weights_before(given: Any, hidden: Any) -> None:
    params = Params(**given, hidden=hidden)
    before, after = run(params, 4)[-2:]
    point, unit = int(after.batch[1]) if params.batch_size else 11, params.units - 1
    focus, data = Focus("output", (point, unit)), data_of(params)
    forward, error = (explain_beat(before, after, params, focus, beat) for beat in ("forward", "error"))
    t = data.t[point]
    target = float(t == unit) if params.activation == "softmax" else float(np.ravel(t)[unit])
    for net, (_, cells), (_, errors) in zip(NETS, forward.rows, error.rows, strict=True):
        own = named(getattr(before, net).weights, net, params)
        h = np.tanh(data.x[point] @ own["hidden_1.W"] + own.get("hidden_1.b", 0.0)) if hidden else data.x[point]
        z = h @ own["W"] + own.get("b", 0.0)
        y = {"sigmoid": 1 / (1 + np.exp(-z)), "softmax": np.exp(z) / np.exp(z).sum(), "linear": z, "tanh": np.tanh(z)}
        out = float(y[params.activation][unit])
        assert marked(cells[0], "output") == [pytest.approx(float(z[unit]))]
        assert marked(cells[1], "output") == [pytest.approx(out)]
        assert marked(errors[0], "error") == [pytest.approx(out - target)]
        is_class = params.activation == "softmax" or (params.activation == "sigmoid" and params.units == 1)
        right = y["softmax"][int(t)] if params.activation == "softmax" else out if target else 1 - out
        loss = -np.log(right) if is_class else (out - target) ** 2
        assert marked(errors[1], "loss") == [pytest.approx(float(loss))]
    assert forward.values["target"] == target
    assert forward.values["point"] == str(point + 1)
    assert error.values["count"] == str(params.batch_size or 200)


def test_a_point_outside_the_batch_gives_way_to_the_first_of_it() -> None:
    params = Params(batch_size=8)
    before, after = run(params, 4)[-2:]
    outside = next(i for i in range(200) if i not in after.batch)
    told = explain_beat(before, after, params, Focus("point", (outside,)), "forward")
    assert told.values["point"] == str(int(after.batch[0]) + 1)


def test_backward_tells_what_would_push_a_bias_where_there_is_none() -> None:
    before, after = run(Params(), 4)[-2:]
    told = explain_beat(before, after, Params(), None, "backward")
    data = data_of(Params())
    for net, (_, cells) in zip(NETS, told.rows, strict=True):
        own = named(getattr(before, net).weights, net, Params())
        z = data.x @ own["W"] + own.get("b", 0.0)
        push = float((1 / (1 + np.exp(-z[:, 0])) - data.t).mean())
        assert [float(str(term.value).replace("−", "-")) for term in cells[1]] == [pytest.approx(push, abs=5e-4)]
    assert told.values["with_bias"] != told.values["without_bias"]


def test_update_shows_both_nets_before_and_after() -> None:
    params = Params(units=2, activation="softmax")
    before, after = run(params, 4)[-2:]
    told = explain_beat(before, after, params, Focus("unit", (1,)), "update")
    for (label, cells), state in zip(told.rows, (before, after), strict=True):
        assert label == ("before" if state is before else "after")
        shown = [float(str(term.value).replace("−", "-")) for cell in cells for term in cell]
        weights = [named(getattr(state, net).weights, net, params) for net in NETS]
        wanted = [*weights[0]["W"][:, 1], weights[0]["b"][1], *weights[1]["W"][:, 1]]
        assert shown == pytest.approx(wanted, abs=5e-4)


def test_a_p_that_is_0_to_the_last_digit_is_told_with_its_loss() -> None:
    params = Params(points=np.array([[1.0, 1.0]]), targets=np.array([0.0]))
    start = dense.start(params, Streams.start(0)).with_array("W", np.array([[500.0], [500.0]]), params)
    after = dense.step(start, params, Streams.step(0, 1))
    told = explain_beat(start, after, params, None, "error")
    assert marked(told.rows[0][1][1], "loss") == [1000.0]
