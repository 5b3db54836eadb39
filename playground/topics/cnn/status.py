"""What the status bar says of a cell that is pointed at: its place, what it gives, what it sees of the digit."""

from __future__ import annotations

import numpy as np

from core.cnn.inside import field
from core.run.explanation import Focus
from playground.playback.view import View
from playground.topics.cnn.flow import flow_of
from playground.words.texts import Texts
from widgets.base import numbers


def in_words(cell: Focus, view: View, texts: Texts) -> str:
    """Say it of a `cell` (k, *place); nothing of what is yet to come at the beat in view."""
    k, *place = cell.at
    flow = flow_of(view, view.params)
    value = float(flow.layers[k][tuple(place)])
    if np.isnan(value):
        return ""
    seen, layer = field(view.params.layers, k, tuple(place)), texts.get("mosaic", view.params.layers[k - 1].type)
    kind = "slope" if flow.is_slope(k) else "unit" if len(place) == 1 else "cell"
    unit, row, column = (*place, 0, 0)[:3]
    values = {"k": k, "layer": layer, "unit": unit, "row": row, "column": column, "value": numbers.compact(value)}
    return texts.get("status", kind).format(**values, rows=seen.rows, columns=seen.columns)
