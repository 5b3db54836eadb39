"""What is seen in the plane of the runs beside ours: their borders, the ways of their centres, where these stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import dist
from typing import NamedTuple

import numpy as np

from core.kmeans.algorithm import State
from core.run.explanation import Focus
from playground.playback.view import View
from playground.topics.kmeans.clusters import colour, used
from playground.topics.kmeans.ways import Ways
from widgets.plots.marks.arrows_and_dots import XY, Dot
from widgets.plots.marks.regions import Borders
from widgets.plots.marks.trails import Trail
from widgets.plots.viewport import Rectangle

_NEAR = 0.09  # of the picture: how near to each other two centres have marks that cover each other
_HOLLOW, _RING, _WIDER = 22.0, 29.0, 6.0  # px: a mark by itself, a ring around another, each further ring


class _Centre(NamedTuple):
    cluster: int
    xy: XY
    name: str  # "" for ours, which have their own marks


@dataclass(frozen=True)
class _Stand:
    """A place: the centre that is marked there, and others at it or so close that their names would cover it."""

    first: _Centre
    others: list[_Centre] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The names of the others: `= B4, C1 ≈ C2`."""
        named = {sign: ", ".join(self._names(sign == "=")) for sign in "=≈"}
        return " ".join(f"{sign} {names}" for sign, names in named.items() if names)

    def _names(self, same: bool) -> Iterator[str]:
        return (other.name for other in self.others if (other.xy == self.first.xy) == same)


@dataclass(frozen=True)
class Beside:
    """The other runs at the step of a view; `home` is the rectangle around the points, `ways` are known by letter."""

    view: View
    home: Rectangle
    ways: Mapping[str, Ways]

    def borders(self) -> list[Borders]:
        """The borders between their clusters."""
        return [Borders(tuple(place.xy for place in _centres(state)), letter) for letter, state in self._states]

    def trails(self) -> Iterator[Trail]:
        """The ways of their centres."""
        for other in self.view.beside:
            way = self.ways[other.letter].between(other.timeline, 0, other.step(self.view.t))
            for j in used(other.timeline.frame(other.step(self.view.t)).state):
                yield Trail(Focus("way", (j,)), way[:, j], colour(j), "none", letter=other.letter)

    def arrows(self) -> Iterator[Trail]:
        """Arrow heads at the edge, with the names of the centres that stand out of the picture there."""
        for stand in self._stands:
            names = " ".join(filter(None, (stand.first.name, stand.words)))
            if names and not self._is_inside(stand.first.xy):
                cluster, xy, _ = stand.others[0] if not stand.first.name else stand.first
                yield Trail(Focus("compared", (cluster,)), np.array([xy]), colour(cluster), label=names)

    def dots(self) -> Iterator[Dot]:
        """Their centres: hollow with the name inside; those at the mark of another as rings around it."""
        for stand in self._stands:
            if not self._is_inside(stand.first.xy):
                continue
            if stand.first.name:
                yield _dot(stand.first, "hollow", stand.first.name, _HOLLOW)
            for place, other in enumerate(stand.others):
                yield _dot(other, "same", "" if place else stand.words, _RING + _WIDER * place)

    @cached_property
    def _states(self) -> list[tuple[str, State]]:
        return [(other.letter, other.timeline.frame(other.step(self.view.t)).state) for other in self.view.beside]

    @cached_property
    def _stands(self) -> list[_Stand]:
        stands = [_Stand(centre) for centre in _centres(self.view.state)] if self._states else []
        for letter, state in self._states:
            for centre in _centres(state, letter):
                near = min(stands, key=lambda stand: dist(stand.first.xy, centre.xy))
                if dist(near.first.xy, centre.xy) < self._reach:
                    near.others.append(centre)
                else:
                    stands.append(_Stand(centre))
        return stands

    @property
    def _reach(self) -> float:
        x0, x1, y0, y1 = self.home
        return _NEAR * max(x1 - x0, y1 - y0)

    def _is_inside(self, xy: XY) -> bool:
        x0, x1, y0, y1 = self.home
        return x0 <= xy[0] <= x1 and y0 <= xy[1] <= y1


def _centres(state: State, letter: str = "") -> list[_Centre]:
    places = state.centroids.tolist()
    return [_Centre(j, (places[j][0], places[j][1]), f"{letter}{j + 1}" if letter else "") for j in used(state)]


def _dot(centre: _Centre, style: str, label: str, size: float) -> Dot:
    return Dot(Focus("compared", (centre.cluster,)), centre.xy, style, label, colour(centre.cluster), size=size)
