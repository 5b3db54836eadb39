"""Frames of a run, drawn one after another by its tab as it would be seen growing, with axes that stand still."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import IO, Any

from core.run.timeline import Timeline
from playground.export.animations import Shot, encode
from playground.export.pictures import Origin, Subject, image
from playground.playback.compared import keep_up
from playground.playback.view import View, axis_end
from playground.tab.topic_tab import TopicTab

Record = Timeline[Any, Any]

_SLICE = 0.01  # s of recording between two looks at the window


def _longer(view: View, records: Mapping[int, Record]) -> View:
    """Return the view with records in place of its own, on an axis on which all of them have room."""
    compared = tuple(replace(other, timeline=records[id(other.timeline)]) for other in view.compared)
    steps = max(view.steps, *(axis_end(record.recorded) for record in records.values()))
    return replace(view, timeline=records[id(view.timeline)], compared=compared, steps=steps)


class Film:
    """An animation on its way into a file: drawn on the GUI thread, frame by frame, then encoded on any.

    Each frame shows what was recorded up to its step, on the axes of the whole record.
    """

    def __init__(
        self, tab: TopicTab, subject: Subject, steps: Sequence[int], ending: str, scale: int, fps: int, origin: Origin
    ) -> None:
        self._tab, self._subject, self._steps = tab, subject, steps
        self._ending, self._scale, self._fps, self._origin = ending, scale, fps, origin
        self._shots: list[Shot] = []
        self.length = 2 * len(steps)

    def draw(self) -> Generator[None, None, None]:
        """Draw the frames; yields between them, and while steps are recorded. The run in view stays where it is."""
        view = self._tab.view()
        runs = [view.timeline, *(other.timeline for other in view.compared)]
        records = {id(run): run.fork(run.recipe) for run in runs}
        # Not `frame`: a snapshot would stand in for its step, and nothing be recorded.
        while not keep_up(records.values(), self._steps[-1], perf_counter() + _SLICE):
            yield
        view = _longer(view, records)
        try:
            for step in self._steps:
                self._tab.show_view(replace(view, t=step, ahead=False))
                picture = image(self._subject.at(step), self._scale)
                self._shots.append(Shot.of(picture.width(), picture.height(), bytes(picture.constBits())))
                yield
        finally:
            self._tab.show_view(self._tab.view())

    def write(self, file: IO[bytes], tick: Callable[[], None]) -> None:
        """Encode the frames drawn."""
        encode(file, self._ending, self._shots, self._fps, self._origin, tick)
