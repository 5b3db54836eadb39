"""A run made again is the same run, whatever measures it; another loss makes another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core import loss_metrics
from core.loss_metrics import Params
from core.loss_metrics.studies import made_again
from core.run.recipe import Recipe
from core.run.timeline import Timeline

STEPS = 30
PARAMS = Params(dataset="overlapping", batch_size=16)


@pytest.mark.parametrize(("other", "is_same"), [
    (replace(PARAMS, metric="f1"), True), (replace(PARAMS, threshold=0.1), True), (replace(PARAMS, loss="mse"), False),
])  # fmt: skip
def test_only_what_takes_part_in_training_changes_a_byte(other: Params, is_same: bool) -> None:
    run = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, PARAMS))
    run.record(STEPS)
    (found,) = made_again(Recipe("loss-metrics", 1, 0, other), STEPS).results()
    assert len(found) == 24
    assert (found == run.frame(STEPS).state.weights.tobytes()) == is_same
