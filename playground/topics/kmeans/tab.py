"""The K-means tab: points and centres in the plane, inertia, changes, distances, studies, and the numbers as cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from core.kmeans import State
from core.kmeans.algorithm import MoveCentroid, MovePoint
from core.kmeans.lloyd import squared_distances
from core.run.parameters import with_defaults
from core.run.recipe import Recipe, SetArray
from core.run.timeline import Frame
from playground.tab.topic_tab import TopicTab
from playground.topics.kmeans import clusters as look
from playground.topics.kmeans import small_plots as curves
from playground.topics.kmeans.cells import CellTables, edit_of
from playground.topics.kmeans.distances import DistanceTable
from playground.topics.kmeans.plane import Scene
from playground.topics.kmeans.studies import StudiesPanel
from playground.topics.kmeans.view import ViewControls
from playground.topics.kmeans.ways import Ways
from widgets.base import numbers
from widgets.cards.card import Card
from widgets.plots.line_plot import BarPlot, ChangeMark, LinePlot
from widgets.plots.plane_plot import PlanePlot
from widgets.shell.run_list import RunRow

_DRAWN = ("n_samples", "spread", "data_seed")  # parameters of a set that is drawn


class KMeansTab(TopicTab):
    """Lloyd's k-means in the plane."""

    marks = look.MARKS

    def panels(self) -> tuple[Card, Sequence[QWidget]]:
        self.plane, self.inertia, self.changed = PlanePlot(), LinePlot(), BarPlot()
        self.distances, self.cells = DistanceTable(self.texts), CellTables(self.texts)
        self.studies = StudiesPanel(self.texts)
        for id, panel in self.plots().items():
            panel.setObjectName(f"panel.{id}")
        self._ways, self._other_ways = Ways(), Ways()
        self._hovered = -1  # the point under the pointer
        self.card = Card(body=self.plane)
        self.controls = ViewControls(self.texts, self.card)
        return self.card, (self.inertia, self.changed, self.distances, self.studies, self.cells)

    def _connect(self) -> None:
        super()._connect()
        self.plane.clicked.connect(self._click)
        self.plane.dragged.connect(self._drag)
        self.plane.marked.connect(self._light)
        self.plane.pointed.connect(self._point)
        self.plane.left.connect(lambda: self.status.emit(""))
        self.numbers.marked.connect(self.plane.highlight)
        self.inertia.pointed.connect(self._read_inertia)
        self.distances.chosen.connect(self.set_focus)
        self.cells.typed.connect(self._type)
        self.cells.picked.connect(lambda point: self.set_focus(f"point {point}"))
        self.studies.seed_asked.connect(self.run.reseed)
        self.studies.question_chosen.connect(lambda question: self.set_parameter("study", question))

    def plots(self) -> Mapping[str, QWidget]:
        return {"points": self.plane, "inertia": self.inertia, "changed": self.changed, "distances": self.distances,
                "studies": self.studies, "cells": self.cells}  # fmt: skip

    # What it shows.

    def choices(self) -> Sequence[RunRow]:
        k = self.run.params.n_clusters
        return [RunRow(f"cluster {j}", look.name(j, self.texts), look.colour(j), look.marker(j)) for j in range(k)]

    def row_values(self, frame: Frame[Any, Any]) -> Mapping[str, Any]:
        state: State = frame.state
        if state.labels[0] < 0:
            return {f"cluster {j}": ("–", "–") for j in range(len(state.centroids))}
        counts = np.bincount(state.labels, minlength=len(state.centroids))
        away = state.points - state.centroids[state.labels]
        sums = np.bincount(state.labels, (away**2).sum(axis=1), minlength=len(state.centroids))
        return {
            f"cluster {j}": (numbers.count(int(counts[j])), numbers.loss(float(sums[j])) if state.in_use[j] else "–")
            for j in range(len(state.centroids))
        }

    def form_order(self) -> Sequence[str]:
        first = ["n_clusters", "init", "centroids", "empty", "points", *_DRAWN]
        return [*first, *(name for name in self.parameters if name not in first)]

    def settings_shown(self) -> Sequence[str]:
        params = self.run.params
        is_drawn = isinstance(params.points, str) and not params.points.startswith("iris")
        hidden = {"study", *(() if is_drawn else _DRAWN)}  # the study is chosen in its panel
        if params.init != "by hand":
            hidden.add("centroids")
        return [name for name in self.form_order() if name not in hidden]

    def settings_name(self) -> str:
        return ""  # they hold for all clusters

    def focus_name(self) -> str:
        kind, _, index = self.focus.partition(" ")
        return self.texts.get(kind).format(n=int(index) + 1) if kind else ""

    def draw(self, frame: Frame[Any, Any]) -> None:
        self._drop_lost_focus(frame.state)
        self._scene(frame).draw(self.plane)
        self.controls.show_phase(frame.state.phase)
        self.card.set_subtitle(self._subtitle(frame))
        waiting = self.texts.get("panels", "press_play") if not self.run.timeline.recorded else ""
        self.inertia.set_empty(waiting)
        self.changed.set_empty(waiting)

    def _scene(self, frame: Frame[Any, Any]) -> Scene:
        return Scene(self.run, frame, self.focus, self.texts, self._ways, self._other_ways)

    def _subtitle(self, frame: Frame[Any, Any]) -> str:
        return self.texts.get("panels", "edited" if frame.state.edited else "drag")

    def _drop_lost_focus(self, state: State) -> None:
        """Let go of a point or a cluster that another run does not have."""
        kind, _, index = self.focus.partition(" ")
        if kind and int(index) >= len(state.points if kind == "point" else state.centroids):
            self.focus = ""

    def beside(self, frame: Frame[Any, Any]) -> Sequence[Callable[[], None]]:
        return (
            lambda: curves.draw_inertia(self.inertia, self.run, self._marks(), self.texts),
            lambda: self._draw_second(frame),
        )

    def _draw_second(self, frame: Frame[Any, Any]) -> None:
        """Show what is chosen in the second deck; what is not seen costs nothing."""
        if self.in_view(self.changed):
            curves.draw_changed(self.changed, self.run, self._marks(), self.texts)
        if self.in_view(self.distances):
            self.distances.show_point(frame.state, self._looked_at(frame.state))
        self.cells.show_state(frame.state)  # in view or not: what is typed changes what is there now
        if self.in_view(self.studies):
            self.studies.show_recipe(self._study_recipe(), self.run.params.study)

    def _marks(self) -> list[ChangeMark]:
        """Return what the learner changed, as marks on the plots: inertia may rise there, and only there."""
        return [ChangeMark(change.step, self.change_text(change)) for change in self.run.recipe.edits]

    def _looked_at(self, state: State) -> int:
        """Return the point whose distances are shown: that under the pointer, else that in focus, else the first."""
        kind, _, index = self.focus.partition(" ")
        wanted = self._hovered if self._hovered >= 0 else int(index) if kind == "point" else 0
        return wanted if wanted < len(state.points) else 0

    def _study_recipe(self) -> Recipe[Any]:
        """Return the recipe whose points are those in view: moved ones have become points of one's own."""
        params, recipe = self.run.params, self.run.recipe
        moved = any(isinstance(c.edit, MovePoint) or c.edit.target == "points" for c in recipe.edits)
        if moved:
            params = replace(params, points=self.run.frame.state.points)
        return replace(recipe, params=with_defaults(params, "view"), edits=())

    def finish_studies(self) -> None:
        if self.in_view(self.studies):
            self.studies.finish()

    def glide(self, share: float) -> None:
        self.plane.set_dots(self._scene(self.run.frame).dots(share))

    def words(self) -> None:
        texts = self.texts
        self.card.set_title(texts.get("panels", "points"))
        for id in ("inertia", "changed", "distances", "studies", "cells"):
            subtitle = texts.find("panels", f"{id}_subtitle") or ""
            words = texts.get("panels", f"{id}_short"), texts.get("panels", id)
            self.centre.set_page_title(self.plots()[id], *words, subtitle)
        self.rows.set_title(texts.get("running"), texts.get("count_column"), texts.get("inertia_column"))
        for part in (self.controls, self.distances, self.cells, self.studies):
            part.retranslate()

    def _show_changed(self) -> None:
        self.rows.set_rows(self.choices())
        super()._show_changed()

    def event_text(self, key: str, step: int) -> str:
        """Return an event in words; people count clusters from 1."""
        kind, _, number = key.rpartition(" ")
        text = self.texts.find("events", kind) if number.isdecimal() else None
        return text.format(name=int(number) + 1, step=step) if text else super().event_text(key, step)

    def gesture_text(self, edit: Any) -> str:
        match edit:
            case MoveCentroid(cluster=index):
                key = "moved_centroid"
            case MovePoint(point=index):
                key = "moved_point"
            case SetArray(name=name):
                return self.texts.get("panels", f"set_{name}")
        x, y = numbers.coordinate(edit.x), numbers.coordinate(edit.y)
        return self.texts.get("panels", key).format(n=index + 1, x=x, y=y)

    # What the learner does in the pictures.

    def _click(self, x: float, y: float) -> None:
        mark = self.plane.mark_at(self.plane.viewport_now().point(x, y))
        if self.controls.draws_points:
            self._draw_point(mark, x, y)
            return
        kind, index = look.kind_and_index(mark)
        self._choose({"centroid": f"cluster {index}", "point": mark}.get(kind, ""))

    def _choose(self, focus: str) -> None:
        """Explain a point or a cluster, or, where nothing was clicked, what tells most."""
        if focus != self.focus:
            self.focus = focus
            self._show_settings()
            self._show_moved()

    def _focus_of_lesson(self, focus: str) -> None:
        """Explain what a lesson asks for, and bring the panel in front where it is to be seen."""
        kind, _, name = focus.partition(" ")
        page = self.plots()[name] if kind == "panel" else self.distances if kind == "point" else None
        if page is not None:
            self.centre.deck_of(page).show_page(page)
        self._choose("" if kind == "panel" else focus)

    def _draw_point(self, mark: str, x: float, y: float) -> None:
        """Add a point, or take the one away that was clicked; the run begins again."""
        points = self.run.frame.state.points
        kind, index = look.kind_and_index(mark)
        if kind == "point":
            self.set_parameter("points", np.delete(points, int(index), axis=0))
        elif not kind:
            self.set_parameter("points", np.vstack([points, [x, y]]))

    def _drag(self, handle: str, x: float, y: float, finished: bool) -> None:
        kind, index = look.kind_and_index(handle)
        gesture = MoveCentroid if kind == "centroid" else MovePoint
        self.run.gesture(gesture(int(index), x, y), finished)

    def _type(self, name: str, array: Any) -> None:
        """Take typed cells: at the start as the parameter, later as an edit."""
        if self.run.position == 0:
            self.set_parameter(name, array)
        else:
            self.run.gesture(edit_of(self.run.frame.state, name, array))

    def _light(self, mark: str) -> None:
        self.numbers.highlight(mark)
        kind, index = look.kind_and_index(mark)
        self._hovered = int(index) if kind == "point" else -1
        if self.in_view(self.distances):
            self.distances.show_point(self.run.frame.state, self._looked_at(self.run.frame.state))

    def _point(self, x: float, y: float) -> None:
        """Say which centres are near the pointer."""
        state: State = self.run.frame.state
        used = np.flatnonzero(state.in_use)
        away = np.sqrt(squared_distances(np.array([[x, y]]), state.centroids[used])[0])
        order = np.argsort(away, kind="stable")[:2]
        near = [(str(used[i] + 1), numbers.significant(float(away[i]), 3)) for i in order]
        words = {"x": numbers.coordinate(x), "y": numbers.coordinate(y), "own": near[0][0], "near": near[0][1]}
        if len(near) > 1:
            words |= {"other": near[1][0], "far": near[1][1]}
        text = self.texts.get("panels", "pointer" if len(near) > 1 else "pointer_one").format(**words)
        point = self.texts.get("point").format(n=self._hovered + 1) if self._hovered >= 0 else ""
        self.status.emit(f"{point}   {text}".strip())

    def _read_inertia(self, x: float, y: float) -> None:
        nearest = self.inertia.nearest(x, y)
        if nearest:
            unit, inertia = self.texts.get("unit"), self.texts.get("panels", "inertia_axis")
            self.status.emit(f"{unit} {round(nearest.step)}   {inertia} {numbers.loss(nearest.value)}")


TAB = KMeansTab
