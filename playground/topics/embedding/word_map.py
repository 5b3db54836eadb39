"""The map of words: where the rows of E lie on a plane that stays for the whole run, and W of the place told of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.embedding import word_map
from core.embedding.votes import times_for
from core.run.explanation import Focus
from core.run.values import Ints
from playground.topics.embedding.shown import Shown, rounded_up
from widgets.base import numbers
from widgets.plots.marks.named_points import Link, NamedPoints, Spot
from widgets.plots.marks.note import Note
from widgets.plots.plot import Plot

_MOST = 60  # words beside those of the sentence
_KINDS = ((1, 0, "blue", "circle"), (0, 1, "vermillion", "square"))


@dataclass(frozen=True)
class WordMap(Shown):
    """The map of a view."""

    @cached_property
    def map(self) -> word_map.WordMap:
        """The rows and W of the step in view on the plane of the run."""
        return word_map.word_map(self.view.state, self.view.timeline.frame(0).state, self.params)

    def draw(self, plot: Plot) -> None:
        """Show it in a plot."""
        get, reach = self.texts.get, self._reach
        plot.set_names(f"{get('panels', 'map_1')} →", f"{get('panels', 'map_2')} ↑", in_corners=True)
        plot.set_range(-reach, reach, -reach, reach)
        told = get("panels", "map_share").format(share=numbers.percent(self.map.share))
        warned = get("panels", "map_warning"), get("panels", "map_line").format(place=self.chosen.place + 1)
        notes = Note(told, 3), Note(warned[0], 2), Note(warned[1], 1)
        plot.set_marks([NamedPoints(tuple(self._spot(k) for k in self._shown), (self._along,)), *notes])
        plot.setAccessibleDescription(". ".join((told, *warned)))

    @cached_property
    def _reach(self) -> float:
        """A round number beyond all rows, in view and at the end of the record: so it seldom moves."""
        timeline = self.view.timeline
        last = timeline.frame(timeline.recorded).state
        ends = self.map, word_map.word_map(last, timeline.frame(0).state, self.params)
        return rounded_up(1.05 * max(0.01, *(float(np.abs(at.rows).max()) for at in ends)))

    @property
    def _shown(self) -> list[int]:
        """The numbers that are shown, those of the sentence first, then those furthest out."""
        away = np.abs(self.map.rows).max(axis=1)
        far = sorted(self.data.used, key=lambda k: -float(away[k]))[:_MOST]
        return list(dict.fromkeys([*(int(k) for k in self.sequence), *far]))

    @cached_property
    def _sides(self) -> tuple[Ints, Ints]:
        """How often each number was trained in sentences for it, and against it."""
        return times_for(self.params, 1).sum(axis=1), times_for(self.params, 0).sum(axis=1)

    def _spot(self, number: int) -> Spot:
        """A word, in the colour of its side where it was trained on one side alone."""
        yes, no = (bool(side[number]) for side in self._sides)
        colour, marker = next((kind[2:] for kind in _KINDS if kind[:2] == (yes, no)), ("", "circle"))
        at = Focus("vote", (number, self.chosen.place, self.chosen.sentence))
        x, y = self.map.rows[number].tolist()
        return Spot(at, x, y, self.word(number), colour, marker, spoken_of=number in self.sequence)

    @property
    def _along(self) -> Link:
        """The line of W of the place told of: how far a row reaches along it is its vote there."""
        x, y = self.map.places[self.chosen.place].tolist()
        far = 2 * self._reach / max(float(np.hypot(x, y)), 1e-9)
        return Link((-far * x, -far * y), (far * x, far * y), "orange")
