"""The distances of one point to every centre."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from playground.topic_list import topic
from playground.topics.kmeans.distances import DistanceTable
from widgets.base import numbers
from widgets.shell.run_list import RunList


@pytest.fixture
def table(dressed: QApplication, freed: Callable[[QWidget], None]) -> DistanceTable:
    made = DistanceTable(topic("kmeans").texts)
    freed(made)
    return made


def listed(table: DistanceTable) -> RunList:
    found = table.findChild(RunList)
    assert found is not None
    return found


@pytest.mark.parametrize("point", [0, 17, 200])
def test_the_smallest_is_marked(table: DistanceTable, record: Any, point: int) -> None:
    state = record(3).frame(3).state
    table.show_point(state, point)
    assert listed(table).focus_row() == f"cluster {state.labels[point]}"
    squared = ((state.points[point] - state.centroids) ** 2).sum(axis=1)
    shown = {choice: tuple(map(float, texts)) for choice, texts in listed(table).values().items()}
    for j, value in enumerate(squared):
        assert shown[f"cluster {j}"] == pytest.approx((value**0.5, value), abs=5e-4)
    assert listed(table).accessibleName().startswith(f"Point {point + 1} (")
    assert table.accessibleDescription().startswith(f"Cluster 1: {shown['cluster 0'][0]:.3f}; ")


def test_a_centre_that_was_dropped_has_no_row(table: DistanceTable, record: Any) -> None:
    far = np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0]])
    state = record(2, init="by hand", centroids=far, empty="drop").frame(2).state
    table.show_point(state, 0)
    assert [row.choice for row in listed(table).rows()] == ["cluster 0", "cluster 1", "cluster 2"]
    assert [row.label for row in listed(table).rows()] == ["Cluster 1", "Cluster 2", "Cluster 3"]


def test_a_row_that_is_clicked_is_told(table: DistanceTable, record: Any) -> None:
    table.show_point(record(3).frame(3).state, 0)
    chosen: list[str] = []
    table.chosen.connect(chosen.append)
    listed(table).focused.emit("cluster 2")
    assert chosen == ["cluster 2"]


def test_while_a_scene_asks_the_smallest_is_not_told(table: DistanceTable, record: Any) -> None:
    state = record(3).frame(3).state
    table.show_point(state, 0, tells=False)
    assert listed(table).focus_row() == ""


def muted(table: DistanceTable) -> list[QLabel]:
    return [label for label in table.findChildren(QLabel) if label.property("role") == "muted"]


def test_the_place_of_the_point_stands_under_the_table_not_in_its_columns(table: DistanceTable, record: Any) -> None:
    state = record(3).frame(3).state
    table.show_point(state, 17)
    x, y = (numbers.coordinate(value) for value in state.points[17].tolist())
    place, _ = muted(table)
    assert place.text() == f"Point 18: ({x}, {y})"


def test_how_to_ask_for_a_point_is_said_until_one_is_asked_for(table: DistanceTable, record: Any) -> None:
    state = record(3).frame(3).state
    _, hint = muted(table)
    table.show_point(state, 17)
    assert "Point at a point" in hint.text()
    assert (hint.isHidden(), hint.property("hint")) == (False, True)  # on a slide it is not
    table.show_point(state, 17, is_asked=True)
    assert hint.isHidden()


def test_a_point_with_a_name_is_called_by_it(table: DistanceTable, record: Any) -> None:
    table.show_point(record(3).frame(3).state, 17, name="Graz")
    assert muted(table)[0].text().startswith("Point Graz: (")
