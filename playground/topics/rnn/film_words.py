"""Words of the film: the name of a part at the left, and what stands over, or below, each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from playground.topics.rnn.film_data import FilmData
from playground.topics.rnn.film_layout import MARGIN, WITH_NUMBER, Layout
from widgets.base.fonts import scaled
from widgets.grids.board import Caption
from widgets.grids.board_series import Words


def title(film: FilmData, at: Layout, key: str, y: float, more: str = "") -> list[Caption]:
    """The name of a part, and under it what is to be seen there."""
    words = film.texts.get("panels", f"film_{more or key + '_more'}")
    return [*name_of(film, at, key, y), Caption(words, MARGIN, y + at.line, "tick", widest=at.gutter)]


def name_of(film: FilmData, at: Layout, key: str, y: float) -> list[Caption]:
    """The name of a part alone."""
    return [Caption(film.texts.get("panels", f"film_{key}"), MARGIN, y, "strong", "text", widest=at.gutter)]


def over(
    at: Layout, y: float, texts: Sequence[str], role: str, colours: Sequence[str], needed: float = WITH_NUMBER,
    from_first: bool = False,
) -> Iterator[Words]:  # fmt: skip
    """Words in the middle of each column, of all times; of columns of fewer than `needed` px only of each second, …

    Counted from the last one in view, or from the first, which always has its word.
    """
    every = max(1, ceil(scaled(needed) / at.column - 1e-9))
    first = 0 if from_first else (at.shown - 1) % every
    left = at.left + (first + 0.5 - every / 2) * at.column
    seen = slice(at.first + first, at.first + at.shown, every)
    yield Words(tuple(texts[seen]), left, y, every * at.column, role, tuple(colours[seen]))
