"""What the status bar and a screen reader are told of a convolution."""

from __future__ import annotations

import numpy as np

from core.convolution.learning import distance
from core.convolution.settings import target_of
from core.run.explanation import number
from playground.topics.convolution.sweep_view import Look, Spot
from widgets.base import numbers
from widgets.grids.board import GridBoard


def told(look: Look, spot: Spot, board: GridBoard) -> str:
    """Return what the status bar says of a cell; `board` is the view the cell is on, where it is not the sweep."""
    row, column = spot.row, spot.column
    if spot.kind in ("input", "channel"):
        return _told_input(look, spot)
    if spot.kind == "output":
        value = look.shown[spot.number, row, column]
        key = "at_output" if np.isfinite(value) else "at_empty"
        return look.text(key, map=spot.number, row=row, column=column, value=number(float(value)))
    if spot.kind in ("coverage", "matrix"):
        placed = board.placed(spot.grid)
        value = placed.grid.values[row, column] if placed else np.nan
        shown = number(float(value)) if np.isfinite(value) else look.text("no_weight")
        return look.text(f"at_{spot.kind}", row=row, column=column, value=shown)
    if spot.kind == "kernel":
        map = look.cell[0] if look.cell else 0
        value = look.weights[map, min(spot.number, look.weights.shape[1] - 1), row, column]
        return look.text("at_kernel", place=f"[{row}, {column}]", value=number(float(value)))
    return ""


def _told_input(look: Look, spot: Spot) -> str:
    rows, columns = look.sweep.geometry.picture
    if not (0 <= spot.row < rows and 0 <= spot.column < columns):
        return look.text("at_padding", row=spot.row, column=spot.column)
    values = look.image[:, spot.row, spot.column]
    shown = values[spot.number : spot.number + 1] if spot.kind == "channel" else values
    count = len(look.sweep.geometry.seers(spot.row, spot.column))
    value = ", ".join(number(float(value)) for value in shown)
    return look.text("at_input", row=spot.row, column=spot.column, value=value, count=count)


def described(look: Look) -> str:
    """One line for a screen reader: which cell is computed and what came out."""
    state = look.state
    if look.learns:
        away = distance(state.kernel, target_of(look.params))
        return look.text("state_learn", loss=numbers.loss(state.loss), share=numbers.share(away))
    if not state.t:
        return look.text("state_start", cells=look.sweep.cells)
    map, row, column = look.sweep.place(min(state.t, look.sweep.cells) - 1)
    values = {"map": map, "row": row, "column": column, "value": number(state.value)}
    return look.text("state", cell=state.t, cells=look.sweep.cells, **values)
