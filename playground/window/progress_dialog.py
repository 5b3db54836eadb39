"""Help › Progress…: what was done and predicted; to be kept elsewhere, taken in, or forgotten."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QMessageBox, QTextBrowser, QWidget

from core.run.refusal import Refusal
from playground.files.progress import Progress
from playground.topic_list import TOPICS
from widgets.base import layouts


class ProgressDialog(QDialog):
    """Shows the progress of all topics; `changed` is called when it was forgotten or taken in."""

    def __init__(self, parent: QWidget, progress: Progress, changed: Callable[[], None]) -> None:
        super().__init__(parent)
        self._progress, self._changed = progress, changed
        self.setObjectName("dialog.help.progress")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("Progress", "Progress"))
        self._list, self._said = QTextBrowser(), QLabel()
        self._said.setObjectName("progress.said")
        self._said.setWordWrap(True)
        buttons = self._buttons()
        layouts.column(self._list, self._said, buttons, spacing=8, on=self).setContentsMargins(16, 16, 16, 12)
        self.resize(560, 480)
        self._show()

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.close)
        for name, text, do in (
            ("export", QCoreApplication.translate("Progress", "Export…"), self._ask_export),
            ("import", QCoreApplication.translate("Progress", "Import…"), self._ask_import),
            ("forget", QCoreApplication.translate("Progress", "Forget all…"), self._ask_forget),
        ):
            button = box.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
            button.setObjectName(f"progress.{name}")
            button.clicked.connect(do)
        return box

    def _show(self) -> None:
        self._list.setMarkdown("\n".join(self._lines()))
        aside = QCoreApplication.translate("Progress", "A file that could not be read was set aside: {path}")
        self._said.setText(aside.format(path=self._progress.set_aside) if self._progress.set_aside else "")

    def _lines(self) -> list[str]:
        lines = []
        right = QCoreApplication.translate("Progress", "predicted rightly on {day}")
        wrong = QCoreApplication.translate("Progress", "predicted wrongly on {day}")
        for entry in TOPICS:
            scenes = entry.texts.tree.get("scenes", {})
            lines += [f"### {entry.title}", ""]
            for id in scenes:
                tick = "✓" if id in self._progress.done else "○"
                last = self._progress.predicted.get(id)
                note = f" · {(right if last.right else wrong).format(day=last.day)}" if last else ""
                lines.append(f"- {tick} {entry.texts.get('scenes', id, 'title')}{note}")
            lines.append("")
        return lines

    def _ask_export(self) -> None:
        caption = QCoreApplication.translate("Progress", "Export progress")
        path, _ = QFileDialog.getSaveFileName(self, caption, "progress.json", "JSON (*.json)")
        if path:
            self.export_to(Path(path))

    def _ask_import(self) -> None:
        caption = QCoreApplication.translate("Progress", "Import progress")
        path, _ = QFileDialog.getOpenFileName(self, caption, "", "JSON (*.json)")
        if path:
            self.import_from(Path(path))

    def _ask_forget(self) -> None:
        words = QCoreApplication.translate("Progress", "Forget all ticks and answers? This cannot be undone.")
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Cancel
        if QMessageBox.question(self, self.windowTitle(), words, yes | no, no) == yes:
            self.forget()

    def export_to(self, path: Path) -> None:
        """Write the progress to another file."""
        self._try(lambda: Progress(path, self._progress.done, self._progress.predicted).write(), path)

    def import_from(self, path: Path) -> None:
        """Add what another file says."""
        self._try(lambda: self._progress.take_in(path.read_text("utf-8")), path)

    def forget(self) -> None:
        """Begin again with nothing done."""
        self._try(self._progress.forget, self._progress.path)

    def _try(self, do: Callable[[], None], path: Path) -> None:
        try:
            do()
        except (OSError, ValueError, Refusal):
            words = QCoreApplication.translate("Progress", "{path} could not be read or written as progress.")
            self._said.setText(words.format(path=path.name))
        else:
            self._show()
            self._changed()
