"""The runs that are compared on one board, beside or below each other in equal parts, each under its letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import floor
from typing import ClassVar

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter, QPen

from playground.playback.view import View
from playground.tab.marked import runs_in
from widgets.base import theme
from widgets.base.letters import SIDE
from widgets.grids.board import Arrange, Caption, Hittable, Item, Painted, Spot
from widgets.grids.board_lines import Pages
from widgets.grids.board_series import RunLetter
from widgets.grids.grid import Placed


@dataclass(frozen=True)
class Parts:
    """How the runs share a board: `gap` px between two, `margin` px left of each for its letter, or in its corner.

    Those that would be narrower than `least` px stand below each other.
    """

    gap: float
    margin: float = 0.0
    least: float = 0.0

    def rooms(self, count: int, width: float, height: float) -> list[QRectF]:
        """Return where so many runs stand, with their margins."""
        wide, high = floor((width - (count - 1) * self.gap) / count), (height - (count - 1) * self.gap) / count
        if width >= count * self.least:
            return [QRectF(i * (wide + self.gap), 0, wide, height) for i in range(count)]
        return [QRectF(0, i * (high + self.gap), width, high) for i in range(count)]


PAGES = Parts(16.0, SIDE + 8.0, 320.0)
STACKS = Parts(20.0)


@dataclass(frozen=True)
class Rule:
    """A thin line between two runs."""

    still: ClassVar[bool] = True
    line: QLineF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setPen(QPen(theme.current().color("border"), 1.0))
        painter.drawLine(self.line)


@dataclass(frozen=True)
class Moved:
    """Anything that paints itself, at another place."""

    item: Painted
    by: QPointF

    @property
    def still(self) -> bool:
        """Whether it is the same from step to step."""
        return getattr(self.item, "still", False)

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.translate(self.by)
        self.item.paint(painter)
        painter.translate(-self.by)


@dataclass(frozen=True)
class MovedCells(Moved):
    """One that has cells to point at, at another place."""

    item: Hittable

    @property
    def name(self) -> str:
        """The name it is told by."""
        return self.item.name

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point of the board, None outside."""
        return self.item.cell_at(x - self.by.x(), y - self.by.y())


def arranged(view: View, picture: Callable[[View], Arrange], parts: Parts = PAGES) -> Arrange:
    """Return how the picture of a view is arranged, with those of the runs that are compared in parts of their own."""
    runs = sorted(runs_in(view), key=lambda run: run.letter)
    if len(runs) < 2 or view.options.get("runs") == "only":
        return picture(view)
    arrangements = {run.letter: picture(run) for run in runs}
    return lambda width, height: list(placed(arrangements, view.letter, parts, QRectF(0, 0, width, height)))


def placed(runs: Mapping[str, Arrange], front: str, parts: Parts, board: QRectF) -> Iterator[Item]:
    """Place what each run arranges in a part of the board, by letter."""
    rooms = parts.rooms(len(runs), board.width(), board.height())
    for (letter, arrange), room in zip(runs.items(), rooms, strict=True):
        by, is_front = QPointF(room.left() + parts.margin, room.top()), letter == front
        for item in arrange(room.width() - parts.margin, room.height()):
            if is_front or not isinstance(item, Spot):
                yield _moved(item, by, is_front)
        x = room.left() + SIDE / 2 + 2 if parts.margin else room.right() - SIDE / 2 - 12
        yield RunLetter(QPointF(x, room.top() + SIDE / 2 + 2), letter, is_front, still=True)
        if room.left():
            middle = room.left() - parts.gap / 2
            yield Rule(QLineF(middle, 4, middle, board.height() - 4))


def _moved(item: Item, by: QPointF, is_front: bool) -> Item:
    """Return an item at its place; what can be pointed at is that of the run in front."""
    if isinstance(item, Placed):
        return replace(item, name=item.name if is_front else "", left=item.left + by.x(), top=item.top + by.y())
    if isinstance(item, Caption):
        return replace(item, x=item.x + by.x(), y=item.y + by.y())
    if isinstance(item, Spot | Pages):
        return replace(item, rect=item.rect.translated(by))
    if is_front and isinstance(item, Hittable):
        return MovedCells(item, by)
    return Moved(item, by) if by else item
