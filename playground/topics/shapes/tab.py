"""The tab Tensor shapes: the stack, a nested list, weights and program, and the weights as cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from core.nn.layers import written
from core.nn.layers.layer import name_of
from core.run.explanation import Explanation, Focus
from core.run.parameters import plain, with_value
from core.run.refusal import Refusal
from core.run.values import Floats
from core.shapes.algorithm import arrays, settable
from core.shapes.explained import asked, explain
from core.shapes.keras_code import code, text_of_code
from core.shapes.misfits import misfit_of
from core.shapes.settings import Params, cells_in, check, stack
from playground.playback.view import View, made_in
from playground.recipes.plain_values import read_value
from playground.tab.array_cells import ArrayCells
from playground.tab.measures import Measure, series
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel
from playground.tab.runs_on_board import arranged
from playground.tab.topic_tab import TopicTab
from playground.topics.shapes import (
    covered_stack,
    nested_boxes,
    picture_apart,
    point_and_axis,
    stack_board,
    weights_keras,
)
from playground.topics.shapes.next_to import next_to
from playground.topics.shapes.stack_hands import StackHands
from playground.words.refusals import sentence, under
from playground.words.texts import shared_texts
from widgets.base import numbers
from widgets.grids.board import GridBoard
from widgets.grids.board_keys import Act, BoardKeys
from widgets.shell.run_list import RunRow

if TYPE_CHECKING:
    from widgets.form.text_rows import TextRows

_CHECKED = ("layers", "batch_size", "data")  # what may be tried and not fit


class ShapesTab(TopicTab):
    """Layers join tensors."""

    speed = 0.25  # each layer's numbers are read
    sharing = Sharing(low=200)  # px: three bars, and a program whole

    def panels(self) -> Sequence[Panel]:
        self.tried: Params | None = None  # layers or data that were typed last and do not fit
        self.board, self.nested, self.program = GridBoard(), GridBoard(), GridBoard()
        self.apart, self.point = GridBoard(), GridBoard()
        self.hands, self.cells = StackHands(self, self.board), ArrayCells((), self.texts)
        return (
            Panel("stack", self.board, self._draw_stack, "big", runs="all", ways=("beside", "only"), waits=True),
            Panel("nested", self.nested, partial(self._draw_all, self.nested, nested_boxes.Picture), runs="all"),
            Panel("weights", self.program, partial(self._draw_all, self.program, weights_keras.Picture), runs="all"),
            Panel("apart", self.apart, partial(self._draw, self.apart, picture_apart.Picture)),
            Panel("point", self.point, partial(self._draw, self.point, point_and_axis.Picture)),
            Panel("cells", self.cells, self._draw_cells, empty=self._no_cells, always=True, ways=("difference",)),
        )

    def switches(self) -> Sequence[str | QWidget]:
        return (self.hands.add,)

    def react(self) -> None:
        self.hands.pointed.connect(self._show_pointed)
        self.hands.said.connect(self.status)
        self.program.clicked.connect(self._copy)
        self.nested.clicked.connect(self._type)
        for board, focus_at in (
            (self.nested, _level_at),
            (self.program, _layer_at),
            (self.apart, picture_apart.focus_at),
            (self.point, _entry_at),
        ):
            board.hovered.connect(lambda *cell, focus_at=focus_at: self._show_pointed(focus_at(*cell)))
            board.left.connect(lambda: self._show_pointed(None))
            board.clicked.connect(lambda *cell, focus_at=focus_at: self._choose(focus_at(*cell)))
        BoardKeys(self.apart, partial(self._walk, "pixel"))
        BoardKeys(self.point, partial(self._walk, "entry"))
        self.cells.typed.connect(self.set_array)

    def options(self) -> Mapping[str, Any]:
        return {**super().options(), "tried": self.tried, "carried": self.hands.carried, "turned": self.hands.turned}

    def completing(self) -> Iterator[None]:
        yield from super().completing()
        self.hands.join(cast("TextRows", self.form.field("layers")))

    # What it shows.

    def _draw(self, board: GridBoard, picture: Any, view: View) -> None:
        board.set_arrangement(picture(view, self.texts).arrange)

    def _draw_all(self, board: GridBoard, picture: Any, view: View) -> None:
        board.set_arrangement(arranged(view, lambda run: picture(run, self.texts).arrange))

    def _draw_stack(self, view: View) -> None:
        if view.covered:
            self._draw_all(self.board, covered_stack.Picture, view)
        else:
            self._draw(self.board, stack_board.Picture, view)

    def _draw_cells(self, view: View) -> None:
        self.cells.set_names(settable(view.params))
        for name in self.cells.tables:
            self.cells.show_of(name, view, partial(_array, name))

    def _no_cells(self, view: View) -> str:
        if view.covered:  # how many rows and columns they have is counted
            return shared_texts().get("stage", "drawn_later")
        return "" if settable(view.params) else self.texts.get("panels", "no_cells")

    def explanation(self, view: View) -> Explanation:
        focus = view.pointed or view.focus
        if view.covered and focus and focus.kind != "level":  # rules of layers have the sizes of what they are given
            focus = None
        told = explain(*made_in(view), focus)
        refusal = check(self.tried) if self.tried and view.params is self.run.params else None
        return replace(told, sentence="refused", values={"why": sentence(refusal, self.texts)}) if refusal else told

    def known_steps(self) -> int:
        return len(self.run.params.layers)

    def choices(self) -> Sequence[RunRow]:
        """Return the layers; of those that were tried the ones that are not built wear a cross."""
        shown = self.tried or self.run.params
        built = len(shown.layers) if not (found := misfit_of(shown)) else found.place - 1
        return [RunRow(f"layer {k}", f"{name_of(layer)}{'' if k <= built else ' ✗'}")
                for k, layer in enumerate(shown.layers, 1)]  # fmt: skip

    def row_values(self, view: View) -> Mapping[str, str | Sequence[str]]:
        shown = self.tried or view.params
        found = misfit_of(shown)
        made = found.built if found else stack(shown)
        rows = {f"layer {k}": ("–", "–") for k in range(1, len(shown.layers) + 1)}
        if made and not view.covered:
            shapes = (", ".join("N" if n is None else str(n) for n in written(shape)) for shape in made.shapes[1:])
            counts = (numbers.count(count.total) for count in made.counts)
            rows |= {f"layer {k}": pair for k, pair in enumerate(zip(shapes, counts, strict=True), 1)}
        return rows

    def measures(self, view: View) -> Sequence[Measure]:
        if view.covered:  # they are what may be asked for
            return ()
        texts = partial(self.texts.get, "measures")
        return (
            series("parameters", texts("parameters"), is_count=True),
            Measure(texts("all"), lambda run: sum(count.total for count in stack(run.params).counts), is_count=True),
            Measure(texts("cells"), lambda run: cells_in(stack(run.params).shapes[run.t][1:]), is_count=True),
        )

    def pinned(self) -> bool:
        return self.focus is not None

    def focus_name(self, view: View) -> str:
        match view.pointed or view.focus:
            case Focus("level"):
                return self.texts.get("panels", "nested")
            case Focus("cell" | "layer" | "axis") as focus if told := asked(stack(view.params), focus):
                return name_of(view.params.layers[told[0] - 1]) if told[0] else self.texts.get("pointed", "data")
        return name_of(view.params.layers[min(view.t, len(view.params.layers)) - 1]) if view.t else ""

    def words(self) -> None:
        self.rows.set_title(self.texts.get("running"), self.texts.get("shape_column"), self.texts.get("weights_column"))
        self.hands.add.setText(self.texts.get("toggles", "layer", "text"))
        self.hands.add.setToolTip(self.texts.get("toggles", "layer", "tip"))

    def _show_settings(self) -> None:
        super()._show_settings()
        self.hands.follow(self.focus)

    def _show_changed(self) -> None:
        self.tried = None
        self.rows.set_rows(self.choices())
        super()._show_changed()

    # What the learner does.

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; layers that do not fit are shown as a misfit, beside the reason under their field."""
        super().set_parameter(name, value, final)
        tried = self._tried_with(name, value) if name in _CHECKED else None
        if tried != self.tried:
            self.tried = tried
            self.rows.set_rows(self.choices())
            self._show_moved()

    def _tried_with(self, name: str, value: Any) -> Params | None:
        """Return the params with a value that is one but does not go with the others."""
        try:
            params = with_value(self.run.params, name, read_value(self.parameters[name], value))
        except Refusal:
            return None
        return params if check(params) else None

    @property
    def shown_params(self) -> Params:
        """The stack that is shown: what was tried and does not fit, or else the one that runs."""
        params: Params = self.tried or self.run.params
        return params

    def _type(self, name: str, _row: int, _column: int) -> None:
        """Let the list be typed that was clicked."""
        if name == "typed":
            self.form.field("data").setFocus(Qt.FocusReason.OtherFocusReason)

    def take_stack(self, params: Params, focus: Focus | None = None, final: bool = True) -> None:
        """Take layers that were changed by hand, and choose one; the step in view stays, and at the end the end."""
        t, is_end = self.run.position, self.run.position == self.known_steps()
        self.set_parameter("layers", plain(params.layers), final)
        if not self.tried:
            if (more := (self.known_steps() if is_end else t) - self.run.position) > 0:
                self.run.advance(more)
        elif final:
            self.run.set_parameter("layers", plain(self.run.params.layers))  # the drag has ended, if it was one
            self._show_tried()
        if focus:
            self.choose(focus)

    def _show_tried(self) -> None:
        """Show in the form what was tried by hand, and why it does not fit."""
        refusal = self.tried and check(self.tried)
        if self.tried and refusal:
            self.form.show_values({"layers": plain(self.tried.layers)})
            self.form.show_error("layers", under("layers", refusal, self.texts))

    def escape(self) -> bool:
        if super().escape():
            return True
        was_tried = self.tried is not None
        if was_tried:
            self._show_changed()
        return was_tried

    def cure(self, cured: Params) -> None:
        """Take what would make the layers fit: one change, which one undo takes back."""
        self.run.restart_with({"layers": plain(cured.layers), "batch_size": cured.batch_size})

    def _copy(self, name: str, _row: int, _column: int) -> None:
        kind, _, dialect = name.partition(" ")
        if kind != "copy":
            return
        lines = code(self.tried or self.run.params, "today" if dialect == "today" else "notes")
        QGuiApplication.clipboard().setText(text_of_code(lines))
        self.status.emit(self.texts.get("weights", "copied"))

    def choose(self, focus: Focus | None) -> None:
        """Choose it; what is chosen by keys goes before that on which the pointer rests."""
        self.pointed = None
        super().choose(focus)

    def _choose(self, focus: Focus | None) -> None:
        if focus:
            self.pick(focus)

    def _walk(self, kind: str, key: Qt.Key, held: Qt.KeyboardModifier) -> Act | None:
        """Go on from the cell of the picture, or the entry of the point, that is chosen."""
        is_deep = held == Qt.KeyboardModifier.ShiftModifier
        view = self.view()
        if view.covered or not (is_deep or held == Qt.KeyboardModifier.NoModifier):
            return None
        sizes = picture_apart.Picture(view, self.texts).x.shape if kind == "pixel" else (3,)
        there = next_to(self.focus, kind, sizes, key, is_deep)
        return partial(self.choose, there) if there else None

    def _show_pointed(self, focus: Focus | None) -> None:
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()


def _level_at(name: str, _row: int, _column: int) -> Focus | None:
    kind, _, level = name.partition(" ")
    return Focus("level", (int(level),)) if kind == "level" else None


def _layer_at(name: str, _row: int, _column: int) -> Focus | None:
    kind, _, layer = name.partition(" ")
    return Focus("layer", (int(layer),)) if kind == "joint" else None


def _entry_at(name: str, _row: int, column: int) -> Focus | None:
    return Focus("entry", (column,)) if name == "entry" else None


def _array(name: str, view: View) -> Floats:
    array: Floats = arrays(view.state, view.params)[name]
    return array


TAB = ShapesTab
