"""Confusion: how many held-out digits of each class are read as each; a click shows one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from core.data.digits import CLASSES, digits
from playground.topics.cnn.read_at import ReadPicture
from widgets.base import theme
from widgets.base.labels import plot_font, text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed

NAME = "confusion"
_FULL, _MISTAKE = 2.5, 12.0  # share at full colour, so that numbers are read on it; how much more a wrong one counts
_LARGEST, _BESIDE = 44.0, 128.0  # px of a cell; px for the words at the right


@dataclass(frozen=True)
class Numbers:
    """Numbers, each with the middle of its cell, in letters that fit into a row `high` px high."""

    still: ClassVar[bool] = True  # from step to step at play

    told: tuple[tuple[str, float, float], ...]
    high: float

    def paint(self, painter: QPainter) -> None:
        """Paint them, in pixels of the board."""
        font = QFont(plot_font("tick"))
        font.setPixelSize(max(1, min(font.pixelSize(), int(self.high))))
        painter.setFont(font)
        painter.setPen(theme.current().color("text"))
        for text, x, y in self.told:
            painter.drawText(QRectF(x - _LARGEST, y - _LARGEST, 2 * _LARGEST, 2 * _LARGEST), _MIDDLE, text)


_MIDDLE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Confusion(ReadPicture):
    """The ten classes against what they are read as: right ones blue, wrong ones vermillion, by their share."""

    def arrange(self, width: float, height: float) -> list[Item]:
        """Place the cells with the number of digits in each that has any; at the right what they say."""
        return list(self._items(width, height))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        counts, high = self.reading.confusion, min(_LARGEST, (height - 2) / (CLASSES + 1))
        wide = min(_LARGEST, (width - _BESIDE) / (CLASSES + 1))
        shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
        signed = np.where(np.eye(CLASSES, dtype=bool), shares, -_MISTAKE * shares)
        yield Placed(
            NAME, Grid(signed, Signed(_FULL), outlines=tuple(self._shown()), kept=True), wide, high, wide, high
        )
        names = [(f"{i}", (i + 1.5) * wide, 0.5 * high) for i in range(CLASSES)]
        names += [(f"{i}", 0.5 * wide, (i + 1.5) * high) for i in range(CLASSES)]
        cells = zip(*(at.tolist() for at in np.nonzero(counts)), strict=True)
        told = [(f"{counts[i, j]}", (j + 1.5) * wide, (i + 1.5) * high) for i, j in cells]
        yield Numbers((*names, *told), high)
        left = (CLASSES + 1) * wide + 10
        for i, line in enumerate(self._words()):
            yield Caption(line, left, 2 + i * (text_height("tick") + 2), "tick", widest=width - left)

    def _words(self) -> Iterator[str]:
        """Yield what rows and columns are, how many are misread, and after which epoch."""
        get, told = partial(self.texts.get, "panels"), self.reading
        yield from (get("row_is"), get("column_is"))
        count = len(told.labels)
        yield get("wrong_of").format(count=count, wrong=count - told.right)
        if self.read.epoch is not None:
            yield get("after_epoch").format(epoch=self.read.epoch)

    def _shown(self) -> Iterator[Outline]:
        """Yield a frame around the cell that the digit shown is counted in."""
        at = np.flatnonzero(digits().test == self.params.shown)
        if at.size and self.params.picture is None:
            yield Outline(int(self.reading.labels[at[0]]), int(self.reading.called[at[0]]), width=1.0)

    def digit_in(self, row: int, column: int) -> int | None:
        """Return the next of all digits that a cell counts, behind the one shown; None where it counts none."""
        told = self.reading
        counted: list[int] = digits().test[(told.labels == row) & (told.called == column)].tolist()
        later = (digit for digit in counted if digit > self.params.shown)
        return next(later, counted[0]) if counted else None
