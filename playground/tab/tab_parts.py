"""What a tab is made of, and how that is laid out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from playground.actions import Actions
from playground.tab.comparing import Comparing
from playground.tab.elsewhere import Elsewhere
from playground.tab.event_line import EventLine
from playground.tab.header import Header
from playground.tab.numbers_strip import NumbersStrip
from playground.tab.panels import Panels
from playground.tab.recovery import Recovery
from playground.tab.stage import Stage
from playground.tab.topic_says import TopicSays
from widgets.base import layouts
from widgets.base.elided_label import SectionTitle
from widgets.form.param_form import ParamForm
from widgets.shell.compared_row import ComparedRow
from widgets.shell.run_list import RunList
from widgets.shell.seed_row import SeedRow
from widgets.shell.side_column import SideColumn
from widgets.shell.transport_bar import TransportBar

MARGIN, _GAP = 16, 12  # px
_NARROW, _LOW, _LOW_OVER = 1400, 800, 880  # px of the window, below which things shrink, with a picture over decks


class TabParts(TopicSays):
    """Header, pictures, numbers, transport, and the side column with runs, settings and scenes."""

    actions_: Actions

    def make_parts(self) -> Iterator[None]:
        """Make and lay out all parts; between two bits there is time for other things, for giving it up as well.

        So its parts belong to it from the first on: what nobody owns outlives it, is told of new looks, and crashes.
        """
        self._unplaced = QWidget(self, Qt.WindowType.Window)  # never shown
        panels = self.panels()
        self._own(*(panel.widget for panel in panels))
        yield
        self.shown = Panels(panels, self.texts, self.switches(), self.sharing)
        self.card, self.toggles, self.centre = self.shown.card, self.shown.toggles, self.shown.area
        self._own(self.centre, *self.shown.above.values())
        yield
        self._make_bars()
        self._own(self.header, self.compared, self.numbers, self.transport)
        yield
        self._make_side()
        self._own(self.side, self.stage.card, self.stage.list)
        yield
        self._lay_out()
        yield

    def _own(self, *parts: QWidget) -> None:
        """Keep parts in a window of their own: the Tab key goes by the order in which they are taken out of it."""
        for part in parts:
            part.setParent(self._unplaced)

    def _make_bars(self) -> None:
        self.header = Header(self.actions_)
        self.elsewhere = Elsewhere(self, self.header.elsewhere)
        self.compared = ComparedRow(self.actions_["view.compare"])
        self.numbers = NumbersStrip(self.texts, self.marks, self.rows_of_numbers)
        self.transport = TransportBar(self.actions_.in_transport(), self.speed)

    def _make_side(self) -> None:
        self.rows = RunList(self.run_parameter)
        self.form = ParamForm(
            [self.parameters[name] for name in self.form_order()], self.texts.parameter, self.texts.choice,
            skip=(self.run_parameter,), browse=tuple(p.name for p in self.parameters.values() if p.takes_files),
        )  # fmt: skip
        self.stage, self.events = Stage(self.entry, self.run), EventLine(self, self.transport.scrub_bar)
        self.side, self.settings_title = SideColumn(), SectionTitle()
        self.recovery = Recovery(self, self.form, self.side, self.actions_)
        self.comparing = Comparing(
            self, self.compared, self.centre, self.side, self.form, self.rows, self.transport.scrub_bar
        )
        for part in (*self.aside(), self.rows):
            self.side.add_section(part)
        self.seed = SeedRow(self.actions_["transport.new_seed"])
        self.side.add_section(self.settings_title, self.form, self.seed)
        self.side.set_section_visible(self.rows, bool(self.choices()))
        if not self.stage.scenes:
            self.stage.card.hide()

    def _lay_out(self) -> None:
        above, below = (self.header, self.compared), (self.numbers, self.recovery.dead_end, self.transport)
        parts = *above, *self.shown.above.values(), self.centre, *below
        column = layouts.column(*parts, spacing=_GAP, grows=self.centre)
        column.setContentsMargins(MARGIN, _GAP, MARGIN, _GAP)
        side = layouts.column(self.stage.card, self.side, grows=self.side)
        layouts.row(column, side, grows=column, on=self)
        self.stage.list.setParent(self)
        self.stage.list.hide()

    def fit_into(self, window: QSize) -> None:
        """Fit into a window of this size. Only a whole tab is told: half a one is sent events, too."""
        self.side.set_compact(window.width() < _NARROW)
        width = self.side.maximumWidth()
        self.stage.card.setFixedWidth(width)
        self.stage.list.setGeometry(self.width() - width, 0, width, self.height())
        low = window.height() < _LOW
        self.header.set_low(low)
        self.set_low(low)
        self.numbers.set_short(low or (self.sharing.over and window.height() < _LOW_OVER))
