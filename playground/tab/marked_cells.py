"""Corners on boards around what a scene speaks of; apart from the marks of plots, which are needed at the start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF

from core.run.explanation import Focus
from playground.playback.view import View
from widgets.grids.board import Item
from widgets.grids.board_lines import Corners


def cells(view: View, rect: Callable[[Focus], QRectF | None]) -> list[Item]:
    """Return the marks of things that stand on a board, of the run in view; `rect` says where, in its pixels."""
    if view.spoken is None:
        return []
    around = sorted(view.claim.things, key=str)
    corners = [Corners(at) for thing in around if (at := rect(thing))]
    return [*corners, *(Corners(at, is_ring=True) for thing in view.spoken.named if (at := rect(thing)))]
