"""The held-out digits that are read wrongly: as what, how surely, and what they are; a click shows one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.cnn.readings import Reading, reading
from core.cnn.settings import Params
from core.data.digits import digits
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from widgets.base.labels import text_height
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Ink, Outline, Placed

_SIDE, _GAP = 40.0, 14.0  # px a digit is wide, and px between two


def misread_in(view: View) -> list[int]:
    """Return which of all digits the net of a view reads wrongly, the surest mistake first."""
    made: list[int] = reading(view.state.weights, view.params.layers).misread.tolist()
    return made


@dataclass(frozen=True)
class Misread(ViewPicture[Params]):
    """What is read wrongly in a view, as many of them as there is room for."""

    @property
    def reading(self) -> Reading:
        """How the held-out digits are read."""
        return reading(self.view.state.weights, self.params.layers)

    def arrange(self, width: float, height: float) -> list[Item]:
        """Place them row by row, under each what it is and what it is read as; the others are counted."""
        return list(self._items(width, height))

    def _items(self, width: float, height: float) -> Iterator[Item]:
        line, wrong = text_height("tick"), misread_in(self.view)
        across = max(1, int((width + _GAP) // (_SIDE + _GAP)))
        down = max(1, int(height // (_SIDE + line + 4)))
        room = across * down
        shown = wrong if len(wrong) <= room else wrong[: room - 1]
        for i, digit in enumerate(shown):
            yield from self._one(digit, (i % across) * (_SIDE + _GAP), (i // across) * (_SIDE + line + 4))
        if more := len(wrong) - len(shown):
            left, top = (room - 1) % across * (_SIDE + _GAP), (room - 1) // across * (_SIDE + line + 4)
            yield Caption(f"… {more}", left, top + _SIDE / 2, "label", moves=True)
        if not wrong:
            yield Caption(self.texts.get("panels", "all_right"), 0, 0, "subtitle", moves=True)

    def _one(self, digit: int, left: float, top: float) -> Iterator[Item]:
        is_shown = self.params.picture is None and self.params.shown == digit
        outlines = (Outline(0, 0, 8, 8),) if is_shown else ()
        yield Placed(f"digit {digit}", Grid(digits().images[digit], Ink(0.0, 1.0), outlines=outlines), left, top,
                     _SIDE / 8)  # fmt: skip
        called = self.reading.called[int(np.searchsorted(digits().test, digit))]
        told = f"{digits().labels[digit]} → {called}"
        yield Caption(told, left + _SIDE / 2, top + _SIDE + 2, "tick", "vermillion", "middle", moves=True)


def digit_at(name: str) -> int | None:
    """Return which of all digits stands under a name; None for another name."""
    kind, _, digit = name.partition(" ")
    return int(digit) if kind == "digit" else None
