"""What a step costs, first-order or Newton: numbers kept and multiplications, by the number of weights."""

from __future__ import annotations

from playground.words.texts import Texts
from widgets.base import numbers
from widgets.tables.slider_table import SliderTable

_LARGEST = 10**9  # weights
_SPEED = 1e12  # multiplications a second


def costs(n: int) -> list[tuple[str, float, float]]:
    """Return (row, kept numbers, multiplications a step) for n weights.

    A first-order rule keeps and multiplies a few numbers per weight: n. The Hessian has n² entries; solving for the
    step by elimination takes n³/3 multiplications. Source: Golub & Van Loan (2013), section 3.2.
    """
    return [("first_order", n, n), ("hessian", n**2, n**2), ("solve", n**2, n**3 / 3)]


class CostTable(SliderTable):
    """A slider for the number of weights over the table of costs."""

    def __init__(self, texts: Texts) -> None:
        super().__init__("cost.weights", (1, _LARGEST), 1000, 10, (0.34, 0.2, 0.22, 0.24))
        self._texts = texts

    def retranslate(self) -> None:
        """Show the table in the language shown."""
        head = [self._texts.get("cost", key) for key in ("method", "memory", "multiplications", "time")]
        rows = [
            [self._texts.get("cost", key), _power(kept), _power(work), self._time(work / _SPEED)]
            for key, kept, work in costs(self.number)
        ]
        self.show_contents(self._texts.get("cost", "weights"), [head, *rows], self._texts.get("cost", "note"))

    def _time(self, seconds: float) -> str:
        for unit, length in (("years", 31_557_600.0), ("days", 86_400.0), ("hours", 3600.0), ("seconds", 1.0)):
            if seconds >= length:
                return self._texts.get("cost", unit).format(n=_power(seconds / length))
        return self._texts.get("cost", "seconds").format(n=numbers.significant(seconds, 2))


def _power(value: float) -> str:
    """Return a large number as it can be compared at a glance: 1 000, 3.3e+26."""
    return numbers.count(round(value)) if value < 1e6 else numbers.significant(value, 2)
