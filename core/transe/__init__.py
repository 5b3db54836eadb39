"""TransE, as the rest of the program sees it."""

from core.run.topic import RESTS, implied
from core.transe.algorithm import (
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
from core.transe.beats import beats, composed
from core.transe.explained_beats import explain
from core.transe.settings import Params, check
