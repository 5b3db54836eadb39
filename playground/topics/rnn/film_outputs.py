"""What comes out of the film: shares of classes with the right ones framed, or numbers as a line beside that wanted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF

from core.rnn.explained import class_name
from core.run.values import Floats
from playground.topics.rnn.film_data import FilmData
from playground.topics.rnn.film_layout import LEAST, Layout
from playground.topics.rnn.film_words import over, title
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.base.letters import SIDE
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import Cells, Polyline, RunLetter
from widgets.grids.grid import Grid, Outline, Placed, Right
from widgets.grids.number_format import NumberForm

_OF_NUMBERS = 3  # rows that the lines of numbers have
_DOT, _INSET = 5.0, 4.0  # px
_WITH_NAME = 40  # px of a column with room for the name of a class beside the tick


def rows_of_outputs(film: FilmData) -> int:
    """How many rows the outputs take."""
    return len(film.outputs) if film.has_classes else _OF_NUMBERS


def high_of_outputs(film: FilmData, at: Layout) -> float:
    """How high they are, with those of the runs compared."""
    rows = rows_of_outputs(film)
    return rows * at.high(rows) + at.judged * at.beside


def outputs(film: FilmData, at: Layout, y: float) -> Iterator[Item]:
    """Place them, and under them which are right."""
    yield from _classes(film, at, y) if film.has_classes else _numbers(film, at, y)
    words, colours = [""] * film.params.length, ["muted"] * film.params.length
    called = film.has_classes and not _has_names(at, rows_of_outputs(film)) and at.column >= scaled(_WITH_NAME)
    for time, _, is_right in film.answers:
        words[time], colours[time] = ("✓", "green") if is_right else ("✗", "vermillion")
        if called:
            words[time] = f"{class_name(film.params, int(film.outputs[:, time].argmax()))} {words[time]}"
    yield from over(at, y + high_of_outputs(film, at) + 1, words, "subtitle", colours, LEAST)


# ---- shares of classes


def _classes(film: FilmData, at: Layout, y: float) -> Iterator[Item]:
    rows = len(film.outputs)
    high = at.high(rows)
    yield from title(film, at, "output", y)
    grid = Grid(film.outputs[:, at.seen], Right(0.0, 1.0), NumberForm(0.0, 1.0, 2), outlines=_frames(film, at))
    yield Placed("out", grid, at.left, y, at.column, high)
    if _has_names(at, rows):
        for row in range(rows):
            line = y + (row + 0.5) * high - scaled(8)
            yield Caption(class_name(film.params, row), at.left - 8, line, "tick", align="right")
    for place, other in enumerate(film.judged_beside):
        yield from _beside(other, at, y + rows * high + place * at.beside)


def _has_names(at: Layout, rows: int) -> bool:
    """Whether the name of each class has room at its row; if not, the one with the largest share stands below."""
    return at.high(rows) >= at.line - 4


def _frames(film: FilmData, at: Layout) -> tuple[Outline, ...]:
    """Frames around the right classes; around one pointed at under every column, for the same V gives them all."""
    right = [(time - at.first, row) for time, row, _ in film.answers if 0 <= time - at.first < at.shown]
    frames = [Outline(row, column, 1, 1, "text", 2.0) for column, row in right]
    pointed = film.view.pointed
    if pointed and pointed.kind == "output":
        frames += [Outline(pointed.at[2], column, 1, 1, "accent_text", 1.5, dashed=True) for column in range(at.shown)]
    return tuple(frames)


def _beside(other: FilmData, at: Layout, y: float) -> Iterator[Item]:
    """The share that the right class gets at each time in another run."""
    shares: Floats = np.full((1, at.length), np.nan)
    for time, right, _ in other.answers:
        shares[0, time] = other.outputs[right, time]
    form = NumberForm(0.0, 1.0, 2)
    grid = Grid(shares[:, at.seen], Right(0.0, 1.0), form)
    yield Placed(f"out {other.view.letter}", grid, at.left, y + 3, at.column, at.beside - 3)
    words = other.texts.get("panels", "film_right_class")
    yield Caption(words, at.left - 8, y + at.beside / 2 - scaled(7), "tick", align="right", widest=at.gutter)
    yield RunLetter(QPointF(at.right + 4 + SIDE / 2, y + at.beside / 2 + 1), other.view.letter)


# ---- numbers


def _numbers(film: FilmData, at: Layout, y: float) -> Iterator[Item]:
    """Lines of the number told of: what is wanted, what the net gives, and what other runs give."""
    high = _OF_NUMBERS * at.high(_OF_NUMBERS)
    others = [other for other in film.others if not other.has_classes and other.params.length == at.length]
    wanted, given = film.targets[film.output], film.outputs[film.output]
    span = _span([wanted, given, *(other.outputs[0] for other in others)])
    yield from title(film, at, "number", y)
    yield from _axis(at, y, high, span)
    place = partial(_points, at=at, y=y, high=high, span=span)
    for other in others:
        line = place(other.outputs[0])
        yield Polyline(line, "green", letter=other.view.letter)
        if len(known := line[np.isfinite(line[:, 1])]):
            yield RunLetter(QPointF(at.right + 4 + SIDE / 2, known[-1, 1]), other.view.letter)
    yield Polyline(place(wanted), "text", _DOT)
    yield Polyline(place(given), "green", _DOT)
    yield Cells("out", at.across(y, high), at.shown)


def _span(lines: Sequence[Floats]) -> tuple[float, float]:
    """Return the lowest and the highest of numbers, 0 among them; 1 apart at least."""
    known = np.concatenate([[0.0], *lines])
    known = known[np.isfinite(known)]
    return float(known.min()), max(float(known.max()), float(known.min()) + 1.0)


def _points(values: Floats, at: Layout, y: float, high: float, span: tuple[float, float]) -> Floats:
    """Return where numbers of the columns in view stand, (n, 2) in px."""
    share = (values[at.seen] - span[0]) / (span[1] - span[0])
    x = at.left + (np.arange(at.shown) + 0.5) * at.column
    return np.column_stack([x, y + high - _INSET - share * (high - 2 * _INSET)])


def _axis(at: Layout, y: float, high: float, span: tuple[float, float]) -> Iterator[Item]:
    """A line at 0, and the ends of the numbers at the left."""
    zero = _points(np.zeros(at.length), at, y, high, span)[:1, 1].item()
    yield Polyline(np.array([[at.left, zero], [at.right, zero]]), "grid", width=1.0)
    for value, top in ((span[1], y - 2.0), (span[0], y + high - scaled(13))):
        yield Caption(numbers.compact(value), at.left - 8, top, "tick", align="right", moves=True)
