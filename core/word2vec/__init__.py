"""Word2vec, as the rest of the program sees it."""

from core.run.topic import RESTS
from core.word2vec.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    VERSION,
    Params,
    State,
    arrays,
    check,
    events,
    implied,
    series,
    settable,
    start,
    step,
)
from core.word2vec.beats import beats, composed
from core.word2vec.explained_beats import explain
