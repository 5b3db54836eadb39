"""The race of optimizers, as the rest of the program sees it."""

from core.optimizers.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    METHODS,
    VERSION,
    MovePoint,
    Params,
    State,
    arrays,
    check,
    events,
    is_sound,
    loss_of,
    series,
    start,
    step,
)
from core.optimizers.explained import (
    explain,
)
from core.run.topic import RESTS, beats, implied, settable
