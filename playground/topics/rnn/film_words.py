"""Words of the film: the name of a part at the left, and what stands over, or below, each column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playground.topics.rnn.film_data import FilmData
from playground.topics.rnn.film_layout import LINE, MARGIN, WITH_WORDS, Layout
from widgets.base.fonts import scaled
from widgets.grids.board import Caption
from widgets.grids.board_series import Words


def title(film: FilmData, at: Layout, key: str, y: float, more: str = "") -> list[Caption]:
    """The name of a part, and under it what is to be seen there."""
    words = film.texts.get("panels", f"film_{more or key + '_more'}")
    return [*name_of(film, at, key, y), Caption(words, MARGIN, y + scaled(LINE), "tick", widest=at.gutter)]


def name_of(film: FilmData, at: Layout, key: str, y: float) -> list[Caption]:
    """The name of a part alone."""
    return [Caption(film.texts.get("panels", f"film_{key}"), MARGIN, y, "strong", "text", widest=at.gutter)]


def over(
    at: Layout, y: float, texts: Sequence[str], role: str, colours: Sequence[str], least: float = WITH_WORDS
) -> Iterator[Words]:
    """Words in the middle of each column, of all times; none in columns of fewer than `least` px."""
    if at.column >= least:
        yield Words(tuple(texts[at.seen]), at.left, y, at.column, role, tuple(colours[at.seen]))
