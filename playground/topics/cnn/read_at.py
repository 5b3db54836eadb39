"""With which weights the held-out digits are read in a view: those of its step; at play those after the last epoch.

All 360 go through the net for that, which takes too long at every frame; after an epoch the run reads them itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from core.cnn.algorithm import steps_in_epoch
from core.cnn.readings import Reading, reading
from core.cnn.settings import Layers, Params
from core.run.timeline import Timeline
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.words.texts import Texts


@dataclass(frozen=True, eq=False)
class ReadAt:
    """A net that reads the held-out digits, and after which epoch that was; None at the step in view."""

    weights: Floats
    layers: Layers
    epoch: int | None = None

    @property
    def reading(self) -> Reading:
        """How it reads them."""
        return reading(self.weights, self.layers)

    def said(self, told: str, texts: Texts) -> str:
        """Say what is told of them, and of which epoch where that is not the step in view."""
        if self.epoch is None:
            return told
        return f"{told} · {texts.get('panels', 'after_epoch').format(epoch=self.epoch)}"


_last: WeakKeyDictionary[Timeline[Any, Any], ReadAt] = WeakKeyDictionary()  # of each record the epoch shown last


def read_at(view: View) -> ReadAt:
    """Return the net of a view before the held-out digits; without a beat, at play, that of the last epoch."""
    steps = steps_in_epoch(view.params)
    epoch, known = view.t // steps, _last.get(view.timeline)
    if view.beat or epoch * steps > view.timeline.recorded:
        return ReadAt(view.state.weights, view.params.layers)
    if known is None or known.epoch != epoch:
        known = ReadAt(view.timeline.frame(epoch * steps).state.weights, view.params.layers, epoch)
        _last[view.timeline] = known
    return known


@dataclass(frozen=True)
class ReadPicture(ViewPicture[Params]):
    """A picture of what the held-out digits tell of a net."""

    @cached_property
    def read(self) -> ReadAt:
        """The net that reads them."""
        return read_at(self.view)

    @property
    def reading(self) -> Reading:
        """How they are read."""
        return self.read.reading
