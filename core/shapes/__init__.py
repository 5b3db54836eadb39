"""Tensor shapes, as the rest of the program sees them."""

from core.run.topic import RESTS, beats, composed, implied
from core.shapes.algorithm import (
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
from core.shapes.explained import explain
from core.shapes.settings import Params, check
