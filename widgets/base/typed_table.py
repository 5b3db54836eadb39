"""A table whose cells can be typed into, copied and pasted as texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from widgets.base import fonts

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole)
_WIDEST_NAME = 110  # px of the names of rows


class TypedModel(QAbstractTableModel):
    """What stands in the cells, all of which can be typed into. `typed` tells all of it after a change by hand."""

    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._headers: dict[Qt.Orientation, tuple[str, ...]] = {}

    def text(self, row: int, column: int) -> str:
        """What stands in a cell, as it is typed."""
        raise NotImplementedError

    def put(self, text: str, row: int, column: int) -> bool:
        """Take another text into a cell, or refuse it."""
        raise NotImplementedError

    def set_headers(self, columns: Sequence[str], rows: Sequence[str]) -> None:
        """Name columns and rows; what has no name is numbered from 1."""
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        for orientation, names, count in ((across, columns, self.columnCount()), (down, rows, self.rowCount())):
            if tuple(names) != self._headers.get(orientation, ()):
                self._headers[orientation] = tuple(names)
                self.headerDataChanged.emit(orientation, 0, count - 1)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        names = self._headers.get(orientation, ())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) and section < len(names):
            return names[section]
        return super().headerData(section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        cell = index.row(), index.column()
        return str(value) == self.text(*cell) or self.put(str(value), *cell)


class TypedTable(QTableView):
    """A subclass takes what is pasted, and calls `_dress` once it is made. `changed` tells what the model does."""

    changed = Signal(object)
    row_height: ClassVar[int]
    """How high a row is, in px."""

    def __init__(self, name: str, model: TypedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        model.setParent(self)
        self.setModel(model)
        model.typed.connect(self.changed)
        self.setObjectName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leads on to the next widget; Return and arrows move inside
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def set_headers(self, columns: Sequence[str] = (), rows: Sequence[str] = ()) -> None:
        """Name columns and rows; what has no name is numbered from 1."""
        self._model.set_headers(columns, rows)

    def paste(self, text: str) -> None:
        """Take cells from a text, from the current cell on."""
        raise NotImplementedError

    def selected_text(self) -> str:
        """The selected cells, columns apart by tabs, as spreadsheets take them."""
        chosen = self.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        return "\n".join("\t".join(self._model.text(row, column) for column in columns) for row in rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_text())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._dress()

    def _dress(self) -> None:
        self.setFont(fonts.role_font("cell"))
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setFont(fonts.role_font("tick"))
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)  # names may be long
        self.verticalHeader().setMaximumWidth(fonts.scaled(_WIDEST_NAME))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # thousands of rows, none measured
        self.verticalHeader().setDefaultSectionSize(fonts.scaled(self.row_height))
