"""The tab of the CNN: the mosaic of all layers, loss and accuracy by step, the weights of a layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from core.cnn.algorithm import last_step, settable, stack_of
from core.cnn.explained import Chosen
from core.cnn.explained_beats import explain
from core.cnn.photograph import Photograph, is_photograph
from core.cnn.settings import Params
from core.run.explanation import Explanation, Focus
from core.run.recipe import Edit, SetArray
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells, places
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel
from playground.tab.runs_on_board import Parts, arranged
from playground.tab.toggles import button
from playground.tab.topic_tab import TopicTab
from playground.topics.cnn import push, small_plots
from playground.topics.cnn.by_hand import DigitHand
from playground.topics.cnn.confusion import Confusion
from playground.topics.cnn.digit_choice import DigitChoice, another
from playground.topics.cnn.misread import Misread, digit_at, misread_in
from playground.topics.cnn.mosaic import Picture
from playground.topics.cnn.one_map import OneMap
from playground.topics.cnn.patches import Patches
from playground.topics.cnn.silhouettes import Silhouettes
from playground.topics.cnn.star import draw_star
from playground.topics.cnn.status import in_words
from playground.topics.cnn.twin import compare_with_twin, is_compared, key_of
from widgets.grids.board import GridBoard
from widgets.plots.plot import Plot

BELOW = Parts(10.0, 28.0, 1e6)  # two nets side by side would have too little room
_FIRST = ("optimizer", "learning_rate", "batch_size", "epochs", "layers", "shown", "push", "picture")


class CnnTab(TopicTab):
    """A net that learns to read digits while every map is open."""

    speed = 30
    sharing = Sharing((64, 36), over=True)
    rows_of_numbers = 7  # of a cell of the first convolution: else the maps would move under the pointer
    _zoom: Focus | None = None  # the layer, or the map of one, that has the mosaic to itself
    _photograph: Photograph | None = None  # that was opened last

    marks = {  # noqa: RUF012
        Focus("bar"): "blue", Focus("loss"): "vermillion", Focus("bias"): "orange",
    }  # fmt: skip

    def panels(self) -> Sequence[Panel]:
        self.mosaic, self.pushed, self.patches = GridBoard(), GridBoard(), GridBoard()
        self.misread, self.confusion, self.silhouette = GridBoard(), GridBoard(), GridBoard()
        self.loss, self.accuracy, self.star = Plot(), Plot(), Plot(equal_scale=True)
        self.cells, self.twin, texts = ArrayCells((), self.texts), button("set.twin"), self.texts
        return (
            Panel("mosaic", self.mosaic, self._draw_mosaic, "big", subtitle=self._subtitle, hint=self._hint,
                  runs="all", ways=("over", "beside", "only"), waits=True),
            Panel("loss", self.loss, lambda view: small_plots.draw_loss(self.loss, view, texts), empty=self.press_play,
                  runs="all"),
            Panel("push", self.pushed, self._draw_push, runs="all", control=self.twin),
            Panel("star", self.star, lambda view: draw_star(self.star, view, texts)),
            Panel("patches", self.patches, lambda view: self.patches.set_arrangement(Patches(view, texts).arrange)),
            Panel("accuracy", self.accuracy, lambda view: small_plots.draw_accuracy(self.accuracy, view, texts),
                  empty=self.press_play, runs="all"),
            Panel("misread", self.misread, lambda view: self.misread.set_arrangement(Misread(view, texts).arrange)),
            Panel("confusion", self.confusion,
                  lambda view: self.confusion.set_arrangement(Confusion(view, texts).arrange)),
            Panel("silhouette", self.silhouette, self._draw_silhouettes, empty=self._not_at_play, runs="all"),
            Panel("cells", self.cells, self._draw_cells),
        )  # fmt: skip

    def aside(self) -> Sequence[QWidget]:
        self.choice = DigitChoice()
        return (self.choice,)

    def react(self) -> None:
        self._react_to_choice()
        self.mosaic.hovered.connect(self._point)
        self.mosaic.left.connect(lambda: self._show_pointed(None))
        self.mosaic.left.connect(lambda: self.status.emit(""))
        self.mosaic.clicked.connect(self._pin)
        self.hand = DigitHand(self, self.mosaic)
        self.mosaic.opened.connect(lambda *cell: self.zoom_to(self._focus_at(*cell)))
        self.stage.opened.connect(lambda _: self._show_zoom(None))
        self.twin.clicked.connect(self._compare_with_twin)
        self.misread.clicked.connect(lambda name, *_: self._show_digit(digit_at(name)))
        self.confusion.clicked.connect(
            lambda _, row, column: self._show_digit(Confusion(self.view(), self.texts).digit_in(row, column))
        )
        self.cells.typed.connect(self.set_array)

    def _react_to_choice(self) -> None:
        choice = self.choice
        choice.chosen.connect(lambda digit: self.hand.show_digit(digit))
        choice.draw.toggled.connect(lambda on: self.hand.take_pencil(on))
        choice.clear.clicked.connect(lambda: self.hand.clear())
        choice.open.clicked.connect(lambda: self.browse_asked.emit("picture"))
        choice.another.clicked.connect(lambda: self.hand.show_digit(another(self.run.params)))
        choice.misread.clicked.connect(self._show_misread)

    # What it shows.

    def form_order(self) -> Sequence[str]:
        return list(dict.fromkeys([*_FIRST, *self.parameters]))

    def settings_shown(self) -> Sequence[str]:
        return [name for name in self.form_order() if name != "dataset"]  # there is but one

    def drawn(self, view: View) -> None:
        """Count the misread digits; at play that is not asked, as all held-out digits would go through."""
        text = self.texts.get("digit", "misread")
        count = f" {len(misread_in(view))}" if view.beat and not view.covered else ""
        self.choice.misread.setText(text + count)

    def known_steps(self) -> int:
        return last_step(self.run.params)

    def pinned(self) -> bool:
        return self.focus is not None and self.focus.kind in ("cell", "layer")

    def explanation(self, view: View) -> Explanation:
        beat = view.beat if view.beat != self.beats()[-1] else ""
        return explain(*made_in(view), view.pointed or view.focus, beat)

    def beat_name(self, beat: str) -> str:
        """Call a layer's beat by its kind, with an arrow where it goes back."""
        kind, _, place = beat.partition("_")
        if not place:
            return super().beat_name(beat)
        name = self.texts.get("mosaic", self.run.params.layers[int(place) - 1].type)
        return f"← {name}" if kind == "back" else name

    def _show_changed(self) -> None:
        self.twin.setText(self.texts.get("panels", key_of(self.run.params)))
        self.twin.setEnabled(not is_compared(self.run))
        params = self.run.params
        self.choice.show_params(params)
        is_it = self._photograph is not None and np.array_equal(self._photograph.digit, params.picture)
        self.choice.show_photograph(self._photograph if is_it else None, self.texts)
        super()._show_changed()

    def words(self) -> None:
        self.twin.setToolTip(self.texts.get("panels", "twin_tip"))
        self.choice.set_words(self.texts)

    def _draw_mosaic(self, view: View) -> None:
        picture = Picture(view, self.texts)
        if view.way == "beside":
            beside = partial(Picture, texts=self.texts, front=view.params)
            self.mosaic.set_arrangement(arranged(view, lambda run: beside(run).arrange, BELOW))
        elif self._zoom and self._zoom.kind == "map":
            self.mosaic.set_arrangement(OneMap(picture, *self._zoom.at).arrange)
        else:
            self.mosaic.set_arrangement(picture.arrange)
        p = picture.flow.p
        told = "" if p is None else self.texts.get("mosaic", "read").format(digit=p.argmax(), p=f"{100 * p.max():.1f}%")
        self.mosaic.setAccessibleDescription(told)

    def _subtitle(self, view: View) -> str:
        """Say of a beat what its frames mean."""
        told = "" if view.options.get("zoom") else _shown_of_beat(view)
        return self.texts.get("panels", f"mosaic_{told}") if told else ""

    def _hint(self, view: View) -> str:
        """Say what can be pointed at."""
        zoom = view.options.get("zoom")
        key = {"layer": "zoomed", "map": "map"}[zoom.kind] if zoom else _shown_of_beat(view) or "whole"
        return self.texts.find("panels", f"mosaic_hint_{key}") or ""

    def _draw_push(self, view: View) -> None:
        self.pushed.set_arrangement(partial(push.arrange, view, self.texts))
        self.pushed.setAccessibleDescription(push.description(view, self.texts))

    def _draw_silhouettes(self, view: View) -> None:
        if view.beat:
            self.silhouette.set_arrangement(Silhouettes(view, self.texts).arrange)

    def _not_at_play(self, view: View) -> str:
        return "" if view.beat else self.texts.get("panels", "when_it_stands")

    def _draw_cells(self, view: View) -> None:
        self.cells.set_names(settable(view.params))
        for name in self.cells.tables:
            array = _array(name, view)
            self.cells.show_of(name, view, partial(_array, name), *places(array.shape))

    # What the learner does in the pictures.

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; a photograph is kept, to be shown beside the digit that it was made into."""
        if name == "picture":
            is_it = isinstance(value, np.ndarray) and is_photograph(value)
            self._photograph = Photograph(value) if is_it else None
        super().set_parameter(name, value, final)

    def _compare_with_twin(self) -> None:
        self._try("layers", partial(compare_with_twin, self.run))
        self.bring_forward("push")  # not the table at the cursor: there both nets stand beside each other

    def _show_digit(self, digit: int | None) -> None:
        if digit is not None:
            self.hand.show_digit(digit)

    def _show_misread(self) -> None:
        """Show the next digit that is read wrongly, the surest mistake first."""
        wrong = misread_in(self.view())
        if wrong:
            at = wrong.index(self.run.params.shown) + 1 if self.run.params.shown in wrong else 0
            self.hand.show_digit(wrong[at % len(wrong)])

    def _focus_at(self, name: str, row: int, column: int) -> Focus | None:
        return Picture(self.view(), self.texts).focus_at(name, row, column)

    def _point(self, name: str, row: int, column: int) -> None:
        focus = self._focus_at(name, row, column)
        self._show_pointed(focus)
        self.status.emit(in_words(focus, self.view(), self.texts) if focus else "")

    def _show_pointed(self, focus: Focus | None) -> None:
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()

    def _pin(self, name: str, row: int, column: int) -> None:
        """Hold a cell that is clicked; a second click lets it go. Or take the digit in hand, or push it."""
        if not self.hand.click(name, (row, column)) and (focus := self._focus_at(name, row, column)):
            self.pick(None if focus == self.focus else focus)

    def run_name(self, params: Any) -> str:
        return push.pooling_of(params, self.texts)

    def has(self, view: View, focus: Focus) -> bool:
        return focus.kind not in ("cell", "layer") or Chosen.of(focus, view.params) is not None

    def options(self) -> Mapping[str, Any]:
        """Return what is zoomed into, where the layers of the run have it."""
        if self._zoom and not _is_map(self.run.params, self._zoom):
            self._zoom = None
        return {**super().options(), "zoom": self._zoom}

    def zoom_to(self, cell: Focus | None) -> None:
        """Go one step nearer to a cell: to its layer, then to its map."""
        if cell and _is_map(self.run.params, cell):
            k, m, *_ = cell.at
            self._show_zoom(Focus("map", (k, m)) if self._zoom else Focus("layer", (k,)))

    def _show_zoom(self, zoom: Focus | None) -> None:
        if zoom != self._zoom:
            self._zoom = zoom
            self._show_moved()

    def escape(self) -> bool:
        """Let the digit go first, so that the arrows are the clock's again."""
        if self.focus and self.focus.kind in ("digit", "pixel"):
            self.choose(None)
            return True
        if self._zoom:
            self._show_zoom(Focus("layer", self._zoom.at[:1]) if self._zoom.kind == "map" else None)
            return True
        return super().escape()

    def array_edit(self, name: str, array: Floats) -> Edit:
        """Return the edit that a typed array asks for; biases stand in their table as a row."""
        return SetArray(name, array[0] if name.endswith("b") else array)


def _shown_of_beat(view: View) -> str:
    """Return which kind of beat is in view, where its frames mean something; else nothing."""
    kind = view.beat.partition("_")[0]
    return kind if kind in ("layer", "back") or (kind == "update" and view.before) else ""


def _is_map(params: Params, focus: Focus) -> bool:
    """Tell whether a layer, a map or a cell is there, in a layer of maps."""
    k, *place = focus.at
    if not 1 <= k <= len(params.layers):
        return False
    shape = stack_of(params).shapes[k]
    return len(shape) == 4 and (not place or place[0] < (shape[1].size or 0))


def _array(name: str, view: View) -> Floats:
    """Return the weights of a name; biases as a row."""
    array = stack_of(view.params).named(view.state.weights)[name]
    return np.atleast_2d(array)


TAB = CnnTab
