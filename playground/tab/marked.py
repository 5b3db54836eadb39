"""Marks of what a scene speaks of, the same in all plots: thick stretches of lines, corners, rings, numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.view import View
from widgets.plots.marks.mark import Mark

if TYPE_CHECKING:
    from widgets.plots.marks.spoken import Stretches

XY = tuple[float, float]


class Path(NamedTuple):
    """A line of a run: its series or method, its colour, and what gives steps (n,) and places (n, 2) up to the view."""

    series: str
    colour: str
    points: Callable[[], tuple[Floats, Floats]]


Place = Callable[[View, Focus], XY | None]
"""Where a thing stands in a plot, of the run of a view; None where it does not."""
_AROUND = 20.0  # px


def runs_in(view: View) -> Iterator[View]:
    """Yield the run in view and those it is compared with, each by itself."""
    yield view
    yield from (view.of(other) for other in view.beside)


def stretches(view: View, paths: Callable[[View], Iterable[Path]]) -> tuple[list[Mark], list[Mark]]:
    """Return what is thick of lines, where they lead to marked steps: of the runs compared, and of the one in view.

    The former belong beneath all lines.
    """
    if view.spoken is None:
        return [], []
    own, *others = ([mark for path in paths(run) for mark in _stretch(run, path)] for run in runs_in(view))
    return [
        replace(mark, letter=run.letter) for marks, run in zip(others, view.beside, strict=True) for mark in marks
    ], [*own]


def _stretch(run: View, path: Path) -> list[Stretches]:
    from widgets.plots.marks.spoken import Stretches, stretched

    marked = run.claim.steps_of(path.series)
    if not len(marked):
        return []
    steps, xy = path.points()
    shown = stretched(xy, np.flatnonzero(np.isin(steps, marked)))
    return [Stretches(shown, path.colour)] if len(shown) else []


def things(view: View, place: Place, size: float = _AROUND) -> list[Mark]:
    """Return the marks of things that stand in a plot, of the runs compared, too; `size` px around each."""
    if view.spoken is None:
        return []
    from widgets.plots.marks.spoken import Framed, Number, Ring  # not before a scene speaks

    framed = []
    for run in runs_in(view):
        found = tuple(sorted(at for thing in run.claim.things if (at := place(run, thing))))
        framed += [Framed(found, 0 if run.claim.shape == "crosses" else size)] if found else []
    of_name = Number if view.spoken.asks else Ring
    named = [of_name(at, words) for thing, words in view.spoken.named.items() if (at := place(view, thing))]
    return [*framed, *named]


def framed_and_named(view: View, place: Place) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of things in a plot over steps: corners, beneath the letters of runs, and what lies over all."""
    if view.spoken is None:
        return [], []
    from widgets.plots.marks.spoken import Framed

    marks = things(view, place)
    framed: list[Mark] = [mark for mark in marks if isinstance(mark, Framed)]
    return framed, [mark for mark in marks if mark not in framed]
