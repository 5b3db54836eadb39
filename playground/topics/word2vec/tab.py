"""The Word2vec tab: the text with its window, the net of one step, the map of the vectors, loss, chances, likeness."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from core import word2vec as core
from core.data.corpora import Corpus
from core.run.recipe import SetArray
from core.run.refusal import Refusal
from core.run.timeline import Frame
from core.word2vec.similarity import neighbours
from playground.tab.topic_tab import TopicTab
from playground.topics.word2vec import small_plots as views
from playground.topics.word2vec.analogy import Analogy
from playground.topics.word2vec.cost import LookUp
from playground.topics.word2vec.net_board import NetBoard, Picture, Plan
from playground.topics.word2vec.shown_example import CENTRE, CONTEXT, NEGATIVE, Step
from playground.topics.word2vec.text_dialog import TextDialog
from playground.words.refusals import sentence
from widgets.base import numbers
from widgets.cards.card import Card
from widgets.cards.colour_key import ColourKey
from widgets.grids.share_bars import BarList
from widgets.plots.line_plot import LinePlot
from widgets.plots.plane_plot import LabelMap
from widgets.shell.run_list import RunRow
from widgets.tables.array_table import Cells
from widgets.text.text_strip import Bracket, TextStrip, WordMark

_NEIGHBOURS = 5
_MOST_MARKED_EPOCHS = 40
_LOW = 800  # px of the window


class Word2vecTab(TopicTab):
    """Words in, words out, and the weights between them."""

    marks = {  # noqa: RUF012
        "centre": "blue", "context": "vermillion", "negative": "purple", "score": "", "probability": "", "loss": "",
    }  # fmt: skip

    def panels(self) -> tuple[Card, Sequence[QWidget]]:
        self.query = ""  # the word whose neighbours are shown; empty: the centre
        self.board, self.map, self.loss = NetBoard(), LabelMap(), LinePlot()
        self.bars, self.analogy, self.look_up = BarList(), Analogy(self.texts), LookUp(self.texts)
        self.cells = {name: Cells(name) for name in core.SETTABLE}
        for name, cells in self.cells.items():
            cells.table.changed.connect(partial(self._set_array, name))
        self.card = Card(body=self.board)
        for id, panel in self.plots().items():
            panel.setObjectName(f"panel.{id}")
        self._listen()
        return self.card, (self.map, self.loss, self.bars, self.analogy, self.look_up, *self.cells.values())

    def above(self) -> Sequence[QWidget]:
        return (self.sentence_card,)

    def plots(self) -> Mapping[str, QWidget]:
        if not hasattr(self, "strip"):
            self._make_strip()
        return {
            "net": self.board, "sentence": self.strip, "map": self.map, "loss": self.loss, "bars": self.bars,
            "analogy": self.analogy, "lookup": self.look_up, **self.cells,
        }  # fmt: skip

    def _make_strip(self) -> None:
        self.strip = TextStrip()
        self.sentence_card = Card(body=self.strip)
        self.sentence_card.set_enlargeable(False)
        self.text_button = QToolButton()
        self.text_button.setObjectName("view.text")
        self.text_button.setProperty("role", "toggle")
        self.text_button.clicked.connect(self.ask_text)
        self.open_button = QToolButton()
        self.open_button.setObjectName("view.open_text")
        self.open_button.setProperty("role", "toggle")
        self.open_button.clicked.connect(lambda: self.browse_asked.emit("corpus"))
        self.key = ColourKey()
        self.sentence_card.add_control(self.key)

    def _listen(self) -> None:
        self.outputs_button = QToolButton()
        self.outputs_button.setObjectName("view.outputs")
        self.outputs_button.setProperty("role", "toggle")
        self.outputs_button.setCheckable(True)
        self.board.hovered.connect(self._read_cell)
        self.board.clicked.connect(self._pick_cell)
        self.board.left.connect(lambda: self.status.emit(""))
        self.map.picked.connect(self.ask_neighbours)
        self.map.hovered.connect(self._read_spot)
        self.bars.clicked.connect(self.ask_neighbours)
        self.bars.pointed.connect(self._read_word)
        self.strip.clicked.connect(lambda position: self.ask_neighbours(self._word_at(position)))
        self.strip.pointed.connect(lambda position: self._read_word(self._word_at(position)))
        self.strip.left.connect(lambda: self._read_word(""))
        self.loss.pointed.connect(self._read_loss)

    def _connect(self) -> None:
        super()._connect()
        self.numbers.marked.connect(lambda mark: self.strip.highlight(self.marks.get(mark, "")))
        self._place_outputs_button()
        self.outputs_button.toggled.connect(lambda _: self._show_moved())
        for deck in (self.centre.first, self.centre.second):
            deck.page_changed.connect(lambda _: self._place_outputs_button())

    def _place_outputs_button(self) -> None:
        """Keep the button of the map in the header of the card the map is in: in a low window it is another one."""
        deck = self.centre.deck_of(self.map)
        if not deck.isAncestorOf(self.outputs_button):
            deck.add_control(self.outputs_button)
        self.outputs_button.setVisible(deck.current() is self.map)

    def settings_shown(self) -> Sequence[str]:
        params = self.run.params
        hidden = set() if params.output == "negative sampling" else {"negative"}
        return [name for name in self.parameters if name not in hidden]

    # What it shows.

    def draw(self, frame: Frame[Any, Any]) -> None:
        step = self.step_in_view(frame)
        picture = Picture(step, views.weight_limit(self.run.timeline), self.texts)
        self.board.set_arrangement(picture.arrange)
        self.board.describe(self.texts.get("panels", "net"), self._told(step))

    def step_in_view(self, frame: Frame[Any, Any]) -> Step:
        """Return the step that led to a frame, in words; asked for several times a frame, it is made once."""
        if self._seen is None or self._seen[0] is not frame:
            self._seen = frame, Step.of(frame, self.run.before)
        return self._seen[1]

    _seen: tuple[Frame[Any, Any], Step] | None = None

    def beside(self, frame: Frame[Any, Any]) -> Sequence[Callable[[], None]]:
        step = self.step_in_view(frame)
        return (
            partial(self._draw_strip, step), partial(self._draw_map, frame, step), partial(self._draw_page, frame, step)
        )  # fmt: skip

    def _draw_map(self, frame: Frame[Any, Any], step: Step) -> None:
        if self.in_view(self.map):
            views.draw_map(self.map, self.run, frame, step, self.outputs_button.isChecked(), self.texts)
            share = views.variance_share(frame.state.W[: core.MAPPED], frame.state.axes)
            self._title_map(numbers.share(share) if frame.params.vector_size > 2 else "")

    def _draw_page(self, frame: Frame[Any, Any], step: Step) -> None:
        """Show what stands in the second deck, of which one page is seen."""
        if self.in_view(self.loss):
            views.draw_loss(self.loss, self.run, self.texts)
            self.loss.set_empty("" if self.run.timeline.recorded else self.texts.get("panels", "press_play"))
        if self.in_view(self.bars):
            views.draw_bars(self.bars, step, self.texts)
        if self.in_view(self.analogy):
            self.analogy.show_vectors(step.corpus, frame.params.corpus, frame.state.W)
        if self.in_view(self.look_up):
            self.look_up.show_params(frame.params)
        self._draw_cells(frame, step)

    def _draw_cells(self, frame: Frame[Any, Any], step: Step) -> None:
        words, units = step.corpus.vocabulary, [str(i) for i in range(1, frame.params.vector_size + 1)]
        for name, headers in (("W", (units, words)), ("C", (words, units))):
            table = self.cells[name].table
            table.show_array(getattr(frame.state, name))  # in view or not: what is typed changes what is there now
            table.set_headers(*headers)

    def _draw_strip(self, step: Step) -> None:
        self.strip.set_text(*_text_of(step.corpus))
        at, count = (numbers.count(n) for n in (self.strip.sentence_of(step.position) + 1, self.strip.sentence_count))
        self.sentence_card.set_subtitle(self.texts.get("panels", "sentence_place").format(at=at, count=count))
        if not step.inputs:
            self.strip.show_marks(0, {})
            return
        text = self.texts.get("panels", "window").format(count=step.params.window)
        marks = {partner: WordMark(CONTEXT) for partner in step.partners} | {step.position: WordMark(CENTRE, True)}
        self.strip.show_marks(step.position, marks, Bracket(*self._window_around(step), text))
        self.strip.setAccessibleDescription(self._told(step))

    def _window_around(self, step: Step) -> tuple[int, int]:
        """Return the first and last word of the window around the centre, within its sentence."""
        sentences = step.corpus.sentences
        reach = range(max(0, step.position - step.params.window), step.position + step.params.window + 1)
        inside = [i for i in reach if i < len(sentences) and sentences[i] == sentences[step.position]]
        return inside[0], inside[-1]

    def row_values(self, frame: Frame[Any, Any]) -> Mapping[str, str]:
        """Return the neighbours of the chosen word, whose names the list is given at once."""
        step = self.step_in_view(frame)
        words = step.corpus.vocabulary
        word = words.index(self.query) if self.query in words else step.main
        found = neighbours(frame.state.W, word, _NEIGHBOURS)
        title = self.texts.get("nearest_to").format(word=words[word])
        self.rows.set_title(title, self.texts.get("running_value"))
        self.rows.set_rows([RunRow(words[other], words[other], step.colour(other)) for other, _ in found])
        return {words[other]: numbers.coordinate(cosine) for other, cosine in found}

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(str(i), "") for i in range(_NEIGHBOURS)]

    def _told(self, step: Step) -> str:
        if not step.inputs:
            return ""
        into = ", ".join(step.word(word) for word in step.inputs)
        return f"{into} → {step.word(step.target)}: {numbers.share(step.output(step.target) or 0.0)}"

    # Words.

    def words(self) -> None:
        texts = self.texts
        self.card.set_title(texts.get("panels", "net"))
        self.sentence_card.set_title(texts.get("panels", "sentence"))
        for id, panel in self.plots().items():
            panel.setAccessibleName(texts.get("panels", id))
        self.text_button.setText(texts.get("text", "button"))
        self.open_button.setText(texts.get("text", "open"))
        self.outputs_button.setText(texts.get("panels", "outputs_view"))
        self.outputs_button.setToolTip(texts.get("panels", "outputs_tip"))
        for id in ("map", "loss", "bars", "analogy", "lookup", "W", "C"):
            page = self.plots()[id]
            self.centre.set_page_title(page, texts.get("panels", f"{id}_short"), texts.get("panels", id))
        self._title_map("")
        self.analogy.retranslate()
        self.look_up.retranslate()

    def _title_map(self, share: str) -> None:
        texts = self.texts
        subtitle = texts.get("panels", "map_share").format(share=share) if share else texts.get("panels", "map_raw")
        self.centre.set_page_title(self.map, texts.get("panels", "map_short"), texts.get("panels", "map"), subtitle)
        x, y = (texts.get("panels", axis) for axis in (("axis_1", "axis_2") if share else ("unit_1", "unit_2")))
        self.map.set_names(x, y if self.run.params.vector_size > 1 else "", in_corners=True)

    def focus_name(self) -> str:
        return self.texts.choice("model", self.run.params.model)

    def _show_changed(self) -> None:
        params = self.run.params
        words = numbers.count(core.corpus_of(params).size)
        pairs = numbers.count(len(core.examples(params)))
        key = "net_subtitle" if params.batch == 1 else "net_subtitle_batch"
        values = {"words": words, "examples": pairs, "batch": params.batch}
        self.card.set_subtitle(self.texts.get("panels", key).format(**values))
        roles = [("centre", CENTRE), ("context", CONTEXT), ("negative", NEGATIVE)]
        drawn = roles if params.output == "negative sampling" else roles[:2]
        self.key.set_entries([(self.texts.get("roles", role), colour) for role, colour in drawn])
        super()._show_changed()

    def gesture_text(self, edit: Any) -> str:
        return self.texts.get("panels", "typed").format(name=edit.target)

    def shown_events(self) -> list[tuple[int, str]]:
        """Return the finished passes, of very many only some, and whether the run diverged."""
        timeline, params = self.run.timeline, self.run.params
        count, batch = len(core.examples(params)), params.batch
        finished = core.epochs(timeline.recorded, params)
        every = finished // _MOST_MARKED_EPOCHS + 1
        ends = [-(-epoch * count // batch) for epoch in range(every, finished + 1, every)]
        shown = [(t, self.event_text("epoch", t)) for t in dict.fromkeys(ends)]
        last = timeline.events_at(timeline.recorded)
        return shown + [(timeline.recorded, self.event_text(key, timeline.recorded)) for key in last if key != "epoch"]

    # What the learner does.

    def ask_neighbours(self, word: str) -> None:
        """Show the neighbours of a word; those of the centre again if it was chosen already."""
        word = word.removesuffix("'") if word not in core.corpus_of(self.run.params).vocabulary else word
        self.query = "" if word == self.query else word
        self._write_values(self.run.frame)

    def set_focus(self, focus: str) -> None:
        """Choose the word in the list whose neighbours are shown next."""
        self.rows.set_focus_row("")
        if focus:
            self.ask_neighbours(focus)

    def ask_text(self) -> None:
        """Let the learner type or paste a text; one that cannot be used says why and stays open."""
        dialog = TextDialog(self.run.params.corpus, self.texts, self)
        before = dialog.text()
        while dialog.exec() and dialog.text() != before:
            try:
                self.run.set_parameter("corpus", dialog.text())
                return
            except Refusal as refusal:
                dialog.show_error(sentence(refusal, self.texts))

    def _set_array(self, name: str, array: Any) -> None:
        self.run.gesture(SetArray(name, array))

    def _word_at(self, position: int) -> str:
        corpus = core.corpus_of(self.run.params)
        return corpus.vocabulary[int(corpus.tokens[position])]

    # What is pointed at.

    def _read_cell(self, name: str, row: int, column: int) -> None:
        grid = self.board.grid(name)
        if grid is None:
            return
        unit = row if name == "C" else column
        key = "read_h" if name == "h" else "read_cell"
        word, value = self._word_of_cell(name, row, column), numbers.coordinate(float(grid.values[row, column]))
        self.status.emit(self.texts.get("board", key).format(name=name, word=word, unit=unit + 1, value=value))

    def _pick_cell(self, name: str, row: int, column: int) -> None:
        if name in ("W", "C"):
            self.ask_neighbours(self._word_of_cell(name, row, column))

    def _word_of_cell(self, name: str, row: int, column: int) -> str:
        """Return the word whose row of W or column of C a cell lies in, "" in h."""
        step = self.step_in_view(self.run.frame)
        words = Plan(step, float(self.board.width()), float(self.board.height())).words
        return "" if name == "h" else step.word(words[row if name == "W" else column])

    def _read_spot(self, name: str) -> None:
        spot = next((spot for spot in self.map.spots() if spot.name == name), None)
        text = (
            f"{spot.label or spot.name}   {numbers.coordinate(spot.x)}   {numbers.coordinate(spot.y)}" if spot else ""
        )
        self.status.emit(text)
        self._light(spot.colour if spot else "")

    def _read_word(self, word: str) -> None:
        """Tell how often a word occurs, and light the numbers of its role in the step."""
        corpus = core.corpus_of(self.run.params)
        if word not in corpus.vocabulary:
            self.status.emit("")
            self._light("")
            return
        place = corpus.vocabulary.index(word)
        count = numbers.count(int(corpus.counts[place]))
        self.status.emit(self.texts.get("board", "read_word").format(word=word, count=count))
        self._light(self.step_in_view(self.run.frame).colour(place))

    def _light(self, colour: str) -> None:
        self.numbers.highlight(next((mark for mark, own in self.marks.items() if own and own == colour), ""))

    def _read_loss(self, x: float, y: float) -> None:
        nearest = self.loss.nearest(x, y)
        if nearest:
            self.status.emit(f"{round(nearest.step)}   {numbers.loss(nearest.value)}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_outputs_button()
        self._place_text_buttons(self.window().height() < _LOW)

    def _place_text_buttons(self, low: bool) -> None:
        """In a low window the text has no header: its buttons stand in that of the net."""
        self.sentence_card.set_header_visible(not low)
        card = self.card if low else self.sentence_card
        for button in (self.open_button, self.text_button):
            if not card.isAncestorOf(button):
                card.add_control(button)


@lru_cache(maxsize=2)
def _text_of(corpus: Corpus) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words of a text one after the other, and the sentence each stands in."""
    return tuple(corpus.vocabulary[token] for token in corpus.tokens.tolist()), tuple(corpus.sentences.tolist())


TAB = Word2vecTab
