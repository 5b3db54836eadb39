"""How far the inputs of a unit have come in a run, so that the axis that holds them seldom shrinks."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from core.activations.explained import Chosen
from core.activations.inside import reaches
from core.activations.settings import Function
from core.run.timeline import Timeline
from core.run.values import Floats
from playground.playback.view import View

_MOST = 32  # steps of a record that are looked at
_KNOWN: WeakKeyDictionary[Timeline[Any, Any], dict[tuple[Function, int], Floats]] = WeakKeyDictionary()


def reach_of(view: View, chosen: Chosen) -> Floats:
    """Return the lowest and the highest input of a unit at each step that is looked at, (2 · steps,): evenly spaced
    ones that the record keeps, up to the last that may be drawn.
    """
    found = [_reaches(view.timeline, chosen.function, step) for step in steps_of(view)]
    return np.concatenate([reach[:, chosen.layer, chosen.unit] for reach in found])


def steps_of(view: View) -> range:
    """Return the steps that are looked at."""
    apart = view.timeline.stride
    while view.recorded // apart >= _MOST:
        apart *= 2
    return range(0, view.recorded + 1, apart)


def _reaches(record: Timeline[Any, Any], function: Function, step: int) -> Floats:
    known = _KNOWN.setdefault(record, {})
    if (function, step) not in known:
        params = record.params_at(step)
        known[function, step] = reaches(record.made(step).of(function, params).weights, function, params)
    return known[function, step]
