"""Which two columns of a table to take: asked where a file has more than two."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QWidget

from core.data.table import Table, read_table
from playground.files import read_bytes


def ask_columns(parent: QWidget, path: Path, field: str) -> str | None:
    """Return `:u,t` for two chosen columns, nothing where there is no choice, None where the learner cancels.

    Raises Refusal for a file that is no table.
    """
    if path.suffix.lower() != ".csv":
        return ""
    table = read_table(read_bytes(path, field), field)
    if len(table.names) <= 2:
        return ""
    dialog = ColumnsDialog(table, parent)
    return dialog.chosen() if dialog.exec() else None


class ColumnsDialog(QDialog):
    """Two boxes: the column that is given, and the one that is to be predicted."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.columns")
        self.setWindowTitle(QCoreApplication.translate("Columns", "Choose two columns"))
        self._u, self._t = QComboBox(), QComboBox()
        for i, (box, name) in enumerate(((self._u, "columns.u"), (self._t, "columns.t"))):
            box.setObjectName(name)
            box.addItems(table.names)
            box.setCurrentIndex(min(i, len(table.names) - 1))
        form = QFormLayout(self)
        form.addRow(QCoreApplication.translate("Columns", "Given (u)"), self._u)
        form.addRow(QCoreApplication.translate("Columns", "Predicted (t)"), self._t)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def chosen(self) -> str:
        """The columns as they stand behind a file's name."""
        return f":{self._u.currentText()},{self._t.currentText()}"
