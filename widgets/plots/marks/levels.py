"""At which values a field changes colour: denser near the lowest value, with a few round ones among them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np

from widgets.base.arrays import Floats
from widgets.plots.ticks import power_text, step_between, text

BANDS = 14
_LOWEST_SHARE = 0.005
_WIDEST_DECADES = 6.0
_ZERO_SHARE = 2e-3
_CLOSEST = 0.35
_MOST_ROUND = 4


@dataclass(frozen=True)
class Levels:
    """Rising levels, the round ones among them (drawn thicker and labelled), and how the round ones are written."""

    values: tuple[float, ...]
    round: tuple[float, ...]
    texts: tuple[str, ...]

    def text(self, level: float) -> str:
        """The text of a round level; raises ValueError for another one."""
        return self.texts[self.round.index(level)]


def levels_of(samples: Floats) -> Levels:
    """Levels for a field known by samples (any shape, nan where there is no value); none for a flat one."""
    finite = samples[np.isfinite(samples)]
    if not len(finite) or finite.max() - finite.min() <= 1e-12 * max(1e-300, float(np.abs(finite).max())):
        return Levels((), (), ())
    low, high = float(finite.min()), float(finite.max())
    # A sampled minimum near zero is a minimum at zero between the samples.
    low = 0.0 if abs(low) <= _ZERO_SHARE * (high - low) else low
    rank = int(_LOWEST_SHARE * finite.size)  # np.quantile would load NumPy's masked arrays
    nearest = float(np.partition(finite, rank)[rank]) - low
    start = max(nearest, (high - low) * 10.0**-_WIDEST_DECADES)
    rising = low + np.geomspace(start, high - low, BANDS + 1)[:-1]
    rounds = _powers(start, high) if low == 0.0 else _even(low, high)
    ratio = ((high - low) / start) ** (1.0 / BANDS)
    return _with_rounds(rising.tolist(), rounds, low, ratio)


def _powers(start: float, high: float) -> dict[float, str]:
    powers = range(ceil(log10(start)), floor(log10(high * 0.7)) + 1)
    return {10.0**power: power_text(power) for power in powers[-_MOST_ROUND:]}


def _even(low: float, high: float) -> dict[float, str]:
    step = step_between(low, high, _MOST_ROUND)
    values = [step * count for count in range(ceil(low / step + 0.1), floor(high / step) + 1)]
    largest = max((abs(value) for value in values), default=0.0)
    return {value: text(value, step, largest) for value in values}


def _with_rounds(rising: list[float], rounds: dict[float, str], low: float, ratio: float) -> Levels:
    """The levels with the round ones in place of those nearest to them."""

    def is_free(level: float) -> bool:
        return all(abs(np.log((level - low) / (other - low)) / np.log(ratio)) > _CLOSEST for other in rounds)

    values = sorted([level for level in rising if is_free(level)] + list(rounds))
    return Levels(tuple(values), tuple(rounds), tuple(rounds.values()))
