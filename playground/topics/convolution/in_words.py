"""What is said of a cell that is pointed at, and of a step for a screen reader."""

from __future__ import annotations

import numpy as np

from core.convolution.algorithm import State
from core.convolution.learning import distance
from core.convolution.settings import target_of
from core.run.explanation import number
from playground.topics.convolution.sweep_view import Look, Spot
from widgets.base import numbers
from widgets.grids.board import GridBoard


def told(look: Look, spot: Spot, board: GridBoard) -> str:
    """Return what the status bar says of a cell; `board` is the view the cell is on."""
    row, column = spot.row + 1, spot.column + 1  # on the screen all is counted from 1
    if spot.is_picture:
        return _told_input(look, spot)
    if spot.kind == "output":
        is_hidden = np.isnan(look.swept[spot.number, spot.row, spot.column])
        key = "at_ahead" if is_hidden else "at_output"
        if is_hidden and look.params.growing:
            key = "at_empty"
        value = look.full.output[spot.number, spot.row, spot.column]
        return look.text(key, map=spot.number + 1, row=row, column=column, value=number(float(value)))
    if spot.kind in ("coverage", "matrix"):
        placed = board.placed(spot.kind)
        value = placed.grid.values[spot.row, spot.column] if placed else np.nan
        shown = number(float(value)) if np.isfinite(value) else look.text("no_weight")
        return look.text(f"at_{spot.kind}", row=row, column=column, value=shown)
    if spot.kind == "kernel":
        value = look.weights.reshape(-1, *look.weights.shape[2:])[spot.number, spot.row, spot.column]
        return look.text("at_kernel", place=f"[{row}, {column}]", value=number(float(value)))
    return ""


def _told_input(look: Look, spot: Spot) -> str:
    row, column = spot.row + 1, spot.column + 1
    if not look.sweep.geometry.has(spot.row, spot.column):
        return look.text("at_padding", row=row, column=column)
    values = look.image[:, spot.row, spot.column]
    shown = values[spot.number : spot.number + 1] if spot.kind == "channel" else values
    count = len(look.sweep.geometry.seers(spot.row, spot.column))
    value = ", ".join(number(float(value)) for value in shown)
    return look.text("at_input", row=row, column=column, value=value, count=count)


def described(look: Look) -> str:
    """One line for a screen reader: which cell is computed and what came out."""
    state: State = look.view.state
    if look.learns:
        away = distance(state.kernel, target_of(look.params))
        return look.text("state_learn", loss=numbers.compact(state.loss), share=numbers.percent(away))
    cells = look.sweep.cells
    if not state.t:
        return look.text("state_start", cells=cells)
    map, row, column = look.sweep.place(state.t - 1)
    place = {"map": map + 1, "row": row + 1, "column": column + 1}
    return look.text("state", cell=state.t, cells=cells, value=number(state.value), **place)
