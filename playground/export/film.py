"""Frames of a run, drawn one after another by its tab as it would be seen growing, with axes that stand still."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import IO, Any

from core.run.timeline import Timeline
from playground.export.animations import Shot, encode
from playground.export.pictures import Origin, Subject, image
from playground.playback.run import HIDDEN_BUDGET
from playground.recipes.limits import LONGEST
from playground.tab.topic_tab import TopicTab
from widgets.plots.plot import Plot

_SLICE = 0.01  # s of recording between two looks at the window


class Film:
    """An animation on its way into a file: drawn on the GUI thread, frame by frame, then encoded on any.

    Each frame shows what was recorded up to its step, so the tab is given a record of its own while it is filmed.
    """

    def __init__(
        self, tab: TopicTab, subject: Subject, steps: Sequence[int], ending: str, scale: int, fps: int, origin: Origin
    ) -> None:
        self._tab, self._subject, self._steps = tab, subject, steps
        self._ending, self._scale, self._fps, self._origin = ending, scale, fps, origin
        self._shots: list[Shot] = []
        self.length = 2 * len(steps)

    def draw(self) -> Generator[None, None, None]:
        """Draw the frames; yields between them, and while steps are recorded. The run comes back as it was."""
        run = self._tab.run
        with _own_record(self._tab):
            for step in self._steps:
                yield from _recorded_to(run.timeline, step)
                run.position = step
                run.moved.emit()
                self._tab.transport.show_position(step, self._steps[-1], LONGEST)
                picture = image(self._subject, self._scale)
                self._shots.append(Shot.of(picture.width(), picture.height(), bytes(picture.constBits())))
                yield

    def write(self, file: IO[bytes], tick: Callable[[], None]) -> None:
        """Encode the frames drawn."""
        encode(file, self._ending, self._shots, self._fps, self._origin, tick)


def _recorded_to(timeline: Timeline[Any, Any], step: int) -> Iterator[None]:
    """Record up to a step, pausing every few milliseconds."""
    begin = perf_counter()
    while timeline.recorded < step:
        timeline.frame(timeline.recorded + 1)
        if perf_counter() - begin > _SLICE:
            yield
            begin = perf_counter()


@contextmanager
def _own_record(tab: TopicTab) -> Iterator[None]:
    """Show the run anew from its start, and in the end the record and the step that were in view."""
    run = tab.run
    before = run.timeline, run.position, run.pinned
    run.timeline, run.position = Timeline(run.entry.core, run.recipe, HIDDEN_BUDGET), 0
    if run.pinned is before[0]:
        run.pinned = None  # it is this run: there is nothing to compare it with
    try:
        with _still_axes([panel for panel in tab.plots().values() if isinstance(panel, Plot)]):
            yield
    finally:
        run.timeline, run.position, run.pinned = before
        run.moved.emit()


@contextmanager
def _still_axes(plots: Sequence[Plot]) -> Iterator[None]:
    """Keep the ranges that the whole record gave the plots, so that they do not grow from frame to frame."""
    for plot in plots:
        plot.set_range = _no_range  # type: ignore[method-assign]
    try:
        yield
    finally:
        for plot in plots:
            del plot.set_range


def _no_range(x0: float, x1: float, y0: float, y1: float) -> None:
    """Leave the range as it is."""
