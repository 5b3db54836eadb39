"""The badge lights where metric or threshold was changed in a run whose weights are the same; it compares bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.recipe import SetArray
from playground.topics.loss_metrics.scores import THRESHOLD
from playground.topics.loss_metrics.tab import LossMetricsTab


@pytest.mark.parametrize(("name", "value"), [("metric", "f1"), ("threshold", 0.2)])
def test_it_lights_when_what_watches_is_changed_in_mid_run(
    tab: LossMetricsTab, name: str, value: Any, qtbot: Any
) -> None:
    assert tab.same_bytes.isHidden()
    tab.set_parameter(name, value)
    qtbot.waitUntil(lambda: not tab.same_bytes.isHidden())
    assert tab.same_bytes.text() == "✓ weights: same bytes"
    assert "up to step 20" in tab.same_bytes.toolTip()
    tab.run.advance(3)
    assert not tab.same_bytes.isHidden()
    tab.run.gesture(SetArray("weights", np.ones(3)))
    assert tab.same_bytes.isHidden()


def test_it_lights_when_a_handle_was_dragged_and_let_go(tab: LossMetricsTab, qtbot: Any) -> None:
    for place, is_let_go in ((0.5, False), (1.0, False), (1.0, True)):
        tab.scores.dragged.emit(THRESHOLD, place, 0.0, is_let_go)
    qtbot.waitUntil(lambda: not tab.same_bytes.isHidden())
    assert tab.same_bytes.text() == "✓ weights: same bytes"


def test_other_bytes_are_told(tab: LossMetricsTab, qtbot: Any) -> None:
    tab.same_bytes.compare(tab.run.recipe, 20, np.ones(3).tobytes())
    qtbot.waitUntil(lambda: not tab.same_bytes.isHidden())
    assert tab.same_bytes.text() == "✗ weights: other bytes"


def test_another_loss_or_the_same_metric_asks_nothing(tab: LossMetricsTab) -> None:
    tab.set_parameter("metric", "accuracy")
    tab.set_parameter("loss", "mse")
    tab.run.seek(0)
    tab.set_parameter("metric", "f1")
    assert tab.same_bytes.isHidden()
