"""What is said of each beat: every layer forwards, the loss, every layer back, the update."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import cnn
from core.cnn import Params, State, explained
from core.cnn.algorithm import examples, outputs_for
from core.cnn.settings import net
from core.data.digits import digits
from core.nn.update_rules import FIRST_ORDER
from core.run.explanation import Explanation, Focus
from core.run.streams import Streams


def two(params: Params, steps: int = 3) -> tuple[State, State]:
    before = after = cnn.start(params, Streams.start(6))
    for t in range(1, steps + 1):
        before, after = after, cnn.step(after, params, Streams.step(6, t))
    return before, after


def numbers(told: Explanation, label: str) -> list[float]:
    texts = [str(term.value).replace("−", "-").strip() for cell in dict(told.rows)[label] for term in cell]
    return [float(text) for text in texts if text != "…"]


def test_without_a_beat_the_whole_step_is_told() -> None:
    before, after = two(Params())
    assert cnn.explain(before, after, Params(), None) == explained.explain(before, after, Params(), None)


def test_a_digit_of_the_batch_is_told_the_one_shown_if_it_is_there() -> None:
    _, after = two(Params())
    for shown, told_of in ((int(after.batch[7]), int(after.batch[7])), (2, int(after.batch[0]))):
        params = Params(shown=shown)
        told = cnn.explain(*two(params), params, None, "loss")
        assert told.values["digit"] == str(told_of)
        assert told.values["label"] == str(digits().labels[told_of])
    drawn = Params(shown=int(after.batch[7]), picture=np.eye(8))
    assert cnn.explain(*two(drawn), drawn, None, "loss").values["digit"] == str(after.batch[0])


@pytest.mark.parametrize("k", range(1, 8))
def test_forwards_each_layer_is_told_with_the_weights_before(k: int) -> None:
    params = Params()
    before, after = two(params)
    told = cnn.explain(before, after, params, None, f"layer_{k}")
    y = outputs_for(before.weights, params.layers, digits().images[after.batch[0]])[k]
    assert told.values["high"] == pytest.approx(y.max(), rel=1e-9)
    assert told.values["zeros"] == str((y == 0).sum())
    assert told.values["cells"] == str(y.size)
    assert told.values["layer"] == params.layers[k - 1].type
    place = tuple(int(i) for i in np.unravel_index(y.argmin(), y.shape))
    asked = cnn.explain(before, after, params, Focus("cell", (k, *place)), f"layer_{k}")
    assert asked.rows != told.rows
    elsewhere = cnn.explain(before, after, params, Focus("cell", (k % 7 + 1, *place)), f"layer_{k}")
    assert elsewhere.rows == told.rows


def test_the_loss_is_the_batchs_and_the_digits() -> None:
    params = Params(batch_size=9)
    before, after = two(params)
    told = cnn.explain(before, after, params, None, "loss")
    p = [outputs_for(before.weights, params.layers, digits().images[i])[-1] for i in after.batch]
    own = float(p[0][digits().labels[after.batch[0]]])
    assert told.values["p"] == pytest.approx(own)
    assert told.values["own"] == pytest.approx(-np.log(own))
    assert (told.values["loss"], told.values["count"]) == (after.loss, "9")
    assert told.values["right"] == str(round(after.accuracy * 9))


@pytest.mark.parametrize("k", range(1, 8))
def test_backwards_each_layer_is_told_by_lengths(k: int) -> None:
    params = Params(optimizer="sgd", learning_rate=1.0)
    before, after = two(params)
    told = cnn.explain(before, after, params, None, f"back_{k}")
    step = net(params.layers).stack.by_layer(before.weights - after.weights)[k - 1]
    if not step:
        assert told.sentence == "back"
        return
    assert told.values["gradient"] == pytest.approx(np.linalg.norm([*step["W"].ravel(), *step["b"]]))
    assert told.values["weights"] == str(step["W"].size + step["b"].size)
    before_it = cnn.explain(before, after, params, None, f"back_{k - 1}") if k > 1 else None
    assert before_it is None or before_it.values["came"] == told.values["passed"]
    column = step["W"][0].ravel() if k < 6 else step["W"][:, 0]
    assert numbers(told, "gradient")[:6] == pytest.approx(column[:6], abs=5.1e-4)


def test_what_comes_back_first_is_p_less_1_at_the_right_digit() -> None:
    params = Params()
    before, after = two(params)
    look = net(params.layers).look(before.weights, *examples(after.batch))
    errors = (look.outputs - np.eye(10)[digits().labels[after.batch]]) / 64
    told = cnn.explain(before, after, params, None, "back_7")
    assert told.values["came"] == pytest.approx(np.linalg.norm(errors))


@pytest.mark.parametrize("optimizer", FIRST_ORDER)
@pytest.mark.parametrize(("k", "unit"), [(1, 0), (3, 5), (6, 63), (7, 9)])
def test_the_update_is_that_of_the_units_first_weight(optimizer: Any, k: int, unit: int) -> None:
    params = Params(optimizer=optimizer, learning_rate=0.01)
    before, after = two(params)
    place = (unit,) if k > 5 else (unit, 0, 0)
    told = cnn.explain(before, after, params, Focus("cell", (k, *place)), "update")
    weights = [net(params.layers).stack.named(state.weights)[f"layer_{k}.W"] for state in (before, after)]
    first = [w[unit, 0, 0, 0] if k < 6 else w[0, unit] for w in weights]
    values = [term.value for column in dict(told.rows)["first"] for term in column]
    assert first[0] in values
    assert first[1] in values
    for label, value in zip(("before", "after"), first, strict=True):
        assert numbers(told, label)[0] == pytest.approx(value, abs=5.1e-4)
    assert "θ" not in "".join(str(term.value) for column in told.rule for term in column)
    assert told.values["moved"] == pytest.approx(np.linalg.norm(after.weights - before.weights))


def test_without_a_layer_in_focus_the_update_is_of_the_first_kernel() -> None:
    params = Params()
    before, after = two(params)
    plain = cnn.explain(before, after, params, None, "update")
    assert plain == cnn.explain(before, after, params, Focus("layer", (2,)), "update")
    assert numbers(plain, "after")[0] == pytest.approx(after.weights[0], abs=5.1e-4)
