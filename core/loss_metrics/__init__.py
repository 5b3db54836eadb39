"""Loss and metrics, as the rest of the program sees them."""

from core.loss_metrics.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    METRICS,
    VERSION,
    State,
    arrays,
    events,
    series,
    settable,
    start,
    step,
)
from core.loss_metrics.beats import composed
from core.loss_metrics.explained_beats import explain
from core.loss_metrics.settings import Params, check
from core.nn.beats import beats
from core.run.topic import RESTS, implied
