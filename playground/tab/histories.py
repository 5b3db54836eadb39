"""Plots over steps: one call each. What is recorded ahead is faint, what the run is compared with lies beneath."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from core.run.explanation import Focus
from core.run.recipe import SetParam
from core.run.timeline import Timeline
from core.run.values import Floats, kept, locked
from playground.playback.compared import Compared
from playground.playback.divergence import has_diverged, sound_extremes
from playground.playback.view import View
from playground.tab.marked import Path, framed_and_named, stretches
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.change_marks import ChangeMark, ChangeMarks
from widgets.plots.marks.curve_gaps import Gap
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

_END = 9.0  # px of the dot where a run ended
_ABOVE = 1.3  # times the highest value, at least, at which a close range ends: room for marks of changed settings
_DEEPEST = -320  # the power of ten at which an axis ends: below it a number is as good as zero
_ROUNDING = 16 * sys.float_info.epsilon  # of what a lowest value is taken from
Lowest = Callable[[Timeline[Any, Any]], float]
Made = Callable[[Timeline[Any, Any]], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Line:
    """A series as a curve; `made` gives steps and values where they are no series as it stands."""

    series: str
    label: str = ""
    colour: str = "black"
    focused: bool = False
    dashed: bool = False
    pale: bool = False
    marker: str = ""
    made: Made | None = None
    beside: bool = True  # whether the runs compared with are drawn, too
    lowest: Lowest | None = None  # of a record, what its values are drawn above
    is_count: bool = False  # told without decimals

    def points(self, timeline: Timeline[Any, Any], first: int, last: int) -> tuple[Floats, Floats]:
        """Return steps and values of a record from one step to another."""
        if self.made is None:
            x, y = timeline.series.outline(self.series, first, last + 1)
            return x, _above(y, self.lowest(timeline)) if self.lowest else y
        x, y = self.made(timeline)
        kept = (x >= first) & (x <= last)
        return x[kept], y[kept]

    def stretch(self, run: View) -> tuple[Floats, Floats]:
        """Return the steps (n,) of the points of a run up to the step in view, and their places (n, 2)."""
        x, y = self.points(run.timeline, 0, min(run.t, run.recorded))
        return x, np.column_stack([x, y])

    def is_of(self, timeline: Timeline[Any, Any]) -> bool:
        """Tell whether a record holds it: a run with other settings may have other series."""
        return self.made is not None or self.series in timeline.series.names

    def curve(self, view: View, is_told: bool = False) -> Curve:
        """Return the curve of the run in view; where runs are compared, its letter and value on the one told of."""
        x, y = self.points(view.timeline, 0, view.recorded)
        letter = view.letter if is_told and view.beside else ""
        label = f"{self.label}  {self._value_at(x, y, view.t)}".strip() if letter else self.label
        look = {
            "focused": self.focused or bool(letter),
            "dashed": self.dashed,
            "pale": self.pale,
            "marker": self.marker,
        }
        return Curve(self.series, label, x, y, self.colour, **look, letter=letter)  # type: ignore[arg-type]

    def ghost(self, other: Compared) -> Curve:
        """Return the curve of the run before the last change."""
        x, y = self.points(other.timeline, other.since, other.timeline.recorded)
        return Curve(f"ghost {self.series}", "", x, y, self.colour, ghost=True)

    def compared(self, view: View, other: Compared, is_told: bool) -> Curve:
        """Return the curve of a run it is compared with, with the value at the cursor."""
        x, y = self.points(other.timeline, 0, view.last(other))
        is_told = is_told and not other.ended(view.t)
        is_behind = other.timeline.recorded < view.t  # its last value is of another step
        label = self._told(other, "" if is_behind else self._value_at(x, y, view.t)) if is_told else ""
        name = f"{other.letter} {self.series}"
        return Curve(name, label, x, y, self.colour, focused=self.focused, letter=other.letter, front=False)

    def _value_at(self, x: Floats, y: Floats, t: int) -> str:
        known = _known_at(x, y, t)
        return "" if known is None else self._in_words(known)

    def _in_words(self, value: float) -> str:
        return numbers.count(round(value)) if self.is_count else numbers.compact(value)

    def _told(self, other: Compared, value: str) -> str:
        """Return a value with the letter of its run, unless the line stands alone in its plot, where both are near."""
        return f"{other.letter}  {value}".strip() if self.label or not value else value

    def rest(self, view: View, other: Compared) -> Curve | None:
        """Return the level at which a run stays that ended before the step in view; None where there is none."""
        if not (other.ended(view.t) and self.is_of(other.timeline)):
            return None
        last = _known_at(*self.points(other.timeline, 0, other.timeline.recorded), view.t)
        if last is None:
            return None
        steps, level = _level(other.timeline.recorded, view.steps if view.ahead else view.t, last)
        name = f"{other.letter} rest of {self.series}"
        return Curve(
            name,
            self._told(other, self._in_words(last)),
            steps,
            level,
            self.colour,
            letter=other.letter,
            front=False,
            dotted=True,
        )


@lru_cache(maxsize=16)
def _level(first: int, last: int, value: float) -> tuple[Floats, Floats]:
    """Return the steps from one to another with the same value at each; kept, as it is drawn at every frame."""
    steps = np.arange(first, last + 1, dtype=float)
    return steps, np.full_like(steps, value)


def _known_at(x: Floats, y: Floats, t: int) -> float | None:
    """Return the value a line has come to at a step; None where it has none."""
    known = y[: int(np.searchsorted(x, t, side="right"))]
    finite = known[np.isfinite(known)]
    return float(finite[-1]) if len(finite) else None


def history(
    plot: Plot, view: View, lines: Sequence[Line], texts: Texts, axis: str, span: tuple[float, float],
    told: str = "", marks: Sequence[ChangeMark] | None = None, log: bool = False, beneath: Sequence[Curve] = (),
    under: Sequence[Mark] = (), near: float = 0.0,
) -> None:  # fmt: skip
    """Show lines over the steps of a view, on an axis named `axis` whose ends are `span`; `told` to a screen reader.

    Curves `beneath` and marks `under` those come first. With `near` the axis is a symmetric log one.
    """
    plot.set_names(texts.get("panels", "step_axis"), axis)
    plot.set_log(y=log, near=near)
    plot.set_range(0, view.steps, *span)
    begun = view.timeline.recorded > 0
    told_of = next((line for line in lines if line.focused and line.beside), lines[0] if lines else None)
    own = [line.curve(view, line is told_of) for line in lines]
    parted = [curve for curve in _others(view, lines, told_of) if curve.label or not _is_one_of(curve, own)]
    rests = [rest for other in view.beside if told_of and (rest := told_of.rest(view, other))]
    curves = [*rests, *parted, *beneath, *own]
    shown = tuple(curve for curve in curves if len(curve.x) and begun)
    marks = change_marks(view, texts) if marks is None else marks
    drawn = Curves(shown, view.t, gaps_at(shown, view.t, bool(told_of and told_of.is_count)))
    below, above = stretches(view, partial(_paths, lines))
    framed, named = framed_and_named(view, partial(_place, lines))
    over = [*above, *named, ChangeMarks(tuple(marks) if begun else ())]
    plot.set_marks([*below, *under, *map(_end, rests), *framed, drawn, *over])
    plot.setAccessibleDescription(told)


def _paths(lines: Sequence[Line], run: View) -> Iterator[Path]:
    yield from (
        Path(line.series, line.colour, partial(line.stretch, run))
        for line in _by_series(lines)
        if line.is_of(run.timeline)
    )


def _by_series(lines: Sequence[Line]) -> Iterable[Line]:
    """Return the lines that a scene can mean: of several of one series the last, such as a mean over its batches."""
    return {line.series: line for line in lines}.values()


def _place(lines: Sequence[Line], run: View, thing: Focus) -> tuple[float, float] | None:
    """Return where a thing stands on the first of the lines that is its own: at its last value up to the view."""
    line = next((line for line in _by_series(lines) if line.series.partition(".")[0] == str(thing)), None)
    if line is None or not line.is_of(run.timeline):
        return None
    x, y = line.points(run.timeline, 0, min(run.t, run.recorded))
    known = np.flatnonzero(np.isfinite(y))
    return (float(x[known[-1]]), float(y[known[-1]])) if len(known) else None


def _others(view: View, lines: Sequence[Line], told_of: Line | None) -> Iterator[Curve]:
    """Yield what the runs compared with did, or the run before the last change."""
    for other in view.others:
        for line in lines:
            if line.beside and line.is_of(other.timeline):
                is_ghost = other is view.ghost
                yield line.ghost(other) if is_ghost else line.compared(view, other, line is told_of)


def _end(rest: Curve) -> Points:
    """Return a hollow dot where a run ended."""
    return Points(f"end {rest.letter}", np.array([[rest.x[0], rest.y[0]]]), rest.colour, "circle", _END, hollow=True)


def gaps_at(curves: Sequence[Curve], t: int, is_count: bool = False) -> tuple[Gap, ...]:
    """Return how far the runs that are told of stand from the first of them at a step."""
    valued = (curve for curve in curves if curve.letter and curve.label not in ("", curve.letter))
    known = {curve.letter: _known_at(curve.x, curve.y, t) for curve in valued}
    told = sorted((letter, value) for letter, value in known.items() if value is not None)
    return tuple(
        Gap(
            told[0][0],
            letter,
            f"{letter} {numbers.MINUS} {told[0][0]}  {numbers.difference(value - told[0][1], is_count)}",
        )
        for letter, value in told[1:]
    )


def _is_one_of(curve: Curve, own: Sequence[Curve]) -> bool:
    """Tell whether a run that is compared did in a line what the one in view did: then nothing is to be seen of it."""
    twin = next((line for line in own if curve.focus == f"{curve.letter} {line.focus}"), None)
    return twin is not None and np.array_equal(curve.y, twin.y, equal_nan=True)


def extremes(view: View, names: Iterable[str]) -> tuple[float, float] | None:
    """Return the lowest and the highest value of series in the whole record and those it is compared with.

    What diverged does not count.
    """
    ends = [sound_extremes(record, name) for record, name in _recorded(view, names)]
    known = [(low, high) for low, high in ends if low <= high]
    return (min(low for low, _ in known), max(high for _, high in known)) if known else None


def _recorded(view: View, names: Iterable[str]) -> list[tuple[Timeline[Any, Any], str]]:
    """Return the series there are, with the record each stands in."""
    records = [view.timeline, *(other.timeline for other in view.compared if other.timeline is not view.timeline)]
    return [(record, name) for name in names for record in records if name in record.series.names]


def log_span(
    view: View,
    names: Iterable[str],
    lowest: Lowest = lambda record: 0.0,
    leaving: float = 1.0,
    ends: Callable[[float, float], tuple[float, float]] | None = None,
) -> tuple[float, float]:
    """Return the decades that hold all that is recorded of series, less what is lowest in their records.

    Values that are no more than that have no place on a log axis. What diverged is seen to leave up to `leaving` times
    above all others. `ends` makes another range than `decades` of the lowest and the highest value.
    """
    bottom, top, highest = math.inf, 0.0, 0.0
    for record, name in _recorded(view, names):
        floor = lowest(record)
        low, high = sound_extremes(record, name, floor + _ROUNDING * abs(floor))
        bottom, top = min(bottom, low - floor), max(top, high - floor)
        highest = max(highest, (record.series.extremes(name)[1] if has_diverged(record, name) else high) - floor)
    if not 0 < bottom < math.inf:
        return 0.01, 1.0
    return (ends or decades)(bottom, min(highest, leaving * top))


@kept(16)
def _above(values: Floats, lowest: float) -> Floats:
    """Return values less the lowest there can be; what is only rounding is zero, so that it draws no cliff."""
    if lowest == 0:
        return values
    made = values - lowest
    made[np.abs(made) <= _ROUNDING * abs(lowest)] = 0.0
    return locked(made)


def change_marks(view: View, texts: Texts) -> list[ChangeMark]:
    """Return the changed settings as marks on the plots."""
    marks = []
    for change in view.timeline.recipe.edits:
        if isinstance(change.edit, SetParam):
            old: Any = view.timeline.value_before(change)
            marks.append(ChangeMark(change.step, change_text(texts, change.edit.name, old, change.edit.value)))
    return marks


def change_text(texts: Texts, name: str, old: Any, new: Any) -> str:
    """Return a changed setting in words: `η 0.004 → 0.003`."""
    short = texts.find("params", name.rpartition(".")[2], "short") or name
    return f"{short} {_shown(texts, name, old)} → {_shown(texts, name, new)}"


def _shown(texts: Texts, name: str, value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return numbers.shortest(value) if is_number else texts.choice(name, str(value))


def closely(low: float, high: float) -> tuple[float, float]:
    """Return a range that holds both and ends at 1, 2 or 5 times a power of ten, at least one such power long.

    Below a hundredth of its upper end it ends as `decades` do.
    """
    top = next(value for value in _round_from(high) if value >= high * _ABOVE)
    if low < top / 100:
        return decades(low, high)[0], top
    bottom = max(value for value in _round_from(low / 10) if value <= low * (1 + 1e-9))
    return min(bottom, top / 10), top


def _round_from(value: float) -> list[float]:
    """Return some 1, 2 and 5 times powers of ten, the least no greater than a value."""
    power = math.floor(math.log10(value) + 1e-9)
    return [float(f"{n}e{power + k}") for k in range(3) for n in (1, 2, 5)]


def decades(low: float, high: float) -> tuple[float, float]:
    """Return a range of whole powers of ten that holds both, two of them at least; the deeper, the rounder its end.

    So it seldom moves while a loss goes down.
    """
    top = math.ceil(math.log10(high) + 0.3)  # some room for the marks of changed settings
    bottom = min(math.floor(math.log10(low) - 1e-9), top - 2)
    step = next((step for most, step in ((6, 1), (12, 2), (60, 5), (200, 20)) if top - bottom <= most), 50)
    return 10.0 ** max(bottom // step * step, _DEEPEST), 10.0**top
