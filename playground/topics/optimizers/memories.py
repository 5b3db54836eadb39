"""Where the method in focus stands and what its rule remembers, as cells to type into."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.optimizers.algorithm import held
from core.optimizers.memories import COUNT, names_of
from core.optimizers.settings import METHODS, Method
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.view import View
from playground.words.texts import Texts

if TYPE_CHECKING:
    from playground.tab.array_cells import ArrayCells


class Memories(QStackedWidget):
    """A page of tables a method. `typed` tells the name of an array and the whole of it."""

    typed = Signal(str, object)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._pages: dict[Method, ArrayCells] = {}

    def completing(self) -> Iterator[None]:
        """Make the tables, which the first picture of the tab does without: a method at a time, there are many."""
        from playground.tab.array_cells import ArrayCells

        for method in METHODS:
            page = self._pages[method] = ArrayCells(names_of(method), self._texts)
            page.typed.connect(self.typed)
            page.retranslate()
            self.addWidget(page)
            yield

    def show_view(self, view: View, alone: bool = False) -> None:
        """Show the arrays of the method in focus; unless it is to be alone, those behind it, too."""
        if len(self._pages) < len(METHODS):
            return
        front = next(method for method in METHODS if Focus(method) == view.focus)
        self.setCurrentWidget(self._pages[front])
        for method in (front,) if alone else METHODS:
            for name, table in zip(names_of(method), self._pages[method].tables, strict=True):
                columns = ("t",) if name == COUNT else ("x", "y")
                self._pages[method].show_of(table, view, partial(_array, method, name), columns)

    def retranslate(self) -> None:
        """Name the tables in the language shown."""
        for page in self._pages.values():
            page.retranslate()


def _array(method: Method, name: str, view: View) -> Floats:
    return held(method, view.state)[name]
