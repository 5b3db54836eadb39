"""The Optimizers tab: the race on its surface, loss and effective step by step, what a step costs, the fitted line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

from core.optimizers.algorithm import MovePoint
from core.optimizers.regression import KINDS
from core.optimizers.settings import GIVEN, METHODS, is_sound, loss_of
from core.optimizers.surfaces import SURFACES
from core.run.explanation import Focus
from core.run.recipe import SetArray
from playground.playback.view import View
from playground.tab.measures import Measure, series
from playground.tab.panels import Panel, Runs
from playground.tab.runs_beside import Drawing
from playground.tab.topic_tab import TopicTab
from playground.tab.turns import is_readable
from playground.topics.optimizers import small_plots
from playground.topics.optimizers.cost import CostTable
from playground.topics.optimizers.memories import Memories
from playground.topics.optimizers.surface import COLOURS, Surface, on_one_surface
from widgets.base import numbers
from widgets.base.manners import Manners
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow
from widgets.surface.view import SurfaceView

EXAMPLE = [[1.0, 0.5], [0.8, -0.5], [0.6, 0.5], [0.4, -0.5], [0.2, 0.5]]  # gradients to begin with, x alike, y not
_OF_DATA = ("data", "batch_size", "standardise")
_SCALES = (0, 1, 3, 10)  # of the arrows


class OptimizersTab(TopicTab):
    """Seven methods on one surface."""

    run_parameter = "methods"
    glides = True
    marks = {  # noqa: RUF012
        Focus("velocity"): "orange", Focus("gradient"): "black", Focus("ahead"): "green", Focus("sum"): "purple",
        Focus("m_hat"): "blue", Focus("v_hat"): "vermillion", Focus("step"): "sky",
    }  # fmt: skip

    def panels(self) -> Sequence[Panel]:
        self.focus = Focus("momentum")
        self.plane, self.relief = Plot(equal_scale=True), SurfaceView()
        self.loss, self.lengths, self.rates, self.fit = Plot(), Plot(), Plot(), Plot()
        texts, self.cost, self.memories = self.texts, CostTable(self.texts), Memories(self.texts)
        return (
            Panel("surface", self.plane, lambda view: Surface(view, texts).draw_plane(self.plane), "big",
                  None, self._subtitle, runs=on_one_surface, ways=("over", "beside", "only"),
                  another=self._another_plane),
            Panel("relief", self.relief, lambda view: Surface(view, texts).draw_relief(self.relief), "page",
                  self._no_function, self._subtitle, runs=on_one_surface, ways=("over", "only")),
            Panel("loss", self.loss, lambda view: small_plots.draw_loss(self.loss, view, texts), empty=self._no_loss,
                  subtitle=self._ahead, runs="all"),
            Panel("rates", self.rates, lambda view: small_plots.draw_rates(self.rates, view, texts),
                  empty=self.press_play, runs="all"),
            Panel("lengths", self.lengths, lambda view: small_plots.draw_lengths(self.lengths, view, texts),
                  empty=self.press_play, runs="all"),
            Panel("memories", self.memories, self._draw_memories, always=True, ways=("difference",)),
            Panel("cost", self.cost, lambda view: None, runs="none"),
            Panel("fit", self.fit, lambda view: small_plots.draw_fit(self.fit, view, texts), empty=self._no_data,
                  runs=self._of_one_table, ways=("over", "only")),
        )  # fmt: skip

    def completing(self) -> Iterator[None]:
        yield from self.memories.completing()
        self.memories.show_view(self.view())
        yield from super().completing()

    def _draw_memories(self, view: View) -> None:
        self.memories.show_view(view, alone=self._playing)

    def _another_plane(self) -> Drawing:
        plane = Plot(equal_scale=True)
        return Drawing(plane, lambda view: Surface(view, self.texts).draw_plane(plane))

    def switches(self) -> Sequence[str | QWidget]:
        self.arrows = QComboBox()
        self.arrows.setObjectName("view.arrows")
        Manners(self.arrows)
        self.arrows.setProperty("role", "small")
        for scale in _SCALES:
            self.arrows.addItem("", scale)
        self.arrows.setCurrentIndex(_SCALES.index(3))
        return ("hessian", "relief", self.arrows)

    def react(self) -> None:
        self.arrows.currentIndexChanged.connect(lambda _: self._show_moved())
        self.plane.clicked.connect(lambda x, y, hit: self.set_parameter("start", [x, y]))
        self.plane.dragged.connect(self._drag)
        self.plane.hit_changed.connect(self._light_number)
        self.plane.pointed.connect(self._point)
        self.plane.left.connect(lambda: self.status.emit(""))
        self.read_plot(self.loss, self._read_loss)
        self.numbers.marked.connect(self._light_mark)
        self.memories.typed.connect(self.set_array)

    # What it shows.

    def options(self) -> Mapping[str, Any]:
        named = not self._playing or is_readable(self.transport.speed())
        return {**super().options(), "arrows": float(self.arrows.currentData()), "names": named}

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(method, self.texts.name(method), COLOURS[method]) for method in METHODS]

    def row_values(self, view: View) -> Mapping[str, str]:
        losses = {method: view.row[f"{method}.loss"] for method in METHODS}  # nan where a method is out
        return {method: "–" if math.isnan(loss) else numbers.compact(loss) for method, loss in losses.items()}

    def measures(self, view: View) -> Sequence[Measure]:
        method, label = str(view.focus), partial(self.texts.get, "measures")
        return [
            series(f"{method}.loss", label("loss").format(name=self.texts.name(method))),
            *(series(f"{method}.{axis}", label(axis)) for axis in "xy"),
            Measure(label("gradient"), partial(_slope, method)),
            series(f"{method}.step_length", label("step")),
        ]

    def form_order(self) -> Sequence[str]:
        own = [name for name in self.parameters if "." in name]
        return [
            *own,
            "noise",
            "function",
            "start",
            "data",
            "batch_size",
            "standardise",
            "gradients",
            self.run_parameter,
        ]

    def settings_shown(self) -> Sequence[str]:
        function = self.run.params.function
        own = [name for name in self.parameters if name.startswith(f"{self.focus}.")]
        data = _OF_DATA if function in KINDS else ("gradients",) if function == GIVEN else ()
        return [*own, "noise", "function", "start", *data]

    def focus_name(self, view: View) -> str:
        return self.texts.name(str(view.focus))

    def settings_name(self) -> str:
        return self.texts.name(str(self.focus))

    def choose(self, focus: Focus | None) -> None:
        """Choose the method that is told of; there always is one."""
        super().choose(focus or self.focus)

    def _subtitle(self, view: View) -> str:
        return self.texts.choice("function", view.params.function)

    def _ahead(self, view: View) -> str:
        return self.texts.get("panels", "ahead_subtitle") if view.t < view.recorded else ""

    def _no_function(self, view: View) -> str:
        return self.texts.get("panels", "no_function") if view.params.function == GIVEN else ""

    def _no_loss(self, view: View) -> str:
        has_loss = any(not self._no_function(run) for run in (view, *map(view.of, view.beside)))
        return self.press_play(view) if has_loss else self._no_function(view)

    def _no_data(self, view: View) -> str:
        return "" if view.params.function in KINDS else self.texts.get("panels", "no_data")

    def _of_one_table(self, view: View) -> Runs:
        return on_one_surface(view) if view.params.function in KINDS else "front"

    def words(self) -> None:
        for i, scale in enumerate(_SCALES):
            key = "arrows" if scale else "arrows_off"
            self.arrows.setItemText(i, self.texts.get("panels", key).format(scale=scale))
        self.arrows.setAccessibleName(self.texts.get("panels", "arrows_scale"))
        self.arrows.setToolTip(self.texts.get("panels", "arrows_scale"))

    def gesture_text(self, edit: Any) -> str:
        if isinstance(edit, SetArray):
            return self.texts.get("panels", "set_array").format(name=edit.name)
        x, y = numbers.coordinate(edit.x), numbers.coordinate(edit.y)
        return self.texts.get("panels", "moved").format(name=self.texts.name(edit.method), x=x, y=y)

    # What the learner does in the pictures.

    def _drag(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        if handle == Focus("start"):
            self.set_parameter("start", [x, y], finished)
        elif is_sound(self.run.params, x, y):
            self.run.gesture(MovePoint(handle.kind, x, y), finished)  # type: ignore[arg-type]

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; a named surface brings its own start along, so that the race begins in the picture."""
        if name == "function" and value in (*SURFACES, *KINDS, GIVEN) and value != self.run.params.function:
            start = SURFACES[value].start if value in SURFACES else (0.0, 0.0)
            more = {"gradients": EXAMPLE} if value == GIVEN else {}
            self.run.restart_with({"function": value, "start": list(start), **more})
        else:
            super().set_parameter(name, value, final)

    def seen_with(self, name: str) -> Mapping[str, Any]:
        """Return a regression for data of one's own: on a surface there are none."""
        is_needed = name == "data" and self.run.params.function not in KINDS
        return {"function": "linear-regression", "start": [0.0, 0.0]} if is_needed else {}

    def _light_number(self, hit: Hit | None) -> None:
        mark = hit.focus if hit and isinstance(hit.focus, Focus) else None
        if mark and mark.kind in METHODS:
            self.choose(mark)
            mark = Focus("point")
        self.numbers.highlight(mark)

    def _light_mark(self, mark: Focus | None) -> None:
        self.plane.highlight(self.focus if mark == Focus("point") else mark)

    def _point(self, x: float, y: float) -> None:
        value = loss_of(self.run.params).value(x, y)
        self.status.emit(f"x {numbers.coordinate(x)}   y {numbers.coordinate(y)}   f {numbers.compact(value)}")

    def _read_loss(self, hit: Hit) -> str:
        """Say whose loss it is and what it was, whatever the axis takes from it."""
        which, _, series = str(hit.focus).rpartition(" ")
        records = {other.letter: other.timeline for other in self.run.compared}
        record = (self.run.ghost if which == "ghost" else records.get(which)) or self.run.timeline
        step, name = round(hit.place[0]), self.texts.name(series.partition(".")[0])
        letter = "" if which == "ghost" else which
        return f"{letter} {name}   {step}   {numbers.compact(record.series.row(step)[series])}".strip()


def _slope(method: str, view: View) -> float:
    """Return the length of the gradient where a method stands."""
    return math.hypot(view.row[f"{method}.grad_x"], view.row[f"{method}.grad_y"])


TAB = OptimizersTab
