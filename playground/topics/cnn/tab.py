"""The tab of the CNN: the mosaic of all layers, loss and accuracy by step, the weights of a layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.cnn.algorithm import last_step
from core.cnn.explained_beats import explain
from core.run.explanation import Explanation, Focus
from playground.playback.view import View, made_in
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.topics.cnn import small_plots
from playground.topics.cnn.mosaic import Picture
from widgets.grids.board import GridBoard
from widgets.plots.plot import Plot


class CnnTab(TopicTab):
    """A net that learns to read digits while every map is open."""

    speed, share, over = 30, (64, 36), True

    marks = {  # noqa: RUF012
        Focus("bar"): "blue", Focus("loss"): "vermillion", Focus("bias"): "orange",
    }  # fmt: skip

    def panels(self) -> Sequence[Panel]:
        self.mosaic, self.loss, self.accuracy, texts = GridBoard(), Plot(), Plot(), self.texts
        return (
            Panel("mosaic", self.mosaic, self._draw_mosaic, "big"),
            Panel("loss", self.loss, lambda view: small_plots.draw_loss(self.loss, view, texts), empty=self.press_play,
                  runs="all"),
            Panel("accuracy", self.accuracy, lambda view: small_plots.draw_accuracy(self.accuracy, view, texts),
                  empty=self.press_play, runs="all"),
        )  # fmt: skip

    def react(self) -> None:
        self.mosaic.hovered.connect(self._point)
        self.mosaic.left.connect(lambda: self._show_pointed(None))
        self.mosaic.clicked.connect(self._pin)

    # What it shows.

    def known_steps(self) -> int:
        return last_step(self.run.params)

    def pinned(self) -> bool:
        return self.focus is not None

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

    def _draw_mosaic(self, view: View) -> None:
        picture = Picture(view, self.texts)
        self.mosaic.set_arrangement(picture.arrange)
        p = picture.outputs[-1]
        told = self.texts.get("mosaic", "read").format(digit=int(p.argmax()), p=f"{100 * p.max():.1f}%")
        self.mosaic.setAccessibleDescription(told)

    # What the learner does in the pictures.

    def _focus_at(self, name: str, row: int, column: int) -> Focus | None:
        return Picture(self.view(), self.texts).focus_at(name, row, column)

    def _point(self, name: str, row: int, column: int) -> None:
        self._show_pointed(self._focus_at(name, row, column))

    def _show_pointed(self, focus: Focus | None) -> None:
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()

    def _pin(self, name: str, row: int, column: int) -> None:
        """Hold a cell that is clicked; a second click lets it go."""
        focus = self._focus_at(name, row, column)
        self.choose(None if focus == self.focus else focus)

    def gesture_text(self, edit: Any) -> str:
        return self.texts.get("panels", "typed").format(name=edit.target)


TAB = CnnTab
