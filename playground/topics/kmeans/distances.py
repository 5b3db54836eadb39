"""The distances of one point to every centre, the smallest marked."""

from __future__ import annotations

from math import sqrt

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.kmeans.algorithm import State, by_distance
from playground.topics.kmeans.clusters import row
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
        self._place, self._hint = _muted(), _muted()
        self._hint.setProperty("hint", True)  # it is not on slides
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._place)
        column.addWidget(self._hint)

    def show_point(self, state: State, point: int, tells: bool = True, is_asked: bool = False, name: str = "") -> None:
        """Show the distances of a point to the centres that take part, the smallest of them marked if it may be.

        It is called by its name, else by its number; one that nobody has asked for comes with a word on how to ask.
        """
        ranked = by_distance(state, state.points[point])
        x, y = (numbers.coordinate(value) for value in state.points[point].tolist())
        name, place = self._texts.get("point").format(n=name or point + 1), f"({x}, {y})"
        self._rows.set_title(name, *(self._texts.get("panels", key) for key in ("distance", "squared")))
        self._rows.setAccessibleName(f"{name} {place}")
        self._place.setText(f"{name}: {place}")
        self._hint.setText(self._texts.get("panels", "no_point"))
        self._hint.setVisible(not is_asked)
        rows = [row(j, self._texts) for j, _ in sorted(ranked)]
        values = {f"cluster {j}": (numbers.compact(sqrt(squared)), numbers.compact(squared)) for j, squared in ranked}
        self._rows.set_rows(rows)
        self._rows.set_values(values)
        self._rows.set_focus_row(f"cluster {ranked[0][0]}" if tells else "")
        self.setAccessibleDescription("; ".join(f"{line.label}: {values[line.choice][0]}" for line in rows))


def _muted() -> QLabel:
    """Return a line that is broken where it is long: a long name must not make the panel wider."""
    label = QLabel()
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setMinimumWidth(1)
    return label
