"""An array as a table whose cells can be typed into."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from widgets.base import fonts, layouts, numbers, theme
from widgets.base.error_label import ErrorLabel
from widgets.base.typed_table import NOWHERE, TEXTS, Index, TypedModel, TypedTable

_NARROWEST = 76  # px, room for a rounded number; many columns are scrolled
_LARGEST = 1e12
_NO_VALUE = "–"
_INKS = (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole)
_LONG = 9  # characters of a number that is shown rounded


def _rounded(value: float) -> str:
    """Return as many digits of a number, up to five, as the narrowest cell has room for."""
    texts = [numbers.tidy(f"{value:.{digits}g}") for digits in (5, 4, 3, 2)]
    return next((text for text in texts if len(text) <= _LONG), texts[-1])


class ArrayModel(TypedModel):
    """An array (rows, columns), or (rows,) as one column. It tells what is typed and shows what the program says."""

    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.array: NDArray[Any] = np.empty((0, 0))
        self.is_difference = False  # shown with signs, on colours around 0, and not to be typed into

    def show_array(self, array: NDArray[Any]) -> None:
        """Show an array of one or two axes. Raises ValueError for another."""
        if array.ndim not in (1, 2):
            raise ValueError(f"an array of shape {array.shape} is no table")
        if array is self.array:
            return
        if array.shape != self.array.shape:
            self.beginResetModel()
            self.array = array
            self.endResetModel()
            return
        self.array = array
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.array)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else (self.array.shape[1] if self.array.ndim == 2 else 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self.is_difference and role not in (Qt.ItemDataRole.EditRole, *_INKS):
            return numbers.difference(self._value(index)) if role in TEXTS else None
        if self.is_difference and role in _INKS:
            return self._ink(role, self._value(index))
        if role not in TEXTS:
            return None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole and len(text) > _LONG:
            return _rounded(float(text))  # the whole number is in the tooltip, and in the editor
        return text if role == Qt.ItemDataRole.EditRole else numbers.tidy(text)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) & ~Qt.ItemFlag.ItemIsEditable if self.is_difference else super().flags(index)

    def _value(self, index: Index) -> float:
        return float(self.array[self._place(index.row(), index.column())])

    def _ink(self, role: int, value: float) -> QColor:
        """Return the colour of a cell, strongest at the largest difference, or of the number on it."""
        largest = float(np.nanmax(np.abs(self.array), initial=0.0)) or 1.0
        ground = theme.current().signed(value / largest)
        return ground if role == Qt.ItemDataRole.BackgroundRole else theme.current().text_on(ground)

    def text(self, row: int, column: int) -> str:
        """The shortest text that gives a cell's value back; a dash where there is none."""
        value = self.array[self._place(row, column)].item()
        return numbers.shortest(value) if isfinite(value) else _NO_VALUE

    def put(self, text: str, row: int, column: int) -> bool:
        return self.take([[text]], row, column)

    def take(self, texts: Sequence[Sequence[str]], row: int, column: int) -> bool:
        """Take a block of typed texts from a cell on: all of it, told as one changed array, or nothing."""
        if self.is_difference:
            return False
        changed = self.array.copy()
        for down, line in enumerate(texts):
            for right, text in enumerate(line):
                value = self._read(text)
                if value is None or row + down >= self.rowCount() or column + right >= self.columnCount():
                    self.refused.emit(self._complaint(text, value))
                    return False
                changed[self._place(row + down, column + right)] = value
        self.refused.emit("")
        self.typed.emit(changed)
        return True

    def _place(self, row: int, column: int) -> tuple[int, ...]:
        return (row, column) if self.array.ndim == 2 else (row,)

    def _read(self, text: str) -> float | None:
        value = numbers.typed(text)
        if value is None or abs(value) > _LARGEST:
            return None
        return None if self.array.dtype.kind in "iu" and value != int(value) else value

    def _complaint(self, text: str, value: float | None) -> str:
        if value is not None:
            return QCoreApplication.translate("CellsTable", "There is no room for all pasted cells from here on.")
        whole = QCoreApplication.translate("CellsTable", "“{text}” is not allowed. Use a whole number.")
        finite = QCoreApplication.translate(
            "CellsTable", "“{text}” is not allowed. Use a number of at most 1e12 in size."
        )
        return (whole if self.array.dtype.kind in "iu" else finite).format(text=text[:20])


class CellsTable(TypedTable):
    """A table named `cells.<array>`. `changed` tells the whole array with what was typed or pasted, as a new one.

    The table goes on showing the program's array until `show_array` brings another: what is refused never stands there.
    """

    refused = Signal(str)  # why what was typed is not taken; "" once something is
    picked = Signal(int, int)  # the row and column of the cell the learner went to
    row_height = 24
    _model: ArrayModel

    def __init__(self, array: str, parent: QWidget | None = None) -> None:
        super().__init__(f"cells.{array}", ArrayModel(), parent)
        self._model.refused.connect(self.refused)
        self.clicked.connect(lambda index: self.picked.emit(index.row(), index.column()))
        self._dress()

    def show_array(self, array: NDArray[Any], is_difference: bool = False) -> None:
        """Show an array of one or two axes; it must not change afterwards. Raises ValueError for another.

        A difference is shown with signs, on colours around 0, and cannot be typed into.
        """
        self._model.is_difference = is_difference
        self._model.show_array(array)

    def paste(self, text: str) -> None:
        """Take cells from a text, lines of columns apart by tabs or commas, from the current cell on."""
        lines = [line.replace(",", "\t").split("\t") for line in text.strip().splitlines()]
        here = self.currentIndex()
        if lines and here.isValid():
            self._model.take(lines, here.row(), here.column())

    def _dress(self) -> None:
        super()._dress()
        self.horizontalHeader().setMinimumSectionSize(fonts.scaled(_NARROWEST))


class Cells(QWidget):
    """A table with the place under it that says why something typed was refused, named `cells.<array>.error`."""

    def __init__(self, array: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = CellsTable(array)
        self.error = ErrorLabel(f"cells.{array}")
        self.table.refused.connect(self.error.set_message)
        layouts.column(self.table, self.error, spacing=4, grows=self.table, on=self)

    def hasHeightForWidth(self) -> bool:
        return False  # or the lines of a message would take their height from the neighbours
