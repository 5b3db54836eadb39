"""What the learner's hand does to a sentence: types one, moves its chips, takes them out, puts zeros between them.

What is made so flows through the net in place of a sentence of the data, and is never learned from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit

from core.data.sentences import Words, words_of
from core.embedding.sentence import PAD
from core.embedding.settings import data_of
from core.run.explanation import Focus
from playground.tab.toggles import button
from playground.tab.topic_tab import TopicTab
from playground.topics.embedding.ribbon import Ribbon
from playground.topics.embedding.vote_table import VoteTable
from widgets.base import fonts, icons
from widgets.base.manners import Manners
from widgets.grids.board import GridBoard
from widgets.grids.board_keys import WAYS, Act, BoardKeys

_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = Qt.KeyboardModifier.NoModifier
_LONGEST = 200  # characters of a sentence that is typed
_WIDE, _OUT = 150, 70.0  # px of the field; px to the side at which a chip has left the ribbon


class SentenceHand(QObject):
    """The words put together by hand, the field they are typed into, and how ribbon and table make others of them."""

    def __init__(self, tab: TopicTab, ribbon: GridBoard, votes: GridBoard) -> None:
        super().__init__(tab)
        self._tab, self._ribbon, self._votes = tab, ribbon, votes
        self.words: Words = ()  # none: a sentence of the data flows
        self._taken: int | None = None  # the line whose chip the pointer holds
        self._is_out = False
        self.field, self.back = QLineEdit(), button("sentence.back")
        self.field.setObjectName("sentence.typed")
        self.field.setMaxLength(_LONGEST)
        self.field.setFixedWidth(fonts.scaled(_WIDE))
        Manners(self.field)
        self.back.setIcon(icons.icon("undo-2", "muted"))
        self.back.hide()

    def react(self) -> None:
        """Follow the mouse and the keys."""
        self.field.textEdited.connect(lambda text: self._put(words_of(text)))
        self.back.clicked.connect(self.let_go)
        self._ribbon.pressed.connect(lambda name, *_: self._take(name))
        self._ribbon.dragged.connect(lambda name, *_: self._drag(name))
        self._ribbon.moved.connect(self._pull)
        self._ribbon.released.connect(self._release)
        self._votes.opened.connect(lambda *_: self._put(self._picture().tokens))
        BoardKeys(self._ribbon, partial(self._act_of, self._act_on_chips))
        BoardKeys(self._votes, partial(self._act_of, self._act_on_votes))

    def name(self, hint: str, tip: str, back: str) -> None:
        """Give the field and the button their words."""
        self.field.setPlaceholderText(hint)
        self.field.setToolTip(tip)
        self.field.setAccessibleName(hint)
        self.back.setToolTip(back)
        self.back.setAccessibleName(back)

    def let_go(self) -> None:
        """Let a sentence of the data flow again."""
        self.field.clear()
        self._put(())

    def _put(self, words: Words) -> None:
        """Let these words flow; without any a sentence of the data does."""
        if words != self.words:
            self.words = words
            self.back.setVisible(bool(words))
            self._tab.catch_up()
            self._tab.status.emit(self._picture().left_out)

    def _put_chips(self, words: Words) -> None:
        self._put(words)
        self.field.setText(self._picture().sentence.text if words else "")

    def _picture(self) -> Ribbon:
        return Ribbon(self._tab.view(), self._tab.texts)

    # ---- the mouse

    def _take(self, name: str) -> None:
        self._taken, self._is_out = self._picture().line_of(name), False

    def _drag(self, name: str) -> None:
        to = self._picture().line_of(name)
        if self._taken is not None and to is not None and to != self._taken:
            self._move(self._taken, to)
            self._taken = to

    def _pull(self, right: float, _down: float) -> None:
        self._is_out = abs(right) > _OUT

    def _release(self) -> None:
        taken, self._taken = self._taken, None
        if taken is not None and self._is_out:
            self._take_out(taken)

    # ---- chips

    def _move(self, chip: int, to: int) -> None:
        words = list(self._picture().tokens)
        words.insert(to, words.pop(chip))
        self._put_chips(tuple(words))

    def _take_out(self, chip: int) -> None:
        tokens = self._picture().tokens
        self._put_chips((*tokens[:chip], *tokens[chip + 1 :]))

    def _put_pad(self, chip: int) -> None:
        tokens = self._picture().tokens
        self._put_chips((*tokens[:chip], PAD, *tokens[chip:]))

    # ---- the keys

    def _act_of(
        self, own: Callable[[Qt.Key, Qt.KeyboardModifier], Act | None], key: Qt.Key, held: Qt.KeyboardModifier
    ) -> Act | None:
        """F2 leads to the field, the page keys to the sentence before or behind; all else is a board's own."""
        if held == _PLAIN and key == Qt.Key.Key_F2:
            return partial(self.field.setFocus, Qt.FocusReason.ShortcutFocusReason)
        if held == _PLAIN and key in _PAGES:
            return partial(self.turn, _PAGES[key])
        return own(key, held)

    def turn(self, by: int) -> None:
        """Let the sentence before or behind flow, of those held out if there are any."""
        data, at = data_of(self._tab.run.params), self._picture().chosen.sentence
        all_of_them = data.test if data.test.size else np.arange(len(data.texts))
        to = int(np.searchsorted(all_of_them, at)) + by
        self.let_go()
        self._tab.choose(Focus("sentence", (int(all_of_them[min(max(0, to), len(all_of_them) - 1)]),)))

    def _act_on_chips(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Act | None:
        picture = self._picture()
        chip = picture.line_of(f"word {picture.chosen.place}")
        if held == _PLAIN and key in WAYS and (WAYS[key][0] or self._tab.pinned()):
            return partial(self._go_to, picture.chosen.place + sum(WAYS[key]))
        if chip is None or not self._tab.pinned():
            return None
        if held == Qt.KeyboardModifier.AltModifier and key in WAYS:
            return partial(self._carry, chip, sum(WAYS[key]))
        if held == _PLAIN and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return partial(self._take_out, chip)
        return partial(self._put_pad, chip) if held == _PLAIN and key == Qt.Key.Key_Insert else None

    def _go_to(self, place: int) -> None:
        picture = self._picture()
        self._tab.choose(picture.focus_at(min(max(0, place), picture.params.input_length - 1)))

    def _carry(self, chip: int, by: int) -> None:
        """Move a chip past the next, and stay with it."""
        lines = self._picture().lines
        to = min(max(0, chip + by), len(lines) - 1)
        self._move(chip, to)
        if (place := self._picture().lines[to].place) is not None:
            self._go_to(place)

    def _act_on_votes(self, key: Qt.Key, held: Qt.KeyboardModifier) -> Act | None:
        """Arrows go from vote to vote; Return lets the word that is tried at a place stay there."""
        if held != _PLAIN:
            return None
        if key in WAYS and (WAYS[key][0] or self._tab.pinned()):
            table = VoteTable(self._tab.view(), self._tab.texts)
            return partial(self._tab.choose, table.beside(*WAYS[key], float(self._votes.height())))
        focus = self._tab.focus
        is_tried = focus is not None and focus.kind == "vote"
        return partial(self._put, self._picture().tokens) if is_tried and key in _RETURN else None
