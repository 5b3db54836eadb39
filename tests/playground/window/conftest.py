"""Hands that bring things to the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QMessageBox, QPushButton

from playground.start.app import Program
from playground.tab.topic_tab import TopicTab


class Hands:
    """Brings things to the window, and answers the preview."""

    def __init__(self, program: Program, folder: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.program, self.window, self._folder = program, program.window, folder
        self._qtbot, self._monkeypatch = qtbot, monkeypatch

    def visit(self, topic: str) -> TopicTab:
        return self.window.visit(topic)

    def file(self, name: str, data: str | bytes) -> Path:
        path = self._folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def browse(self, parameter: str, path: Path | None) -> None:
        self._monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path or ""), ""))
        assert self.window.tab is not None
        self.window.tab.browse_asked.emit(parameter)

    def drop(self, *paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        self.drop_data(data)

    def drop_data(self, data: QMimeData) -> None:
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        self.window.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, left, none))

    def paste(self, data: QMimeData) -> None:
        QGuiApplication.clipboard().setMimeData(data)
        self.window.actions_["edit.paste"].trigger()

    def dialog(self) -> QDialog:
        """The preview, once what was brought is shown in it."""
        self._qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in self._dialogs()))
        [dialog] = self._dialogs()
        self._qtbot.waitUntil(lambda: self._is_shown(dialog))
        return dialog

    def _dialogs(self) -> list[QDialog]:
        return self.window.findChildren(QDialog, "import")

    def _is_shown(self, dialog: QDialog) -> bool:
        part: Callable[[type, str], Any] = dialog.findChild
        return bool(part(QPushButton, "import.accept").isEnabled() or part(QLabel, "import.error").text())

    def press(self, name: str) -> None:
        """Press a button of the preview, and wait until the preview is gone."""
        dialog = self.dialog()
        button = dialog.findChild(QPushButton, f"import.{name}")
        assert button is not None
        with self._qtbot.waitSignal(dialog.finished):
            self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def box(self, name: str) -> QMessageBox:
        self._qtbot.waitUntil(lambda: self.window.findChild(QMessageBox, name) is not None)
        found = self.window.findChild(QMessageBox, name)
        assert isinstance(found, QMessageBox)
        return found

    @property
    def status(self) -> str:
        return self.window.statusBar().currentMessage()


@pytest.fixture
def hands(program: Program, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Hands:
    return Hands(program, tmp_path, qtbot, monkeypatch)
