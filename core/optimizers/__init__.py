"""The race of optimizers, as the rest of the program sees it."""

from core.optimizers.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    VERSION,
    Params,
    State,
    arrays,
    check,
    events,
    series,
    start,
    step,
)
from core.optimizers.explained import explain
from core.run.topic import RESTS, beats, composed, implied, settable
