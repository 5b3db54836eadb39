"""The zoom: a double click leads to the layer, then to the map and the products of a cell; Escape leads back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.cnn import arrays
from core.run.explanation import Focus
from playground.words import languages
from widgets.grids.grid import Placed
from widgets.grids.tiles import Tiles


def names(tab: Any) -> list[str]:
    return [item.name for item in tab.mosaic.items() if isinstance(item, Placed | Tiles)]


@pytest.fixture
def zoomed(tab: Any, settle: Any) -> Any:
    """The tab with map 2 of the second convolution by itself."""
    tab.run.advance(3)
    settle()
    tab.mosaic.opened.emit("3", 4 * 2, 1)
    tab.mosaic.opened.emit("3", 4 * 2, 1)
    settle()
    return tab


def test_two_double_clicks_lead_to_the_map_and_escape_back(tab: Any, settle: Any) -> None:
    tab.run.advance(3)
    settle()
    whole = names(tab)
    small = next(item for item in tab.mosaic.items() if getattr(item, "name", "") == "3").cell
    tab.mosaic.opened.emit("3", 4 * 2, 1)
    assert names(tab) == ["kernel 3 before", "kernel 3", "3", "4"]
    assert next(item for item in tab.mosaic.items() if getattr(item, "name", "") == "3").cell > small
    tab.mosaic.opened.emit("3", 4 * 2, 1)
    assert names(tab)[0] == "3 2"
    assert tab.escape()
    assert names(tab) == ["kernel 3 before", "kernel 3", "3", "4"]
    assert tab.escape()
    assert names(tab) == whole


def test_a_cell_of_the_map_shows_its_window_products_and_sum(zoomed: Any, settle: Any) -> None:
    zoomed.mosaic.hovered.emit("3 2", 1, 3)
    assert zoomed.view().pointed == Focus("cell", (3, 2, 1, 3))
    placed = {item.name: item for item in zoomed.mosaic.items() if isinstance(item, Placed)}
    given = placed["2 5"].grid.values
    window = np.pad(given, 1)[1:4, 3:6]
    np.testing.assert_allclose(placed["products 5"].grid.values, window * placed["slice 5"].grid.values)
    assert [(o.row, o.column, o.rows, o.columns) for o in placed["2 5"].grid.outlines] == [(0, 2, 3, 2)]
    assert zoomed.focus is None


def test_a_map_before_it_is_the_next_to_zoom_to(zoomed: Any) -> None:
    zoomed.mosaic.opened.emit("2 5", 0, 0)
    assert names(zoomed) == ["2 5", "1 5"]


def test_return_zooms_by_keys(tab: Any, settle: Any) -> None:
    tab.run.advance(2)
    tab.choose(Focus("cell", (1, 3, 0, 0)))
    settle()
    for _ in range(2):
        QTest.keyClick(tab.mosaic, Qt.Key.Key_Return)
    assert names(tab)[:3] == ["1 3", "given", "slice 0 before"]


def test_other_layers_let_go_of_the_zoom(zoomed: Any, settle: Any) -> None:
    zoomed.set_parameter("layers", [{"type": "Flatten"}, {"type": "Dense", "units": 10, "activation": "softmax"}])
    settle()
    assert names(zoomed) == ["0", "1"]


def test_the_zoom_stays_through_answers_and_languages_and_goes_with_another_scene(
    tab: Any, settle: Any, dressed: QApplication
) -> None:
    tab.stage.open("what_learns")
    settle()
    tab.mosaic.opened.emit("3", 0, 0)
    zoomed = names(tab)
    assert len(zoomed) < 5
    tab.stage.skip()
    languages.use(dressed, "zh")
    settle()
    assert names(tab) == zoomed
    tab.stage.open("never_seen_before")
    settle()
    assert len(names(tab)) > len(zoomed)


def test_kernels_stand_before_the_step_and_after_it(zoomed: Any) -> None:
    placed = {item.name: item for item in zoomed.mosaic.items() if isinstance(item, Placed)}
    view = zoomed.view()
    for name, state in (("slice 5 before", view.before.state), ("slice 5", view.state)):
        np.testing.assert_array_equal(placed[name].grid.values, arrays(state, view.params)["layer_3.W"][2, 5])
    assert not np.array_equal(placed["slice 5 before"].grid.values, placed["slice 5"].grid.values)
