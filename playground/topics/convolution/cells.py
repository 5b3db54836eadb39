"""Picture and kernel as tables that can be typed into; layers of an array stand below each other."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.run.values import Floats
from playground.words.texts import Texts
from widgets.base.elided_label import SectionTitle
from widgets.tables.array_table import Cells

NAMES = ("image", "kernel")


class CellsPage(QWidget):
    """Two tables. `changed` tells the name of an array and the whole of it in its own shape."""

    changed = Signal(str, object)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._shapes: dict[str, tuple[int, ...]] = {}
        self._sources: dict[str, Floats] = {}
        self.tables = {name: Cells(name) for name in NAMES}
        self._titles = {name: SectionTitle() for name in NAMES}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(16)
        for name, share in zip(NAMES, (3, 2), strict=True):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(self._titles[name])
            column.addWidget(self.tables[name], 1)
            row.addLayout(column, share)
            self.tables[name].table.changed.connect(lambda array, name=name: self._tell(name, array))

    def show_arrays(self, image: Floats, kernel: Floats, with_kernel: bool) -> None:
        """Show picture and kernel as they are now; the kernel not where there is none to use."""
        for part in (self.tables["kernel"], self._titles["kernel"]):
            part.setVisible(with_kernel)
        for name, array in zip(NAMES, (image, kernel), strict=True):
            if self._sources.get(name) is array:
                continue
            self._sources[name], self._shapes[name] = array, array.shape
            table = self.tables[name].table
            table.show_array(array.reshape(-1, array.shape[-1]))
            table.set_headers([str(i) for i in range(array.shape[-1])], _row_names(array.shape))
            self._titles[name].set_caption(" × ".join(map(str, array.shape)))

    def edit(self, name: str, place: tuple[int, ...]) -> None:
        """Let the learner type into one cell of an array."""
        *layers, row, column = place
        shape = self._shapes[name]
        above = int(np.ravel_multi_index(tuple(layers), shape[:-2])) * shape[-2] if layers else 0
        table = self.tables[name].table
        index = table.model().index(above + row, column)
        table.setFocus(Qt.FocusReason.OtherFocusReason)
        table.setCurrentIndex(index)
        table.edit(index)

    def retranslate(self) -> None:
        """Give the page its words in the language shown."""
        for name, key in zip(NAMES, ("input", "kernel"), strict=True):
            self._titles[name].set_title(self._texts.get("panels", key))
            self.tables[name].table.setAccessibleName(self._texts.get("panels", key))

    def _tell(self, name: str, array: Floats) -> None:
        self.changed.emit(name, np.array(array, dtype=float).reshape(self._shapes[name]))


def _row_names(shape: tuple[int, ...]) -> list[str]:
    """Number rows from 0, behind the numbers of the layers they are in: 1.0.2 is kernel 1, channel 0, row 2."""
    return [".".join(map(str, place)) for place in np.ndindex(*shape[:-1])]
