"""Which steps a claim of Loss & metrics speaks of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.scenes.scene import Timeline, column, scenes
from playground.topics.loss_metrics.conditions import held_out_loss_rose, nothing_found, right_in_most


def run_of(entry: Any, id: str, name: str = "") -> Timeline:
    return next(scene for scene in scenes(entry) if scene.id == id).recorded(name)


@pytest.mark.parametrize("t", [1, 2, 100, 200])
def test_none_is_found_while_recall_is_zero(entry: Any, t: int) -> None:
    run = run_of(entry, "ten_among_two_hundred")
    found = nothing_found(run, t)
    assert np.array_equal(found.steps_of("recall"), [k for k in range(1, t + 1) if column(run, "tp")[k] == 0])
    assert not len(found.steps_of("accuracy"))


def test_what_is_held_out_costs_more_at_the_end_than_in_the_step_before(entry: Any) -> None:
    run = run_of(entry, "held_out")
    rose = held_out_loss_rose(run, 100).steps_of("test_loss").tolist()
    loss = column(run, "test_loss")
    assert 1 not in rose
    assert rose == [k for k in range(1, 101) if loss[k] > loss[k - 1]]


def test_most_are_right_from_one_step_on(entry: Any) -> None:
    run = run_of(entry, "from_a_wrong_start", "entropy")
    steps = right_in_most(run, 50).steps_of("accuracy")
    assert steps[0] == 8
    assert (column(run, "accuracy")[steps] >= 0.94).all()
    assert not right_in_most(run, 7).all_steps
