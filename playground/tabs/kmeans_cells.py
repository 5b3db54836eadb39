"""Points and centres as numbers that can be typed over, with the label of each point beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from core.kmeans import MoveCentroid, MovePoint, State
from core.run.recipe import SetArray
from playground.texts import Texts
from widgets.cells_table import Cells


class CellTables(QWidget):
    """Two tables side by side. `typed` tells name and array of what was changed, `picked` a point gone to."""

    typed = Signal(str, object)
    picked = Signal(int)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.tables = {name: Cells(name) for name in ("points", "centroids")}
        self._titles = {name: QLabel() for name in self.tables}
        both = QSplitter(Qt.Orientation.Horizontal)
        for name, cells in self.tables.items():
            both.addWidget(self._titled(name, cells))
            cells.table.changed.connect(lambda array, name=name: self.typed.emit(name, array))
        self.tables["points"].table.picked.connect(lambda row, column: self.picked.emit(row))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(both)

    def _titled(self, name: str, cells: Cells) -> QWidget:
        page = QWidget()
        self._titles[name].setProperty("role", "muted")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._titles[name])
        column.addWidget(cells, 1)
        return page

    def show_state(self, state: State) -> None:
        """Show the arrays of a state; a dropped centre as dashes, to be put back by typing."""
        self.tables["points"].table.show_array(state.points)
        self.tables["centroids"].table.show_array(_shown_centroids(state))

    def retranslate(self) -> None:
        """Name the tables in the language shown."""
        for name, cells in self.tables.items():
            self._titles[name].setText(self._texts.get("panels", f"{name}_table"))
            cells.table.setAccessibleName(self._texts.get("panels", f"{name}_table"))
            cells.table.set_headers(("x", "y"))


def _shown_centroids(state: State) -> NDArray[np.float64]:
    return state.centroids if state.in_use.all() else np.where(state.in_use[:, None] == 1, state.centroids, np.nan)


def edit_of(state: State, name: str, typed: NDArray[np.float64]) -> Any:
    """Return the edit that a typed array asks for: of one row a move, of more the whole array.

    A dropped centre that is typed at is put back; where only one of its numbers was typed, the other is its last.
    """
    if name == "points":
        rows = np.flatnonzero((typed != state.points).any(axis=1))
        return MovePoint(int(rows[0]), *typed[rows[0]].tolist()) if len(rows) == 1 else SetArray(name, typed)
    rows = np.flatnonzero((np.isfinite(typed) & (typed != _shown_centroids(state))).any(axis=1))
    whole = np.where(np.isfinite(typed), typed, state.centroids)
    return MoveCentroid(int(rows[0]), *whole[rows[0]].tolist()) if len(rows) == 1 else SetArray(name, whole)
