"""The name of a file to write, asked of the learner."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def asked_path(over: QWidget, title: str, suggested: str, kinds: str, ending: str) -> Path | None:
    """Ask for a file to write; where its ending had to be added, the dialog did not ask whether that one may go."""
    name, _ = QFileDialog.getSaveFileName(over, title, suggested, kinds)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() == ending:
        return path
    path = path.with_name(path.name + ending)
    return path if not path.exists() or _may_replace(over, path) else None


def _may_replace(over: QWidget, path: Path) -> bool:
    question = QCoreApplication.translate("Exports", "“{name}” is there already. Replace it?")
    buttons = QMessageBox.StandardButton
    text = question.format(name=path.name)
    return QMessageBox.question(over, "ML Playground", text, buttons.Yes | buttons.No) == buttons.Yes
