"""Every triple with the rank of its tail and how far that lies from the tip, after the step in view."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea

from core.run.explanation import Focus
from core.transe.algorithm import ranks_of
from core.transe.ranks import HEAD, RELATION, TAIL, length
from playground.playback.view import View
from playground.topics.transe.shown import Shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.shell.run_list import RunList, RunRow

MOST = 200  # rows


class TripleList(QScrollArea):
    """A list of the trained triples that can be chosen from."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.rows = RunList()
        self.setWidget(self.rows)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def show_view(self, view: View) -> None:
        """Show ranks and distances with the tables of the state in view."""
        shown = Shown(view)
        rows = shown.graph.trained[:MOST]
        state, ranks = view.state, ranks_of(view.state, shown.params).own
        missed = state.entities[rows[:, HEAD]] + state.relations[rows[:, RELATION]] - state.entities[rows[:, TAIL]]
        names = [str(Focus("triple", (i,))) for i in range(len(rows))]
        titles = (self._texts.get("panels", key) for key in ("triple", "rank", "distance"))
        self.rows.set_title(*titles)
        self.rows.set_rows([RunRow(n, " · ".join(shown.graph.named(row))) for n, row in zip(names, rows, strict=True)])
        told = zip(ranks[:MOST].tolist(), length(missed, shown.params.norm).tolist(), strict=True)
        words = [(numbers.shortest(rank), numbers.significant(d, 3)) for rank, d in told]
        self.rows.set_values(dict(zip(names, words, strict=True)))
        self.rows.set_focus_row(str(view.focus or ""))
