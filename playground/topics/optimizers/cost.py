"""What a step costs, first-order or Newton: numbers kept and multiplications, by the number of weights."""

from __future__ import annotations

from playground.words.texts import Texts
from widgets.base import numbers
from widgets.tables.slider_table import SliderTable

_LARGEST = 10**9  # weights
_SPEED = 1e12  # multiplications a second
_COUNTED = 1e5  # above it a number is told by its power of ten
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNITS = (
    ("years", 31_557_600.0), ("days", 86_400.0), ("hours", 3600.0), ("seconds", 1.0), ("milliseconds", 1e-3),
    ("microseconds", 1e-6), ("nanoseconds", 1e-9),
)  # fmt: skip


def costs(n: int) -> list[tuple[str, float, float]]:
    """Return (row, kept numbers, multiplications a step) for n weights.

    A first-order rule keeps and multiplies a few numbers per weight: n. The Hessian has n² entries; solving for the
    step by elimination takes n³/3 multiplications. Source: Golub & Van Loan (2013), section 3.2.
    """
    return [("first_order", n, n), ("hessian", n**2, n**2), ("solve", n**2, n**3 / 3)]


class CostTable(SliderTable):
    """A slider for the number of weights over the table of costs."""

    def __init__(self, texts: Texts) -> None:
        super().__init__("cost.weights", (1, _LARGEST), 1000, 10, (0.34, 0.18, 0.24, 0.24))
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
        unit, length = next((unit for unit in _UNITS if seconds >= unit[1] * (1 - 1e-9)), _UNITS[-1])
        return self._texts.get("cost", unit).format(n=_power(seconds / length))


def _power(value: float) -> str:
    """Return a large number as it can be compared at a glance: 1 000, 10¹², 3.3·10²⁶."""
    if value < 1:
        return numbers.significant(value, 2)
    if value < _COUNTED:
        return numbers.count(round(value))
    first, _, power = f"{value:.1e}".partition("e+")
    return ("" if first == "1.0" else f"{first}·") + "10" + str(int(power)).translate(_RAISED)
