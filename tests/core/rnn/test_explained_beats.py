"""What each beat of a step tells: the cell at its time and what comes out, the way back, the unit's weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.rnn import Params, SetRadius, arrays, explain
from core.rnn.algorithm import seen_with
from core.rnn.explained_beats import explain as explain_beat
from core.rnn.net import unrolled
from core.run.explanation import Focus, Line
from core.run.streams import Streams


def values(line: Line) -> list[float]:
    return [float(term.value) for term in line if isinstance(term.value, float)]


@pytest.mark.parametrize("mode", ["many-to-many", "one-to-many"])
def test_a_time_tells_the_share_of_the_right_class(mode: Any, run: Any) -> None:
    params = Params(mode=mode)
    before, after = run(params, 6)[-2:]
    told, old = arrays(after, params), arrays(before, params)
    for t in range(8):
        at = explain_beat(before, after, params, Focus("state", (2, 0, 3)), f"time_{t}")
        shares, right = told["outputs"][2, t], int(told["targets"][2, t])
        assert at.sentence == ("time.right" if shares.argmax() == right else "time.wrong")
        assert at.values["output"] == shares[right]
        assert (at.values["right"], at.values["called"]) == (str(right), str(shares.argmax()))
        _, h, score, share = at.rows[0][1]
        assert values(h) == [told["h"][2, t + 1, 3]]
        z = float(told["h"][2, t + 1] @ old["V"][:, right] + old["c"][right])
        assert values(score)[0] == pytest.approx(z, rel=1e-9)
        assert values(share) == [shares[right]]


def test_of_many_to_one_only_the_last_time_has_an_output(run: Any) -> None:
    params = Params(task="adding", mode="many-to-one")
    before, after = run(params, 3)[-2:]
    told = arrays(after, params)
    for t in range(8):
        at = explain_beat(before, after, params, Focus("state", (2, 0, 3)), f"time_{t}")
        assert len(at.rule) == len(at.rows[0][1]) == (3 if t == 7 else 2)
        assert at.sentence == ("time.number" if t == 7 else "time.silent")
        assert [at.values["was"], at.values["now"]] == told["h"][2, t : t + 2, 3].tolist()
    assert (at.values["output"], at.values["target"]) == (told["outputs"][2, 0], told["targets"][2, 0])


@pytest.mark.parametrize(("focus", "lag"), [
    (None, 1), (Focus("unit", (3,)), 1), (Focus("lag", (5,)), 5), (Focus("lag", (0,)), 0), (Focus("time", (0,)), 7),
    (Focus("state", (1, 2, 3)), 5),
])  # fmt: skip
def test_the_way_back_is_told_at_the_lag_in_focus(focus: Any, lag: int, run: Any) -> None:
    params = Params(mode="many-to-one")
    before, after = run(params, 3)[-2:]
    lengths = arrays(after, params)["grad_by_lag"]
    told = explain_beat(before, after, params, focus, "back")
    assert told.sentence == ("back" if lag else "back.last")
    assert told.values == {"lag": str(lag), "first": lengths[0], "there": lengths[lag]}
    into, through = told.rows[0][1]
    total, *factors = values(into)
    if lag:
        assert total == pytest.approx(float(np.dot(factors[::2], factors[1::2])), rel=1e-9)
        unit = focus.at[-1] if focus and focus.kind in ("unit", "state") else 0
        assert factors[1::2] == arrays(before, params)["U"][unit].tolist()
        h = arrays(after, params)["h"][1 if focus == Focus("state", (1, 2, 3)) else 0, 8 - lag, unit]
        assert values(through)[0] == pytest.approx(total * (1 - h * h), rel=1e-9)
    else:
        assert factors == []


def test_a_sequence_of_one_time_has_only_a_last_one(run: Any) -> None:
    params = Params(length=1, lag=1)
    before, after = run(params, 2)[-2:]
    assert explain_beat(before, after, params, None, "back").sentence == "back.last"


def test_the_update_shows_the_units_weights_before_and_after(run: Any) -> None:
    params = Params(symbols=2)
    before, after = run(params, 3)[-2:]
    told = explain_beat(before, after, params, Focus("unit", (4,)), "update")
    assert told.sentence == explain(before, after, params, None).sentence
    for (label, cells), (name, state) in zip(told.rows, (("before", before), ("after", after)), strict=True):
        own = arrays(state, params)
        assert label == name
        shown = [float(str(term.value).replace("−", "-")) for term in cells[0]]
        assert shown == pytest.approx(own["W"][:, 4].tolist(), abs=5e-4)
        assert float(str(cells[2][0].value).replace("−", "-")) == pytest.approx(own["b"][4], abs=5e-4)


def test_without_a_beat_or_a_step_the_whole_step_is_told(run: Any) -> None:
    params = Params()
    first, second = run(params, 1)
    assert explain_beat(first, second, params, None) == explain(first, second, params, None)
    assert explain_beat(None, first, params, None, "time_0").sentence == "rule"


def test_of_weights_set_by_hand_the_new_ones_are_told(run: Any) -> None:
    params = Params(task="parity")
    before, after = run(params, 4)[-2:]
    now = SetRadius(0.5).apply(after, params, Streams.step(0, 4))
    told = explain(before, after, params, None, "", now)
    was, seen = (seen_with(state, after, params) for state in (after, now))
    assert was is not None
    assert seen is not None
    assert told.sentence == "set"
    assert (told.values["was"], told.values["now"]) == (was.loss, seen.loss)
    at_2 = explain(before, after, params, Focus("state", (0, 2, 3)), "time_2", now)
    assert at_2.values["now"] == unrolled(seen).h[0, 3, 3]
    assert explain(before, after, params, None, "", None).sentence == "step.classes"
