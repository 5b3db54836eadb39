"""How the numbers of one grid are written: all with the same decimals, as many as fit into a cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from widgets.base.numbers import MINUS

_MOST_DECIMALS = 3
_EXACT = 1e-9


@dataclass(frozen=True)
class NumberForm:
    """Lowest and highest number to be written, and how many decimals tell all of them apart from rounded ones."""

    low: float
    high: float
    decimals: int

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> NumberForm:
        """The form that suits the finite ones of these values; give all that will ever be shown, so that it stays."""
        known = values[np.isfinite(values)]
        if not known.size:
            return cls(0.0, 0.0, 0)
        exact = (d for d in range(_MOST_DECIMALS) if np.abs(known - known.round(d)).max() <= _EXACT)
        return cls(float(known.min()), float(known.max()), next(exact, _MOST_DECIMALS))

    def decimals_in(self, characters: int) -> int | None:
        """How many decimals a text of so many characters has room for; None if the numbers do not fit at all.

        Numbers below 10 keep at least one decimal: 0.04 must not be read as 0, nor 1.7 as 2.
        """
        least = 1 if self.decimals and max(abs(self.low), abs(self.high)) < 10 else 0
        for decimals in range(self.decimals, least - 1, -1):
            if max(len(self.text(value, decimals)) for value in (self.low, self.high)) <= characters:
                return decimals
        return None

    def text(self, value: float, decimals: int) -> str:
        """A number with that many decimals, a true minus, and no sign where it is rounded to 0."""
        text = f"{value:.{decimals}f}"
        if not text.startswith("-"):
            return text
        return MINUS + text[1:] if text.strip("-0.") else text[1:]
