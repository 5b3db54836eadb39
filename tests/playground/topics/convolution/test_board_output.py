"""The board while three runs are compared."""

from __future__ import annotations

from typing import Any

import numpy as np

from widgets.base import theme
from widgets.grids.board import Bar


def test_the_maps_of_several_others_stand_below_each_other_within_the_board(tab: Any, settle: Any) -> None:
    for padding in (1, 2):
        tab.run.pin()
        tab.set_parameter("padding", padding)
    tab.run.bring_forward("A")
    tab.run.advance(5)
    settle()
    board = tab.plots()["sweep"]
    own, first, second = (board.placed(name).rect for name in ("output 0", "pinned 0", "pinned 1"))
    assert first.left() == second.left() > own.right()
    assert first.bottom() < second.top()
    assert second.bottom() <= board.height()
    assert second.right() <= board.width()


def test_noise_of_rounding_is_no_edge(tab: Any, settle: Any) -> None:
    rows = 255 * np.random.default_rng(0).random((12, 1))
    tab.set_parameter("image", np.tile(rows, (1, 12)))  # constant along its rows: no upright edge anywhere
    tab.run.advance(100)
    settle()
    grid, floor = tab.sweep.placed("output 0").grid, 1e-9 * rows.max() * 2
    assert 0 < np.abs(grid.values).max() < floor
    assert set(grid.pixels().ravel()) == {theme.current().color("panel").rgb()}
    assert [item.limit for item in tab.sweep.items() if isinstance(item, Bar)] == ["4.8e−7"]


def test_a_faint_edge_is_still_one(tab: Any, settle: Any) -> None:
    image = np.full((12, 12), 255.0)
    image[:, 6:] += 1e-5
    tab.set_parameter("image", image)
    tab.run.advance(100)
    settle()
    assert len(set(tab.sweep.placed("output 0").grid.pixels().ravel())) == 2
