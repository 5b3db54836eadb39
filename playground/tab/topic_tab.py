"""The one base class of the tabs: header, pictures, numbers, transport, settings, undo; and how a view is shown.

A topic's tab says which panels it has, how each draws a view, and which gestures become edits; the rest is here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from core.run.explanation import Focus
from core.run.parameters import Parameter, get_value, parameters
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from core.run.values import Floats
from playground.actions import Actions
from playground.playback.run import Run
from playground.playback.view import View
from playground.tab.comparison import whose
from playground.tab.explaining import explain
from playground.tab.staging import Staging
from playground.tab.tab_parts import TabParts
from playground.tab.turns import InFrames, Show, Turns, takes_turns
from playground.topic_list import TopicEntry
from playground.words.refusals import under
from widgets.base import layouts
from widgets.base.visibility import Uncovered


class TopicTab(TabParts):
    """A tab of one topic. A subclass gives `panels` and what it wants to add of what `TopicSays` names."""

    def __init__(
        self, entry: TopicEntry, actions: Actions, seed: int, parent: QWidget | None = None, at_once: bool = True
    ) -> None:
        """Build it; or, not `at_once`, have it built bit by bit by who calls `build_on`."""
        super().__init__(parent)
        self.entry, self.texts, self.actions_ = entry, entry.texts, actions
        self.run = Run(entry, seed, self)
        self.focus: Focus | None = None  # what was chosen
        self.pointed: Focus | None = None  # what is under the pointer
        self._timeline: Timeline[Any, Any] | None = None  # that is shown
        self._params: Any = None  # those that the form shows
        self.beat = ""  # of the step in view, where the topic names some
        self._named_beats: Sequence[str] = ()
        self._playing = self._is_complete = False
        self.is_built = False  # whether all is there that the first picture needs
        self._turns = Turns()
        self._following = InFrames(self)
        self.parameters: Mapping[str, Parameter] = {p.name: p for p in parameters(entry.core.Params)}
        self._bits = self._building()
        if at_once:
            self.build()

    def build(self) -> None:
        """Build what is left of what the first picture needs."""
        while not self.is_built:
            next(self._bits)

    def build_on(self) -> bool:
        """Build one bit more, what the first picture does without at last; tell whether there is more."""
        next(self._bits, None)
        return not self._is_complete

    def complete(self) -> None:
        """Build what is left, also of what the first picture does without."""
        while not self._is_complete:
            next(self._bits)

    def completing(self) -> Iterator[None]:
        """Build bit by bit what the first picture does without: the settings that are not shown yet, and the scenes."""
        for name in self.form.names():
            self.form.make_hidden(name)
            yield
        layouts.tab_through(*self.form.rows(), self.seed)
        self.stage.retranslate()

    # How it is built.

    def _building(self) -> Iterator[None]:
        """Build all that the first picture needs, then the rest; between two bits there is time for other things."""
        yield from self.make_parts()
        self._connect()
        self.react()
        self.retranslate()
        yield
        for name in self.settings_shown():
            self.form.make(name)
            yield
        self._show_changed()
        self.is_built = True
        yield
        yield from self.completing()
        self._is_complete = True
        yield

    def _connect(self) -> None:
        run = self.run
        run.changed.connect(self._show_changed)
        run.moved.connect(self._show_moved)
        run.cut.connect(self.events.tell_cut)
        self.transport.moved.connect(run.seek)
        self.seed.changed.connect(run.reseed)
        self.transport.beat_moved.connect(self._show_beat)
        self.form.changed.connect(self.set_parameter)
        self.form.browse_requested.connect(self.browse_asked)
        self.form.reset_requested.connect(lambda name: self.set_parameter(name, self.recovery.defaults()[name]))
        self.rows.toggled.connect(self._toggle_choice)
        self.rows.all_toggled.connect(self._toggle_all)
        self.rows.focused.connect(lambda row: self.pick(Focus.of(row)))
        self.numbers.unpinned.connect(lambda: self.choose(None))
        self.numbers.source_asked.connect(self.source_asked)
        shows = self.choose, self.show_beat, self.catch_up
        self._staging = Staging(self.stage, self.shown, self.transport, *shows)
        self.stage.failed.connect(self.status)
        self.stage.staged.connect(self.comparing.name_runs)
        self.toggles.changed.connect(self._turn)
        self.compared.ways.chosen.connect(self._look)
        self.centre.asks_for_all.connect(self._give_all)
        Uncovered(self, self.plots().values()).happened.connect(self._show_moved)

    def plots(self) -> Mapping[str, QWidget]:
        """Return every panel by its id."""
        return {id: panel.widget for id, panel in self.shown.by_id.items()}

    def ways(self) -> Sequence[str]:
        return self.shown.ways()

    # What the learner changes.

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter; a refused value says why under its field, the last good one stays, and one tick."""
        self._draw_fast(self._playing or not final)
        one_stays = name == self.run_parameter and not value
        if one_stays:
            value = get_value(self.run.params, name)[:1]
            self.rows.set_checked(value)
        self._try(name, lambda: self.run.set_parameter(name, value, final))
        if one_stays:
            self.status.emit(self.texts.get("panels", "one_stays"))

    def set_array(self, name: str, array: Floats, final: bool = True) -> None:
        """Set an array: at the start as the parameter where there is one, later as an edit of the run."""
        if self.run.position == 0 and name in self.parameters:
            self.set_parameter(name, array, final)
        else:
            self._try(name, lambda: self.run.gesture(self.array_edit(name, array), final))

    def _try(self, name: str, change: Callable[[], None]) -> None:
        try:
            change()
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

    def _toggle_all(self, on: bool) -> None:
        self.set_parameter(self.run_parameter, list(self.parameters[self.run_parameter].choices) if on else [])

    def choose(self, focus: Focus | None) -> None:
        """Choose what the numbers strip explains and the form shows."""
        if focus != self.focus:
            self.focus = focus
            self._show_settings()
            self._show_moved()

    def pick(self, focus: Focus | None) -> None:
        """Follow a click on a mark or a row: it answers the question of an open scene, or else chooses."""
        if not self.stage.take_mark(focus):
            self.choose(focus)

    def take_focus(self) -> None:
        """Put the focus on the picture in front: nothing is being typed any more."""
        self.shown.leading().setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> bool:
        """Close the list of scenes, else let go of the mark in hand, the pin or the zoom; False where there is none."""
        plots = list(self.shown.plots())
        if self.stage.list.put_away() or any([plot.let_go() for plot in plots]):
            return True
        if self.pinned():
            self.choose(None)
        elif any(plot.user_zoomed for plot in plots):
            self.reset_views()
        else:
            return self.centre.shrink()
        return True

    def reset_views(self) -> None:
        """Bring every plot back to its own range."""
        for plot in self.shown.plots():
            plot.reset_view()

    def bring_forward(self, panel: str) -> None:
        """Show a panel that is covered by others."""
        self.shown.bring_forward(panel)

    def _give_all(self, on: bool) -> None:
        """Give the room of the side column to a card, or take it back."""
        self.side.setVisible(not on)
        self.stage.card.setVisible(not on and bool(self.stage.scenes))

    def _show_beats(self) -> None:
        """Name the beats; a step is seen whole, at its last beat, until another of these is chosen."""
        beats = self.beats()
        if beats != self._named_beats or self.beat not in beats:
            self.beat, self._named_beats = beats[-1] if beats else "", beats
        self.transport.set_beats([self.beat_name(beat) for beat in beats])

    def _show_beat(self, index: int) -> None:
        self.show_beat(self.beats()[index])

    def show_beat(self, beat: str) -> None:
        """Show a beat of the step in view, without a name the last: the whole step."""
        self.beat = beat or next(reversed(self.beats()), "")
        self._show_moved()

    def move_beat(self, by: int) -> None:
        """Go to the next or the last beat within the step in view, if there is one."""
        beats = self.beats()
        if beats:
            at = beats.index(self.beat) if self.beat in beats else 0
            self._show_beat(min(max(0, at + by), len(beats) - 1))

    def _turn(self, switch: str) -> None:
        self.shown.turn_page()
        self._show_moved()

    def _look(self, way: str) -> None:
        self.comparing.way = way
        self._show_moved()

    # How a view is shown.

    def view(self) -> View:
        """Return what is in view; while playing steps are not taken apart. What another run has not is let go of."""
        seen = {"focus": self.focus, "pointed": self.pointed, "covered": self.stage.covers, "spoken": self.stage.spoken}
        beat, options = "" if self._playing else self.beat, self.comparing.options(self.options())
        view = self.run.view(beat=beat, options=options, **seen)
        self.focus, self.pointed = (at if at and self.has(view, at) else None for at in (view.focus, view.pointed))
        is_there = (self.focus, self.pointed) == (view.focus, view.pointed)
        return view if is_there else replace(view, focus=self.focus, pointed=self.pointed)

    def options(self) -> Mapping[str, Any]:
        """Return what the switches in the header say."""
        return self.toggles.options()

    def in_view(self, panel: str) -> bool:
        """Tell whether a panel is in view, or will be as soon as the tab is; what is not need not be drawn."""
        return self.plots()[panel].isVisibleTo(self)

    def set_playing(self, playing: bool, in_a_frame: bool = False) -> None:
        """While playing, lines are drawn fast; paused, they are drawn well, and nothing is behind.

        Where it stops by itself, `in_a_frame` that shows a step already, all else follows in the next ones.
        """
        self._playing = playing
        self._draw_fast(playing)
        self.recovery.tell(self._playing)
        if in_a_frame:
            self._following.begin(self._show_pictures, self._show_numbers)
        else:
            self.catch_up()

    def _show_pictures(self) -> None:
        view = self.view()
        self._show_big(view)
        for show in self._things_beside(view)[0]:
            show()

    def _show_numbers(self) -> None:
        for show in chain(*self._things_beside(self.view())[1]):
            show()

    def _draw_fast(self, fast: bool) -> None:
        """Draw lines fast while they move, at play or under a dragged slider, else well."""
        for plot in self.shown.plots():
            plot.set_playing(fast)

    def _show_changed(self) -> None:
        """Show a new recipe: settings, marks, undo, and the frame."""
        self.status.emit("")  # what was said of the run before
        if self._timeline and self._timeline.common_steps(self.run.recipe) is None:
            self.shown.let_zooms_go(self._timeline.recipe.params, self.run.recipe.params)
        self._timeline = self.run.timeline
        self._show_params()
        self._known_steps = self.known_steps()
        self.events.mark()
        self.comparing.show()
        self.seed.show_seed(self.run.recipe.seed)
        self._show_beats()
        self.stage.run_changed()
        self._show_moved()

    def _show_params(self) -> None:
        """Show the parameters in force at the step in view."""
        self._params = self.run.params
        self.form.name_files(self.run.view().files)
        self.form.show_values(self.shown_values())
        self.form.mark_changed(self.recovery.changed())
        self._show_settings()
        if self.run_parameter:
            self.rows.set_checked(get_value(self._params, self.run_parameter))

    def _show_settings(self) -> None:
        self.rows.set_focus_row(str(self.focus) if self.focus else "")
        self.form.show_only(self.settings_shown())
        name = self.settings_name()
        caption = QCoreApplication.translate("TopicTab", "for {name}").format(name=name)
        self.settings_title.title.set_text(QCoreApplication.translate("TopicTab", "Settings"))
        self.settings_title.caption.set_text(whose(self.run, caption if name else ""))

    def _show_moved(self) -> None:
        if self.run.params is not self._params:  # between two changes they are the same object
            self._show_params()
        self.show_view(self.view())
        self.events.tell()
        self.transport.show_note(self.stage.note() or self.events.note())
        self.recovery.tell(self._playing)
        self.stage.run_moved()

    def show_view(self, view: View) -> None:
        """Show a view in all that can be seen: everything is set anew, nothing remembered."""
        self._following.stop()
        in_turn = self._playing and takes_turns(self.transport.speed())
        self._show_big(view, in_turn and self._turns.next_is_beside)
        pictures, numbers = self._things_beside(view, in_turn)
        for show in self._turns.of(pictures, numbers) if in_turn else (*pictures, *chain(*numbers)):
            show()

    def _show_big(self, view: View, busy: bool = False) -> None:
        self.transport.show_position(view.t, view.timeline.recorded, self._known_steps or self.stage.span())
        if view.beat in self.beats():
            self.transport.set_beat(self.beats().index(view.beat))
        self.shown.draw_big(view, self, busy)
        self.drawn(view)
        self._staging.mark(view)

    def catch_up(self) -> None:
        """Show all as it is at the step in view."""
        self.show_view(self.view())

    def _things_beside(self, view: View, in_turn: bool = False) -> tuple[list[Show], list[Sequence[Show]]]:
        strip = (lambda: explain(self, view)), self.numbers.show_written
        numbers = [(show,) for show in (*self.comparing.beside(view), lambda: self.write_values(view))]
        return list(self.shown.beside(view, self, in_turn)), [*numbers, strip]

    def glide(self, share: float) -> None:
        """Show marks a share of the way to the step in view."""
        big = next(iter(self.shown.by_id))
        if self.glides and self.in_view(big):
            self.shown.show(big, replace(self.view(), share=share))

    def write_values(self, view: View) -> None:
        """Write the texts at the right of the run list."""
        self.rows.set_values(self.row_values(view))

    # Words, size, look.

    def retranslate(self) -> None:
        """Give everything its words in the language shown."""
        self.header.set_texts(self.texts.get("title"), self.texts.get("subtitle"))
        self.transport.set_unit(self.texts.get("unit"))
        self.rows.set_title(self.texts.find("running") or "", self.texts.find("running_value") or "")
        self.rows.set_rows(self.choices())
        self.form.retranslate()
        if self._is_complete:
            self.stage.retranslate()
        self.shown.retranslate()
        self.words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.is_built:
            try:
                self.retranslate()
                self._show_changed()
            except Exception:  # one that leaves an event by way of Qt's loop over widgets damages memory
                sys.excepthook(*sys.exc_info())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.is_built:  # else a picture of the window is taken meanwhile; it is told again as it is shown
            self.fit_into(self.window().size())
