"""How many windows see each cell of the picture, and the padding that keeps its size."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
)

from core.nn.convolution import Geometry
from playground.topics.convolution.coverage import arrange_coverage, same_padding
from playground.topics.convolution.tab import ConvolutionTab
from widgets.grids.grid import Placed


def test_coverage_counts_windows_beside_the_paddings_there_are(tab: ConvolutionTab, find: Any) -> None:
    find(QAbstractButton, "view.coverage").click()
    tab.run.advance(1)
    shown = [item for item in tab.coverage.items() if isinstance(item, Placed)]
    assert [item.grid.values[0, 0] for item in shown] == [1, 4]
    assert shown[0].name == "coverage"
    tab.set_parameter("padding", 1)
    assert [item.name for item in tab.coverage.items() if isinstance(item, Placed)] == ["other 0", "coverage"]


def test_its_cells_grow_with_a_wide_board(tab: ConvolutionTab) -> None:
    narrow, wide = (
        [item.cell for item in arrange_coverage(tab.look(), *size) if isinstance(item, Placed)]
        for size in ((850.0, 446.0), (1600.0, 860.0))
    )
    assert narrow == [40, 40]
    assert wide == [75, 75]


@pytest.mark.parametrize(
    ("geometry", "padding"),
    [
        (Geometry((8, 8), (3, 3)), (1, 1)),
        (Geometry((8, 8), (5, 3), dilation=(1, 2)), (2, 2)),
        (Geometry((8, 8), (4, 3)), None),
        (Geometry((8, 8), (3, 3), stride=(2, 1)), None),
        (Geometry((8, 8), (2, 2), dilation=(2, 2)), (1, 1)),
    ],
)
def test_the_padding_that_keeps_the_size(geometry: Geometry, padding: Any) -> None:
    assert same_padding(geometry) == padding
    if padding:
        assert Geometry(geometry.picture, geometry.window, padding, dilation=geometry.dilation).output == (8, 8)
