"""What the colours of the mosaic mean: two strips below the digit, where that has room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QLinearGradient, QPainter, QPen

from playground.topics.cnn.mosaic_plan import EDGE
from playground.words.texts import Texts
from widgets.base import theme
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item

_WIDE, _HIGH, _GAP = 44.0, 9.0, 5.0  # px of a strip, px between it and its words


@dataclass(frozen=True)
class Strip:
    """Signed colours from one share of their limit to another."""

    still: ClassVar[bool] = True

    rect: QRectF
    low: float
    high: float

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        colours, gradient = theme.current(), QLinearGradient(self.rect.topLeft(), self.rect.topRight())
        for at in (0.0, 0.5, 1.0):
            gradient.setColorAt(at, colours.signed(self.low + at * (self.high - self.low)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(self.rect, gradient)
        painter.setPen(QPen(colours.color("border"), 1.0))
        painter.drawRect(self.rect)


def colour_keys(texts: Texts, above: float, width: float, height: float) -> Iterator[Item]:
    """Yield them at the foot of a board so high, one below the other, unless they reach what stands `above`."""
    line, left = text_height("tick") + 3, EDGE
    names = [texts.get("mosaic", name) for name in ("key_kernel", "key_map")]
    begin = left + max(text_width(name, "tick") for name in names) + _GAP
    ends = (("−", "+", -1.0), ("0", texts.get("mosaic", "key_high"), 0.0))
    strip = begin + max(text_width(low, "tick") for low, _, _ in ends) + _GAP
    if height - 2 * line < above + 4 or strip + _WIDE + _GAP + text_width(ends[1][1], "tick") > left + width:
        return
    for i, (name, (low, high, at)) in enumerate(zip(names, ends, strict=True)):
        top = height - (2 - i) * line
        yield Caption(name, left, top, "tick")
        yield Caption(low, strip - _GAP, top, "tick", align="right")
        yield Strip(QRectF(strip, round(top + (line - 3 - _HIGH) / 2), _WIDE, _HIGH), at, 1.0)
        yield Caption(high, strip + _WIDE + _GAP, top, "tick")
