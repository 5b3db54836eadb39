"""The one base class of the tabs: header, pictures, numbers, transport, settings, undo; and how a frame is shown.

A topic's tab says which panels it has, how a frame fills them, and which gestures become edits; the rest is here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.run.parameters import Parameter, get_value, parameters
from core.run.recipe import Change, SetParam
from core.run.refusal import Refusal
from core.run.timeline import Frame
from playground.actions import Actions
from playground.playback.run import Run
from playground.recipes.limits import LONGEST
from playground.recipes.plain_recipes import form_values
from playground.tab.header import Header
from playground.tab.histories import change_text
from playground.tab.numbers_strip import ROWS, NumbersStrip
from playground.tab.panel_area import Centre
from playground.tab.scene_list import Lessons
from playground.topic_list import TopicEntry
from playground.words.refusals import under
from widgets.base.section_title import SectionTitle
from widgets.base.uncovered import Uncovered
from widgets.cards.card import Card
from widgets.form.param_form import ParamForm
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunList, RunRow
from widgets.shell.side_column import SideColumn
from widgets.shell.transport_bar import TransportBar, rate

_MARGIN, _GAP = 16, 12
_NARROW, _LOW = 1400, 800  # px of the window, below which things shrink
_READABLE = 40.0  # frames a second; above it, nobody sees whether all plots and numbers follow each of them


class TopicTab(QWidget):
    """A tab of one topic. A subclass gives `panels`, `draw` and what it wants to add."""

    status = Signal(str)  # words for the status bar
    source_asked = Signal(str)
    browse_asked = Signal(str)

    run_parameter = ""  # the list of choices that the run list ticks, where there is one
    marks: Mapping[str, str] = {}  # names of marks in formulas (their first words) and their series colours
    rows_of_numbers = ROWS  # that the strip keeps room for

    def __init__(self, entry: TopicEntry, actions: Actions, seed: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry, self.texts, self.actions_ = entry, entry.texts, actions
        self.run = Run(entry, seed, self)
        self.focus = ""
        self._playing = self._is_complete = False
        self._turn = self._events_marked = 0  # whose turn it was last beside the big picture; events on the scrub bar
        self.parameters: Mapping[str, Parameter] = {p.name: p for p in parameters(entry.core.Params)}
        self._build()
        self._connect()
        self.retranslate()
        self._show_changed()

    def complete(self) -> None:
        """Build what the first picture does without: the lessons, and the settings that are not shown yet."""
        if not self._is_complete:
            self._is_complete = True
            self.form.complete()
            self.lessons.retranslate()

    # What a topic says.

    def panels(self) -> tuple[Card, Sequence[QWidget]]:
        """Return the card of the big picture and the small plots."""
        raise NotImplementedError

    def plots(self) -> Mapping[str, QWidget]:
        """Return every panel by its id."""
        raise NotImplementedError

    def above(self) -> Sequence[QWidget]:
        """Return what stands across the whole width over the pictures, such as the text a net reads."""
        return ()

    def draw(self, frame: Frame[Any, Any]) -> None:
        """Show a frame: everything is set anew, nothing remembered."""
        raise NotImplementedError

    def beside(self, frame: Frame[Any, Any]) -> Sequence[Callable[[], None]]:
        """Return what draws the small plots, each by itself, if they need not follow every frame of a fast run."""
        return ()

    def finish_studies(self) -> None:
        """Compute at once what is asked for by a button in the window, for a picture that is made without one."""

    def glide(self, share: float) -> None:
        """Show marks on their way to the step in view; a topic whose marks jump leaves this out."""

    def choices(self) -> Sequence[RunRow]:
        """Return the rows of the run list."""
        return ()

    def row_values(self, frame: Frame[Any, Any]) -> Mapping[str, str | Sequence[str]]:
        """Return the texts at the right of the run list, one a column."""
        return {}

    def settings_shown(self) -> Sequence[str]:
        """Return the parameters the form shows now."""
        return [name for name in self.parameters if name != self.run_parameter]

    def form_order(self) -> Sequence[str]:
        """Return all parameters in the order of the form."""
        return list(self.parameters)

    def aside(self) -> Sequence[QWidget]:
        """Return what stands at the top of the side column, a section each."""
        return ()

    def shown_values(self) -> Mapping[str, Any]:
        """Return the parameters as the form shows them; a topic may fill in what follows from others."""
        return form_values(self.run.params)

    def explained(self) -> str:
        """Return what the numbers strip explains: the focus, or what else a topic knows."""
        return self.focus

    def focus_name(self) -> str:
        """Return what the numbers strip calls the focus."""
        return self.focus

    def settings_name(self) -> str:
        """Return what the settings shown are for, or nothing where they are for all."""
        return self.focus_name() if self.focus else ""

    def event_text(self, key: str, step: int) -> str:
        """Return an event in words."""
        kind, _, which = key.partition(": ")
        name = self.texts.find("methods", which) or which
        text = self.texts.find("events", kind)
        return text.format(name=name, step=step) if text else key

    def words(self) -> None:
        """Give the panels their words in the language shown."""

    # How it is built.

    def _build(self) -> None:
        big, small = self.panels()
        self.header = Header(self.actions_)
        self.centre = Centre(big, small)
        self.numbers = NumbersStrip(self.texts, self.marks, self.rows_of_numbers)
        self.transport = TransportBar({id.rpartition(".")[2]: self.actions_[id] for id in _TRANSPORT})
        self.rows = RunList(self.run_parameter)
        self.form = ParamForm(
            [self.parameters[name] for name in self.form_order()], self.texts.parameter, self.texts.choice,
            skip=(self.run_parameter,), browse=self.browsable(),
        )  # fmt: skip
        self.lessons = Lessons(self.entry, self.run)
        self.side, self.settings_title = SideColumn(), SectionTitle()
        for part in (*self.aside(), self.rows):
            self.side.add_section(part)
        self.side.add_section(self.settings_title, self.form)
        self.side.add_section(self.lessons.view)
        self.side.set_section_visible(self.rows, bool(self.choices()))
        self.side.set_section_visible(self.lessons.view, bool(self.lessons.scenes))
        self._lay_out()

    def browsable(self) -> tuple[str, ...]:
        """Return the parameters that can be read from a file."""
        return tuple(p.name for p in self.parameters.values() if p.takes_files)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(_MARGIN, _GAP, _MARGIN, _GAP)
        column.setSpacing(_GAP)
        column.addWidget(self.header)
        for part in self.above():
            column.addWidget(part)
        column.addWidget(self.centre, 1)
        column.addWidget(self.numbers)
        column.addWidget(self.transport)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self.side)

    def _connect(self) -> None:
        run = self.run
        run.changed.connect(self._show_changed)
        run.moved.connect(self._show_moved)
        run.cut.connect(self._say_cut)
        self.transport.moved.connect(run.seek)
        self.transport.seed_changed.connect(run.reseed)
        self.form.changed.connect(self.set_parameter)
        self.form.browse_requested.connect(self.browse_asked)
        self.rows.toggled.connect(self._toggle_choice)
        self.rows.focused.connect(self.set_focus)
        self.numbers.source_asked.connect(self.source_asked)
        self.lessons.opened.connect(self._focus_of_lesson)
        for plot in (*self.plots().values(), self.transport.scrub_bar):
            plot.addActions(self.actions_.in_plots())
        Uncovered(self, self.plots().values()).happened.connect(self._show_moved)

    # What the learner changes.

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; a refused value says why under its field, and the last good one stays."""
        try:
            self.run.set_parameter(name, value, final)
        except Refusal as refusal:
            self.form.show_error(name, under(name, refusal, self.texts))
        else:
            self.form.drop_refused(name)

    def _toggle_choice(self, choice: str, on: bool) -> None:
        chosen = set(get_value(self.run.params, self.run_parameter)) | {choice}
        if not on:
            chosen.discard(choice)
        order = self.parameters[self.run_parameter].choices
        self.set_parameter(self.run_parameter, [name for name in order if name in chosen])

    def set_focus(self, focus: str) -> None:
        """Choose what the numbers strip explains and the form shows."""
        if focus and focus != self.focus:
            self.focus = focus
            self._show_settings()
            self._show_moved()

    def can_play(self) -> bool:
        """Tell whether anything is chosen to run."""
        return not self.run_parameter or bool(get_value(self.run.params, self.run_parameter))

    def take_focus(self) -> None:
        """Put the focus on the big picture, so that Space plays."""
        next(iter(self.plots().values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def reset_views(self) -> None:
        """Bring every plot back to its own range."""
        for plot in self.plots().values():
            if isinstance(plot, Plot):
                plot.reset_view()

    def _focus_of_lesson(self, focus: str) -> None:
        self.set_focus(focus)

    # How a frame is shown.

    def in_view(self, panel: QWidget) -> bool:
        """Tell whether a panel is in view, or will be as soon as the tab is; what is not need not be drawn."""
        return panel.isVisibleTo(self)

    def set_playing(self, playing: bool) -> None:
        """While playing, lines are drawn fast; paused, they are drawn well, and nothing is behind."""
        self._playing = playing
        for plot in self.plots().values():
            if isinstance(plot, Plot):
                plot.set_playing(playing)
        self.catch_up()

    def _show_changed(self) -> None:
        """Show a new recipe: settings, marks, undo, and the frame."""
        self.status.emit("")  # what was said of the run before
        self.form.show_values(self.shown_values())
        self._show_settings()
        self._show_marks()
        if self.run_parameter:
            self.rows.set_checked(get_value(self.run.params, self.run_parameter))
        self.transport.set_seed(self.run.recipe.seed)
        self.lessons.run_changed()
        self._show_moved()

    def _show_settings(self) -> None:
        self.rows.set_focus_row(self.focus)
        self.form.show_only(self.settings_shown())
        name = self.settings_name()
        caption = QCoreApplication.translate("TopicTab", "for {name}").format(name=name)
        self.settings_title.set_title(QCoreApplication.translate("TopicTab", "Settings"))
        self.settings_title.set_caption(caption if name else "")

    def _show_moved(self) -> None:
        run = self.run
        frame = run.frame
        self.transport.show_position(frame.t, run.timeline.recorded, LONGEST)
        self.draw(frame)
        self._show_beside(frame)
        self._show_events()
        self.lessons.run_moved()

    def _show_beside(self, frame: Frame[Any, Any]) -> None:
        """Show what stands beside the big picture. With a frame at every tick one thing a frame, in turn."""
        things = self._things_beside(frame)
        if self._playing and self._is_fast():
            self._turn = (self._turn + 1) % len(things)
            things = [things[self._turn]]
        for show in things:
            show()

    def _is_fast(self) -> bool:
        """Tell whether frames follow each other faster than one can read."""
        per_second, _ = rate(self.transport.speed())
        return per_second is None or per_second > _READABLE

    def catch_up(self) -> None:
        """Show all that stands beside the big picture as it is at the step in view."""
        frame = self.run.frame
        for show in self._things_beside(frame):
            show()

    def _things_beside(self, frame: Frame[Any, Any]) -> list[Callable[[], None]]:
        return [*self.beside(frame), lambda: self._write_values(frame), lambda: self._explain(frame)]

    def _write_values(self, frame: Frame[Any, Any]) -> None:
        self.rows.set_values(self.row_values(frame))

    def _explain(self, frame: Frame[Any, Any]) -> None:
        before = self.run.before
        state = before.state if before else None
        used = frame.used if before else frame.params
        explanation = self.entry.core.explain(state, frame.made if before else frame.state, used, self.explained())
        self.numbers.show_step(explanation, self.focus_name(), frame.t)

    def _show_marks(self) -> None:
        changes = [(c.step, self.change_text(c)) for c in self.run.recipe.edits]
        self.transport.set_marks(changes, self.shown_events())

    def shown_events(self) -> list[tuple[int, str]]:
        """Return the recorded events as steps and words."""
        timeline = self.run.timeline
        return [(t, self.event_text(key, t)) for t in sorted(timeline.events) for key in timeline.events_at(t)]

    def _show_events(self) -> None:
        """Say in words what the step in view began, and mark what was recorded since."""
        timeline, t = self.run.timeline, self.run.position
        if len(timeline.events) != self._events_marked:
            self._events_marked = len(timeline.events)
            self._show_marks()
        texts = [self.event_text(key, t) for key in timeline.events_at(t)]
        if t == timeline.recorded and timeline.error:
            texts.append(self.error_text())
        if texts:
            self.status.emit(" · ".join(texts))

    def error_text(self) -> str:
        """Return in words why the step after the last recorded one could not be made."""
        text = QCoreApplication.translate("TopicTab", "Step {step} could not be made: {reason}")
        return text.format(step=self.run.timeline.recorded + 1, reason=self.run.timeline.error)

    def change_text(self, change: Change) -> str:
        """Return an edit in words: `η 0.004 → 0.003`."""
        edit = change.edit
        if not isinstance(edit, SetParam):
            return self.gesture_text(edit)
        return change_text(self.texts, edit.name, self.run.timeline.value_before(change), edit.value)

    def _say_cut(self, step: int) -> None:
        said = QCoreApplication.translate("TopicTab", "The record after step {step} was cut; Undo brings it back.")
        self.status.emit(said.format(step=step))

    def gesture_text(self, edit: Any) -> str:
        """Return an edit that sets no parameter in words."""
        return str(edit.target)

    # Words, size, look.

    def retranslate(self) -> None:
        """Give everything its words in the language shown."""
        self.header.set_texts(self.texts.get("title"), self.texts.get("subtitle"))
        self.transport.set_unit(self.texts.get("unit"))
        self.rows.set_title(self.texts.find("running") or "", self.texts.find("running_value") or "")
        self.rows.set_rows(self.choices())
        self.form.retranslate()
        if self._is_complete:
            self.lessons.retranslate()
        self.words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "lessons"):
            self.retranslate()
            self._show_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        window = self.window()
        narrow, low = window.width() < _NARROW, window.height() < _LOW
        self.side.set_compact(narrow)
        self.transport.set_compact(narrow)
        self.header.set_low(low)
        self.numbers.set_short(low)


_TRANSPORT = (
    "transport.play", "transport.step", "transport.back", "transport.start", "transport.end",
    "transport.next_event", "transport.restart", "transport.new_seed", "file.export",
)  # fmt: skip
