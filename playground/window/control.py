"""What the actions do to the tab in front: transport, undo, views, help, export."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QDockWidget, QStyle

from playground.files.own_progress import own_progress, scenes_done
from playground.playback.divergence import has_ended
from playground.playback.player import Player
from playground.recipes.limits import LONGEST, SEEDS
from playground.topic_list import TOPICS, TopicEntry
from playground.window.elsewhere import Elsewhere
from playground.window.help import show_about, show_help, show_keys
from playground.window.sources import source_of
from widgets.base import icons
from widgets.shell.transport_bar import Speed, rate

if TYPE_CHECKING:
    from playground.export.dialog import Exports
    from playground.tab.topic_tab import TopicTab
    from playground.welcome.start_page import StartPage
    from playground.window.documents import Documents
    from playground.window.imports import Imports
    from playground.window.window import Window

_EVERYWHERE = (  # actions that have a use on the start page, too, by their ids or what those begin with
    "file.open", "file.quit", "edit.paste", "view.theme.", "view.language.", "view.numbers", "view.go_back",
    "view.full_screen",
    "help.progress", "help.keys", "help.about",
)  # fmt: skip
_FRONT = {"view.front_a": "A", "view.front_b": "B", "view.front_c": "C"}  # actions and the runs they bring forward


class Control(QObject):
    """Connects the window's actions with the tab in front and its run."""

    def __init__(self, window: Window, player: Player, documents: Documents, imports: Imports) -> None:
        super().__init__(window)
        self.elsewhere = Elsewhere(window)
        self.window, self.player, self.documents, self._imports = window, player, documents, imports
        self.tab: TopicTab | None = None
        self._actions = window.actions_
        self._source: QDockWidget | None = None
        player.state_changed.connect(self._show_playing)
        player.stopped.connect(self._say_why)
        player.caught_up.connect(lambda: documents.compare(self._tab()))
        player.glided.connect(self._glide)
        self._connect()

    def _connect(self) -> None:
        doings = self._doings_in_time() | self._doings_with_runs() | self._doings_beside()
        for id, do in doings.items():
            self._actions[id].triggered.connect(lambda _=False, do=do: do())
        self._actions["view.numbers"].toggled.connect(self._show_numbers)
        self._actions["view.code"].toggled.connect(self._show_code)

    def _doings_in_time(self) -> dict[str, Callable[[], Any]]:
        """What actions do with the step in view, and how fast it goes."""
        return {
            "transport.play": self._toggle,
            "transport.step": lambda: self._move(1),
            "transport.back": lambda: self._move(-1),
            "transport.ten_on": lambda: self._move(10),
            "transport.ten_back": lambda: self._move(-10),
            "transport.start": lambda: self._seek(0),
            "transport.end": lambda: self._seek(LONGEST),
            "transport.next_event": self._next_event,
            "transport.faster": lambda: self._change_speed(1),
            "transport.slower": lambda: self._change_speed(-1),
            "transport.next_beat": lambda: self._move_beat(1),
            "transport.previous_beat": lambda: self._move_beat(-1),
        }

    def _doings_with_runs(self) -> dict[str, Callable[[], Any]]:
        """What actions do with the run in front and with those it is compared with."""
        return {
            "run.rewind": self._rewind,
            "run.defaults": lambda: self._tab().run.reset_parameters(),
            "transport.restart": lambda: self._tab().run.restart(),
            "transport.new_seed": lambda: self._tab().run.reseed(random.randrange(SEEDS)),
            "edit.undo": lambda: self._tab().run.undo(),
            "edit.redo": lambda: self._tab().run.redo(),
            "view.compare": lambda: self._tab().run.pin(),
            **{id: partial(self._bring_forward, letter) for id, letter in _FRONT.items()},
            "file.export": lambda: self._export().ask(),
            "file.copy_picture": self._copy_picture,
            "file.copy_data": lambda: self._export().copy_data(),
        }

    def _doings_beside(self) -> dict[str, Callable[[], Any]]:
        """What actions do with what stands in the window, scenes and help."""
        return {
            "view.fit": lambda: self._tab().reset_views(),
            "view.enlarge": lambda: self._tab().centre.enlarge_under(QApplication.widgetAt(QCursor.pos())),
            "view.elsewhere": lambda: self._tab().elsewhere.begin(),
            "view.go_back": self.elsewhere.go_back,
            "scenes.list": lambda: self._tab().stage.turn_list(),
            "scenes.previous": lambda: self._tab().stage.turn(-1),
            "scenes.next": lambda: self._tab().stage.turn(1),
            "help.progress": self._show_own_progress,
            "help.topic": lambda: show_help(self.window, self._tab().texts),
            "help.keys": lambda: show_keys(self.window),
            "help.about": lambda: show_about(self.window),
        }

    def _bring_forward(self, letter: str) -> None:
        self._tab().run.bring_forward(letter)

    def _tab(self) -> TopicTab:
        assert self.tab is not None
        return self.tab

    def show(self, tab: TopicTab | None) -> None:
        """Serve this tab from now on, or none: the start page is in front."""
        if self.tab:
            self.player.pause()  # while the tab it plays is still ours, so that it hears of it
            self.tab.transport.speed_changed.disconnect(self._speed)
        self.tab = tab
        self._actions.enable_all(bool(tab), _EVERYWHERE)
        if tab is None:
            self.player.show(None)
            self.documents.show_title()
            self.elsewhere.show_back()
        else:
            self._serve(tab)

    def _serve(self, tab: TopicTab) -> None:
        tab.transport.speed_changed.connect(self._speed)
        self._speed(tab.transport.speed())
        self.player.show(tab.run)
        self.player.stops = tab.stage.stops
        tab.numbers.setVisible(self._actions["view.numbers"].isChecked())
        self.elsewhere.show_back()
        self._refresh()

    def welcome(self, page: StartPage) -> None:
        """Serve the start page, which was built."""
        page.file_asked.connect(self._imports.ask)

    def add(self, tab: TopicTab) -> None:
        """Listen to a tab that was built."""
        tab.run.changed.connect(self._refresh)
        tab.run.moved.connect(self._refresh_transport)
        tab.transport.moved.connect(self.player.pause)
        tab.status.connect(self.window.say)
        tab.thread_followed.connect(lambda link: self.elsewhere.follow(tab, link))
        tab.source_asked.connect(lambda _: self._actions["view.code"].setChecked(True))
        tab.browse_asked.connect(self._imports.browse)
        tab.stage.progressed.connect(lambda done, total: self._show_progress(tab.entry, done, total))
        tab.stage.play_asked.connect(self._play_film)
        tab.stage.pause_asked.connect(self.player.pause)
        tab.stage.staged.connect(lambda _: self._refresh_staged() if tab is self.tab else None)
        tab.stage.ended.connect(lambda: self._speed(tab.transport.speed()))

    def show_all_progress(self) -> None:
        """Show behind every topic how many of its scenes are done, whether it was visited or not."""
        for entry in TOPICS:
            self.show_progress(entry)

    def show_progress(self, entry: TopicEntry) -> None:
        """Show behind a topic how many of its scenes are done."""
        self._show_progress(entry, len(scenes_done(entry)), len(entry.texts.tree.get("scenes", {})))

    def _show_own_progress(self) -> None:
        from playground.window.progress_dialog import ProgressDialog

        ProgressDialog(self.window, own_progress(), self._show_progress_anew).open()

    def _show_progress_anew(self) -> None:
        self.show_all_progress()
        self.window.let_go_unseen()
        for tab in self.window.built_tabs():
            tab.stage.retranslate()

    def _show_progress(self, entry: TopicEntry, done: int, total: int) -> None:
        tabs = self.window.tabs
        tabs.navigation_bar.set_badge(tabs.indexOf(self.window.page(entry.id)), done, total)
        if start := self.window.front.start:
            start.show_progress(entry, done, total)

    # What can be done now.

    def _refresh(self) -> None:
        if self.tab is None:  # what was left open is shown in a tab as it comes to the front
            return
        run = self.tab.run
        self._actions["edit.undo"].setEnabled(run.can_undo)
        self._actions["edit.redo"].setEnabled(run.can_redo)
        self._actions["view.compare"].setEnabled(run.can_pin)
        letters = {other.letter for other in run.compared}
        for id, letter in _FRONT.items():
            self._actions[id].setEnabled(letter in letters)
        self.window.show_seed(run.recipe.seed)
        self.documents.show_title()
        self._refresh_transport()
        self._explain_play()

    def _refresh_transport(self) -> None:
        if self.tab is None:
            return
        tab, act = self.tab, self._actions
        run = tab.run
        can_step, asks = run.can_step, tab.stage.asks
        for id in ("transport.step", "transport.ten_on"):
            act[id].setEnabled(can_step and not asks)
        act["transport.play"].setEnabled((can_step and tab.stage.can_play) or self.player.playing)
        tab.transport.scrub_bar.setEnabled(not asks)
        for id in ("transport.back", "transport.ten_back", "transport.start"):
            act[id].setEnabled(run.position > 0)
        for id in ("transport.next_beat", "transport.previous_beat"):
            act[id].setEnabled(bool(tab.beats()))
        act["run.rewind"].setEnabled(not self.player.playing and has_ended(run.timeline))
        act["transport.end"].setEnabled(run.position < run.timeline.recorded and not asks)
        if not self.player.playing:
            act["transport.next_event"].setEnabled(run.next_event() is not None)
        if self._source and self._source.isVisible():
            self._fill_source(self._source)

    def _refresh_staged(self) -> None:
        self._refresh_transport()
        self._explain_play()

    def _explain_play(self) -> None:
        """Say what the play button does, or why it does nothing."""
        tab, act, hindrance = self._tab(), self._actions, ""
        if tab.stage.asks and not tab.stage.can_play:
            hindrance = QCoreApplication.translate("Control", "Answer the question of the scene first, or press Skip")
        elif tab.stage.asks:
            hindrance = QCoreApplication.translate("Control", "Plays the scene; your answer stays beside it")
        act["transport.play"].setToolTip(hindrance or act.tip("transport.play"))

    def retranslate(self) -> None:
        """Give what the actions of the tab in front say its words in the language shown."""
        if self.tab:
            self.elsewhere.show_back()
            self._refresh()

    def _glide(self, share: float) -> None:
        animated = QStyle.StyleHint.SH_Widget_Animation_Duration
        if QApplication.style().styleHint(animated) > 0:  # 0 where the system asks for less motion
            self._tab().glide(share)

    def _show_playing(self) -> None:
        tab = self._tab()
        tab.set_playing(self.player.playing, in_a_frame=self.player.stops_itself)
        tab.transport.set_playing(self.player.playing)
        self._refresh_transport()
        self._explain_play()

    def _say_why(self, reason: str) -> None:
        run = self._tab().run
        if reason == "error":
            self.window.say(self._tab().events.error_text())
        elif reason == "limit":
            text = QCoreApplication.translate("Control", "The window records {steps} steps; trace goes further.")
            self.window.say(text.format(steps=LONGEST))
        elif reason == "end":
            self.window.say(self._tab().event_text("end", run.position))

    # What the actions do.

    def _speed(self, speed: Speed) -> None:
        self.player.set_speed(*rate(speed))

    def _toggle(self) -> None:
        """Play or pause; what an open scene asks was answered, so its film is played."""
        if self._tab().stage.asks:
            self._tab().stage.play()
        else:
            self.player.toggle()

    def _play_film(self, pace: float) -> None:
        self.player.set_speed(pace)
        self.player.play(at_once=False)  # a film takes the time it names

    def _change_speed(self, by: int) -> None:
        box = self._tab().transport.speed_box
        box.setCurrentIndex(max(0, min(box.currentIndex() + by, box.count() - 1)))

    def _move(self, steps: int) -> None:
        self.player.pause()
        run = self._tab().run
        if steps > 0:
            run.advance(steps)
        else:
            run.seek(run.position + steps)

    def _seek(self, t: int) -> None:
        self.player.pause()
        self._tab().run.seek(t)

    def _next_event(self) -> None:
        t = self._tab().run.next_event()
        if t is not None:
            self._seek(t)

    def _move_beat(self, by: int) -> None:
        """Go to the next or the last part of the step in view."""
        self.player.pause()
        self._tab().move_beat(by)

    def _rewind(self) -> None:
        self.player.pause()
        self._tab().recovery.rewind(self._tab().choose)

    def _show_numbers(self, on: bool) -> None:
        for tab in self.window.built_tabs():
            tab.numbers.setVisible(on)

    def _show_code(self, on: bool) -> None:
        source = self._source or self._build_source()
        source.setVisible(on)
        if on:
            self._fill_source(source)

    def _build_source(self) -> QDockWidget:
        from widgets.text.source_view import SourceView

        self._view = SourceView()
        self._source = source = QDockWidget(self.window)
        source.setObjectName("source")
        source.setWidget(self._view)
        source.setWindowIcon(icons.icon("code-xml"))
        self.window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, source)
        source.visibilityChanged.connect(lambda: self._actions["view.code"].setChecked(not source.isHidden()))
        return source

    def _fill_source(self, source: QDockWidget) -> None:
        place = source_of(self._tab().numbers.source)
        source.setWindowTitle(QCoreApplication.translate("Control", "The code that runs"))
        if self._view.source() != place.text:  # asked for at every step, and seldom another one
            self._view.show_source(place.text, place.path)
        self._view.mark_lines(place.first, place.last)

    def _copy_picture(self) -> None:
        self._tab().catch_up()
        self._export().copy_picture()

    def _export(self) -> Exports:
        from playground.export.dialog import Exports

        return Exports(self._tab(), self.player, self.window, self.window.say)
