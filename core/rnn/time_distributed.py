"""TimeDistributed(Dense): the same V at every time, and what a Dense over all times at once would cost.

    whole block     y = h·V + c for h (batch, length, units) at once
    loop            y_t = h_t·V + c, one time after the other
    one product     (batch·length, units)·V + c, cut again into times

All three are the same numbers; the block does in one product what the loop does in `length`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.nn.layers import Dense, TimeDistributed, named
from core.run.values import Floats


@dataclass(frozen=True, eq=False)
class ThreeWays:
    """The same outputs (batch, length, outputs), computed in three ways."""

    block: Floats
    loop: Floats
    product: Floats


def three_ways(h: Floats, V: Floats, c: Floats) -> ThreeWays:
    """Return the outputs of states h (batch, length, units) in three ways; V (units, outputs), c (outputs,)."""
    block, _ = TimeDistributed(Dense(V.shape[1])).forward({"W": V, "b": c}, h)
    loop = np.stack([h[:, t] @ V + c for t in range(h.shape[1])], axis=1)
    product = (h.reshape(-1, h.shape[2]) @ V + c).reshape(block.shape)
    return ThreeWays(block, loop, product)


def weights_at_each_time(units: int, outputs: int) -> int:
    """Return how many weights the same Dense at every time has, whatever the length.

    >>> weights_at_each_time(6, 3), weights_over_all_times(5, 6, 3)
    (21, 465)
    """
    return Dense(outputs).count(named(None, units)).total


def weights_over_all_times(length: int, units: int, outputs: int) -> int:
    """Return how many weights a Dense has that sees all times of all units at once, and gives all times."""
    return Dense(length * outputs).count(named(None, length * units)).total
