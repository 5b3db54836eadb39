"""The tab of Activations: the nets side by side, curve and rug of a unit, loss, gradient by layer, softmax, weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from core.activations import Params, arrays, settable
from core.activations.algorithm import net_of
from core.activations.explained import Chosen
from core.activations.explained_beats import explain
from core.activations.settings import FUNCTIONS, Function
from core.run.explanation import Explanation, Focus
from core.run.recipe import Edit, SetArray
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.measures import Measure, series
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.tab.turns import takes_turns
from playground.topics.activations import outputs, small_plots
from playground.topics.activations.bias_field import BiasField
from playground.topics.activations.curve import CurveAndRug
from playground.topics.activations.mosaic import Mosaic
from playground.topics.activations.shown import COLOURS, chosen_in, net_shown
from playground.topics.activations.softmax import SoftmaxBars, moved, set_to
from playground.topics.activations.tile import Tile
from playground.words.texts import shared_texts
from widgets.base import numbers
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow

_MEASURED = ("loss", "accuracy", "grad_first", "grad_last")  # of the net told of, where runs are compared
_DRAWN = ("n_samples", "spread", "data_seed")  # parameters of a set that is drawn


class ActivationsTab(TopicTab):
    """The same net once for each function."""

    speed = 30
    run_parameter = "functions"

    marks = {  # noqa: RUF012
        Focus("sum"): "blue", Focus("output"): "green", Focus("gradient"): "vermillion", Focus("bias"): "orange",
        Focus("weight"): "black", Focus("error"): "vermillion",
    }  # fmt: skip

    def panels(self) -> Sequence[Panel]:
        self.mosaic, self.curve, self.place = Mosaic(), Plot(), 1.0
        self.bias = BiasField()
        self.loss, self.gradient, self.outputs, self.softmax = Plot(), Plot(), Plot(), Plot()
        self.cells, texts = ArrayCells((), self.texts), self.texts
        return (
            Panel("nets", self.mosaic, self._draw_nets, "big", runs="all", waits=True),
            Panel("curve", self.curve, self._draw_curve, subtitle=lambda view: CurveAndRug(view, texts).subtitle,
                  runs="all", control=self.bias),
            Panel("loss", self.loss, lambda view: small_plots.draw_loss(self.loss, view, texts), empty=self.press_play,
                  runs="all"),
            Panel("gradient", self.gradient, lambda view: small_plots.draw_gradient(self.gradient, view, texts),
                  empty=_drawn_later, runs="all"),
            Panel("outputs", self.outputs, lambda view: outputs.draw(self.outputs, view, texts), empty=_drawn_later,
                  subtitle=self._layer_of_outputs, runs="all"),
            Panel("softmax", self.softmax, lambda view: SoftmaxBars(view, texts).draw(self.softmax),
                  runs="none"),
            Panel("cells", self.cells, self._draw_cells),
        )  # fmt: skip

    def react(self) -> None:
        self.mosaic.chosen.connect(self._choose_in_tile)
        self.mosaic.unit_chosen.connect(self._choose_unit)
        self.mosaic.unit_moved.connect(self._lead)
        self.mosaic.unit_pointed.connect(self._point_at_unit)
        for lit in (self.mosaic.hit_changed, self.curve.hit_changed):
            lit.connect(self._light)
        self.curve.clicked.connect(lambda _x, _y, hit: self._choose_in_tile(chosen_in(self.view()).function, hit))
        self.bias.typed.connect(self._set_bias)
        self.curve.dragged.connect(self._drag_x)
        self.softmax.dragged.connect(self._drag_bar)
        self.softmax.number_set.connect(
            lambda handle, number, final: self.set_parameter(*set_to(self.run.params, handle, number), final)
        )
        self.cells.typed.connect(self.set_array)
        self.numbers.marked.connect(self.curve.highlight)

    # What it shows.

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(name, self.texts.name(name), COLOURS[name]) for name in FUNCTIONS]

    def row_values(self, view: View) -> Mapping[str, Sequence[str]]:
        kinds, row = ("loss", "accuracy"), view.row
        return {f: [_shown(row.get(f"{f}.{kind}", np.nan)) for kind in kinds] for f in FUNCTIONS}

    def measures(self, view: View) -> Sequence[Measure]:
        function = chosen_in(view).function
        name, label = self.texts.name(function), partial(self.texts.get, "measures")
        return [series(f"{function}.{kind}", label(kind).format(name=name)) for kind in _MEASURED]

    def settings_shown(self) -> Sequence[str]:
        hidden = {"curve_x", self.run_parameter} | (set() if isinstance(self.run.params.dataset, str) else set(_DRAWN))
        return [name for name in self.form_order() if name not in hidden]

    def explanation(self, view: View) -> Explanation:
        beat = view.beat if view.beat != self.beats()[-1] else ""
        return explain(*made_in(view), view.pointed or view.focus, beat)

    def focus_name(self, view: View) -> str:
        """Say which net, unit and point the strip tells of."""
        at = chosen_in(view)
        place = {"layer": at.layer + 1, "unit": at.unit + 1, "point": at.point + 1}
        return f"{self.texts.name(at.function)} · " + self.texts.get("panels", "told_of").format(**place)

    def words(self) -> None:
        keys = ("units", "steep", "flat", "dead", "border", "ring")
        samples = [self.texts.get("panels", f"legend_{key}") for key in keys]
        self.mosaic.set_words(self.texts.get("panels", "squares"), samples)
        self.bias.set_words(self.texts.get("panels", "bias"))
        self.rows.set_title(*(self.texts.get("panels", key) for key in ("nets_list", "column_loss", "column_right")))

    def _layer_of_outputs(self, view: View) -> str:
        return self.texts.get("panels", "outputs_of").format(layer=chosen_in(view).layer + 1)

    def pinned(self) -> bool:
        return self.focus is not None

    def has(self, view: View, focus: Focus) -> bool:
        """Tell whether the net is there."""
        return focus.kind in view.params.functions

    def drawn(self, view: View) -> None:
        self.rows.set_focus_row(chosen_in(view).function)

    def _draw_curve(self, view: View) -> None:
        """Draw the unit told of; its bias stands in the header as long as the one that is chosen can take another."""
        CurveAndRug(view, self.texts, self.place).draw(self.curve)
        is_first = chosen_in(replace(view, pointed=None)).layer == 0
        at = chosen_in(view)
        self.bias.show_bias(float(_biases(view, at)[at.unit]) if is_first and not view.covered else None)

    def _draw_nets(self, view: View) -> None:
        tiles = [Tile(view, function, self.texts) for function in view.params.functions]
        in_turn = self._playing and takes_turns(self.transport.speed())
        self.mosaic.show_tiles(tiles, chosen_in(view), in_turn)

    def _draw_cells(self, view: View) -> None:
        """Show the weights of the net that is chosen, whatever is pointed at: tables take their time to be made."""
        self.cells.set_names(_own(chosen_in(replace(view, pointed=None)).function, view.params))
        for name in self.cells.tables:
            self.cells.show_of(name, view, partial(_array, name))

    # What the learner does in the pictures.

    def _choose_in_tile(self, function: Function, hit: Hit | None) -> None:
        """Choose a net; the unit told of stays, and a point that was clicked is told of."""
        at, point = chosen_in(self.view()), _point_of(hit)
        self.pick(Focus(function, (at.layer, at.unit, at.point if point is None else point)))

    def _choose_unit(self, function: Function, layer: int, unit: int) -> None:
        self.pick(Focus(function, (layer, unit, chosen_in(self.view()).point)))

    def _lead(self, function: Function, by: int) -> None:
        """Go on to the next or the last unit of a net, from layer to layer."""
        view = self.view()
        at, units = chosen_in(view), view.params.units
        place = min(max(at.layer * units + at.unit + by, 0), view.params.layers * units - 1)
        self.pick(Focus(function, (*divmod(place, units), at.point)))

    def _light(self, hit: Hit | None) -> None:
        """Tell of the point under the pointer, in every picture and in numbers."""
        mark, point = hit.focus if hit and isinstance(hit.focus, Focus) else None, _point_of(hit)
        self.numbers.highlight(mark)
        for picture in (self.mosaic, self.curve):
            picture.highlight(mark if point is not None else None)
        at = chosen_in(replace(self.view(), pointed=None))
        self._point_at(None if point is None else Focus(at.function, (at.layer, at.unit, point)))

    def _point_at_unit(self, unit: tuple[Function, int, int] | None) -> None:
        view = replace(self.view(), pointed=None)
        self._point_at(Focus(unit[0], (*unit[1:], chosen_in(view).point)) if unit else None)
        self.status.emit(self._words_of_unit(*unit) if unit and not view.covered else "")

    def _words_of_unit(self, function: Function, layer: int, unit: int) -> str:
        """Say where the inputs of a unit lie."""
        net = net_shown(self.view(), function)
        z, flat = net.sums[layer][:, unit], int(net.flat[layer, unit])
        values = {
            "name": self.texts.name(function), "layer": layer + 1, "unit": unit + 1, "n": numbers.count(len(z)),
            "low": numbers.coordinate(float(z.min())), "high": numbers.coordinate(float(z.max())),
            "count": numbers.count(len(z) - flat),
        }  # fmt: skip
        return self.texts.get("panels", "pointer").format(**values)

    def _point_at(self, focus: Focus | None) -> None:
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()

    def _set_bias(self, bias: float) -> None:
        view = replace(self.view(), pointed=None)
        at = chosen_in(view)
        biases = _biases(view, at).copy()
        biases[at.unit] = bias
        self.set_array(f"{at.function}.layer_1.b", biases[None])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let B lead to the field of the bias, where there is one."""
        if event.key() == Qt.Key.Key_B and not event.modifiers():
            self.bring_forward("curve")
            if self.bias.edit.isVisibleTo(self):
                self.bias.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.bias.edit.selectAll()
                return
        super().keyPressEvent(event)

    def _drag_x(self, handle: Focus, x: float, _y: float, _finished: bool) -> None:
        if handle == Focus("x"):
            self.place = x
            self._show_moved()

    def _drag_bar(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        if changed := moved(self.run.params, handle, x, y):
            self.set_parameter(*changed, finished)

    def array_edit(self, name: str, array: Floats) -> Edit:
        """Return the edit that a typed array asks for; biases stand in their table as a row."""
        return SetArray(name, array[0] if name.endswith("b") else array)


def _point_of(hit: Hit | None) -> int | None:
    return hit.focus.at[0] if hit and isinstance(hit.focus, Focus) and hit.focus.kind == "point" else None


def _biases(view: View, at: Chosen) -> Floats:
    """Return the biases of the layer of a unit as they are now, (units,)."""
    weights: Floats = view.state.of(at.function, view.params).weights
    return net_of(at.function, view.params).stack.named(weights)[f"layer_{at.layer + 1}.b"]


def _drawn_later(view: View) -> str:
    """While a scene asks, say so in place of what would tell the answer."""
    return shared_texts().get("stage", "drawn_later") if view.covered else ""


def _own(function: Function, params: Params) -> tuple[str, ...]:
    """Return the arrays of one net."""
    return tuple(name for name in settable(params) if name.startswith(f"{function}."))


def _array(name: str, view: View) -> Floats:
    array: Floats = arrays(view.state, view.params)[name]
    return np.atleast_2d(array)


def _shown(value: float) -> str:
    return "–" if np.isnan(value) else numbers.compact(value)


TAB = ActivationsTab
