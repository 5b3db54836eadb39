"""The folded cell beside the states: the sum of one unit at the cursor's time, the loop that carries its state on."""

from __future__ import annotations

from collections.abc import Iterator

from core.rnn.net import named, unrolled
from playground.topics.rnn.film_data import FilmData
from playground.topics.rnn.film_layout import MARGIN, Layout
from playground.topics.rnn.film_words import name_of
from widgets.base import numbers
from widgets.base.labels import text_width
from widgets.grids.board import Caption, Item
from widgets.grids.board_lines import Loop

_LOOP, _ASIDE = 12.0, 6.0  # px: of the loop at the right of the numbers, between it and the states
_APART = 8.0  # px between the name of the states and the unit's
Term = tuple[str, float, str]  # its name, its value, its colour


def cell(film: FilmData, at: Layout, y: float) -> Iterator[Item]:
    """Place the terms of the unit told of, one below the other, and the arrow from h(t) back to h·U."""
    (head,) = name_of(film, at, "state", y)
    right = MARGIN + at.gutter - _ASIDE
    yield head
    yield Caption(_whose(film, right - MARGIN - head.width - _APART), right, y + 2, "tick", "accent_text", "right")
    terms, first = _terms(film, at.gutter - _ASIDE - _LOOP - _APART if at.is_low else 0.0), y + at.line
    for n, (name, value, colour) in enumerate(terms):
        line = first + n * at.line_of_cell
        yield Caption(name, MARGIN, line, "tick", colour, moves=at.is_low and n == len(terms) - 1)
        yield Caption(numbers.compact(value), right - _LOOP - 4, line, "tick", colour, "right", moves=True)
    into, out = (first + (n + 0.5) * at.line_of_cell for n in (1, len(terms) - 1))
    yield Loop(right - _LOOP, right, into, out, "purple")  # what comes out goes in at the next time


def _whose(film: FilmData, room: float) -> str:
    """Which unit and time the terms are of; in narrow room, px, the time alone: the numbers of the step name both."""
    texts, told = film.texts, {"unit": film.told.unit, "time": film.told.time}
    words = texts.get("panels", "film_unit").format(**told)
    return words if text_width(words, "tick") <= room else texts.get("panels", "film_time").format(**told)


def _terms(film: FilmData, short: float) -> list[Term]:
    """What goes into the unit and what comes out.

    In `short`, px, the sum stands within the function's brackets alone, where there is room.
    """
    (i, t, j), params = (film.told.sequence, film.told.time, film.told.unit), film.params
    own, made = named(film.look.weights, params), unrolled(film.look)
    summed, out = float(made.z[i, t, j]), float(made.h[i, t + 1, j])
    function = film.texts.get("choices", "cell", params.cell)
    last = f"{function}({numbers.compact(summed)})"
    if text_width(f"{last}{numbers.compact(out)}", "tick") > short:
        last = f"{function}(z)"
    return [
        ("x·W", float(made.x[i, t] @ own["W"][:, j]), "orange"),
        ("h·U", float(made.h[i, t] @ own["U"][:, j]), "purple"),
        ("b", float(own["b"][j]), "text"),
        *([] if short else [("z", summed, "text")]),
        (last, out, "blue"),
    ]
