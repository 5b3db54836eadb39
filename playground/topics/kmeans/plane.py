"""The big picture of k-means: points by cluster, centres with the way they took, regions, and who will switch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from math import sqrt

import numpy as np

from core.kmeans.algorithm import MovePoint, State, by_distance, empty_clusters, nearest_in_use
from core.kmeans.groups import in_another_group, matched
from core.kmeans.lloyd import Labels
from core.kmeans.settings import Params, name_of, points_of, true_groups
from core.nn.similarity import squared_distances
from core.run.explanation import Focus
from core.run.recipe import Recipe, SetArray
from core.run.values import Floats, kept
from playground.playback.view import View
from playground.tab.marked import things
from playground.topics.kmeans.beside import Beside
from playground.topics.kmeans.clusters import colour, marker, used
from playground.topics.kmeans.ways import Ways, since, until
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot, Links, Measure
from widgets.plots.marks.captions import Caption
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.note import Note
from widgets.plots.marks.points import Clouds, Points, Targets
from widgets.plots.marks.regions import Regions
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.plot import Plot
from widgets.plots.viewport import Rectangle

MARGIN = 0.07
MOST_SWITCHING = 600  # rings that are drawn; the note counts all
MOST_MEDOID = 1000  # points of a cluster whose medoid is looked for: it compares each with each
MOST_LOOKED_AT = 200_000  # points for which is looked who will switch, at every frame
_GROUP_RING = 7.0  # px that the ring of a true group is wider than its points
_CORNERS = (("point", 15.0), ("cluster", 34.0))  # px from side to side around what is spoken of
_OTHER_GROUPS = 16  # the cluster from which on colours are lent to groups that no cluster stands for
_MOST_LENGTHS = 6  # centres up to which each line to a point has its length: more would cover each other
_SIZES = ((600, 8.0), (3000, 6.0), (20_000, 4.0))  # of a marker, for up to so many points


def marker_size(n: int) -> float:
    """Return how large a marker is drawn, the smaller the more there are."""
    return next((size for most, size in _SIZES if n <= most), 2.0)


@kept(4)
def _clusters(labels: Labels) -> dict[int, Labels]:
    """Return the indices of the points of each cluster that has some."""
    groups = {j: np.flatnonzero(labels == j) for j in range(labels.max() + 1)}
    return {j: own for j, own in groups.items() if len(own)}


@kept(4)
def _clouds(points: Floats, labels: Labels) -> tuple[Points, ...]:
    """Return the points of each cluster, before the first assign those of none; the same while nothing changes."""
    size = marker_size(len(points))
    is_free = labels < 0
    free = points if is_free.all() else points[is_free]  # the same object, so that its picture is kept
    unassigned = (Points("unassigned", free, "black", "circle", 0.75 * size, faint=True),) if len(free) else ()
    clusters = _clusters(labels).items()
    return (*unassigned, *(Points(f"cluster {j}", points[own], colour(j), marker(j), size) for j, own in clusters))


@kept(4)
def switching(state: State) -> Labels:
    """Return the indices of the points whose nearest centroid is another than theirs; none before the first assign."""
    if state.phase == "start" or len(state.points) > MOST_LOOKED_AT:
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(nearest_in_use(state) != state.labels)


@kept(4)
def _group_rings(points: Floats, labels: Labels, groups: Labels) -> tuple[Points, ...]:
    """Return rings around the points of each true group, in the colour of the cluster that stands for it.

    Of a group that none stands for, in a colour that no cluster of so few has.
    """
    cluster_of = {group: cluster for cluster, group in matched(labels, groups).items()}
    colours = [colour(cluster_of.get(group, _OTHER_GROUPS + group)) for group in range(int(groups.max()) + 1)]
    size = marker_size(len(points)) + _GROUP_RING
    return tuple(
        Points(f"group {group}", points[groups == group], own, size=size, hollow=True)
        for group, own in enumerate(colours)
    )


@kept(4)
def _loneliest(places: Floats) -> int:
    """Return the index of the place that is farthest from all others."""
    squared = squared_distances(places, places)
    np.fill_diagonal(squared, np.inf)
    return int(squared.min(axis=1).argmax())


@kept(32)
def _medoid(points: Floats, labels: Labels, cluster: int) -> tuple[float, float] | None:
    """Return the point with the smallest sum of distances to the others of its cluster; None for none or too many."""
    indices = _clusters(labels).get(cluster)
    if indices is None or len(indices) > MOST_MEDOID:
        return None
    own = points[indices]
    x, y = own[np.sqrt(squared_distances(own, own)).sum(axis=1).argmin()].tolist()
    return x, y


def home_of(recipe: Recipe[Params]) -> Rectangle:
    """Return the rectangle around all points of the run, wherever they are put in it."""
    parts = [points_of(recipe.params)]
    for change in recipe.edits:
        edit = change.edit
        if isinstance(edit, MovePoint):
            parts.append(np.array([[edit.x, edit.y]]))
        elif isinstance(edit, SetArray) and edit.name == "points":
            parts.append(edit.value)
    return _around(*parts)


@kept(4)
def _around(*parts: Floats) -> Rectangle:
    columns = [[part[:, axis] for part in parts] for axis in (0, 1)]  # one at a time: many times as fast
    low = np.array([min(part.min() for part in column) for column in columns])
    high = np.array([max(part.max() for part in column) for column in columns])
    room = MARGIN * float((high - low).max()) or 1.0  # around one place only
    (x0, y0), (x1, y1) = (low - room).tolist(), (high + room).tolist()
    return x0, x1, y0, y1


def _place(kind: str, run: View, thing: Focus) -> tuple[float, float] | None:
    """Return where a point, or the centre of a cluster in use, stands in a run."""
    state: State = run.state
    if thing.kind != kind or (kind == "cluster" and not state.in_use[thing.at[0]]):
        return None
    x, y = (state.points if kind == "point" else state.centroids)[thing.at[0]].tolist()
    return x, y


def _point(index: int) -> Focus:
    return Focus("point", (index,))


@dataclass(frozen=True)
class Plane:
    """What the picture of one frame is made of."""

    view: View
    texts: Texts
    ways: Ways
    other_ways: Mapping[str, Ways]  # of the runs it is compared with, by letter, and of the ghost

    @property
    def state(self) -> State:
        """The state shown."""
        state: State = self.view.state
        return state

    @cached_property
    def home(self) -> Rectangle:
        """The rectangle around all points of the run."""
        return home_of(self.view.timeline.recipe)

    def draw(self, plot: Plot) -> None:
        """Show the frame."""
        plot.set_range(*self.home)
        plot.set_marks(self.marks())
        plot.setAccessibleDescription(self.description())

    def marks(self) -> list[Mark]:
        """All that is shown, the lowest first."""
        params = self.view.params
        beside = Beside(self.view, self.home, self.other_ways)
        ground = [self.regions(), *beside.borders()] if params.shading and not self.view.covered else []
        links = self.links() if params.lines else []
        others = (*(beside.trails() if params.trails else ()), *beside.arrows())
        clouds, trails = Clouds(self.points()), Trails((*others, *self.trails()))
        dots, targets = [*beside.dots(), *self.dots()], self.targets()
        spoken = [mark for kind, size in _CORNERS for mark in things(self.view, partial(_place, kind), size)]
        return [
            *ground,
            *links,
            clouds,
            trails,
            *self.measures(),
            *self.named(),
            *dots,
            *spoken,
            *self.notes(),
            targets,
        ]

    def targets(self) -> Targets:
        """The points, to be pointed at; the chosen one can be taken in hand by keys, too."""
        chosen = self.view.focus.at[0] if self.view.focus and self.view.focus.kind == "point" else None
        said = "" if chosen is None else self.texts.get("point").format(n=name_of(self.view.params, chosen))
        return Targets(self.state.points, _point, chosen, said)

    def used(self) -> list[int]:
        """The centroids that take part."""
        return used(self.state)

    def regions(self) -> Regions:
        """The places nearest to each centre."""
        places = tuple((float(x), float(y)) for x, y in self.state.centroids[self.used()])
        return Regions(places, tuple(colour(j) for j in self.used()))

    def points(self) -> tuple[Points, ...]:
        """Rings around the points that will switch and the one in focus, then the points of each cluster."""
        state, focus = self.state, self.view.focus
        size = marker_size(len(state.points))
        switch = state.points[switching(state)[:MOST_SWITCHING]]
        chosen = [focus.at[0]] if focus and focus.kind == "point" and focus.at[0] < len(state.points) else []
        marked = [("switching", switch, size + 8), ("pinned", state.points[chosen], size + 12)]
        rings = [Points(name, xy, "black", size=size, hollow=True) for name, xy, size in marked if len(xy)]
        return (*rings, *self.group_rings(), *self.stroke(), *_clouds(state.points, state.labels))

    @cached_property
    def groups(self) -> Labels | None:
        """The true group of each point, where they are asked for and known."""
        edits = self.view.timeline.recipe.edits
        is_own = any(isinstance(change.edit, SetArray) and change.edit.name == "points" for change in edits)
        return true_groups(self.view.params) if self.view.params.groups and not is_own else None

    def group_rings(self) -> tuple[Points, ...]:
        """Rings around the points, in the colour of the cluster that stands for their true group."""
        return () if self.groups is None else _group_rings(self.state.points, self.state.labels, self.groups)

    def stroke(self) -> tuple[Points, ...]:
        """The points of a stroke that is still being drawn."""
        xy = self.view.options.get("stroke")
        return () if xy is None or not len(xy) else (Points("stroke", xy, "black", "circle", marker_size(len(xy))),)

    def links(self) -> list[Links]:
        """Lines from the points to their centres."""
        state = self.state
        return [
            Links(f"links {j}", state.points[own], np.broadcast_to(state.centroids[j], (len(own), 2)), colour(j))
            for j, own in _clusters(state.labels).items()
        ]

    def measured(self) -> int | None:
        """The point whose distances are shown: the one under the pointer, else the one in focus."""
        asked = (focus for focus in (self.view.pointed, self.view.focus) if focus and focus.kind == "point")
        return next((focus.at[0] for focus in asked if focus.at[0] < len(self.state.points)), None)

    def named(self) -> list[Caption]:
        """The name of the point whose distances are shown, if it has one."""
        point, names = self.measured(), self.view.params.point_names
        if point is None or point >= len(names):
            return []
        x, y = self.state.points[point].tolist()
        return [Caption(names[point], (x, y))]

    def measures(self) -> list[Measure]:
        """Lines from one point to every centre with their lengths, the shortest whole and over the others.

        Of many centres only the two nearest have theirs; while a scene asks, no line is told from the others.
        """
        if (point := self.measured()) is None:
            return []
        ranked = by_distance(self.state, self.state.points[point])
        told = len(ranked) if len(ranked) <= _MOST_LENGTHS else 2
        lines = [self._measure(point, j, sqrt(squared), rank, rank < told) for rank, (j, squared) in enumerate(ranked)]
        return sorted(lines, key=lambda line: str(line.focus)) if self.view.covered else lines[::-1]

    def _measure(self, point: int, j: int, length: float, rank: int, told: bool) -> Measure:
        begin, end = tuple(self.state.points[point].tolist()), tuple(self._glided()[j].tolist())
        label = numbers.compact(length) if told else ""
        return Measure(Focus("measure", (j,)), begin, end, colour(j), label, not rank and not self.view.covered)

    def trails(self) -> tuple[Trail, ...]:
        """The way each centre took, what is recorded ahead, and what it did before the last change.

        A centre out of the picture has an arrow head at its edge, with its number.
        """
        timeline, t = self.view.timeline, self.view.t
        way = ahead = self.state.centroids[None]
        ghost = None
        if self.view.params.trails and t <= timeline.recorded:
            way = self.ways.between(timeline, 0, t)
            ahead = self.ways.between(timeline, t, min(self.view.recorded, until(timeline, t)))
            ghost = self._ghost()
        return tuple(self._trail(j, way, ahead, ghost) for j in self.used())

    def _trail(self, j: int, way: Floats, ahead: Floats, ghost: Floats | None) -> Trail:
        is_outside = not self._is_inside(*way[-1, j].tolist())
        return Trail(
            Focus("way", (j,)), way[:, j], colour(j), "" if is_outside else "none",
            faint_xy=None if len(ahead) < 3 else ahead[:, j],
            ghost_xy=None if ghost is None else ghost[:, j],
            label=self._name(j) if is_outside else "",
        )  # fmt: skip

    def _is_inside(self, x: float, y: float) -> bool:
        x0, x1, y0, y1 = self.home
        return x0 <= x <= x1 and y0 <= y <= y1

    def _ghost(self) -> Floats | None:
        """The ways of the run it is compared with, where that has as many centres."""
        for other in () if self.view.compared else self.view.others:
            way = self.other_ways[""].between(other.timeline, other.since, other.timeline.recorded)
            if way.shape[1:] == self.state.centroids.shape:
                return way
        return None

    def dots(self) -> list[Dot]:
        """The starts and the centres, numbered; of the cluster in focus the medoid, too."""
        now = self._glided()
        dots = self._starts() + self._medoid_dots()
        for j in sorted(self.used(), key=self._is_chosen):
            x, y = now[j].tolist()
            size = 25.0 if self._is_chosen(j) else 21.0
            said = self.texts.get("cluster").format(n=j + 1)
            dots.append(Dot(Focus("centroid", (j,)), (x, y), "number", self._name(j), colour(j), True, size, said=said))
        return dots

    def _name(self, cluster: int) -> str:
        """The number of a centre, behind the letter of its run where others stand beside it."""
        return f"{self.view.letter if self.view.beside else ''}{cluster + 1}"

    def _is_chosen(self, cluster: int) -> bool:
        return self.view.focus == Focus("cluster", (cluster,))

    def _glided(self) -> Floats:
        """The centres on their way from the step before."""
        now, before = self.state.centroids, self.view.before
        if before is not None and self.view.share < 1 and before.state.centroids.shape == now.shape:
            now = before.state.centroids + self.view.share * (now - before.state.centroids)
        return now

    def _starts(self) -> list[Dot]:
        """Where the centres that moved began; the word stands once, at the one with the most room."""
        if not self.view.t or not self.view.params.trails or since(self.view.timeline, self.view.t):
            return []
        start = self.ways.between(self.view.timeline, 0, 0)[0]
        moved = [j for j in self.used() if (start[j] != self.state.centroids[j]).any()]
        seen = [j for j in moved if self._is_inside(*start[j].tolist())]
        named = seen[_loneliest(start[seen])] if seen else None
        words = {named: self.texts.get("panels", "start")}
        return [Dot(Focus("start", (j,)), tuple(start[j].tolist()), "ring", words.get(j, ""), size=9.0) for j in moved]

    def _medoid_dots(self) -> list[Dot]:
        """The medoid of the cluster in focus, of each one where none is; named is the one farthest from its mean."""
        if not self.view.params.medoid or self.state.phase == "start":
            return []
        focus = self.view.focus
        clusters = list(focus.at) if focus and focus.kind == "cluster" else self.used()
        asked = {j: _medoid(self.state.points, self.state.labels, j) for j in clusters}
        found = {j: xy for j, xy in asked.items() if xy}
        named = max(found, key=lambda j: float(np.hypot(*(self.state.centroids[j] - found[j]))), default=-1)
        words = {named: self.texts.get("panels", "medoid").format(n=named + 1)}
        return [Dot(Focus("medoid", (j,)), xy, "plus", words.get(j, ""), "black", size=11.0) for j, xy in found.items()]

    def notes(self) -> list[Note]:
        """What is said in the corner, the lowest line first."""
        lines = [line for line in (self.note(), self.group_note()) if line]
        return [Note(line, above) for above, line in enumerate(lines)]

    def group_note(self) -> str:
        """Say how many points lie with another group than theirs, once points are assigned."""
        if self.groups is None or self.state.phase == "start":
            return ""
        counts = {"count": len(in_another_group(self.state.labels, self.groups)), "all": len(self.groups)}
        words = {name: numbers.count(count) for name, count in counts.items()}
        return self.texts.get("panels", "other_group").format(**words)

    def note(self) -> str:
        """Say in words which cluster is empty, else how many points will switch."""
        remedy = self.view.params.empty
        is_to_come = self.state.phase == "assign" or remedy == "stay"  # else the move that led here has brought it
        if (empty := empty_clusters(self.state)) and is_to_come and not self.state.edited:
            remedy = self.texts.get("names", remedy)
            return self.texts.get("panels", "empty_note").format(n=empty[0] + 1, remedy=remedy)
        count = len(switching(self.state))
        return self.texts.get("panels", "will_switch").format(count=numbers.count(count)) if count else ""

    def description(self) -> str:
        """One line for a screen reader: where each centre stands."""
        return "; ".join(
            f"{j}: {numbers.coordinate(x)}, {numbers.coordinate(y)}"
            for j, (x, y) in enumerate(self.state.centroids.tolist(), 1)
        )
