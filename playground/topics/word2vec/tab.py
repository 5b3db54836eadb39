"""The Word2vec tab: the text with its window, the net of one step, the map of the vectors, loss, chances, likeness."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from core.data.corpora import read_corpus
from core.nn.similarity import cosines, neighbours
from core.run.explanation import Explanation, Focus
from core.run.refusal import Refusal
from core.run.studies import CancelledError
from core.run.values import Floats
from core.word2vec.algorithm import count_of, is_sampled
from core.word2vec.explained_beats import explain
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.measures import Measure
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel
from playground.tab.runs_beside import Drawing
from playground.tab.text_dialog import TextDialog
from playground.tab.toggles import button, switch
from playground.tab.topic_tab import TopicTab
from playground.tab.waiting import waited_for
from playground.topics.word2vec import small_plots, word_map
from playground.topics.word2vec.analogy import Analogy
from playground.topics.word2vec.cost import LookUp
from playground.topics.word2vec.measures import measures, reading, tables_of, whose_words
from playground.topics.word2vec.net_apart import Apart
from playground.topics.word2vec.net_board import Picture
from playground.topics.word2vec.shown_example import CENTRE, CONTEXT, NEGATIVE, Step
from playground.words.refusals import sentence
from widgets.base import fonts, numbers
from widgets.cards.colour_key import ColourKey
from widgets.grids.board import GridBoard
from widgets.grids.share_bars import BarList
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow
from widgets.text.text_strip import Bracket, TextStrip, WordMark

_NEIGHBOURS = 5
_MOST_MARKED_EPOCHS = 40
_MOST_PAIRS = 8  # of a window that are listed
_LONG = 200_000  # characters of a text that takes more than a moment to be read


class Word2vecTab(TopicTab):
    """Words in, words out, and the weights between them."""

    speed = 30
    marks = {  # noqa: RUF012
        Focus("centre"): CENTRE, Focus("context"): CONTEXT, Focus("negative"): NEGATIVE,
    }  # fmt: skip
    sharing = Sharing((65, 35), decks=1, folds=800)
    _seen: tuple[View, Step] | None = None
    _mapped = ""  # the text whose words are on the map

    def panels(self) -> Sequence[Panel]:
        self.query = ""  # the word whose neighbours are shown; empty: the centre
        self.strip, self.board, self.map, self.loss = TextStrip(), GridBoard(), word_map.WordMap(), Plot()
        self.bars, self.analogy, self.look_up = BarList(), Analogy(self.texts), LookUp(self.texts)
        self.cells = {name: ArrayCells((name,), self.texts) for name in ("W", "C")}
        texts = self.texts
        return (
            Panel("net", self.board, self._draw_net, "big", self._no_difference, self._subtitle, ways=("difference",)),
            Panel("sentence", self.strip, self._draw_strip, "above", subtitle=self._place_in_text, runs=reading),
            Panel("map", self.map, partial(self._draw_map, self.map), runs="all", ways=("over", "beside", "only"),
                  subtitle=lambda view: word_map.subtitle(view, texts), another=self._another_map),
            Panel("loss", self.loss, lambda view: small_plots.draw_loss(self.loss, view, texts), empty=self.press_play,
                  runs="all"),
            Panel("bars", self.bars, lambda view: small_plots.draw_bars(self.bars, view, self.step_in(view)),
                  empty=self._no_shares, runs=small_plots.bars_of, ways=("over", "only")),
            Panel("analogy", self.analogy, lambda view: self.analogy.show_vectors(
                self.step_in(view).corpus, view.params.corpus, view.state.W, tables_of(view)), runs=whose_words,
                ways=("over", "only")),
            Panel("lookup", self.look_up, lambda view: self.look_up.show_params(view.params, not view.covered)),
            Panel("W", self.cells["W"], lambda view: self._draw_cells("W", view), always=True,
                  ways=("difference",)),
            Panel("C", self.cells["C"], lambda view: self._draw_cells("C", view), always=True,
                  ways=("difference",)),
        )  # fmt: skip

    def react(self) -> None:
        self.sentence_card = self.shown.above["sentence"]
        self.sentence_card.set_enlargeable(False)
        self.key = ColourKey()
        self.sentence_card.add_control(self.key)
        self.outputs = switch("outputs")
        self.outputs.toggled.connect(lambda _: self._show_moved())
        self._is_low = False
        self.text_button, self.open_button = button("view.text"), button("view.open_text")
        self.text_button.clicked.connect(self.ask_text)
        self.open_button.clicked.connect(lambda: self.browse_asked.emit("corpus"))
        for cells in self.cells.values():
            cells.typed.connect(self.set_array)
        self.board.hovered.connect(self._read_cell)
        self.board.clicked.connect(self._pick_cell)
        self.board.left.connect(lambda: self.status.emit(""))
        self.analogy.asked.connect(self._show_moved)
        self.map.turned.connect(lambda: self.shown.show("map", self.view()))
        self.map.clicked.connect(lambda x, y, hit: self.ask_neighbours(hit.focus) if hit else None)
        self.map.hit_changed.connect(self._read_spot)
        self.bars.clicked.connect(self.ask_neighbours)
        self.bars.pointed.connect(self._read_word)
        self.strip.clicked.connect(lambda position: self.ask_neighbours(self._word_at(position)))
        self.strip.pointed.connect(lambda position: self._read_word(self._word_at(position)))
        self.strip.left.connect(lambda: self._read_word(""))
        self.read_plot(self.loss, self._read_loss)
        self.numbers.marked.connect(lambda mark: self.strip.highlight(self.marks.get(mark, "")))
        self.card.add_control(self.outputs)
        fonts.ensure_fonts(chinese=True)  # names of texts are Chinese in English, too

    def options(self) -> Mapping[str, Any]:
        analogy = self.analogy.asked_by_hand()
        return {"outputs": self.outputs.isChecked(), "query": self.query, "analogy": analogy}

    def settings_shown(self) -> Sequence[str]:
        params = self.run.params
        without = {"examples"} if params.model == "cbow" else set()
        without |= set() if is_sampled(params) else {"negative"}
        return [name for name in self.parameters if name not in without]

    def measures(self, view: View) -> Sequence[Measure]:
        return measures(view, self.texts)

    # What it shows.

    def step_in(self, view: View) -> Step:
        """Return the step that led to a frame, in words; asked for several times a view, it is made once."""
        if self._seen is None or self._seen[0] is not view:
            self._seen = view, Step.in_view(view)
        return self._seen[1]

    def _draw_net(self, view: View) -> None:
        self.board.set_arrangement(self._picture(view).arrange)
        self.board.setAccessibleDescription(self._told(self.step_in(view)))

    def _no_difference(self, view: View) -> str:
        """Say why the weights of two runs cannot be taken from each other."""
        return Apart.in_view(view, self.texts).refusal() if view.way == "difference" else ""

    def _picture(self, view: View) -> Picture | Apart:
        if view.way == "difference":
            return Apart.in_view(view, self.texts)
        return Picture(self.step_in(view), small_plots.weight_limit(view.timeline), self.texts, view.beat, view)

    def _another_map(self) -> Drawing:
        made = word_map.WordMap()
        return Drawing(made, partial(self._draw_map, made))

    def _draw_map(self, plot: Plot, view: View) -> None:
        word_map.draw_map(plot, view, self.step_in(view), self.texts)

    def _draw_cells(self, name: str, view: View) -> None:
        words, units = self.step_in(view).corpus.vocabulary, [str(i) for i in range(1, view.params.vector_size + 1)]
        columns, rows = (units, words) if name == "W" else (words, units)

        def of(run: View) -> Floats:  # of another text rows are other words
            array: Floats = getattr(run.state, name)
            return array if run.params.corpus == view.params.corpus else np.empty((0, 0))

        self.cells[name].show_of(name, view, of, columns, rows)

    def _no_shares(self, view: View) -> str:
        """Say why no word has a share: there is a step to be made first."""
        return "" if self.step_in(view).inputs else self.press_play(view) or self.texts.get("panels", "press_play")

    def _place_in_text(self, view: View) -> str:
        strip, step = self.strip, self.step_in(view)
        at, count = (numbers.count(n) for n in (strip.sentence_of(step.position) + 1, strip.sentence_count))
        return self.texts.get("panels", "sentence_place").format(at=at, count=count)

    def _draw_strip(self, view: View) -> None:
        step = self.step_in(view)
        self.strip.set_text(step.corpus.vocabulary, step.corpus.tokens, step.corpus.sentences)
        if not step.inputs:
            self.strip.show_marks(0, {})
            return
        text = self._window_text(step)
        marks = {partner: WordMark(CONTEXT) for partner in step.partners} | {step.position: WordMark(CENTRE, True)}
        self.strip.show_marks(step.position, marks, Bracket(*self._window_around(step), text))
        self.strip.setAccessibleDescription(self._told(step))

    def _window_text(self, step: Step) -> str:
        """Return the reach of the window, and the pairs it gives: those done ticked, the present one in brackets."""
        window = self.texts.get("panels", "window").format(count=step.params.window)
        pairs = step.pairs()
        if len(pairs) > _MOST_PAIRS:
            now = next(i for i, (_, when) in enumerate(pairs, 1) if when == "now")
            told = self.texts.get("panels", "pair_of").format(at=now, count=len(pairs))
        else:
            forms = {"done": "{} ✓", "now": "[{}]", "ahead": "{}"}
            told = " · ".join(forms[when].format(word) for word, when in pairs)
        return f"{window}: {step.word(step.centre)} → {told}" if pairs else window

    def _window_around(self, step: Step) -> tuple[int, int]:
        """Return the first and last word of the window around the centre, within its sentence."""
        sentences = step.corpus.sentences
        reach = range(max(0, step.position - step.params.window), step.position + step.params.window + 1)
        inside = [i for i in reach if i < len(sentences) and sentences[i] == sentences[step.position]]
        return inside[0], inside[-1]

    def row_values(self, view: View) -> Mapping[str, Sequence[str]]:
        """Return the nearest words with their cosines in all runs; their names the list is given at once."""
        step = self.step_in(view)
        words = step.corpus.vocabulary
        word = word_map.chosen(view, step)
        found = neighbours(view.state.W, word, _NEIGHBOURS)
        runs, cosine = tables_of(view), self.texts.get("running_value")
        title = self.texts.get("nearest_in_runs" if runs else "nearest_to").format(word=words[word])
        self.rows.set_title(title, *([f"cos {letter}" for letter in runs] or [cosine]))
        self.rows.set_rows([RunRow(words[other], words[other], step.colour(other)) for other, _ in found])
        alike = [cosines(W, W[word]) for W in runs.values() or (view.state.W,)]
        return {words[other]: [numbers.coordinate(float(of[other])) for of in alike] for other, _ in found}

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(str(i), "") for i in range(_NEIGHBOURS)]

    def _told(self, step: Step) -> str:
        if not step.inputs:
            return ""
        into = ", ".join(step.word(word) for word in step.inputs)
        return f"{into} → {step.word(step.target)}: {numbers.percent(step.output(step.target) or 0.0)}"

    # Words.

    def words(self) -> None:
        texts = self.texts
        self.text_button.setText(texts.get("text", "button"))
        self.open_button.setText(texts.get("text", "open"))
        self.outputs.setText(texts.get("toggles", "outputs", "text"))
        self.outputs.setToolTip(texts.get("toggles", "outputs", "tip"))

    def explanation(self, view: View) -> Explanation:
        return explain(*made_in(view), view.focus, view.beat)

    def focus_name(self, view: View) -> str:
        return self.texts.choice("model", self.run.params.model)

    def _subtitle(self, view: View) -> str:
        params = view.params
        words, pairs = numbers.count(read_corpus(params.corpus).size), numbers.count(count_of(params))
        key = "net_subtitle" if params.batch == 1 else "net_subtitle_batch"
        return self.texts.get("panels", key).format(words=words, examples=pairs, batch=params.batch)

    def _show_changed(self) -> None:
        roles = [("centre", CENTRE), ("context", CONTEXT), ("negative", NEGATIVE)]
        drawn = roles if is_sampled(self.run.params) else roles[:2]
        self.key.set_entries([(self.texts.get("roles", role), colour) for role, colour in drawn])
        if self._mapped != self.run.params.corpus:  # a zoom was one into other words, even where the range is the same
            self._mapped = self.run.params.corpus
            self.map.reset_view()
        super()._show_changed()

    def event_steps(self) -> Sequence[int]:
        """Return the steps in which a pass was finished or the run diverged; of very many only some."""
        steps = super().event_steps()
        every = len(steps) // _MOST_MARKED_EPOCHS + 1
        return sorted({*steps[every - 1 :: every], *(t for t in steps[-1:] if self.run.timeline.ended)})

    # What the learner does.

    def ask_neighbours(self, word: str) -> None:
        """Show the neighbours of a word, those of the centre again if it was chosen already; or answer with it."""
        word = word.removesuffix("'").removesuffix(word_map.BEFORE)  # of another vector on the map
        words = read_corpus(self.run.params.corpus).vocabulary
        if word in words and self.stage.take_mark(Focus("word", (words.index(word),))):
            return
        self.query = "" if word == self.query else word
        self._show_moved()

    def ask_text(self) -> None:
        """Let the learner type or paste a text; one that cannot be used says why and stays open."""
        dialog = TextDialog(self.run.params.corpus, self.texts, self)
        before = dialog.text()
        while dialog.exec() and dialog.text() != before:
            try:
                self._read_ahead(dialog.text())
                self.run.set_parameter("corpus", dialog.text())
                return
            except Refusal as refusal:
                dialog.show_error(sentence(refusal, self.texts))
            except CancelledError:
                pass  # the text stands there still

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; a long text is read beside the window, and left where that is cancelled."""
        try:
            if name == "corpus":
                self._read_ahead(value)
        except CancelledError:
            self._show_params()
            return
        except Refusal:
            pass  # it is said under the field
        super().set_parameter(name, value, final)

    def _read_ahead(self, text: Any) -> None:
        """Read a long text while the window answers; it is known then. Raises CancelledError; Refusal for a bad one."""
        if isinstance(text, str) and len(text) > _LONG:
            waited_for(self, self.texts.get("text", "reading"), partial(read_corpus, text))

    def _word_at(self, position: int) -> str:
        corpus = read_corpus(self.run.params.corpus)
        return corpus.vocabulary[int(corpus.tokens[position])]

    # What is pointed at.

    def _read_cell(self, name: str, row: int, column: int) -> None:
        placed = self.board.placed(name)
        if placed is None:
            return
        picture, unit = self._picture(self.view()), row if name == "h" else column
        less = picture.less if isinstance(picture, Apart) else ""
        key = "read_h" if name == "h" else "read_apart" if less else "read_cell"
        told = {"name": name, "word": self._word_of_cell(name, row), "unit": unit + 1, "less": less}
        value = numbers.coordinate(float(placed.grid.values[row, column]))
        self.status.emit(self.texts.get("board", key).format(**told, value=value))

    def _pick_cell(self, name: str, row: int, column: int) -> None:
        if name in ("W", "C"):
            self.ask_neighbours(self._word_of_cell(name, row))

    def _word_of_cell(self, name: str, row: int) -> str:
        """Return the word whose row of W or of C, turned, a cell lies in, "" in h."""
        view = self.view()
        plan = self._picture(view).plan(float(self.board.width()), float(self.board.height()))
        return "" if name == "h" else self.step_in(view).word(plan.rows[row].word)

    def _read_spot(self, hit: Hit | None) -> None:
        view, focus = self.view(), hit.focus if hit else None
        shown = word_map.spots(view, self.step_in(view), self.texts, word_map.is_upright(self.map)) if focus else ()
        spot = next((spot for spot in shown if spot.focus == focus), None)
        if spot is None:
            self._tell("")
            return
        x, y = numbers.coordinate(spot.x), numbers.coordinate(spot.y)
        self._tell(f"{spot.label or spot.focus}   {x}   {y}", spot.colour)

    def _read_word(self, word: str) -> None:
        """Tell how often a word occurs, and light the numbers of its role in the step."""
        step = self.step_in(self.view())
        if word not in step.corpus.vocabulary:
            self._tell("")
            return
        place = step.corpus.vocabulary.index(word)
        count = numbers.count(int(step.corpus.counts[place]))
        self._tell(self.texts.get("board", "read_word").format(word=word, count=count), step.colour(place))

    def _tell(self, text: str, colour: str = "") -> None:
        """Write into the status bar, and light the numbers of the role that has a colour."""
        self.status.emit(text)
        self.numbers.highlight(next((mark for mark, own in self.marks.items() if own == colour), None))

    def _read_loss(self, hit: Hit) -> str:
        step, value = hit.place
        return f"{round(step)}   {numbers.compact(value)}"

    def set_low(self, low: bool) -> None:
        """In a low window the text has no header: its buttons stand in that of the net."""
        self.sentence_card.set_header_visible(not low)
        card = self.centre.lead if low else self.sentence_card
        for control in (self.open_button, self.text_button):
            if low != self._is_low or not control.parent():
                card.add_control(control)
        self._is_low = low


TAB = Word2vecTab
