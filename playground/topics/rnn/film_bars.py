"""The bars below the film: how far the gradient of the last loss reaches back, and the right answers at each time."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from core.nn.training import Look
from core.rnn.algorithm import names_by_time
from core.rnn.net import grad_by_lag, named
from core.rnn.recurrence import radius_of
from core.run.explanation import MINUS
from core.run.values import Floats
from playground.topics.rnn.film_data import FilmData
from playground.topics.rnn.film_layout import WITH_NUMBER, Layout
from playground.topics.rnn.film_words import name_of, over, title
from playground.topics.rnn.lately import LATELY
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import Cells
from widgets.grids.grid import Grid, Placed, Right
from widgets.grids.share_bars import Bar, Columns

_DECADES = (-4, 1)  # of the gradient's axis: powers of ten of its ratio to that at lag 0
_WITH_DIGITS, _WITH_POWER, _WITH_LAG = 56, 36, 22  # px of a column with three digits, a power of ten, its lag
_SMALLEST, _LARGEST = 0.01, 100.0  # ratios that are written without powers of ten
Beside = tuple[tuple[str, Floats], ...]  # bars of other runs, by letter; of before a change without one


def gradient(film: FilmData, at: Layout, y: float) -> Iterator[Item]:
    """Bars of ∂ℓ/∂h beside its length at lag 0, by a logarithm; ticks where radius to the power of the lag is."""
    ratios, count = _ratios(film.look), film.params.length
    radius = radius_of(named(film.look.weights, film.params)["U"])
    rule = [_height(radius**lag) for lag in range(count)][::-1]
    before = (("", _ratios(film.before)),) if film.before else ()
    beside = (*before, *((other.view.letter, _ratios(other.look)) for other in film.others))
    # the lag stands under its column, that of 0 under the last one
    heights = [(letter, [_height(r) for r in _at_end(their, count).tolist()]) for letter, their in beside]
    bars = [
        Bar("", _height(ratio), "blue", rule[t], tuple((letter, their[t]) for letter, their in heights))
        for t, ratio in enumerate(ratios.tolist())
    ]
    yield from title(film, at, "gradient", y, "before" if film.before else "gradient_more")
    yield Columns(bars[at.seen], at.left, y, at.column, at.gradient, 0.0)
    yield Cells("lag", at.across(y, at.gradient + at.line), at.shown)
    yield from _told(ratios.tolist(), at, y + at.gradient + 1)
    yield from _lags(film, at, y + at.gradient + 1 + at.lags)


def _told(ratios: list[float], at: Layout, y: float) -> Iterator[Item]:
    """The ratios below their bars, that of the farthest lag first: lag 0 is 1; to 3 digits where that has room."""
    if at.column >= scaled(_WITH_DIGITS):
        words, needed = [numbers.significant(ratio, 3) for ratio in ratios], _WITH_DIGITS
    else:
        words = [_short(ratio) for ratio in ratios]
        needed = _WITH_POWER if any("e" in word for word in words) else WITH_NUMBER
    yield from over(at, y, words, "tick", ["muted"] * len(words), needed, from_first=True)


def _lags(film: FilmData, at: Layout, y: float) -> Iterator[Item]:
    """How many times back each bar is, where that has room."""
    if at.lags:
        words = [str(lag) for lag in range(at.length)][::-1]
        yield Caption(film.texts.get("panels", "film_lag"), at.left - 8, y, "tick", align="right")
        yield from over(at, y, words, "tick", ["muted"] * at.length, _WITH_LAG, from_first=True)


def _ratios(seen: Look) -> Floats:
    """Return the lengths of ∂ℓ/∂h by time, beside that of the last."""
    lengths = grad_by_lag(seen)[::-1]
    return lengths / lengths[-1] if lengths[-1] else np.zeros(len(lengths))


def _at_end(values: Floats, count: int) -> Floats:
    """Return so many of the last values; 0 where there are fewer."""
    return np.concatenate([np.zeros(max(0, count - len(values))), values[-count:]])


def right_by_place(film: FilmData, at: Layout, y: float) -> Iterator[Item]:
    """Bars of the share of right answers at each time, the mean of the last steps; on a low board a row of them."""
    shares = lately(film)
    words = ["" if share is None else f"{share:.2f}" for share in shares]
    if at.is_low:
        yield from name_of(film, at, "right", y)
        known = np.array([[np.nan if share is None else share for share in shares]])
        yield Placed("right", Grid(known[:, at.seen], Right(0.0, 1.0)), at.left, y, at.column, at.line)
        yield from over(at, y + 2, words, "tick", ["text"] * len(words))
        return
    yield from title(film, at, "right", y)
    yield Columns(_bars(film, shares)[at.seen], at.left, y, at.column, at.places, 0.0)
    yield from over(at, y + at.places + 1, words, "tick", ["muted"] * len(words))


def _bars(film: FilmData, shares: list[float | None]) -> list[Bar]:
    others = [(other.view.letter, lately(other)) for other in film.others]
    return [
        Bar("", share, "green", None, tuple((letter, their[t]) for letter, their in others if t < len(their)))
        for t, share in enumerate(shares)
    ]


def lately(film: FilmData) -> list[float | None]:
    """Return the mean share of right answers of the last steps at each time; None where nothing comes out."""
    view, length = film.view, film.params.length
    if view.covered:
        return [None] * length
    rows = view.timeline.series.block(names_by_time(length)[0], length, max(1, view.t - LATELY + 1), view.t + 1)
    known = ~np.isnan(rows)
    sums, counts = np.where(known, rows, 0.0).sum(axis=0).tolist(), known.sum(axis=0).tolist()
    return [total / count if count else None for total, count in zip(sums, counts, strict=True)]


def _height(ratio: float) -> float:
    """Return where a ratio stands between the lowest and the highest power of ten, 0 to 1."""
    low, high = _DECADES
    return min(max((math.log10(ratio) - low) / (high - low), 0.0), 1.0) if ratio > 0 else 0.0


def _short(ratio: float) -> str:
    """Return a ratio in at most four characters or so: 0.45, 2e−5.

    >>> _short(0.4539), _short(0.00002), _short(2217.0)
    ('0.45', '2e−5', '2e3')
    """
    if not ratio or _SMALLEST <= ratio < _LARGEST:
        return f"{ratio:.2f}"
    digit, power = f"{ratio:.0e}".split("e")
    return f"{digit}e{int(power)}".replace("-", MINUS)
