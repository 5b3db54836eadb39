"""The film of a scene: where it pauses by itself, how far it goes, and when it is over."""

from __future__ import annotations

from collections.abc import Sequence

from playground.playback.run import Run
from playground.scenes.scene import Moment, Scene


class Film:
    """Follows the run in view; each moment is paused at once."""

    def __init__(self, scene: Scene, run: Run) -> None:
        self._scene, self._run = scene, run
        self._to_come = list(scene.moments)
        self.paused: tuple[int, ...] = ()  # the steps at which it has paused

    def moment_at(self, t: int) -> Moment | None:
        """Return the moment at t, unless it was paused at before."""
        return next((moment for moment in self._to_come if moment.is_at(self._run.timeline, t)), None)

    def pause_at(self, moment: Moment) -> None:
        """Pause at a moment, at the step in view."""
        self._to_come.remove(moment)
        self.paused = (*self.paused, self._run.position)

    def stops(self, t: int) -> bool:
        """Tell whether play pauses by itself at a step."""
        return t >= self._scene.length or self.moment_at(t) is not None

    def is_over(self, t: int) -> bool:
        """Tell whether a step is its last, as it names it or as the run ends earlier."""
        timeline = self._run.timeline
        return t >= self._scene.length or (timeline.ended and t == timeline.recorded)

    def pauses(self) -> Sequence[int]:
        """Return the steps at which it has paused, and those to come where they are known."""
        return sorted({*self.paused, *(moment.at for moment in self._to_come if isinstance(moment.at, int))})

    def span(self) -> int:
        """Return its last step; 0 where the run ends earlier."""
        return 0 if self._run.timeline.ended else self._scene.length
