"""The threads of a tab in their list: what is the same elsewhere, and what the one chosen opens there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from playground.tab.threads import link, threads
from playground.tab.topic_says import TopicSays
from playground.topic_list import topic
from widgets.shell.scene_list import SceneRow
from widgets.shell.thread_list import ThreadList


class Elsewhere(ThreadList):
    """Tells `thread_followed` of its tab, with the numbers of the run in view."""

    def __init__(self, tab: TopicSays, button: QWidget) -> None:
        super().__init__(tab)
        self._tab, self._button = tab, button
        self._threads = {thread.id: thread for thread in threads(tab.entry)}
        self.chosen.connect(self.follow)
        self._show_rows()

    def begin(self) -> None:
        """Show the list under the button that it belongs to."""
        self.open_under(self._button)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_rows()

    def _show_rows(self) -> None:
        entries = {id: topic(thread.topic) for id, thread in self._threads.items()}
        self.set_rows(
            QCoreApplication.translate("Elsewhere", "The same thing elsewhere"),
            [
                SceneRow(id, thread.texts.get("title"), note=entries[id].title, icon=entries[id].icon)
                for id, thread in self._threads.items()
            ],
        )

    def follow(self, id: str) -> None:
        """Follow a thread, with the numbers that stand in the step in view."""
        tab = self._tab
        tab.thread_followed.emit(link(tab.entry, self._threads[id], tab.run.view()))
