"""Looks after an open task: the frames that the learner's own acts make are looked at as they come, each once."""

from __future__ import annotations

from time import perf_counter

from playground.playback.run import Run
from playground.scenes.scene import Scene

_TRIES = 3  # after which a task gives its hint
_AT_ONCE = 0.001  # s of looking, so that a frame is not late


class TaskWatch:
    """Follows the run in view from the set-up of a task on; what undo or a set-up brought is none of its frames."""

    def __init__(self, task: Scene, run: Run) -> None:
        self._task, self._run = task, run
        self._looked = 0  # the last step that was looked at
        self._tries = self._furthest = 0  # and how far the try in hand was played

    def change(self) -> None:
        """Begin at the step in view: what comes after it is new, and so is what an edit made of it."""
        self._looked = self._run.position - 1
        if self._run.acts and self._furthest:
            self._tries, self._furthest = self._tries + 1, 0

    def move(self) -> None:
        """Follow the run to the step in view."""
        self._furthest = max(self._furthest, self._run.position)

    @property
    def needs_hint(self) -> bool:
        """Whether it was tried often enough."""
        return self._tries >= _TRIES

    @property
    def is_behind(self) -> bool:
        """Whether frames that the learner made have not been looked at."""
        return self._run.acts > 0 and self._looked < self._run.position > 0

    def look(self) -> bool:
        """Look at the frames that have come, briefly; tell whether one does what is asked."""
        deadline = perf_counter() + _AT_ONCE
        while self.is_behind:
            self._looked = max(1, self._looked + 1)
            if self._task.reached_at(self._run.timeline, self._looked):
                return True
            if perf_counter() > deadline:
                break
        return False
