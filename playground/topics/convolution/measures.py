"""What runs of a convolution are compared by, at the step in view."""

from __future__ import annotations

from collections.abc import Callable
from math import nan

import numpy as np

from core.convolution.algorithm import reached
from core.convolution.settings import sweep_of
from core.run.values import Floats
from playground.playback.view import View
from playground.tab.measures import Measure, series
from playground.words.texts import Texts


def measures(view: View, texts: Texts) -> list[Measure]:
    """Return the rows of the table: while a kernel is learned its way, else the cell of the step and the map."""
    said = {key: texts.get("measures", key) for key in texts.tree["measures"]}
    if view.params.operation == "learn":
        return [series(name, said[name]) for name in ("loss", "distance")]
    sizes = [] if view.covered else [Measure(said["cells"], _cells, is_count=True)]  # they tell how large maps get
    return [
        series("value", said["value"]),
        *sizes,
        Measure(said["largest"], lambda view: _so_far(view, np.max)),
        Measure(said["smallest"], lambda view: _so_far(view, np.min)),
    ]


def _cells(view: View) -> float:
    return float(sweep_of(view.params, view.state.image, view.state.kernel).cells)


def _so_far(view: View, which: Callable[[Floats], float]) -> float:
    """The largest or smallest cell of the maps that the sweep has reached; before the first there is none."""
    cells = reached(view.state, view.params)
    known = cells[np.isfinite(cells)]
    return float(which(known)) if known.size else nan
