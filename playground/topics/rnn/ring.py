"""The eigenvalues of U in the plane of complex numbers, the unit circle, and the ring through the largest.

Inside the circle what U carries fades, outside it swells; the ring is pulled to make U longer or shorter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.rnn.net import named
from core.rnn.recurrence import eigenvalues, radius_of
from core.rnn.settings import LARGEST_RADIUS, Params
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.disc import Disc
from widgets.plots.marks.handle import Span
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.path import Path
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

RING = "ring"
_FIRST_LETTER, _NEXT_LETTER = 100, 60  # degrees
LEAST = 0.01  # the shortest the ring is pulled: of a U that is 0 no longer one could be made
KEY = 0.05  # of the radius, that a key pulls the ring by
_ROOM, _REACH = 1.05, 1.25  # the half width of the plane stays until a ring comes near to its edge: then twice that, …
_FOR_FOUR = 0.3  # of the half width, that the radius of a ring with four grips is at least
_ROUND = 1e-9  # an eigenvalue nearer to the circle lies on it
_TURN = np.linspace(0.0, 2 * math.pi, 181)
_CIRCLE = np.column_stack([np.cos(_TURN), np.sin(_TURN)])
_GRIPS = ((1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0))  # in the corners, where few eigenvalues are


@dataclass(frozen=True)
class Ring:
    """What the picture of one view is made of."""

    view: View
    texts: Texts

    @cached_property
    def values(self) -> Floats:
        """The eigenvalues as points (units, 2), the largest first."""
        params: Params = self.view.params
        found = eigenvalues(named(self.view.state.weights, params)["U"])
        return np.column_stack([found.real, found.imag])

    @cached_property
    def sizes(self) -> Floats:
        """How far each lies from 0."""
        return np.asarray(np.hypot(*self.values.T))

    @property
    def radius(self) -> float:
        """The largest |λ|."""
        return float(self.sizes[0])

    def draw(self, plot: Plot) -> None:
        """Show the view."""
        plot.set_range(-self._reach, self._reach, -self._reach, self._reach)
        plot.set_marks(tuple(self.marks()))
        plot.setAccessibleDescription(self.said())

    @property
    def _span(self) -> Span | None:
        """What keys make of the radius; nothing of one that is 0, and stays so."""
        return Span(self.radius, LEAST, LARGEST_RADIUS, part=KEY) if self.radius else None

    @cached_property
    def _others(self) -> list[Ring]:
        """The rings of the runs it is compared with."""
        return [Ring(self.view.of(other), self.texts) for other in self.view.beside]

    @cached_property
    def _was(self) -> float:
        """The radius before weights were set by hand; the same where they were not."""
        frame = self.view.frame
        if np.array_equal(frame.made.weights, frame.state.weights):
            return self.radius
        return radius_of(named(frame.made.weights, frame.used)["U"])

    @property
    def _farthest(self) -> float:
        """The largest radius that is shown."""
        return max(self.radius, self._was, *(other.radius for other in self._others))

    @property
    def _reach(self) -> float:
        """The half width of the plane."""
        return _REACH * max(1, math.ceil(_ROOM * self._farthest / _REACH))

    def _beside(self) -> Iterator[Mark]:
        """The rings and the eigenvalues of the runs it is compared with; each letter at a place of its own."""
        for n, other in enumerate(self._others):
            letter, angle = other.view.letter, math.radians(_FIRST_LETTER + n * _NEXT_LETTER)
            at = other.radius * math.cos(angle), other.radius * math.sin(angle)
            yield Path(Focus(f"ring {letter}"), other.radius * _CIRCLE, "blue", at=at, letter=letter)
            yield Points(f"λ {letter}", other.values, "blue", "circle", 7.0 + 2 * n, hollow=True)

    def _before(self) -> Iterator[Mark]:
        """The ring as it was before it was pulled."""
        was = self._was
        if abs(was - self.radius) > _ROUND:
            words = self.texts.get("panels", "ring_was").format(radius=numbers.compact(was))
            yield Path(Focus("before"), was * _CIRCLE, "black", dashed=True, faint=True, label=words, at=(0.0, was))

    def marks(self) -> Iterator[Mark]:
        """The circle, the ring, the eigenvalues and the grips."""
        yield Disc(1.0)
        yield from self._before()
        yield from self._beside()
        yield Path(Focus(RING), self.radius * _CIRCLE, "blue")
        yield Points("λ", self.values, "blue", "circle", 7.0)
        grips = (
            _GRIPS if self.radius > _FOR_FOUR * self._reach else _GRIPS[:1]
        )  # four would hide what a small ring holds
        for k, (x, y) in enumerate(grips):
            at = self.radius * x / math.sqrt(2), self.radius * y / math.sqrt(2)
            label = numbers.compact(self.radius) if k == 0 else ""
            yield Dot(Focus(RING, (k,)), at, "ring", label, "blue", draggable=True, over=True, goes="", own=self._span,
                      said=f"{self.texts.parameter('radius', 'label')} {k + 1}")  # fmt: skip

    def said(self) -> str:
        """Say how many lie inside the circle, on it and outside, and where the ring is."""
        inside, outside = int((self.sizes < 1 - _ROUND).sum()), int((self.sizes > 1 + _ROUND).sum())
        counts = {"inside": inside, "outside": outside, "on": len(self.sizes) - inside - outside}
        key = "ring_counts_on" if counts["on"] else "ring_counts"
        if counts["on"] == len(self.sizes):
            key = "ring_all_on"
        return self.texts.get("panels", key).format(**counts)

    def pulled(self, x: float, y: float) -> float | None:
        """Return the radius of a ring pulled to a place; None where every eigenvalue is 0, and stays so."""
        return min(max(round(math.hypot(x, y), 2), LEAST), LARGEST_RADIUS) if self.radius else None
