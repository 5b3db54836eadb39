"""The recurrent net, as the rest of the program sees it."""

from core.rnn.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    VERSION,
    SetRadius,
    State,
    arrays,
    events,
    series,
    settable,
    start,
    step,
)
from core.rnn.beats import beats, composed
from core.rnn.explained_beats import explain
from core.rnn.settings import Params, check, implied
from core.run.topic import RESTS
