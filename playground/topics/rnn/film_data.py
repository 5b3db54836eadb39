"""What the film of a sequence shows of a view: the step's sequences, states and outputs, as far as its beat has come.

After weights were set by hand the film is that of the new ones, on the same sequences, until the next step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.nn.training import Look
from core.rnn.algorithm import batch_of, seen_in, seen_with
from core.rnn.beats import time_of
from core.rnn.explained import Chosen
from core.rnn.net import NEAR, slopes_of_last, unrolled
from core.rnn.settings import Params, sizes_of
from core.rnn.tasks import Batch
from core.run.values import Floats
from playground.playback.view import View
from playground.words.texts import Texts


@dataclass(frozen=True)
class FilmData:
    """What the film of one view is made of."""

    view: View
    texts: Texts

    @cached_property
    def params(self) -> Params:
        """The parameters of the step that led here."""
        params: Params = self.view.frame.used
        return params

    @cached_property
    def is_edited(self) -> bool:
        """Whether weights were set by hand after the step that led here."""
        frame = self.view.frame
        return bool(frame.made.seen.size) and not np.array_equal(frame.made.weights, frame.state.weights)

    @cached_property
    def seen(self) -> Look | None:
        """What the step that led here saw; where weights were set since, what these make of its sequences."""
        frame = self.view.frame
        return seen_with(frame.state, frame.made, self.params) if self.is_edited else seen_in(frame.made, self.params)

    @cached_property
    def look(self) -> Look:
        """The same where a step was made."""
        assert self.seen is not None
        return self.seen

    @cached_property
    def before(self) -> Look | None:
        """What the weights made of the sequences before they were set by hand; None where they were not."""
        made = self.view.frame.made
        return seen_with(made, made, self.params) if self.is_edited else None

    @cached_property
    def batch(self) -> Batch:
        """The sequences of the step."""
        batch = batch_of(self.view.frame.made, self.params)
        assert batch is not None
        return batch

    @cached_property
    def time(self) -> int | None:
        """The time of the beat in view; None where the whole step is, or its way back."""
        return time_of(self.view.beat)

    @cached_property
    def told(self) -> Chosen:
        """The sequence, time and unit that the strip tells of."""
        return Chosen.of(self.view.pointed or self.view.focus, self.params, self.time)

    @property
    def cursor(self) -> int:
        """Where the second cursor stands: at the time of the beat; of a whole step at the time told of."""
        return self.told.time if self.time is None else self.time

    @cached_property
    def chosen(self) -> Chosen:
        """What was chosen, wherever the pointer is: its time is brought into view where not all have room."""
        return Chosen.of(self.view.focus, self.params, self.time)

    @property
    def is_back(self) -> bool:
        """Whether the way back is in view."""
        return self.view.beat == "back"

    @property
    def has_classes(self) -> bool:
        """Whether outputs are shares of classes."""
        return sizes_of(self.params).has_classes

    @cached_property
    def others(self) -> list[FilmData]:
        """The runs it is compared with that have made a step."""
        views = (FilmData(self.view.of(other), self.texts) for other in self.view.beside)
        return [other for other in views if other.seen is not None]

    @property
    def judged_beside(self) -> list[FilmData]:
        """Those of them whose classes at as many times stand below ours."""
        alike = (other for other in self.others if other.params.length == self.params.length)
        return [other for other in alike if self.has_classes and other.has_classes]

    # ---- what the rows hold

    @cached_property
    def inputs(self) -> Floats:
        """(rows, length): the numbers that come in; of symbols one row, the name is written over it."""
        x: Floats = self.batch.x[self.told.sequence].T
        if self.params.mode == "one-to-many":
            x = np.where(np.arange(self.params.length) > 0, np.nan, x)
        return x[:1] * 0.0 if self.has_symbols else x

    @property
    def inputs_read(self) -> Floats:
        """(features, length): what the sequence reads, symbols one-hot; nan where nothing comes in."""
        x: Floats = self.batch.x[self.told.sequence].T
        return np.where(np.isnan(self.inputs[:1]), np.nan, x)

    @property
    def has_symbols(self) -> bool:
        """Whether what comes in are symbols, one-hot."""
        return self.params.task in ("echo", "next-character")

    @cached_property
    def states(self) -> Floats:
        """(units, length): h, or on the way back ∂ℓ/∂h; nan at times the beat has not come to."""
        by_time = slopes_of_last(self.look).by_h if self.is_back else unrolled(self.look).h[:, 1:]
        return self._so_far(by_time[self.told.sequence].T)

    @property
    def largest(self) -> float:
        """The largest |h| of all sequences of the step, at any time."""
        return float(np.abs(unrolled(self.look).h).max())

    @cached_property
    def begin(self) -> Floats:
        """(units, 1): the state that the sequence begins with."""
        begun: Floats = unrolled(self.look).h[self.told.sequence, 0][:, None]
        return begun

    @cached_property
    def outputs(self) -> Floats:
        """(outputs, length): the share of each class, or the numbers; nan where nothing comes out."""
        return self._told_at(self.look.outputs[self.told.sequence])

    @cached_property
    def targets(self) -> Floats:
        """(length,) the right classes, or (outputs, length) the numbers wanted; nan where nothing is."""
        return self._told_at(np.asarray(self.batch.t[self.told.sequence], dtype=float))

    def _told_at(self, values: Floats) -> Floats:
        """Return what belongs to outputs, time last, as far as the beat has come; nothing while a question is open."""
        by_time = values[None] if self.params.mode == "many-to-one" else values
        missing = np.full((self.params.length - len(by_time), *by_time.shape[1:]), np.nan)
        at_all = np.concatenate([missing, by_time]).T
        return np.full(at_all.shape, np.nan) if self.view.covered else self._so_far(at_all)

    def _so_far(self, values: Floats) -> Floats:
        if self.time is None:
            return np.array(values)
        return np.where(np.arange(values.shape[-1]) > self.time, np.nan, values)

    @cached_property
    def output(self) -> int:
        """The place of the number told of, among several outputs."""
        focus = self.view.pointed or self.view.focus
        return focus.at[2] if focus and focus.kind == "output" and focus.at[2] < len(self.outputs) else 0

    @cached_property
    def answers(self) -> list[tuple[int, int, bool]]:
        """Of each time that has an output its right class, or the number told of, and whether it is right."""
        return list(self._answers())

    def _answers(self) -> Iterator[tuple[int, int, bool]]:
        for time, made in enumerate(self.outputs.T):
            if np.isnan(made).any():
                continue
            if self.has_classes:
                right = int(self.targets[time])
                yield time, right, int(made.argmax()) == right
            else:
                k = self.output
                yield time, k, abs(float(made[k] - self.targets[k, time])) <= NEAR
