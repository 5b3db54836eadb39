"""The distances of one point to every centre, the smallest marked."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.kmeans import State
from core.nn.similarity import squared_distances
from playground.topics.kmeans.clusters import name, row
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.shell.run_list import RunList


class DistanceTable(QWidget):
    """A row for each centre with the distance and its square; `chosen` tells the cluster a row was clicked of."""

    chosen = Signal(str)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._rows = RunList()
        self._rows.focused.connect(self.chosen)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._rows)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setProperty("role", "panel")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint = QLabel()
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._hint)

    def show_point(self, state: State, point: int) -> None:
        """Show the distances of a point to the centres that take part."""
        used = np.flatnonzero(state.in_use)
        squared = squared_distances(state.points[[point]], state.centroids[used])[0]
        x, y = (numbers.coordinate(value) for value in state.points[point].tolist())
        title = f"{self._texts.get('point').format(n=point + 1)} ({x}, {y})"
        self._rows.set_title(title, *(self._texts.get("panels", key) for key in ("distance", "squared")))
        self._rows.set_rows([row(j, self._texts) for j in used.tolist()])
        texts = {
            f"cluster {j}": (numbers.compact(float(np.sqrt(value))), numbers.compact(float(value)))
            for j, value in zip(used.tolist(), squared, strict=True)
        }
        self._rows.set_values(texts)
        nearest = f"cluster {used[squared.argmin()]}"
        self._rows.set_focus_row(nearest)
        told = [f"{name(j, self._texts)}: {texts[f'cluster {j}'][0]}" for j in used.tolist()]
        self.setAccessibleDescription("; ".join(told))

    def nearest(self) -> str:
        """The row that is marked."""
        return self._rows.focus_row()

    def retranslate(self) -> None:
        """Show the words in the language shown."""
        self._hint.setText(self._texts.get("panels", "no_point"))
