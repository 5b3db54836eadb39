"""Dense and bias, as the rest of the program sees it."""

from core.dense.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    RESTS,
    VERSION,
    State,
    arrays,
    events,
    series,
    settable,
    start,
    step,
)
from core.dense.beats import composed
from core.dense.explained_beats import explain
from core.dense.settings import Params, check, implied
from core.nn.beats import beats
