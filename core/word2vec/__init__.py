"""Word2vec, as the rest of the program sees it."""

from core.run.topic import RESTS, beats, implied
from core.word2vec.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    MAPPED,
    TURNED_EVERY,
    VERSION,
    Params,
    State,
    arrays,
    check,
    corpus_of,
    epochs,
    events,
    examples,
    guessing_loss,
    rule_of,
    series,
    settable,
    start,
    step,
    used,
    word_map,
)
from core.word2vec.explained import (
    explain,
)
