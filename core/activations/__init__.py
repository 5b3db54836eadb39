"""Activations, as the rest of the program sees them."""

from core.activations.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    VERSION,
    State,
    arrays,
    events,
    series,
    settable,
    start,
    step,
)
from core.activations.beats import composed
from core.activations.explained_beats import explain
from core.activations.settings import Params, check
from core.nn.beats import beats
from core.run.topic import RESTS, implied
