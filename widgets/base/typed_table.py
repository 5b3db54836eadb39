"""A table whose cells can be typed into, copied and pasted as texts."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from widgets.base import fonts


class TypedTable(QTableView):
    """A subclass sets a model, takes what is pasted, and calls `_dress` once it is made."""

    row: ClassVar[int]
    """How high a row is, in px."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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

    def paste(self, text: str) -> None:
        """Take cells from a text, from the current cell on."""
        raise NotImplementedError

    def selected_text(self) -> str:
        """The selected cells, columns apart by tabs, as spreadsheets take them."""
        chosen = self.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        return "\n".join("\t".join(self._text(row, column) for column in columns) for row in rows)

    def _text(self, row: int, column: int) -> str:
        return str(self.model().index(row, column).data(Qt.ItemDataRole.EditRole))

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
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # thousands of rows, none measured
        self.verticalHeader().setDefaultSectionSize(round(self.row * fonts.scale()))
