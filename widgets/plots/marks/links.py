"""Bundles of thin straight lines, such as from points to what they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.plots.viewport import Viewport

MOST = 4000  # lines of one bundle that are painted: more would be one stain


@dataclass(frozen=True, eq=False)
class Links:
    """Lines from `begins` (n, 2) to `ends` (n, 2), faint in the colour of a series.

    Raises ValueError for arrays of other shapes.
    """

    name: str
    begins: Floats
    ends: Floats
    colour: str

    def __post_init__(self) -> None:
        if self.begins.ndim != 2 or self.begins.shape[1] != 2 or self.begins.shape != self.ends.shape:
            raise ValueError(f"links {self.name}: {self.begins.shape} and {self.ends.shape} do not match")


def paint_links(painter: QPainter, viewport: Viewport, bundles: Sequence[Links]) -> None:
    """Paint the lines, 1 px wide; of a large bundle every n-th."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for links in bundles:
        every = -(-len(links.begins) // MOST) or 1
        begins, ends = (viewport.pixels(xy[::every, 0], xy[::every, 1]) for xy in (links.begins, links.ends))
        both = np.column_stack([begins, ends])
        painter.setPen(QPen(theme.current().faint(links.colour), 1.0))
        painter.drawLines([QLineF(*line) for line in both[np.isfinite(both).all(axis=1)].tolist()])
