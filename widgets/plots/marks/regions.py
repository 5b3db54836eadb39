"""The parts of the plane that are nearest to each of several points."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.letters import dashes
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import polygon
from widgets.plots.viewport import Viewport

_BORDER = 1.25  # px
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


@dataclass(frozen=True)
class Borders(Mark):
    """The borders between Voronoi regions of the centres of a run that is compared, dashed as its lines are."""

    centres: tuple[Corner, ...]
    letter: str

    is_ground: ClassVar[bool] = True  # drawn with the regions of the run in front

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        pen = QPen(theme.current().color("text"), _BORDER)
        pen.setDashPattern(dashes(self.letter, _BORDER))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        for begin, end in border_lines(np.array(self.centres, dtype=float).reshape(-1, 2), viewport).tolist():
            painter.drawLine(QPointF(*begin), QPointF(*end))


def border_lines(centres: Floats, viewport: Viewport) -> Floats:
    """The ends in pixels (m, 2, 2) of the lines between regions of different centres (n, 2), each once."""
    different = np.unique(centres[np.isfinite(centres).all(axis=1)], axis=0)
    found = [np.empty((0, 2, 2))]
    for j, cell in enumerate(_cells(different, viewport)):
        corners = np.array(cell).reshape(-1, 2)
        ends = np.stack([corners, np.roll(corners, -1, axis=0)], axis=1)
        away = ((ends.mean(axis=1)[:, None] - different) ** 2).sum(axis=2)  # of the middle of each side
        found.append(ends[np.isclose(away[:, j + 1 :], away[:, [j]], rtol=1e-6).any(axis=1)])
    x, y = np.moveaxis(np.concatenate(found), 2, 0)
    return viewport.pixels(x, y)


def region_polygons(centres: Floats, viewport: Viewport) -> list[Floats]:
    """The corners in pixels of the part of the viewport nearest to each centre (n, 2), nearest in data units."""
    corners = (np.array(cell).reshape(-1, 2) for cell in _cells(centres, viewport))
    return [viewport.pixels(own[:, 0], own[:, 1]) for own in corners]


def _cells(centres: Floats, viewport: Viewport) -> list[list[Corner]]:
    """The regions as convex polygons: each begins as the whole viewport and is cut at the bisector to every other."""
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
        cells.append(cell)
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
