"""What the learner does in the film: cells and bars pointed at and chosen, the second cursor dragged, keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox

from core.rnn.explained import Chosen
from core.run.explanation import Focus
from playground.playback.view import View
from playground.tab.topic_tab import TopicTab
from playground.topics.rnn.film import Film, cell_of
from widgets.base.manners import Manners
from widgets.grids.board import GridBoard
from widgets.grids.board_keys import WAYS, Act, BoardKeys

_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class FilmHands(QObject):
    """Leads from the film and the list of sequences to what the tab shows; `point_at` tells of what is pointed at."""

    def __init__(self, tab: TopicTab, board: GridBoard, sequences: QComboBox, point_at: Callable[[Focus | None], None]):
        super().__init__(tab)
        self._tab, self._board, self._sequences, self._point_at = tab, board, sequences, point_at
        Manners(sequences)
        board.hovered.connect(lambda *cell: point_at(self._cell(*cell)))
        board.left.connect(lambda: point_at(None))
        board.clicked.connect(lambda *cell: self._choose(self._cell(*cell)))
        board.pressed.connect(self._take_cursor)
        board.dragged.connect(self._drag_cursor)
        board.released.connect(self._let_go)
        BoardKeys(board, self._key)
        sequences.activated.connect(self.show_sequence)
        self._has_cursor = False

    def _film(self) -> Film:
        return Film(self._tab.view(), self._tab.texts)

    def _cell(self, name: str, row: int, column: int) -> Focus | None:
        film = self._film()
        first = film.layout(self._board.width(), self._board.height()).first
        return cell_of(name, row, column, film, first)

    def _choose(self, focus: Focus | None) -> None:
        """Choose a cell, and stand at its time; a lag is chosen as it is."""
        if focus:
            self._tab.pick(focus)
        if focus and focus.kind in ("state", "output"):
            self._tab.show_beat(f"time_{focus.at[1]}")

    # ---- the second cursor

    def _take_cursor(self, name: str, row: int, column: int) -> None:
        self._has_cursor = name == "t"
        self._drag_cursor(name, row, column)

    def _drag_cursor(self, name: str, row: int, column: int) -> None:
        focus = self._cell(name, row, column) if self._has_cursor else None
        if focus and focus.kind in ("state", "output"):
            self._tab.show_beat(f"time_{focus.at[1]}")

    def _let_go(self) -> None:
        self._has_cursor = False

    # ---- sequences

    def show_sequences(self, view: View) -> None:
        """Name the sequences of the batch, and the one that is chosen."""
        words, box, count = self._tab.texts, self._sequences, view.params.batch_size
        with QSignalBlocker(box):
            if box.count() != count or box.itemText(0) != words.get("panels", "sequence").format(n=1):
                box.clear()
                box.addItems([words.get("panels", "sequence").format(n=n + 1) for n in range(count)])
                box.setToolTip(words.get("panels", "sequence_choice"))
                box.setAccessibleName(words.get("panels", "sequence_choice"))
            box.setCurrentIndex(Chosen.of(view.focus, view.params).sequence)

    def show_sequence(self, n: int) -> None:
        """Show another sequence of the batch, at the time and of the unit that were chosen."""
        focus = self._tab.focus
        is_cell = focus is not None and focus.kind in ("state", "output")
        self._tab.choose(Focus(focus.kind, (n, *focus.at[1:])) if focus and is_cell else Focus("sequence", (n,)))

    # ---- keys

    def _key(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Act | None:
        """Page keys go from sequence to sequence; arrows from the cell that is chosen, else up and down along time."""
        if held != Qt.KeyboardModifier.NoModifier:
            return None
        if key in _PAGES:
            return partial(self._turn_to, _PAGES[key])
        if key not in WAYS:
            return None
        down, across = WAYS[key]
        focus = self._tab.focus
        if focus and focus.kind in ("state", "output") and self._film().seen:  # at the start there are no cells
            return partial(self._walk, focus, across, down)
        return partial(self._tab.move_beat, down) if down else None

    def _turn_to(self, by: int) -> None:
        chosen, last = self._film().chosen.sequence, self._tab.run.params.batch_size - 1
        self.show_sequence(min(max(0, chosen + by), last))

    def _walk(self, focus: Focus, across: int, down: int) -> None:
        """Go to the cell beside the one that is chosen."""
        film, (i, t, j) = self._film(), focus.at
        rows = film.params.units if focus.kind == "state" else len(film.outputs)
        there = min(max(0, t + across), film.params.length - 1), min(max(0, j + down), rows - 1)
        self._choose(Focus(focus.kind, (i, *there)))
