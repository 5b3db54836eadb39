"""Centroids that come and go: which of the old ones stand where among the new ones."""

from __future__ import annotations

import numpy as np

from core.kmeans.lloyd import Labels
from core.run.values import Floats


def places(old: Floats, new: Floats) -> Labels:
    """Return for each of the old centroids (k, 2) the row in which it stands among the new ones, −1 if it is gone."""
    is_same = (old[:, None] == new).all(axis=2)
    rows: Labels = np.where(is_same.any(axis=1), is_same.argmax(axis=1), -1)
    return rows
