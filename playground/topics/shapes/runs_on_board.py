"""The runs that are compared on one board, below or beside each other in equal parts, each under its letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from playground.playback.view import View
from playground.tab.marked import runs_in
from widgets.base.letters import SIDE, paint_letter
from widgets.grids.board import Arrange, Caption, Item
from widgets.grids.grid import Placed

_GAP, _ROOM = 16.0, SIDE + 8.0  # px between two parts, and left of each for its letter
_WIDE = 320.0  # px that a part wants to stand beside others


@dataclass(frozen=True)
class Letter:
    """The square of a run, filled for the one in front."""

    centre: QPointF
    letter: str
    is_front: bool

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        paint_letter(painter, self.centre, self.letter, self.is_front)


@dataclass(frozen=True)
class Moved:
    """Anything that paints itself, at another place."""

    item: Item
    by: QPointF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        assert not isinstance(self.item, Placed)
        painter.save()
        painter.translate(self.by)
        self.item.paint(painter)
        painter.restore()


def arranged(view: View, picture: Callable[[View], Arrange]) -> Arrange:
    """Return how the picture of a view is arranged, with those of the runs that are compared in parts of their own."""
    runs = sorted(runs_in(view), key=lambda run: run.letter)
    if len(runs) < 2 or view.options.get("runs") == "only":
        return picture(view)

    def arrange(width: float, height: float) -> Sequence[Item]:
        across = width >= len(runs) * _WIDE
        wide = (width - (len(runs) - 1) * _GAP) / len(runs) if across else width
        high = height if across else (height - (len(runs) - 1) * _GAP) / len(runs)
        items: list[Item] = []
        for i, run in enumerate(runs):
            left, top = (i * (wide + _GAP), 0.0) if across else (0.0, i * (high + _GAP))
            is_front = run.letter == view.letter
            items.append(Letter(QPointF(left + SIDE / 2 + 2, top + SIDE / 2 + 4), run.letter, is_front))
            by = QPointF(left + _ROOM, top)
            items += [_moved(item, by, is_front) for item in picture(run)(wide - _ROOM, high)]
        return items

    return arrange


def _moved(item: Item, by: QPointF, is_front: bool) -> Item:
    """Return an item at its place; what can be pointed at is that of the run in front."""
    if isinstance(item, Placed):
        return replace(item, name=item.name if is_front else "", left=item.left + by.x(), top=item.top + by.y())
    if isinstance(item, Caption):
        return replace(item, x=item.x + by.x(), y=item.y + by.y())
    return Moved(item, by)
