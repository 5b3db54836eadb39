"""The digit with a button at each side that pushes it by one cell, and what its push and the learner's hand are at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from core.cnn.algorithm import picture_of, shown
from core.cnn.readings import ink_lost
from core.cnn.settings import Params
from core.data.digits import SIDE
from core.run.explanation import Focus
from core.run.values import Floats
from playground.topics.cnn.mosaic_plan import BESIDE, BUTTON, LEAST_TITLE, Plan
from playground.words.texts import Texts
from widgets.base import theme
from widgets.grids.board import Button, Caption, Item
from widgets.grids.grid import Grid, Ink, Outline, Placed

DIGIT = "0"  # the name of the grid of pixels: they are what layer 0 would give
HELD = Focus("digit")  # the digit in the learner's hand: the arrows push it
PUSHES = {"push up": (-1, 0), "push down": (1, 0), "push left": (0, -1), "push right": (0, 1)}
_RING = 3.0  # px around the digit


def pushed_on(push: tuple[int, int], by: tuple[int, int]) -> list[int]:
    """Return a push so many rows and columns further, as far as one goes."""
    return [min(max(at + more, 1 - SIDE), SIDE - 1) for at, more in zip(push, by, strict=True)]


@dataclass(frozen=True)
class DigitPad:
    """The digit of some parameters at its place in the plan; `outlines` go around its cells."""

    params: Params
    texts: Texts
    plan: Plan
    hand: Focus | None  # that is chosen
    outlines: tuple[Outline, ...] = ()

    def items(self) -> Iterator[Item]:
        """Yield the digit, its buttons, the ring of the hand, and the words of its push."""
        left, top, cell = *self.plan.digit, self.plan.digit_cell
        outlines = (*self.outlines, *self._pencil(), *self._was())
        grid = Grid(shown(self.params), Ink(0.0, 1.0), outlines=outlines, kept=True)
        placed = Placed(DIGIT, grid, left, top, cell)
        yield placed
        if self.plan.has_buttons:
            yield from (Arrow(name, _beside(placed.rect, way), way=way) for name, way in PUSHES.items())
        if self.hand == HELD:
            yield Ring(placed.rect.adjusted(-_RING, -_RING, _RING, _RING))
        yield from self._words(placed.rect)

    def _pencil(self) -> Iterator[Outline]:
        """Yield the cell that the pencil is at."""
        if self.hand and self.hand.kind == "pixel":
            yield Outline(self.hand.at[0], self.hand.at[1])

    def _was(self) -> Iterator[Outline]:
        """Yield where the ink was before the push."""
        if any(self.params.push) and (ink := ink_box(picture_of(self.params))):
            yield replace(ink, colour="orange", dashed=True, width=1.5)

    def _words(self, digit: QRectF) -> Iterator[Caption]:
        """Yield how far it is pushed and how much ink that cost, or what the arrows do."""
        colour = "orange" if any(self.params.push) else "muted"
        beside = BESIDE if self.plan.has_buttons else 0.0
        wide = max(digit.width() + 2 * beside, LEAST_TITLE)
        place = QPointF(digit.left() - beside, digit.bottom() + beside + 2)
        yield Caption(" · ".join(self._told()), place.x(), place.y(), "tick", colour, widest=wide, moves=True)

    def _told(self) -> Iterator[str]:
        get, (down, right) = partial(self.texts.get, "mosaic"), self.params.push
        told = {"down": down, "up": -down, "right": right, "left": -right}
        yield from (get(f"pushed_{way}").format(n=n) for way, n in told.items() if n > 0)
        if lost := ink_lost(self.params):
            yield get("lost").format(share=f"{100 * lost:.0f}%")
        if self.hand == HELD and not any(self.params.push):
            yield get("arrow_keys")


def ink_box(picture: Floats) -> Outline | None:
    """Return the rows and columns of a picture that hold ink; None where there is none."""
    rows, columns = (np.flatnonzero(picture.any(axis=axis)) for axis in (1, 0))
    if not rows.size:
        return None
    return Outline(int(rows[0]), int(columns[0]), int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1)


def _beside(digit: QRectF, way: tuple[int, int]) -> QRectF:
    """Return the place of the button that pushes one way: at that side, in its middle."""
    down, right = way
    x = digit.center().x() + right * (digit.width() + BESIDE) / 2
    y = digit.center().y() + down * (digit.height() + BESIDE) / 2
    return QRectF(x - BUTTON / 2, y - BUTTON / 2, BUTTON, BUTTON)


@dataclass(frozen=True)
class Arrow(Button):
    """A button with the head of an arrow."""

    way: tuple[int, int] = (0, 0)  # rows down, columns to the right

    def _paint_face(self, painter: QPainter) -> None:
        box = self.rect
        painter.translate(box.center())
        (down, right), arm = self.way, box.width() / 8
        tip = QPointF(right * arm, down * arm)
        ends = [QPointF(side * down * 2 * arm - tip.x(), side * right * 2 * arm - tip.y()) for side in (-1, 1)]
        painter.setPen(QPen(theme.current().color("text"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([ends[0], tip, ends[1]]))
        painter.translate(-box.center())


@dataclass(frozen=True)
class Ring:
    """A ring around what the keys are given to."""

    rect: QRectF

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("accent"), 2.0))
        painter.drawRoundedRect(self.rect, 3, 3)
