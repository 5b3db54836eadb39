"""Which two columns of a table to take: asked where a file has more than two."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QWidget

from core.data.table import Table, read_table
from playground.files.readers import read_bytes
from playground.words.texts import Texts
from widgets.base.manners import Still


def ask_columns(parent: QWidget, path: Path, field: str, texts: Texts) -> tuple[str, ...] | None:
    """Return the two columns chosen, none where there is no choice, None where the learner cancels.

    What the two are for may stand in the texts of the topic (`columns.first`, `columns.second`).

    Raises Refusal for a file that is no table.
    """
    if path.suffix.lower() != ".csv":
        return ()
    table = read_table(read_bytes(path, field), field)
    if len(table.names) <= 2:
        return ()
    dialog = ColumnsDialog(table, texts, parent)
    return dialog.chosen() if dialog.exec() else None


class ColumnsDialog(QDialog):
    """Two boxes, named by the topic."""

    def __init__(self, table: Table, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.columns")
        self.setWindowTitle(QCoreApplication.translate("Columns", "Choose two columns"))
        self._boxes = [QComboBox(), QComboBox()]
        for box in self._boxes:
            Still(box)
        for i, (box, name) in enumerate(zip(self._boxes, ("columns.u", "columns.t"), strict=True)):
            box.setObjectName(name)
            box.addItems(table.names)
            box.setCurrentIndex(i)
        form = QFormLayout(self)
        first = QCoreApplication.translate("Columns", "First column")
        second = QCoreApplication.translate("Columns", "Second column")
        form.addRow(texts.find("columns", "first") or first, self._boxes[0])
        form.addRow(texts.find("columns", "second") or second, self._boxes[1])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def chosen(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(box.currentText() for box in self._boxes)
