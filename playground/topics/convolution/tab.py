"""The Convolution tab: the kernel on its way over the picture, coverage, the layer as a matrix, cells to type into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QSpinBox, QWidget

from core.convolution.beats import index_of
from core.convolution.explained_beats import explain
from core.convolution.kernels import KERNELS, named_kernel
from core.convolution.settings import POOLING, plain
from core.run.explanation import Explanation, Focus
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells, places
from playground.tab.histories import Line, history, log_span
from playground.tab.measures import Measure
from playground.tab.panels import Panel
from playground.tab.toggles import button, switch
from playground.tab.topic_tab import TopicTab
from playground.topics.convolution.board import arrange
from playground.topics.convolution.board_layout import Room
from playground.topics.convolution.coverage import arrange_coverage, same_padding
from playground.topics.convolution.in_words import described, told
from playground.topics.convolution.matrix import arrange_matrix, why_no_matrix
from playground.topics.convolution.measures import measures
from playground.topics.convolution.sweep_view import Look, Spot, cells_between
from widgets.base.manners import Manners
from widgets.grids.board import GridBoard
from widgets.grids.cell_editor import CellEditor
from widgets.grids.gallery import GridGallery
from widgets.grids.grid import Grid, Signed
from widgets.plots.plot import Plot

_BRUSH = (-999, 999)
_FIRST = ("operation", "image", "input_size", "kernel", "target", "learning_rate")  # of the form
_NOT_PINNED = ("kernel", "pinned", "picture", "weights")  # what is typed into, and what belongs to a run compared


class ConvolutionTab(TopicTab):
    """One window after the other."""

    rows_of_numbers = 5
    speed = 2
    pins_steps = False
    marks = {  # noqa: RUF012
        Focus("positive"): "blue", Focus("negative"): "vermillion", Focus("nothing"): "muted",
        Focus("weight"): "blue", Focus("loss"): "black",
    }  # fmt: skip
    _stroke: Floats | None = None  # the picture while it is drawn on
    _first_row: int | None = None  # of the board, where it was scrolled
    _drawn: Spot | None = None  # the cell of the stroke that the next line begins at

    def panels(self) -> Sequence[Panel]:
        self.sweep, self.coverage, self.matrix = GridBoard(), GridBoard(), GridBoard()
        self.editor = CellEditor(self.sweep)
        self.loss, self.cells = Plot(), ArrayCells(("image", "kernel"), self.texts)
        return (
            Panel(
                "sweep",
                self.sweep,
                self._draw_sweep,
                "big",
                subtitle=partial(self._said, "subtitle"),
                hint=partial(self._said, "hint"),
                runs="all",
                ways=("beside", "difference", "only"),
            ),
            Panel("coverage", self.coverage, self._draw_coverage, "page", runs="all"),
            Panel("matrix", self.matrix, self._draw_matrix, "page", lambda view: why_no_matrix(self.look(view))),
            Panel("cells", self.cells, self._draw_cells, "page", always=True, ways=("difference",)),
            Panel("loss", self.loss, self._draw_loss, "under", self._no_loss_yet, runs="all"),
        )

    def switches(self) -> Sequence[str | QWidget]:
        self.same, self.brush = button("set.same"), QSpinBox()
        self.brush.setObjectName("view.brush")
        Manners(self.brush)
        self.brush.setRange(*_BRUSH)
        self.brush.setValue(9)
        self.brush.setVisible(False)
        self.whole, self.growing = switch("whole"), switch("growing")
        return (self.whole, self.growing, self.same, self.brush, "draw", "coverage", "matrix", "cells")

    def aside(self) -> Sequence[QWidget]:
        self.gallery = GridGallery("kernel")
        return (self.gallery,)

    def react(self) -> None:
        self.toggles.show_icon("draw", "pencil")  # words would take the room of the title
        self.toggles.show_icon("cells", "text-cursor")
        self.same.clicked.connect(self._keep_size)
        self.whole.clicked.connect(lambda: self.set_parameter("growing", False))
        self.growing.clicked.connect(lambda: self.set_parameter("growing", True))
        self.gallery.chosen.connect(partial(self.set_parameter, "kernel"))
        self.gallery.added.connect(self._add_kernel)
        self.cells.typed.connect(self.set_array)
        self.numbers.marked.connect(self._light_cell)
        for board in (self.sweep, self.coverage, self.matrix):
            board.hovered.connect(partial(self._point, board))
            board.left.connect(self._leave)
            board.clicked.connect(self._pin)
        self.sweep.turned.connect(self._turn_rows)
        self.sweep.pressed.connect(self._begin_stroke)
        self.sweep.pressed.connect(self._edit_weight)
        self.sweep.pulled.connect(self.editor.pull)
        self.sweep.opened.connect(self._edit_cell)
        self.editor.edited.connect(self._set_cell)
        self.stage.play_asked.connect(lambda _: self.choose(None))  # a film is followed, not the cell held before
        self.editor.given_up.connect(self.run.undo)
        self.editor.moved_on.connect(self._edit_next)
        self.sweep.dragged.connect(self._go_on)
        self.sweep.released.connect(self._end_stroke)

    # What it shows.

    def form_order(self) -> Sequence[str]:
        return list(dict.fromkeys([*_FIRST, *self.parameters]))

    def settings_shown(self) -> Sequence[str]:
        params = self.run.params
        return [name for name, one in self.parameters.items() if one.is_used(params) and name != "growing"]

    def shown_values(self) -> Mapping[str, Any]:
        """Fill in the sizes that follow from picture, kernel and block where none is given."""
        values, look = dict(super().shown_values()), self.look()
        geometry = look.sweep.geometry
        rows, columns = look.state.kernel.shape[-2:]
        implied = {"input_size": geometry.picture, "kernel_size": (rows, columns), "stride": geometry.stride}
        return values | {name: plain(pair) for name, pair in implied.items() if values[name] is None}

    def focus_name(self, view: View) -> str:
        look = self.look(replace(view, pointed=None))
        if look.cell is None:
            return ""
        map, row, column = look.cell
        values = {"cell": look.sweep.cell(*look.cell) + 1, "cells": look.sweep.cells}
        values |= {"map": map + 1, "row": row + 1, "column": column + 1}
        return look.text("place_in_map" if look.sweep.maps > 1 else "place", **values)

    def known_steps(self) -> int:
        look = self.look()
        return 0 if look.learns else look.sweep.cells

    def measures(self, view: View) -> Sequence[Measure]:
        return measures(view, self.texts)

    def pinned(self) -> bool:
        return self.focus is not None

    def look(self, view: View | None = None) -> Look:
        """Return what the boards show of a view, by default of the one that is shown."""
        return Look(view or self.view(), self.texts)

    def options(self) -> Mapping[str, Any]:
        return super().options() if self._first_row is None else {**super().options(), "first_row": self._first_row}

    def _draw_sweep(self, view: View) -> None:
        look = self.look(view)
        self.sweep.set_arrangement(partial(arrange, look))
        self.sweep.setAccessibleDescription(described(look))

    def _draw_coverage(self, view: View) -> None:
        self.coverage.set_arrangement(partial(arrange_coverage, self.look(view)))

    def _draw_matrix(self, view: View) -> None:
        self.matrix.set_arrangement(partial(arrange_matrix, self.look(view)))

    def _draw_cells(self, view: View) -> None:
        names = ("image",) if view.params.operation in POOLING else ("image", "kernel")
        self.cells.set_names(names)
        for name in names:
            array: Floats = getattr(view.state, name)
            self.cells.show_of(name, view, partial(_array, name), *places(array.shape))

    def _draw_loss(self, view: View) -> None:
        if view.params.operation == "learn":
            line = Line("loss", self.texts.get("rows", "loss"), "blue", focused=True)
            span = log_span(view, ["loss"])
            axis, told_ = self.texts.get("panels", "loss_axis"), described(self.look(view))
            history(self.loss, view, [line], self.texts, axis, span, told_, log=True)

    def _no_loss_yet(self, view: View) -> str:
        return self.press_play(view) if view.params.operation == "learn" else ""

    def _said(self, kind: str, view: View) -> str:
        """Return subtitle or hint for the operation."""
        operation = view.params.operation
        key = {"convolution": "sweep", "learn": "learn"}.get(operation, "pool")
        return self.texts.find("panels", f"{key}_{kind}") or ""

    def words(self) -> None:
        text = self.texts.get
        self.same.setText(text("panels", "same"))
        for made, name in ((self.whole, "whole"), (self.growing, "growing")):
            made.setText(text("panels", name))
            made.setToolTip(text("panels", f"{name}_tip"))
        self.brush.setAccessibleName(text("panels", "brush"))
        self.brush.setToolTip(text("panels", "brush"))
        self.gallery.set_title(text("panels", "gallery"), text("panels", "gallery_caption"))
        self.gallery.set_tiles([(id, self.texts.choice("kernel", id), _thumb(id)) for id in KERNELS])

    def _show_changed(self) -> None:
        look = self.look()
        same = None if look.pools else same_padding(look.sweep.geometry)
        self.same.setEnabled(same is not None and same != look.sweep.geometry.padding)
        for made, is_on in ((self.whole, not self.run.params.growing), (self.growing, self.run.params.growing)):
            made.setChecked(is_on)
            made.setVisible(not look.learns)
        self.same.setToolTip(self.texts.get("panels", "same_no" if same is None else "same_tip"))
        self.shown.under["loss"].setVisible(look.learns)
        self.transport.set_unit(self.texts.get("unit_of_learning" if look.learns else "unit"))
        self.side.set_section_visible(self.gallery, not look.pools)
        kernel = self.run.params.kernel
        self.gallery.set_current(kernel if isinstance(kernel, str) else "")
        super()._show_changed()

    def _show_moved(self) -> None:
        self.pointed = self._first_row = None  # the step goes before what the mouse happens to rest on
        super()._show_moved()

    def _turn(self, switch: str) -> None:
        if switch == "draw":
            self.brush.setVisible(self.toggles.is_on("draw"))
            self.sweep.set_drawable(frozenset({"input", "channel"} if self.toggles.is_on("draw") else ()))
        super()._turn(switch)

    def beat_name(self, beat: str) -> str:
        index, pools = index_of(beat), self.run.params.operation in POOLING
        if index is None:
            return super().beat_name(beat)
        return self.texts.get("panels", "cell_n" if pools else "product_n").format(n=index + 1)

    def explanation(self, view: View) -> Explanation:
        is_whole = view.beat and view.beat == self.beats()[-1]  # which is another beat where windows are larger
        return explain(*made_in(view), view.focus, self.entry.core.beats(view.params)[-1] if is_whole else view.beat)

    def event_text(self, key: str, step: int) -> str:
        kind, _, which = key.partition(": ")
        return super().event_text(f"map: {int(which) + 1}" if kind == "map" else key, step)

    def gesture_text(self, edit: Any) -> str:
        return self.texts.get("panels", "painted" if edit.name == "image" else "retyped")

    # What the learner does in the pictures.

    def _keep_size(self) -> None:
        if same := same_padding(self.look().sweep.geometry):
            self.set_parameter("padding", plain(same))

    def _add_kernel(self, name: str) -> None:
        """Let one more kernel make one more map."""
        weights = self.look().weights
        added = np.broadcast_to(named_kernel(name, weights.shape[-2:]), (1, *weights.shape[1:]))
        self.set_parameter("kernel", np.concatenate([weights, added]))
        kernel = self.run.params.kernel
        self.gallery.set_current(kernel if isinstance(kernel, str) else "")

    def _point(self, board: GridBoard, grid: str, row: int, column: int) -> None:
        spot = Spot.at(grid, row, column)
        self._redraw(spot.focus)
        self.numbers.highlight(self._mark_of(spot))
        self.status.emit(told(self.look(), spot, board))

    def _leave(self) -> None:
        self._drawn = None
        self._redraw(None)
        self.numbers.highlight(None)
        self.status.emit("")

    def _redraw(self, pointed: Focus | None) -> None:
        """Show what belongs to the cell under the pointer."""
        self.pointed = pointed
        self.shown.draw_big(self.view(), self)

    def _turn_rows(self, rows: int) -> None:
        """Bring other rows of the board into view, until the next step."""
        look = self.look()
        room = Room.of(look, self.sweep.width(), self.sweep.height())
        self._first_row = max(0, min(room.first + rows, look.rows - room.rows))
        self._redraw(None)

    def _pin(self, grid: str, row: int, column: int) -> None:
        """Hold what is pointed at until it is clicked again."""
        spot = Spot.at(grid, row, column)
        if spot.kind not in _NOT_PINNED and not (self.toggles.is_on("draw") and spot.is_picture):
            self.pick(None if spot.focus == self.focus else spot.focus)

    def _edit_weight(self, grid: str, row: int, column: int) -> None:
        """A press on a weight opens it: it can be typed, turned or pulled at once."""
        if Spot.at(grid, row, column).kind == "kernel":
            self._edit_cell(grid, row, column)

    def _edit_cell(self, grid: str, row: int, column: int) -> None:
        """Let a cell of the picture or of a kernel be changed where it stands."""
        spot = Spot.at(grid, row, column)
        if place := self.look().place_in_array(spot):
            if spot.is_picture:
                self.focus = self.pointed = None
            array: Floats = getattr(self.run.frame.state, place[0])
            self.editor.open(grid, row, column, float(array[place[1]]))

    def _edit_next(self, grid: str, row: int, column: int, way: int) -> None:
        """Go on to the next cell of a grid, from the last to that of the next layer or, behind all, of the first."""
        spot, placed = Spot.at(grid, row, column), self.sweep.placed(grid)
        if placed is None:
            return
        index = row * placed.grid.columns + column + way
        number = spot.number + index // (placed.grid.rows * placed.grid.columns)
        kind = grid if spot.kind == "input" else f"{spot.kind} {number}"
        name = kind if self.sweep.placed(kind) else grid
        self._edit_cell(name, *divmod(index % (placed.grid.rows * placed.grid.columns), placed.grid.columns))

    def _set_cell(self, grid: str, row: int, column: int, value: float, final: bool) -> None:
        if place := self.look().place_in_array(Spot.at(grid, row, column)):
            name, at = place
            array = np.array(getattr(self.run.frame.state, name))
            array[at] = value
            self.set_array(name, array, final)

    def _light_cell(self, mark: Focus | None) -> None:
        """Point at the cell that a term of the strip stands for."""
        pointed = None
        if mark and mark.kind in ("positive", "negative", "nothing", "picked"):
            look = self.look()
            layer = mark.at[0] if mark.kind == "picked" else look.layer(look.map, mark.at[0])
            pointed = Focus("field", (layer, *mark.at[1:]))
        self._redraw(pointed)

    def _mark_of(self, spot: Spot) -> Focus | None:
        """Return the mark of the strip's term that belongs to a cell of the kernel or of the products."""
        if spot.kind not in ("kernel", "field"):
            return None
        look = self.look()
        first = 0 if look.pools else look.layer(look.map, 0)
        at = (spot.number - first, spot.row, spot.column)
        return next((mark for mark in self.numbers.marks() if mark.at == at), None)

    # Drawing with the mouse.

    def _begin_stroke(self, grid: str, row: int, column: int) -> None:
        if not (self.toggles.is_on("draw") and Spot.at(grid, row, column).is_picture):
            return
        image = self.run.frame.state.image
        inside = 0 <= row < image.shape[-2] and 0 <= column < image.shape[-1]
        has_it = inside and bool((np.atleast_1d(image[..., row, column]) == float(self.brush.value())).all())
        self._brush = 0.0 if has_it else float(self.brush.value())  # over its own colour it rubs out
        self._stroke, self._drawn = np.array(image), None
        self._go_on(grid, row, column)

    def _go_on(self, grid: str, row: int, column: int) -> None:
        """Draw a line from where the stroke was: a fast mouse passes over cells without a word."""
        if self._stroke is None:
            return
        before, self._drawn = self._drawn, None
        now = Spot.at(grid, row, column)
        if not now.is_picture:
            return
        self._drawn = now
        begin = before if before and (before.kind, before.number) == (now.kind, now.number) else now
        rows, columns = cells_between(begin, now, self._stroke.shape[-2:])
        if rows.size:
            is_layer = now.kind == "channel" and self._stroke.ndim == 3
            (self._stroke[now.number] if is_layer else self._stroke)[..., rows, columns] = self._brush
            self.set_array("image", self._stroke.copy(), final=False)

    def _end_stroke(self) -> None:
        if self._stroke is not None:
            stroke, self._stroke = self._stroke, None
            self.set_array("image", stroke, final=True)


def _array(name: str, view: View) -> Floats:
    array: Floats = getattr(view.state, name)
    return array


def _thumb(kernel: str) -> Grid:
    weights = named_kernel(kernel)
    return Grid(weights, Signed(float(np.abs(weights).max())))


TAB = ConvolutionTab
