"""The Convolution tab: the kernel on its way over the picture, coverage, the layer as a matrix, cells to type into."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from core import convolution as core
from core.convolution.kernels import KERNELS, named_kernel
from core.convolution.settings import POOLING
from core.run.recipe import SetArray
from core.run.refusal import Refusal
from core.run.timeline import Frame
from core.run.values import Floats
from playground.tab.histories import change_marks, decades, steps_shown
from playground.tab.topic_tab import TopicTab
from playground.topics.convolution.board import arrange
from playground.topics.convolution.cells import CellsPage
from playground.topics.convolution.controls import VIEWS, Controls
from playground.topics.convolution.coverage import (
    KeptMatrix,
    arrange_coverage,
    arrange_matrix,
    same_padding,
    why_no_matrix,
)
from playground.topics.convolution.sweep_view import KeptFull, Look, Spot, cells_between
from playground.topics.convolution.words import described, told
from playground.words.refusals import sentence
from widgets.cards.card import Card
from widgets.grids.board import GridBoard
from widgets.grids.gallery import GridGallery
from widgets.grids.grid import Grid, Signed
from widgets.plots.line_plot import Curve, LinePlot

_LOSS_HEIGHT = 132
_ALWAYS = ("operation", "image", "input_size")
_SHOWN = {
    "convolution": ("kernel", "kernel_size", "padding", "stride", "dilation", "bias"),
    "max pooling": ("size", "padding", "stride"),
    "average pooling": ("size", "padding", "stride"),
    "learn": ("kernel", "target", "learning_rate", "kernel_size", "padding", "stride", "dilation"),
}


class ConvolutionTab(TopicTab):
    """One window after the other."""

    rows_of_numbers = 5
    marks = {  # noqa: RUF012
        "positive": "blue", "negative": "vermillion", "nothing": "muted", "picked": "", "result": "", "weight": "blue",
        "loss": "black",
    }  # fmt: skip

    def panels(self) -> tuple[Card, Sequence[QWidget]]:
        self._full, self._matrix = KeptFull(), KeptMatrix()
        self._pointed: Spot | None = None  # under the mouse
        self._held: Spot | None = None  # pinned by a click
        self._stroke: Floats | None = None  # the picture while it is drawn on
        self._drawn: Spot | None = None  # the cell of the stroke that the next line begins at
        self.sweep, self.coverage, self.matrix = GridBoard(), GridBoard(), GridBoard()
        self.loss, self.cells = LinePlot(), CellsPage(self.texts)
        for id, panel in self.plots().items():
            panel.setObjectName(f"panel.{id}")
        self.stack = QStackedWidget()
        self.loss_place = _column(self.loss)  # the plot itself may be of any size, in an export
        self.loss_place.setFixedHeight(_LOSS_HEIGHT)
        for page in (_column(self.sweep, self.loss_place), self.coverage, self.matrix, self.cells):
            self.stack.addWidget(page)
        self.card = Card(body=self.stack)
        self.controls = Controls(self.texts, self.card)
        return self.card, ()

    def plots(self) -> Mapping[str, QWidget]:
        return {"sweep": self.sweep, "coverage": self.coverage, "matrix": self.matrix, "loss": self.loss}

    def aside(self) -> Sequence[QWidget]:
        self.gallery = GridGallery("kernel")
        return (self.gallery,)

    def _connect(self) -> None:
        super()._connect()
        self.controls.changed.connect(self._view_changed)
        self.controls.drawing.connect(lambda on: self.sweep.set_drawable(frozenset({"input", "channel"} if on else ())))
        self.controls.same_asked.connect(self._keep_size)
        self.gallery.chosen.connect(partial(self.set_parameter, "kernel"))
        self.gallery.added.connect(self._add_kernel)
        self.cells.changed.connect(self._set_array)
        self.numbers.marked.connect(self._light_cell)
        for board in (self.sweep, self.coverage, self.matrix):
            board.hovered.connect(self._point)
            board.left.connect(self._leave)
            board.clicked.connect(self._pin)
            board.opened.connect(self._type_into)
        self.sweep.pressed.connect(self._begin_stroke)
        self.sweep.dragged.connect(self._go_on)
        self.sweep.released.connect(self._end_stroke)

    # What it shows.

    def form_order(self) -> Sequence[str]:
        first = [*_ALWAYS, "kernel", "target", "kernel_size", "size", "padding", "stride", "dilation"]
        return [*first, *(name for name in self.parameters if name not in first)]

    def settings_shown(self) -> Sequence[str]:
        return [*_ALWAYS, *_SHOWN[self.run.params.operation]]

    def shown_values(self) -> Mapping[str, Any]:
        """Fill in the sizes that follow from picture, kernel and block where none is given."""
        values = dict(super().shown_values())
        look = self.look()
        geometry = look.sweep.geometry
        rows, columns = look.state.kernel.shape[-2:]
        implied = {"input_size": geometry.picture, "kernel_size": (rows, columns), "stride": geometry.stride}
        return values | {name: _plain(pair) for name, pair in implied.items() if values[name] is None}

    def explained(self) -> str:
        """Return the output cell that is pinned, as the numbers strip knows it."""
        held = self._held
        return f"{held.number} {held.row} {held.column}" if held and held.kind == "output" else ""

    def focus_name(self) -> str:
        look = self.look().pointing(self._held)
        if look.cell is None:
            return ""
        map, row, column = look.cell
        values = {"cell": look.sweep.cell(*look.cell) + 1, "cells": look.sweep.cells, "row": row, "column": column}
        return look.text("place_in_map" if look.sweep.maps > 1 else "place", map=map, **values)

    def look(self) -> Look:
        """Return what the pictures of the frame in view are drawn from."""
        frame = self.run.frame
        return Look(frame, self._full.of(frame.state, frame.params), self.texts, self._pointed or self._held,
                    self._pinned_output())  # fmt: skip

    def _pinned_output(self) -> Floats | None:
        pinned = self.run.pinned
        if pinned is None or pinned is self.run.timeline:
            return None
        frame = pinned.frame(pinned.recorded)
        output = core.output_of(frame.state, frame.params)
        return output if frame.params.operation == "learn" else core.reached(output, frame.state.t)

    def draw(self, frame: Frame[Any, Any]) -> None:
        look = self.look()
        view = self.controls.view
        # In view or not: what is typed changes what is there now.
        self.cells.show_arrays(frame.state.image, frame.state.kernel, with_kernel=not look.pools)
        if self.sweep.isVisibleTo(self.stack) or view == "sweep":
            self.sweep.set_arrangement(lambda w, h: arrange(look, w, h))
        if view == "coverage":
            self.coverage.set_arrangement(lambda w, h: arrange_coverage(look, w, h))
        elif view == "matrix":
            self._draw_matrix(look)

    def beside(self, frame: Frame[Any, Any]) -> Sequence[Callable[[], None]]:
        return (self._draw_loss if self.run.params.operation == "learn" else self._describe,)

    def _describe(self) -> None:
        self.sweep.describe(self.texts.get("panels", "sweep"), described(self.look()))

    def _draw_matrix(self, look: Look) -> None:
        why = why_no_matrix(look)
        self.matrix.set_empty(why)
        if not why:
            matrix = self._matrix.of(look)
            self.matrix.set_arrangement(lambda w, h: arrange_matrix(look, matrix, w, h))

    def _draw_loss(self) -> None:
        self._describe()
        series, plot = self.run.timeline.series, self.loss
        low, high = series.extremes("loss")
        curves = []
        for other in filter(None, [self.run.pinned or self.run.ghost]):
            if other is not self.run.timeline and other.recipe.params.operation == "learn":
                x, y = other.series.steps(), other.series.column("loss")
                curves.append(Curve("ghost", "", x, y, "black", ghost=True))
        label = self.texts.get("rows", "loss")
        curves.append(Curve("loss", label, series.steps(), series.column("loss"), "blue", focused=True))
        plot.set_names(self.texts.get("panels", "step_axis"), self.texts.get("panels", "loss_axis"))
        plot.set_log(y=True)
        plot.set_range(0, steps_shown(self.run), *decades(*((low, high) if low <= high else (0.01, 1.0))))
        plot.set_curves(curves if self.run.timeline.recorded else [], self.run.position,
                        change_marks(self.run, self.texts))  # fmt: skip
        plot.set_empty("" if self.run.timeline.recorded else self.texts.get("panels", "press_play"))
        plot.describe(self.texts.get("panels", "loss"), self.sweep.accessibleDescription())

    def words(self) -> None:
        text = self.texts.get
        self.controls.retranslate()
        self.cells.retranslate()
        self.gallery.set_title(text("panels", "gallery"), text("panels", "gallery_caption"))
        self.gallery.set_tiles([(id, self.texts.choice("kernel", id), _thumb(id)) for id in KERNELS])

    def _show_changed(self) -> None:
        look = self.look()
        same = None if look.pools else same_padding(look.sweep.geometry)
        self.controls.show_same(same is not None, same == look.sweep.geometry.padding)
        self.loss_place.setVisible(look.learns)
        self.transport.set_unit(self.texts.get("unit_of_learning" if look.learns else "unit"))
        self.side.set_section_visible(self.gallery, not look.pools)
        kernel = self.run.params.kernel
        self.gallery.set_current(kernel if isinstance(kernel, str) else "")
        self._title()
        super()._show_changed()

    def _show_moved(self) -> None:
        self._pointed = None  # the step goes before what the mouse happens to rest on
        super()._show_moved()

    def _title(self) -> None:
        view, operation = self.controls.view, self.run.params.operation
        subtitle = view if view != "sweep" else "pool" if operation in POOLING else operation
        key = {"convolution": "sweep"}.get(subtitle, subtitle)
        self.card.set_title(self.texts.get("panels", view))
        self.card.set_subtitle(self.texts.get("panels", f"{key}_subtitle"))

    def gesture_text(self, edit: Any) -> str:
        return self.texts.get("panels", "painted" if edit.name == "image" else "retyped")

    # What the learner does in the pictures.

    def _view_changed(self) -> None:
        self.stack.setCurrentIndex(VIEWS.index(self.controls.view))
        self._title()
        self._show_moved()

    def _keep_size(self) -> None:
        if same := same_padding(self.look().sweep.geometry):
            self.set_parameter("padding", _plain(same))

    def _add_kernel(self, name: str) -> None:
        """Let one more kernel make one more map."""
        weights = self.look().weights
        added = np.broadcast_to(named_kernel(name, weights.shape[-2:]), (1, *weights.shape[1:]))
        self.set_parameter("kernel", np.concatenate([weights, added]))
        kernel = self.run.params.kernel
        self.gallery.set_current(kernel if isinstance(kernel, str) else "")

    def _set_array(self, name: str, array: Floats, final: bool = True) -> None:
        """Set picture or kernel: at the start as the parameter, later as an edit of the run."""
        try:
            if self.run.position == 0:
                self.run.set_parameter(name, array, final)
            else:
                self.run.gesture(SetArray(name, array), final)
        except Refusal as refusal:
            self.form.show_error(name, sentence(refusal, self.texts))

    def _point(self, grid: str, row: int, column: int) -> None:
        self._pointed = Spot(grid, row, column)
        self._redraw()
        self.numbers.highlight(self._mark_of(self._pointed))
        board = self.coverage if self.controls.view == "coverage" else self.matrix
        self.status.emit(told(self.look().pointing(self._pointed), self._pointed, board))

    def _leave(self) -> None:
        self._pointed = self._drawn = None
        self._redraw()
        self.numbers.highlight("")
        self.status.emit("")

    def _pin(self, grid: str, row: int, column: int) -> None:
        """Hold what is pointed at until it is clicked again."""
        if self.controls.draw.isChecked() and grid.startswith(("input", "channel")):
            return
        spot = Spot(grid, row, column)
        self._held = None if spot == self._held else spot
        self._show_moved()

    def _type_into(self, grid: str, row: int, column: int) -> None:
        """Open the cell of the picture or the kernel that was clicked twice, to be typed into."""
        spot, state = Spot(grid, row, column), self.run.frame.state
        names = {"input": "image", "channel": "image", "kernel": "kernel"}
        array: Floats | None = getattr(state, names[spot.kind]) if spot.kind in names else None
        if array is None or not (0 <= row < array.shape[-2] and 0 <= column < array.shape[-1]):
            return
        self._held = self._pointed = None
        map = (self.look().cell or (0,))[0]
        layers = ((), (spot.number,), (map, spot.number))[array.ndim - 2]
        self.controls.show_view("cells")
        self.cells.edit(names[spot.kind], (*layers, row, column))

    def _redraw(self) -> None:
        self.draw(self.run.frame)

    def _light_cell(self, mark: str) -> None:
        """Point at the cell that a term of the strip stands for."""
        name, *place = mark.split()
        self._pointed = None
        if name in ("positive", "negative", "nothing", "picked") and len(place) == 3:
            layer, row, column = map(int, place)
            self._pointed = Spot(f"field {0 if name == 'picked' else layer}", row, column)
        self._redraw()

    def _mark_of(self, spot: Spot) -> str:
        """Return the mark of the strip's term that belongs to a cell of the kernel or of the products."""
        if spot.kind not in ("kernel", "field"):
            return ""
        ending = f" {spot.number} {spot.row} {spot.column}"
        rows = self.numbers.view.rows()
        marks = (term.mark for row in rows for cell in row.cells for term in cell)
        return next((mark for mark in marks if mark.endswith(ending)), "")

    # Drawing with the mouse.

    def _begin_stroke(self, grid: str, row: int, column: int) -> None:
        if not (self.controls.draw.isChecked() and grid.startswith(("input", "channel"))):
            return
        image = self.run.frame.state.image
        inside = 0 <= row < image.shape[-2] and 0 <= column < image.shape[-1]
        has_it = inside and bool((np.atleast_1d(image[..., row, column]) == self.controls.value()).all())
        self._brush = 0.0 if has_it else self.controls.value()  # over its own colour it rubs out
        self._stroke, self._drawn = np.array(image), None
        self._go_on(grid, row, column)

    def _go_on(self, grid: str, row: int, column: int) -> None:
        """Draw a line from where the stroke was: a fast mouse passes over cells without a word."""
        if self._stroke is None:
            return
        before, self._drawn = self._drawn, None
        if not grid.startswith(("input", "channel")):
            return
        self._drawn = now = Spot(grid, row, column)
        rows, columns = cells_between(before if before and before.grid == grid else now, now, self._stroke.shape[-2:])
        if rows.size:
            is_layer = now.kind == "channel" and self._stroke.ndim == 3
            (self._stroke[now.number] if is_layer else self._stroke)[..., rows, columns] = self._brush
            self._set_array("image", self._stroke.copy(), final=False)

    def _end_stroke(self) -> None:
        if self._stroke is not None:
            stroke, self._stroke = self._stroke, None
            self._set_array("image", stroke, final=True)


def _column(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in parts:
        column.addWidget(part)
    return page


def _plain(pair: tuple[int, int]) -> int | list[int]:
    return pair[0] if pair[0] == pair[1] else list(pair)


def _thumb(kernel: str) -> Grid:
    weights = named_kernel(kernel)
    return Grid(weights, Signed(float(np.abs(weights).max())))


TAB = ConvolutionTab
