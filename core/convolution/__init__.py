"""Convolution and pooling, as the rest of the program sees them."""

from core.convolution.algorithm import (
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
from core.convolution.beats import beats, composed
from core.convolution.explained_beats import explain
from core.convolution.settings import Params, check, implied
from core.run.topic import RESTS
