"""What is said of each beat of a convolution: its numbers are those of the beat."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import convolution as core
from core.convolution import Params, explained
from core.convolution.explained_beats import explain
from core.run.explanation import Explanation, Focus
from core.run.recipe import Recipe
from core.run.replay import replay

PICTURE = np.array([[1.0, 2.0, 0.0], [3.0, 9.0, 4.0], [6.0, 5.0, 7.0]])


def step(params: Params, t: int) -> tuple[Any, Any]:
    before, after = [frame.state for frame, _ in replay(core, Recipe("convolution", 1, 0, params), t)][-2:]
    return before, after


def lines(told: Explanation) -> dict[str, list[str]]:
    return {key: ["".join(str(term.value) for term in cell) for cell in cells] for key, cells in told.rows}


def test_a_product_is_told_with_the_sum_before_and_after_it() -> None:
    params = Params(image=PICTURE, kernel=np.array([[2.0, -1.0], [0.5, 1.0]]), bias=4.0)
    before, after = step(params, 2)  # 2 0 / 9 4
    told = {beat: explain(before, after, params, None, beat) for beat in core.beats(params)}
    assert lines(told["product_0"]) == {"before": ["s = 0"], "after": ["s = 0 + 2×2 = 4"]}
    assert lines(told["product_2"]) == {"before": ["s = 4"], "after": ["s = 4 + 9×0.5 = 8.5"]}
    assert dict(told["product_2"].values) == {
        "n": "3", "count": "4", "cell": "9", "weight": "0.5", "product": "4.5", "before": "4", "after": "8.5"
    }  # fmt: skip
    assert told["product_3"] == explained.explain(before, after, params, None)  # the whole, with the bias
    pinned = explain(before, after, params, Focus("output", (0, 1, 1)), "product_1")
    assert lines(pinned)["after"] == ["s = 18 + 4×(−1) = 14"]


def test_padding_adds_nothing_to_a_sum_and_does_not_count_in_a_pool() -> None:
    params = Params(image=PICTURE, kernel=np.ones((2, 2)), padding=1)
    told = explain(*step(params, 1), params, None, "product_1")
    assert told.sentence == "product.padding"
    pooled = Params(operation="average pooling", image=PICTURE, padding=1)
    told = explain(*step(pooled, 1), pooled, None, "product_1")
    assert (told.sentence, lines(told)["after"]) == ("pooling.padding", ["s = 0"])


def test_a_cell_is_compared_with_the_largest_before_it() -> None:
    params = Params(operation="max pooling", image=PICTURE, stride=1)
    before, after = step(params, 1)  # 1 2 / 3 9
    told = [explain(before, after, params, None, f"product_{k}") for k in range(3)]
    assert [one.sentence for one in told] == ["max pooling.first", "max pooling.cell", "max pooling.cell"]
    assert lines(told[2]) == {"before": ["s = 2"], "after": ["s = max(2, 3) = 3"]}


@pytest.mark.parametrize("kernel", ["vertical-edge", np.ones((2, 1, 4, 4))])
def test_learning_is_told_beat_by_beat(kernel: Any) -> None:
    params = Params(operation="learn", kernel=kernel, target="blur" if isinstance(kernel, str) else kernel * 0.5)
    before, after = step(params, 3)
    told = {beat: explain(before, after, params, None, beat) for beat in core.beats(params)}
    assert len({one.sentence for one in told.values()}) == 4
    assert told["update"].sentence == explained.explain(before, after, params, None).sentence
    rows = {key: read(cells) for key, cells in told["update"].rows if key in ("before", "after")}
    slope = read(dict(told["backward"].rows)["gradient"])
    np.testing.assert_allclose(rows["after"], np.array(rows["before"]) - 0.003 * np.array(slope), atol=0.0015)
    np.testing.assert_allclose(
        rows["before"], before.kernel.reshape(-1, before.kernel.shape[-1])[:3].ravel(), atol=6e-4
    )


def read(cells: Any) -> list[float]:
    texts = [str(term.value) for cell in cells for term in cell]
    return [float(text.replace("\N{MINUS SIGN}", "-")) for text in texts if text != " …"]


def test_of_a_run_that_diverged_only_the_whole_is_told() -> None:
    params = Params(operation="learn", learning_rate=10)
    states = [frame.state for frame, _ in replay(core, Recipe("convolution", 1, 0, params), 60)]
    assert states[-1].status == "diverged"
    told = explain(states[-2], states[-1], params, None, "error")
    assert told == explained.explain(states[-2], states[-1], params, None)
