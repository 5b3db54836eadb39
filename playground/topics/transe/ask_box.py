"""What is asked: a head and a relation, and how far the ripple has gone that looks for the tail."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from playground.tab.toggles import button
from playground.topics.transe.shown import Shown
from playground.words.texts import Texts
from widgets.base import icons, layouts
from widgets.base.elided_label import ElidedLabel, SectionTitle
from widgets.base.jump_slider import JumpSlider
from widgets.base.manners import Manners
from widgets.shell.segments import Segments

_GAP = 4  # px
_KINDS = ("filtered", "raw")


class AskBox(QWidget):
    """Two boxes and a button that sends the ripple out; `asked` tells the numbers of head and relation."""

    asked = Signal(int, int)
    moved = Signal(int)  # how many names the ripple shall have passed
    kind_chosen = Signal(str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._shown: dict[QComboBox, Sequence[str]] = {}  # the names in each box
        self._runs: bool | None = None
        self._title, self.measures = SectionTitle(), ElidedLabel("tick", "muted")
        self.head, self.relation = _box("ask.head"), _box("ask.relation")
        self.go, self.slider, self.kinds = button("ask.go"), JumpSlider(), Segments("ask.ranks")
        self.slider.setObjectName("ask.ripple")
        first = layouts.row(self.head, self.relation, self.go, spacing=_GAP)
        second = layouts.row(self.slider, self.kinds, spacing=_GAP, grows=self.slider)
        layouts.column(self._title, first, second, self.measures, spacing=_GAP, on=self)
        for box in (self.head, self.relation):
            box.activated.connect(lambda _: self.asked.emit(self.head.currentIndex(), self.relation.currentIndex()))
        self.slider.valueChanged.connect(self.moved)
        self.kinds.chosen.connect(self.kind_chosen)

    def set_words(self) -> None:
        """Give all parts their words in the language shown."""
        say, self._runs = self._texts.get, None
        self._title.title.set_text(say("ask", "title"))
        self._title.caption.set_text(say("ask", "caption"))
        for part, key in ((self.head, "head"), (self.relation, "relation"), (self.slider, "ripple")):
            part.setToolTip(say("ask", key))
            part.setAccessibleName(say("ask", key))

    def show_view(self, shown: Shown, runs: bool) -> None:
        """Show what is asked in a view, and how far the ripple is; whether it `runs` by itself."""
        head, relation, _ = map(int, shown.asked)
        self._show_names(self.head, shown.graph.entities, head)
        self._show_names(self.relation, shown.graph.relations, relation)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, shown.whole)
            self.slider.setValue(int(shown.gone))
        self.slider.setEnabled(not shown.view.covered)
        self.go.setEnabled(not shown.view.covered)
        self._show_runs(runs)
        kind = _KINDS[bool(shown.view.options.get("raw", False))]
        self.kinds.show_options([(id, self._texts.get("panels", id)) for id in _KINDS], kind)

    def _show_runs(self, runs: bool) -> None:
        if runs != self._runs:
            self._runs = runs
            self.go.setIcon(icons.icon("pause" if runs else "play", "muted"))
            told = self._texts.get("ask", "pause" if runs else "go")
            self.go.setToolTip(told)
            self.go.setAccessibleName(told)

    def _show_names(self, box: QComboBox, names: Sequence[str], chosen: int) -> None:
        with QSignalBlocker(box):
            if names != self._shown.get(box):
                self._shown[box] = names
                box.clear()
                box.addItems(list(names))
            box.setCurrentIndex(chosen)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setMinimumContentsLength(4)
    Manners(box)
    return box
