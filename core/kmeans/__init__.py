"""K-means, as the rest of the program sees it."""

from core.kmeans.algorithm import (
    CONSTANT_ARRAYS,
    EDITS,
    RESTS,
    VERSION,
    State,
    arrays,
    events,
    series,
    settable,
    start,
    step,
)
from core.kmeans.explained import explain
from core.kmeans.groups import in_another_group, matched
from core.kmeans.settings import MOST_CLUSTERS, SETS, Params, check, implied, points_of, true_groups
from core.run.topic import beats, composed
