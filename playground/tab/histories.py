"""Plots over steps: one call each. What is recorded ahead is faint, what the run is compared with lies beneath."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.run.recipe import SetParam
from core.run.timeline import Timeline
from core.run.values import Floats
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.change_marks import ChangeMark, ChangeMarks
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.mark import Mark
from widgets.plots.plot import Plot

SMALLEST = 1e-16  # a loss below this is drawn on the floor of a log axis
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

    def points(self, timeline: Timeline[Any, Any], first: int, last: int) -> tuple[Floats, Floats]:
        """Return steps and values of a record from one step to another."""
        if self.made is None:
            return timeline.series.outline(self.series, first, last + 1)
        x, y = self.made(timeline)
        kept = (x >= first) & (x <= last)
        return x[kept], y[kept]

    def is_of(self, timeline: Timeline[Any, Any]) -> bool:
        """Tell whether a record holds it: a run with other settings may have other series."""
        return self.made is not None or self.series in timeline.series.names

    def curve(self, view: View) -> Curve:
        """Return the curve of the run in view."""
        x, y = self.points(view.timeline, 0, view.recorded)
        look = {"focused": self.focused, "dashed": self.dashed, "pale": self.pale, "marker": self.marker}
        return Curve(self.series, self.label, x, y, self.colour, **look)  # type: ignore[arg-type]

    def ghost(self, other: Compared, label: str) -> Curve:
        """Return the curve of a run it is compared with."""
        x, y = self.points(other.timeline, other.since, other.timeline.recorded)
        return Curve(f"ghost {self.series}", label, x, y, self.colour, ghost=True)


def history(
    plot: Plot, view: View, lines: Sequence[Line], texts: Texts, axis: str, span: tuple[float, float],
    told: str = "", marks: Sequence[ChangeMark] | None = None, log: bool = False, beneath: Sequence[Curve] = (),
    under: Sequence[Mark] = (),
) -> None:  # fmt: skip
    """Show lines over the steps of a view, on an axis named `axis` whose ends are `span`; `told` to a screen reader.

    Curves `beneath` and marks `under` those come first.
    """
    plot.set_names(texts.get("panels", "step_axis"), axis)
    plot.set_log(y=log)
    plot.set_range(0, view.steps, *span)
    begun = view.timeline.recorded > 0
    curves = [*_ghosts(view, lines), *beneath, *(line.curve(view) for line in lines)]
    shown = tuple(curve for curve in curves if len(curve.x) and begun)
    marks = change_marks(view, texts) if marks is None else marks
    plot.set_marks([*under, Curves(shown, view.t), ChangeMarks(tuple(marks) if begun else ())])
    plot.setAccessibleDescription(told)


def _ghosts(view: View, lines: Sequence[Line]) -> Iterator[Curve]:
    """Yield what the runs compared with did, or the run before the last change; the first of each bears its letter."""
    for other in view.others:
        label = other.letter
        for line in lines:
            if line.beside and line.is_of(other.timeline):
                yield line.ghost(other, label)
                label = ""


def extremes(view: View, names: Iterable[str]) -> tuple[float, float] | None:
    """Return the lowest and the highest value of series in the whole record and those it is compared with."""
    records = [view.timeline, *(other.timeline for other in view.compared)]
    ends = [record.series.extremes(name) for record in records for name in names if name in record.series.names]
    known = [(low, high) for low, high in ends if low <= high]
    return (min(low for low, _ in known), max(high for _, high in known)) if known else None


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


def decades(low: float, high: float) -> tuple[float, float]:
    """Return a range of whole powers of ten that holds both; ten of them at most: below lies what nobody looks for."""
    high = max(high, SMALLEST * 100)
    top = math.ceil(math.log10(high) + 0.3)  # some room for the marks of changed settings
    bottom = math.floor(math.log10(max(low, SMALLEST)) - 1e-9)
    bottom = max(bottom, top - 10)
    return 10.0 ** min(bottom, top - 2), 10.0**top
