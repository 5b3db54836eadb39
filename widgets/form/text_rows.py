"""Rows of text as a table to edit: cells are typed into, rows added, removed, moved and pasted.

What is typed stands there at once; whoever listens may refuse it, and show other rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets.base import fonts
from widgets.base.typed_table import NOWHERE, TEXTS, Index, TypedModel, TypedTable

Rows = list[list[str]]
_ARROW = 40  # px of a box beside its text: its padding and its arrow
_FEWEST, _MOST = 2, 7  # rows that the table is high
_HEADER, _NARROWEST = 22, 38  # px of the heads, and of a column


class TextRowsModel(TypedModel):
    """Rows of equally many texts."""

    def __init__(self, columns: int) -> None:
        super().__init__()
        self.rows: Rows = []
        self.columns = columns

    def show_rows(self, rows: Sequence[Sequence[str]], columns: int) -> None:
        """Show rows of so many columns, without telling; shorter ones are filled up."""
        new = [(list(row) + [""] * columns)[:columns] for row in rows]
        if new == self.rows and columns == self.columns:
            return
        self.beginResetModel()
        self.rows, self.columns = new, columns
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.text(index.row(), index.column()) if role in TEXTS else None

    def text(self, row: int, column: int) -> str:
        return self.rows[row][column]

    def put(self, text: str, row: int, column: int) -> bool:
        self.rows[row][column] = text
        self.dataChanged.emit(self.index(row, column), self.index(row, column))
        self.typed.emit(self.rows)
        return True

    def insert(self, row: int, texts: Sequence[str]) -> None:
        """Put a row in front of another, without telling: there is nothing in it yet."""
        self.beginInsertRows(NOWHERE, row, row)
        self.rows.insert(row, list(texts))
        self.endInsertRows()


class _ChoiceDelegate(QStyledItemDelegate):
    """A cell in which one of several texts is chosen."""

    def __init__(self, choices: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._choices = list(choices)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        box = QComboBox(parent)
        box.addItems(self._choices)
        box.activated.connect(lambda: self._leave(box))
        return box

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Give the box room for its widest choice, over the cell and beyond: the column is as wide as its texts."""
        super().updateEditorGeometry(editor, option, index)
        widest = max(map(editor.fontMetrics().horizontalAdvance, self._choices), default=0)
        editor.resize(max(editor.width(), widest + _ARROW), editor.height())

    def _leave(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentText(str(index.data()))


class TextRows(TypedTable):
    """A table over rows of text, as high as its rows up to seven. `changed` tells all rows after a change by hand."""

    chosen = Signal(int)  # the row the learner went to
    escaped = Signal()
    row_height = 26
    _model: TextRowsModel

    def __init__(self, name: str, columns: int, grows: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(name, TextRowsModel(columns), parent)
        self._grows = grows  # whether pasting may add columns
        for signal in (self._model.modelReset, self._model.rowsInserted):
            signal.connect(self._fit)
        self.selectionModel().currentChanged.connect(lambda now, before: self.chosen.emit(now.row()))
        self.horizontalHeader().setHidden(columns == 1 and not grows)
        self._dress()

    def rows(self) -> Rows:
        """The rows shown."""
        return [list(row) for row in self._model.rows]

    def show_rows(self, rows: Sequence[Sequence[str]], columns: int) -> None:
        """Show rows of so many columns, without telling."""
        row = self.currentIndex().row()
        self._model.show_rows(rows, columns)
        if not self.currentIndex().isValid() and 0 <= row < self._model.rowCount():
            self.setCurrentIndex(self._model.index(row, 0))

    def set_headers(self, columns: Sequence[str] = (), rows: Sequence[str] = ()) -> None:
        super().set_headers(columns, rows)
        self._fit()

    def set_choices(self, column: int, choices: Sequence[str]) -> None:
        """Let the cells of a column, as wide as they are, be chosen from texts."""
        self.setItemDelegateForColumn(column, _ChoiceDelegate(choices, self))
        self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)

    def add(self) -> None:
        """Begin a new row after the current one; it is told once something is typed into it."""
        row = self.currentIndex().row() + 1 or self._model.rowCount()
        self._model.insert(row, [""] * self._model.columns)
        self.setCurrentIndex(self._model.index(row, 0))
        if self.isVisible():
            self.edit(self.currentIndex())

    def insert(self, texts: Sequence[str]) -> None:
        """Put a row after the current one and tell it."""
        rows, row = self.rows(), self.currentIndex().row() + 1 or self._model.rowCount()
        self._change([*rows[:row], list(texts), *rows[row:]], row)

    def remove(self) -> None:
        """Take away the rows that are selected, or else the current one."""
        chosen = {index.row() for index in self.selectionModel().selectedIndexes()}
        gone = chosen or {self.currentIndex().row()} - {-1}
        if gone:
            rows = [row for i, row in enumerate(self.rows()) if i not in gone]
            self._change(rows, min(min(gone), len(rows) - 1))

    def move_row(self, by: int) -> None:
        """Move the current row up (−1) or down (1)."""
        rows, row = self.rows(), self.currentIndex().row()
        if row >= 0 and 0 <= row + by < len(rows):
            rows.insert(row + by, rows.pop(row))
            self._change(rows, row + by)

    def add_columns(self, count: int) -> None:
        """Make the rows longer, or cut them, but for one column, where the count is negative, and tell it."""
        self._change(self.rows(), self.currentIndex().row(), max(1, self._model.columns + count))

    def paste(self, text: str) -> None:
        """Take cells from a text, columns apart by tabs, from the current cell on; rows are added as needed."""
        block = [line.split("\t") for line in text.strip("\r\n").splitlines()]
        here = self.currentIndex()
        row, column = (here.row(), here.column()) if here.isValid() else (self._model.rowCount(), 0)
        width = max([self._model.columns, *(column + len(line) for line in block if self._grows)])
        rows = [line + [""] * (width - len(line)) for line in self.rows()]
        rows += [[""] * width for _ in range(row + len(block) - len(rows))]
        for down, line in enumerate(block):
            rows[row + down][column : column + len(line)] = line[: width - column]
        if block:
            self._change(rows, row, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete):
            self.remove()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _change(self, rows: Rows, row: int, columns: int | None = None) -> None:
        self._model.show_rows(rows, self._model.columns if columns is None else columns)
        self._model.typed.emit(self._model.rows)
        self.setCurrentIndex(self._model.index(row, max(0, self.currentIndex().column())))

    def _fit(self) -> None:
        lines = min(max(self._model.rowCount(), _FEWEST), _MOST)
        header = self.horizontalHeader()
        header.setFixedHeight(fonts.scaled(_HEADER))  # its own hint differs until the style sheet has reached it
        above = 0 if header.isHidden() else header.height()
        self.setFixedHeight(fonts.scaled(lines * self.row_height) + above + 8)

    def _dress(self) -> None:
        super()._dress()
        self.horizontalHeader().setMinimumSectionSize(fonts.scaled(_NARROWEST))
        self._fit()
