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
    assert "10¹²" in table.accessibleDescription()


def test_no_number_is_in_raw_form(dressed: Any, freed: Any) -> None:
    table = CostTable(topic("optimizers").texts)
    freed(table)
    slider = table.findChild(QSlider, "cost.weights")
    assert slider is not None
    for place in range(slider.minimum(), slider.maximum() + 1):
        slider.setValue(place)
        assert "e+" not in table.accessibleDescription()
        assert "e−" not in table.accessibleDescription()
    slider.setValue(30)
    assert "333 µs" in table.accessibleDescription()
    assert "3.3·10⁸" in table.accessibleDescription()
