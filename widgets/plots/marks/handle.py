"""A handle: what of a picture can be taken in hand, told as data; and how far keys move it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import floor, isfinite, log10
from typing import Literal

from widgets.base import numbers
from widgets.plots.viewport import Rectangle, Viewport

Along = Literal["x", "y", "xy", ""]
PARTS = 100  # of an axis, by which a key moves
_DIGITS = 3  # of such a part that are kept


def shown(number: float) -> str:
    """Return a number in hand in few digits."""
    return numbers.setting(float(f"{number:.{_DIGITS + 1}g}"))


@dataclass(frozen=True)
class Span:
    """A number that keys move from `low` to `high`, on a `log` axis by equal factors; one that `turns` goes round.

    A `part` is what one key moves it by, 0: a hundredth of the whole. It may stand beyond its ends.
    """

    value: float
    low: float
    high: float
    log: bool = False
    turns: bool = False
    part: float = 0.0

    def moved(self, parts: int) -> float:
        """Return the number so many parts on, no farther than its end."""
        if self.log:
            moved = float(f"{self.value * (self.high / self.low) ** (parts / PARTS):.{_DIGITS + 1}g}")
        else:
            part = self.part or (self.high - self.low) / PARTS
            moved = round(self.value + parts * part, _DIGITS - floor(log10(part)))
        if self.turns and not self.low <= moved <= self.high:
            return self.low + (moved - self.low) % (self.high - self.low)
        return min(max(moved, min(self.low, self.value)), max(self.high, self.value))

    @property
    def ends(self) -> tuple[str, str]:
        """Its ends in few digits."""
        return shown(self.low), shown(self.high)

    def holds(self, number: float) -> bool:
        """Tell whether a number lies between its ends."""
        return self.low <= number <= self.high


@dataclass(frozen=True)
class Handle:
    """What a mark lets go of its place: `focus` is what a drag of it tells, `place` is in data units.

    It goes along the axes named, or where it stands for a number of its own, from end to end of that; its size in px.
    """

    focus: Hashable
    place: tuple[float, float]
    name: str = ""
    along: Along = "xy"
    own: Span | None = None
    size: float = 8.0

    def spans(self, seen: Viewport, home: Rectangle) -> dict[str, Span]:
        """Return the numbers that keys move, by axis: a key goes by what is seen, the ends are those of the axes."""
        if self.own:
            return {"": self.own}
        (x, y), (x0, x1, y0, y1) = self.place, home
        axes = {
            "x": Span(x, min(x0, x1), max(x0, x1), seen.log_x, part=(seen.x1 - seen.x0) / PARTS),
            "y": Span(y, min(y0, y1), max(y0, y1), seen.log_y, part=(seen.y1 - seen.y0) / PARTS),
        }
        return {axis: axes[axis] for axis in self.along}

    def moved_to(self, found: Mapping[str, float]) -> tuple[float, float]:
        """Return its place where some of its coordinates have become others."""
        return found.get("x", self.place[0]), found.get("y", self.place[1])

    @property
    def is_placed(self) -> bool:
        """Whether there is such a place."""
        return isfinite(self.place[0]) and isfinite(self.place[1])
