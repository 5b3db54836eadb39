"""The TransE tab: one arrow for all triples of a relation, who lies nearest to its tip, ranks, loss, both tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, cast

import numpy as np
from PySide6.QtWidgets import QWidget

from core.run.explanation import Explanation, Focus
from core.run.refusal import Refusal
from core.run.values import Floats
from core.transe.explained_beats import explain
from core.transe.settings import graph_of
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.measures import Measure, series
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel
from playground.tab.runs_beside import Drawing
from playground.tab.topic_tab import TopicTab
from playground.tab.turns import is_readable
from playground.topics.transe import small_plots
from playground.topics.transe.ask_box import AskBox
from playground.topics.transe.asking import Asking
from playground.topics.transe.failures import LONGEST, Failures
from playground.topics.transe.plane import FALSE, STEP, TRUE, draw_plane
from playground.topics.transe.shown import Shown
from playground.topics.transe.triple_list import MOST, TripleList
from playground.words.refusals import under
from widgets.base import numbers
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow
from widgets.shell.segments import Segments

_LISTED = 6  # names nearest to the tip, the true tail among them
_MOST_CHIPS = 4  # relations that have a chip each; more are in a menu
_TOLD = ("mean_rank", "mrr", "hits_at_3")
_MEASURES = ("mean_rank", "mrr", "hits_at_1", "hits_at_3", "raw_mean_rank", "loss")


class TransETab(TopicTab):
    """One arrow for all."""

    speed = 60
    marks = {Focus("true"): TRUE, Focus("false"): FALSE, Focus("relation"): STEP}  # noqa: RUF012
    sharing = Sharing((62, 38), low=230)

    def panels(self) -> Sequence[Panel]:
        self.plane, self.ranks, self.loss = Plot(equal_scale=True), Plot(), Plot()
        self.cells = {name: ArrayCells((name,), self.texts) for name in ("entities", "relations")}
        self.triples = TripleList(self.texts)
        self.failures = Failures(self.entry.core, self.texts)
        draw = partial(self._draw_plane, self.plane)
        return (
            Panel("plane", self.plane, draw, "big", subtitle=self._subtitle, ways=("beside", "only"),
                  another=self._another_plane, waits=True),
            Panel("ranks", self.ranks, lambda view: small_plots.draw_ranks(self.ranks, view, self.texts),
                  empty=self.press_play, runs="all"),
            Panel("failures", self.failures, self.failures.show_view, empty=self._drawn_later, runs="none",
                  control=self.failures.closing),
            Panel("loss", self.loss, lambda view: small_plots.draw_loss(self.loss, view, self.texts),
                  empty=self.press_play, runs="all"),
            Panel("triples", self.triples, lambda view: self.triples.show_view(view), subtitle=self._listed_triples),
            *(Panel(name, cells, partial(self._draw_cells, name), always=True, ways=("difference",))
              for name, cells in self.cells.items()),
        )  # fmt: skip

    def switches(self) -> Sequence[str | QWidget]:
        self.relation = 0
        self.chips = Segments("view.relation")
        return (self.chips,)

    def aside(self) -> Sequence[QWidget]:
        self.ask = AskBox(self.texts)
        self.asking = Asking(self, self.ask, self._show_ripple, self._turn_relation)
        return (self.ask,)

    def words(self) -> None:
        self.ask.set_words()

    def react(self) -> None:
        self.asking.react()
        self.chips.chosen.connect(self._choose_relation)
        for cells in self.cells.values():
            cells.typed.connect(self.set_array)
        self.plane.clicked.connect(lambda x, y, hit: self._click(hit))
        self.triples.rows.focused.connect(lambda row: self.pick(Focus.of(row)))
        self.triples.added.connect(lambda names: self._set_triples([*self._triples(), names]))
        self.triples.removed.connect(self._remove_triple)
        self.plane.dragged.connect(self._drag)
        self.plane.pointed.connect(self._point)
        self.plane.left.connect(lambda: self.status.emit(""))
        self.failures.opened.connect(self._enlarge)
        self.read_plot(self.ranks, self._read_step)
        self.read_plot(self.loss, self._read_step)

    def finish_studies(self) -> None:
        self.failures.finish()

    def options(self) -> Mapping[str, Any]:
        named = not self._playing or is_readable(self.transport.speed())
        return {**super().options(), "relation": self.relation, "names": named, **self.asking.options()}

    def set_playing(self, playing: bool, in_a_frame: bool = False) -> None:
        if playing:
            self.asking.let_go()
        super().set_playing(playing, in_a_frame)

    # What it shows.

    def explanation(self, view: View) -> Explanation:
        return explain(*made_in(view), view.focus, view.beat)

    def form_order(self) -> Sequence[str]:
        lists = ["triples", "held_out"]  # which take much room: they come last
        return [*(name for name in self.parameters if name not in lists), *lists]

    def settings_shown(self) -> Sequence[str]:
        return self.form_order()

    def measures(self, view: View) -> Sequence[Measure]:
        return [series(name, self.texts.get("measures", name)) for name in _MEASURES]

    def _another_plane(self) -> Drawing:
        plane = Plot(equal_scale=True)
        return Drawing(plane, partial(self._draw_plane, plane))

    def _draw_plane(self, plot: Plot, view: View) -> None:
        draw_plane(plot, Shown(view), self.texts)

    def drawn(self, view: View) -> None:
        shown = Shown(view)
        options = [(str(i), name) for i, name in enumerate(shown.graph.relations)]
        self.chips.show_options(options, str(shown.relation), self.texts.get("panels", "relation"))
        self.chips.set_compact(len(options) > _MOST_CHIPS)

    def _subtitle(self, view: View) -> str:
        if view.params.dim <= 2:
            return ""
        return self.texts.get("panels", "plane_share").format(share=numbers.percent(Shown(view).share))

    def _listed_triples(self, view: View) -> str:
        count = len(graph_of(view.params).trained)
        return self.texts.get("panels", "triples_first").format(count=MOST, all=count) if count > MOST else ""

    def _draw_cells(self, name: str, view: View) -> None:
        graph = graph_of(view.params)
        names = graph.entities if name == "entities" else graph.relations
        columns = [str(i) for i in range(1, view.params.dim + 1)]

        def of(run: View) -> Floats:
            array: Floats = getattr(run.state, name)
            return array

        self.cells[name].show_of(name, view, of, columns, names)

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(str(i), "") for i in range(_LISTED)]

    def row_values(self, view: View) -> Mapping[str, Sequence[str]]:
        """Return the names that the ripple has passed with ranks and distances; the rows get their names at once."""
        shown = Shown(view)
        head, relation, *_ = shown.words
        title = self.texts.get("panels", "asked").format(head=head, relation=relation)
        self.rows.set_title(title, self.texts.get("panels", "rank"), self.texts.get("panels", "distance"))
        self.ask.show_view(shown, self.asking.runs)
        self.ask.measures.set_text("" if view.covered else self._measured(view))
        listed = self._listed(shown)
        blank = [RunRow(f"blank {i}", "") for i in range(_LISTED - len(listed))]
        self.rows.set_rows([*(self._row(shown, entity) for entity in listed), *blank])
        return {
            str(Focus("entity", (e,))): (self._rank(shown, e), numbers.significant(shown.away[e], 3)) for e in listed
        }

    def _measured(self, view: View) -> str:
        """Return how near all true tails are after the step in view."""
        told = {name: numbers.significant(view.row[name], 3) for name in _TOLD}
        return self.texts.get("ask", "measured").format(**told)

    def _listed(self, shown: Shown) -> list[int]:
        """Return the names nearest to the tip that the ripple has passed, and where it has arrived the true tail."""
        if shown.view.covered:
            return []
        gone = [*shown.passed, *([shown.tail] if shown.tail is not None and shown.has_arrived else [])]
        if shown.has_arrived:
            gone = list(dict.fromkeys([*gone, *shown.order]))
        first = gone[:_LISTED]
        is_behind = shown.tail in gone and shown.tail not in first
        return [*first[:-1], cast("int", shown.tail)] if is_behind else first

    def _row(self, shown: Shown, entity: int) -> RunRow:
        name = shown.graph.entities[entity]
        is_false = shown.is_of_step and entity == shown.corrupted[2] != shown.asked[2]
        colour = TRUE if entity == shown.tail else FALSE if is_false else ""
        return RunRow(str(Focus("entity", (entity,))), name, colour)

    def _rank(self, shown: Shown, entity: int) -> str:
        """Return the rank of a name; another true tail, which the filter leaves out, has none."""
        return "–" if entity in shown.left_out else numbers.shortest(shown.rank(entity))

    def focus_name(self, view: View) -> str:
        return " · ".join(Shown(view).words) if view.focus else ""

    def has(self, view: View, focus: Focus) -> bool:
        graph = graph_of(view.params)
        if focus.kind == "question":
            return graph.has(*focus.at)
        limits = {"triple": len(graph.trained) + len(graph.held_out), "entity": len(graph.entities)}
        return focus.at[0] < limits.get(focus.kind, 0) if focus.at else False

    def pinned(self) -> bool:
        return self.focus is not None

    def event_steps(self) -> Sequence[int]:
        """Return the steps in which the run diverged: epochs are so short that they would mark all of them."""
        return self.run.timeline.steps_of.get("diverged", [])

    def gesture_text(self, edit: Any) -> str:
        return self.texts.get("panels", "typed").format(name=self.texts.get("arrays", edit.name))

    def _drawn_later(self, view: View) -> str:
        return self.press_play(view) if view.covered else ""

    # What the learner does.

    def _enlarge(self, id: str) -> None:
        """Show one of the nets that fail in the big plane, at the step in view; undo leads back."""
        record = self.failures.record_of(id, self.run.recipe.seed)
        self.run.load(record.fork(record.recipe), min(self.run.position, LONGEST))

    def _triples(self) -> list[list[str]]:
        graph = graph_of(self.run.params)
        return [list(graph.named(row)) for row in graph.trained]

    def _remove_triple(self) -> None:
        """Begin again without the chosen triple."""
        match self.focus:
            case Focus("triple", (i,)):
                self._set_triples([row for place, row in enumerate(self._triples()) if place != i])

    def _set_triples(self, rows: list[list[str]]) -> None:
        """Begin again with these triples; why they are refused is said below the list."""
        try:
            self.run.set_parameter("triples", rows)
        except Refusal as refusal:
            self.triples.error.set_message(under("triples", refusal, self.texts))
        else:
            self.triples.error.set_message("")

    def _choose_relation(self, choice: str) -> None:
        self.relation = int(choice)
        self.asking.let_go()
        if self.focus:
            self.choose(None)
        self._show_moved()

    def _turn_relation(self, by: int) -> None:
        """Show the relation so many behind the one shown, round and round."""
        shown = Shown(self.view())
        self._choose_relation(str((shown.relation + by) % len(shown.graph.relations)))

    def _show_ripple(self) -> None:
        """Draw how far the ripple has gone, in the plane and in the list."""
        view = self.view()
        self.shown.show("plane", view)
        self.write_values(view)

    def pick(self, focus: Focus | None) -> None:
        """Choose a triple; of a name that of which it is the head: what lies at the tip of its arrow is asked."""
        if self.stage.take_mark(focus):
            return
        match focus:
            case Focus("entity", (entity,)):
                shown = Shown(self.view())
                self.asking.ask(entity, shown.relation) if entity in shown.head_triples else self.choose(None)
            case _:
                self.asking.let_go()
                self.choose(focus)

    def _click(self, hit: Hit | None) -> None:
        """Pick what was clicked; a click beside all names lets go."""
        focus = hit.focus if hit else None
        self.pick(focus if isinstance(focus, Focus) and focus.kind == "entity" else None)

    def _drag(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        """Put a name where it is dragged to; numbers that are not seen stay."""
        shown, place = Shown(self.view()), np.array([x, y])
        entities = self.run.frame.state.entities.copy()
        entity = handle.at[0]
        entities[entity] += (place - entities[entity] @ shown.axes) @ shown.axes.T
        self.set_array("entities", entities, finished)

    def _point(self, x: float, y: float, hit: Hit | None) -> None:
        match hit and hit.focus:
            case Focus("entity", (entity,)):
                shown = Shown(self.view())
                words = {"name": shown.graph.entities[entity], "d": numbers.significant(shown.away[entity], 3)}
                head, relation, *_ = shown.words
                told = self.texts.get("panels", "read_name").format(head=head, relation=relation, **words)
                self.status.emit(told)
            case _:
                self.status.emit("")

    def _read_step(self, hit: Hit) -> str:
        step, value = hit.place
        return f"{self.texts.get('unit')} {round(step)}   {numbers.compact(value)}"


TAB = TransETab
