"""The sequences that a step learns from: drawn anew for each, or pieces of sequences that never end.

    echo             x one-hot of `symbols`; the symbol `lag` times ago, before the first one 0
    parity           x one bit; the number of ones so far, even 0 or odd 1
    adding           x = (value in [0, 1), mark), one mark in each half; the sum of marked values so far
    next-character   x one-hot of the text's characters from a random place on, the text closed to a ring; what follows
    sine             x_t = sin(φ + ωt), φ in [0, 2π), ω in [0.3, 0.9); the next value

Of many-to-one the target is that of the last time. One-to-many takes one x and asks at every time t for

    echo  that symbol    parity  (bit + t) mod 2    adding  v·(t + 1)/length, x = v
    next-character  all that follows                sine  sin(ω(t + 1)), x = ω in [0.2, 0.8)

With `consecutive` a row of a batch goes on where the same row of the last one ended: echo and parity know what came
before, text and wave are read on. Sums to add up, and what is drawn for one-to-many but a text, begin anew each time.
Sources: Hochreiter & Schmidhuber (1997), experiment 4, for adding; Elman (1990) for the next letter of a text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator

from core.nn.losses import Numbers
from core.rnn.settings import Mode, Params, are_classes, characters_of, own_of
from core.run.values import Floats, kept, locked

ANEW = locked(np.empty((0, 0)))  # what a piece goes on from that goes on from nothing
TURN = 2 * np.pi


@dataclass(frozen=True, eq=False)
class Batch:
    """The sequences of a step."""

    x: Floats  # (batch, length, features); of one-to-many 0 from time 1 on
    t: Numbers  # class numbers or numbers, see `core.rnn.settings`
    end: Floats  # (batch, k): from where the next piece goes on; empty where it begins anew


def draw(params: Params, rng: Generator, begin: Floats) -> Batch:
    """Return the sequences of a step; `begin` is the `end` of the last ones, or empty."""
    if params.task == "own":
        return _own(*own_of(params), params.mode, params.length)
    x, t, end = _TASKS[params.task](params, rng, begin)
    if params.mode == "one-to-many":
        x = _at_first(x, params.length)
    if params.mode == "many-to-one":
        t = t[:, -1]
    return Batch(x, t, end if params.consecutive else ANEW)


def _at_first(x: Floats, length: int) -> Floats:
    """Return x (batch, 1, features) at time 0 and 0 at all others: then no x·W comes in."""
    longer = np.zeros((len(x), length, x.shape[2]))
    longer[:, :1] = x
    return longer


@kept(4)
def _own(inputs: Floats, targets: Floats, mode: Mode, length: int) -> Batch:
    x = _at_first(inputs, length) if mode == "one-to-many" else inputs
    return Batch(x, targets.astype(np.int64) if are_classes(targets, mode) else targets, ANEW)


# ---- the tasks: x, targets at every time, and from where the next piece goes on

Drawn = tuple[Floats, Numbers, Floats]


def _echo(params: Params, rng: Generator, begin: Floats) -> Drawn:
    batch, length = params.batch_size, params.length
    if params.mode == "one-to-many":
        said = rng.integers(0, params.symbols, (batch, 1))
        return _one_hot(params.symbols)[said], np.repeat(said, length, axis=1), ANEW
    said = rng.integers(0, params.symbols, (batch, length))
    heard = begin.astype(np.int64) if begin.size else np.zeros((batch, params.lag), dtype=np.int64)
    every = np.concatenate([heard, said], axis=1)
    return _one_hot(params.symbols)[said], every[:, :length], every[:, length:].astype(np.float64)


def _parity(params: Params, rng: Generator, begin: Floats) -> Drawn:
    if params.mode == "one-to-many":
        bits = rng.integers(0, 2, (params.batch_size, 1))
        return bits[:, :, None].astype(np.float64), (bits + np.arange(params.length)) % 2, ANEW
    bits = rng.integers(0, 2, (params.batch_size, params.length))
    before = begin.astype(np.int64) if begin.size else 0
    odd = (before + bits.cumsum(axis=1)) % 2
    return bits[:, :, None].astype(np.float64), odd, odd[:, -1:].astype(np.float64)


def _adding(params: Params, rng: Generator, begin: Floats) -> Drawn:
    batch, length = params.batch_size, params.length
    if params.mode == "one-to-many":
        v = rng.random((batch, 1, 1))
        return v, v * (np.arange(1.0, length + 1) / length)[:, None], ANEW
    values, marks = rng.random((batch, length)), np.zeros((batch, length))
    half, rows = length // 2, np.arange(batch)
    if half:  # one place alone is the second half
        marks[rows, rng.integers(0, half, batch)] = 1.0
    marks[rows, rng.integers(half, length, batch)] = 1.0
    return np.stack([values, marks], axis=2), (values * marks).cumsum(axis=1)[:, :, None], ANEW


def _next_character(params: Params, rng: Generator, begin: Floats) -> Drawn:
    text = _numbered(params.text)
    first = begin.astype(np.int64) if begin.size else rng.integers(0, len(text), (params.batch_size, 1))
    places = (first + np.arange(params.length + 1)) % len(text)
    window = text[places]
    read = window[:, :1] if params.mode == "one-to-many" else window[:, :-1]
    return _one_hot(int(text.max()) + 1)[read], window[:, 1:], places[:, -1:].astype(np.float64)


def _sine(params: Params, rng: Generator, begin: Floats) -> Drawn:
    batch, length = params.batch_size, params.length
    if params.mode == "one-to-many":
        w = rng.uniform(0.2, 0.8, (batch, 1, 1))
        return w, np.sin(w * np.arange(1.0, length + 1)[:, None]), ANEW
    if not begin.size:
        begin = np.column_stack([rng.uniform(0.0, TURN, batch), rng.uniform(0.3, 0.9, batch)])
    phase, w = begin[:, :1], begin[:, 1:]
    wave = np.sin(phase + w * np.arange(length + 1.0))[:, :, None]
    return wave[:, :-1], wave[:, 1:], np.column_stack([(phase + w * length) % TURN, w])


_TASKS: dict[str, Callable[[Params, Generator, Floats], Drawn]] = {
    "echo": _echo,
    "parity": _parity,
    "adding": _adding,
    "next-character": _next_character,
    "sine": _sine,
}


@lru_cache(maxsize=16)
def _one_hot(count: int) -> Floats:
    return locked(np.eye(count))


@lru_cache(maxsize=4)
def _numbered(text: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the text as places among its different characters."""
    place = {character: i for i, character in enumerate(characters_of(text))}
    return locked(np.array([place[character] for character in text], dtype=np.int64))
