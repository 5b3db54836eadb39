"""The race of optimizers, as the rest of the program sees it."""

from core.optimizers.algorithm import (
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
from core.optimizers.explained import explain
from core.optimizers.settings import Params, check, implied
from core.run.topic import RESTS, beats, composed
