"""What a step costs, first-order or Newton: numbers kept and multiplications, by the number of weights."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from playground.words.texts import Texts
from widgets.base import fonts, numbers
from widgets.tables.text_table import TextTable

_STEPS = 90  # of the slider: ten a decade, up to 10⁹
_SPEED = 1e12  # multiplications a second


def costs(n: int) -> list[tuple[str, float, float]]:
    """Return (row, kept numbers, multiplications a step) for n weights.

    A first-order rule keeps and multiplies a few numbers per weight: n. The Hessian has n² entries; solving for the
    step by elimination takes n³/3 multiplications. Source: Golub & Van Loan (2013), section 3.2.
    """
    return [("first_order", n, n), ("hessian", n**2, n**2), ("solve", n**2, n**3 / 3)]


class CostTable(QWidget):
    """A slider for the number of weights over a painted table."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._label = QLabel()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("cost.weights")
        self._slider.setRange(0, _STEPS)
        self._slider.setValue(30)
        self._count = QLabel()
        self._count.setFont(fonts.fixed_font())
        self._table = TextTable((0.34, 0.2, 0.22, 0.24), self)
        row = QHBoxLayout()
        row.addWidget(self._label)
        row.addWidget(self._slider, 1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addLayout(row)
        column.addWidget(self._table, 1)
        self._note = QLabel()
        self._note.setProperty("role", "muted")
        self._note.setWordWrap(True)
        column.addWidget(self._note)
        self._slider.valueChanged.connect(lambda _: self.retranslate())

    @property
    def weights(self) -> int:
        """The number of weights chosen."""
        return round(10 ** (self._slider.value() / 10))

    def retranslate(self) -> None:
        """Show the table in the language shown."""
        self._label.setText(self._texts.get("cost", "weights"))
        self._note.setText(self._texts.get("cost", "note"))
        self._count.setText(numbers.count(self.weights).rjust(13))
        head = [self._texts.get("cost", key) for key in ("method", "memory", "multiplications", "time")]
        rows = [
            [self._texts.get("cost", key), _power(kept), _power(work), self._time(work / _SPEED)]
            for key, kept, work in costs(self.weights)
        ]
        self._table.show_rows([head, *rows])
        self.setAccessibleDescription("; ".join(" ".join(cells) for cells in rows))

    def _time(self, seconds: float) -> str:
        for unit, length in (("years", 31_557_600.0), ("days", 86_400.0), ("hours", 3600.0), ("seconds", 1.0)):
            if seconds >= length:
                return self._texts.get("cost", unit).format(n=_power(seconds / length))
        return self._texts.get("cost", "seconds").format(n=numbers.significant(seconds, 2))


def _power(value: float) -> str:
    """Return a large number as it can be compared at a glance: 1 000, 3.3e+26."""
    return numbers.count(round(value)) if value < 1e6 else f"{value:.1e}".replace("e+", "e")
