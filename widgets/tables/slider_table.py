"""A slider for a whole number of any size, and under it a table of what follows from that number."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from widgets.base import fonts, numbers
from widgets.base.manners import Manners
from widgets.tables.text_table import TextTable


class SliderTable(QWidget):
    """The slider moves in equal parts of a decade; a subclass fills the table in `retranslate`."""

    def __init__(
        self, name: str, limits: tuple[int, int], start: int, decade: int, shares: Sequence[float], gap: int = -1
    ) -> None:
        """The slider is named `name` and has `decade` places a decade; `shares` are those of a TextTable.

        `gap` lies between slider and table, in px; −1 leaves it to the style.
        """
        super().__init__()
        self._decade = decade
        self._label, self._count, self._note = QLabel(), QLabel(), QLabel()
        self._count.setFont(fonts.role_font("formula"))
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName(name)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        Manners(self._slider)
        self._slider.setRange(*(self._place(number) for number in limits))
        self._slider.setValue(self._place(start))
        self._table = TextTable(shares, self)
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        self._arrange(gap)
        self._slider.valueChanged.connect(lambda _: self.retranslate())

    @property
    def number(self) -> int:
        """The number chosen."""
        return self._number(self._slider.value())

    def retranslate(self) -> None:
        """Show what follows from the number, in the language shown."""
        raise NotImplementedError

    def show_contents(self, label: str, rows: list[list[str]], note: str = "") -> None:
        """Show the name of the number, the table with its head, and a note under it."""
        widest = len(numbers.count(self._number(self._slider.maximum())))
        self._label.setText(label)
        self._count.setText(numbers.count(self.number).rjust(widest))
        self._table.show_rows(rows)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleDescription("; ".join(" ".join(cells) for cells in rows[1:]))

    def _arrange(self, gap: int) -> None:
        row = QHBoxLayout()
        row.addWidget(self._label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(gap)
        column.addLayout(row)
        column.addWidget(self._table, 1)
        column.addWidget(self._note)

    def _place(self, number: int) -> int:
        return round(self._decade * log10(number))

    def _number(self, place: int) -> int:
        return round(10 ** (place / self._decade))
