"""Convolution and pooling, as the rest of the program sees them."""

from core.convolution.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    SETTABLE,
    VERSION,
    State,
    arrays,
    events,
    output_of,
    reached,
    series,
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
