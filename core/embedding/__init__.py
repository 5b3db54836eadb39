"""The Embedding layer, as the rest of the program sees it."""

from core.embedding.algorithm import (
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
from core.embedding.beats import beats, composed
from core.embedding.explained_beats import explain
from core.embedding.settings import Params, check, implied
from core.run.topic import RESTS
