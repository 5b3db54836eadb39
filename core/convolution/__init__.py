"""Convolution and pooling, as the rest of the program sees them."""

from core.convolution.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    VERSION,
    State,
    arrays,
    events,
    output_of,
    reached,
    series,
    settable,
    start,
    step,
    wanted_of,
)
from core.convolution.explained import (
    explain,
)
from core.convolution.settings import (
    Params,
    check,
    implied,
)
from core.run.topic import RESTS, beats
