"""The nets side by side: a tile each, with its name over it and a row of its units under it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.activations.explained import Chosen
from playground.topics.activations.squares import HIGH, Squares
from playground.topics.activations.tile import Tile
from widgets.base import fonts
from widgets.grids.board import GridBoard
from widgets.plots.plot import Plot

_MOST_WITH_SQUARES = 4
_COLUMNS = {1: 1, 2: 2, 3: 2, 4: 2}  # more nets stand in rows of four


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

    def set_words(self, squares: str) -> None:
        """Say what the squares mean."""
        self._squares = squares
        for place in self.tiles:
            place.units.setToolTip(squares)

    def highlight(self, focus: Hashable) -> None:
        """Let a mark stand out in all tiles; None lets none."""
        for place in self.tiles[: len(self._functions)]:
            place.plot.highlight(focus)


class UnitRow(GridBoard):
    """The squares of a net; while it has the keyboard, arrows lead from unit to unit."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _way(event):
            event.accept()  # or it would be the transport's
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if way := _way(event):
            self.moved.emit(way)
        else:
            super().keyPressEvent(event)


def _way(event: QEvent) -> int:
    """Return by how many units a key leads on; 0 where it is no arrow."""
    if not isinstance(event, QKeyEvent) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return 0
    return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)


class _Place(QWidget):
    """A plot with a name over it and squares under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)  # shown without one it would be a window for a moment
        self.name, self.plot, self.units = QLabel(), Plot(), UnitRow()
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.units.setFixedHeight(fonts.scaled(HIGH))
        self.units.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.name)
        column.addWidget(self.plot, 1)
        column.addWidget(self.units)
