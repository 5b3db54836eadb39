"""What tabs need that are not opened yet is loaded while nothing happens: a module at a time, so that nobody waits."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from PySide6.QtCore import QObject, QTimer

from playground.topic_list import TOPICS

_SHARED = ("core.data", "core.nn", "widgets.tables", "widgets.grids", "widgets.plots.marks", "playground.tab")
_LATER_MS = 500  # after which it looks again whether it may go on


class Ahead(QObject):
    """Loads module after module, those that several topics share first, while `may_load` says that it may."""

    def __init__(self, may_load: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._may_load, self._names = may_load, modules()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)

    def _go_on(self) -> None:
        if not self._may_load():
            self._timer.start(_LATER_MS)
        elif name := next((name for name in self._names if name not in sys.modules), ""):
            import_module(name)
            self._timer.start(0)
        else:
            gc.freeze()  # all that was loaded stays: no search for garbage need look at it


def modules() -> Iterator[str]:
    """Yield the modules that tabs are made of, each behind the package that it is in, which must be loaded by then."""
    yield "numpy.random"
    stems = [entry.stem for entry in TOPICS]
    for package in (*_SHARED, *(f"core.{stem}" for stem in stems), *(f"playground.topics.{stem}" for stem in stems)):
        yield from _modules_of(package)


def _modules_of(package: str) -> Iterator[str]:
    yield package
    for found in iter_modules(sys.modules[package].__path__, f"{package}."):
        if found.ispkg:
            yield from _modules_of(found.name)
        else:
            yield found.name
