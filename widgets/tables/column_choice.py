"""A table to choose columns of: by a click on their heads, or by Space in one of their cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from widgets.base import fonts, numbers, theme
from widgets.base.typed_table import NOWHERE, TEXTS, Index

_WIDEST, _NARROWEST = 220, 72  # px of a column
_BESIDE = 20  # px of a head that no name has
_ROW = 24
_LONGEST = 300  # characters of a cell that are shown
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, eq=False)
class Columns:
    """Named columns of equal length, each of numbers (nan where a cell is blank) or of texts; rows have names too."""

    names: tuple[str, ...] = ()
    cells: tuple[Any, ...] = ()
    rows: Sequence[object] = ()
    pale: frozenset[int] = frozenset()  # columns that nobody proposes, such as row numbers
    remarks: Mapping[int, str] = field(default_factory=dict)  # what stands under a name that is not chosen

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; nothing where it is blank."""
        cell = self.cells[column][row]
        if isinstance(cell, str):
            return cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…"
        return "" if cell != cell else numbers.tidy(numbers.shortest(float(cell)))  # nan is not itself

    def holds_texts(self, column: int) -> bool:
        """Whether a column is one of texts."""
        return bool(len(self.rows)) and isinstance(self.cells[column][0], str)


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.columns = Columns()
        self.metrics = QFontMetrics(fonts.role_font("tick"))
        self.chosen: Mapping[int, str] = {}
        self.left_out: Collection[int] = ()

    def show_columns(self, columns: Columns) -> None:
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def mark(self, chosen: Mapping[int, str], left_out: Collection[int]) -> None:
        self.chosen, self.left_out = chosen, left_out
        if not (self.rowCount() and self.columnCount()):
            return
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns.names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in TEXTS:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(self.columns.rows[section])
        name = self.columns.names[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return name
        return f"{fonts.cut(name, self.metrics, fonts.scaled(_WIDEST - _BESIDE))}\n{self._under(section)}"

    def _under(self, section: int) -> str:
        """What stands under the name of a column: what it is chosen for, or why nobody proposes it."""
        if section in self.chosen:
            return f"✓ {self.chosen[section]}".rstrip()
        return self.columns.remarks.get(section, "")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.TextAlignmentRole:
                return _LEFT if self.columns.holds_texts(column) else _RIGHT
            case Qt.ItemDataRole.BackgroundRole:
                return self._ground(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                is_pale = row in self.left_out or (column in self.columns.pale and column not in self.chosen)
                return theme.current().color("muted" if is_pale else "text")
        return self.columns.text(row, column) if role in TEXTS else None

    def _ground(self, row: int, column: int) -> QColor | None:
        """The colour of a chosen column; a blank in it, or a row that is left out, is none."""
        if column not in self.chosen or row in self.left_out:
            return None
        return theme.current().color("selection")


class ColumnChoice(QTableView):
    """Shows columns and which of them are chosen, and tells which one is asked for."""

    asked = Signal(int)  # the column whose head was clicked

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model()
        self._model.setParent(self)
        self.setModel(self._model)
        self.setObjectName(name)
        self.setProperty("role", "choice")  # heads keep off the round corners of the frame
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFont(fonts.role_font("cell"))
        self._dress_headers()

    def _dress_headers(self) -> None:
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setSectionsClickable(True)
        across.setDefaultAlignment(_LEFT)
        across.setHighlightSections(False)
        across.setMaximumSectionSize(fonts.scaled(_WIDEST))
        across.setMinimumSectionSize(fonts.scaled(_NARROWEST))
        across.sectionClicked.connect(self.asked)
        across.setCursor(Qt.CursorShape.PointingHandCursor)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(fonts.scaled(_ROW))
        for header in (across, down):
            header.setFont(fonts.role_font("tick"))

    def show_columns(self, columns: Columns) -> None:
        """Show other columns, none of which is chosen."""
        self._model.mark({}, ())
        self._model.show_columns(columns)

    def mark(self, chosen: Mapping[int, str], left_out: Collection[int] = ()) -> None:
        """Mark columns as chosen, each with what it is for, and rows, counted from 0, as left out."""
        self._model.mark(chosen, left_out)
        self.resizeColumnsToContents()
        told = QCoreApplication.translate("ColumnChoice", "Chosen columns: {names}")
        self.setAccessibleDescription(told.format(names=", ".join(self._model.columns.names[i] for i in chosen)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.asked.emit(self.currentIndex().column())
        else:
            super().keyPressEvent(event)
