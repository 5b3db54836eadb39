"""The nets side by side: a tile each, with its name over it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from playground.topics.activations.tile import Tile
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot

_COLUMNS = {1: 1, 2: 2, 3: 2, 4: 2}  # more nets stand in rows of four


class Mosaic(QWidget):
    """Up to eight tiles. A click on one chooses its net, a click on a point chooses that."""

    chosen = Signal(object, object)
    """The function of the tile, and what in it was clicked, as a Hit or None."""
    hit_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[_Place] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._functions: tuple[str, ...] = ()

    def show_tiles(self, tiles: Sequence[Tile], chosen: str) -> None:
        """Show these tiles, the chosen one's name in bold."""
        self._make_room(tuple(tile.function for tile in tiles))
        for place, tile in zip(self.tiles, tiles, strict=False):
            place.name.setText(f"<b>{tile.title}</b>" if tile.function == chosen else tile.title)
            tile.draw(place.plot)

    def _make_room(self, functions: tuple[str, ...]) -> None:
        if functions == self._functions:
            return
        self._functions = functions
        while len(self.tiles) < len(functions):
            self.tiles.append(self._place(len(self.tiles)))
        columns = _COLUMNS.get(len(functions), 4)
        for i, place in enumerate(self.tiles):
            self._grid.removeWidget(place)
            place.setVisible(i < len(functions))
            if i < len(functions):
                self._grid.addWidget(place, i // columns, i % columns)

    def _place(self, i: int) -> _Place:
        place = _Place()
        place.plot.setObjectName(f"tile.{i}")
        place.plot.clicked.connect(lambda _x, _y, hit: self.chosen.emit(self._functions[i], hit))
        place.plot.hit_changed.connect(self._light)
        return place

    def _light(self, hit: Hit | None) -> None:
        for place in self.tiles[: len(self._functions)]:
            place.plot.highlight(hit.focus if hit else None)
        self.hit_changed.emit(hit)


class _Place(QWidget):
    """A plot with a name over it."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.plot = QLabel(), Plot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.plot, 1)
