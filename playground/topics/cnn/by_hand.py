"""What the learner's hand does to the digit: push it by its buttons, the mouse or the arrows, and draw one."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import Qt

from core.cnn.algorithm import shown
from core.cnn.settings import Params
from core.data.digits import COUNT, SIDE, digits
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.run import Run
from playground.topics.cnn.digit_pad import DIGIT, HELD, PUSHES, pushed_on
from playground.topics.cnn.walk import beside
from widgets.grids.board import GridBoard
from widgets.grids.board_keys import WAYS, Act, BoardKeys

Cell = tuple[int, int]
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_DARKEST = 9.0  # a key of a figure makes the cell so many ninths ink


class Held(Protocol):
    """What it asks of the tab it belongs to."""

    focus: Focus | None
    run: Run

    def choose(self, focus: Focus | None) -> None: ...
    def zoom_to(self, cell: Focus | None) -> None: ...
    def set_parameter(self, name: str, value: Any, final: bool = True) -> None: ...


class DigitHand:
    """The hand of a tab on a board: `draws` says whether it holds the pencil."""

    def __init__(self, tab: Held, board: GridBoard) -> None:
        self._tab, self._board = tab, board
        self._taken: Cell | None = None  # the cell of the unpushed digit that the pointer holds
        self._stroke: Floats | None = None  # the picture while it is drawn on
        self._last: Cell | None = None  # the cell of the stroke that the next line begins at
        self._ink = 1.0
        self.draws = False
        board.pressed.connect(self._press)
        board.dragged.connect(self._drag)
        board.released.connect(self._release)
        BoardKeys(board, self._act_of, self._enter)

    @property
    def _params(self) -> Params:
        params: Params = self._tab.run.params
        return params

    def take_pencil(self, on: bool) -> None:
        """Take the pencil in hand, on the first cell, or lay it down."""
        self.draws = on
        self._board.set_drawable(frozenset({DIGIT} if on else ()))
        if on:
            self._board.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tab.choose(Focus("pixel", (0, 0)))
        elif self._tab.focus and self._tab.focus.kind == "pixel":
            self._tab.choose(None)

    def click(self, name: str, cell: Cell) -> bool:
        """Follow a click on the digit or a button beside it; False where it was neither."""
        if name in PUSHES:
            self.push(PUSHES[name])
        elif name == DIGIT:
            self._tab.choose(Focus("pixel", cell) if self.draws else HELD)
        return name in PUSHES or name == DIGIT

    def push(self, by: Cell) -> None:
        """Push the digit so many rows down and columns to the right."""
        self._tab.set_parameter("push", pushed_on(self._params.push, by))

    def show_digit(self, digit: int) -> None:
        """Show another of all digits, in place of a picture too."""
        if self._params.picture is not None:
            self._tab.set_parameter("picture", None)
        self._tab.set_parameter("shown", digit % COUNT)

    def turn(self, by: int) -> None:
        """Show the held-out digit before or behind the one shown, round and round."""
        test = digits().test
        at = int(np.searchsorted(test, self._params.shown))
        is_there = at < len(test) and test[at] == self._params.shown
        self.show_digit(int(test[(at + by - (by > 0 and not is_there)) % len(test)]))

    # The mouse.

    def _press(self, name: str, row: int, column: int) -> None:
        down, right = self._params.push
        self._taken = (row - down, column - right) if name == DIGIT and not self.draws else None
        if name == DIGIT and self.draws:
            self._stroke, self._last = shown(self._params).copy(), None
            self._ink = 0.0 if self._stroke[row, column] == 1.0 else 1.0  # over full ink it rubs out
            self._drag(name, row, column)

    def _drag(self, name: str, row: int, column: int) -> None:
        if name != DIGIT:
            return
        if self._stroke is not None:
            before, self._last = self._last or (row, column), (row, column)
            self._stroke[cells_between(before, self._last)] = self._ink
            self._draw(self._stroke.copy(), final=False)
        elif self._taken:
            by = (row - self._taken[0], column - self._taken[1])
            self._tab.set_parameter("push", pushed_on((0, 0), by), final=False)

    def _release(self) -> None:
        if self._stroke is not None:
            self._draw(self._stroke)
        elif self._taken:
            self._tab.set_parameter("push", list(self._params.push))
        self._taken = self._stroke = None

    def _draw(self, picture: Floats, final: bool = True) -> None:
        """Show a picture of one's own; what was pushed is drawn on where it lies."""
        if any(self._params.push):
            self._tab.set_parameter("push", [0, 0], final)
        self._tab.set_parameter("picture", picture.tolist(), final)

    def clear(self) -> None:
        """Take a blank sheet."""
        self._draw(np.zeros((SIDE, SIDE)))

    # The keys.

    def _enter(self) -> None:
        """Take the digit in hand when the focus comes to the board by Tab."""
        if self._tab.focus is None:
            self._tab.choose(HELD)

    def _act_of(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Act | None:
        """Return what a key does to what is chosen; None for one that is the window's."""
        focus, plain = self._tab.focus, held == Qt.KeyboardModifier.NoModifier
        if focus is None or not (plain or held == Qt.KeyboardModifier.ShiftModifier):
            return None
        if plain and focus == HELD and (act := self._push_by(key)):
            return act
        if plain and focus.kind == "pixel" and (act := self._draw_by(key, focus)):
            return act
        if plain and focus.kind == "cell" and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return partial(self._tab.zoom_to, focus)
        there = beside(focus, self._params, key, is_deep=not plain)
        return partial(self._tab.choose, there) if there else None

    def _push_by(self, key: Qt.Key) -> Act | None:
        if key in WAYS:
            return partial(self.push, WAYS[key])
        if key in _PAGES:
            return partial(self.turn, _PAGES[key])
        return partial(self._tab.set_parameter, "push", [0, 0]) if key == Qt.Key.Key_Home else None

    def _draw_by(self, key: Qt.Key, at: Focus) -> Act | None:
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return self.clear
        figure = int(key) - int(Qt.Key.Key_0)
        if not 0 <= figure <= _DARKEST:
            return None
        picture = shown(self._params).copy()
        picture[at.at] = figure / _DARKEST
        return partial(self._draw, picture)


def cells_between(first: Cell, last: Cell) -> tuple[Any, Any]:
    """Return rows and columns of the straight line from one cell to another: a fast mouse passes over cells."""
    count = 1 + max(abs(b - a) for a, b in zip(first, last, strict=True))
    rows, columns = (np.rint(np.linspace(a, b, count)).astype(np.intp) for a, b in zip(first, last, strict=True))
    return rows, columns
