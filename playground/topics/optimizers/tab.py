"""The Optimizers tab: the race on its surface, loss and effective step by step, what a step costs, the fitted line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from core import optimizers as core
from core.optimizers.regression import KINDS
from core.optimizers.surfaces import SURFACES
from core.run.timeline import Frame
from playground.tab.topic_tab import TopicTab
from playground.topics.optimizers import small_plots as curves
from playground.topics.optimizers import surface as surface
from playground.topics.optimizers.cost import CostTable
from playground.topics.optimizers.view import ViewControls
from widgets.base import numbers
from widgets.cards.card import Card
from widgets.plots.line_plot import LinePlot
from widgets.plots.plane_plot import PlanePlot
from widgets.shell.run_list import RunRow
from widgets.surface.view import SurfaceView


class OptimizersTab(TopicTab):
    """Seven methods on one surface."""

    run_parameter = "methods"
    marks = {  # noqa: RUF012
        "velocity": "orange", "gradient": "black", "ahead": "green", "sum": "purple", "m_hat": "blue",
        "v_hat": "vermillion", "step": "sky", "point": "",
    }  # fmt: skip

    def panels(self) -> tuple[Card, Sequence[QWidget]]:
        self.focus = "momentum"
        self.plane, self.relief = PlanePlot(), SurfaceView()
        self.loss, self.rates, self.fit = LinePlot(), LinePlot(), LinePlot()
        self.cost = CostTable(self.texts)
        for id, panel in self.plots().items():
            panel.setObjectName(f"panel.{id}")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.plane)
        self.stack.addWidget(self.relief)
        self.card = Card(body=self.stack)
        self.controls = ViewControls(self.texts, self.card)
        self.controls.changed.connect(self._view_changed)
        self.plane.clicked.connect(self._start_here)
        self.plane.dragged.connect(self._drag)
        self.plane.marked.connect(self._light_number)
        self.plane.pointed.connect(self._point)
        self.plane.left.connect(lambda: self.status.emit(""))
        self.loss.pointed.connect(self._read_loss)
        return self.card, (self.loss, self.rates, self.cost, self.fit)

    def _connect(self) -> None:
        super()._connect()
        self.numbers.marked.connect(self._light_mark)

    def plots(self) -> Mapping[str, QWidget]:
        return {"surface": self.plane, "relief": self.relief, "loss": self.loss, "rates": self.rates,
                "cost": self.cost, "fit": self.fit}  # fmt: skip

    # What it shows.

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(method, self.texts.get("methods", method), surface.COLOURS[method]) for method in core.METHODS]

    def row_values(self, frame: Frame[Any, Any]) -> Mapping[str, str]:
        row = self.run.row
        return {method: _loss(row[f"{method}.loss"]) for method in core.METHODS}

    def form_order(self) -> Sequence[str]:
        own = [name for name in self.parameters if "." in name]
        return [*own, "noise", "function", "start", "data", "batch_size", "standardise", self.run_parameter]

    def settings_shown(self) -> Sequence[str]:
        is_regression = self.run.params.function in KINDS
        own = [name for name in self.parameters if name.startswith(f"{self.focus}.")]
        data = ["data", "batch_size", "standardise"] if is_regression else []
        return [*own, "noise", "function", "start", *data]

    def focus_name(self) -> str:
        return self.texts.get("methods", self.focus)

    def draw(self, frame: Frame[Any, Any]) -> None:
        scene = surface.Scene.of(self.run, frame, self.focus, self.controls.state(), self.texts)
        if self.controls.is_relief:
            scene.draw_relief(self.relief)
        else:
            scene.draw_plane(self.plane)
        if self.in_view(self.fit):
            curves.draw_fit(self.fit, self.run, frame, self.texts)
        self._empty(frame)

    def beside(self, frame: Frame[Any, Any]) -> Sequence[Callable[[], None]]:
        return (
            lambda: curves.draw_loss(self.loss, self.run, self.focus, self.texts),
            lambda: curves.draw_rates(self.rates, self.run, self.focus, self.texts),
        )

    def glide(self, share: float) -> None:
        if not self.controls.is_relief:
            frame = self.run.frame
            scene = surface.Scene.of(self.run, frame, self.focus, self.controls.state(), self.texts)
            self.plane.set_trails(scene.trails(share))

    def _empty(self, frame: Frame[Any, Any]) -> None:
        nothing = not frame.params.methods
        waiting = self.texts.get("panels", "press_play") if not self.run.timeline.recorded else ""
        self.plane.set_empty(self.texts.get("nothing_chosen") if nothing else "")
        self.loss.set_empty(waiting)
        self.rates.set_empty(waiting)

    def words(self) -> None:
        panels = self.texts
        self.card.set_title(panels.get("panels", "surface"))
        for id, plot in (("loss", self.loss), ("rates", self.rates), ("cost", self.cost), ("fit", self.fit)):
            key = {"loss": "ahead_subtitle", "rates": "rows"}.get(id)
            subtitle = panels.get("panels", key) if key else ""
            words = panels.get("panels", f"{id}_short"), panels.get("panels", id)
            self.centre.set_page_title(plot, *words, subtitle)
        self.controls.retranslate()
        self.cost.retranslate()

    def _show_changed(self) -> None:
        function = self.texts.choice("function", self.run.params.function)
        self.card.set_subtitle(self.texts.get("panels", "surface_subtitle").format(function=function))
        super()._show_changed()

    def gesture_text(self, edit: Any) -> str:
        name = self.texts.get("methods", edit.method)
        x, y = numbers.coordinate(edit.x), numbers.coordinate(edit.y)
        return self.texts.get("panels", "moved").format(name=name, x=x, y=y)

    # What the learner does in the pictures.

    def _view_changed(self) -> None:
        self.stack.setCurrentWidget(self.relief if self.controls.is_relief else self.plane)
        self._show_moved()

    def _start_here(self, x: float, y: float) -> None:
        self.set_parameter("start", [x, y])

    def _drag(self, handle: str, x: float, y: float, finished: bool) -> None:
        if handle == "start":
            self.set_parameter("start", [x, y], finished)
        elif core.is_sound(self.run.params, x, y):
            self.run.gesture(core.MovePoint(handle, x, y), finished)  # type: ignore[arg-type]

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; a named surface brings its own start along, so that the race begins in the picture."""
        if name == "function" and value in (*SURFACES, *KINDS) and value != self.run.params.function:
            start = SURFACES[value].start if value in SURFACES else (0.0, 0.0)
            self.run.restart_with({"function": value, "start": list(start)})
        else:
            super().set_parameter(name, value, final)

    def _light_number(self, mark: str) -> None:
        if mark in core.METHODS:
            self.set_focus(mark)
            mark = "point"
        self.numbers.highlight(mark)

    def _light_mark(self, mark: str) -> None:
        self.plane.highlight(self.focus if mark == "point" else mark)

    def _point(self, x: float, y: float) -> None:
        value = core.loss_of(self.run.params).value(x, y)
        self.status.emit(f"x {numbers.coordinate(x)}   y {numbers.coordinate(y)}   f {numbers.loss(value)}")

    def _read_loss(self, x: float, y: float) -> None:
        nearest = self.loss.nearest(x, y)
        if nearest:
            name = self.texts.find("methods", nearest.name.partition(".")[0]) or nearest.name
            self.status.emit(f"{name}   {round(nearest.step)}   {numbers.loss(nearest.value)}")


def _loss(value: float) -> str:
    return numbers.loss(value) if value == value else "–"  # nan: the method is out


TAB = OptimizersTab
