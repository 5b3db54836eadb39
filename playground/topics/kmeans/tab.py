"""The K-means tab: points and centres in the plane, inertia, changes, distances, studies, and the numbers as cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import sqrt
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from core.data.point_sets import IRIS
from core.kmeans.algorithm import MoveCentroid, MovePoint, State, arrays, by_distance
from core.kmeans.settings import Params, in_given_units, name_of, true_groups
from core.run.explanation import Explanation, Focus
from core.run.parameters import with_defaults
from core.run.recipe import Edit, Recipe, SetArray
from core.run.values import Floats
from playground.playback.view import View
from playground.tab.array_cells import ArrayCells
from playground.tab.measures import Measure
from playground.tab.panels import Panel
from playground.tab.runs_beside import Drawing
from playground.tab.topic_tab import TopicTab
from playground.topics.kmeans import clusters, small_plots
from playground.topics.kmeans.by_hand import ByHand
from playground.topics.kmeans.distances import DistanceTable
from playground.topics.kmeans.plane import Plane
from playground.topics.kmeans.studies import StudiesPanel
from playground.topics.kmeans.ways import Ways, number_before
from widgets.base import fonts, numbers
from widgets.cards.phase_bar import PhaseBar
from widgets.plots.marks.change_marks import ChangeMark
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow

_DRAWN = ("n_samples", "spread", "data_seed")  # parameters of a set that is drawn
_UNNAMED = ("x", "y")  # what axes are called where the columns have no names
_PHASES = ("assign", "move")
_ROOMY = 560  # px of the big card, from which on its header has room for both phases


class KMeansTab(TopicTab):
    """Lloyd's k-means in the plane."""

    marks = clusters.MARKS
    glides = True
    speed = 2

    def panels(self) -> Sequence[Panel]:
        self.plane, self.inertia, self.changed = Plot("x", "y", equal_scale=True), Plot(), Plot()
        self.distances, self.cells = DistanceTable(self.texts), ArrayCells(("points", "centroids"), self.texts)
        self.studies = StudiesPanel(self.texts)
        self._ways, self._other_ways = Ways(), defaultdict[str, Ways](Ways)
        return (
            Panel("points", self.plane, partial(self._draw_plane, self.plane), "big", subtitle=self._subtitle,
                  hint=self._hint, runs="all", ways=("over", "beside", "only"), another=self._another_plane),
            Panel("inertia", self.inertia, self._draw_inertia, empty=self.press_play, runs="all"),
            Panel("changed", self.changed, self._draw_changed, empty=self._not_counted, runs="all"),
            Panel("distances", self.distances, self._draw_distances),
            Panel("studies", self.studies, self._draw_studies),
            Panel("cells", self.cells, self._draw_cells, always=True, ways=("difference",)),
        )  # fmt: skip

    def switches(self) -> Sequence[str | QWidget]:
        self.phase = PhaseBar()
        return ("draw_points", self.phase)

    def react(self) -> None:
        self.card.installEventFilter(self)
        self.toggles.show_icon("draw_points", "pencil")
        self.plane.clicked.connect(self._click)
        self.plane.dragged.connect(self._drag)
        self.plane.hit_changed.connect(self._light)
        self.plane.pointed.connect(self._point)
        self.plane.left.connect(lambda: self.status.emit(""))
        self.numbers.marked.connect(self.plane.highlight)
        self.read_plot(self.inertia, self._read_inertia)
        self.distances.chosen.connect(lambda row: self.pick(Focus.of(row)))
        self.hand = ByHand(self, self.plane, lambda: self.shown.show("points", self.view()))
        self.cells.typed.connect(self.set_array)
        self.cells.picked.connect(self._pick_cell)
        self.studies.seed_asked.connect(self.run.reseed)
        self.studies.k_asked.connect(lambda k: self.set_parameter("n_clusters", k))
        self.studies.question_chosen.connect(lambda question: self.set_parameter("study", question))

    # What it shows.

    def choices(self) -> Sequence[RunRow]:
        return [clusters.row(j, self.texts) for j in range(len(self.run.frame.state.centroids))]

    def row_values(self, view: View) -> Mapping[str, Any]:
        state: State = view.state
        if state.phase == "start":
            return {f"cluster {j}": ("–", "–") for j in range(len(state.centroids))}
        rows = zip(*clusters.sizes(state), state.in_use.tolist(), strict=True)
        return {
            f"cluster {j}": (numbers.count(count), numbers.compact(spread) if in_use else "–")
            for j, (count, spread, in_use) in enumerate(rows)
        }

    def measures(self, view: View) -> Sequence[Measure]:
        return clusters.measures(self.texts)

    def form_order(self) -> Sequence[str]:
        others = [name for name in self.parameters if name != "point_names"]  # which takes much room: it comes last
        first = ["n_clusters", "init", "centroids", "empty", "points", *_DRAWN]
        return list(dict.fromkeys([*first, *others, "point_names"]))

    def shown_values(self) -> Mapping[str, Any]:
        """Return what the form shows: of k the one in force, which a centre added or taken away has changed."""
        return {**super().shown_values(), "n_clusters": len(self.run.frame.state.centroids)}

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; the k of the start can be asked for where another is in force."""
        is_start = name == "n_clusters" and value == self.run.params.n_clusters
        if is_start and value != len(self.run.frame.state.centroids):
            self.run.restart()
        else:
            super().set_parameter(name, value, final)

    def options(self) -> Mapping[str, Any]:
        return {**super().options(), "stroke": self.hand.stroke() if hasattr(self, "hand") else None}

    def settings_shown(self) -> Sequence[str]:
        params = self.run.params
        is_drawn = isinstance(params.points, str) and not params.points.startswith("iris")
        hidden = {"study"}  # chosen in its panel
        if not is_drawn:
            hidden |= set(_DRAWN)
        if not params.point_names:
            hidden.add("point_names")
        if params.init != "by hand":
            hidden.add("centroids")
        if true_groups(params) is None:
            hidden.add("groups")
        return [name for name in self.form_order() if name not in hidden]

    def focus_name(self, view: View) -> str:
        return self._called(view.focus) if view.focus else ""

    def _called(self, focus: Focus) -> str:
        """Return what a point, by its name if it has one, or a cluster is called."""
        (index,) = focus.at
        n = name_of(self.run.params, index) if focus.kind == "point" else str(index + 1)
        return self.texts.get(focus.kind).format(n=n)

    def explanation(self, view: View) -> Explanation:
        """Tell of a step; where the axes have names of their own, the rows of a mean have them, too."""
        told, axes = super().explanation(view), _axes(view)
        names = {} if axes == _UNNAMED else dict(zip(("x_axis", "y_axis"), axes, strict=True))
        return replace(told, rows=tuple((names.get(key, key), lines) for key, lines in told.rows))

    def pinned(self) -> bool:
        return self.focus is not None

    def has(self, view: View, focus: Focus) -> bool:
        """Tell whether there are so many points, or clusters."""
        return focus.at[0] < len(view.state.points if focus.kind == "point" else view.state.centroids)

    def drawn(self, view: View) -> None:
        if len(view.state.centroids) != len(self.rows.rows()):  # one came or went at a step before
            self._show_params()
            self.rows.set_rows(self.choices())
        self.plane.takes_strokes = self.toggles.is_on("draw_points")
        phase = view.state.phase
        self.phase.show_phase(_PHASES.index(phase) if phase in _PHASES else -1)

    def _subtitle(self, view: View) -> str:
        return self.texts.get("panels", "edited") if view.state.edited and not view.options.get("draw_points") else ""

    def _hint(self, view: View) -> str:
        is_drawn = view.options.get("draw_points")
        return "" if self._subtitle(view) else self.texts.get("panels", "draw" if is_drawn else "drag")

    def _another_plane(self) -> Drawing:
        plane = Plot("x", "y", equal_scale=True)
        return Drawing(plane, partial(self._draw_plane, plane))

    def _draw_plane(self, plane: Plot, view: View) -> None:
        axis = self.texts.get("panels", "standardised") if view.params.standardise else "{name}"
        x, y = _axes(view)
        plane.set_names(axis.format(name=x), axis.format(name=y))
        ways = self._ways if plane is self.plane else self._other_ways[view.letter]
        Plane(view, self.texts, ways, self._other_ways).draw(plane)

    def _draw_inertia(self, view: View) -> None:
        small_plots.draw_inertia(self.inertia, view, self._marks(view), self.texts)

    def _not_counted(self, view: View) -> str:
        """Say how to begin, then that the first assign is not counted: it gives every point its first cluster."""
        first = "" if small_plots.is_counted(view) else self.texts.get("panels", "not_counted")
        return self.press_play(view) or first

    def _draw_changed(self, view: View) -> None:
        small_plots.draw_changed(self.changed, view, self._marks(view), self.texts)

    def _marks(self, view: View) -> list[ChangeMark]:
        """Return what the learner changed, as marks on the plots: inertia may rise there, and only there."""
        return [ChangeMark(change.step, self.events.change_text(change)) for change in view.timeline.recipe.edits]

    def _draw_distances(self, view: View) -> None:
        """Show the distances of the point under the pointer, else of that in focus, else of the first."""
        asked = [focus.at[0] for focus in (view.pointed, view.focus) if focus and focus.kind == "point"]
        point = next((i for i in asked if i < len(view.state.points)), None)
        shown, is_asked = point or 0, point is not None
        name = name_of(view.params, shown)
        self.distances.show_point(view.state, shown, tells=not view.covered, is_asked=is_asked, name=name)

    def _draw_studies(self, view: View) -> None:
        self.studies.show_recipe(_study_recipe(view), view.params.study)

    def _draw_cells(self, view: View) -> None:
        for name in self.cells.tables:
            self.cells.show_of(name, view, partial(_array, name), _axes(view))

    def finish_studies(self) -> None:
        if self.in_view("studies"):
            self.studies.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.card and event.type() == QEvent.Type.Resize:
            self.phase.set_compact(self.card.width() < fonts.scaled(_ROOMY))
        return super().eventFilter(watched, event)

    def words(self) -> None:
        texts = self.texts
        self.rows.set_title(texts.get("running"), texts.get("count_column"), texts.get("inertia_column"))
        self.phase.set_names(texts.get("panels", "phase"), [texts.get("panels", key) for key in _PHASES])

    def _show_changed(self) -> None:
        self.rows.set_rows(self.choices())
        super()._show_changed()

    def event_text(self, key: str, step: int) -> str:
        """Return an event in words; people count clusters from 1."""
        kind, _, number = key.rpartition(" ")
        text = self.texts.find("events", kind) if number.isdecimal() else None
        return text.format(name=int(number) + 1, step=step) if text else super().event_text(key, step)

    def gesture_text(self, edit: Any) -> str:
        if isinstance(edit, SetArray):
            more = len(edit.value) - (
                number_before(self.run.recipe, edit) if edit.name == "centroids" else len(edit.value)
            )
            key = "added_centre" if more > 0 else "removed_centre" if more else f"set_{edit.name}"
            return self.texts.get("panels", key).format(k=len(edit.value))
        kind, number = edit.target.split()
        x, y = numbers.coordinate(edit.x), numbers.coordinate(edit.y)
        return self.texts.get("panels", f"moved_{kind}").format(n=int(number) + 1, x=x, y=y)

    # What the learner does in the pictures.

    def _click(self, x: float, y: float, hit: Hit | None) -> None:
        """Choose what was clicked; where points are drawn, add one or take it away, and the run begins again."""
        points = self.run.frame.state.points
        match self.toggles.is_on("draw_points"), hit and hit.focus:
            case True, None:
                self.hand.set_points(np.vstack([points, [x, y]]))
            case True, Focus("point", (index,)):
                self.hand.set_points(np.delete(points, index, axis=0))
            case False, Focus("centroid", at):
                self.pick(Focus("cluster", at))
            case False, Focus("point") as point:
                self.choose(point)
            case False, _:
                self.choose(None)

    def _drag(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        gesture = MoveCentroid if handle.kind == "centroid" else MovePoint
        self.run.gesture(gesture(handle.at[0], x, y), finished)

    def _pick_cell(self, name: str, row: int, column: int) -> None:
        if name == "points":
            self.choose(Focus("point", (row,)))

    def set_array(self, name: str, array: Floats, final: bool = True) -> None:
        """Set an array; points typed at the start become the parameter, in its own units."""
        is_given = name == "points" and not self.run.position
        super().set_array(name, in_given_units(self.run.params, array) if is_given else array, final)

    def array_edit(self, name: str, array: Floats) -> Edit:
        """Return the edit that a typed array asks for: of one row a move, of more, or of other rows, the whole array.

        A dropped centre that is typed at is put back; where only one of its numbers was typed, the other is its last.
        """
        state = self.run.frame.state
        gesture = MovePoint if name == "points" else MoveCentroid
        shown, now = arrays(state, self.run.params)[name], getattr(state, name)
        if array.shape != shown.shape:
            return SetArray(name, array)
        rows = np.flatnonzero((np.isfinite(array) & (array != shown)).any(axis=1))
        whole = np.where(np.isfinite(array), array, now)
        return gesture(int(rows[0]), *whole[rows[0]].tolist()) if len(rows) == 1 else SetArray(name, whole)

    def _light(self, hit: Hit | None) -> None:
        mark = hit.focus if hit and isinstance(hit.focus, Focus) else None
        self.numbers.highlight(mark)
        before, self.pointed = self.pointed, mark if mark and mark.kind == "point" else None
        if self.pointed != before:
            view = self.view()
            self.shown.show("points", view)
            if self.in_view("distances"):
                self._draw_distances(view)

    def _point(self, x: float, y: float, hit: Hit | None) -> None:
        """Say what is under the pointer, and which centres are near it."""
        words = {"x": numbers.coordinate(x), "y": numbers.coordinate(y)}
        near = by_distance(self.run.frame.state, np.array([x, y]))
        for (cluster, squared), (which, away) in zip(near, (("own", "near"), ("other", "far")), strict=False):
            words |= {which: str(cluster + 1), away: numbers.significant(sqrt(squared), 3)}
        text = self.texts.get("panels", "pointer" if len(near) > 1 else "pointer_one").format(**words)
        self.status.emit(f"{self._name(hit)}   {text}".strip())

    def _name(self, hit: Hit | None) -> str:
        """Return in words what is pointed at, where it has a name."""
        match hit and hit.focus:
            case Focus("point") as point:
                return self._called(point)
            case Focus("medoid" | "start" as kind, (index,)):
                return self.texts.get("panels", f"{kind}_of").format(n=index + 1)
        return ""

    def _read_inertia(self, hit: Hit) -> str:
        unit, inertia = self.texts.get("unit"), self.texts.get("panels", "inertia_axis")
        step, value = hit.place
        return f"{unit} {round(step)}   {inertia} {numbers.compact(value)}"


def _array(name: str, view: View) -> Floats:
    array: Floats = arrays(view.state, view.params)[name]
    return array


def _axes(view: View) -> Sequence[str]:
    return view.columns("points", _UNNAMED, {"iris": IRIS})


def _study_recipe(view: View) -> Recipe[Params]:
    """Return the recipe whose points are those in view: moved ones have become points of one's own."""
    recipe, k = view.timeline.recipe, len(view.state.centroids)
    params = view.params if view.params.n_clusters == k else replace(view.params, n_clusters=k, centroids=None)
    if any(isinstance(change.edit, MovePoint) or change.edit.target == "points" for change in recipe.edits):
        params = replace(params, points=view.state.points, standardise=False)
    return replace(recipe, params=with_defaults(params, "view"), edits=())


TAB = KMeansTab
