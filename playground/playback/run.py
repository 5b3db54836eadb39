"""The run a tab shows: its recipe with undo, its timeline, the step in view, and the runs it is compared with.

Flow is one-way: a gesture makes a new recipe, the recipe a timeline, the timeline a frame, and the tab draws it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from core.run.parameters import get_value
from core.run.recipe import Edit, Origin, Recipe, SetParam
from core.run.refusal import Refusal
from core.run.timeline import BUDGET, Frame, Timeline
from playground.playback.compared import MOST, Compared, Kept, Moment, Way, find, free_letter, keep_up, with_view_of
from playground.playback.view import View, axis_end
from playground.recipes.limits import LONGEST
from playground.recipes.plain_compared import LETTERS, Comparison
from playground.recipes.plain_recipes import find_parameter, with_parameters
from playground.topic_list import TopicEntry

HIDDEN_BUDGET = 64 * 2**20
_AT_ONCE = 0.05  # s: what can be recorded again in less needs no waiting


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
        self.letter = ""  # of this run, while it is compared with others
        self._kept: list[Kept] = []  # the others
        self.far: int | None = None  # the recorded step that is awaited: to make its state again takes long
        self.target: int | None = None  # how far the player records in the background
        self._wanted: int | None = None  # the step to show once that is done
        self._stand_in: int | None = None  # the step that a file's snapshot shows until it is recorded
        self._way = Way()
        self._dragged = ""  # what is being dragged: all its changes are one undo
        self.acts = 0  # changes the learner made since a run was loaded, or undo was used
        self._cut_at: int | None = None  # where the drag has cut the record
        self._origins: Sequence[Origin] = ()  # of the values that are being set
        self.timeline = Timeline(entry.core, Recipe(entry.id, entry.core.VERSION, seed, entry.core.Params()))

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
        ghost = Compared(self.ghost, since=self.ghost_from) if self.ghost else None
        steps = axis_end(max(record.recorded for record in self.records))
        return View(
            self.timeline, self.position, compared=self.compared, letter=self.letter, ghost=ghost, steps=steps, **seen
        )

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
        self._send(self.moved)

    def seek(self, t: int) -> None:
        """Show step t, as far as it is recorded; a step whose record is being made is shown when it is there."""
        if self.target is not None and self.timeline.recorded < t <= self.target:
            self._wanted = t
            return
        self._wanted = None
        wanted = max(0, min(t, self.timeline.recorded))
        if sum(record.wait_for(min(wanted, record.recorded)) for record in self.records) > _AT_ONCE:
            self.far = wanted
            at_once = (self.position, self.timeline.shown_at_once(wanted))
            wanted = min(at_once, key=lambda shown: abs(shown - wanted))
            self.awaited.emit()
        else:
            self.far = None
        if wanted != self.position:
            self.position = wanted
            self._send(self.moved)

    def come_nearer(self, deadline: float) -> None:
        """Make states again on the way to the far step that is awaited, and show it once it is there."""
        far = self.far
        if far is not None and all(r.come_nearer(min(far, r.recorded), deadline) for r in self.records):
            self.position, self.far = far, None
            self._send(self.moved)

    def caught_up(self) -> None:
        """Show what was waited for: the player has recorded up to the target, or as far as it goes."""
        wanted, self._wanted, self.target = self._wanted, None, None
        self.position = min(self.position if wanted is None else wanted, self.timeline.recorded)
        self._stand_in = None
        self._send(self.changed)

    def rests_at(self, t: int) -> bool:
        """Tell whether the step into t came to rest, as the topic says (`RESTS`): play pauses there and may go on."""
        return any(key in self.entry.core.RESTS for key in self.timeline.events.get(t, ()))

    def next_event(self) -> int | None:
        """Return the next recorded step at which something began or was changed, or None."""
        return self.timeline.next_event(self.position)

    @contextmanager
    def reading(self, *origins: Origin) -> Iterator[None]:
        """Remember of the values that are set within this where they were read: names of axes and fields follow."""
        self._origins = origins
        try:
            yield
        finally:
            self._origins = ()

    def set_parameter(self, name: str, value: Any, final: bool = True) -> None:
        """Change a parameter from its plain form: an edit, a restart or a view. Raises Refusal and changes nothing.

        While a slider is dragged `final` is false: all its changes become one undo.
        """
        parameter, recipe = find_parameter(self.entry.core, name), self.recipe
        params = with_parameters(self.entry.core, self.params, {name: value})
        new = get_value(params, name)
        if parameter.mode == "view":
            if self._origins:  # undo leads back from what a file gave
                self._remember(shown=True)
            self._show_as(recipe.viewed(name, new, self._origins))
        elif params == self.params:  # values may be arrays, which only the whole compares
            self._stay_as_is(final)
        elif parameter.mode == "restart":
            self._restart(recipe.begun_with(params, self._origins), name, final)
        else:
            self.gesture(SetParam(name, new), final)

    def restart_with(self, values: dict[str, Any], final: bool = True) -> None:
        """Begin again with several parameters changed at once: one undo. Raises Refusal and changes nothing.

        While something is dragged `final` is false: all its changes become one undo.
        """
        params = with_parameters(self.entry.core, self.params, values)
        if params != self.recipe.params or self.recipe.edits:
            self._restart(self.recipe.begun_with(params, self._origins), " ".join(values), final)
        else:
            self._stay_as_is(final)

    def _stay_as_is(self, final: bool) -> None:
        """Keep the run as it is; of values that were read anew the names may be others."""
        self._dragged = "" if final else self._dragged
        if self._origins:
            self._show_as(self.recipe.with_params(self.recipe.params, self._origins))

    def _show_as(self, recipe: Recipe[Any]) -> None:
        self.timeline = self.timeline.fork(recipe)  # the same run: no edit, no ghost
        self.changed.emit()

    def gesture(self, edit: Edit, final: bool = True) -> None:
        """Make an edit after the step in view."""
        self._change(self.recipe.edited(self.position, edit), self.position, edit.target, final)

    def restart(self) -> None:
        """Begin again with an empty record: same seed, same start, the settings as they are now."""
        recipe = self.recipe.begun_with(self.params)
        if recipe == self.recipe:  # nothing is lost that Play would not make again, so there is nothing to undo
            self._begin(Timeline(self.entry.core, recipe, self.timeline.budget), 0)
        else:
            self._restart(recipe)

    def reseed(self, seed: int) -> None:
        """Begin again with another seed."""
        if seed != self.recipe.seed:
            self._restart(replace(self.recipe.begun_with(self.params), seed=seed))

    def reset_parameters(self) -> None:
        """Begin again with every parameter at its default, those that choose what is shown too; the seed stays."""
        recipe = self.recipe.begun_with(self.entry.core.Params())
        if recipe != self.recipe:
            self._remember(shown=True)
            self._dragged = ""
            self._become(recipe, 0)

    def load(self, timeline: Timeline[Any, Any], position: int = 0, stands_in: bool = False) -> None:
        """Show another run, a scene's or a file's; undo leads back. `stands_in`: the timeline knows that one frame."""
        self._remember(shown=True)
        self._show(timeline, position, stands_in)

    def _show(self, timeline: Timeline[Any, Any], position: int, stands_in: bool = False) -> None:
        self._dragged, self.acts = "", 0
        self.ghost = None
        self._begin(timeline, position, stands_in)

    def _restart(self, recipe: Recipe[Any], name: str = "", final: bool = True) -> None:
        self._change(recipe, 0, name, final)

    def _change(self, recipe: Recipe[Any], position: int, target: str, final: bool) -> None:
        """Show another recipe from a step on, and tell if that drops a part of the record, all along a drag."""
        goes_on = self._remember_once(target, final)
        if not goes_on:
            self._cut_at = position if self.timeline.recorded > position else None
        self._become(recipe, position, position > 0 and self._stand_in == position, goes_on)
        if self._cut_at is not None:
            self.cut.emit(self._cut_at)

    def _remember_once(self, target: str, final: bool) -> bool:
        """Remember where undo goes back to; a drag is remembered when it begins. Tell whether it goes on."""
        self.acts += 1
        goes_on = bool(self._dragged) and self._dragged == target
        if not goes_on:
            self._remember()
        self._dragged = "" if final else target
        return goes_on

    def _remember(self, shown: bool = False, beside: tuple[str, list[Kept]] | None = None) -> None:
        self._way.remember(Moment(self.recipe, self.position, shown, beside))

    def _become(self, recipe: Recipe[Any], position: int, stands_in: bool = False, goes_on: bool = False) -> None:
        """Show a new recipe; what the old run did beyond that point stays as a ghost until the next change."""
        old = self.timeline
        new = (self.ghost if self.ghost and self.ghost.recipe == recipe else old).fork(recipe)
        if not (goes_on and self.ghost):
            self.ghost, self.ghost_from = (old, position) if old.recorded > position else (None, 0)
        self._begin(new, position, stands_in)

    def _begin(self, timeline: Timeline[Any, Any], position: int, stands_in: bool = False) -> None:
        """Show a step of a timeline; what takes long to record is left to the player, and shown when it is there."""
        self.timeline, self.far = timeline, None
        is_late = not timeline.record(position, 0.0 if stands_in else perf_counter() + _AT_ONCE)
        self.target = self._wanted = position if is_late else None
        self._stand_in = position if is_late and stands_in else None
        self.position = position if is_late and stands_in else min(position, timeline.recorded)
        self._send(self.changed)

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to undo."""
        return bool(self._way.undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an edit to redo."""
        return bool(self._way.redo)

    def undo(self) -> None:
        """Go back to the recipe before the last edit."""
        self._travel(self._way.undo, self._way.redo)

    def redo(self) -> None:
        """Make the edit again that was undone last."""
        self._travel(self._way.redo, self._way.undo)

    def _travel(self, source: list[Moment], other: list[Moment]) -> None:
        if not source:
            return
        recipe, position, shown, beside = source.pop()
        other.append(Moment(self.recipe, self.position, shown, beside and (self.letter, self._kept)))
        self._dragged, self.acts = "", 0
        self.letter, self._kept = beside or (self.letter, self._kept)
        self._become(recipe if shown else with_view_of(self.recipe, recipe), position)

    # Several runs on one clock.

    @property
    def compared(self) -> tuple[Compared, ...]:
        """The runs that are compared, by letter, the one in view among them; none where there is only that."""
        runs = [Compared(self.timeline, self.letter), *(Compared(kept.timeline, kept.letter) for kept in self._kept)]
        return tuple(sorted(runs, key=lambda run: run.letter)) if self._kept else ()

    def compare_with(self, timelines: Sequence[Timeline[Any, Any]], position: int = 0) -> None:
        """Compare these runs, the first of them in view, in place of those compared before; undo leads back to all.

        Raises Refusal for more than `MOST`, ValueError for none.
        """
        if len(timelines) > MOST:
            raise Refusal("compared", "too_many", {"given": len(timelines), "allowed": MOST})
        if not timelines:
            raise ValueError("no runs cannot be compared")
        first, *others = timelines
        self._remember(shown=True, beside=(self.letter, self._kept))
        self._keep(LETTERS[0], dict(zip(LETTERS[1:], others, strict=False)))
        self._show(first, position)

    def compare(self, comparison: Comparison) -> None:
        """Compare the run in view as a file says; they are recorded up to its step."""
        core, budget = self.entry.core, self.timeline.budget
        self._keep(comparison.letter, {o: Timeline(core, recipe, budget) for o, recipe in comparison.others.items()})
        self._send(self.changed)

    def _keep(self, letter: str, others: Mapping[str, Timeline[Any, Any]]) -> None:
        self._kept = [Kept(other, timeline) for other, timeline in others.items()]
        self.letter = letter if others else ""

    def comparison(self) -> Comparison:
        """Return what a file keeps of the runs compared with the one in view."""
        return Comparison(self.letter, {kept.letter: kept.timeline.recipe for kept in self._kept})

    @property
    def can_pin(self) -> bool:
        """Whether one more run can be compared."""
        return len(self._kept) + 1 < MOST

    def pin(self) -> None:
        """Keep this run to compare it: from now on it is the next letter that is in view, and changed."""
        if self.can_pin:
            self.letter = self.letter or LETTERS[0]
            self._kept.append(Kept(self.letter, self.timeline, self._way.copy()))
            self.letter = free_letter(kept.letter for kept in self._kept)
            self.changed.emit()

    def unpin(self, letter: str) -> None:
        """Compare a run no longer; for the one in view another comes forward. Raises KeyError for no such run."""
        if letter == self.letter and self._kept:
            self.bring_forward(self._kept[0].letter)
        self._kept.remove(find(self._kept, letter))
        self.letter = self.letter if self._kept else ""
        self.changed.emit()

    def bring_forward(self, letter: str) -> None:
        """Bring a compared run into view, at the same step or its last. Raises KeyError for no such run."""
        if letter != self.letter:
            self._exchange(find(self._kept, letter))
            self._begin(self.timeline, min(self.position, self.timeline.recorded))

    def _exchange(self, kept: Kept) -> None:
        """Let the run in view and a kept one change places; each takes its way back along, the look stays."""
        timeline = kept.timeline.fork(with_view_of(self.recipe, kept.timeline.recipe))
        self.timeline, kept.timeline = timeline, self.timeline
        self.letter, kept.letter = kept.letter, self.letter
        self._way, kept.way = kept.way, self._way
        self.ghost, self._dragged = None, ""
        self.position = min(self.position, timeline.recorded)

    @property
    def records(self) -> list[Timeline[Any, Any]]:
        """The records of the run in view and of those compared with it."""
        return [self.timeline, *(kept.timeline for kept in self._kept)]

    @property
    def behind(self) -> bool:
        """Whether a compared run has still to be recorded up to the step in view."""
        return any(kept.timeline.recorded < self.position and not kept.timeline.ended for kept in self._kept)

    def keep_up(self, t: int, deadline: float) -> bool:
        """Record the compared runs up to a step until the clock passes a deadline; tell whether all are there."""
        return keep_up((kept.timeline for kept in self._kept), t, deadline)

    def show_again(self) -> None:
        """Show the step in view once more: the compared runs have come nearer to it."""
        self.moved.emit()

    def _send(self, signal: SignalInstance) -> None:
        """Tell what happened; what the compared runs do takes little, or is left to the player."""
        if self._kept and not self.keep_up(self.position, perf_counter() + _AT_ONCE):
            self.awaited.emit()
        signal.emit()

    def set_front(self, front: bool) -> None:
        """Give the tab in front more memory than hidden ones."""
        records = self.records
        for record in records:
            record.budget = (BUDGET if front else HIDDEN_BUDGET) // len(records)
            record.shrink(record.budget)
