"""The stacks of runs that are compared, side by side under their letters; the one in front can be taken hold of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import floor
from typing import ClassVar

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.letters import SIDE, paint_letter
from widgets.grids.board import Arrange, Caption, Item, Painted, Spot
from widgets.grids.board_lines import Pages
from widgets.grids.grid import Placed

_GAP = 20.0  # px between two stacks


def column(width: float, count: int) -> float:
    """Return how wide each of so many stacks is."""
    return floor((width - _GAP * (count - 1)) / count) if count > 1 else width


def side_by_side(runs: Mapping[str, Arrange], front: str, width: float, height: float) -> Iterator[Item]:
    """Place what each run arranges in a column of its own, by letter."""
    wide = column(width, len(runs))
    for i, (letter, arrange) in enumerate(runs.items()):
        left = i * (wide + _GAP)
        for item in arrange(wide, height):
            if letter == front or not isinstance(item, Spot):
                yield _moved(item, left, letter == front)
        yield Letter(QPointF(left + wide - SIDE / 2 - 12, SIDE / 2 + 2), letter, letter == front)
        if i:
            yield Rule(QLineF(left - _GAP / 2, 4, left - _GAP / 2, height - 4))


def _moved(item: Item, right: float, is_front: bool) -> Item:
    """Return an item so many px further to the right; a grid of another run tells of nothing."""
    if isinstance(item, Placed):
        return replace(item, left=item.left + right, name=item.name if is_front else "")
    if isinstance(item, Caption):
        return replace(item, x=item.x + right)
    if isinstance(item, Spot | Pages):
        return replace(item, rect=item.rect.translated(right, 0))
    return Shifted(item, right) if right else item


@dataclass(frozen=True)
class Shifted:
    """Something that is painted so many px further to the right."""

    item: Painted
    right: float

    @property
    def still(self) -> bool:
        """Whether it is the same from step to step."""
        return getattr(self.item, "still", False)

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.translate(self.right, 0)
        self.item.paint(painter)
        painter.translate(-self.right, 0)


@dataclass(frozen=True)
class Letter:
    """The letter of a run in the corner of its stack."""

    still: ClassVar[bool] = True
    centre: QPointF
    letter: str
    is_front: bool

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        paint_letter(painter, self.centre, self.letter, self.is_front)


@dataclass(frozen=True)
class Rule:
    """A thin line between two stacks."""

    still: ClassVar[bool] = True
    line: QLineF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setPen(QPen(theme.current().color("border"), 1.0))
        painter.drawLine(self.line)
