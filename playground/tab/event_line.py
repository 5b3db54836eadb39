"""What began and what was changed in a run: marks on the scrub bar, and words in the status bar."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from core.run.recipe import Change, SetParam
from playground.tab.comparison import all_ends, ends_at
from playground.tab.histories import change_text
from playground.tab.topic_says import TopicSays
from widgets.base import numbers
from widgets.shell.scrub_bar import ScrubBar


class EventLine:
    """Tells of a tab's run."""

    def __init__(self, tab: TopicSays, scrub_bar: ScrubBar) -> None:
        self._tab, self._scrub_bar = tab, scrub_bar
        self._marked = 0  # events on the scrub bar
        self._told = ""  # of the step in view before

    def mark(self) -> None:
        """Mark changes and events on the scrub bar."""
        tab = self._tab
        changes = [(change.step, self.change_text(change)) for change in tab.run.recipe.edits]
        self._scrub_bar.set_marks(changes, tab.event_steps(), tab.words_of_step)
        self._marked = len(tab.run.timeline.events)

    def tell(self) -> None:
        """Say in words what the step in view began, and mark what was recorded since."""
        tab, timeline, t = self._tab, self._tab.run.timeline, self._tab.run.position
        if len(timeline.events) != self._marked:
            self.mark()
        texts = [tab.event_text(key, t) for key in timeline.events_at(t)]
        if t == timeline.recorded and timeline.error:
            texts.append(self.error_text())
        if over := ends_at(tab.run.compared, t):
            texts.append(over)
        words = " · ".join(texts)
        if words or self._told:  # what was told of another step goes with that step
            tab.status.emit(words)
        self._told = words

    def note(self) -> str:
        """Return where the run ends, once that is recorded; of compared runs where each does."""
        timeline = self._tab.run.timeline
        if compared := self._tab.run.compared:
            return all_ends(compared)
        text = QCoreApplication.translate("EventLine", "ends at {step}")
        return text.format(step=numbers.count(timeline.recorded)) if timeline.ended else ""

    def tell_cut(self, step: int) -> None:
        """Say that a change dropped what was recorded after a step."""
        said = QCoreApplication.translate("TopicTab", "The record after step {step} was cut; Undo brings it back.")
        self._tab.status.emit(said.format(step=step))

    def error_text(self) -> str:
        """Return in words why the step after the last recorded one could not be made."""
        timeline = self._tab.run.timeline
        text = QCoreApplication.translate("TopicTab", "Step {step} could not be made: {reason}")
        return text.format(step=timeline.recorded + 1, reason=timeline.error)

    def change_text(self, change: Change) -> str:
        """Return an edit in words: `η 0.004 → 0.003`."""
        edit = change.edit
        if not isinstance(edit, SetParam):
            return self._tab.gesture_text(edit)
        return change_text(self._tab.texts, edit.name, self._tab.run.timeline.value_before(change), edit.value)
