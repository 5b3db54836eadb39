"""The settable arrays of a topic as tables that can be typed into; the layers of an array stand below each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QSplitter, QWidget

from core.run.values import Floats, kept
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base import fonts, layouts
from widgets.base.manners import Manners
from widgets.tables.array_table import Cells

_ROOM = 165  # px that a table needs


class ArrayCells(QWidget):
    """Tables side by side. `typed` tells the name of an array and the whole of it, `picked` a cell that was gone to."""

    typed = Signal(str, object)
    picked = Signal(str, int, int)

    def __init__(self, names: Sequence[str], texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._sources: dict[str, Floats] = {}
        self.tables: dict[str, Cells] = {}
        self._titles: dict[str, QLabel] = {}
        self._pages: dict[str, QWidget] = {}
        self._chosen = QComboBox()
        self._chosen.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._chosen.setProperty("role", "small")
        Manners(self._chosen)
        self._chosen.currentIndexChanged.connect(lambda _: self._fit())
        self._side_by_side = QSplitter(Qt.Orientation.Horizontal)
        # Where there is no room for all, one is chosen: many tables must not make the window wider.
        self._side_by_side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column = layouts.column(self._chosen, self._side_by_side, spacing=4, grows=self._side_by_side, on=self)
        column.setAlignment(self._chosen, Qt.AlignmentFlag.AlignLeft)
        for name in names:
            self._add(name)

    def set_names(self, names: Sequence[str]) -> None:
        """Have a table of each of these arrays and no others; those named by layer come and go with the layers."""
        if list(names) != list(self.tables):
            for name in list(self.tables):
                self._remove(name)
            for name in names:
                self._add(name)
            self.retranslate()
            self._fit()

    def _add(self, name: str) -> None:
        self.tables[name] = Cells(name)
        self._titles[name] = QLabel()
        self._pages[name] = QWidget()
        self._titles[name].setProperty("role", "muted")
        table = self.tables[name]
        layouts.column(self._titles[name], table, spacing=4, grows=table, on=self._pages[name])
        table.table.changed.connect(lambda array: self._tell(name, array))
        table.table.picked.connect(lambda row, cell: self.picked.emit(name, row, cell))
        self._side_by_side.addWidget(self._pages[name])
        self._chosen.addItem(name)

    def _remove(self, name: str) -> None:
        page = self._pages.pop(name)
        page.setParent(None)
        page.deleteLater()
        self._sources.pop(name, None)
        del self.tables[name], self._titles[name]
        self._chosen.removeItem(0)

    def show_of(
        self, name: str, view: View, of: Callable[[View], Floats], columns: Sequence[str] = (), rows: Sequence[str] = ()
    ) -> None:
        """Show an array of a view; in the way `difference` how far that of the second of two runs is from the first's.

        Arrays of other shapes have none: dashes.
        """
        if view.way == "difference":
            first, second = view.pair
            self.show_array(name, less(of(second), of(first), of(view)), columns, rows, is_difference=True)
        else:
            self.show_array(name, of(view), columns, rows)

    def show_array(
        self, name: str, array: Floats, columns: Sequence[str] = (), rows: Sequence[str] = (),
        is_difference: bool = False,
    ) -> None:  # fmt: skip
        """Show an array (…, rows, columns), nan as a dash; rows and columns are numbered where no names are given."""
        if self._sources.get(name) is not array:
            self._sources[name] = array
            self.tables[name].table.show_array(array.reshape(-1, array.shape[-1]), is_difference)
        self.tables[name].table.set_headers(columns, rows)

    def edit(self, name: str, place: tuple[int, ...]) -> None:
        """Let the learner type into one cell of an array, whose table comes into view where only one has room."""
        self._chosen.setCurrentIndex(list(self.tables).index(name))
        table, shape = self.tables[name].table, self._sources[name].shape
        index = table.model().index(int(np.ravel_multi_index(place[:-1], shape[:-1])), place[-1])
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        table.setCurrentIndex(index)
        table.edit(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for tables side by side, show the one chosen."""
        several = len(self._pages) > 1
        # Of several such panels in a tab only one has a choice, and its name.
        self._chosen.setObjectName("cells.shown" if several else "")
        narrow = several and self.width() < fonts.scaled(_ROOM) * len(self._pages)
        self._chosen.setVisible(narrow)
        for index, (name, page) in enumerate(self._pages.items()):
            page.setVisible(not narrow or index == self._chosen.currentIndex())
            self._titles[name].setVisible(several and not narrow)

    def retranslate(self) -> None:
        """Name the tables in the language shown."""
        for index, (name, cells) in enumerate(self.tables.items()):
            words = (self._texts.find("arrays", name) or name) if "." in name else self._texts.get("arrays", name)
            self._chosen.setItemText(index, words)
            self._titles[name].setText(words)
            cells.table.setAccessibleName(words)

    def _tell(self, name: str, array: Floats) -> None:
        self.typed.emit(name, np.array(array, dtype=float).reshape(self._sources[name].shape))


@kept(8)
def less(array: Floats, other: Floats, shown: Floats) -> Floats:
    """Return an array less another; where their shapes differ nan in the shape of the one shown."""
    return array - other if array.shape == other.shape == shown.shape else np.full(shown.shape, np.nan)


@lru_cache(maxsize=8)
def places(shape: tuple[int, ...]) -> tuple[Sequence[str], Sequence[str]]:
    """Return columns and rows numbered from 0, rows behind the layers they are in: kernel 1, channel 0, row 2 is 1.0.2.

    >>> places((2, 1, 2))
    (('0', '1'), ('0.0', '1.0'))
    """
    rows = tuple(".".join(map(str, place)) for place in np.ndindex(*shape[:-1]))
    return tuple(str(column) for column in range(shape[-1])), rows
