"""What tabs need that are not opened yet is made ready while nothing happens: bit by bit, so that nobody waits."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from PySide6.QtCore import QObject, QTimer

from core.run.parameters import parameters
from playground.topic_list import TOPICS

Step = Callable[[], Any]

_SHARED = (
    "core.data", "core.nn", "widgets.form", "widgets.tables", "widgets.grids", "widgets.plots.marks", "playground.tab",
)  # fmt: skip
_LATER_MS = 500  # after which it looks again whether it may go on


class Ahead(QObject):
    """Takes one step after the other while `may_go_on` says that it may."""

    def __init__(self, may_go_on: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._may_go_on, self._steps = may_go_on, steps()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)

    def _go_on(self) -> None:
        if not self._may_go_on():
            self._timer.start(_LATER_MS)
        elif step := next(self._steps, None):
            step()
            self._timer.start(0)
        else:
            gc.freeze()  # all that was loaded stays: no search for garbage need look at it


def steps() -> Iterator[Step]:
    """Yield what loads each module that is not loaded, those that topics share first; then what reads parameters."""
    for name in modules():
        if name not in sys.modules:
            yield partial(import_module, name)
    for entry in TOPICS:
        yield partial(parameters, entry.core.Params)


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
