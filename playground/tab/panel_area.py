"""The middle of a tab: one big picture and up to two decks of small plots, and how they share the room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from widgets.base import fonts, layouts
from widgets.cards.card import Card
from widgets.cards.tabbed_card import TabbedCard

_GAP = 12
_STACKABLE = 460  # px of height from which a deck can stand below the big card
_NARROW = 280  # px under which two small plots side by side share one card
_CLEARLY = 12  # px more that they need to part again


@dataclass(frozen=True)
class Sharing:
    """How the big picture of a tab and the decks of small ones beside it share the room."""

    share: tuple[int, int] = (58, 42)  # of the width, for the big picture and for the decks
    decks: int = 2  # in which the small pictures stand; on one they have the whole height
    over: bool = False  # whether the big picture has the whole width, and the decks stand side by side below it
    low: int = 156  # px of height under which two of them share a card
    folds: int = 0  # px of width under which the big picture is the first page of the one deck


class PanelArea(QWidget):
    """A big card at the left, two decks at the right; any of them can fill the whole. Without small plots it does."""

    folded = Signal()  # the big card became a page of the deck, or stands beside it again
    parted = Signal()  # pages of the decks moved into one card, or apart
    asks_for_all = Signal(bool)  # a card that fills this already wants the room beside it, too

    def __init__(
        self,
        big: Card,
        small: Sequence[QWidget],
        sharing: Sharing = Sharing(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.big, self._sharing = big, sharing
        self.first, self.second = TabbedCard(), TabbedCard()
        self._lone = small[0] if small else None
        self._is_shared = self._moving = self.is_folded = False
        self._wanted = self._lone  # the small plot that was brought forward last
        self._small: QWidget | None = None  # the last of those that never stand alone
        self._enlarged: Card | None = None
        self._alone: QWidget | None = None  # the small plot whose deck has all the room, beside or below the big card
        self._below = False
        for place, page in enumerate(small):
            (self.second if place else self.first).add_page(page)
        self._right = QWidget()
        self._arrange()
        for card in self.cards():
            card.enlarge_requested.connect(lambda card=card: self.enlarge(card))
        for deck in (self.first, self.second):
            deck.page_changed.connect(self._note)
            deck.page_changed.connect(self._note_small)
        self._show()
        if sharing.decks == 1:
            self._fit(0)

    def _arrange(self) -> None:
        together = layouts.row if self._sharing.over else layouts.column
        column = self._column = together(self.first, self.second, spacing=_GAP, on=self._right)
        row = self._row = layouts.row(self.big, self._right, spacing=_GAP, on=self)
        for place, share in enumerate(self._sharing.share):
            column.setStretch(place, 1)
            row.setStretch(place, share)

    def cards(self) -> tuple[Card, ...]:
        """All cards, the big one first."""
        return self.big, self.first, self.second

    def deck_of(self, page: QWidget) -> TabbedCard:
        """The deck a small plot stands in now."""
        return self.first if page in self.first.pages() else self.second

    @property
    def has_decks(self) -> bool:
        """Whether small plots stand beside the big card."""
        return self._lone is not None and not self.is_folded

    @property
    def lead(self) -> Card:
        """The card whose header the big picture has now."""
        return self.second if self.is_folded else self.big

    def add_page(self, page: QWidget) -> None:
        """Put one more page onto the last deck, in front."""
        self.second.add_page(page)
        self.bring_forward(page)
        self._show()

    def take_page(self, page: QWidget) -> None:
        """Take a page away that was put there."""
        self.second.take_page(page)
        self._show()

    def bring_forward(self, page: QWidget) -> None:
        """Show a small plot; it stays in front when the small plots come to share a card. Or the big card."""
        if page is not self.big:
            self._wanted = page
        if page is not self.big or self.is_folded:
            self.deck_of(page).show_page(page)

    def _note(self, page: QWidget) -> None:
        if not self._moving and page is not self.big:
            self._wanted = page

    def _note_small(self, page: QWidget) -> None:
        if not self._moving and page is not self._lone:
            self._small = page

    def set_page_title(self, page: QWidget, short: str, title: str, subtitle: str = "", hint: str = "") -> None:
        """Set the words over a small plot: on its tab, as its title, and beside it."""
        self.deck_of(page).set_page_title(page, short, title, subtitle, hint)

    def enlarge(self, card: Card) -> None:
        """Let a card fill the whole, or bring all back if it does."""
        if self.is_folded:  # it fills the whole
            return
        self._fill(None if self._enlarged is card else card)
        self._show()
        if self._lone is None:
            self.asks_for_all.emit(self._enlarged is card)

    def _fill(self, card: Card | None) -> None:
        self._enlarged = card
        for other in self.cards():
            other.set_enlarged(other is card)

    def give_room(self, page: QWidget | None, below: bool = False) -> None:
        """Let a small plot have all the room beside the big card, or below it over the full width; None: as before.

        Below only where that is high enough.
        """
        if (page, below) != (self._alone, self._below):
            self._alone, self._below = page, below
            self._show()
            if page:
                self.deck_of(page).show_page(page)

    def shrink(self) -> bool:
        """Bring all cards back, if one fills the whole; False if none does."""
        if self._enlarged is None:
            return False
        self.enlarge(self._enlarged)
        return True

    def enlarge_under(self, widget: QWidget | None) -> None:
        """Enlarge the card a widget lies in; nothing happens if it lies in none."""
        while widget is not None and widget not in self.cards():
            widget = widget.parentWidget()
        if isinstance(widget, Card):
            self.enlarge(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.height())
        self._fold(self.width() < fonts.scaled(self._sharing.folds))
        if self._below:
            self._show()
        self._column.update()  # decks that part amid a resize would keep heights of two sizes and lie on each other

    def _fold(self, folded: bool) -> None:
        """Let the big card be the first page of the deck, in front, or stand beside it again."""
        if self._moving or folded == self.is_folded:
            return
        self.shrink()
        self._moving, self.is_folded = True, folded
        lender, taker = (self.big, self.second) if folded else (self.second, self.big)
        if folded:
            self.second.add_page(self.big, 0)
        else:
            self.second.take_page(self.big)
            self._row.insertWidget(0, self.big, self._sharing.share[0])
        lender.lend_controls(taker)
        self.big.set_bare(folded)
        self.second.set_enlargeable(not folded)
        self.bring_forward(self._alone or (self.big if folded else self._wanted) or self.big)
        self._moving = False
        self._show()
        self.folded.emit()

    def _fit(self, height: int) -> None:
        """Let the small plots share one card where each would be too low, or too narrow side by side."""
        least = _NARROW if self._sharing.over else self._sharing.low + 36
        if self._is_shared:
            least += _CLEARLY  # lines of numbers come and go: plots should not
        room = self.width() if self._sharing.over else height
        is_shared = self._sharing.decks == 1 or (room - _GAP) / 2 < least
        if self._moving or is_shared == self._is_shared or self._lone is None:
            return  # a page that moves may lay out the window anew: it must not set out again on its way
        front = self._enlarged.current() if isinstance(self._enlarged, TabbedCard) else None
        self._is_shared, self._moving = is_shared, True
        now, before = (self.second, self.first) if is_shared else (self.first, self.second)
        now.adopt(self._lone, before, 0)
        for page in (self._small, self._wanted, self._alone, front):  # all as the decks part, the last as they meet
            if page:
                self.deck_of(page).show_page(page)
        if front:  # it fills the whole in the card that it stands in now
            self._fill(self.deck_of(front))
        self._moving = False
        self._show()
        self.parted.emit()

    def _show(self) -> None:
        one, alone = self._enlarged, self.deck_of(self._alone) if self._alone else None
        is_below = self._sharing.over or (self._below and self.height() >= _STACKABLE)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if is_below else QBoxLayout.Direction.LeftToRight)
        if not self.is_folded:
            self.big.setVisible(one in (None, self.big))
        self._right.setVisible(one is not self.big and self._lone is not None)
        self.first.setVisible(one in (None, self.first) and alone is not self.second and not self._is_shared)
        has_second = alone is not self.first and bool(self.second.pages())
        self.second.setVisible(one in (None, self.second) and has_second)
