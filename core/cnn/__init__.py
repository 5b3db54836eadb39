"""The CNN, as the rest of the program sees it."""

from core.cnn.algorithm import (
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
from core.cnn.beats import beats, composed
from core.cnn.explained_beats import explain
from core.cnn.settings import Params, check, implied
from core.run.topic import RESTS
