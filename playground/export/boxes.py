"""What is asked of the learner and told in boxes: the name of a file to write, and messages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def message(
    over: QWidget | None, name: str, text: str, more: str = "", icon: QMessageBox.Icon = QMessageBox.Icon.NoIcon
) -> QMessageBox:
    """Return a box that is freed when it is closed; whoever asks for it adds buttons and opens it."""
    box = QMessageBox(over)
    box.setObjectName(name)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(icon)
    box.setText(text)
    box.setInformativeText(more)
    return box


def last_folder() -> str:
    """Return the folder of the file that was opened or written last."""
    return str(QSettings().value("folder", str(Path.home())))


def remember_folder(path: Path) -> None:
    """Begin the next dialogs in the folder of this file."""
    QSettings().setValue("folder", str(path.absolute().parent))


def asked_path(over: QWidget, title: str, stem: str, kinds: str, ending: str) -> Path | None:
    """Ask for a file to write; where its ending had to be added, the dialog did not ask whether that one may go."""
    name, _ = QFileDialog.getSaveFileName(over, title, str(Path(last_folder()) / f"{stem}{ending}"), kinds)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() == ending:
        return path
    path = path.with_name(path.name + ending)
    text = QCoreApplication.translate("Exports", "“{name}” is there already. Replace it?").format(name=path.name)
    buttons = QMessageBox.StandardButton
    if path.exists() and QMessageBox.question(over, "ML Playground", text, buttons.Yes | buttons.No) != buttons.Yes:
        return None
    return path
