"""The big picture of k-means: points by cluster, centres with the way they took, regions, and who will switch."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import kmeans as core
from core.kmeans import State
from core.kmeans.algorithm import MovePoint
from core.kmeans.lloyd import nearest, squared_distances
from core.run.recipe import SetArray
from core.run.timeline import Frame
from core.run.values import Floats
from playground.playback.run import Run
from playground.topics.kmeans.clusters import colour, marker
from playground.topics.kmeans.ways import Ways
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.regions import Regions
from widgets.plots.plane_plot import Dot, Links, PlanePlot, Points, Trail

Rectangle = tuple[float, float, float, float]

MARGIN = 0.07
MOST_SWITCHING = 600  # rings that are drawn; the note counts all
MOST_MEDOID = 1000  # points of a cluster whose medoid is looked for: it compares each with each
MOST_LOOKED_AT = 200_000  # points for which is looked who will switch, at every frame
_SIZES = ((600, 8.0), (3000, 6.0), (20_000, 4.0))  # of a marker, for up to so many points


def marker_size(n: int) -> float:
    """Return how large a marker is drawn, the smaller the more there are."""
    return next((size for most, size in _SIZES if n <= most), 2.0)


class _Same:
    """A key for a cache: arrays in states are locked, so one and the same array has its values for good."""

    def __init__(self, *arrays: NDArray[Any]) -> None:
        self.arrays = arrays

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.arrays)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same) or len(self.arrays) != len(other.arrays):
            return False
        return all(a is b for a, b in zip(self.arrays, other.arrays, strict=True))


@lru_cache(maxsize=4)
def _groups(key: _Same, k: int) -> tuple[NDArray[np.int64], ...]:
    """Return the indices of the points without a cluster, then those of each cluster."""
    (labels,) = key.arrays
    return tuple(np.flatnonzero(labels == j) for j in range(-1, k))


@lru_cache(maxsize=4)
def _clouds(key: _Same, k: int) -> tuple[Points, ...]:
    """Return the points without a cluster, then those of each cluster; the same objects while nothing changes."""
    points, labels = key.arrays
    size = marker_size(len(points))
    none, *clusters = _groups(_Same(labels), k)
    clouds = [Points("unassigned", points[none], "black", "circle", 0.75 * size, faint=True)]
    for j, own in enumerate(clusters):
        clouds.append(Points(f"cluster {j}", points[own], colour(j), marker(j), size))
    return tuple(cloud for cloud in clouds if len(cloud.xy))


@lru_cache(maxsize=4)
def _switching(key: _Same) -> NDArray[np.int64]:
    points, centroids, in_use, labels = key.arrays
    used = np.flatnonzero(in_use)
    return np.flatnonzero(used[nearest(points, centroids[used])] != labels)


def switching(state: State) -> NDArray[np.int64]:
    """Return the indices of the points whose nearest centroid is another than theirs; none before the first assign."""
    if state.labels[0] < 0 or len(state.points) > MOST_LOOKED_AT:
        return np.empty(0, dtype=np.int64)
    return _switching(_Same(state.points, state.centroids, state.in_use, state.labels))


@lru_cache(maxsize=32)
def _medoid(key: _Same, cluster: int) -> int | None:
    points, labels = key.arrays
    own = np.flatnonzero(labels == cluster)
    if not 0 < len(own) <= MOST_MEDOID:
        return None
    return int(own[np.sqrt(squared_distances(points[own], points[own])).sum(axis=1).argmin()])


def medoid(state: State, cluster: int) -> int | None:
    """Return the point with the smallest sum of distances to the others of its cluster; None for none or too many."""
    return _medoid(_Same(state.points, state.labels), cluster)


def home_of(run: Run) -> Rectangle:
    """Return the rectangle around all points of the run, wherever they are put in it."""
    parts = [core.points_of(run.recipe.params)]
    for change in run.recipe.edits:
        edit = change.edit
        if isinstance(edit, MovePoint):
            parts.append(np.array([[edit.x, edit.y]]))
        elif isinstance(edit, SetArray) and edit.name == "points":
            parts.append(edit.value)
    return _around(_Same(*parts)) if len(parts) == 1 else _rectangle(parts)


@lru_cache(maxsize=4)
def _around(key: _Same) -> Rectangle:
    return _rectangle(list(key.arrays))


def _rectangle(parts: list[Floats]) -> Rectangle:
    low = np.min([part.min(axis=0) for part in parts], axis=0)
    high = np.max([part.max(axis=0) for part in parts], axis=0)
    room = MARGIN * float((high - low).max()) or 1.0  # around one place only
    (x0, y0), (x1, y1) = (low - room).tolist(), (high + room).tolist()
    return x0, x1, y0, y1


@dataclass(frozen=True)
class Scene:
    """What the picture of one frame is made of."""

    run: Run
    frame: Frame[Any, Any]
    focus: str
    texts: Texts
    ways: Ways
    other_ways: Ways  # of the run it is compared with

    @property
    def state(self) -> State:
        """The state shown."""
        state: State = self.frame.state
        return state

    def draw(self, plot: PlanePlot) -> None:
        """Show the frame."""
        params = self.frame.params
        plot.set_names("x", "y")
        plot.set_ground(self.regions() if params.shading else None)
        plot.set_range(*home_of(self.run))
        plot.set_links(self.links() if params.lines else [])
        plot.set_points(self.points())
        plot.set_targets(Points("point", self.state.points, "black"))
        plot.set_trails(self.trails())
        plot.set_dots(self.dots())
        plot.set_note(self.note())
        plot.describe(self.texts.get("panels", "points"), self.description())

    def used(self) -> list[int]:
        """The centroids that take part."""
        used: list[int] = np.flatnonzero(self.state.in_use).tolist()
        return used

    def regions(self) -> Regions:
        """The places nearest to each centre."""
        places = tuple((float(x), float(y)) for x, y in self.state.centroids[self.used()])
        return Regions(places, tuple(colour(j) for j in self.used()))

    def points(self) -> list[Points]:
        """Rings around the points that will switch and the one in focus, then the points of each cluster."""
        state = self.state
        size = marker_size(len(state.points))
        rings = state.points[switching(state)[:MOST_SWITCHING]]
        marked = [("switching", rings, size + 8), ("pinned", self._pinned(), size + 12)]
        hollow = [Points(name, xy, "black", size=size, hollow=True) for name, xy, size in marked if len(xy)]
        return [*hollow, *_clouds(_Same(state.points, state.labels), len(state.centroids))]

    def _pinned(self) -> Floats:
        """The point in focus, (1, 2), or none, (0, 2)."""
        kind, _, index = self.focus.partition(" ")
        chosen = [int(index)] if kind == "point" and int(index) < len(self.state.points) else []
        pinned: Floats = self.state.points[chosen]
        return pinned

    def links(self) -> list[Links]:
        """Lines from the points to their centres."""
        state = self.state
        _, *clusters = _groups(_Same(state.labels), len(state.centroids))
        return [
            Links(f"links {j}", state.points[own], np.broadcast_to(state.centroids[j], (len(own), 2)), colour(j))
            for j, own in enumerate(clusters)
            if len(own)
        ]

    def trails(self) -> list[Trail]:
        """The way each centre took, what is recorded ahead, and what it did before the last change.

        A centre out of the picture has an arrow head at its edge.
        """
        run, t = self.run, self.frame.t
        if not self.frame.params.trails or t > run.timeline.recorded:
            return [self._trail(j, self.state.centroids[None]) for j in self.used()]
        way = self.ways.between(run.timeline, 0, t)
        ahead = self.ways.between(run.timeline, t, run.timeline.recorded)
        ghost = self._ghost()
        return [self._trail(j, way, ahead, ghost) for j in self.used()]

    def _trail(self, j: int, way: Floats, ahead: Floats | None = None, ghost: Floats | None = None) -> Trail:
        x0, x1, y0, y1 = home_of(self.run)
        x, y = way[-1, j].tolist()
        is_outside = not (x0 <= x <= x1 and y0 <= y <= y1)
        return Trail(
            f"way {j}", "", way[:, j], colour(j), "" if is_outside else "none",
            faint_xy=None if ahead is None or len(ahead) < 3 else ahead[:, j],
            ghost_xy=None if ghost is None else ghost[:, j],
        )  # fmt: skip

    def _ghost(self) -> Floats | None:
        """The ways of the pinned run, or of the run before the last change, where it had as many centres."""
        run = self.run
        other, begin = (run.pinned, 0) if run.pinned else (run.ghost, run.ghost_from)
        if other is None or other is run.timeline or other.recipe.params.n_clusters != run.recipe.params.n_clusters:
            return None
        return self.other_ways.between(other, begin, other.recorded)

    def dots(self, share: float = 1.0) -> list[Dot]:
        """The starts and the centres, numbered; of the cluster in focus the medoid, too."""
        state = self.state
        now = state.centroids if share >= 1 else self._glided(share)
        dots = self._starts() + self._medoid_dots()
        for j in sorted(self.used(), key=lambda j: f"cluster {j}" == self.focus):
            x, y = now[j].tolist()
            size = 25.0 if f"cluster {j}" == self.focus else 21.0
            dots.append(Dot(f"centroid_{j}", (x, y), "number", str(j + 1), colour(j), draggable=True, size=size))
        return dots

    def _glided(self, share: float) -> Floats:
        before = self.run.before
        if before is None:
            return self.state.centroids
        glided: Floats = before.state.centroids + share * (self.state.centroids - before.state.centroids)
        return glided

    def _starts(self) -> list[Dot]:
        if not self.frame.t or not self.frame.params.trails:
            return []
        start = self.ways.between(self.run.timeline, 0, 0)[0]
        label = self.texts.get("panels", "start") if len(start) <= 6 else ""
        moved = [j for j in self.used() if (start[j] != self.state.centroids[j]).any()]
        return [Dot(f"start {j}", tuple(start[j].tolist()), "ring", label, size=9.0) for j in moved]

    def _medoid_dots(self) -> list[Dot]:
        """The medoid of the cluster in focus, of each one where none is."""
        if not self.frame.params.medoid or self.state.labels[0] < 0:
            return []
        kind, _, index = self.focus.partition(" ")
        clusters = [int(index)] if kind == "cluster" else self.used()
        found = [(j, medoid(self.state, j)) for j in clusters]
        label = self.texts.get("panels", "medoid") if kind == "cluster" else ""
        return [
            Dot(f"medoid {j}", tuple(self.state.points[i].tolist()), "plus", label, "black", size=13.0)
            for j, i in found
            if i is not None
        ]

    def note(self) -> str:
        """Say in words which cluster is empty, else how many points will switch."""
        empty = core.empty_clusters(self.state)
        if empty:
            remedy = self.texts.get("methods", self.frame.params.empty)
            return self.texts.get("panels", "empty_note").format(n=empty[0] + 1, remedy=remedy)
        count = len(switching(self.state))
        return self.texts.get("panels", "will_switch").format(count=numbers.count(count)) if count else ""

    def description(self) -> str:
        """One line for a screen reader: where each centre stands."""
        places = [
            f"{j + 1}: {numbers.coordinate(x)}, {numbers.coordinate(y)}"
            for j, (x, y) in enumerate(self.state.centroids.tolist())
        ]
        return "; ".join(places)
