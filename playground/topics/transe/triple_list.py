"""Every triple with the rank of its tail and how far that lies from the tip, and a row for one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QComboBox, QScrollArea, QSizePolicy, QWidget

from core.run.explanation import Focus
from core.transe.algorithm import ranks_of
from core.transe.ranks import HEAD, RELATION, TAIL, length
from playground.playback.view import View
from playground.tab.toggles import button
from playground.topics.transe.shown import Shown
from playground.words.texts import Texts
from widgets.base import layouts, numbers
from widgets.base.error_label import ErrorLabel
from widgets.base.manners import Manners
from widgets.shell.run_list import RunList, RunRow

MOST = 200  # rows
_ENDS = ("head", "relation", "tail")
_GAP = 4  # px


class TripleList(QWidget):
    """A list of triples that can be chosen from; `added` tells three names that were typed, `removed` the chosen one.

    Names that are not there yet may be typed, too.
    """

    added = Signal(list)
    removed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.rows, self.error = RunList(), ErrorLabel("triple")
        self.boxes = tuple(_box(f"triple.{end}") for end in _ENDS)
        self.add, self.remove = button("triple.add"), button("triple.remove")
        self.add.setText("+")
        self.remove.setText(numbers.MINUS)
        scroll = QScrollArea()
        scroll.setWidget(self.rows)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        below = layouts.row(*self.boxes, self.add, self.remove, spacing=_GAP)
        layouts.column(scroll, self.error, below, spacing=_GAP, grows=scroll, on=self)
        self.add.clicked.connect(self._tell)
        self.remove.clicked.connect(self.removed)
        for box in self.boxes:
            edit = box.lineEdit()
            assert edit is not None
            edit.returnPressed.connect(self._tell)

    def retranslate(self) -> None:
        """Give the fields and buttons their words in the language shown."""
        for part, key in (*zip(self.boxes, _ENDS, strict=True), (self.add, "add"), (self.remove, "remove")):
            part.setToolTip(self._texts.get("triples", key))
            part.setAccessibleName(self._texts.get("triples", key))

    def _tell(self) -> None:
        self.added.emit([box.currentText().strip() for box in self.boxes])

    def _offer(self, names: Sequence[Sequence[str]]) -> None:
        """Offer the names there are for head, relation and tail, where these are others than before."""
        for box, offered in zip(self.boxes, names, strict=True):
            if [box.itemText(0), box.itemText(box.count() - 1), box.count()] != [offered[0], offered[-1], len(offered)]:
                with QSignalBlocker(box):
                    typed = box.currentText()
                    box.clear()
                    box.addItems(list(offered))
                    box.setEditText(typed)

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def show_view(self, view: View) -> None:
        """Show ranks and distances with the tables of the state in view."""
        shown = Shown(view)
        self._offer([shown.graph.entities, shown.graph.relations, shown.graph.entities])
        is_trained = (
            view.focus is not None and view.focus.kind == "triple" and view.focus.at[0] < len(shown.graph.trained)
        )
        self.remove.setEnabled(is_trained)
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


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setMinimumContentsLength(4)
    Manners(box)
    return box
