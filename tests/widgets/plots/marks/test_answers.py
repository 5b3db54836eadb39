"""What an answer is called stands clear of what the truth is called."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from widgets.plots.marks.answers import AnswerLine
from widgets.plots.viewport import Viewport


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("value", [0.0, 0.3, 0.31, 0.99])
@pytest.mark.parametrize("truth", [0.3, 0.99])
def test_the_names_of_answer_and_truth_are_both_to_be_read(
    qapp: Any, upright: bool, value: float, truth: float
) -> None:
    viewport = Viewport(0.0, 1.0, 0.0, 1.0, 400, 150)
    names = AnswerLine(value, upright, truth, "0").names(viewport)
    assert len(names) == 2
    assert not any(one.intersects(other) for one, other in combinations(names.values(), 2))
    assert all(viewport.rect.contains(box) for box in names.values())
    assert len(AnswerLine(value, upright).names(viewport)) == 1
