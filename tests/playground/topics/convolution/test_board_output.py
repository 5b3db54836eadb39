"""The board while three runs are compared."""

from __future__ import annotations

from typing import Any


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
