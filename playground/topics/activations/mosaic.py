"""The nets side by side: a tile each, with its name over it and a row of its units under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.activations.explained import Chosen
from playground.topics.activations.squares import HIGH, Squares
from playground.topics.activations.tile import Tile
from widgets.base import fonts
from widgets.grids.board import GridBoard
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot

_MOST_WITH_SQUARES = 4
_COLUMNS = {1: 1, 2: 2, 3: 2, 4: 2}  # more nets stand in rows of four


class Mosaic(QWidget):
    """Up to eight tiles. A click on one chooses its net, a click on a point or on a unit's square chooses that."""

    chosen = Signal(object, object)
    """The function of the tile, and what in it was clicked, as a Hit or None."""
    unit_chosen = Signal(object, int, int)
    """The function of the tile, the layer and the unit of the square that was clicked, both from 0."""
    hit_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[_Place] = []
        self._squares = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._functions: tuple[str, ...] = ()

    def show_tiles(self, tiles: Sequence[Tile], chosen: Chosen) -> None:
        """Show these tiles, the chosen one's name in bold; of more than four only the chosen one has squares."""
        self._make_room(tuple(tile.function for tile in tiles))
        for place, tile in zip(self.tiles, tiles, strict=False):
            is_chosen, are_many = tile.function == chosen.function, len(tiles) > _MOST_WITH_SQUARES
            title = tile.title(is_short=are_many)
            place.name.setText(f"<b>{title}</b>" if is_chosen else title)
            tile.draw(place.plot)
            place.units.setVisible(is_chosen or not are_many)
            place.units.set_arrangement(Squares(tile, chosen).arrange)

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
        place = _Place(self)
        place.units.setToolTip(self._squares)
        place.plot.setObjectName(f"tile.{i}")
        place.plot.clicked.connect(lambda _x, _y, hit: self.chosen.emit(self._functions[i], hit))
        place.plot.hit_changed.connect(self._light)
        place.units.clicked.connect(lambda layer, _row, unit: self._choose_unit(i, layer, unit))
        return place

    def _choose_unit(self, i: int, layer: str, unit: int) -> None:
        self.unit_chosen.emit(self._functions[i], int(layer.partition(" ")[2]), unit)

    def set_words(self, squares: str) -> None:
        """Say what the squares mean."""
        self._squares = squares
        for place in self.tiles:
            place.units.setToolTip(squares)

    def _light(self, hit: Hit | None) -> None:
        for place in self.tiles[: len(self._functions)]:
            place.plot.highlight(hit.focus if hit else None)
        self.hit_changed.emit(hit)


class _Place(QWidget):
    """A plot with a name over it and squares under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)  # shown without one it would be a window for a moment
        self.name, self.plot, self.units = QLabel(), Plot(), GridBoard()
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.units.setFixedHeight(fonts.scaled(HIGH))
        self.units.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.plot, 1)
        column.addWidget(self.units)
