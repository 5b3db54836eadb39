"""Exports from the window: the dialog, the name of the file, the work, and what became of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QMessageBox, QWidget

from core.run.refusal import Refusal
from playground.export import clipboard
from playground.export.background import BackgroundExport, Cancelled, Export, Tick
from playground.export.boxes import asked_path, message, remember_folder
from playground.export.captions import dressed
from playground.export.film import Film
from playground.export.form import ExportDialog
from playground.export.formats import DATA, PLAIN, TAB, Chosen, Looks
from playground.export.on_paper import OnPaper, on_paper
from playground.export.pictures import Origin, Picture
from playground.export.tables import Table
from playground.files.whole_file import whole_file
from playground.playback.player import Player
from playground.tab.topic_tab import TopicTab
from playground.words.refusals import sentence


class Exports:
    """What can be taken out of a tab. Dialogs stand over a window, and `say` shows words in its status bar."""

    def __init__(self, tab: TopicTab, player: Player, over: QWidget, say: Callable[[str], None]) -> None:
        self.tab, self._player, self._over, self._say = tab, player, over, say

    # Into a file.

    def ask(self) -> ExportDialog:
        """Open the dialog; what is chosen there is exported."""
        self._player.pause()
        run = self.tab.run
        sizes, captioned = self._sizes(PLAIN), self._sizes(Looks())
        recorded = max(run.timeline.recorded, run.position)
        name_of = partial(self.tab.texts.get, "panels")
        dialog = ExportDialog(sizes, name_of, recorded, run.position, self._over, captioned)
        dialog.accepted.connect(lambda: self._save(dialog.chosen(), dialog.looks()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _sizes(self, looks: Looks) -> dict[str, QSize]:
        """Return the sizes of the tab and of the panels in view: what is exported is what can be seen."""
        seen = [id for id in self.tab.plots() if self.tab.shown.page_of(id).isVisible()]
        return {id: dressed(self.tab, id, looks).size for id in (TAB, *seen)}

    def _save(self, chosen: Chosen, looks: Looks) -> None:
        part = "" if chosen.what in (TAB, DATA) else f"-{chosen.what}"
        title = QCoreApplication.translate("Exports", "Export")
        path = asked_path(self._over, title, self.tab.entry.id + part, f"*{chosen.ending}", chosen.ending)
        if path:
            remember_folder(path)
            looks.remember()
            self.export_to(path, chosen, looks)

    def export_to(self, path: Path, chosen: Chosen, looks: Looks = PLAIN) -> BackgroundExport:
        """Export into a file, whole or not at all; a message tells what became of it."""
        export = self._export(chosen, looks)

        def write(tick: Tick) -> None:
            with whole_file(path, "file") as file:
                export.write(file, tick)

        words = QCoreApplication.translate("Exports", "Exporting “{name}”…").format(name=path.name)
        work = BackgroundExport(export, write, words, self._over)
        work.ended.connect(lambda error: self._tell(path, error))
        if chosen.is_animation:  # while the tab is filmed, nobody else may play its run
            self._player.show(None)
            work.ended.connect(lambda _: self._player.show(self.tab.run))
        work.start(at_once=chosen.is_animation)
        return work

    def _export(self, chosen: Chosen, looks: Looks) -> Export:
        run = self.tab.run
        if chosen.what == DATA:
            return Table(run.recipe, chosen.last, chosen.every, chosen.ending)
        subject = dressed(self.tab, chosen.what, looks, chosen.last)
        picture: Export
        if chosen.is_animation:
            origin = self._origin(chosen.last)
            picture = Film(self.tab, subject, chosen.steps(), chosen.ending, chosen.scale, chosen.fps, origin)
        else:
            picture = Picture(subject, chosen.ending, chosen.scale, self._origin(run.position))
        return OnPaper(picture, self.tab if chosen.what == TAB else None, looks.theme)

    def _origin(self, step: int) -> Origin:
        return Origin(self.tab.texts.get("title"), self.tab.run.recipe, step, self.tab.comparing.comparison())

    def _tell(self, path: Path, error: Exception | None) -> None:
        if error is None:
            text = QCoreApplication.translate("Exports", "Exported “{name}”.")
            self._say(text.format(name=path.name))
        elif isinstance(error, Cancelled):
            self._say(QCoreApplication.translate("Exports", "The export was cancelled. No file was written."))
        else:
            text = QCoreApplication.translate("Exports", "“{name}” was not exported.").format(name=path.name)
            reason = sentence(error) if isinstance(error, Refusal) else str(error)
            message(self._over, "complaint", text, reason, QMessageBox.Icon.Warning).open()

    # Onto the clipboard.

    def copy_picture(self) -> None:
        """Copy the panel under the pointer, or else the tab."""
        looks = Looks.last()
        subject = clipboard.subject_under_pointer(self.tab, looks)
        with on_paper(self.tab if subject.widget is self.tab else None, looks.theme):
            clipboard.put_picture(subject, self._origin(self.tab.run.position))
        self._say(QCoreApplication.translate("Exports", "The picture is on the clipboard."))

    def copy_data(self) -> BackgroundExport:
        """Copy the rows up to the step in view, as `trace` writes them."""
        table = Table(self.tab.run.recipe, self.tab.run.position)
        written = io.BytesIO()
        words = QCoreApplication.translate("Exports", "Copying the numbers…")
        work = BackgroundExport(table, lambda tick: table.write(written, tick), words, self._over)
        work.ended.connect(lambda error: self._put(written, error))
        work.start(at_once=False)
        return work

    def _put(self, written: io.BytesIO, error: Exception | None) -> None:
        if error is None:
            clipboard.put_table(written)
            self._say(QCoreApplication.translate("Exports", "The numbers are on the clipboard."))
        elif not isinstance(error, Cancelled):
            self._say(str(error))
