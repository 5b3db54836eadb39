"""Loss and accuracy over one weight, against each weight for itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.loss_metrics import Params
from core.loss_metrics.algorithm import answers
from core.loss_metrics.landscape import COUNT, Landscape
from core.nn.losses import LOSSES

WEIGHTS = np.array([0.8, 1.1, -4.9])


@pytest.mark.parametrize("axis", [0, 1, 2])
@pytest.mark.parametrize("loss", LOSSES)
def test_it_is_what_the_unit_would_answer_at_each_weight(axis: int, loss: Any) -> None:
    params = Params(n_samples=30, loss=loss, threshold=0.4)
    seen = Landscape.along(WEIGHTS, axis, params, count=9)
    assert seen.at.tolist() == np.linspace(*((-6, 6) if axis < 2 else (-15, 5)), 9).tolist()
    for at, value, share in zip(seen.at, seen.loss(), seen.accuracy(), strict=True):
        weights = WEIGHTS.copy()
        weights[axis] = at
        own = answers(weights, params)
        assert value == pytest.approx(own.loss(loss))
        assert share == own.counts.accuracy


def test_the_slope_of_the_loss_is_that_of_its_formula_and_a_stair_has_none() -> None:
    params = Params(n_samples=30)
    seen = Landscape.along(WEIGHTS, 0, params)
    by_loss, by_accuracy = seen.slopes()
    assert len(by_loss) == len(by_accuracy) == COUNT
    for weights, slope in zip(seen.weights[::40], by_loss[::40], strict=True):
        own = answers(weights, params)
        x = np.asarray(own.z - weights[1:] @ _rest(params)) / weights[0] if weights[0] else None
        if x is not None:
            assert slope == pytest.approx(((own.p - own.t) * x).mean(), abs=1e-6)
    assert ((by_accuracy == 0) | (np.abs(by_accuracy) >= 1 / 30 / 2e-4 * 0.999)).all()


def _rest(params: Params) -> Any:
    from core.loss_metrics.settings import data_of

    y = data_of(params).points[:, 1]
    return np.array([y, np.ones_like(y)])


def test_a_wide_difference_reaches_over_the_stairs() -> None:
    seen = Landscape.along(WEIGHTS, 0, Params(dataset="overlapping"))
    flat = [float((seen.slopes(h)[1] == 0).mean()) for h in (1e-4, 1e-1)]
    assert flat[0] > 0.95 > 0.6 > flat[1]
