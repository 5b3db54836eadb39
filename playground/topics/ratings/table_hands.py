"""What the learner does in the table: walk over its cells, type a rating, empty a cell, rate as someone new."""

from __future__ import annotations

from functools import partial
from typing import Protocol

import numpy as np
from PySide6.QtCore import QObject, Qt

from core.ratings.settings import Params
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.run import Run
from playground.playback.view import View
from playground.topics.ratings.rating_table import LENS, NAME, RatingTable
from playground.topics.ratings.shown import Shown
from playground.words.texts import Texts
from widgets.grids.board import GridBoard
from widgets.grids.board_keys import WAYS, Act, BoardKeys
from widgets.grids.cell_editor import CellEditor

_EMPTY = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_PERSON = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)


class Rated(Protocol):
    """What is needed of the tab whose table is changed."""

    texts: Texts
    run: Run

    def view(self) -> View: ...
    def choose(self, focus: Focus | None) -> None: ...
    def set_array(self, name: str, array: Floats, final: bool = True) -> None: ...
    def set_parameter(self, name: str, value: object, final: bool = True) -> None: ...


class TableHands(QObject):
    """Turns keys, double clicks and what is typed into edits of the ratings, or of what the newcomer rated."""

    def __init__(self, tab: Rated, board: GridBoard) -> None:
        super().__init__(board)
        self._tab, self._board = tab, board
        self.editor = CellEditor(board)
        self.editor.edited.connect(self._type)
        self.editor.given_up.connect(tab.run.undo)
        self.editor.moved_on.connect(self._move_on)
        board.opened.connect(self.open)
        board.clicked.connect(self._rate)
        BoardKeys(board, self._act_of, self._enter)

    @property
    def _shown(self) -> RatingTable:
        return RatingTable(self._tab.view(), self._tab.texts)

    def rating_at(self, name: str, row: int, column: int) -> tuple[int, int] | None:
        """Return person and film of a cell of the board; None where it is of no rating."""
        lens = self._board.placed(LENS)
        focus = self._shown.rating_at(name, row, column, lens.grid.columns if lens else 0)
        return (focus.at[0], focus.at[1]) if focus else None

    # The field over a cell.

    def open(self, name: str, row: int, column: int) -> None:
        """Let a rating be typed where it stands; in a gap the field begins with what the product says."""
        if (at := self.rating_at(name, row, column)) is None:
            return
        shown = self._shown
        value = float(shown.every[at])
        if np.isnan(value):
            vector = shown.new_vector if at[0] == len(shown.now.users) else shown.now.users[at[0]]
            value = round(float(vector @ shown.now.items[:, at[1]]), 1)
        self.editor.open(name, row, column, value)

    def _rate(self, name: str, row: int, column: int) -> None:
        """Open the field by one click in the row of the newcomer, which is there to be filled."""
        at = self.rating_at(name, row, column)
        if at and at[0] == len(self._shown.now.users) and not self._tab.view().covered:
            self.open(name, row, column)

    def _type(self, name: str, row: int, column: int, value: float, final: bool) -> None:
        if at := self.rating_at(name, row, column):
            self.rate(at, value, final)

    def _move_on(self, name: str, row: int, column: int, by: int) -> None:
        placed = self._board.placed(name)
        if placed and 0 <= column + by < placed.grid.columns:
            self.open(name, row, column + by)

    def rate(self, at: tuple[int, int], value: float, final: bool = True) -> None:
        """Give a person's rating of a film another value; nan empties it."""
        shown = self._shown
        if at[0] == len(shown.now.users):
            film = at[1]
            others = [list(rated) for rated in shown.params.newcomer if rated[0] != film]
            own = [] if np.isnan(value) else [[film, value]]
            self._tab.set_parameter("newcomer", sorted([*others, *own]), final)
            return
        changed = shown.now.given.with_gaps
        changed[at] = value
        self._tab.set_array("ratings", changed, final)

    # Keys.

    def _enter(self) -> None:
        if self._at() is None:
            self._go((Shown(self._tab.view(), self._tab.texts).user, 0))

    def _at(self) -> tuple[int, int] | None:
        match self._tab.view().focus:
            case Focus("rating", (i, j)):
                return i, j
        return None

    def _go(self, at: tuple[int, int]) -> None:
        n, m = self._shown.every.shape
        self._tab.choose(Focus("rating", (min(max(0, at[0]), n - 1), min(max(0, at[1]), m - 1))))

    def _act_of(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Act | None:
        params: Params = self._tab.run.params
        if params.model != "factors" or held != Qt.KeyboardModifier.NoModifier:
            return None
        at = self._at()
        if key in WAYS or key in _PERSON:
            down, right = WAYS.get(key, (_PERSON.get(key, 0), 0))
            begin = at or (self._shown.user, 0)
            return partial(self._go, (begin[0] + down, begin[1] + right) if at or key in _PERSON else begin)
        if at is None:
            return None
        if key in _EMPTY:
            return partial(self.rate, at, float("nan"))
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            return partial(self.rate, at, float(int(key) - int(Qt.Key.Key_0)))
        return partial(self._open_at, at) if key in _OPEN else None

    def _open_at(self, at: tuple[int, int]) -> None:
        lens = self._board.placed(LENS)
        first = self._shown.lens_from(lens.grid.columns) if lens else 0
        self.open(*((LENS, 0, at[1] - first) if lens else (NAME, *at)))
