"""What the tab of a topic says of itself: its panels, and whatever else differs from what all tabs do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.run.explanation import Explanation, Focus
from core.run.parameters import Parameter
from core.run.recipe import Edit, SetArray
from core.run.values import Floats
from playground.playback.run import Run
from playground.playback.view import View, made_in
from playground.recipes.plain_recipes import form_values
from playground.tab.measures import Measure, series
from playground.tab.numbers_strip import NumbersStrip
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel
from playground.topic_list import TopicEntry
from playground.words.texts import Texts, shared_texts
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow
from widgets.shell.transport_bar import DEFAULT_SPEED, Speed


class TopicSays(QWidget):
    """The hooks of a tab. Only `panels` has no default."""

    status = Signal(str)  # words for the status bar
    source_asked = Signal(str)
    browse_asked = Signal(str)
    thread_followed = Signal(object)  # what it opens elsewhere, as plain data

    speed: Speed = DEFAULT_SPEED  # at the beginning: the run as it stands by default takes 10 to 20 s
    glides = False  # whether the marks of the big picture go from place to place at play; else they jump
    run_parameter = ""  # the list of choices that the run list ticks, where there is one
    pins_steps = True  # whether the numbers of what is pinned are those of the step in view
    marks: Mapping[Focus, str] = {}  # the series colours of what formulas speak of, one for all of a kind or its own
    sharing = Sharing()  # of the room, between the big picture and the small ones
    rows_of_numbers = 4  # that the strip keeps room for, so that nothing moves when a step has fewer

    entry: TopicEntry
    run: Run
    numbers: NumbersStrip
    texts: Texts
    parameters: Mapping[str, Parameter]

    def panels(self) -> Sequence[Panel]:
        """Return the panels, the big picture first."""
        raise NotImplementedError

    def switches(self) -> Sequence[str | QWidget]:
        """Return what stands in the header of the big picture: ids of switches and of pages, and other widgets."""
        return ()

    def aside(self) -> Sequence[QWidget]:
        """Return what stands at the top of the side column, a section each."""
        return ()

    def react(self) -> None:
        """Connect what the learner does in the pictures."""

    def set_low(self, low: bool) -> None:
        """Lay out anew where the window is low, or no longer is."""

    def measures(self, view: View) -> Sequence[Measure]:
        """Return what the table at the cursor tells of compared runs, what matters most first."""
        names = [name for name in view.timeline.series.names if self.texts.find("measures", name)]
        return [series(name, self.texts.get("measures", name)) for name in names]

    def ways(self) -> Sequence[str]:
        """Return the ways in which its pictures can show runs that are compared, those of `plain_compared.WAYS`."""
        return ()

    def run_name(self, params: Any) -> str:
        """Return what a compared run is called where the value in which it differs is too long to be read."""
        return ""

    def has(self, view: View, focus: Focus) -> bool:
        """Tell whether the run in view has what was chosen or is pointed at."""
        return True

    def drawn(self, view: View) -> None:
        """Show what else follows a view, and is no panel."""

    def finish_studies(self) -> None:
        """Compute at once what is asked for by a button in the window, for a picture that is made without one."""

    def read_plot(self, plot: Plot, words: Callable[[Hit], str]) -> None:
        """Say in the status bar what is pointed at in a plot."""
        plot.pointed.connect(lambda x, y, hit: self.status.emit(words(hit)) if hit else None)
        plot.left.connect(lambda: self.status.emit(""))

    def press_play(self, view: View) -> str:
        """Say how to begin, where nothing was recorded yet; while a scene asks, that it is drawn afterwards."""
        if view.covered:
            return shared_texts().get("stage", "drawn_later")
        return "" if view.timeline.recorded else self.texts.get("panels", "press_play")

    def choices(self) -> Sequence[RunRow]:
        """Return the rows of the run list."""
        return ()

    def row_values(self, view: View) -> Mapping[str, str | Sequence[str]]:
        """Return the texts at the right of the run list, one a column."""
        return {}

    def settings_shown(self) -> Sequence[str]:
        """Return the parameters the form shows now."""
        return [name for name in self.parameters if name != self.run_parameter]

    def form_order(self) -> Sequence[str]:
        """Return all parameters in the order of the form."""
        return list(self.parameters)

    def shown_values(self) -> Mapping[str, Any]:
        """Return the parameters as the form shows them; a topic may fill in what follows from others."""
        return form_values(self.run.params)

    def focus_name(self, view: View) -> str:
        """Return what the numbers strip calls the focus."""
        return ""

    def known_steps(self) -> int:
        """Return how many steps a run has, where that is known before it is played; else 0."""
        return 0

    def pinned(self) -> bool:
        """Tell whether something is held that the pictures and numbers speak of until it is let go."""
        return False

    def explanation(self, view: View) -> Explanation:
        """Return what the strip says of a view; a topic that names beats says it of the one in view."""
        return self.entry.core.explain(*made_in(view), view.focus)

    def beats(self) -> Sequence[str]:
        """Return the names of the beats that the step is taken apart into."""
        return self.entry.core.beats(self.run.params)

    def beat_name(self, beat: str) -> str:
        """Return what a beat of the step is called."""
        return self.texts.find("beats", beat) or beat

    def settings_name(self) -> str:
        """Return what the settings shown are for, or nothing where they are for all."""
        return ""

    def seen_with(self, name: str) -> Mapping[str, Any]:
        """Return the settings without which a value brought for a parameter would not be seen, such as its task."""
        return {}

    def event_steps(self) -> Sequence[int]:
        """Return the steps in which something began."""
        return self.run.timeline.event_steps()

    def words_of_step(self, t: int) -> str:
        """Return what began in a step, in words."""
        return " · ".join(self.event_text(key, t) for key in self.run.timeline.events_at(t))

    def event_text(self, key: str, step: int) -> str:
        """Return an event in words: `diverged: sgd` names a choice of the texts."""
        kind, _, which = key.partition(": ")
        text = self.texts.find("events", kind)
        return text.format(name=self.texts.name(which), step=step) if text else key

    def gesture_text(self, edit: Any) -> str:
        """Return an edit that sets no parameter in words; that an array was typed into, where the topic has them."""
        return (self.texts.find("panels", "typed") or "{name}").format(name=edit.target)

    def array_edit(self, name: str, array: Floats) -> Edit:
        """Return the edit that a typed array asks for."""
        return SetArray(name, array)

    def words(self) -> None:
        """Give what is no panel its words in the language shown."""
