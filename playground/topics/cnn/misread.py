"""The held-out digits that are read wrongly: as what, how surely, and what they are; a click shows one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.data.digits import HELD_OUT, SIDE, digits
from playground.playback.view import View
from playground.topics.cnn.read_at import ReadPicture, read_at
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Ink, Outline, Placed

_SIDES, _GAP = (40.0, 32.0), 14.0  # px a digit is wide, the less where that makes a second row; px between two


def misread_in(view: View) -> list[int]:
    """Return which of all digits the net of a view reads wrongly, the surest mistake first."""
    made: list[int] = read_at(view).reading.misread.tolist()
    return made


@dataclass(frozen=True)
class Misread(ReadPicture):
    """What is read wrongly in a view, as many of them as there is room for."""

    def arrange(self, width: float, height: float) -> list[Item]:
        """Place them row by row, under each what it is and what it is read as; the others are counted."""
        return list(self._items(width, height))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        wrong, line = misread_in(self.view), text_height("tick")
        key = "wrong_of" if wrong else "all_right"
        told = self.texts.get("panels", key).format(count=HELD_OUT, wrong=len(wrong))
        yield Caption(self.read.said(told, self.texts), 0, 0, "tick", widest=width)
        top = line + 3
        side = next((side for side in _SIDES if 2 * (side + line + 4) <= height - top), _SIDES[0])
        room = [(left, top + down) for left, down in _corners(width, height - top, side, side + line + 4)]
        shown = wrong if len(wrong) <= len(room) else wrong[: len(room) - 1]
        for digit, (left, high) in zip(shown, room, strict=False):
            yield from self._one(digit, left, high, side)
        if more := len(wrong) - len(shown):
            yield Caption(f"… {more}", room[-1][0], room[-1][1] + side / 2, "label")

    def _one(self, digit: int, left: float, top: float, side: float) -> Iterator[Item]:
        is_shown = self.params.picture is None and self.params.shown == digit
        outlines = (Outline(0, 0, SIDE, SIDE),) if is_shown else ()
        grid = Grid(digits().images[digit], Ink(0.0, 1.0), outlines=outlines, kept=True)
        yield Placed(f"digit {digit}", grid, left, top, side / SIDE)
        called = self.read.reading.called[int(np.searchsorted(digits().test, digit))]
        told = f"{digits().labels[digit]} → {called}"
        yield Caption(told, left + side / 2, top + side + 2, "tick", "vermillion", "middle")


def _corners(width: float, height: float, side: float, high: float) -> list[tuple[float, float]]:
    """Return where the tiles have room, row by row, at least one."""
    across, down = max(1, int((width + _GAP) // (side + _GAP))), max(1, int(height // high))
    return [(column * (side + _GAP), row * high) for row in range(down) for column in range(across)]


def digit_at(name: str) -> int | None:
    """Return which of all digits stands under a name; None for another name."""
    kind, _, digit = name.partition(" ")
    return int(digit) if kind == "digit" else None
