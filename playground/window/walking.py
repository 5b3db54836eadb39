"""Walking a path: its scenes one after the other, in whichever tab they are, and the start page at its end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from playground.files.own_progress import own_progress
from playground.tab.scene_words import Onward
from playground.welcome.paths import Path, Station, paths

if TYPE_CHECKING:
    from playground.welcome.start_page import StartPage
    from playground.window.window import Window


class Walking(QObject):
    """Leads from station to station; who opens another scene by hand has left the path."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window

    def welcome(self, page: StartPage) -> None:
        """Serve the start page, which was built."""
        page.path_asked.connect(self.begin)

    def begin(self, path: Path) -> None:
        """Open the first scene of a path that is not done; one that is done is walked anew."""
        finished = own_progress().done
        self._open(path, path.following(finished), anew=all(path.done(finished)))

    def resume(self, id: str, scene: str) -> bool:
        """Open a scene as a station of a path; tell whether it is one."""
        found = [(path, one) for path in paths() for one in path.stations if (path.id, one.scene) == (id, scene)]
        for path, station in found:
            self._open(path, station, anew=all(path.done(own_progress().done)))
        return bool(found)

    def _open(self, path: Path, station: Station, anew: bool) -> None:
        words, go = partial(self._words, path, station, anew), partial(self._go_on, path, station, anew)
        self._window.visit(station.entry.id).stage.open(station.scene, Onward(path.id, words, go))
        said = QCoreApplication.translate("Walking", "Path “{title}”, {place} of {count}")
        place = path.stations.index(station) + 1
        self._window.say(said.format(title=path.title, place=place, count=len(path.stations)))

    def _go_on(self, path: Path, station: Station, anew: bool) -> None:
        if after := _after(path, station, anew):
            self._open(path, after, anew)
        else:
            self._window.show_start()

    def _words(self, path: Path, station: Station, anew: bool) -> str:
        """Return what the button says that leads on."""
        if after := _after(path, station, anew):
            return QCoreApplication.translate("Stage", "Next: {title}").format(title=after.title)
        return QCoreApplication.translate("Walking", "“{title}” is done: to the start page").format(title=path.title)


def _after(path: Path, station: Station, anew: bool) -> Station | None:
    return path.after(station, () if anew else own_progress().done)
