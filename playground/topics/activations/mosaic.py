"""The nets side by side: a tile each, with its name over it and a row of its units under it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from core.activations.explained import Chosen
from playground.topics.activations.shown import COLOURS
from playground.topics.activations.squares import Squares
from playground.topics.activations.tile import Tile
from playground.topics.activations.tile_frame import TileFrame
from widgets.base import fonts, layouts
from widgets.base.elided_label import ElidedLabel

_MOST_WITH_SQUARES = 4
_AROUND = 60  # px of a tile above and below its plane
_ROOMY = 420  # px of height, from which on the squares are explained below
_WIDER = 1.3  # times as wide as high, as a plane may well be


class Mosaic(QWidget):
    """Up to eight tiles. A click on one chooses its net, a click on a point or on a unit's square chooses that."""

    chosen = Signal(object, object)
    """The function of the tile, and what in it was clicked, as a Hit or None."""
    unit_chosen = Signal(object, int, int)
    """The function of the tile, the layer and the unit of the square that was clicked, both from 0."""
    unit_moved = Signal(object, int)
    """The function of the row of squares that has the keyboard, and by how many units an arrow leads on."""
    unit_pointed = Signal(object)
    """The function, the layer and the unit of the square under the pointer; None where there is none."""
    hit_changed = Signal(object)
    """What of a plane is under the pointer, as a Hit or None."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[TileFrame] = []
        self._squares, self._turn, self._arranged = "", 0, (0, 0)
        self._grid, self._legend = QGridLayout(), ElidedLabel("subtitle", "muted")
        self._grid.setContentsMargins(0, 0, 0, 0)
        layouts.column(self._grid, self._legend, spacing=2, grows=self._grid, on=self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._functions: tuple[str, ...] = ()

    def show_tiles(self, tiles: Sequence[Tile], chosen: Chosen, in_turn: bool = False) -> None:
        """Show these tiles, the chosen one's name in bold; of more than four only the chosen one has squares.

        With `in_turn` one of them is drawn anew, the next at the next call: each is a picture for itself. Its squares
        are drawn at every second of its turns.
        """
        self._make_room(tuple(tile.function for tile in tiles))
        self._turn = (self._turn + 1) % (2 * len(tiles))
        turn, i = divmod(self._turn, len(tiles))
        are_many = len(tiles) > _MOST_WITH_SQUARES
        for k in [i] if in_turn else range(len(tiles)):
            self._show(self.tiles[k], tiles[k], chosen, are_many)
            if not in_turn or (turn + k) % 2 == 0:
                self.tiles[k].units.set_arrangement(Squares(tiles[k], chosen).arrange)

    def _show(self, place: TileFrame, tile: Tile, chosen: Chosen, are_many: bool) -> None:
        is_chosen = tile.function == chosen.function
        place.title.show_title(tile.name, tile.share if are_many else tile.said, COLOURS[tile.function], is_chosen)
        place.set_chosen(is_chosen and len(self._functions) > 1)
        tile.draw(place.plot)
        place.units.setVisible(is_chosen or not are_many)

    def _make_room(self, functions: tuple[str, ...]) -> None:
        if functions != self._functions:
            self._functions = functions
            while len(self.tiles) < len(functions):
                self.tiles.append(self._place(len(self.tiles)))
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._legend.setVisible(self.height() >= fonts.scaled(_ROOMY))
        self._arrange()

    def _arrange(self) -> None:
        """Put the tiles into rows in which their planes are largest."""
        count = len(self._functions)
        columns = max(range(1, count + 1), key=partial(_room, count, self.size()), default=1)
        if (arranged := (count, columns)) == self._arranged:
            return
        self._arranged = arranged
        for i, place in enumerate(self.tiles):
            self._grid.removeWidget(place)
            place.setVisible(i < count)
            if i < count:
                self._grid.addWidget(place, i // columns, i % columns)

    def _place(self, i: int) -> TileFrame:
        place = TileFrame(self)
        place.units.setToolTip(self._squares)
        place.plot.setObjectName(f"tile.{i}")
        place.plot.clicked.connect(lambda _x, _y, hit: self.chosen.emit(self._functions[i], hit))
        place.plot.hit_changed.connect(self.hit_changed)
        place.units.clicked.connect(lambda *cell: self.unit_chosen.emit(*self._unit(i, *cell)))
        place.units.hovered.connect(lambda *cell: self.unit_pointed.emit(self._unit(i, *cell)))
        place.units.left.connect(lambda: self.unit_pointed.emit(None))
        place.units.moved.connect(lambda by: self.unit_moved.emit(self._functions[i], by))
        return place

    def _unit(self, i: int, layer: str, _row: int, unit: int) -> tuple[str, int, int]:
        return self._functions[i], int(layer.partition(" ")[2]), unit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a net by its number."""
        place = event.key() - Qt.Key.Key_1
        if event.modifiers() or not 0 <= place < len(self._functions):
            super().keyPressEvent(event)
        else:
            self.chosen.emit(self._functions[place], None)

    def set_words(self, squares: str, legend: str) -> None:
        """Say what the squares mean: at length where they are pointed at, in short below where there is room."""
        self._legend.set_text(legend)
        self._squares = squares
        for place in self.tiles:
            place.units.setToolTip(squares)

    def highlight(self, focus: Hashable) -> None:
        """Let a mark stand out in all tiles; None lets none."""
        for place in self.tiles[: len(self._functions)]:
            place.plot.highlight(focus)


def _room(count: int, size: QSize, columns: int) -> float:
    """Return how large the planes are in so many columns, by their shorter side; they may be wider than high."""
    return min(size.width() / columns, _WIDER * (size.height() / -(-count // columns) - fonts.scaled(_AROUND)))
