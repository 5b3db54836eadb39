"""The tab of Dense & bias: both lines in the plane, the view along w, loss and accuracy, and all weights as cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from core.dense.algorithm import arrays, settable
from core.dense.explained import Chosen
from core.dense.explained_beats import explain
from core.dense.nets import NetName
from core.dense.plane import has_curve, slope_and_bias
from core.dense.settings import Params, data_of, loss_of
from core.run.explanation import Explanation, Focus
from core.run.recipe import Edit, SetArray
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.panels import Panel
from playground.tab.runs_beside import Drawing
from playground.tab.topic_tab import TopicTab
from playground.topics.dense import small_plots
from playground.topics.dense.along import Along, led_through, made_long
from playground.topics.dense.batch import Batch, cell_of
from playground.topics.dense.by_angle import set_to
from playground.topics.dense.by_hand import ByHand
from playground.topics.dense.fields import COLOURS, is_plane, takes_points
from playground.topics.dense.net import NAME, Net, unit_at
from playground.topics.dense.plane import BIAS, Plane, line_of, net_shown
from playground.topics.dense.sliders import WeightSliders
from widgets.base import numbers
from widgets.grids.board import GridBoard
from widgets.grids.cell_editor import CellEditor
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow

_DRAWN = ("n_samples", "spread", "data_seed")  # parameters of a set that is drawn


class DenseTab(TopicTab):
    """One Dense layer, or a few, with and without a bias."""

    marks = {  # noqa: RUF012
        Focus("bias"): BIAS, Focus("without_bias"): "purple", Focus("output"): "blue", Focus("weight"): "black",
        Focus("gradient"): "green", Focus("error"): "vermillion",
    }  # fmt: skip

    _is_deep = False  # whether the net in view has hidden layers

    def panels(self) -> Sequence[Panel]:
        self.plane, self.along = Plot("x₁", "x₂", equal_scale=True), Plot()
        self.batch, self.net, self.loss, self.accuracy = GridBoard(), GridBoard(), Plot(), Plot()
        self.sliders = WeightSliders(self.texts)
        self.editor = CellEditor(self.batch)
        self.cells = ArrayCells(settable(Params()), self.texts)
        texts = self.texts
        return (
            Panel("plane", self.plane, lambda view: Plane(view, texts).draw(self.plane), "big", self._no_plane,
                  self._subtitle, self._hint, runs="all", ways=("over", "beside", "only"), another=self._another_plane,
                  waits=True),
            Panel("batch", self.batch, self._draw_batch, subtitle=self._whose_batch, runs="all"),
            Panel("along", self.along, self._draw_along, empty=self._no_curve, runs="all", foot=self.sliders),
            Panel("net", self.net, self._draw_net, subtitle=self._whose_net),
            Panel("loss", self.loss, lambda view: small_plots.draw_loss(self.loss, view, texts),
                  empty=self.press_play, runs="all"),
            Panel("accuracy", self.accuracy, lambda view: small_plots.draw_accuracy(self.accuracy, view, texts),
                  empty=self._no_accuracy, runs="all"),
            Panel("cells", self.cells, self._draw_cells, always=True),
        )  # fmt: skip

    def switches(self) -> Sequence[str | QWidget]:
        return ("past", "bare", "draw_points")

    def react(self) -> None:
        self.toggles.show_icon("draw_points", "pencil")
        self.hand = ByHand(self, self.plane, lambda: self.shown.show("plane", self.view()))
        self.plane.dragged.connect(self._drag)
        self.along.dragged.connect(self._lead)
        self.sliders.slid.connect(self._slide)
        self.plane.clicked.connect(lambda x, y, hit: self._click(hit))
        self.plane.number_set.connect(self._set_number)
        self.plane.hit_changed.connect(self._light)
        self.numbers.marked.connect(self.plane.highlight)
        for board in (self.batch, self.net):
            board.hovered.connect(lambda *cell: self._point_at(self._cell(*cell)))
            board.left.connect(lambda: self._point_at(None))
            board.clicked.connect(lambda *cell: self.pick(self._cell(*cell)))
        self.batch.opened.connect(self._edit)
        self.net.opened.connect(self._edit_unit)
        self.editor.edited.connect(self._type)
        self.editor.given_up.connect(self.run.undo)
        self.centre.second.page_changed.connect(lambda _: self._make_room())
        self.cells.typed.connect(self.set_array)

    # What it shows.

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(net, self.texts.name(net), colour) for net, colour in COLOURS.items()]

    def row_values(self, view: View) -> Mapping[str, Any]:
        if view.covered:
            return dict.fromkeys(COLOURS, ("–", "–"))
        name = "accuracy" if loss_of(view.params) == "cross-entropy" else "loss"
        values = ((net, float(view.row[f"{net}.{name}"]), view.row[f"{net}.parameters"]) for net in COLOURS)
        return {
            net: ("–" if np.isnan(value) else numbers.compact(value), numbers.count(round(count)))
            for net, value, count in values
        }

    def settings_shown(self) -> Sequence[str]:
        params, hidden = self.run.params, set[str]()
        hidden |= {"targets"} if isinstance(params.points, str) else set(_DRAWN)
        hidden |= set() if params.hidden else {"hidden_activation"}
        return [name for name in self.form_order() if name not in hidden]

    def explanation(self, view: View) -> Explanation:
        """Tell of the net that is shown last: where there is room for one row only, it is that."""
        beat = view.beat if view.beat != self.beats()[-1] else ""
        told = explain(*made_in(view), view.pointed or view.focus, beat)
        return replace(told, rows=tuple(sorted(told.rows, key=lambda row: row[0] == net_shown(view))))

    def focus_name(self, view: View) -> str:
        """Say which point the strip tells of, and of several units which."""
        told = Chosen.of(view.pointed or view.focus, view.frame.made, view.params)
        key = "hidden_unit" if told.hidden else "output" if view.params.units > 1 else "point"
        return self.texts.get("panels", key).format(n=told.point + 1, unit=told.unit + 1, layer=told.hidden)

    def _another_plane(self) -> Drawing:
        plane = Plot("x₁", "x₂", equal_scale=True)
        return Drawing(plane, lambda view: Plane(view, self.texts).draw(plane))

    def _draw_along(self, view: View) -> None:
        Along(view, self.texts).draw(self.along)
        self.sliders.setEnabled(has_curve(view.params) and not view.covered)
        if self.sliders.isEnabled():
            self.sliders.show_curve(*slope_and_bias(view.state, "with_bias", view.params), not view.params.train_bias)

    def _draw_batch(self, view: View) -> None:
        self.batch.set_arrangement(Batch(view, self.texts).arrange)

    def _draw_net(self, view: View) -> None:
        self.net.set_arrangement(Net(view, self.texts).arrange)

    def _whose_net(self, view: View) -> str:
        return self.texts.name(net_shown(view))

    def _whose_batch(self, view: View) -> str:
        count, net = numbers.count(len(data_of(view.params).x)), self.texts.name("with_bias")
        return self.texts.get("panels", "batch_of").format(net=net, count=count)

    def pinned(self) -> bool:
        return self.focus is not None

    def words(self) -> None:
        """Name the columns of the list: where numbers are learned, the first is the loss."""
        right = "column_right" if loss_of(self.run.params) == "cross-entropy" else "column_loss"
        self.rows.set_title(*(self.texts.get("panels", key) for key in ("nets", right, "column_weights")))

    def _show_changed(self) -> None:
        self.words()
        self._turn_to_net()  # first: what comes to the front is drawn with the rest
        super()._show_changed()

    def _turn_to_net(self) -> None:
        """Have the net in front as soon as it has hidden layers, where there is no curve along w any more."""
        is_deep = bool(self.run.params.hidden)
        if is_deep != self._is_deep:
            self._is_deep = is_deep
            self.bring_forward("net" if is_deep else "along")

    def options(self) -> Mapping[str, Any]:
        """Return what the switches in the header say, and the stroke of points that is being drawn."""
        return {**super().options(), "stroke": self.hand.stroke() if hasattr(self, "hand") else None}

    def drawn(self, view: View) -> None:
        self.plane.takes_strokes = self.toggles.is_on("draw_points")
        self._make_room()

    def _make_room(self) -> None:
        """Let the net of hidden layers have all the room beside the plane while it is in front, or its pictures are
        too small to be read; a scene says itself what has room.
        """
        if not self.stage.on:
            self.centre.give_room(self.net if self._is_deep and self.in_view("net") else None)

    def _subtitle(self, view: View) -> str:
        """Say which hidden unit is shown."""
        told = Chosen.of(view.pointed or view.focus, view.frame.made, view.params)
        is_shown = told.hidden and not _draws(view)
        return self.texts.get("panels", "of_hidden").format(layer=told.hidden, unit=told.unit + 1) if is_shown else ""

    def _hint(self, view: View) -> str:
        """Say what can be taken hold of; with hidden layers how to see a unit."""
        if not _draws(view) and view.params.hidden:
            return "" if self._subtitle(view) else self.texts.get("panels", "of_net")
        return self.texts.get("panels", "draw" if _draws(view) else "drag")

    def _no_plane(self, view: View) -> str:
        return "" if is_plane(view.params) else self.texts.get("panels", "no_plane")

    def _no_curve(self, view: View) -> str:
        return "" if has_curve(view.params) else self.texts.get("panels", "no_curve")

    def _no_accuracy(self, view: View) -> str:
        is_known = loss_of(view.params) == "cross-entropy"
        return self.press_play(view) if is_known else self.texts.get("panels", "no_accuracy")

    def _draw_cells(self, view: View) -> None:
        self.cells.set_names(settable(view.params))
        for name in self.cells.tables:
            self.cells.show_of(name, view, partial(_array, name))

    # What the learner does in the pictures.

    def _drag(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        """Move the point or the cloud that is held; turn or shift a line, so that it goes through a place."""
        if self.hand.drag(handle, x, y, finished):
            return
        net: NetName = "without_bias" if handle.kind == "turn without_bias" else "with_bias"
        line = line_of(self.run.frame.state, net, self.run.params)
        if handle.kind == "shift":
            edit: Edit = SetArray("b", np.array([line.shifted(x, y)]))
        elif handle.kind.startswith("turn"):
            prefix = "without_bias." if net == "without_bias" else ""
            edit = SetArray(f"{prefix}W", np.array(line.turned(x, y))[:, None])
        else:
            return
        self.run.gesture(edit, finished)

    def _lead(self, handle: Focus, x: float, p: float, finished: bool) -> None:
        """Lead the curve along w through a place."""
        if changed := led_through(handle, x, p, self.run.frame.state, self.run.params):
            self.run.gesture(SetArray(*changed), finished)

    def _slide(self, name: str, value: float, finished: bool) -> None:
        """Make |w| or b of the net with bias what its slider says."""
        changed = made_long(value, self.run.frame.state, self.run.params) if name == "w" else np.array([value])
        self.run.gesture(SetArray("W" if name == "w" else "b", changed), finished)

    def _click(self, hit: Hit | None) -> None:
        focus = hit.focus if hit and isinstance(hit.focus, Focus) and hit.focus.kind == "point" else None
        if not self.plane.takes_strokes:
            self.pick(focus)
        if focus and self.focus == focus and not self.stage.on:
            self.plane.take(focus)

    def _light(self, hit: Hit | None) -> None:
        mark = hit.focus if hit and isinstance(hit.focus, Focus) else None
        self.numbers.highlight(mark)
        self._point_at(mark if mark and mark.kind == "point" else None)

    def _point_at(self, focus: Focus | None) -> None:
        """Tell of what is under the pointer, in every picture and in numbers."""
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()

    def _set_number(self, handle: Focus, number: float, finished: bool) -> None:
        """Turn or shift a line by keys."""
        self.run.gesture(SetArray(*set_to(handle, number, self.run.frame.state, self.run.params)), finished)

    def _cell(self, name: str, row: int, column: int) -> Focus | None:
        if name == NAME:
            return unit_at(row, column, self.run.params)
        return cell_of(name, row, column, Batch(self.view(), self.texts), float(self.batch.height()))

    def _edit(self, name: str, row: int, column: int) -> None:
        """Let a number of the batch be typed into where it stands: one of x, W or b."""
        if (found := self._typed_place(name, row, column)) is not None:
            self.editor.open(name, row, column, float(found[0][found[1]]))

    def _edit_unit(self, name: str, column: int, unit: int) -> None:
        """Let the weights of a unit that was double-clicked in the net be typed into, in their table."""
        if name == NAME and unit_at(column, unit, self.run.params):
            layer = f"hidden_{column}." if column <= len(self.run.params.hidden) else ""
            prefix = "without_bias." if net_shown(self.view()) == "without_bias" else ""
            self.bring_forward("cells")
            self.cells.edit(f"{prefix}{layer}W", (0, unit))

    def _typed_place(self, name: str, row: int, column: int) -> tuple[Floats, tuple[int, int]] | None:
        """Return the array (rows, columns) a cell of the batch is of, and where in it; None where it is computed."""
        batch = Batch(self.view(), self.texts)
        if name == "x" and not self.run.params.hidden:
            return data_of(self.run.params).x, (batch.points(float(self.batch.height()))[row], column)
        if name in ("W", "b"):
            return _array(name, self.view()), (row, batch.units[column])
        return None

    def _type(self, name: str, row: int, column: int, value: float, final: bool) -> None:
        if (found := self._typed_place(name, row, column)) is None:
            return
        array, place = found[0].copy(), found[1]
        array[place] = value
        if name == "x":
            self.hand.set_points(array, final=final)
        else:
            self.run.gesture(self.array_edit(name, array), final)

    def array_edit(self, name: str, array: Floats) -> Edit:
        """Return the edit that a typed array asks for; a bias stands in its table as a row."""
        return SetArray(name, array[0] if name.endswith("b") else array)

    def has(self, view: View, focus: Focus) -> bool:
        """Tell whether there is such a point, and such a unit."""
        params: Params = view.params
        n = len(data_of(params).x)
        match focus:
            case Focus("point", (i,)):
                return i < n
            case Focus("output", (i, j)):
                return i < n and j < params.units
            case Focus("unit", (j,)):
                return j < params.units
            case Focus("hidden", (k, j)):
                return k <= len(params.hidden) and j < params.hidden[k - 1]
        return True


def _array(name: str, view: View) -> Floats:
    array: Floats = arrays(view.state, view.params)[name]
    return np.atleast_2d(array)


def _draws(view: View) -> bool:
    """Tell whether clicks in the plane add points."""
    return bool(view.options.get("draw_points")) and takes_points(view.params)


TAB = DenseTab
