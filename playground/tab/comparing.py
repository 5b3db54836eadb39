"""What a tab shows of the runs it compares beside its panels: chips, the table at the cursor, settings that differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from playground.playback.view import View
from playground.recipes.plain_compared import LETTERS, Comparison
from playground.tab.comparison import elsewhere, ends, show_compared, show_ways
from playground.tab.panel_area import PanelArea
from playground.tab.scene_words import Staged
from playground.tab.topic_says import TopicSays
from widgets.base import layouts
from widgets.base.elided_label import SectionTitle
from widgets.form.param_form import ParamForm
from widgets.shell.compared_row import ComparedRow
from widgets.shell.run_list import RunList
from widgets.shell.scrub_bar import ScrubBar
from widgets.shell.side_column import SideColumn
from widgets.tables.compared_table import ComparedTable

_GAP = 4  # px


class Comparing:
    """The table is a page of the deck, in front when a comparison begins; where none is free, over the side column."""

    def __init__(
        self, tab: TopicSays, row: ComparedRow, area: PanelArea, side: SideColumn, form: ParamForm, rows: RunList,
        scrub_bar: ScrubBar,
    ) -> None:  # fmt: skip
        self._tab, self._row, self._area, self._side = tab, row, area, side
        self._form, self._rows, self._scrub_bar = form, rows, scrub_bar
        self._params: Sequence[Any] = ()  # of the runs, as the form shows them
        self.table, self._title = ComparedTable(), SectionTitle()
        self.page, self._section = _scrolling(), QWidget()
        self._column = layouts.column(self._title, spacing=_GAP, on=self._section)
        self._is_on = False
        self._called: Mapping[str, str] = {}  # the runs of an open scene, by their letters
        self.way = ""  # in which pictures show the runs, as the learner chose it
        row.chosen.connect(tab.run.bring_forward)
        row.removed.connect(tab.run.unpin)
        area.folded.connect(self._place)
        side.add_section(self._section)
        self._place()

    def show(self) -> None:
        """Show a new recipe: the table comes with a comparison and goes with it."""
        run = self._tab.run
        show_compared(self._row, run, self._tab.texts, self._called or self._own_names())
        show_ways(self._row, run.view(), self._tab.ways(), self.way)
        self._rows.show_run(run.letter)
        self._params = ()
        if self._is_on != bool(run.compared):
            self._is_on = bool(run.compared)
            self._place()
        if self._is_on:
            self._entitle(ends(run.view()))

    def name_runs(self, staged: Staged | None) -> None:
        """Call the runs of an open scene as it names them; without one they say in what they differ."""
        scene = staged.scene if staged and not staged.scene.is_task else None
        found = (
            {letter: scene.texts.find("names", name) for letter, name in zip(LETTERS, scene.names, strict=False)}
            if scene
            else {}
        )
        called = {letter: name for letter, name in found.items() if name}
        if called != self._called:
            self._called = called
            show_compared(self._row, self._tab.run, self._tab.texts, called or self._own_names())

    def _own_names(self) -> Mapping[str, str]:
        """Return what the topic calls the runs, by letter, where that tells them apart."""
        names = {run.letter: self._tab.run_name(run.timeline.recipe.params) for run in self._tab.run.compared}
        return names if len(set(names.values()) - {""}) == len(names) else {}

    def options(self, switches: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the switches say, and in which way pictures show the runs that are compared."""
        return {**switches, "runs": self.way}

    def comparison(self) -> Comparison:
        """Return what a file keeps of the runs compared, and the way in which they are seen."""
        return replace(self._tab.run.comparison(), way=self.way)

    def take(self, comparison: Comparison) -> None:
        """Compare the run in view as a file says, and show it so."""
        self.way = comparison.way
        self._tab.run.compare(comparison)

    def _place(self) -> None:
        in_deck = self._area.has_decks
        for widget, is_it in ((self.page, in_deck), (self.table, not in_deck)):
            widget.setObjectName("compare.cursor" if is_it else "")
        if in_deck:
            self.page.setWidget(self.table)
        else:
            self.page.takeWidget()
            self._column.addWidget(self.table)
        self._side.set_section_visible(self._section, self._is_on and not in_deck)
        if self._is_on and in_deck:
            self._area.add_page(self.page)
        else:
            self._area.take_page(self.page)

    def draw(self, view: View) -> None:
        """Write what the runs measure at the step in view."""
        first, *others = [view.of(run) for run in view.compared]
        rows = [measure.row(first, others) for measure in self._tab.measures(view)]
        self.table.show_runs("".join(run.letter for run in view.compared), view.letter, rows)
        self._entitle(ends(view))  # no step: new words at every frame would have all that lies around painted anew

    def _entitle(self, subtitle: str) -> None:
        title = QCoreApplication.translate("Comparing", "At the cursor")
        if self._area.has_decks:
            self._area.set_page_title(self.page, title, title, subtitle)
        else:
            self._title.title.set_text(title)
            self._title.caption.set_text(subtitle)

    def beside(self, view: View) -> list[Callable[[], None]]:
        """Mark what differs at the step in view, and return what draws the table, if it is seen."""
        self._mark(view)
        return [lambda: self.draw(view)] if self.is_seen() else []

    def _mark(self, view: View) -> None:
        """Frame the settings that differ, and show how long the other records are."""
        runs = view.compared
        self._scrub_bar.show_others([(o.letter, o.timeline.recorded) for o in runs if o.letter != view.letter])
        params = [view.params, *(other.timeline.params_at(other.step(view.t)) for other in runs)]
        if len(params) != len(self._params) or any(a is not b for a, b in zip(params, self._params, strict=True)):
            self._params = params
            self._form.show_others(elsewhere(view, self._tab.texts))

    def is_seen(self) -> bool:
        """Whether the table is in view."""
        return self._is_on and self.table.isVisibleTo(self._tab)


def _scrolling() -> QScrollArea:
    page = QScrollArea()
    page.setWidgetResizable(True)
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setProperty("role", "panel")
    page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return page
