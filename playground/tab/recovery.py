"""The ways back: out of a run that diverged, and to the defaults."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from core.run.explanation import Focus
from playground.actions import Actions
from playground.playback.divergence import has_ended, last_well, likely_cause
from playground.recipes.plain_recipes import form_values
from playground.tab.topic_says import TopicSays
from widgets.form.param_form import ParamForm
from widgets.form.param_row import same
from widgets.shell.dead_end import DeadEnd
from widgets.shell.side_column import SideColumn


class Recovery:
    """What a tab offers where its run or a setting has gone astray; `dead_end` stands above the transport."""

    def __init__(self, tab: TopicSays, form: ParamForm, side: SideColumn, actions: Actions) -> None:
        self._tab, self._form, self._side = tab, form, side
        self.dead_end = DeadEnd((actions["run.rewind"], "undo-2"), (actions["run.defaults"], "rotate-ccw"))

    def tell(self, playing: bool) -> None:
        """Say what diverged, where the run in view goes no further because of that."""
        run = self._tab.run
        is_over = run.position == run.timeline.recorded and not playing and has_ended(run.timeline)
        self.dead_end.show_words(self._words() if is_over else "")

    def _words(self) -> str:
        """Return what has ended the run in words; of several at once only that all have."""
        tab, t = self._tab, self._tab.run.position
        began = [key for key in tab.run.timeline.events_at(t) if key.startswith("diverged")]
        return tab.event_text(began[0] if len(began) == 1 else "end", t)

    def rewind(self, choose: Callable[[Focus | None], None]) -> None:
        """Go back to the step before the run grew, with the field of what most likely drove it away in focus."""
        tab = self._tab
        t, which = last_well(tab.run.timeline)
        name = likely_cause(tab.run.timeline, t, which)
        tab.run.seek(t)
        if which:
            choose(Focus.of(which))
        if name in tab.settings_shown():
            field = self._form.field(name)
            self._side.ensureWidgetVisible(field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def defaults(self) -> dict[str, Any]:
        """Return what the form shows of parameters that nobody has changed."""
        return form_values(self._tab.run.entry.core.Params())

    def changed(self) -> Sequence[str]:
        """Return the parameters that are not at their defaults at the step in view."""
        defaults, values = self.defaults(), form_values(self._tab.run.params)
        return [name for name, value in values.items() if not same(value, defaults[name])]
