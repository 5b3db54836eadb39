"""The nets side by side: a tile each, with its name over it and a row of its units under it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.activations.explained import Chosen
from playground.topics.activations.legend import Legend
from playground.topics.activations.shown import COLOURS
from playground.topics.activations.squares import HIGH, Squares
from playground.topics.activations.tile import Tile
from playground.topics.activations.tile_frame import TileFrame
from widgets.base import fonts

_MOST_WITH_SQUARES = 4
_AROUND, _TITLE = 60, 28  # px of a tile above and below its plane; of a thumbnail, which has no squares
_ROOMY = 420  # px of height, from which on the squares are explained below
_WIDER = 1.3  # times as wide as high, as a plane may well be
_GAP = 6  # px between tiles
_SMALLEST, _SMALLEST_OF_MANY = 150, 100  # px of a tile, and of one without squares: below it stand thumbnails
_LEAD = 0.6  # of the length, for the chosen one beside thumbnails


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
        self._words, self._turn, self._lead = "", 0, 0
        self._legend = Legend(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._functions: tuple[str, ...] = ()

    def show_tiles(self, tiles: Sequence[Tile], chosen: Chosen, in_turn: bool = False) -> None:
        """Show these tiles, the chosen one's name in bold; of more than four only the chosen one has squares.

        With `in_turn` one of them is drawn anew, the next at the next call: each is a picture for itself. Its squares
        are drawn at every second of its turns.
        """
        functions = tuple(tile.function for tile in tiles)
        self._make_room(functions, functions.index(chosen.function))
        self._turn = (self._turn + 1) % (2 * len(tiles))
        turn, i = divmod(self._turn, len(tiles))
        for k in [i] if in_turn else range(len(tiles)):
            self._show(self.tiles[k], tiles[k], chosen)
            if not in_turn or (turn + k) % 2 == 0:
                self.tiles[k].units.set_arrangement(Squares(tiles[k], chosen).arrange)

    def _show(self, place: TileFrame, tile: Tile, chosen: Chosen) -> None:
        is_chosen = tile.function == chosen.function
        place.title.show_title(tile.name, tile.said, tile.share, COLOURS[tile.function], is_chosen)
        place.set_chosen(is_chosen and len(self._functions) > 1)
        tile.draw(place.plot)

    def _make_room(self, functions: tuple[str, ...], lead: int) -> None:
        if (functions, lead) != (self._functions, self._lead):
            self._functions, self._lead = functions, lead
            while len(self.tiles) < len(functions):
                self.tiles.append(self._place(len(self.tiles)))
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Give every tile its place, and their legend what the last row leaves free, or a line below."""
        board, count = self.rect(), len(self._functions)
        if not count:
            return  # it is laid out before it has anything to show
        rects = places(count, self._lead, board)
        if free := free_place(rects, board):
            self._legend.setGeometry(free)
        elif self.height() >= fonts.scaled(_ROOMY):
            low = fonts.scaled(HIGH)
            self._legend.setGeometry(0, self.height() - low, self.width(), low)
            rects = places(count, self._lead, board.adjusted(0, 0, 0, -low - _GAP))
        self._legend.setVisible(bool(free) or self.height() >= fonts.scaled(_ROOMY))
        are_small = count > _MOST_WITH_SQUARES or len({rect.size().toTuple() for rect in rects}) > 1
        for i, tile in enumerate(self.tiles):
            tile.setVisible(i < count)
            if i < count:
                tile.units.setVisible(i == self._lead or not are_small)
                tile.setGeometry(rects[i])

    def _place(self, i: int) -> TileFrame:
        place = TileFrame(self)
        place.units.setToolTip(self._words)
        place.plot.setObjectName(f"tile.{i}")
        place.clicked.connect(lambda: self.chosen.emit(self._functions[i], None))
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

    def set_words(self, squares: str, legend: Sequence[str]) -> None:
        """Say what the squares mean: at length where they are pointed at, in short below where there is room."""
        self._legend.set_words(legend)
        self._words = squares
        for place in self.tiles:
            place.units.setToolTip(squares)

    def highlight(self, focus: Hashable) -> None:
        """Let a mark stand out in all tiles; None lets none."""
        for place in self.tiles[: len(self._functions)]:
            place.plot.highlight(focus)


def places(count: int, lead: int, board: QRect) -> list[QRect]:
    """Return where on a board each of so many tiles stands: all alike in rows, as long as each is high and wide enough;
    on a smaller board the tile at `lead` is large and the others are thumbnails beside it, or below it.
    """
    alike = _in_rows(count, board, _AROUND)
    least = fonts.scaled(_SMALLEST if count <= _MOST_WITH_SQUARES else _SMALLEST_OF_MANY)
    if count == 1 or all(min(rect.width(), rect.height()) >= least for rect in alike):
        return alike
    large, rest = QRect(board), QRect(board)
    if board.width() >= board.height():
        large.setWidth(round(_LEAD * board.width()))
        rest.setLeft(large.right() + 1 + _GAP)
    else:
        large.setHeight(round(_LEAD * board.height()))
        rest.setTop(large.bottom() + 1 + _GAP)
    thumbnails = _in_rows(count - 1, rest, _TITLE)
    return [*thumbnails[:lead], large, *thumbnails[lead:]]


def free_place(rects: Sequence[QRect], board: QRect) -> QRect:
    """Return what the last of several rows of equal tiles leaves free at its end; an empty one where it is full."""
    last = rects[-1]
    is_even = len({rect.size().toTuple() for rect in rects}) == 1
    left = last.right() + 1 + _GAP
    if not is_even or last.top() == rects[0].top() or board.right() - left < last.width() // 2:
        return QRect()
    return QRect(left, last.top(), board.right() + 1 - left, last.height())


def _in_rows(count: int, board: QRect, around: int) -> list[QRect]:
    """Return as many equal rectangles in rows, in which the planes are largest with so many px above and below."""
    columns = max(range(1, count + 1), key=partial(_room, count, board.size(), around), default=1)
    rows = -(-count // columns)
    wide, high = ((whole + _GAP) // n - _GAP for whole, n in ((board.width(), columns), (board.height(), rows)))
    return [
        QRect(board.left() + i % columns * (wide + _GAP), board.top() + i // columns * (high + _GAP), wide, high)
        for i in range(count)
    ]


def _room(count: int, size: QSize, around: int, columns: int) -> float:
    """Return how large the planes are in so many columns, by their shorter side; they may be wider than high."""
    return min(size.width() / columns, _WIDER * (size.height() / -(-count // columns) - fonts.scaled(around)))
