"""The program as a person starts it, who looks at it for a while and then tries what there is, each thing once.

`python tests/benchmarks/first_minute.py FRONT SECONDS` begins with the start page (`start`) or a topic in front, and
prints as JSON the longest time that one event took, in s of the main thread's CPU, which others on the machine move
little: after the shell was painted and at rest (`rest`), and of each thing tried.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import thread_time
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from playground.command_line import cli
from playground.start import quick_start

quick_start.begin()  # as the command line does, before anything of Qt is loaded

from PySide6.QtCore import QPoint, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QDialog  # noqa: E402

from playground.start import app  # noqa: E402
from playground.topic_list import TOPICS  # noqa: E402
from widgets.base.theme import FUSION  # noqa: E402

if TYPE_CHECKING:
    import argparse

_PAUSE_MS = 600  # after each thing tried: what follows from it is over
_LAST = "PIL.TiffImagePlugin"  # a module that is loaded last
_Try = tuple[str, Callable[[], object]]


class Watched(QApplication):
    """Tells how long each event took; what one sends on while it is handled is part of it."""

    tried, _depth = "", 0

    def __init__(self) -> None:
        self.longest: dict[str, float] = {}
        super().__init__([sys.argv[0], "-style", "Fusion"])
        self.setProperty(FUSION, True)

    def notify(self, receiver: Any, event: Any) -> bool:
        self._depth += 1
        begin = thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self._depth -= 1
            if not self._depth and self.tried:
                self.longest[self.tried] = max(self.longest.get(self.tried, 0.0), thread_time() - begin)


class Minute(app.Program):
    """Tries one thing after the other, once it has rested for some seconds."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._left = iter(self._tries())
        self.window.painted.connect(lambda: setattr(watched, "tried", "rest"))
        self.window.ready.connect(lambda: QTimer.singleShot(int(1000 * float(sys.argv[2])), self.window, self._begin))

    def begin_with(self, options: argparse.Namespace) -> None:
        self.window.begin_with(sys.argv[1])

    def _begin(self) -> None:
        """Begin once all is ready that is made ready ahead."""
        pages = [self.window.page(entry.id) for entry in TOPICS]
        is_ready = all(page.tab or page.may_be_filled() for page in pages) and _LAST in sys.modules
        QTimer.singleShot(_PAUSE_MS, self.window, self._try if is_ready else self._begin)

    def _try(self) -> None:
        watched.tried, do = next(self._left, ("", self._end))
        QTimer.singleShot(_PAUSE_MS, self.window, self._try)
        do()

    def _end(self) -> None:
        sys.stdout.write(json.dumps(watched.longest))
        sys.stdout.flush()
        os._exit(0)

    def _tries(self) -> Iterator[_Try]:
        window, trigger = self.window, self._trigger
        yield "another tab", lambda: window.visit("kmeans")
        yield "the pointer over a panel", self._hover
        yield "play", lambda: trigger("transport.play")
        yield "pause", lambda: trigger("transport.play")
        yield "the export dialog", lambda: trigger("file.export")
        yield "a dialog closed", _close
        yield "the picture copied", lambda: trigger("file.copy_picture")
        yield "a table pasted, its preview", self._paste
        yield "a preview closed", _close
        yield "the code", lambda: trigger("view.code")
        yield "a scene", lambda: window.tab.stage.open(next(iter(window.tab.stage.scenes)))  # type: ignore[union-attr]
        yield "another language", lambda: trigger("view.language.zh")
        yield "another theme", lambda: trigger("view.theme.dark")

    def _trigger(self, id: str) -> None:
        self.window.actions_[id].trigger()

    def _hover(self) -> None:
        from PySide6.QtTest import QTest

        plot = next(iter(self.window.tab.shown.plots()))  # type: ignore[union-attr]
        for aside in range(3):
            QTest.mouseMove(plot.viewport(), plot.viewport().rect().center() + QPoint(aside, aside))

    def _paste(self) -> None:
        QApplication.clipboard().setText("\n".join(f"{i / 10},{i % 7}" for i in range(50)))
        self.imports.paste()


def _close() -> None:
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.reject()


if __name__ == "__main__":
    watched = Watched()
    app.Program = Minute  # type: ignore[misc]
    sys.exit(cli.main([]))
