"""The tab of the Embedding layer: from sentence to score, the table of votes, held-out sentences, codes, collisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from core.embedding.algorithm import settable, weights_of
from core.embedding.beats import BEATS
from core.embedding.explained_beats import explain
from core.embedding.nets import net_of, settings_of
from core.embedding.settings import Params, data_of
from core.embedding.votes import score
from core.nn.activations import sigmoid
from core.run.explanation import Explanation, Focus
from core.run.recipe import Edit, SetArray
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.topics.embedding import small_plots
from playground.topics.embedding.by_hand import SentenceHand
from playground.topics.embedding.chain import Chain
from playground.topics.embedding.codes import Codes
from playground.topics.embedding.collisions import Collisions
from playground.topics.embedding.ribbon import Ribbon
from playground.topics.embedding.ribbon_runs import RibbonRuns
from playground.topics.embedding.shown import Shown, focus_of
from playground.topics.embedding.vote_table import VoteTable
from playground.topics.embedding.word_map import WordMap
from widgets.base import fonts, numbers
from widgets.grids.board import GridBoard
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow

_LISTED = 6  # sentences held out
_FOR, _AGAINST = "blue", "vermillion"


class EmbeddingTab(TopicTab):
    """Words that look up their rows, and vote with them."""

    speed = 8
    sharing = Sharing((57, 43), decks=1)
    marks = {  # noqa: RUF012
        Focus("word"): "blue", Focus("place"): "orange", Focus("weight"): "purple", Focus("score"): "black",
        Focus("bias"): "green", Focus("output"): "blue", Focus("loss"): "vermillion",
    }  # fmt: skip

    def panels(self) -> Sequence[Panel]:
        fonts.ensure_fonts(chinese=True)  # sentences may be Chinese in English, too
        self.ribbon, self.votes, self.codes, self.collisions, self.chain = (GridBoard() for _ in range(5))
        self.test, self.loss, self.map = Plot(), Plot(), Plot(equal_scale=True)
        self.cells = ArrayCells(settable(Params()), self.texts)
        texts = self.texts
        return (
            Panel("ribbon", self.ribbon, self._draw_ribbon, "big", subtitle=lambda view: Ribbon(view, texts).said(),
                  runs="all", waits=True),
            Panel("votes", self.votes, self._draw_votes, empty=self._no_votes),
            Panel("test", self.test, lambda view: small_plots.draw_test(self.test, view, texts),
                  empty=self._no_test, runs="all"),
            Panel("loss", self.loss, lambda view: small_plots.draw_loss(self.loss, view, texts),
                  empty=self.press_play, runs="all"),
            Panel("codes", self.codes, lambda view: self.codes.set_arrangement(Codes(view, texts).arrange),
                  runs="none"),
            Panel("collisions", self.collisions,
                  lambda view: self.collisions.set_arrangement(Collisions(view, texts).arrange)),
            Panel("map", self.map, lambda view: WordMap(view, texts).draw(self.map), empty=self._no_votes),
            Panel("chain", self.chain, lambda view: self.chain.set_arrangement(Chain(view, texts).arrange),
                  runs="all"),
            Panel("cells", self.cells, self._draw_cells, always=True),
        )  # fmt: skip

    def switches(self) -> Sequence[str | QWidget]:
        self.hand = SentenceHand(self, self.ribbon, self.votes)
        return (self.hand.back, self.hand.field)

    def react(self) -> None:
        self.hand.react()
        self.rows.focused.connect(lambda _: self.hand.let_go())
        self.stage.opening.connect(self.hand.let_go)
        self.ribbon.hovered.connect(lambda name, row, _: self._point_at(self._place_of(name, row)))
        self.ribbon.left.connect(lambda: self._point_at(None))
        self.ribbon.clicked.connect(lambda name, row, _: self.pick(self._place_of(name, row)))
        self.votes.hovered.connect(lambda name, row, _: self._point_at(self._vote_of(name, row)))
        self.votes.left.connect(lambda: self._point_at(None))
        self.votes.clicked.connect(lambda name, row, _: self.pick(self._vote_of(name, row)))
        self.map.clicked.connect(lambda x, y, hit: self.pick(_word_of(hit)))
        self.map.hit_changed.connect(lambda hit: self._point_at(_word_of(hit)))
        self.cells.typed.connect(self.set_array)

    # What it shows.

    def choices(self) -> Sequence[RunRow]:
        return self._rows_of(self.run.params) if hasattr(self, "run") else ()

    def _rows_of(self, params: Params) -> list[RunRow]:
        """Return the first sentences held out, in the colour of their label; of none held out the first of all."""
        data = data_of(params)
        own = data.test if data.test.size else np.arange(len(data.texts))
        colours = (_AGAINST, _FOR)
        return [RunRow(f"sentence {k}", data.texts[k], colours[data.labels[k]]) for k in own[:_LISTED].tolist()]

    def row_values(self, view: View) -> Mapping[str, Sequence[str]]:
        """Return p of each sentence in the list, and whether it is called rightly."""
        rows, data = self._rows_of(view.params), data_of(view.params)
        self.rows.set_title(self.texts.get("panels", "listed" if data.test.size else "listed_learned"), "p")
        self.rows.set_rows(rows)
        if view.covered:
            return {row.choice: ["–"] for row in rows}
        found = {}
        for row in rows:
            k = int(row.choice.split()[1])
            z = score(view.state, view.params, data.sequences[k])
            mark = "✓" if (z >= 0) == bool(data.labels[k]) else "✗"
            found[row.choice] = [f"{numbers.fixed(float(sigmoid(np.array([z]))[0]), 2)} {mark}"]
        return found

    def settings_shown(self) -> Sequence[str]:
        params, hidden = self.run.params, set[str]()
        hidden |= {"labels", "test_share", "data_seed"} if isinstance(params.sentences, str) else set()
        return [name for name in self.form_order() if name not in hidden]

    def explanation(self, view: View) -> Explanation:
        beat = view.beat if view.beat != BEATS[-1] else ""
        return explain(*made_in(view), focus_of(view), beat, view.options.get("by_hand", ()))

    def options(self) -> Mapping[str, Any]:
        """Return what the switches say, and the words that were put together by hand."""
        return {**super().options(), "by_hand": self.hand.words}

    def words(self) -> None:
        self.hand.name(*(self.texts.get("panels", key) for key in ("type_here", "type_tip", "back_to")))

    def focus_name(self, view: View) -> str:
        """Say which place the strip tells of."""
        shown = Shown(view, self.texts)
        place = shown.chosen.place
        return self.texts.get("panels", "told_place").format(place=place + 1, word=shown.word_at(place))

    def pinned(self) -> bool:
        return self.focus is not None

    def has(self, view: View, focus: Focus) -> bool:
        """Tell whether there is such a sentence, place and number."""
        data, at = data_of(view.params), focus.at
        match focus.kind:
            case "sentence":
                return at[0] < len(data.texts)
            case "place":
                return at[0] < len(data.texts) and at[1] < view.params.input_length
            case "vote":
                return at[0] < data.rows and at[1] < view.params.input_length
        return True

    def _draw_ribbon(self, view: View) -> None:
        self.ribbon.set_arrangement(RibbonRuns(view, self.texts).arrange)

    def _draw_votes(self, view: View) -> None:
        self.votes.set_arrangement(VoteTable(view, self.texts).arrange)

    def _no_votes(self, view: View) -> str:
        return self.press_play(view) if view.covered else ""

    def _no_test(self, view: View) -> str:
        held = data_of(view.params).test.size
        return self.press_play(view) if held else self.texts.get("panels", "no_test")

    def _draw_cells(self, view: View) -> None:
        self.cells.set_names(settable(view.params))
        for name in self.cells.tables:
            self.cells.show_of(name, view, partial(_array, name))

    # What the learner does in the pictures.

    def _point_at(self, focus: Focus | None) -> None:
        """Tell of what is under the pointer, in every picture and in numbers."""
        if focus == self.pointed:
            return
        self.pointed = focus
        self._show_moved()
        if focus and focus.kind == "vote":
            self.status.emit(VoteTable(self.view(), self.texts).said(focus))

    def _place_of(self, name: str, row: int) -> Focus | None:
        """Return the place of the sentence that a part of the ribbon stands for."""
        ribbon = Ribbon(self.view(), self.texts)
        place = ribbon.place_of(name, row)
        return None if place is None else ribbon.focus_at(place)

    def _vote_of(self, name: str, row: int) -> Focus | None:
        return VoteTable(self.view(), self.texts).focus_of(name, row, float(self.votes.height()))

    def array_edit(self, name: str, array: Floats) -> Edit:
        """Return the edit that a typed array asks for; a bias stands in its table as a row."""
        return SetArray(name, array[0] if name.endswith("b") else array)


def _word_of(hit: Hit | None) -> Focus | None:
    """Return the word of the map that is hit, tried at its place."""
    return hit.focus if hit and isinstance(hit.focus, Focus) else None


def _array(name: str, view: View) -> Floats:
    net, key = settings_of(view.params)[name]
    if net == "embedding":
        array = weights_of(view.state, view.params)[name]
    else:
        array = net_of(view.params, net).stack.named(view.state.learner(net).weights)[key]
    return np.atleast_2d(array)


TAB = EmbeddingTab
