"""Collaborative filtering, as the rest of the program sees it."""

from core.ratings.algorithm import (
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
from core.ratings.beats import beats, composed
from core.ratings.explained_beats import explain
from core.ratings.settings import Params, check, implied
from core.run.topic import RESTS
