"""The run a tab shows: its recipe with undo, its timeline, the step in view, and the old run it is compared with.

Flow is one-way: a gesture makes a new recipe, the recipe a timeline, the timeline a frame, and the tab draws it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from time import perf_counter
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from core.run.parameters import get_value, parameters, with_value
from core.run.recipe import Edit, Recipe, SetParam
from core.run.timeline import BUDGET, Frame, Timeline
from playground.playback.view import Compared, View, axis_end
from playground.recipes.limits import LONGEST
from playground.recipes.plain_recipes import find_parameter, with_parameters
from playground.topic_list import TopicEntry

HIDDEN_BUDGET = 64 * 2**20
_AT_ONCE = 0.05  # s: what can be recorded again in less needs no waiting


class _Moment(NamedTuple):
    """What undo goes back to: a recipe, the step in view, and whether what was shown of it is brought back, too."""

    recipe: Recipe[Any]
    position: int
    shown: bool = False


class Run(QObject):
    """One run in the window. `changed` is sent for a new recipe, `moved` for another step of the same."""

    changed = Signal()
    moved = Signal()
    awaited = Signal()  # a far step was asked for; the nearest one is shown until it is there
    cut = Signal(int)  # a change dropped what was recorded after this step

    def __init__(self, entry: TopicEntry, seed: int = 0, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.position = 0
        self.ghost: Timeline[Any, Any] | None = None  # the old run, from `ghost_from` on
        self.ghost_from = 0
        self.pinned: Timeline[Any, Any] | None = None
        self.far: int | None = None  # the recorded step that is awaited: to make its state again takes long
        self.target: int | None = None  # how far the player records in the background
        self._wanted: int | None = None  # the step to show once that is done
        self._stand_in: int | None = None  # the step that a file's snapshot shows until it is recorded
        self._undo: list[_Moment] = []
        self._redo: list[_Moment] = []
        self._dragged = ""  # what is being dragged: all its changes are one undo
        self._cut_at: int | None = None  # where the drag has cut the record
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
    def params(self) -> Any:
        """The parameters in force at the step in view."""
        return self.timeline.params_at(self.position)

    def view(self, **seen: Any) -> View:
        """Return what is in view, with what a tab knows of it: what is pointed at and chosen, what switches say."""
        compared = (Compared(self.pinned, "A"),) if self.pinned else ()
        ghost = Compared(self.ghost, since=self.ghost_from) if self.ghost else None
        steps = axis_end(max(record.recorded for record in (self.timeline, self.pinned) if record))
        return View(self.timeline, self.position, compared=compared, ghost=ghost, steps=steps, **seen)

    @property
    def at_limit(self) -> bool:
        """Whether the window records no further."""
        return self.timeline.recorded >= LONGEST

    @property
    def can_step(self) -> bool:
        """Whether there is a next step: recorded already, or one that can be made."""
        if self.position == self.timeline.recorded:
            return not (self.timeline.ended or self.at_limit)
        return self.position < self.timeline.recorded  # beyond it stands a snapshot, whose record is still being made

    def advance(self, steps: int = 1) -> None:
        """Go forward: replay what is recorded, record what is not."""
        self.far = None
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
        """Show step t, as far as it is recorded; a step whose record is being made is shown when it is there."""
        if self.target is not None and self.timeline.recorded < t <= self.target:
            self._wanted = t
            return
        self._wanted = None
        wanted = max(0, min(t, self.timeline.recorded))
        if self.timeline.wait_for(wanted) > _AT_ONCE:
            self.far = wanted
            at_once = (self.position, self.timeline.shown_at_once(wanted))
            wanted = min(at_once, key=lambda shown: abs(shown - wanted))
            self.awaited.emit()
        else:
            self.far = None
        if wanted != self.position:
            self.position = wanted
            self.moved.emit()

    def come_nearer(self, deadline: float) -> None:
        """Make states again on the way to the far step that is awaited, and show it once it is there."""
        if self.far is not None and self.timeline.come_nearer(self.far, deadline):
            self.position, self.far = self.far, None
            self.moved.emit()

    def caught_up(self) -> None:
        """Show what was waited for: the player has recorded up to the target, or as far as it goes."""
        wanted, self._wanted, self.target = self._wanted, None, None
        self.position = min(self.position if wanted is None else wanted, self.timeline.recorded)
        self._stand_in = None
        self.changed.emit()

    def rests_at(self, t: int) -> bool:
        """Tell whether the step into t came to rest, as the topic says (`RESTS`): play pauses there and may go on."""
        return any(key in self.entry.core.RESTS for key in self.timeline.events.get(t, ()))

    def next_event(self) -> int | None:
        """Return the next recorded step at which something began or was changed, or None."""
        began = sorted(takewhile(lambda t: t > self.position, reversed(self.timeline.events)))  # they stand in order
        event = next((t for t in began if self.timeline.events_at(t)), None)
        changes = (change.step for change in self.recipe.edits if change.step > self.position)
        return min((t for t in (event, *changes) if t is not None), default=None)

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter from its plain form: an edit, a restart or a view. Raises Refusal and changes nothing.

        While a slider is dragged `final` is false: all its changes become one undo.
        """
        core, recipe = self.entry.core, self.recipe
        parameter = find_parameter(core, name)
        params = with_parameters(core, self.params, {name: value})
        new = get_value(params, name)
        if parameter.mode == "view":
            self.timeline = self.timeline.fork(recipe.viewed(name, new))  # the same run: no edit, no ghost
            self.changed.emit()
        elif params == self.params:  # values may be arrays, which only the whole compares
            self._dragged = "" if final else self._dragged
        elif parameter.mode == "restart":
            self._restart(replace(recipe, params=params, edits=()), name, final)
        else:
            self.gesture(SetParam(name, new), final)

    def restart_with(self, values: dict[str, Any]) -> None:
        """Begin again with several parameters changed at once: one undo. Raises Refusal and changes nothing."""
        params = with_parameters(self.entry.core, self.params, values)
        if params != self.recipe.params or self.recipe.edits:
            self._restart(replace(self.recipe, params=params, edits=()))

    def gesture(self, edit: Edit, final: bool = True) -> None:
        """Make an edit after the step in view."""
        self._change(self.recipe.edited(self.position, edit), self.position, edit.target, final)

    def restart(self) -> None:
        """Begin again with an empty record: same seed, same start, the settings as they are now."""
        recipe = replace(self.recipe, params=self.params, edits=())
        if recipe == self.recipe:  # nothing is lost that Play would not make again, so there is nothing to undo
            self._begin(Timeline(self.entry.core, recipe, self.timeline.budget), 0)
        else:
            self._restart(recipe)

    def reseed(self, seed: int) -> None:
        """Begin again with another seed."""
        if seed != self.recipe.seed:
            self._restart(replace(self.recipe, seed=seed, params=self.params, edits=()))

    def reset_parameters(self) -> None:
        """Begin again with every parameter at its default, those that choose what is shown too; the seed stays."""
        recipe = replace(self.recipe, params=self.entry.core.Params(), edits=())
        if recipe != self.recipe:
            self._remember(shown=True)
            self._dragged = ""
            self._become(recipe, 0)

    def load(self, timeline: Timeline[Any, Any], position: int = 0, stands_in: bool = False) -> None:
        """Show another run, a scene's or a file's; undo leads back. `stands_in`: the timeline knows that one frame."""
        self._remember(shown=True)
        self._dragged = ""
        self.ghost = self.pinned = None
        self._begin(timeline, position, stands_in)

    def _restart(self, recipe: Recipe[Any], name: str = "", final: bool = True) -> None:
        self._change(recipe, 0, name, final)

    def _change(self, recipe: Recipe[Any], position: int, target: str, final: bool) -> None:
        """Show another recipe from a step on, and tell if that drops a part of the record, all along a drag."""
        if not self._dragged or self._dragged != target:
            self._cut_at = position if self.timeline.recorded > position else None
        self._remember_once(target, final)
        self._become(recipe, position, position > 0 and self._stand_in == position)
        if self._cut_at is not None:
            self.cut.emit(self._cut_at)

    def _remember_once(self, target: str, final: bool) -> None:
        """Remember where undo goes back to; a drag is remembered when it begins."""
        if not self._dragged or self._dragged != target:
            self._remember()
        self._dragged = "" if final else target

    def _remember(self, shown: bool = False) -> None:
        self._undo.append(_Moment(self.recipe, self.position, shown))
        self._redo.clear()

    def _become(self, recipe: Recipe[Any], position: int, stands_in: bool = False) -> None:
        """Show a new recipe; what the old run did beyond that point stays as a ghost."""
        old = self.timeline
        new = self.ghost if self.ghost and self.ghost.recipe == recipe else old.fork(recipe)
        if old.recorded > position and not (self.ghost and self._dragged and self.ghost_from <= position):
            self.ghost, self.ghost_from = old, position
        self._begin(new, position, stands_in)

    def _begin(self, timeline: Timeline[Any, Any], position: int, stands_in: bool = False) -> None:
        """Show a step of a timeline; what takes long to record is left to the player, and shown when it is there."""
        self.timeline, self.far = timeline, None
        is_late = not timeline.record(position, 0.0 if stands_in else perf_counter() + _AT_ONCE)
        self.target = self._wanted = position if is_late else None
        self._stand_in = position if is_late and stands_in else None
        self.position = position if is_late and stands_in else min(position, timeline.recorded)
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
        recipe, position, shown = source.pop()
        other.append(_Moment(self.recipe, self.position, shown))
        self._dragged = ""
        self._become(recipe if shown else _with_view_of(self.recipe, recipe), position)

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


def same_run(one: Recipe[Any], other: Recipe[Any]) -> bool:
    """Tell whether two recipes make the same run: which part of it is shown does not count."""
    return _with_view_of(one, other) == one if type(one.params) is type(other.params) else False


def _with_view_of(shown: Recipe[Any], other: Recipe[Any]) -> Recipe[Any]:
    """Return the other recipe with the view parameters as they are shown now: they are no part of undo."""
    params = other.params
    for parameter in parameters(type(params)):
        if parameter.mode == "view":
            params = with_value(params, parameter.name, get_value(shown.params, parameter.name))
    return replace(other, params=params)
