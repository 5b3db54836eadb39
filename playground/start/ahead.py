"""Tabs that are not opened yet are made ready while nothing happens: bit by bit, so that nobody waits."""

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
Build = Callable[[str], bool]  # builds one bit more of the tab of a topic, and tells whether there is more

_SHARED = (
    "core.data", "core.nn", "widgets.form", "widgets.tables", "widgets.grids", "widgets.plots.marks",
    "playground.files", "playground.tab",
)  # fmt: skip
_LATER_MS = 500  # after which it looks again whether it may go on


class Ahead(QObject):
    """Takes one step after the other while `may_go_on` says that it may."""

    def __init__(self, steps: Iterator[Step], may_go_on: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._may_go_on, self._steps = may_go_on, steps
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


def steps(build: Build) -> Iterator[Step]:
    """Yield what makes all ready: the modules that topics share, then topic by topic its modules, settings and tab."""
    yield partial(import_module, "numpy.random")
    yield from _missing(*_SHARED)
    for entry in TOPICS:
        yield from _missing(f"core.{entry.stem}", f"playground.topics.{entry.stem}")
        yield partial(parameters, entry.core.Params)
        yield from _bits(partial(build, entry.id))


def _missing(*packages: str) -> Iterator[Step]:
    """Yield what loads each module of packages that is not loaded."""
    for package in packages:
        for name in modules_of(package):
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
