"""Random streams: every draw of a run follows from its seed and the place where it is made.

One stream per step, so that a step draws the same numbers however it was reached and an edit leaves later steps' draws
alone. Streams are told apart by `spawn_key`; `default_rng([seed, t])` would give colliding ones.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy.random import Generator


def generator(seed: int, *key: int) -> Generator:
    """Return the generator of one place in a run; PCG64 by name, since NumPy's default may change."""
    from numpy.random import PCG64, Generator, SeedSequence  # not before the first draw: many runs make none

    return Generator(PCG64(SeedSequence(seed, spawn_key=key)))


def data(seed: int) -> Generator:
    """Return the generator that draws data, apart from those of start, steps, edits and epochs (keys 0 to 3)."""
    return generator(seed, 4)


class Streams:
    """The random numbers of one place, made only when asked for: making a generator costs more than a step."""

    def __init__(self, seed: int, *key: int) -> None:
        self.seed = seed
        self.key = key

    @classmethod
    def start(cls, seed: int) -> Streams:
        """Return the streams of the start."""
        return cls(seed, 0)

    @classmethod
    def step(cls, seed: int, t: int) -> Streams:
        """Return the streams of the step into t."""
        return cls(seed, 1, t)

    @classmethod
    def edit(cls, seed: int, t: int, i: int) -> Streams:
        """Return the streams of the i-th edit after step t."""
        return cls(seed, 2, t, i)

    @cached_property
    def generator(self) -> Generator:
        """The generator of this place."""
        return generator(self.seed, *self.key)

    def epoch(self, e: int) -> Generator:
        """Return the generator of epoch e, the same in every step of that epoch."""
        return generator(self.seed, 3, e)
