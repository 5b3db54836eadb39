"""The run a tab shows: its recipe with undo, its timeline, the step in view, and the old run it is compared with.

Flow is one-way: a gesture makes a new recipe, the recipe a timeline, the timeline a frame, and the tab draws it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.run.parameters import get_value, parameters, with_value
from core.run.recipe import Edit, Recipe, SetParam
from core.run.timeline import BUDGET, Frame, Timeline
from playground.limits import LONGEST
from playground.recipes import find_parameter, read_value, with_parameter
from playground.topics import TopicEntry

HIDDEN_BUDGET = 64 * 2**20


@dataclass(frozen=True)
class _Moment:
    """What undo goes back to."""

    recipe: Recipe[Any]
    position: int


class Run(QObject):
    """One run in the window. `changed` is sent for a new recipe, `moved` for another step of the same."""

    changed = Signal()
    moved = Signal()
    cut = Signal(int)  # a change dropped what was recorded after this step

    def __init__(self, entry: TopicEntry, seed: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.position = 0
        self.ghost: Timeline[Any, Any] | None = None  # the old run, from `ghost_from` on
        self.ghost_from = 0
        self.pinned: Timeline[Any, Any] | None = None
        self.target: int | None = None  # the step a file was saved at, while its record is made again
        self._undo: list[_Moment] = []
        self._redo: list[_Moment] = []
        self._dragging = False
        core = entry.core
        self.timeline = Timeline(core, Recipe(entry.id, core.VERSION, seed, core.Params()))

    @property
    def recipe(self) -> Recipe[Any]:
        """The recipe in view."""
        return self.timeline.recipe

    @property
    def frame(self) -> Frame[Any, Any]:
        """The frame in view."""
        return self.timeline.frame(self.position)

    @property
    def before(self) -> Frame[Any, Any] | None:
        """The frame from which the step in view was made; None at the start."""
        return self.timeline.frame(self.position - 1) if 0 < self.position <= self.timeline.recorded else None

    @property
    def params(self) -> Any:
        """The parameters in force at the step in view."""
        return self.timeline.params_at(self.position)

    @property
    def at_limit(self) -> bool:
        """Whether the window records no further."""
        return self.timeline.recorded >= LONGEST

    @property
    def can_step(self) -> bool:
        """Whether there is a next step: recorded already, or one that can be made."""
        return self.position < self.timeline.recorded or not (self.timeline.ended or self.at_limit)

    def advance(self, steps: int = 1) -> None:
        """Go forward: replay what is recorded, record what is not."""
        for _ in range(steps):
            if not self.can_step:
                break
            if self.position == self.timeline.recorded:
                self.timeline.extend()
                if self.position == self.timeline.recorded:
                    break  # the step failed; its message stands in the timeline
            self.position += 1
        self.moved.emit()

    def seek(self, t: int) -> None:
        """Show step t, as far as it is recorded."""
        self.target = None
        wanted = max(0, min(t, self.timeline.recorded))
        if wanted != self.position:
            self.position = wanted
            self.moved.emit()

    def next_event(self) -> int | None:
        """Return the next recorded step at which something began or was changed, or None."""
        steps = {t for t in self.timeline.events if self.timeline.events_at(t)}
        steps |= {change.step for change in self.recipe.edits}
        return min((t for t in steps if t > self.position), default=None)

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter from its plain form: an edit, a restart or a view. Raises Refusal and changes nothing.

        While a slider is dragged `final` is false: all its changes become one undo.
        """
        core, recipe = self.entry.core, self.recipe
        parameter = find_parameter(core, name)
        params = with_parameter(core, self.params, name, value)
        new = get_value(params, name)
        if parameter.mode == "view":
            self._show(recipe.viewed(name, read_value(parameter, value)))
        elif get_value(self.params, name) == new:
            self._seal(final)
        elif parameter.mode == "restart":
            self._restart(replace(recipe, params=params, edits=()), final)
        else:
            self._edit(SetParam(name, new), final)

    def restart_with(self, values: dict[str, Any]) -> None:
        """Begin again with several parameters changed at once: one undo. Raises Refusal and changes nothing."""
        core, params = self.entry.core, self.params
        for name, value in values.items():
            params = with_value(params, name, read_value(find_parameter(core, name), value))
        if refusal := core.check(params):
            raise refusal
        if params != self.recipe.params or self.recipe.edits:
            self._restart(replace(self.recipe, params=params, edits=()), True)

    def gesture(self, edit: Edit, final: bool = True) -> None:
        """Make an edit after the step in view."""
        self._edit(edit, final)

    def restart(self) -> None:
        """Begin again: same seed, same start, the settings as they are now."""
        self._restart(replace(self.recipe, params=self.params, edits=()), True)

    def reseed(self, seed: int) -> None:
        """Begin again with another seed."""
        if seed != self.recipe.seed:
            self._restart(replace(self.recipe, seed=seed, params=self.params, edits=()), True)

    def load(self, timeline: Timeline[Any, Any], position: int = 0, keep_undo: bool = False) -> None:
        """Show another run: a scene's, or a file's."""
        if keep_undo:
            self._remember()
        else:
            self._undo, self._redo = [], []
        self.ghost = self.pinned = None
        self.timeline, self.position = timeline, position
        self.target = position if position > timeline.recorded else None
        self.changed.emit()

    def _edit(self, edit: Edit, final: bool) -> None:
        self._remember_once(final)
        cuts = self.timeline.recorded > self.position
        self._become(self.recipe.edited(self.position, edit), self.position)
        if cuts:
            self.cut.emit(self.position)

    def _restart(self, recipe: Recipe[Any], final: bool) -> None:
        self._remember_once(final)
        self._become(recipe, 0)

    def _remember_once(self, final: bool) -> None:
        """Remember where undo goes back to; a drag is remembered when it begins."""
        if not self._dragging:
            self._remember()
        self._dragging = not final

    def _seal(self, final: bool) -> None:
        if final:
            self._dragging = False

    def _remember(self) -> None:
        self._undo.append(_Moment(self.recipe, self.position))
        self._redo.clear()

    def _become(self, recipe: Recipe[Any], position: int) -> None:
        """Show a new recipe; what the old run did beyond that point stays as a ghost."""
        old = self.timeline
        self.timeline = self._timeline_of(recipe)
        if old.recorded > position and not (self.ghost and self._dragging and self.ghost_from <= position):
            self.ghost, self.ghost_from = old, position
        self.position = min(position, self.timeline.recorded)
        self.target = None
        self.changed.emit()

    def _timeline_of(self, recipe: Recipe[Any]) -> Timeline[Any, Any]:
        if self.ghost and self.ghost.recipe == recipe:
            return self.ghost
        return self.timeline.fork(recipe)

    def _show(self, recipe: Recipe[Any]) -> None:
        """Show the same run with other view parameters: no edit, no ghost."""
        self.timeline = self.timeline.fork(recipe)
        self.changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to redo."""
        return bool(self._redo)

    def undo(self) -> None:
        """Go back to the recipe before the last edit."""
        self._travel(self._undo, self._redo)

    def redo(self) -> None:
        """Make the edit again that was undone last."""
        self._travel(self._redo, self._undo)

    def _travel(self, source: list[_Moment], other: list[_Moment]) -> None:
        if not source:
            return
        moment = source.pop()
        other.append(_Moment(self.recipe, self.position))
        self._dragging = False
        recipe = _with_view_of(self.recipe, moment.recipe)
        self._become(recipe, moment.position)

    def pin(self) -> None:
        """Keep this run to compare later ones with it."""
        self.pinned = self.timeline
        self.changed.emit()

    def clear_comparison(self) -> None:
        """Forget the pinned run and the ghost."""
        self.ghost = self.pinned = None
        self.changed.emit()

    def set_front(self, front: bool) -> None:
        """Give the tab in front more memory than hidden ones."""
        self.timeline.budget = BUDGET if front else HIDDEN_BUDGET
        self.timeline.shrink(self.timeline.budget)


def _with_view_of(shown: Recipe[Any], other: Recipe[Any]) -> Recipe[Any]:
    """Return the other recipe with the view parameters as they are shown now: they are no part of undo."""
    params = other.params
    for parameter in parameters(type(params)):
        if parameter.mode == "view":
            params = with_value(params, parameter.name, get_value(shown.params, parameter.name))
    return replace(other, params=params)
