"""The ways in: a file is chosen for a field, something is dropped on the window, or pasted."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from core.run.parameters import Parameter
from playground.export.boxes import last_folder, remember_folder
from playground.window import keyboard

if TYPE_CHECKING:
    from playground.window.brought import Brought
    from playground.window.documents import Documents
    from playground.window.window import Window

_PASTE = (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


class Imports(QObject):
    """Hands on what is chosen, dropped or pasted."""

    def __init__(self, window: Window, documents: Documents) -> None:
        super().__init__(window)
        self.window, self._documents = window, documents
        window.actions_["edit.paste"].triggered.connect(self.paste)

    @cached_property
    def _brought(self) -> Brought:
        from playground.window.brought import Brought  # with what reads files, which the first picture does without

        return Brought(self.window, self._documents)

    def browse(self, name: str) -> None:
        """Ask for a file to read a parameter from, and preview it."""
        tab = self.window.tab
        assert tab is not None
        title = QCoreApplication.translate("Imports", "Read “{name}” from a file")
        label = tab.texts.parameter(name, "label")
        kinds = _kinds(tab.parameters[name])
        path, _ = QFileDialog.getOpenFileName(self.window, title.format(name=label), last_folder(), kinds)
        if path:
            remember_folder(Path(path))
            self._brought.take_for(name, Path(path))

    def ask(self) -> None:
        """Ask for a file of any kind, and open the run it carries or preview what else it holds."""
        title = QCoreApplication.translate("Imports", "Open a file")
        kinds = QCoreApplication.translate("Imports", "All files (*)")
        path, _ = QFileDialog.getOpenFileName(self.window, title, last_folder(), kinds)
        if path:
            remember_folder(Path(path))
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Open the run that a file carries, or preview what else it holds."""
        self._brought.take_file(path)

    def drop(self, data: QMimeData) -> None:
        """Take what was dropped."""
        self._brought.take(data)

    def paste(self) -> None:
        """Take what is on the clipboard; where something is typed into it is for that."""
        field = QApplication.focusWidget()
        if field is not None and keyboard.is_typed_into(field):
            field.event(QKeyEvent(QEvent.Type.KeyPress, *_PASTE))  # past the shortcuts, which would come here again
        else:
            self._brought.take(QGuiApplication.clipboard().mimeData() or QMimeData())  # None where nothing was copied


def _kinds(parameter: Parameter) -> str:
    if parameter.holds == "text":
        return QCoreApplication.translate("Imports", "Texts (*.txt);;All files (*)")
    if parameter.holds == "picture":
        return QCoreApplication.translate(
            "Imports",
            "Pictures and arrays (*.png *.jpg *.jpeg *.gif *.webp *.tif *.csv *.npy *.npz *.json);;All files (*)",
        )
    return QCoreApplication.translate(
        "Imports", "Tables and arrays (*.csv *.tsv *.txt *.json *.npy *.npz);;All files (*)"
    )
