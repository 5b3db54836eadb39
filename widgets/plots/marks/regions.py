"""The parts of the plane that are nearest to each of several points."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import polygon
from widgets.plots.viewport import Viewport

Corner = tuple[float, float]


@dataclass(frozen=True)
class Regions(Mark):
    """Voronoi regions of centres (x, y), each in the region colour of a series; a nan centre has none."""

    centres: tuple[tuple[float, float], ...]
    colours: tuple[str, ...]

    is_ground: ClassVar[bool] = True

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        cells = region_polygons(np.array(self.centres, dtype=float).reshape(-1, 2), viewport)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.vector)  # else the edges hide the steps
        painter.setPen(Qt.PenStyle.NoPen)
        for cell, colour in zip(cells, self.colours, strict=True):
            painter.setBrush(colours.region(colour))
            painter.drawPolygon(polygon(cell))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.color("control"), 1.0))
        for cell in cells:
            painter.drawPolygon(polygon(cell))


def region_polygons(centres: Floats, viewport: Viewport) -> list[Floats]:
    """The corners in pixels of the part of the viewport nearest to each centre (n, 2), nearest in data units.

    Each begins as the whole viewport and is cut at the bisector to every other centre.
    """
    width, height = viewport.width, viewport.height
    x, y = viewport.data([0.0, width, width, 0.0], [0.0, 0.0, height, height])
    whole = list(zip(x.tolist(), y.tolist(), strict=True))
    places: list[Corner] = [(across, up) for across, up in centres.tolist()]
    there = [place for place in places if isfinite(place[0]) and isfinite(place[1])]
    cells = []
    for centre in places:
        cell = whole if centre in there else []
        for other in there:
            if other != centre:
                cell = _nearer_part(cell, centre, other)
        corners = np.array(cell).reshape(-1, 2)
        cells.append(viewport.pixels(corners[:, 0], corners[:, 1]))
    return cells


def _nearer_part(cell: list[Corner], centre: Corner, other: Corner) -> list[Corner]:
    """What of a convex polygon is nearer to `centre` than to `other`. Source: Sutherland and Hodgman (1974)."""
    across, up = other[0] - centre[0], other[1] - centre[1]
    middle = (centre[0] + other[0]) / 2, (centre[1] + other[1]) / 2
    sides = [(x - middle[0]) * across + (y - middle[1]) * up for x, y in cell]
    corners: list[Corner] = []
    for index, (x, y) in enumerate(cell):
        (x0, y0), here, before = cell[index - 1], sides[index], sides[index - 1]
        if (here > 0) != (before > 0):
            share = before / (before - here)
            corners.append((x0 + (x - x0) * share, y0 + (y - y0) * share))
        if here <= 0:
            corners.append((x, y))
    return corners
