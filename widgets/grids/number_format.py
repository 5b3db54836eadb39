"""How the numbers of one grid are written: all in one font and with the same decimals, as many as fit into a cell."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from widgets.base.labels import text_height, text_width
from widgets.base.numbers import fixed

SMALLEST_WITH_NUMBERS, SMALLEST_WITH_LARGE = 20.0, 56.0  # px of a cell
_MARGIN, _LEAST_MARGIN = 4.0, 2.0
_BESIDE_FRACTIONS = 4.0  # px more, as 0.111 and 0.111 run together more easily than 7 and 16
_READABLE_DECIMALS = 2
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

    def fit(self, wide: float, high: float, bold: bool = False) -> tuple[str, int] | None:
        """The font role in which all numbers fit into a cell, and their decimals; None if they do in none.

        A smaller one serves where a larger has no room for the decimals one wants to read.
        """
        if min(wide, high) < SMALLEST_WITH_NUMBERS:
            return None
        found: list[tuple[str, int]] = []
        for role, margin in _roles(min(wide, high), bold):
            room, digit = wide - margin, text_width("0", role)
            decimals = self.decimals_in(int(room / digit), int((room - _BESIDE_FRACTIONS) / digit))
            found += [(role, decimals)] if decimals is not None else []
        enough = [fit for fit in found if fit[1] >= min(self.decimals, _READABLE_DECIMALS)]
        return next(iter(enough or found), None)

    def decimals_in(self, characters: int, of_fractions: int | None = None) -> int | None:
        """How many decimals there is room for in so many characters of whole numbers, or of others; None if none fits.

        Numbers below 10 keep at least one decimal: 0.04 must not be read as 0, nor 1.7 as 2.
        """
        least = 1 if self.decimals and max(abs(self.low), abs(self.high)) < 10 else 0
        for decimals in range(self.decimals, least - 1, -1):
            most = characters if of_fractions is None or not decimals else of_fractions
            if max(len(fixed(value, decimals)) for value in (self.low, self.high)) <= most:
                return decimals
        return None


def _roles(side: float, bold: bool) -> list[tuple[str, float]]:
    """Return the fonts for numbers in a cell, the largest first, and the px around a number in each."""
    roles = [("cell_bold" if bold else "cell", _MARGIN), ("cell_small", _LEAST_MARGIN)]
    return (
        [("cell_large_bold" if bold else "cell_large", 3 * _MARGIN), *roles] if side >= SMALLEST_WITH_LARGE else roles
    )


@dataclass(frozen=True)
class RoundedForm:
    """Numbers about as large as `limit`, rounded to the one or two decimals there is room for, in narrow digits."""

    limit: float
    least: int = 0  # units of the last decimal that the largest is to have: a cell full of 0.0 tells nothing

    def fit(self, wide: float, high: float, bold: bool = False) -> tuple[str, int] | None:
        """The font role and the decimals of the numbers in a cell; None if not even one decimal has room, or tells."""
        if text_height("tick") > high:
            return None
        role = "cell_large" if min(wide, high) >= SMALLEST_WITH_LARGE else "tick"
        whole = len(fixed(self.limit, 0)) + 2  # its sign and the point, which are narrow
        decimals = min(2, floor((wide - _MARGIN) / text_width("0", role) - whole + 0.75))
        tells = decimals >= 1 and self.limit * 10**decimals >= self.least
        return (role, decimals) if tells else None
