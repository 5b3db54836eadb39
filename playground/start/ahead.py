"""What is heavy is made ready in bits, one in each turn of the event loop, so that nobody waits.

First the page in front, after the shell was painted; then what serves it, after it was painted; and while nothing
happens the tabs that are not opened yet.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from PySide6.QtCore import QObject, QTimer

from playground.topic_list import TOPICS
from playground.window.window import Page, Window

Step = Callable[[], Any]
Build = Callable[[str], bool]  # builds one bit more of the tab of a topic, and tells whether there is more

_HEAVY = (  # of a tab, each before what needs it
    "numpy", "widgets.plots.lean_pyqtgraph", "core.run.parameters", "core.run.timeline", "playground.playback.compared",
    "playground.playback.run", "playground.tab.comparison", "widgets.plots.plot_frame", "widgets.plots.plot",
    "playground.tab.panels", "playground.tab.scene_words", "playground.tab.topic_says", "playground.tab.comparing",
    "playground.tab.histories", "playground.tab.tab_parts", "playground.tab.topic_tab",
)  # fmt: skip
_SERVING = (
    "numpy", "core.optimizers", "playground.playback.player", "playground.files.session", "playground.window.documents",
    "playground.window.imports", "playground.window.control", "playground.window.walking",
    "playground.window.going_on", "playground.window.open_work",
)  # fmt: skip
_SHARED = (
    "core.data", "core.nn", "widgets.form", "widgets.tables", "widgets.grids", "widgets.plots.marks",
    "playground.files", "playground.tab",
)  # fmt: skip
_ASKED_FOR = "playground.window", "playground.export", "widgets"  # once somebody asks for it: dialogs, exports, help
_FOREIGN = "PIL.Image", "pygments.lexers.python", "pyarrow", "pyarrow._compute", "pyarrow.compute"
_LATER_MS = 500  # after which it looks again whether it may go on


class InBits(QObject):
    """Takes one step after the other, each in a turn of the event loop, and in that of the last one `then`."""

    def __init__(self, steps: Iterator[Step], parent: QObject, then: Step) -> None:
        super().__init__(parent)
        self._steps, self._step, self._then = steps, next(steps), then
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)

    def _go_on(self) -> None:
        self._step()
        if step := next(self._steps, None):
            self._step = step
            self._timer.start(0)
        else:
            self._then()


class Ahead(InBits):
    """Takes its steps while `may_go_on` says that it may."""

    def __init__(self, steps: Iterator[Step], may_go_on: Callable[[], bool], parent: QObject) -> None:
        # All that was loaded stays: no search for garbage need look at it.
        super().__init__(steps, parent, gc.freeze)
        self._may_go_on = may_go_on

    def begin_anew(self, steps: Iterator[Step]) -> None:
        """Take these steps, and no more of those before."""
        self._steps, self._step = steps, next(steps)
        self._timer.start(0)

    def _go_on(self) -> None:
        if self._may_go_on():
            super()._go_on()
        else:
            self._timer.start(_LATER_MS)


def page_in_front(window: Window) -> Iterator[Step]:
    """Yield what makes the page in front ready to be painted, also where meanwhile another one comes to the front."""
    yield window.load_actions
    while page := window.empty_page():
        if isinstance(page, Page):
            stem = page.entry.stem
            yield from _modules((*_HEAVY, f"core.{stem}", f"playground.topics.{stem}.tab"))
            while not page.may_be_filled():
                yield partial(window.build_ahead, page.entry.id)
        yield partial(window.fill_first, page)


def rest(window: Window, serve: Step) -> Iterator[Step]:
    """Yield what the picture of the page in front did without, and `serve` when all is loaded that it needs."""
    yield from _modules(_SERVING)
    if window.tab:
        yield from _bits(window.tab.build_on)
    yield serve


def steps(build: Build) -> Iterator[Step]:
    """Yield what makes all ready: the modules that topics share, then topic by topic its modules, settings and tab."""
    from core.run.parameters import parameters

    yield partial(import_module, "numpy.random")
    yield from _missing(*_SHARED)
    for entry in TOPICS:
        yield from _missing(f"core.{entry.stem}", f"playground.topics.{entry.stem}")
        yield partial(parameters, entry.core.Params)
        yield from _bits(partial(build, entry.id))
    yield from _missing(*_ASKED_FOR)
    yield from _modules(_FOREIGN)
    yield _load_formats


def _load_formats() -> None:
    """Load what tells apart the formats of pictures, as Pillow does with the first that is brought."""
    from PIL import Image

    Image.init()


def _missing(*packages: str) -> Iterator[Step]:
    """Yield what loads each module of packages that is not loaded."""
    for package in packages:
        yield from _modules(modules_of(package))


def _modules(names: Iterable[str]) -> Iterator[Step]:
    """Yield what loads each of these modules that is not loaded."""
    for name in names:
        if name not in sys.modules:
            yield partial(import_module, name)


def _bits(build: Callable[[], bool]) -> Iterator[Step]:
    """Yield what builds one bit more, until there is no more."""
    more = [True]
    while more[-1]:
        yield lambda: more.append(build())


def modules_of(package: str) -> Iterator[str]:
    """Yield a package, and the modules in it once it is loaded, packages before what is in them."""
    yield package
    for found in iter_modules(getattr(sys.modules[package], "__path__", ()), f"{package}."):
        if found.ispkg:
            yield from modules_of(found.name)
        else:
            yield found.name
