"""What an answer is called stands clear of what the truth is called."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from widgets.plots.marks.answers import AnswerCurve, AnswerLine
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.labels import placed
from widgets.plots.viewport import Viewport


@pytest.mark.parametrize("upright", [True, False])
@pytest.mark.parametrize("value", [0.0, 0.3, 0.31, 0.99])
@pytest.mark.parametrize("truth", [0.3, 0.99])
def test_the_names_of_answer_and_truth_are_both_to_be_read(
    qapp: Any, upright: bool, value: float, truth: float
) -> None:
    viewport = Viewport(0.0, 1.0, 0.0, 1.0, 400, 150)
    answer = AnswerLine(value, upright, truth, "0")
    assert [label.text for label in answer.labels(viewport)] == ["run", "you", "0"]
    boxes = [box for _, box in placed(viewport, answer.labels(viewport), (), answer.along(viewport))]
    assert len(boxes) == 3
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert all(viewport.rect.contains(box) for box in boxes)
    assert [label.text for label in AnswerLine(value, upright).labels(viewport)] == ["you"]


def test_the_words_of_an_answer_keep_off_what_curves_say(qapp: Any) -> None:
    viewport, steps = Viewport(0.0, 10.0, 0.0, 1.0, 300, 200), np.array([0.0, 10.0])
    curves = Curves(tuple(Curve(f"{y}", "mean of 20", steps, np.array([y, y]), "green") for y in (0.8, 0.75)), 10)
    answer = AnswerCurve(((0.0, 0.8), (10.0, 0.8)), ((0.0, 0.8), (10.0, 0.75)), widest=((10.0, 0.8, 0.75), "widest"))
    words = placed(viewport, answer.labels(viewport), curves.taken(viewport), answer.along(viewport))
    boxes = {label.text: box for label, box in words}
    assert boxes.keys() == {"you", "widest"}
    assert not any(box.intersects(other) for box in boxes.values() for other in curves.taken(viewport))
