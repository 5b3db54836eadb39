"""Handwritten digits in 8 × 8 cells, each cell the ink in a block of 4 × 4 pixels: 1,797 of them, written by 43 people.

A line of the file is a digit: 64 cells row by row, `0` to `g` for 0 to 16 inked pixels; its class; its place when all
were shuffled, which was done once and is the same for everybody. The first 360 are held out to test with.

Source: E. Alpaydin & C. Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning Repository: its
test file, as scikit-learn carries it and in its order.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.run.values import Floats, locked
from resources import FOLDER

Indices = NDArray[np.int64]

COUNT, HELD_OUT, SIDE, CLASSES = 1797, 360, 8, 10
FIRST_TEST = 2  # the first digit that is held out
_INKED = b"0123456789abcdefg"


@dataclass(frozen=True, eq=False)
class Digits:
    """All digits, and which of them are learned from."""

    images: Floats  # (n, 8, 8), 0 paper, 1 full ink
    labels: Indices  # (n,) 0 … 9
    training: Indices  # which are learned from, as they were shuffled
    test: Indices  # which are held out, rising


@lru_cache(maxsize=1)
def digits() -> Digits:
    """Return the digits that come with the program; the same arrays each time, and nobody can write to them."""
    lines = (FOLDER / "data" / "digits.txt").read_bytes().split()
    cells = np.frombuffer(b"".join(lines[::3]), dtype=np.uint8)
    images = np.searchsorted(np.frombuffer(_INKED, dtype=np.uint8), cells).reshape(-1, SIDE, SIDE) / 16.0
    labels, places = (np.array(list(map(int, lines[i::3])), dtype=np.int64) for i in (1, 2))
    order = np.argsort(places)
    return Digits(locked(images), locked(labels), locked(order[HELD_OUT:].copy()), locked(np.sort(order[:HELD_OUT])))
