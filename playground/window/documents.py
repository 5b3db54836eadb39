"""Runs as files: open, save, recent files, the question before unsaved work is lost, and the window's title."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from core.run.refusal import Refusal
from core.run.studies import CancelledError
from playground.export.boxes import asked_path, last_folder, message, remember_folder
from playground.files import session
from playground.files.recovery import OpenTab, Stamp, Work, stamp
from playground.playback.compared import same_run
from playground.words.refusals import sentence

if TYPE_CHECKING:
    from core.run.timeline import Timeline
    from playground.playback.player import Player
    from playground.tab.topic_tab import TopicTab
    from playground.window.window import Window

_MOST_RECENT = 9
_ENDING = ".mlplay"
_LARGE = 2**20  # bytes of a file that takes more than a moment to be read


class Documents(QObject):
    """The files behind the tabs. A tab is modified when its recipe is not the one saved or opened last."""

    filed = Signal()  # a tab was saved, or shows another file

    def __init__(self, window: Window, player: Player) -> None:
        super().__init__(window)
        self.window, self._player = window, player
        self._saved: dict[TopicTab, Any] = {}
        self._paths: dict[TopicTab, Path] = {}
        self._stamps: dict[TopicTab, Stamp] = {}  # of the files, as they were read or written
        self._waiting: dict[str, list[OpenTab]] = {}  # brought back, by topic; shown when its tab is visited
        self.is_open_elsewhere: Callable[[Path], bool] = lambda _: False  # in another window
        self._opened: dict[TopicTab, session.Session] = {}  # whose record is still being made
        self._was_saved = True
        act = window.actions_
        act["file.open"].triggered.connect(self.ask_open)
        act["file.save"].triggered.connect(lambda: self.save())
        act["file.save_as"].triggered.connect(lambda: self.save_as())
        window.submenus["file.recent"].aboutToShow.connect(self._list_recent)
        window.visited.connect(self._show_waiting)

    def add(self, tab: TopicTab) -> None:
        """Take care of the runs of a new tab, which holds no work yet."""
        self._saved[tab] = tab.run.recipe
        tab.stage.opening.connect(lambda: self._before_scene(tab))
        tab.stage.replaced.connect(lambda: self._after_scene(tab))

    def _before_scene(self, tab: TopicTab) -> None:
        self._was_saved = not self.is_modified(tab)

    def _after_scene(self, tab: TopicTab) -> None:
        """A scene is no work of the learner's: only what was unsaved before stays unsaved."""
        self._paths.pop(tab, None)  # saving must not put the scene over the file opened before
        if self._was_saved:
            self._saved[tab] = tab.run.recipe
        self.show_title()

    def is_modified(self, tab: TopicTab) -> bool:
        """Tell whether a tab holds work that no file has."""
        saved = self._saved[tab]
        return saved is None or not same_run(saved, tab.run.recipe)

    def show_title(self) -> None:
        """Name the file in front in the window's title, with the system's mark for unsaved work."""
        tab = self.window.tab
        self.window.setWindowTitle(f"{self._name(tab)}[*] – ML Playground" if tab else "ML Playground")
        self.window.setWindowModified(tab is not None and self.is_modified(tab))

    def _tab(self) -> TopicTab:
        tab = self.window.tab
        assert tab is not None
        return tab

    def _name(self, tab: TopicTab) -> str:
        path = self._paths.get(tab)
        return path.name if path else tab.texts.get("title")

    # Opening.

    def ask_open(self) -> None:
        """Ask for a file and open it."""
        kinds = QCoreApplication.translate(
            "Documents", "Runs (*.mlplay *.png *.svg *.gif *.apng *.csv *.npz *.json);;All files (*)"
        )
        title = QCoreApplication.translate("Documents", "Open a run")
        name, _ = QFileDialog.getOpenFileName(self.window, title, last_folder(), kinds)
        if name:
            self.offer(name)

    def offer(self, name: str) -> bool:
        """Open a file that the learner chose; before that, ask what becomes of unsaved work in the tab it goes to."""
        opened = self._read(Path(name))
        return opened is not None and self.offer_run(opened, Path(name))

    def offer_run(self, opened: session.Session, path: Path | None = None) -> bool:
        """Show a run that was brought, in a file or not; before that, ask what becomes of unsaved work in its tab."""
        topic = opened.recipe.topic
        tab = self.window.visit(topic) if topic in self._waiting else self.window.page(topic).tab
        if tab and self.is_modified(tab) and not self._settle(tab):
            return False
        if path is None:
            self.take(None, opened)
            return True
        return self.open(str(path))  # read anew: what was unsaved may stand there now

    def open(self, name: str) -> bool:
        """Open a file that carries a run; a bad one gives one message, and the open work stays."""
        opened = self._read(Path(name))
        if opened:
            self.take(Path(name), opened)
        return opened is not None

    def _read(self, path: Path) -> session.Session | None:
        try:
            return self.read(path)
        except Refusal as refusal:
            self.complain(path.name, refusal)
        except CancelledError:
            pass  # the open work stays
        return None

    def read(self, path: Path) -> session.Session:
        """Return the run in a file; a large one, which may hold a long text, is read beside the window.

        Raises Refusal as `session.open_file` does, CancelledError where the learner waits no longer.
        """
        if not _is_large(path):
            return session.open_file(path)
        from playground.tab.waiting import waited_for

        words = QCoreApplication.translate("Documents", "Reading {name}…").format(name=path.name)
        return waited_for(self.window, words, partial(session.open_file, path))

    def take(self, path: Path | None, opened: session.Session) -> None:
        """Show what was read from a file in the tab of its topic, and save under the file's name from now on."""
        tab = self.window.visit(opened.recipe.topic)
        self._show(tab, opened)
        self._paths.pop(tab, None)
        if path and path.suffix.lower() == _ENDING:
            self._paths[tab], self._stamps[tab] = path, stamp(path)
        if path:
            self._add_recent(path)
        self.show_title()
        self.filed.emit()

    def _show(self, tab: TopicTab, opened: session.Session) -> None:
        """Show a session; undo leads back to what was there."""
        self._player.pause()
        tab.beat = opened.beat or tab.beat
        tab.run.load(opened.timeline(), opened.position, stands_in=opened.snapshot is not None)
        if opened.comparison.others:
            tab.comparing.take(opened.comparison)
        self._saved[tab] = tab.run.recipe
        self._opened[tab] = opened
        if tab.run.target is None:
            self.compare(tab)
        else:
            text = QCoreApplication.translate("Documents", "Recording the run again, up to step {step}…")
            self.window.say(text.format(step=opened.position))

    def compare(self, tab: TopicTab) -> None:
        """Say so where the file was edited, or the replayed run came to another frame than the one saved."""
        opened = self._opened.pop(tab, None)
        timeline = tab.run.timeline
        if opened is None or opened.recipe != timeline.recipe or timeline.recorded < opened.position:
            return
        self.window.say(_came_out(opened, timeline))

    def complain(self, name: str, refusal: Refusal) -> None:
        """Say why something that was brought cannot be opened."""
        text = QCoreApplication.translate("Documents", "{name} cannot be opened.").format(name=name)
        where = "" if refusal.field == "file" else f"{refusal.field}: "
        message(self.window, "complaint", text, where + sentence(refusal), QMessageBox.Icon.Warning).open()

    # Saving.

    def save(self) -> bool:
        """Save the run in front under its name, asking for one where it has none."""
        path = self._paths.get(self._tab())
        return self._write(self._tab(), path) if path else self.save_as()

    def save_as(self) -> bool:
        """Ask for a name and save the run in front."""
        title, tab = QCoreApplication.translate("Documents", "Save the run"), self._tab()
        path = asked_path(self.window, title, tab.entry.id, f"ML Playground (*{_ENDING})", _ENDING)
        return self._write(tab, path) if path else False

    def _write(self, tab: TopicTab, path: Path) -> bool:
        if not self._may_replace(tab, path):
            return False
        try:
            saved = session.session_of(tab.run.timeline, tab.run.position, tab.comparing.comparison(), tab.beat)
            # A snapshot may be in view whose record is still being made.
            session.save(path, replace(saved, recorded=max(saved.recorded, saved.position)))
        except Refusal as refusal:
            QMessageBox.warning(self.window, "ML Playground", sentence(refusal))
            return False
        self._paths[tab], self._stamps[tab], self._saved[tab] = path, stamp(path), tab.run.recipe
        self._add_recent(path)
        self.show_title()
        self.filed.emit()
        return True

    def _may_replace(self, tab: TopicTab, path: Path) -> bool:
        """Ask before a file is replaced that another hand has changed, or another window has open."""
        now = stamp(path)
        if now and path == self._paths.get(tab) and now != self._stamps.get(tab):
            text = QCoreApplication.translate("Documents", "“{name}” was changed since it was opened here. Replace it?")
        elif now and self.is_open_elsewhere(path):
            text = QCoreApplication.translate("Documents", "“{name}” is open in another window, too. Replace it?")
        else:
            return True
        buttons = QMessageBox.StandardButton
        asked = text.format(name=path.name), buttons.Yes | buttons.No, buttons.No
        return QMessageBox.question(self.window, "ML Playground", *asked) == buttons.Yes

    def may_close(self) -> bool:
        """Ask what becomes of unsaved work; tell whether the window may close."""
        for topic in [topic for topic, tabs in self._waiting.items() if not all(tab.is_saved for tab in tabs)]:
            self.window.visit(topic)
        return all(self._settle(tab) for tab in self.window.built_tabs() if self.is_modified(tab))

    def _settle(self, tab: TopicTab) -> bool:
        self.window.tabs.setCurrentWidget(self.window.page(tab.entry.id))
        buttons = QMessageBox.StandardButton
        question = QCoreApplication.translate("Documents", "Save the changes to “{name}”?")
        answer = QMessageBox.question(
            self.window, "ML Playground", question.format(name=self._name(tab)),
            buttons.Save | buttons.Discard | buttons.Cancel, buttons.Save,
        )  # fmt: skip
        if answer == buttons.Save:
            return self.save()
        return answer == buttons.Discard

    # What is kept of the open work, and brought back.

    def open_tabs(self, left: bool = False) -> tuple[OpenTab, ...]:
        """Return what is open in each tab; when the window is `left`, without the work that nobody wanted to save."""
        waiting = (tab for tabs in self._waiting.values() for tab in tabs)
        return (*self._open_tabs(left), *waiting)

    def _open_tabs(self, left: bool) -> Iterator[OpenTab]:
        for tab in self.window.built_tabs():
            is_saved, path, run = not self.is_modified(tab), self._paths.get(tab), tab.run
            position = run.position if run.target is None else run.target
            kept = session.Session(
                run.recipe, position, max(position, run.timeline.recorded), comparison=tab.comparing.comparison(),
                beat=tab.beat,
            )  # fmt: skip
            if left and not is_saved:
                if path and self._saved[tab] is not None:
                    yield OpenTab(session.Session(self._saved[tab]), path, self._stamps.get(tab, ()))
            elif position or path or not is_saved:
                yield OpenTab(kept, path, self._stamps.get(tab, ()), is_saved)

    def bring_back(self, work: Work) -> None:
        """Show the work of another time, each tab when it is visited."""
        for tab in work.tabs:
            self._waiting.setdefault(tab.session.recipe.topic, []).append(tab)
        self._show_waiting(self.window.tab)

    def _show_waiting(self, tab: TopicTab | None) -> None:
        """Show in a tab what waits for it; in front may be the start page, which holds no run."""
        if tab is None:
            return
        for back in self._waiting.pop(tab.entry.id, ()):
            self._show(tab, back.session)
            self._paths.pop(tab, None)
            if back.path:
                self._paths[tab], self._stamps[tab] = back.path, back.stamp
            if not back.is_saved:
                self._saved[tab] = None
            self.show_title()

    def name_of(self, back: OpenTab) -> str:
        """Return in words what was open in a tab: its file or topic, and the step."""
        entry = self.window.page(back.session.recipe.topic).entry
        name = f"{entry.title} – {back.path.name}" if back.path else entry.title
        step = QCoreApplication.translate("Documents", "step {step}").format(step=back.session.position)
        return f"{name}, {step}"

    # What is remembered.

    def _add_recent(self, path: Path) -> None:
        name = str(path.absolute())
        recent = [name, *(other for other in self.recent() if other != name)][:_MOST_RECENT]
        QSettings().setValue("recent", recent)
        remember_folder(path)

    def recent(self) -> list[str]:
        """Return the files opened or saved last that are still there, newest first."""
        names = QSettings().value("recent", [], type=list)
        return [str(name) for name in names if os.path.exists(str(name))] if isinstance(names, list) else []

    def _list_recent(self) -> None:
        menu = self.window.submenus["file.recent"]
        menu.clear()
        for name in self.recent():
            menu.addAction(name, lambda name=name: self.offer(name))
        if menu.isEmpty():
            menu.addAction(QCoreApplication.translate("Documents", "No files yet")).setEnabled(False)


def _came_out(opened: session.Session, timeline: Timeline[Any, Any]) -> str:
    """Return in words how a replayed run differs from the one that was saved; nothing where it does not."""
    if opened.edited:
        return QCoreApplication.translate(
            "Documents", "The file was edited by hand: the run is computed anew from what it says now."
        )
    if opened.agrees_with(timeline):
        return ""
    if opened.edited is None:
        return QCoreApplication.translate(
            "Documents", "The run comes out differently: the file was edited, or another installation saved it."
        )
    return QCoreApplication.translate(
        "Documents", "This installation computes the run a little differently from the one that saved it."
    )


def _is_large(path: Path) -> bool:
    try:
        return path.stat().st_size > _LARGE
    except OSError:
        return False  # who reads it says so
