"""The ruler: a person's arrow with lines across it. All points of one line are rated alike, so a film's foot on the
arrow is the rating predicted; a bar from the film to the line of the rating given is the error.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.ratings.beats import parts
from core.ratings.factors import OneRating
from core.run.explanation import Focus
from core.run.values import Floats
from playground.tab.marked import things
from playground.topics.ratings.shown import Shown
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Arrow, Dot, Links, Segment
from widgets.plots.marks.captions import Caption
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Points, Targets
from widgets.plots.marks.reach import Reach
from widgets.plots.marks.strokes import Strokes
from widgets.plots.plot import Plot

MOST_NAMED = 40  # films that are dots with names; more are points
MOST_LINES = 12  # of the ruler
_ROUND = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)
_BELOW = 0.12  # of the reach: room for numbers a little below 0
XY = tuple[float, float]


def rounded_up(value: float) -> float:
    """Return the next round number at or above a positive value."""
    if not 0 < value < math.inf:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(power * step for step in _ROUND if power * step >= value * (1 - 1e-9))


@dataclass(frozen=True)
class Ruler(Shown):
    """The picture of one view."""

    def draw(self, plot: Plot) -> None:
        """Show it."""
        names = ("axis_1", "axis_2") if self.params.n_factors <= 2 else ("axis_along", "axis_across")
        right, up = (self.texts.get("panels", name) for name in names)
        plot.set_names(f"{right} →", f"{up} ↑" if self.params.n_factors > 1 else "", in_corners=True)
        low, high = self.reach
        plot.set_range(low, high, low, high)
        plot.set_marks(self.marks())
        plot.setAccessibleDescription(self.description())

    def marks(self) -> list[Mark]:
        """All that is shown, the lowest first."""
        hidden = self.view.covered and self.is_new  # where the arrow would tell the answer
        return [
            *([] if hidden else self.of_person()), *self.clouds(), *self.pushes(), *self.dots(),
            *([] if hidden else [self.handle()]),
            *things(self.view, lambda _, thing: self.place(thing)),
        ]  # fmt: skip

    def of_person(self) -> Iterator[Mark]:
        """The arrow with its ruler, and what is read off it."""
        yield from self.lines()
        yield from self.ring()
        if self._by_star.any():  # an arrow of length 0 has no line to stand on
            yield Links("feet", self.films, self.feet, "black")
        yield from self.errors()
        yield self.arrow()

    @cached_property
    def reach(self) -> tuple[float, float]:
        """The range of both axes; round, so that it seldom moves."""
        every = np.concatenate([self.people, self.films, self.tip[None]])
        high = rounded_up(max(1.1 * float(np.abs(every).max()), 1.25 * math.sqrt(self.known.largest)))
        return (-high if float(every.min()) < -_BELOW * high else -_BELOW * high), high

    @cached_property
    def feet(self) -> Floats:
        """The foot of each film on the arrow's line, (m, 2)."""
        return np.outer(self.told_to, self._by_star)

    @cached_property
    def _by_star(self) -> Floats:
        """How far one more star is along the ruler, (2,): u/|u|²."""
        squared = float(self.tip @ self.tip)
        return np.asarray(self.tip / squared) if squared else np.zeros(2)

    def levels(self) -> list[float]:
        """The ratings that have a line: whole ones, or of other scales a few round ones."""
        low, high = min(0.0, self.known.ends[0]), self.known.ends[1]
        step = rounded_up((high - low or 1.0) / 5.5)
        found = [step * k for k in range(math.ceil(low / step), math.floor(high / step) + 1) if k]
        return found[:MOST_LINES]

    def lines(self) -> Iterator[Mark]:
        """The lines across the arrow, each with its rating at the foot."""
        across = np.array([-self._by_star[1], self._by_star[0]])
        length = float(np.linalg.norm(across))
        if not length:
            return
        across = across / length * 3.0 * max(map(abs, self.reach))
        levels = self.levels()
        feet = np.outer(levels, self._by_star)
        yield Links("lines", feet - across, feet + across, "sky")
        yield from (Caption(f"{level:g}", _xy(foot), "sky") for level, foot in zip(levels, feet, strict=True))

    def ring(self) -> Iterator[Mark]:
        """The ring of equal distance through the nearest film not rated, where it is asked for and distances are seen.

        The two films it compares have their feet drawn: that one, and the one that lies furthest along the arrow.
        """
        if not self.view.options.get("ring") or self.view.covered or self.ring_of_none:
            return
        unseen = np.flatnonzero(np.isnan(self.rated))
        nearest, highest = int(unseen[self.away[unseen].argmin()]), int(unseen[self.told_to[unseen].argmax()])
        yield Reach(*_xy(self.tip), float(self.away[nearest]), "orange", dashed=True)
        for j in dict.fromkeys((nearest, highest)):
            yield Segment(Focus("item", (j,)), _xy(self.films[j]), _xy(self.feet[j]), "orange")
        away = numbers.fixed(float(self.away[nearest]), 2)
        at = self.tip - (0.0, float(self.away[nearest]))
        yield Caption(self.texts.get("panels", "ring_away").format(away=away), _xy(at), "orange", "below")

    @cached_property
    def ring_of_none(self) -> str:
        """The key of the words why there is no ring; nothing where there is one."""
        if self.params.n_factors != 2:
            return "ring_of_two"
        return "" if np.isnan(self.rated).any() else "ring_of_gaps"

    def arrow(self) -> Arrow:
        """The person's arrow."""
        return Arrow(Focus("user", (self.user,)), (0.0, 0.0), _xy(self.tip), "blue")

    def handle(self) -> Dot:
        """What the arrow is taken by."""
        said = self.texts.get("panels", "person").format(name=self.name)
        return Dot(Focus("user", (self.user,)), _xy(self.tip), "circle", self.name, "blue",
                   draggable=not self.is_new, size=9.0, over=True, said=said)  # fmt: skip

    def clouds(self) -> Iterator[Points]:
        """The other people, as points, and films where they are too many for dots with names, rings lowest."""
        if len(self.films) > MOST_NAMED:
            yield Points("gaps", self.films[np.isnan(self.rated)], "blue", "circle", 6.0, hollow=True)
        yield Points("others", self.people if self.is_new else np.delete(self.people, self.user, axis=0), "black",
                     "circle", 5.0, faint=True)  # fmt: skip
        if len(self.films) > MOST_NAMED:
            yield Points("rated", self.films[~np.isnan(self.rated)], "black", "circle", 6.0)

    def errors(self) -> Iterator[Mark]:
        """A bar at each film that the person rated, to the line of that rating; of many films all at once."""
        rated = np.flatnonzero(~np.isnan(self.rated))
        begins = self.films[rated]
        ends = begins + np.outer(self.rated[rated] - self.told_to[rated], self._by_star)
        if len(self.films) > MOST_NAMED:
            yield Strokes("errors", begins, ends, "vermillion")
            return
        for j, begin, end in zip(rated.tolist(), begins, ends, strict=True):
            yield Segment(Focus("rating", (self.user, j)), _xy(begin), _xy(end), "vermillion")

    def pushes(self) -> Iterator[Mark]:
        """At the beat of gradients: how far the step pushes both vectors."""
        if self.view.beat != "gradients" or self.view.before is None or self.params.n_factors > 2:
            return
        made = parts(self.view.before.state, self.view.frame.made, self.view.frame.used)
        if isinstance(made, OneRating) and made.user == self.user:
            rate = self.view.frame.used.learning_rate
            for kind, begin, push in (
                ("tip", self.tip, made.push_user),
                ("film", self.films[made.item], made.push_item),
            ):
                yield Arrow(Focus("push", (kind == "film",)), _xy(begin), _xy(begin + rate * push @ self.axes), "green")

    def dots(self) -> Iterator[Mark]:
        """The films: full where the person rated them, a ring where not; in purple where that is held out."""
        if len(self.films) > MOST_NAMED:
            yield Targets(self.films, lambda j: Focus("item", (j,)), self.item, "")
            return
        for j in range(len(self.films)):
            yield self._dot(j)

    def _dot(self, j: int) -> Dot:
        is_rated = not np.isnan(self.rated[j])
        is_held = not self.is_new and bool(self.held[self.user, j])
        colour = "black" if is_rated else "purple" if is_held else "blue"
        said = self.texts.get("panels", "film").format(name=self.names.items[j])
        return Dot(Focus("item", (j,)), _xy(self.films[j]), "circle" if is_rated else "ring", self.told(j), colour,
                   draggable=self.params.n_factors <= 2, size=11.0 if j == self.item else 8.0, said=said)  # fmt: skip

    def told(self, j: int) -> str:
        """The name of a film and what is predicted for it; while a scene asks, the name alone."""
        name = self.names.items[j]
        return name if self.view.covered else f"{name}  {numbers.fixed(float(self.told_to[j]), 1)}"

    def place(self, thing: Focus) -> XY | None:
        """Where a person or a film stands."""
        match thing:
            case Focus("user", (i,)) if i < len(self.people):
                return _xy(self.people[i])
            case Focus("item", (j,)) if j < len(self.films):
                return _xy(self.films[j])
        return None

    def description(self) -> str:
        """One line for a screen reader."""
        return f"{self.name}: " + "; ".join(self.told(j) for j in range(min(len(self.films), 20)))


def moved_to(shown: Shown, x: float, y: float, old: Floats) -> Floats:
    """Return a vector (f,) that lies at a place of the plane and keeps what the plane does not show of it."""
    along = np.array([x, y])[: max(1, min(2, shown.params.n_factors))]
    axes = shown.axes[:, : len(along)]
    return np.asarray(old + axes @ (along - old @ axes))


def _xy(place: Floats) -> XY:
    return float(place[0]), float(place[1])
