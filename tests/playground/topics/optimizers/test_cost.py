"""What a step costs, by the number of weights."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QSlider

from playground.topic_list import topic
from playground.topics.optimizers.cost import CostTable, costs


@pytest.mark.parametrize("n", [1, 1000, 10**9])
def test_costs_follow_the_textbook(n: int) -> None:
    rows = {name: (kept, work) for name, kept, work in costs(n)}
    assert rows["first_order"] == (n, n)
    assert rows["hessian"][0] == n**2
    assert rows["solve"][1] == pytest.approx(n**3 / 3)


def test_the_table_follows_its_slider(dressed: Any, freed: Any) -> None:
    table = CostTable(topic("optimizers").texts)
    freed(table)
    table.retranslate()
    before = table.accessibleDescription()
    slider = table.findChild(QSlider, "cost.weights")
    assert slider is not None
    slider.setValue(60)
    assert table.number == 10**6
    assert table.accessibleDescription() != before
    assert "1.0e+12" in table.accessibleDescription()
