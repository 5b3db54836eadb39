"""The parts of the plane that are nearest to each of several points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from widgets import theme
from widgets.polyline import polygon
from widgets.rendering import Rendering
from widgets.viewport import Floats, Viewport


@dataclass(frozen=True)
class Regions:
    """Voronoi regions of centres (x, y), each in the region colour of a series; a nan centre has none."""

    centres: tuple[tuple[float, float], ...]
    colours: tuple[str, ...]

    def draw(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Paint the regions over the whole viewport, their edges 1 px."""
        shown = theme.current()
        cells = region_polygons(np.array(self.centres, dtype=float).reshape(-1, 2), viewport)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for cell, colour in zip(cells, self.colours, strict=True):
            painter.setBrush(shown.region(colour))
            painter.drawPolygon(polygon(cell))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(shown.color("control"), 1.0))
        for cell in cells:
            painter.drawPolygon(polygon(cell))


def region_polygons(centres: Floats, viewport: Viewport) -> list[Floats]:
    """The corners in pixels of the part of the viewport nearest to each centre (n, 2), nearest in data units.

    Each begins as the whole viewport and is cut at the bisector to every other centre.
    """
    width, height = viewport.width, viewport.height
    x, y = viewport.data([0.0, width, width, 0.0], [0.0, 0.0, height, height])
    there = [centre for centre in centres if np.isfinite(centre).all()]
    cells = []
    for centre in centres:
        cell = np.stack((x, y), axis=1) if np.isfinite(centre).all() else np.empty((0, 2))
        for other in there:
            if (other != centre).any():
                cell = _nearer_part(cell, centre, other)
        cells.append(viewport.pixels(cell[:, 0], cell[:, 1]))
    return cells


def _nearer_part(cell: Floats, centre: Floats, other: Floats) -> Floats:
    """What of a convex polygon is nearer to `centre` than to `other`. Source: Sutherland and Hodgman (1974)."""
    if not len(cell):
        return cell
    sides = (cell - (centre + other) / 2) @ (other - centre)
    corners: list[Floats] = []
    for index in range(len(cell)):
        here, before = sides[index], sides[index - 1]
        if (here > 0) != (before > 0):
            corners.append(cell[index - 1] + (cell[index] - cell[index - 1]) * (before / (before - here)))
        if here <= 0:
            corners.append(cell[index])
    return np.array(corners).reshape(-1, 2)
