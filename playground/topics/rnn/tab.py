"""The tab of the RNN: a sequence as a film with its second cursor, U's eigenvalues, loss and accuracy, all weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QComboBox, QWidget

from core.rnn.algorithm import SetRadius, settable
from core.rnn.beats import time_of
from core.rnn.explained_beats import explain, told_of
from core.rnn.net import named
from core.rnn.settings import Params, can_go_on, sizes_of
from core.run.explanation import Explanation, Focus
from core.run.recipe import Edit, SetArray
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.batches import of_batches
from playground.tab.histories import history, log_span
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.topics.rnn.each_time import EachTime
from playground.topics.rnn.film import Film
from playground.topics.rnn.film_hands import FilmHands
from playground.topics.rnn.lately import LATELY
from playground.topics.rnn.ring import RING, Ring
from playground.topics.rnn.time_map import TimeMap
from playground.topics.rnn.unit_weights import UnitWeights, unit_of
from widgets.base import fonts
from widgets.grids.board import GridBoard
from widgets.plots.plot import Plot

SHARES = (-0.03, 1.03)  # so that a curve at 0 or 1 is not cut
_OF_TASK = {"symbols": "echo", "lag": "echo", "text": "next-character", "inputs": "own", "targets": "own"}


class RnnTab(TopicTab):
    """A recurrent net and the sequences it learns from."""

    sharing = Sharing((64, 36))
    rows_of_numbers = 5
    marks = {  # noqa: RUF012
        Focus("input"): "orange", Focus("carried"): "purple", Focus("state"): "blue", Focus("output"): "green",
        Focus("weight"): "black", Focus("gradient"): "vermillion", Focus("point"): "blue",
    }  # fmt: skip

    def panels(self) -> Sequence[Panel]:
        fonts.ensure_fonts(chinese=True)  # a text may be Chinese in English, too
        self.film, self.loss, self.accuracy = GridBoard(), Plot(), Plot()
        self.map, self.each, self.unit = GridBoard(), GridBoard(), GridBoard()
        self.ring = Plot("Re λ", "Im λ", equal_scale=True)
        self.cells = ArrayCells(settable(Params()), self.texts)
        return (
            Panel("film", self.film, self._draw_film, "big", self.press_play,
                  lambda view: Film(view, self.texts).said(), runs="all", waits=True),
            Panel("ring", self.ring, lambda view: Ring(view, self.texts).draw(self.ring),
                  subtitle=lambda view: Ring(view, self.texts).said(), runs="all"),
            Panel("map", self.map, lambda view: self.map.set_arrangement(TimeMap(view, self.texts).arrange),
                  empty=self.press_play, runs="all"),
            Panel("loss", self.loss, self._draw_loss, empty=self.press_play, runs="all"),
            Panel("accuracy", self.accuracy, self._draw_accuracy, empty=self.press_play, runs="all"),
            Panel("each", self.each, lambda view: self.each.set_arrangement(EachTime(view, self.texts).arrange),
                  empty=self.press_play),
            Panel("unit", self.unit, lambda view: self.unit.set_arrangement(UnitWeights(view, self.texts).arrange)),
            Panel("cells", self.cells, self._draw_cells, always=True),
        )  # fmt: skip

    def switches(self) -> Sequence[str | QWidget]:
        self.sequences = QComboBox()
        self.sequences.setObjectName("view.sequence")
        self.sequences.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # in either language
        return (self.sequences,)

    def react(self) -> None:
        self.hands = FilmHands(self, self.film, self.sequences, self._point_at)
        self.map.clicked.connect(
            lambda _name, row, column: self.run.seek(TimeMap(self.view(), self.texts).step_of(column))
        )
        self.map.hovered.connect(self._tell_map)
        self.map.left.connect(lambda: self.status.emit(""))
        self.unit.hovered.connect(lambda *cell: self._point_at(unit_of(*cell)))
        self.unit.left.connect(lambda: self._point_at(None))
        self.unit.clicked.connect(lambda *cell: self.pick(unit_of(*cell)))
        self.each.hovered.connect(lambda *cell: self._point_at(self._output(*cell)))
        self.each.left.connect(lambda: self._point_at(None))
        self.each.clicked.connect(lambda *cell: self.pick(self._output(*cell)))
        self.ring.dragged.connect(self._pull)
        self.ring.number_set.connect(lambda _grip, radius, final: self.run.gesture(SetRadius(radius), final))
        self.cells.typed.connect(self.set_array)

    # What it shows.

    def settings_shown(self) -> Sequence[str]:
        task, names = self.run.params.task, self.form_order()
        hidden = set() if can_go_on(self.run.params) else {"consecutive"}
        return [name for name in names if _OF_TASK.get(name, task) == task and name not in hidden]

    def explanation(self, view: View) -> Explanation:
        beat = view.beat if view.beat != self.beats()[-1] else ""
        now = view.state if Film(view, self.texts).is_edited else None
        return explain(*made_in(view), view.pointed or view.focus, beat, now)

    def seen_with(self, name: str) -> Mapping[str, Any]:
        """Return the task that learns from a text of one's own."""
        task = _OF_TASK.get(name, "")
        return {"task": task} if name == "text" and self.run.params.task != task else {}

    def beat_name(self, beat: str) -> str:
        time = time_of(beat)
        return super().beat_name(beat) if time is None else f"t {time}"

    def focus_name(self, view: View) -> str:
        """Say which sequence, time and unit the strip tells of."""
        told = told_of(view.pointed or view.focus, view.params, view.beat)
        return self.texts.get("panels", "told").format(sequence=told.sequence + 1, time=told.time, unit=told.unit)

    def pinned(self) -> bool:
        return self.focus is not None

    def drawn(self, view: View) -> None:
        self.hands.show_sequences(view)

    def _draw_film(self, view: View) -> None:
        self.film.set_arrangement(Film(view, self.texts).arrange)

    def _draw_loss(self, view: View) -> None:
        lines, axis = (
            of_batches(view, self.texts, "loss", LATELY, ("sky", "blue")),
            self.texts.get("panels", "loss_axis"),
        )
        told = f"{float(view.row['loss']):.4g}"
        history(self.loss, view, lines, self.texts, axis, log_span(view, ["loss"]), told, log=True)

    def _draw_accuracy(self, view: View) -> None:
        axis = self.texts.get("panels", "accuracy_axis" if sizes_of(view.params).has_classes else "near_axis")
        lines = of_batches(view, self.texts, "accuracy", LATELY, ("green", "green"))
        history(self.accuracy, view, lines, self.texts, axis, SHARES, f"{float(view.row['accuracy']):.3f}")

    def _draw_cells(self, view: View) -> None:
        for name in self.cells.tables:
            self.cells.show_of(name, view, partial(_array, name))

    # What the learner does in the pictures.

    def _pull(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        """Make U longer or shorter, so that the ring through its largest eigenvalue goes through a place."""
        radius = Ring(self.view(), self.texts).pulled(x, y)
        if handle.kind == RING and radius is not None:
            self.run.gesture(SetRadius(radius), finished)

    def _output(self, name: str, row: int, column: int) -> Focus | None:
        return EachTime(self.view(), self.texts).output_of(name, row, column, float(self.each.width()))

    def _tell_map(self, name: str, row: int, column: int) -> None:
        """Say in the status bar what is under the pointer in the map."""
        self.status.emit(TimeMap(self.view(), self.texts).said(row, column) if name == "map" else "")

    def _point_at(self, focus: Focus | None) -> None:
        """Tell of what is under the pointer, in every picture and in numbers."""
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()

    def array_edit(self, name: str, array: Floats) -> Edit:
        """Return the edit that a typed array asks for; a bias stands in its table as a row."""
        return SetArray(name, array[0] if name in ("b", "c") else array)

    def has(self, view: View, focus: Focus) -> bool:
        """Tell whether there is such a sequence, time and unit or output."""
        params: Params = view.params
        match focus:
            case Focus("unit", (j, *_)):
                return j < params.units
            case Focus("state" | "output", (i, t, j)):
                most = params.units if focus.kind == "state" else 2 * sizes_of(params).outputs
                return i < params.batch_size and t < params.length and j < most
        return True

    def gesture_text(self, edit: Any) -> str:
        key = "pulled" if edit.kind == "set radius" else "typed"
        return self.texts.get("panels", key).format(name=edit.target)


def _array(name: str, view: View) -> Floats:
    array: Floats = named(view.state.weights, view.params)[name]  # all that a row tells would be made with it
    return np.atleast_2d(array)


TAB = RnnTab
