"""What the learner does to the stack by hand: axes pulled longer, layers moved, taken out and added, cells walked over.

A change by hand keeps the step in view. One that does not fit is shown as a misfit, and the stack that works stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from core.nn.layers import written
from core.run.explanation import Focus
from core.shapes.cells import can_be_followed
from core.shapes.changes import LONGEST, NEW, added, moved, owner_of, resized, without
from core.shapes.explained import asked
from core.shapes.settings import Params
from playground.playback.view import View
from playground.tab.toggles import button
from playground.topics.shapes.stack_axes import axes_drawn
from playground.topics.shapes.stack_board import Picture
from playground.topics.shapes.stack_status import words_of
from playground.topics.shapes.stack_walk import led_to
from playground.words.texts import Texts
from widgets.form.text_rows import TextRows
from widgets.grids.board import GridBoard
from widgets.grids.board_keys import Act, BoardKeys

_LIFTED = 8.0  # px that a layer must be dragged to be moved
_DEEP = 10.0  # px that a channel more takes
_COARSE = 10  # places at once with Shift
_BY = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_UPRIGHT = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_PLAIN, _SHIFT, _ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@dataclass(frozen=True)
class Grip:
    """What is held: a layer, or the end of an axis; and the stack as it was when it was taken hold of."""

    params: Params
    k: int
    axis: int = 0  # 0: the layer
    size: int = 0  # of the axis, as it is pulled to
    unit: float = 1.0  # px of one place on the axis
    down: bool = False


class Held(Protocol):
    """What is needed of the tab whose stack is changed."""

    texts: Texts
    focus: Focus | None

    @property
    def shown_params(self) -> Params:
        """The stack that is shown."""

    def view(self) -> View:
        """Return what is in view."""

    def catch_up(self) -> None:
        """Show all anew."""

    def pick(self, focus: Focus | None) -> None:
        """Follow a click: it may answer a question."""

    def choose(self, focus: Focus | None) -> None:
        """Choose what is spoken of."""

    def take_stack(self, params: Params, focus: Focus | None = None, final: bool = True) -> None:
        """Take changed layers."""

    def cure(self, cured: Params) -> None:
        """Take what makes the layers fit."""


class StackHands(QObject):
    """Turns gestures on the board into changes of the stack, and follows what is chosen in the form."""

    pointed = Signal(object)  # the Focus under the pointer, or None
    said = Signal(str)  # words for the status bar

    def __init__(self, tab: Held, board: GridBoard) -> None:
        super().__init__(board)
        self._tab, self._board = tab, board
        self._grip: Grip | None = None
        self._pulled = 0  # the size to which the axis in hand was pulled last
        self._table: TextRows | None = None
        self.turned: tuple[int, int, Focus | None] | None = None  # so many layers further down, at that step and focus
        self.carried: tuple[int, int] | None = None  # the layer that is being moved, and to which place
        self.add = button("set.layer")
        self.add.clicked.connect(lambda: self._offer(self.add.mapToGlobal(QPoint(0, self.add.height()))))
        board.hovered.connect(self._point)
        board.left.connect(self._leave)
        board.clicked.connect(self._click)
        board.pressed.connect(self._take)
        board.moved.connect(self._drag)
        board.released.connect(self._let_go)
        board.turned.connect(self._turn)
        BoardKeys(board, self._act_of)

    @property
    def _picture(self) -> Picture:
        return Picture(self._tab.view(), self._tab.texts)

    # Pointing and choosing.

    def _point(self, name: str, row: int, column: int) -> None:
        if not self._grip:
            self.pointed.emit(self._picture.focus_at(name, row, column))
            picture = self._picture
            self.said.emit("" if picture.view.covered else words_of(picture))

    def _leave(self) -> None:
        if not self._grip:
            self.pointed.emit(None)
            self.said.emit("")

    def _click(self, name: str, row: int, column: int) -> None:
        kind, _, number = name.partition(" ")
        picture = self._picture
        if kind == "cure" and picture.misfit:
            self._tab.cure(picture.misfit.cures[int(number)].params)
        elif focus := picture.focus_at(name, row, column):
            self._tab.pick(focus)

    def join(self, table: TextRows) -> None:
        """Let the table of layers in the form follow what is chosen, and choose."""
        self._table = table
        table.chosen.connect(self._choose_row)

    def _choose_row(self, row: int) -> None:
        if row >= 0 and self._table and self._table.hasFocus():
            self._tab.choose(Focus("layer", (row + 1,)))

    def follow(self, focus: Focus | None) -> None:
        """Show the settings of the layer that is chosen, or made what is."""
        if self._table and focus and focus.kind in ("layer", "cell", "axis") and not self._table.hasFocus():
            self._table.setCurrentIndex(self._table.model().index(max(0, focus.at[0] - 1), 0))

    def _turn(self, by: int) -> None:
        """Show other layers where not all have room, until another step or thing is looked at."""
        plan, view = self._picture.plan(self._board.width(), self._board.height()), self._tab.view()
        goes_on = plan.first > 0 if by < 0 else plan.last < len(self._picture.made.layers)
        if goes_on:
            before = self.turned[0] if self.turned and self.turned[1:] == (view.t, view.focus) else 0
            self.turned = before + by, view.t, view.focus
            self._tab.catch_up()

    # Dragging.

    def _take(self, name: str, _row: int, _column: int) -> None:
        """Take hold of a layer, or of the end of an axis."""
        match Focus.of(name):
            case Focus("joint", (k,)):
                self._grip = Grip(self._tab.shown_params, k)
            case Focus("end", (k, axis)):
                self._grip, self._pulled = self._grip_of(k, axis), 0

    def _grip_of(self, k: int, axis: int) -> Grip:
        picture = self._picture
        size = written(picture.made.shapes[k])[axis] or 1
        plan = picture.plan(self._board.width(), self._board.height())
        place = next(place for place in plan.places if place.k == k)
        across, down, _ = axes_drawn(len(picture.made.shapes[k]))
        lengths = {across: place.right - place.left, down: place.bottom - place.top}
        unit = lengths.get(axis, _DEEP * size) / size
        return Grip(self._tab.shown_params, k, axis, size, unit, axis == down)

    def _drag(self, right: float, down: float) -> None:
        grip = self._grip
        if grip and grip.axis:
            self._pull(grip, down if grip.down else right)
        elif grip and (self.carried or abs(down) > _LIFTED):
            self._carry(grip, down)

    def _pull(self, grip: Grip, way: float) -> None:
        """Let the axis follow the pointer: so many places for so many px."""
        size = max(1, min(LONGEST, round(grip.size + way / grip.unit)))
        if size != (self._pulled or grip.size):
            self._pulled = size
            self._tab.take_stack(resized(grip.params, grip.k, grip.axis, size), final=False)

    def _carry(self, grip: Grip, down: float) -> None:
        joints = self._picture.plan(self._board.width(), self._board.height()).joints
        if grip.k not in joints:
            return
        middle = joints[grip.k] + down
        to = min(joints) + sum(top < middle for k, top in joints.items() if k != grip.k)
        if self.carried != (grip.k, to):
            self.carried = grip.k, to
            self._tab.catch_up()

    def _let_go(self) -> None:
        """End the drag: all of it is one change."""
        grip, carried, self._grip, self.carried = self._grip, self.carried, None, None
        if grip and grip.axis and self._pulled:
            self._tab.take_stack(resized(grip.params, grip.k, grip.axis, self._pulled))
        elif grip and carried:
            self._move(grip.params, *carried)

    # Layers.

    def _move(self, params: Params, k: int, to: int) -> None:
        if 1 <= to <= len(params.layers):
            self._tab.take_stack(moved(params, k, to), Focus("layer", (to,)))

    def _remove(self, k: int) -> None:
        params = self._tab.shown_params
        if len(params.layers) > 1:
            left = without(params, k, self._picture.made)
            self._tab.take_stack(left, Focus("layer", (min(k, len(left.layers)),)))

    def _offer(self, at: QPoint) -> None:
        """Offer the kinds of layers; the one chosen comes below the layer in hand, or else last."""
        menu = QMenu(self._board)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for layer in NEW:
            menu.addAction(layer.type, partial(self.add_layer, layer.type))
        menu.popup(at)

    def add_layer(self, kind: str) -> None:
        """Add a layer of a kind below the one in hand, or else as the last. Raises StopIteration for no such kind."""
        params, focus = self._tab.shown_params, self._tab.focus
        in_hand = focus is not None and focus.kind in ("layer", "cell", "axis")
        below = min(focus.at[0], len(params.layers)) if focus and in_hand else len(params.layers)
        below = max(1, below)  # above the first there is only what goes in
        self._tab.take_stack(added(params, below, kind), Focus("layer", (below + 1,)))

    # Keys.

    def _act_of(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Act | None:
        if self._tab.view().covered:
            return None
        if key == Qt.Key.Key_Insert and held == _PLAIN:
            return lambda: self._offer(self._board.mapToGlobal(self._board.rect().center()))
        match self._tab.focus:
            case Focus("cell", (k, *at)) if held in (_PLAIN, _SHIFT):
                return self._walk(k, tuple(at), key, held == _SHIFT)
            case Focus("axis", (k, axis)) if key in _BY and key not in _UPRIGHT and held in (_PLAIN, _SHIFT):
                return self._lengthen(k, axis, _BY[key] * (_COARSE if held == _SHIFT else 1))
            case Focus("layer", (k,)):
                return self._act_on_layer(k, key, held)
            case None if key in _UPRIGHT and held == _PLAIN:
                return partial(self._tab.choose, Focus("layer", (max(1, self._tab.view().t),)))
        return None

    def _walk(self, k: int, at: tuple[int, ...], key: Qt.Key, deep: bool) -> Act | None:
        made = self._picture.made
        is_there = asked(made, Focus("cell", (k, *at))) and can_be_followed(made)
        there = led_to(made, k, at, key, deep) if is_there else None
        return partial(self._tab.choose, there) if there else None

    def _is_built(self, k: int) -> bool:
        return k < len(self._picture.made.shapes)

    def _lengthen(self, k: int, axis: int, by: int) -> Act | None:
        made = self._picture.made
        if not asked(made, Focus("axis", (k, axis))) or owner_of(made, k, axis) is None:
            return None
        size = (written(made.shapes[k])[axis] or 0) + by
        return lambda: self._tab.take_stack(resized(self._tab.shown_params, k, axis, size))

    def _act_on_layer(self, k: int, key: Qt.Key, held: Qt.KeyboardModifier) -> Act | None:
        params = self._tab.shown_params
        if k > len(params.layers):  # it was there when it was chosen
            return None
        if key == Qt.Key.Key_Delete and held == _PLAIN:
            return partial(self._remove, k)
        if key in _UPRIGHT and held == _ALT:
            return partial(self._move, params, k, k + _BY[key])
        if key in _BY and held == _ALT:
            last = len(self._picture.made.shapes[k]) - 1 if self._is_built(k) else 0
            return self._lengthen(k, last, _BY[key])
        if key in _UPRIGHT and held == _PLAIN:
            to = min(max(1, k + _BY[key]), len(params.layers))
            return partial(self._tab.choose, Focus("layer", (to,)))
        return None
