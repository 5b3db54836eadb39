"""Points and centres as numbers that can be typed over, with the label of each point beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSplitter, QVBoxLayout, QWidget

from core.kmeans import State
from core.kmeans.algorithm import MoveCentroid, MovePoint
from core.run.recipe import SetArray
from playground.words.texts import Texts
from widgets.base import fonts
from widgets.tables.array_table import Cells

_ROOM_FOR_TWO = 330  # px


class CellTables(QWidget):
    """Two tables side by side. `typed` tells name and array of what was changed, `picked` a point gone to."""

    typed = Signal(str, object)
    picked = Signal(int)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.tables = {name: Cells(name) for name in ("points", "centroids")}
        self._titles = {name: QLabel() for name in self.tables}
        self._chosen = QComboBox()
        self._chosen.setObjectName("cells.shown")
        self._chosen.setProperty("role", "small")
        self._pages = [self._titled(name, cells) for name, cells in self.tables.items()]
        both = QSplitter(Qt.Orientation.Horizontal)
        for page, (name, cells) in zip(self._pages, self.tables.items(), strict=True):
            both.addWidget(page)
            self._chosen.addItem(name)
            cells.table.changed.connect(lambda array, name=name: self.typed.emit(name, array))
        self._chosen.currentIndexChanged.connect(lambda _: self._fit())
        self.tables["points"].table.picked.connect(lambda row, column: self.picked.emit(row))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chosen, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(both, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for two tables side by side, show the one chosen."""
        narrow = self.width() < _ROOM_FOR_TWO * fonts.scale()
        self._chosen.setVisible(narrow)
        for index, page in enumerate(self._pages):
            page.setVisible(not narrow or index == self._chosen.currentIndex())
        for title in self._titles.values():
            title.setVisible(not narrow)

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
        for index, (name, cells) in enumerate(self.tables.items()):
            self._chosen.setItemText(index, self._texts.get("panels", f"{name}_table"))
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
