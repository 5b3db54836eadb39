"""Going on where the learner was: what is kept as the window closes, and shown when it opens again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from playground.welcome import left_off
from playground.welcome.left_off import LeftOff

if TYPE_CHECKING:
    from playground.tab.topic_tab import TopicTab
    from playground.welcome.start_page import StartPage
    from playground.window.walking import Walking
    from playground.window.window import Window


class GoingOn(QObject):
    """Remembers the tab that was in front last, and what was kept of the one before this start."""

    def __init__(self, window: Window, walking: Walking) -> None:
        super().__init__(window)
        self._window, self._walking = window, walking
        self._kept = LeftOff.read()
        self._last: TopicTab | None = None
        window.visited.connect(self._follow)
        window.closing.connect(self._keep)

    def welcome(self, page: StartPage) -> None:
        """Serve the start page, which was built."""
        page.went_on.connect(self.go_on)
        self._show(page)

    def _follow(self, tab: TopicTab | None) -> None:
        """Know which tab is in front, after a crash, too."""
        self._last = tab or self._last
        if self._last:
            LeftOff.of(self._last, is_front=tab is not None).keep()
        if tab is None and (page := self._window.front.start):
            self._show(page)

    def _show(self, page: StartPage) -> None:
        if self._last:
            page.show_left(LeftOff.of(self._last), partial(left_off.picture_of, self._last))
        elif self._kept:
            page.show_left(self._kept, left_off.kept_picture)
        else:
            page.show_left(None)

    def go_on(self) -> None:
        """Go to the tab that was in front last; at a start, to the scene or the run that was kept."""
        if self._last:
            self._window.visit(self._last.entry.id)
        else:
            self.restore()

    def restore(self) -> None:
        """Show the tab that was in front as the window closed last, and the scene that was open in it."""
        if not (kept := self._kept):
            return
        stage = self._window.visit(kept.entry.id).stage
        if kept.scene in stage.scenes and not self._walking.resume(kept.path, kept.scene):
            stage.open(kept.scene)

    def _keep(self) -> None:
        """Keep where the learner was; a disk that is full keeps no picture, and the window closes all the same."""
        if self._last:
            LeftOff.of(self._last, is_front=self._window.tab is not None).keep()
            left_off.keep_picture(self._last)
        elif self._kept:
            replace(self._kept, is_front=False).keep()
